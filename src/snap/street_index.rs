//! Which street piece is nearest to a point, and not behind a barrier.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::barrier::Barriers;
use super::snapped::Snap;
use super::tree::{Piece, Tree};
use crate::ids::EdgeId;
use crate::model::{Network, StreetRules, WalkedBy};
use crate::plane::{Position, nearest_on_segment, squared_distance};

/// Finds the nearest street piece of a network.
///
/// A site hangs on a street that everybody walks, a home on a way of residents as well
/// ([`crate::model::WalkedBy`]): whoever's nearest way that is lives there.
///
/// Building it is O(E) for a network that was read, whose edges stand along a Hilbert curve, and O(E log E)
/// for others; each question is O(log E) as a rule.
pub struct StreetIndex<'a> {
    pub(super) network: &'a Network,
    pub(super) trees: Trees,
    pub(super) barriers: Arc<Barriers>,
}

/// What stands at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// A site, which people from elsewhere go to.
    Site,
    /// A home, whose people walk the ways of their own compound.
    Home,
}

/// The pieces of street on which points may hang. A copy is O(1).
#[derive(Clone)]
pub(super) struct Trees {
    /// Those of all.
    pub of_all: Arc<Tree>,
    /// Those of residents, on which only homes hang; mostly none.
    pub of_residents: Arc<Tree>,
}

/// A home stands on a way of residents only if that is so much nearer than any street of all, in metres
/// of the plane: at a gate, where both end, rounding makes nobody a resident.
pub(super) const CLEARLY: f64 = 1e-6;

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
        let closed = closed_edges(network, rules);
        let of_residents = edges_of_residents(network);
        // Small islands are mostly faults in the drawing: nothing hangs on them.
        let open = (0..network.edges().len())
            .map(EdgeId::new)
            .filter(|edge| network.component_size(*edge) >= min_component)
            .filter(|edge| !closed.contains(edge));
        let (of_residents, of_all) = open.partition(|edge| of_residents.contains(edge));
        Self {
            network,
            trees: Trees {
                of_all: Arc::new(Tree::new(network, of_all)),
                of_residents: Arc::new(Tree::new(network, of_residents)),
            },
            barriers: Arc::new(Barriers::new(barriers)),
        }
    }

    /// Snaps a point to the nearest street of all within `max_m` metres that no barrier hides: a site,
    /// or any place that people from elsewhere go to.
    ///
    /// Of several pieces at exactly the same distance the one with the smallest id wins.
    #[must_use]
    pub fn snap(&self, at: Position, max_m: f64) -> Snap {
        let snap = self.nearest_in(&self.trees.of_all, at, max_m, f64::INFINITY);
        snap.unwrap_or_else(|| Snap::Stranded {
            nearest: self.nearest_gap(at),
        })
    }

    /// [`Self::snap`] for a home: on a way of residents where that is nearer than every street of all.
    #[must_use]
    pub fn snap_home(&self, at: Position, max_m: f64) -> Snap {
        if self.trees.of_residents.pieces().is_empty() {
            return self.snap(at, max_m);
        }
        let street = self.nearest_in(&self.trees.of_all, at, max_m, f64::INFINITY);
        let nearer = street.map_or(f64::INFINITY, |street| self.off(at, street) - CLEARLY);
        let own = self.nearest_in(&self.trees.of_residents, at, max_m, nearer);
        own.or(street).unwrap_or_else(|| {
            let gaps = [&self.trees.of_all, &self.trees.of_residents];
            let gaps = gaps.map(|tree| self.gap_to(tree, at));
            let nearest = gaps.into_iter().flatten().min_by(f64::total_cmp);
            Snap::Stranded { nearest }
        })
    }

    /// Where a site hangs, or a home.
    pub(super) fn snap_as(&self, stands: Stands, at: Position, max_m: f64) -> Snap {
        match stands {
            Stands::Site => self.snap(at, max_m),
            Stands::Home => self.snap_home(at, max_m),
        }
    }

    /// Where a point hangs on the pieces of one tree, at most so many metres of the plane off.
    fn nearest_in(&self, tree: &Tree, at: Position, max_m: f64, nearer: f64) -> Option<Snap> {
        let point = at.on_plane();
        // The scale changes by less than 0.1 % within 5 km; the gap itself is checked in metres.
        let reach = (max_m * at.scale() * 1.01 + 1.0).min(nearer);
        if reach < 0.0 {
            return None;
        }
        let within = reach * reach;
        // The tree measures on the conformal plane, whose scale is nearly the same all around.
        let nearest = tree.nearest(point, within, |piece| self.sees(point, piece))?;
        self.snapped_within(at, nearest, max_m).or_else(|| {
            // At the rim of the reach the nearest on the plane may be too far, and yet another not.
            let other = tree.nearest(point, within, |piece| {
                self.sees(point, piece) && self.snapped_within(at, piece, max_m).is_some()
            })?;
            self.snapped_within(at, other, max_m)
        })
    }

    /// How far a point is from where it hangs, in metres of the plane.
    fn off(&self, at: Position, snap: Snap) -> f64 {
        let Snap::Snapped { edge, .. } = snap else {
            return f64::INFINITY;
        };
        let ends = self.network.edge(edge);
        let [from, to] = [ends.from, ends.to].map(|end| self.network.node(end).on_plane());
        let (_, foot) = nearest_on_segment(at.on_plane(), from, to);
        squared_distance(at.on_plane(), foot).sqrt()
    }

    /// How far the nearest street of all is in a straight line, barriers or not, in metres; none without
    /// streets.
    #[must_use]
    pub fn nearest_gap(&self, at: Position) -> Option<f64> {
        self.gap_to(&self.trees.of_all, at)
    }

    fn gap_to(&self, tree: &Tree, at: Position) -> Option<f64> {
        let nearest = tree.nearest(at.on_plane(), f64::INFINITY, |_| true)?;
        self.snapped(at, nearest).gap()
    }

    /// The pieces of street on which a home may hang, on the conformal plane, in the order of the trees.
    pub(crate) fn pieces(&self) -> impl Iterator<Item = &Piece> + Clone {
        let of_all = self.trees.of_all.pieces().iter();
        of_all.chain(self.trees.of_residents.pieces())
    }

    /// A piece of street that passes nearer to a point of the plane than so far, other than one of them;
    /// the nearest. Barriers or not.
    pub(crate) fn nearest_other(
        &self,
        point: [f64; 2],
        within: f64,
        own: Option<EdgeId>,
    ) -> Option<&Piece> {
        let others = |piece: &Piece| Some(piece.edge) != own;
        let within = within * within;
        let of_all = self.trees.of_all.nearest(point, within, others);
        let within = of_all.map_or(within, |piece| piece.squared_distance(point));
        let own = self.trees.of_residents.nearest(point, within, others);
        own.or(of_all)
    }

    /// Whether there are barriers at all.
    pub(crate) fn has_barriers(&self) -> bool {
        !self.barriers.is_empty()
    }

    /// How much of the way from a street to a point lies before the first barrier, from 0 to 1; none
    /// where no barrier lies between.
    pub(crate) fn first_barrier(&self, foot: [f64; 2], point: [f64; 2]) -> Option<f64> {
        self.barriers.first_between(foot, point)
    }

    /// Whether any barrier comes into a box of the plane.
    pub(crate) fn barrier_in(&self, low: [f64; 2], high: [f64; 2]) -> bool {
        self.barriers.any_in(low, high)
    }

    fn snapped(&self, at: Position, piece: &Piece) -> Snap {
        // The foot is chosen on the plane; gap and offset are metres on the ground.
        let (part, foot) = nearest_on_segment(at.on_plane(), piece.from, piece.to);
        Snap::Snapped {
            edge: piece.edge,
            offset: part * self.network.edge(piece.edge).metres,
            gap: at.distance(Position::from_plane(foot)),
        }
    }

    fn snapped_within(&self, at: Position, piece: &Piece, max_m: f64) -> Option<Snap> {
        let snap = self.snapped(at, piece);
        (snap.gap() <= Some(max_m)).then_some(snap)
    }

    /// Whether no barrier lies between a point and the nearest place on a piece.
    fn sees(&self, point: [f64; 2], piece: &Piece) -> bool {
        let (_, foot) = nearest_on_segment(point, piece.from, piece.to);
        !self.barriers.between(point, foot)
    }
}

fn edges_of_residents(network: &Network) -> BTreeSet<EdgeId> {
    network
        .traits()
        .iter()
        .filter(|(_, street)| street.walked_by == WalkedBy::Residents)
        .map(|&(edge, _)| edge)
        .collect()
}

fn closed_edges(network: &Network, rules: &StreetRules) -> BTreeSet<EdgeId> {
    network
        .traits()
        .iter()
        .filter(|(_, street)| !rules.may_hang(street))
        .map(|&(edge, _)| edge)
        .collect()
}
