//! One search for one category, without a hierarchy: Dijkstra on the core, cut at the budget.
//!
//! For one question with few sites this is less work than contracting first. Dijkstra (1959).
//! O((V + A) log V) in the core within the budget of the sites.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chains::Chains;
use super::lanes::Row;
use super::ticks::plus;

/// An arc by the vertex that a walk along it ends at.
#[derive(Clone, Copy)]
struct Arc {
    from: u32,
    ticks: i32,
}

/// The core's arcs, by the vertex they lead to.
pub(super) struct Core {
    /// Each vertex's own number: nothing is reordered.
    pub rank: Vec<u32>,
    starts: Vec<u32>,
    arcs: Vec<Arc>,
}

impl Core {
    /// The core of these chains. O(V + chains).
    pub(super) fn new(chains: &Chains) -> Self {
        let lengths: Vec<[i32; 2]> = (0_u32..).take(chains.len()).map(|chain| length(chains, chain)).collect();
        let arcs = || {
            (0_u32..).zip(&lengths).flat_map(|(chain, &[forth, back])| {
                let [first, second] = chains.ends(chain);
                [(second, Arc { from: first, ticks: forth }), (first, Arc { from: second, ticks: back })]
            })
        };
        let mut starts = vec![0_u32; chains.core.len() + 1];
        arcs().for_each(|(to, _)| starts[to as usize] += 1);
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut list = vec![Arc { from: 0, ticks: 0 }; total as usize];
        for (to, arc) in arcs() {
            starts[to as usize] -= 1;
            list[starts[to as usize] as usize] = arc;
        }
        Self { rank: (0..).take(chains.core.len()).collect(), starts, arcs: list }
    }

    /// Spreads one lane's times from where they are to all vertices within the budget.
    pub(super) fn spread<const L: usize>(&self, rows: &mut [Row<L>], lane: usize, budget: i32) {
        let seeds = (0_u32..).zip(rows.iter()).filter(|(_, row)| row.0[lane] <= budget);
        let mut queue: BinaryHeap<Reverse<(i32, u32)>> = seeds.map(|(at, row)| Reverse((row.0[lane], at))).collect();
        while let Some(Reverse((ticks, at))) = queue.pop() {
            if ticks > rows[at as usize].0[lane] {
                continue;
            }
            for arc in &self.arcs[self.starts[at as usize] as usize..self.starts[at as usize + 1] as usize] {
                let (ticks, known) = (plus(ticks, arc.ticks), &mut rows[arc.from as usize].0[lane]);
                if ticks < *known && ticks <= budget {
                    *known = ticks;
                    queue.push(Reverse((ticks, arc.from)));
                }
            }
        }
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
