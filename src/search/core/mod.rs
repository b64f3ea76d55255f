//! The contracted network: junctions, and the streets between them.
//!
//! Three of four vertices of a street network only bend a street. They are left out: what lies
//! between two junctions is one street, and everything on it is known by its ticks to both ends.
//!
//! ```text
//!      o   o               0 ticks                                          total
//!     / \ / \                |----12----|--9--|-----14-----|--------20--------|
//!  --A   o   o---B--   =>    A          .     .    c       .                  B
//!   /             \                                ^ a point: 27 to A, 28 to B
//!
//!  a dead end: A--------o      a street with one end; what it hangs on is no junction for its sake
//!  a ring:     A-o-o-(A)       a street whose two ends are one junction
//!  a lone ring: o-o-o-(o)      one of its vertices is made a junction
//! ```
//!
//! The ticks of a street are the sums of the ticks of its pieces, so nothing is rounded again and
//! every walk takes, to the tick, what it takes on the network as drawn. Either direction has its
//! own sum; a street may be open one way only. Where that changes along the way, and where a sum
//! would pass 59 hours, the vertex between is kept as a junction.
//!
//! Junctions are numbered along a Hilbert curve: neighbours on the ground are neighbours in memory,
//! whatever the order of the input.
//!
//! Building takes O(V + E + J log J) for J junctions; 16 bytes an edge, 4 a junction, 20 a street
//! and 16 bytes for its two arcs. Contraction of vertices that only pass through: Sanders and
//! Schultes (2005), *Highway hierarchies hasten exact shortest path queries*; Delling, Sanders,
//! Schultes and Wagner (2009), *Engineering route planning algorithms*.

mod dead_ends;
mod order;
mod spot;
mod trace;

use rayon::prelude::*;

use super::pace::Pacer;
use crate::ids::EdgeId;
use crate::model::Network;

pub(super) use spot::{Spot, Stem};
use trace::Tracer;

/// No way at all, or a way of more than 119 hours.
pub(super) const NONE: u32 = u32::MAX;

/// What lies between two junctions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Street {
    /// Its junctions; [`Core::junctions`] stands for a tip, and for the root of a dead end with a stem.
    pub ends: [u32; 2],
    /// From the first end to the second, and back.
    pub ticks: [u32; 2],
    /// Where the first end hangs on another street; [`NONE`] when it does not.
    stem: u32,
}

impl Street {
    /// Its ends with the smaller number first.
    pub(super) const fn ordered(self) -> [u32; 2] {
        let [a, b] = self.ends;
        if a <= b { [a, b] } else { [b, a] }
    }
}

/// Where an edge lies on its street.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// [`NONE`] when the edge is closed both ways.
    street: u32,
    /// How many edges of the street come before it, times two; plus one when it is turned.
    rank: u32,
    /// From the street's first end to the edge's nearer one, and back.
    before: [u32; 2],
}

/// A street as seen from the junction that it is walked to.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arc {
    /// The junction where the walk along it begins.
    pub from: u32,
    pub ticks: u32,
}

/// The streets between junctions, for one walking profile.
pub(super) struct Core {
    /// How many junctions there are; as a number of one, the tip of every dead end.
    pub junctions: u32,
    pub streets: Vec<Street>,
    stems: Vec<Stem>,
    places: Vec<Place>,
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Core {
    pub(super) fn new(network: &Network, pacer: &Pacer<'_>) -> Self {
        let edges = 0..network.edges().len();
        let ticks = |way: Option<u32>| way.map_or(NONE, |ticks| ticks.min(NONE - 1));
        let paces = edges.into_par_iter().map(|edge| pacer.on(EdgeId::new(edge)).whole().map(ticks)).collect();
        let (junctions, streets, stems, places) = Tracer::new(network, paces).traced();
        let (starts, arcs) = arcs(junctions, &streets);
        Self { junctions, streets, stems, places, starts, arcs }
    }

    /// The arcs that lead to a junction: a walk is searched from its end.
    #[inline]
    pub(super) fn arcs_to(&self, junction: u32) -> &[Arc] {
        let at = junction as usize;
        &self.arcs[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// Bytes that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.streets)
            + size_of_val(&*self.stems)
            + size_of_val(&*self.places)
            + size_of_val(&*self.starts)
            + size_of_val(&*self.arcs)
    }
}

/// The arcs by the junction they lead to. Rings and dead ends lead nowhere new.
fn arcs(junctions: u32, streets: &[Street]) -> (Vec<u32>, Vec<Arc>) {
    let leads_on = |ends: [u32; 2]| ends[0] != ends[1] && ends[0] < junctions && ends[1] < junctions;
    let ways = streets.iter().filter(|street| leads_on(street.ends));
    let ways = ways.flat_map(|&Street { ends: [a, b], ticks: [ahead, back], .. }| {
        [(b, Arc { from: a, ticks: ahead }), (a, Arc { from: b, ticks: back })]
    });
    grouped(junctions, ways.filter(|(_, arc)| arc.ticks != NONE))
}

/// Groups `(number, thing)` pairs by their number, in their order. O(numbers + pairs).
pub(super) fn grouped<T: Copy + Default>(
    numbers: u32,
    pairs: impl Iterator<Item = (u32, T)> + Clone,
) -> (Vec<u32>, Vec<T>) {
    let mut starts = vec![0_u32; numbers as usize + 2];
    for (number, _) in pairs.clone() {
        starts[number as usize + 2] += 1;
    }
    for number in 2..starts.len() {
        starts[number] += starts[number - 1];
    }
    // Shifted by one while filling: each start moves up to where the next group begins.
    let mut things = vec![T::default(); starts.last().map_or(0, |&all| all as usize)];
    for (number, thing) in pairs {
        let next = &mut starts[number as usize + 1];
        things[*next as usize] = thing;
        *next += 1;
    }
    starts.pop();
    (starts, things)
}
