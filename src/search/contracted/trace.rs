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

use super::street::{BothWays, Place, Street, added};
use super::vertex_state::VertexState;
use crate::ids::NodeId;
use crate::model::{Edge, Network};
use crate::search::sentinel::{NO_NUMBER, NO_WAY, short};

/// Sums of several pieces stay below this, so that they are exact: half of what a tick can count.
const LONGEST: u32 = u32::MAX / 2;

/// A piece of street on the way; its ticks in the direction of the way, and back.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub edge: u32,
    pub turned: bool,
    pub ticks: BothWays,
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

/// Streets that are being followed. Their ends are nodes of the network until junctions have numbers.
pub(super) struct Tracer<'a> {
    edges: &'a [Edge],
    /// Ticks of each edge forward and backward.
    costs: Vec<BothWays>,
    /// By node.
    pub vertices: Vec<VertexState>,
    pub streets: Vec<Street>,
    /// By edge.
    pub places: Vec<Place>,
    /// The street under way.
    pub steps: Vec<Step>,
}

impl<'a> Tracer<'a> {
    pub(super) fn new(network: &'a Network, costs: Vec<BothWays>) -> Self {
        let edges = network.edges();
        let nowhere = Place {
            street: NO_NUMBER,
            rank: 0,
            before: [0; 2],
        };
        Self {
            edges,
            vertices: meetings(network, &costs),
            costs,
            streets: Vec::new(),
            places: vec![nowhere; edges.len()],
            steps: Vec::new(),
        }
    }

    /// Follows all streets that dead ends have left: those between junctions, then lone rings.
    pub(super) fn follow_all(&mut self) {
        for edge in 0..self.edges.len() {
            if self.is_untraced(edge) {
                let Edge { from, to, .. } = self.edges[edge];
                // A street can begin at either end of the edge, where that is more than a bend.
                let junction = [from, to]
                    .into_iter()
                    .find(|end| !self.vertices[end.index()].passes_through());
                if let Some(junction) = junction {
                    self.trace_from(junction, edge);
                }
            }
        }
        // What is left are rings without a junction: each gets one.
        for edge in 0..self.edges.len() {
            if self.is_untraced(edge) {
                let start = self.edges[edge].from;
                self.vertices[start.index()].make_junction();
                self.trace_from(start, edge);
            }
        }
    }

    fn is_untraced(&self, edge: usize) -> bool {
        let is_open = self.costs[edge] != [NO_WAY; 2];
        is_open && self.places[edge].street == NO_NUMBER
    }

    fn trace_from(&mut self, node: NodeId, edge: usize) {
        let last = self.follow(node, short(edge));
        let ends = [node, last].map(|node| short(node.index()));
        self.finish(ends);
    }

    /// Walks from a node along an edge to the street's other end, noting the steps. O(steps).
    ///
    /// Vertices on the way forget which edges meet there and remember one edge of the street instead.
    pub(super) fn follow(&mut self, mut node: NodeId, mut edge: u32) -> NodeId {
        self.steps.clear();
        let mut sum = [0_u32; 2];
        loop {
            let turned = self.edges[edge as usize].from != node;
            let step = self.step(edge, turned);
            // Both directions are summed at once; where one is closed its sum stays at the end of
            // the scale.
            sum = added(sum, step.ticks);
            if !self.steps.is_empty() && too_long(sum, step.ticks) {
                // The sum would no longer be exact: the street is cut in two here.
                self.vertices[node.index()].make_junction();
                return node;
            }
            self.steps.push(step);
            node = self.end_of(step);
            let vertex = &mut self.vertices[node.index()];
            if !vertex.passes_through() {
                return node;
            }
            // The other one of the two edges that meet here.
            edge ^= vertex.link;
            // No longer needed for following: it tells from now on on which street the vertex lies.
            vertex.link = edge;
        }
    }

    /// An edge as it is walked, along its drawing or (`turned`) against it.
    pub(super) fn step(&self, edge: u32, turned: bool) -> Step {
        let drawn = Step {
            edge,
            turned: false,
            ticks: self.costs[edge as usize],
        };
        if turned { drawn.turned() } else { drawn }
    }

    /// The node that a step leads away from.
    pub(super) fn start_of(&self, step: Step) -> NodeId {
        let edge = self.edges[step.edge as usize];
        if step.turned { edge.to } else { edge.from }
    }

    /// The node that a step leads to.
    fn end_of(&self, step: Step) -> NodeId {
        self.start_of(step.turned())
    }

    /// Turns the steps around.
    pub(super) fn turn(&mut self) {
        self.steps.reverse();
        for step in &mut self.steps {
            *step = step.turned();
        }
    }

    /// Makes a street of the steps from the first node to the second.
    pub(super) fn finish(&mut self, ends: [u32; 2]) {
        let street = short(self.streets.len());
        let mut before = [0; 2];
        for (number, step) in (0_u32..).zip(&self.steps) {
            self.places[step.edge as usize] = Place {
                street,
                rank: number * 2 + u32::from(step.turned),
                before,
            };
            // After the last edge this is the whole street.
            before = added(before, step.ticks);
        }
        self.streets.push(Street {
            ends,
            ticks: before,
            dead_end: NO_NUMBER,
        });
    }
}

/// What meets at each node. O(V + E).
fn meetings(network: &Network, costs: &[BothWays]) -> Vec<VertexState> {
    let mut vertices = vec![VertexState::default(); network.nodes().len()];
    for ((number, edge), &[ahead, back]) in (0_u32..).zip(network.edges()).zip(costs) {
        let is_open = [ahead, back] != [NO_WAY; 2];
        if is_open {
            vertices[edge.from.index()].meet(number, [ahead, back]);
            vertices[edge.to.index()].meet(number, [back, ahead]);
        }
        // The two ends of a loop would cancel out in the exclusive or.
        if edge.from == edge.to {
            vertices[edge.from.index()].make_junction();
        }
    }
    vertices
}

/// Whether a sum is past what is exact, in a direction in which the last piece is open.
fn too_long(sum: BothWays, ticks: BothWays) -> bool {
    [0, 1]
        .into_iter()
        .any(|way| ticks[way] != NO_WAY && sum[way] > LONGEST)
}
