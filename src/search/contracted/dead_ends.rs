//! Dead ends are taken off, again and again, until only rings and what joins them is left.
//!
//! Nobody walks through a dead end. It becomes a street of its own that hangs on another one by its
//! stem, and the points on it hang there too, a way off the street like the gap to a door:
//!
//! ```text
//!             o  o                                        D1, D2 hang on the tip of D3,
//!             |  |   D1, D2 are taken off first           and D3 on the street A-B:
//!             +--x
//!                |   then x is a tip, and D3 goes too     A ----r---- B    c: 20 to r, and
//!        A ------r------ B                                     D3
//! ```
//!
//! The vertex r then only bends the street A-B and is no junction: a third of all junctions go this
//! way. How deep dead ends nest is what Horton (1945) and Strahler (1952) call the order of a river:
//! at most the logarithm of the number of tips.
//!
//! A dead end is looked at whole, so a large one would be slow: where more than [`MOST`] edges hang on
//! a vertex, it stays a junction. O(V + E).

use std::collections::VecDeque;

use super::trace::{Step, Tracer, added};
use super::{DeadEnd, NONE, Place, Street};
use crate::ids::NodeId;

/// So many edges may hang on a vertex that is no junction.
const MOST: u16 = 64;

impl Tracer<'_> {
    /// Makes a street of every dead end; what is left has none.
    pub(super) fn take_off_dead_ends(&mut self) {
        let nodes = (0_u32..).zip(&self.knots);
        let mut tips: VecDeque<u32> = nodes
            .filter(|(_, knot)| knot.degree == 1)
            .map(|(node, _)| node)
            .collect();
        while let Some(tip) = tips.pop_front() {
            let knot = self.knots[tip as usize];
            if knot.degree != 1 {
                continue;
            }
            let root = self.follow(NodeId::new(tip as usize), knot.link);
            self.knots[tip as usize].degree = 0;
            self.hang(root);
            let root = u32::try_from(root.index()).unwrap_or(NONE);
            self.turn();
            self.finish([root, NONE]);
            if self.knots[root as usize].degree == 1 {
                tips.push_back(root);
            }
        }
    }

    /// Takes the street under way off its root, the node that it leads to.
    fn hang(&mut self, root: NodeId) {
        let edges = u16::try_from(self.steps.len()).unwrap_or(MOST + 1);
        let loads = self
            .steps
            .iter()
            .map(|step| self.knots[self.start(*step).index()].load);
        let load = loads.fold(edges, u16::saturating_add);
        let knot = &mut self.knots[root.index()];
        if let Some(&Step {
            edge,
            ticks: [ahead, back],
            ..
        }) = self.steps.last()
        {
            knot.part(edge, [back, ahead]);
        }
        knot.load = knot.load.saturating_add(load);
        if knot.load > MOST {
            knot.make_junction();
        }
    }

    fn start(&self, step: Step) -> NodeId {
        let edge = self.edges[step.edge as usize];
        if step.turned { edge.to } else { edge.from }
    }

    /// Where each dead end hangs that does not begin at a junction. Called before nodes get numbers.
    pub(super) fn stems(&mut self) -> Vec<DeadEnd> {
        let mut stems = Vec::new();
        for street in 0..self.streets.len() {
            let [root, tip] = self.streets[street].ends;
            if tip == NONE && !self.knots[root as usize].is_junction() {
                let stem = self.stem(root);
                if stem.street as usize != street {
                    self.streets[street].stem = u32::try_from(stems.len()).unwrap_or(NONE);
                    stems.push(stem);
                }
            }
        }
        stems
    }

    /// Where a node lies on the street that it bends or ends.
    fn stem(&self, node: u32) -> DeadEnd {
        let edge = self.knots[node as usize].link;
        let Place {
            street,
            rank,
            before,
        } = self.places[edge as usize];
        let step = self.turned_step(edge, rank % 2 == 1);
        let before_edge = self.start(step).index() == node as usize;
        let (at, before) = if before_edge {
            (0, before)
        } else {
            (2, added(before, step.ticks))
        };
        let Street { ticks, .. } = self.streets[street as usize];
        let rest = |way: usize| {
            if ticks[way] == NONE {
                NONE
            } else {
                ticks[way].saturating_sub(before[way])
            }
        };
        DeadEnd {
            street,
            rank: rank / 2 * 2 + at,
            leave: [before[1], rest(0)],
            arrive: [before[0], rest(1)],
        }
    }
}
