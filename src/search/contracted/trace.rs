//! Following streets from junction to junction.
//!
//! A vertex at which two pieces meet keeps no list of them, only the exclusive or of their numbers.
//! Who comes along one piece gets the other by one more exclusive or, and no adjacency is built:
//!
//! ```text
//!   A ==3== x ==7== y ==4== B      link(x) = 3 ^ 7      from 3 at x: link(x) ^ 3 = 7
//!                                  link(y) = 7 ^ 4      from 7 at y: link(y) ^ 7 = 4
//! ```
//!
//! Every edge is walked once: O(V + E).

use super::order::along_the_curve;
use super::{DeadEnd, NONE, Place, Street};
use crate::ids::NodeId;
use crate::model::{Edge, Network};

/// Sums of several pieces stay below this, so that they are exact: half of what a tick can count.
const LONGEST: u32 = u32::MAX / 2;
/// So many ends of edges count as any larger number.
const MANY: u8 = 200;

/// What meets at a vertex. Edges that are closed both ways do not count.
#[derive(Clone, Copy, Default)]
pub(super) struct VertexState {
    /// The exclusive or of the numbers of the edges; once followed, an edge of the street it lies on.
    pub link: u32,
    /// How many ends of edges meet.
    pub degree: u8,
    /// Ways out less ways in.
    balance: i8,
    /// How many edges hang here in dead ends that were taken off.
    pub load: u16,
}

impl VertexState {
    /// Whether whoever comes in along one edge may leave along the other, in the same directions.
    pub(super) const fn passes_through(self) -> bool {
        self.degree == 2 && self.balance == 0
    }

    pub(super) const fn is_junction(self) -> bool {
        self.degree > 1 && !self.passes_through()
    }

    fn meet(&mut self, edge: u32, [out, back]: [u32; 2]) {
        self.link ^= edge;
        self.degree = (self.degree + 1).min(MANY);
        self.balance = self
            .balance
            .wrapping_add(i8::from(out != NONE))
            .wrapping_sub(i8::from(back != NONE));
    }

    /// Forgets an edge; the last one stays in mind.
    pub(super) fn part(&mut self, edge: u32, [out, back]: [u32; 2]) {
        if self.degree < MANY {
            self.degree -= 1;
            self.balance = self
                .balance
                .wrapping_sub(i8::from(out != NONE))
                .wrapping_add(i8::from(back != NONE));
            self.link = if self.degree == 0 {
                edge
            } else {
                self.link ^ edge
            };
        }
    }

    pub(super) const fn make_junction(&mut self) {
        self.degree = MANY;
    }
}

/// A piece of street on the way; its ticks in the direction of the way, and back.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub edge: u32,
    pub turned: bool,
    pub ticks: [u32; 2],
}

impl Step {
    const fn turned(self) -> Self {
        let [ahead, back] = self.ticks;
        Self {
            edge: self.edge,
            turned: !self.turned,
            ticks: [back, ahead],
        }
    }
}

pub(super) struct Tracer<'a> {
    network: &'a Network,
    pub edges: &'a [Edge],
    /// Ticks of each edge forward and backward.
    paces: Vec<[u32; 2]>,
    pub knots: Vec<VertexState>,
    /// Between nodes, until the junctions have numbers.
    pub streets: Vec<Street>,
    pub places: Vec<Place>,
    /// The street under way.
    pub steps: Vec<Step>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(network: &'a Network, paces: Vec<[u32; 2]>) -> Self {
        let (edges, mut knots) = (
            network.edges(),
            vec![VertexState::default(); network.nodes().len()],
        );
        for ((edge, &Edge { from, to, .. }), &[ahead, back]) in (0_u32..).zip(edges).zip(&paces) {
            if [ahead, back] != [NONE; 2] {
                knots[from.index()].meet(edge, [ahead, back]);
                knots[to.index()].meet(edge, [back, ahead]);
            }
            if from == to {
                knots[from.index()].make_junction();
            }
        }
        let places = vec![
            Place {
                street: NONE,
                rank: 0,
                before: [0; 2]
            };
            edges.len()
        ];
        Self {
            network,
            edges,
            paces,
            knots,
            streets: Vec::new(),
            places,
            steps: Vec::new(),
        }
    }

    /// The junctions' nodes, the streets with their stems, and where each edge lies on them.
    pub(super) fn traced(mut self) -> (Vec<u32>, Vec<Street>, Vec<DeadEnd>, Vec<Place>) {
        self.take_off_dead_ends();
        self.trace_from(|tracer, Edge { from, to, .. }| {
            [from, to]
                .into_iter()
                .find(|end| !tracer.knots[end.index()].passes_through())
        });
        // What is left are rings without a junction: each gets one.
        self.trace_from(|tracer, Edge { from, .. }| {
            tracer.knots[from.index()].make_junction();
            Some(from)
        });
        let stems = self.stems();
        let (nodes, number) = self.numbered();
        let junctions = u32::try_from(nodes.len()).unwrap_or(NONE);
        for end in self.streets.iter_mut().flat_map(|street| &mut street.ends) {
            *end = number
                .get(*end as usize)
                .map_or(junctions, |&number| number.min(junctions));
        }
        (nodes, self.streets, stems, self.places)
    }

    /// The junctions' nodes, and their numbers by node; other nodes have none.
    fn numbered(&self) -> (Vec<u32>, Vec<u32>) {
        let junctions = (0_u32..)
            .zip(&self.knots)
            .filter(|(_, knot)| knot.is_junction())
            .map(|(node, _)| node);
        let junctions = along_the_curve(self.network, junctions.collect());
        let mut number = vec![NONE; self.knots.len()];
        for (place, &node) in (0_u32..).zip(&junctions) {
            number[node as usize] = place;
        }
        (junctions, number)
    }

    /// Follows a street from each edge that is on none yet and where one can begin.
    fn trace_from(&mut self, start: impl Fn(&mut Self, Edge) -> Option<NodeId>) {
        for edge in 0..self.edges.len() {
            if self.places[edge].street != NONE || self.paces[edge] == [NONE; 2] {
                continue;
            }
            if let Some(node) = start(self, self.edges[edge]) {
                let last = self.follow(node, u32::try_from(edge).unwrap_or(NONE));
                self.finish([node, last].map(|node| u32::try_from(node.index()).unwrap_or(NONE)));
            }
        }
    }

    /// Walks from a node along an edge to the street's other end, noting the steps.
    pub(super) fn follow(&mut self, mut node: NodeId, mut edge: u32) -> NodeId {
        self.steps.clear();
        let mut sum = [0_u32; 2];
        loop {
            let step = self.step(node, edge);
            sum = added(sum, step.ticks);
            let too_long = |way: usize| step.ticks[way] != NONE && sum[way] > LONGEST;
            if !self.steps.is_empty() && (too_long(0) || too_long(1)) {
                self.knots[node.index()].make_junction();
                return node;
            }
            self.steps.push(step);
            let Edge { from, to, .. } = self.edges[edge as usize];
            node = if step.turned { from } else { to };
            let knot = &mut self.knots[node.index()];
            if !knot.passes_through() {
                return node;
            }
            edge ^= knot.link;
            knot.link = edge;
        }
    }

    fn step(&self, node: NodeId, edge: u32) -> Step {
        self.turned_step(edge, self.edges[edge as usize].from != node)
    }

    pub(super) fn turned_step(&self, edge: u32, turned: bool) -> Step {
        let step = Step {
            edge,
            turned: false,
            ticks: self.paces[edge as usize],
        };
        if turned { step.turned() } else { step }
    }

    /// Turns the steps around.
    pub(super) fn turn(&mut self) {
        self.steps.reverse();
        self.steps.iter_mut().for_each(|step| *step = step.turned());
    }

    /// Makes a street of the steps from the first node to the second.
    pub(super) fn finish(&mut self, ends: [u32; 2]) {
        let street = u32::try_from(self.streets.len()).unwrap_or(NONE);
        let mut before = [0; 2];
        for (rank, step) in (0_u32..).zip(&self.steps) {
            self.places[step.edge as usize] = Place {
                street,
                rank: rank * 2 + u32::from(step.turned),
                before,
            };
            before = added(before, step.ticks);
        }
        self.streets.push(Street {
            ends,
            ticks: before,
            stem: NONE,
        });
    }
}

pub(super) fn added(sum: [u32; 2], ticks: [u32; 2]) -> [u32; 2] {
    [
        sum[0].saturating_add(ticks[0]),
        sum[1].saturating_add(ticks[1]),
    ]
}
