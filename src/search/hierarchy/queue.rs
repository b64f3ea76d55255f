//! One search without a hierarchy: Dijkstra on the core, cut at the budget.
//!
//! For one question with few sites this is less work than contracting first. Dijkstra (1959).
//! O((V + A) log V) in the core within the budget of the sites.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chains::Chains;
use super::lanes::{Row, lane};
use super::ticks::plus;

/// An arc by the vertex that the search comes from.
#[derive(Clone, Copy)]
pub(super) struct Arc {
    /// The vertex that the search goes on to.
    pub next: u32,
    pub ticks: i32,
}

/// Which way a search follows the walks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// From where the walks begin.
    Along,
    /// From where they end.
    Back,
}

/// The core's arcs, by the vertex that the search comes from.
pub(super) struct Core {
    /// By core number: what the vertex is called here.
    pub rank: Vec<u32>,
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Core {
    /// The core of these chains, searched back from the sites. O(V + chains).
    pub(super) fn new(chains: &Chains) -> Self {
        let own = (0..).take(chains.core.len()).collect();
        Self::ranked(chains, own, Way::Back)
    }

    /// The core with its vertices numbered by rank.
    pub(super) fn ranked(chains: &Chains, rank: Vec<u32>, way: Way) -> Self {
        let lengths: Vec<[i32; 2]> = (0_u32..).take(chains.len()).map(|chain| length(chains, chain)).collect();
        let arcs = || {
            (0_u32..).zip(&lengths).flat_map(|(chain, &[forth, back])| {
                let [first, second] = chains.ends(chain).map(|end| rank[end as usize]);
                let [ahead, home] = if way == Way::Along { [forth, back] } else { [back, forth] };
                [(first, Arc { next: second, ticks: ahead }), (second, Arc { next: first, ticks: home })]
            })
        };
        let mut starts = vec![0_u32; chains.core.len() + 1];
        arcs().for_each(|(from, _)| starts[from as usize] += 1);
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut list = vec![Arc { next: 0, ticks: 0 }; total as usize];
        for (from, arc) in arcs() {
            starts[from as usize] -= 1;
            list[starts[from as usize] as usize] = arc;
        }
        Self { rank, starts, arcs: list }
    }

    /// Spreads one lane's times from where they are to all vertices within the budget.
    pub(super) fn spread<const W: usize>(&self, rows: &mut [Row<W>], number: usize, budget: i32) {
        let seeds = (0_u32..).zip(rows.iter_mut()).map(|(at, row)| (*lane(row, number), at));
        let mut queue: BinaryHeap<Reverse<(i32, u32)>> =
            seeds.filter(|&(ticks, _)| ticks <= budget).map(Reverse).collect();
        while let Some(Reverse((ticks, at))) = queue.pop() {
            if ticks > *lane(&mut rows[at as usize], number) {
                continue;
            }
            for arc in self.at(at) {
                let (ticks, known) = (plus(ticks, arc.ticks), lane(&mut rows[arc.next as usize], number));
                if ticks < *known && ticks <= budget {
                    *known = ticks;
                    queue.push(Reverse((ticks, arc.next)));
                }
            }
        }
    }

    pub(super) fn at(&self, vertex: u32) -> &[Arc] {
        &self.arcs[self.starts[vertex as usize] as usize..self.starts[vertex as usize + 1] as usize]
    }

    pub(super) fn bytes(&self) -> usize {
        4 * (self.starts.len() + self.rank.len()) + size_of_val(&self.arcs[..])
    }
}

/// Ticks of a whole chain, with it and against it.
fn length(chains: &Chains, chain: u32) -> [i32; 2] {
    chains.places(chain).fold([0; 2], |[forth, back], place| {
        let pace = chains.pace(place);
        [plus(forth, pace[0]), plus(back, pace[1])]
    })
}
