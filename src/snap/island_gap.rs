//! Where an island comes nearest to a larger part of the streets: what would have to be drawn, or built,
//! to join it.

use std::cmp::Reverse;

use super::loose::crossing_of;
use super::street_index::StreetIndex;
use super::tree::Piece;
use crate::ids::EdgeId;
use crate::model::Network;
use crate::plane::{Position, nearest_on_segment, squared_distance};

/// The nearest places of two parts of the streets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Apart {
    /// On the one.
    pub from: Position,
    /// On the other.
    pub to: Position,
    /// How far they lie apart, in metres; 0 where streets cross.
    pub metres: f64,
}

/// All streets of a network, ready to be asked which of them is near.
pub(super) struct GapFinder<'a> {
    network: &'a Network,
    index: StreetIndex<'a>,
}

/// The nearest two places so far, on the plane.
struct Nearest {
    distance_2: f64,
    places: Option<[[f64; 2]; 2]>,
}

impl Nearest {
    fn offer(&mut self, places: [[f64; 2]; 2]) {
        let distance_2 = squared_distance(places[0], places[1]);
        if distance_2 < self.distance_2 {
            self.distance_2 = distance_2;
            self.places = Some(places);
        }
    }
}

impl<'a> GapFinder<'a> {
    /// O(E) for a network that was read.
    pub(super) fn new(network: &'a Network) -> Self {
        let index = StreetIndex::new(network, &[], 0);
        Self { network, index }
    }

    /// Where these streets of a component come nearest to a larger one; none where there is none.
    ///
    /// Where lines do not cross, an end of one of them is nearest to the other. So the ends here are asked
    /// first, and then those of all streets that come as near to a line. O(n log E + k) for n streets and
    /// the k that lie near them.
    pub(super) fn apart(&self, component: u32, edges: &[EdgeId]) -> Option<Apart> {
        let own = self.rank(component);
        let is_larger = |piece: &Piece| self.rank(self.network.component(piece.edge)) > own;
        let mut nearest = Nearest {
            distance_2: f64::INFINITY,
            places: None,
        };
        let lines: Vec<[[f64; 2]; 2]> = edges.iter().map(|&edge| self.line(edge)).collect();
        // Each end is asked no farther than the best so far: most have nothing so near.
        for &end in lines.iter().flatten() {
            let within = nearest.distance_2.sqrt();
            if let Some(piece) = self.index.nearest_of(end, within, is_larger) {
                nearest.offer([end, nearest_on_segment(end, piece.from, piece.to).1]);
            }
        }
        // Nothing is larger: this is the largest part itself.
        nearest.places?;
        // The other way round: their ends and the crossings, in a box that holds all as near.
        for &line in &lines {
            let near = nearest.distance_2.sqrt();
            self.index.tree.meeting(line, near, |piece| {
                if is_larger(piece) {
                    offer_pair(&mut nearest, line, piece);
                }
            });
        }
        let [from, to] = nearest.places?.map(Position::from_plane);
        let metres = if nearest.distance_2 > 0.0 {
            from.distance(to)
        } else {
            0.0
        };
        Some(Apart { from, to, metres })
    }

    /// By size; of equal ones the first is the larger.
    fn rank(&self, component: u32) -> (u32, Reverse<u32>) {
        let size = self.network.component_sizes()[component as usize];
        (size, Reverse(component))
    }

    fn line(&self, edge: EdgeId) -> [[f64; 2]; 2] {
        let ends = self.network.edge(edge);
        [ends.from, ends.to].map(|node| self.network.node(node).on_plane())
    }
}

fn offer_pair(nearest: &mut Nearest, line: [[f64; 2]; 2], piece: &Piece) {
    if let Some(crossing) = crossing_of(line, [piece.from, piece.to]) {
        nearest.offer([crossing; 2]);
    }
    for end in [piece.from, piece.to] {
        nearest.offer([nearest_on_segment(end, line[0], line[1]).1, end]);
    }
}
