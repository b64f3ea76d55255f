//! How points and vertices hang on chains: everything that rides between two core vertices.
//!
//! ```text
//!            ● cell
//!            ┊ gap                          perch: the two ends, and the ticks to each
//!    A───────┴──────────b──────────D                 A: gap + leave     D: gap + leave + piece
//!      leave    leave                       direct: between two points of one chain, along it
//! ```
//!
//! The time at a perch is the smaller of two sums, whatever rides there: a vertex, a cell, a site.
//! Only what lies on one chain needs a second look, for the walk that passes neither end.

use rayon::prelude::*;

use super::chains::Chains;
use super::ticks::{FAR, plus, ticks};
use crate::model::{Network, Profile};
use crate::search::pace::{Legs, Pacer};
use crate::snap::Snap;

/// The two core vertices between which something hangs, and the ticks to or from them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Perch {
    /// By rank.
    pub ends: [u32; 2],
    pub ticks: [i32; 2],
}

impl Perch {
    /// Hangs nowhere: between the first core vertex and itself, and too far from it.
    const NOWHERE: Self = Self { ends: [0; 2], ticks: [FAR; 2] };

    /// The perch of a hook; nowhere without one.
    pub(super) fn of(hook: Option<&Hook>, perch: impl FnOnce(&Hook) -> Self) -> Self {
        hook.map_or(Self::NOWHERE, perch)
    }
}

/// Where a point hangs on a chain.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hook {
    pub chain: u32,
    pub place: usize,
    /// From the foot to either side of its piece; the chain's first end lies on the first side.
    pub leave: [i32; 2],
    /// From either side of its piece to the foot.
    pub arrive: [i32; 2],
    /// Between the point and its foot.
    pub gap: i32,
}

impl Hook {
    /// Where a snapped point hangs; none when it is stranded or its street is closed. O(1).
    pub(super) fn new(chains: &Chains, pacer: Pacer<'_>, profile: Profile, snap: Snap) -> Option<Self> {
        let Snap::Snapped { edge, offset, gap } = snap else { return None };
        let spot = chains.spot(edge)?;
        let Legs { leave, arrive } = pacer.on(edge).legs(offset);
        let sides = |legs: [Option<u32>; 2]| {
            let [first, second] = legs.map(ticks);
            if spot.turned { [second, first] } else { [first, second] }
        };
        let gap = ticks(Some(profile.speed.time(gap).ticks()));
        Some(Self { chain: spot.chain, place: spot.place, leave: sides(leave), arrive: sides(arrive), gap })
    }

    /// From the point to the ends of its chain. O(1): chains are short.
    pub(super) fn leaving(&self, chains: &Chains, rank: &[u32]) -> Perch {
        self.perch(chains, rank, self.leave, 1)
    }

    /// From the ends of its chain to the point. O(1).
    pub(super) fn arriving(&self, chains: &Chains, rank: &[u32]) -> Perch {
        self.perch(chains, rank, self.arrive, 0)
    }

    /// `before` says which pace counts between the point and the chain's first end; beyond it the other.
    fn perch(&self, chains: &Chains, rank: &[u32], legs: [i32; 2], before: usize) -> Perch {
        let places = chains.places(self.chain);
        let first = sum(chains, places.start..self.place, before);
        let second = sum(chains, self.place + 1..places.end, 1 - before);
        let ticks = [plus(legs[0], first), plus(legs[1], second)].map(|ticks| plus(ticks, self.gap));
        Perch { ends: chains.ends(self.chain).map(|end| rank[end as usize]), ticks }
    }

    /// The walk to another point of the same chain along it, with both gaps; [`FAR`] on another
    /// chain or where the chain is closed in that direction.
    pub(super) fn direct(&self, to: &Self, chains: &Chains) -> i32 {
        if self.chain != to.chain {
            return FAR;
        }
        let along = match self.place.cmp(&to.place) {
            std::cmp::Ordering::Equal => self.on_the_piece(to),
            std::cmp::Ordering::Less => {
                plus(plus(self.leave[1], sum(chains, self.place + 1..to.place, 0)), to.arrive[0])
            }
            std::cmp::Ordering::Greater => {
                plus(plus(self.leave[0], sum(chains, to.place + 1..self.place, 1)), to.arrive[1])
            }
        };
        plus(plus(along, self.gap), to.gap)
    }

    /// Toward an end of the piece that the other point is no farther from.
    fn on_the_piece(&self, to: &Self) -> i32 {
        let along = |end: usize| {
            let [here, there] = [self.leave[end], to.leave[end]];
            if here < FAR && here >= there { here - there } else { FAR }
        };
        along(0).min(along(1))
    }
}

/// The pieces of these places together, with the chain (0) or against it (1).
fn sum(chains: &Chains, places: std::ops::Range<usize>, pace: usize) -> i32 {
    places.fold(0, |ticks, place| plus(ticks, chains.pace(place)[pace]))
}

/// Where every node of the network rides, with the ticks from it to the ends. O(V).
pub(super) fn nodes(network: &Network, chains: &Chains, rank: &[u32]) -> Vec<Perch> {
    let mut perches = vec![Perch::NOWHERE; network.nodes().len()];
    for (&node, &rank) in chains.core.iter().zip(rank) {
        perches[node as usize] = Perch { ends: [rank; 2], ticks: [0; 2] };
    }
    for chain in (0_u32..).take(chains.len()) {
        let ends = chains.ends(chain).map(|end| rank[end as usize]);
        let places = chains.places(chain);
        let inner = places.start..places.end - 1;
        let mut ticks = 0;
        for place in inner.clone() {
            ticks = plus(ticks, chains.pace(place)[1]);
            perches[chains.bead(place)] = Perch { ends, ticks: [ticks, 0] };
        }
        ticks = 0;
        for place in inner.rev() {
            ticks = plus(ticks, chains.pace(place + 1)[0]);
            perches[chains.bead(place)].ticks[1] = ticks;
        }
    }
    perches
}

/// Points that hang on chains, in the caller's order and by chain.
pub(super) struct Hung {
    pub hooks: Vec<Option<Hook>>,
    /// From each point to the ends of its chain.
    pub perches: Vec<Perch>,
    /// By chain: where its points start in the list.
    starts: Vec<u32>,
    /// The numbers of the points, one chain after the other.
    list: Vec<u32>,
}

impl Hung {
    /// Sorts points by chain. O(chains + points).
    pub(super) fn new(chains: &Chains, rank: &[u32], hooks: Vec<Option<Hook>>) -> Self {
        let leaving = |hook: &Option<Hook>| Perch::of(hook.as_ref(), |hook| hook.leaving(chains, rank));
        let perches = hooks.par_iter().map(leaving).collect();
        let hung = || (0_u32..).zip(&hooks).filter_map(|(number, hook)| Some((number, hook.as_ref()?.chain as usize)));
        let mut starts = vec![0; chains.len() + 1];
        hung().for_each(|(_, chain)| starts[chain] += 1);
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut list = vec![0; total as usize];
        for (number, chain) in hung() {
            starts[chain] -= 1;
            list[starts[chain] as usize] = number;
        }
        Self { hooks, perches, starts, list }
    }

    /// The points of a chain with their numbers.
    pub(super) fn on(&self, chain: u32) -> impl Iterator<Item = (usize, &Hook)> {
        let list = &self.list[self.starts[chain as usize] as usize..self.starts[chain as usize + 1] as usize];
        list.iter().filter_map(|&number| Some((number as usize, self.hooks[number as usize].as_ref()?)))
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&self.hooks[..]) + size_of_val(&self.perches[..]) + 4 * (self.starts.len() + self.list.len())
    }
}
