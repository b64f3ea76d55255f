//! Which street piece is nearest to a point, and not behind a barrier.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::barrier::Barriers;
use super::snapped::Snap;
use super::tree::{Piece, Tree};
use crate::ids::EdgeId;
use crate::model::{Islands, Network, StreetRules};
use crate::plane::{Position, nearest_on_segment};

/// Finds the nearest street piece of a network.
///
/// A site hangs on a street that everybody walks, a home on a way of residents as well
/// ([`crate::model::WalkedBy`]): whoever's nearest way that is lives there.
///
/// Building it is O(E) for a network that was read, whose edges stand along a Hilbert curve, and O(E log E)
/// for others; each question is O(log E) as a rule.
///
/// ```
/// use walkshed::{draw, snap::StreetIndex};
/// let study = draw::town("A-----B\n   a", 100.0, "");
/// let index = StreetIndex::new(study.network(), study.barriers(), 0);
/// let home = study.cells().as_slice()[0].at.unwrap();
/// assert_eq!(index.nearest_gap(home).map(f64::round), Some(100.0));
/// // Who looks no farther than 50 m finds none.
/// assert_eq!(
///     (index.snap(home, 50.0).edge(), index.snap(home, 150.0).edge().map(|edge| edge.index())),
///     (None, Some(0))
/// );
/// ```
pub struct StreetIndex<'a> {
    pub(super) network: &'a Network,
    pub(super) tree: Arc<Tree>,
    pub(super) barriers: Arc<Barriers>,
    /// Whether a point may leave an island for a larger component.
    pub(super) leaves_islands: bool,
}

/// A piece that is near enough to a point, as the point would hang on it.
struct Nearest {
    snap: Snap,
    gap: f64,
    is_island: bool,
    of_residents: bool,
}

/// What stands at a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// A site, which people from elsewhere go to.
    Site,
    /// A home, whose people walk the ways of their own compound.
    Home,
}

/// A home stands on a way of residents only if that is so much nearer than any street of all, in metres:
/// at a gate, where both end, rounding makes nobody a resident.
pub(super) const CLEARLY_M: f64 = 1e-6;

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
        // Small islands are mostly faults in the drawing: nothing hangs on them.
        let open = (0..network.edges().len())
            .map(EdgeId::new)
            .filter(|edge| network.component_size(*edge) >= min_component)
            .filter(|edge| !closed.contains(edge))
            .collect();
        Self {
            network,
            tree: Arc::new(Tree::new(network, open)),
            barriers: Arc::new(Barriers::new(barriers)),
            leaves_islands: false,
        }
    }

    /// The same index, by which points leave islands or not; without this they stay on them.
    ///
    /// Where no component is larger than an island, none is left: there is nowhere to go. O(components).
    #[must_use]
    pub fn with_islands(mut self, islands: Islands) -> Self {
        let mut sizes = self.network.component_sizes().iter();
        let any_larger = sizes.any(|&vertices| !Islands::is_small(vertices));
        self.leaves_islands = islands == Islands::Avoid && any_larger;
        self
    }

    /// Snaps a point to the nearest street of all within `max_m` metres that no barrier hides: a site,
    /// or any place that people from elsewhere go to. From an island, where these are left, to a larger
    /// component that is nearly as near ([`Islands::Avoid`]), which may then be farther off than that.
    ///
    /// Of several pieces at exactly the same distance the one with the smallest id wins.
    #[must_use]
    pub fn snap(&self, at: Position, max_m: f64) -> Snap {
        self.snap_as(Stands::Site, at, max_m)
    }

    /// [`Self::snap`] for a home: on a way of residents where that is nearer than any street of all.
    #[must_use]
    pub fn snap_home(&self, at: Position, max_m: f64) -> Snap {
        self.snap_as(Stands::Home, at, max_m)
    }

    /// Where a site hangs, or a home.
    pub(super) fn snap_as(&self, stands: Stands, at: Position, max_m: f64) -> Snap {
        let counts = |piece: &Piece| stands == Stands::Home || !piece.of_residents;
        let Some(nearest) = self.preferred(at, max_m, counts) else {
            return Snap::Stranded {
                nearest: self.gap_to(at, counts),
            };
        };
        if !(self.leaves_islands && nearest.is_island) {
            return nearest.snap;
        }
        // How far a point may stand off is a matter of its nearest street: that is near enough.
        let near_enough = nearest.gap + Islands::FARTHER_M;
        let larger = self.preferred(at, near_enough, |piece| !piece.is_island && counts(piece));
        larger.unwrap_or(nearest).snap
    }

    /// The nearest of some pieces; at a gate, where both end, the street of all.
    fn preferred(
        &self,
        at: Position,
        max_m: f64,
        counts: impl Fn(&Piece) -> bool,
    ) -> Option<Nearest> {
        let nearest = self.nearest_within(at, max_m, &counts)?;
        if !nearest.of_residents {
            return Some(nearest);
        }
        // At a gate both are the same place: whoever stands there is on the street.
        let street = self.nearest_within(at, max_m, |piece| !piece.of_residents && counts(piece));
        let as_near = street.filter(|street| street.gap <= nearest.gap + CLEARLY_M);
        Some(as_near.unwrap_or(nearest))
    }

    /// The nearest of some pieces within `max_m` metres that no barrier hides.
    fn nearest_within(
        &self,
        at: Position,
        max_m: f64,
        counts: impl Fn(&Piece) -> bool,
    ) -> Option<Nearest> {
        let point = at.on_plane();
        // The scale changes by less than 0.1 % within 5 km; the gap itself is checked in metres.
        let reach = max_m * at.scale() * 1.01 + 1.0;
        let within = reach * reach;
        // The tree measures on the conformal plane, whose scale is nearly the same all around.
        let seen = |piece: &Piece| counts(piece) && self.sees(point, piece);
        let nearest = self.tree.nearest(point, within, seen)?;
        self.snapped_within(at, nearest, max_m).or_else(|| {
            // At the rim of the reach the nearest on the plane may be too far, and yet another not.
            let other = self.tree.nearest(point, within, |piece| {
                seen(piece) && self.snapped_within(at, piece, max_m).is_some()
            })?;
            self.snapped_within(at, other, max_m)
        })
    }

    /// How far the nearest street of all is in a straight line, barriers or not, in metres; none without
    /// such streets.
    #[must_use]
    pub fn nearest_gap(&self, at: Position) -> Option<f64> {
        self.gap_to(at, |piece| !piece.of_residents)
    }

    /// How far the nearest of some pieces is.
    fn gap_to(&self, at: Position, counts: impl Fn(&Piece) -> bool) -> Option<f64> {
        let nearest = self.tree.nearest(at.on_plane(), f64::INFINITY, counts)?;
        self.snapped(at, nearest).gap()
    }

    /// The pieces of street on which a point may hang, on the conformal plane, in the order of the tree.
    pub(crate) fn pieces(&self) -> &[Piece] {
        self.tree.pieces()
    }

    /// Of some pieces of street the nearest to a point of the plane, if it is nearer than so far. Barriers
    /// or not.
    pub(crate) fn nearest_of(
        &self,
        point: [f64; 2],
        within: f64,
        counts: impl Fn(&Piece) -> bool,
    ) -> Option<&Piece> {
        self.tree.nearest(point, within * within, counts)
    }

    /// Whether a point may leave an island for a larger component.
    pub(crate) const fn leaves_islands(&self) -> bool {
        self.leaves_islands
    }

    /// Whether a piece of street belongs to an island.
    pub(crate) fn is_island(&self, edge: EdgeId) -> bool {
        Islands::is_small(self.network.component_size(edge))
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

    fn snapped_within(&self, at: Position, piece: &Piece, max_m: f64) -> Option<Nearest> {
        let snap = self.snapped(at, piece);
        let gap = snap.gap().filter(|&gap| gap <= max_m)?;
        Some(Nearest {
            snap,
            gap,
            is_island: piece.is_island,
            of_residents: piece.of_residents,
        })
    }

    /// Whether no barrier lies between a point and the nearest place on a piece.
    fn sees(&self, point: [f64; 2], piece: &Piece) -> bool {
        let (_, foot) = nearest_on_segment(point, piece.from, piece.to);
        !self.barriers.between(point, foot)
    }
}

fn closed_edges(network: &Network, rules: &StreetRules) -> BTreeSet<EdgeId> {
    network
        .traits()
        .iter()
        .filter(|(_, street)| !rules.may_hang(street))
        .map(|&(edge, _)| edge)
        .collect()
}
