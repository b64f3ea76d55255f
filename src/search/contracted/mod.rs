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
//! Building takes O(V + E + J log J) for J junctions; 16 bytes an edge, 8 a junction, 20 a street
//! and 16 bytes for its two arcs. Contraction of vertices that only pass through: Sanders and
//! Schultes (2005), *Highway hierarchies hasten exact shortest path queries*; Delling, Sanders,
//! Schultes and Wagner (2009), *Engineering route planning algorithms*.

mod access;
mod dead_ends;
mod order;
mod trace;

use std::borrow::Cow;

use rayon::prelude::*;

use super::cost_model::CostModel;
use super::csr::Csr;
use crate::ids::EdgeId;
use crate::model::Network;

pub(super) use access::{AccessPoint, DeadEnd};
use trace::Tracer;

/// No way at all, or a way of more than 119 hours.
pub(super) const NONE: u32 = u32::MAX;

/// What lies between two junctions.
#[derive(Debug, Clone, Copy)]
pub(super) struct Street {
    /// Its junctions; [`ContractedStreets::junctions`] stands for a tip, and for the root of a dead end with a stem.
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

/// A street as seen from one of its junctions.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct InArc {
    /// The junction at its other end.
    pub other: u32,
    pub ticks: u32,
}

/// The streets between junctions, for one walking profile.
pub(super) struct ContractedStreets {
    /// How many junctions there are; as a number of one, the tip of every dead end.
    pub junctions: u32,
    /// The network's node at each junction.
    pub nodes: Vec<u32>,
    pub streets: Vec<Street>,
    stems: Vec<DeadEnd>,
    places: Vec<Place>,
    /// By the junction that they lead to: a walk is searched from its end.
    pub inward: Csr<InArc>,
    /// Whether every street takes as long back as forth.
    pub even: bool,
}

impl ContractedStreets {
    pub(super) fn new(network: &Network, cost_model: &CostModel<'_>) -> Self {
        let edges = 0..network.edges().len();
        let ticks = |way: Option<u32>| way.map_or(NONE, |ticks| ticks.min(NONE - 1));
        let paces = edges
            .into_par_iter()
            .map(|edge| cost_model.on(EdgeId::new(edge)).whole().map(ticks))
            .collect();
        let (nodes, streets, stems, places) = Tracer::new(network, paces).traced();
        let junctions = u32::try_from(nodes.len()).unwrap_or(NONE);
        let inward = inward(junctions, &streets);
        let even = streets
            .iter()
            .all(|street| street.ticks[0] == street.ticks[1]);
        Self {
            junctions,
            nodes,
            streets,
            stems,
            places,
            inward,
            even,
        }
    }

    /// The arcs by the junction that they lead away from. O(streets), but O(1) where all is even.
    pub(super) fn outward(&self) -> Cow<'_, Csr<InArc>> {
        if self.even {
            return Cow::Borrowed(&self.inward);
        }
        let away =
            (0..self.junctions).flat_map(|to| self.inward.at(to).iter().map(move |arc| (to, arc)));
        let away = away.map(|(to, arc)| {
            (
                arc.other,
                InArc {
                    other: to,
                    ticks: arc.ticks,
                },
            )
        });
        Cow::Owned(Csr::new(self.junctions as usize, away))
    }

    /// The streets that lead from one junction to another one. Rings and dead ends lead nowhere new.
    pub(super) fn through_streets(&self) -> impl Iterator<Item = &Street> {
        through(self.junctions, &self.streets)
    }

    /// Bytes that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes)
            + size_of_val(&*self.streets)
            + size_of_val(&*self.stems)
            + size_of_val(&*self.places)
            + self.inward.bytes()
    }
}

fn through(junctions: u32, streets: &[Street]) -> impl Iterator<Item = &Street> + Clone {
    streets
        .iter()
        .filter(move |Street { ends: [a, b], .. }| a != b && *a < junctions && *b < junctions)
}

fn inward(junctions: u32, streets: &[Street]) -> Csr<InArc> {
    let ways = through(junctions, streets).flat_map(
        |&Street {
             ends: [a, b],
             ticks: [ahead, back],
             ..
         }| {
            [
                (
                    b,
                    InArc {
                        other: a,
                        ticks: ahead,
                    },
                ),
                (
                    a,
                    InArc {
                        other: b,
                        ticks: back,
                    },
                ),
            ]
        },
    );
    Csr::new(
        junctions as usize,
        ways.filter(|(_, arc)| arc.ticks != NONE),
    )
}
