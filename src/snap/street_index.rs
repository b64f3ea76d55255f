//! Which street piece is nearest to a point, and not behind a barrier.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Snap;
use super::barrier::Barriers;
use super::tree::{Piece, Tree};
use crate::ids::EdgeId;
use crate::model::{Network, StreetRules};
use crate::plane::{Position, nearest_on_segment};

/// Finds the nearest street piece of a network.
///
/// Building it is O(E) for a network that was read, whose edges stand along a Hilbert curve, and O(E log E)
/// for others; each question is O(log E) as a rule.
pub struct StreetIndex<'a> {
    pub(super) network: &'a Network,
    pub(super) tree: Arc<Tree>,
    pub(super) barriers: Arc<Barriers>,
}

impl<'a> StreetIndex<'a> {
    /// An index of all streets in components of at least `min_component` vertices.
    #[must_use]
    pub fn new(network: &'a Network, barriers: &[[Position; 2]], min_component: u32) -> Self {
        Self::open_to(&StreetRules::default(), network, barriers, min_component)
    }

    /// An index of those of these streets that the rules do not close.
    #[must_use]
    pub fn open_to(
        rules: &StreetRules,
        network: &'a Network,
        barriers: &[[Position; 2]],
        min_component: u32,
    ) -> Self {
        let edges = (0..network.edges().len()).map(EdgeId::new);
        let closed: BTreeSet<EdgeId> = network
            .traits()
            .iter()
            .filter(|(_, street)| rules.closes(street))
            .map(|&(edge, _)| edge)
            .collect();
        let kept = edges.filter(|edge| {
            network.component_size(*edge) >= min_component && !closed.contains(edge)
        });
        let tree = Arc::new(Tree::new(network, kept.collect()));
        Self {
            network,
            tree,
            barriers: Arc::new(Barriers::new(barriers)),
        }
    }

    /// Snaps a point to the nearest street piece within `max_m` metres that no barrier hides.
    ///
    /// Of several pieces at exactly the same distance the one with the smallest id wins.
    #[must_use]
    pub fn snap(&self, at: Position, max_m: f64) -> Snap {
        let point = at.on_plane();
        // The scale changes by less than 0.1 % within 5 km; the gap itself is checked below.
        let reach = (max_m * at.scale() * 1.01 + 1.0).powi(2);
        let snapped =
            |piece: &Piece| Some(self.snapped(at, piece)).filter(|snap| snap.gap() <= Some(max_m));
        let seen = |piece: &Piece| !self.hidden(point, piece);
        let nearest = self.tree.nearest(point, reach, seen);
        // At the rim of the reach the nearest may be too far, and yet another not.
        let other = || {
            self.tree.nearest(point, reach, |piece| {
                seen(piece) && snapped(piece).is_some()
            })
        };
        let snap = nearest.and_then(|piece| snapped(piece).or_else(|| other().and_then(&snapped)));
        snap.unwrap_or_else(|| Snap::Stranded {
            nearest: self.nearest_gap(at),
        })
    }

    /// How far the nearest street is in a straight line, barriers or not, in metres; none without streets.
    #[must_use]
    pub fn nearest_gap(&self, at: Position) -> Option<f64> {
        let piece = self.tree.nearest(at.on_plane(), f64::INFINITY, |_| true)?;
        match self.snapped(at, piece) {
            Snap::Snapped { gap, .. } => Some(gap),
            Snap::Stranded { nearest } => nearest,
        }
    }

    fn snapped(&self, at: Position, piece: &Piece) -> Snap {
        let (along, foot) = nearest_on_segment(at.on_plane(), piece.from, piece.to);
        let gap = at.distance(Position::from_plane(foot));
        Snap::Snapped {
            edge: piece.edge,
            offset: along * self.network.edge(piece.edge).metres,
            gap,
        }
    }

    fn hidden(&self, point: [f64; 2], piece: &Piece) -> bool {
        self.barriers
            .between(point, nearest_on_segment(point, piece.from, piece.to).1)
    }
}
