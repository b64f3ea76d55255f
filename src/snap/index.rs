//! The R-tree over street pieces: which one is nearest to a point, and not behind a barrier.

use std::collections::BTreeSet;

use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::Snap;
use super::barrier::Barriers;
use crate::ids::EdgeId;
use crate::model::{Network, StreetRules};
use crate::plane::{Position, nearest_on_segment, squared_distance};

/// A street piece on the conformal plane.
struct Piece {
    from: [f64; 2],
    to: [f64; 2],
    edge: EdgeId,
}

impl RTreeObject for Piece {
    type Envelope = AABB<[f64; 2]>;
    fn envelope(&self) -> Self::Envelope {
        AABB::from_corners(self.from, self.to)
    }
}

impl PointDistance for Piece {
    fn distance_2(&self, point: &[f64; 2]) -> f64 {
        squared_distance(*point, nearest_on_segment(*point, self.from, self.to).1)
    }
}

/// Finds the nearest street piece of a network.
///
/// Building it is O(E log E), each question O(log E) as a rule.
pub struct StreetIndex<'a> {
    network: &'a Network,
    tree: RTree<Piece>,
    barriers: Barriers,
}

impl<'a> StreetIndex<'a> {
    /// An index of all streets in components of at least `min_component` vertices.
    #[must_use]
    pub fn new(network: &'a Network, barriers: &[[Position; 2]], min_component: u32) -> Self {
        Self::open_to(&StreetRules::default(), network, barriers, min_component)
    }

    /// An index of those of these streets that the rules do not close.
    #[must_use]
    pub fn open_to(rules: &StreetRules, network: &'a Network, barriers: &[[Position; 2]], min_component: u32) -> Self {
        let plane: Vec<[f64; 2]> = network.nodes().iter().map(|node| node.on_plane()).collect();
        let edges = (0..network.edges().len()).map(EdgeId::new);
        let closed: BTreeSet<EdgeId> =
            network.traits().iter().filter(|(_, street)| rules.closes(street)).map(|&(edge, _)| edge).collect();
        let kept = edges.filter(|edge| network.component_size(*edge) >= min_component && !closed.contains(edge));
        let pieces = kept.map(|edge| {
            let ends = network.edge(edge);
            Piece { from: plane[ends.from.index()], to: plane[ends.to.index()], edge }
        });
        Self { network, tree: RTree::bulk_load(pieces.collect()), barriers: Barriers::new(barriers) }
    }

    /// Snaps a point to the nearest street piece within `max_m` metres that no barrier hides.
    ///
    /// Of several pieces at exactly the same distance the one with the smallest id wins.
    #[must_use]
    pub fn snap(&self, at: Position, max_m: f64) -> Snap {
        let point = at.on_plane();
        // The scale changes by less than 0.1 % within 5 km; the gap itself is checked below.
        let reach = (max_m * at.scale() * 1.01 + 1.0).powi(2);
        let mut best: Option<(f64, EdgeId, Snap)> = None;
        for (piece, distance_2) in self.tree.nearest_neighbor_iter_with_distance_2(point) {
            if distance_2 > reach || best.is_some_and(|(nearest, ..)| distance_2 > nearest) {
                break;
            }
            if best.is_some_and(|(_, edge, _)| edge < piece.edge) || self.hidden(point, piece) {
                continue;
            }
            let snapped = self.snapped(at, piece);
            if matches!(snapped, Snap::Snapped { gap, .. } if gap <= max_m) {
                best = Some((distance_2, piece.edge, snapped));
            }
        }
        best.map_or_else(|| Snap::Stranded { nearest: self.nearest_gap(at) }, |(.., snap)| snap)
    }

    /// How far the nearest street is in a straight line, barriers or not, in metres; none without streets.
    #[must_use]
    pub fn nearest_gap(&self, at: Position) -> Option<f64> {
        let piece = self.tree.nearest_neighbor(at.on_plane())?;
        match self.snapped(at, piece) {
            Snap::Snapped { gap, .. } => Some(gap),
            Snap::Stranded { nearest } => nearest,
        }
    }

    fn snapped(&self, at: Position, piece: &Piece) -> Snap {
        let (along, foot) = nearest_on_segment(at.on_plane(), piece.from, piece.to);
        let gap = at.distance(Position::from_plane(foot));
        Snap::Snapped { edge: piece.edge, offset: along * self.network.edge(piece.edge).metres, gap }
    }

    fn hidden(&self, point: [f64; 2], piece: &Piece) -> bool {
        self.barriers.between(point, nearest_on_segment(point, piece.from, piece.to).1)
    }
}
