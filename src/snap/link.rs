//! Hanging all sites and cells of a study on its streets.

use std::sync::Arc;

use rayon::prelude::*;

use super::linkage::Linkage;
use super::snapped::Snap;
use super::street_index::{Stands, StreetIndex};
use crate::model::{StreetRules, Study};
use crate::plane::Position;
use crate::progress::{Progress, Silent, Stage};

/// So many points that are near each other are snapped by one thread.
const TOGETHER: usize = 256;

/// Hangs every site and cell of a study on its nearest street: cells on ways of residents too.
///
/// In parallel; O(E log E + P log E). A point farther than `walk.max_snap_m` from every street is
/// [`Snap::Stranded`].
///
/// ```
/// let study = walkshed::draw::town("
///     A---b---C
///         .
///         s
/// ", 100.0, "s");
/// let links = walkshed::snap::link(&study);
/// let site = study.sites().find("s").unwrap();
/// assert_eq!(links.site(site).gap().map(f64::round), Some(200.0));
/// ```
///
/// ```
/// let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let links = walkshed::snap::link(&study);
/// assert_eq!((links.site_gaps().snapped, links.cell_gaps().stranded), (1, 0));
/// ```
#[must_use]
pub fn link(study: &Study) -> Linkage {
    link_as(study, &study.walk().profile().rules, &Silent)
}

/// [`link`] for those who walk by these rules, telling how far it is: nothing hangs on a street that
/// is closed to them.
///
/// A wheelchair user's home beside stairs hangs on the nearest street that is none. One-way streets
/// are not closed.
///
/// ```
/// use walkshed::model::{Network, NetworkParts, StreetKind, StreetRules, Traits};
/// use walkshed::{Silent, draw, ids::CellId, snap};
/// // a stands beside stairs (the first street), 200 m from the other.
/// let town = draw::town("A-----B\n  a\n\nC-----D", 100.0, "");
/// let study = town.with(|parts| {
///     let stairs = Traits { kind: StreetKind::Stairs, ..Traits::default() };
///     let streets = NetworkParts {
///         traits: vec![(0, stairs)],
///         ..std::mem::take(&mut parts.network).into_parts()
///     };
///     parts.network = Network::with_traits(streets).unwrap();
/// })?;
/// let wheels = StreetRules { wheelchair: true, ..StreetRules::default() };
/// let gap = |rules| {
///     snap::link_as(&study, &rules, &Silent)
///         .cell(CellId::new(0))
///         .and_then(|snap| snap.gap())
///         .map(f64::round)
/// };
/// assert_eq!([StreetRules::default(), wheels].map(gap), [Some(100.0), Some(200.0)]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[must_use]
pub fn link_as(study: &Study, rules: &StreetRules, progress: &dyn Progress) -> Linkage {
    // Told before the index is made, which is a part of the stage.
    let points = study.sites().len() + study.cells().len();
    progress.start(Stage::Snap, points as u64);
    let index = StreetIndex::open_to(
        rules,
        study.network(),
        study.barriers(),
        study.walk().min_component,
    )
    .with_islands(study.walk().islands);
    link_on(&index, study, progress)
}

/// [`link_as`] on an index that was made for these rules.
pub(super) fn link_on(index: &StreetIndex<'_>, study: &Study, progress: &dyn Progress) -> Linkage {
    let sites: Vec<Option<Position>> = study
        .sites()
        .iter()
        .map(|(_, site)| Some(site.at))
        .collect();
    let cells: Vec<Option<Position>> = study.cells().iter().map(|(_, cell)| cell.at).collect();
    let snapping = Snapping {
        index,
        max_m: study.walk().max_snap_m,
        progress,
    };
    // A site always has a position, so it always has an answer.
    let site_snaps = snapping
        .snap_all(&sites, Stands::Site)
        .into_iter()
        .map(|snap| snap.unwrap_or(Snap::Stranded { nearest: None }))
        .collect();
    let cell_snaps = snapping.snap_all(&cells, Stands::Home);
    Linkage::new(study, site_snaps, Arc::new(cell_snaps))
}

/// The streets that are asked, and who is told how far it is.
struct Snapping<'s, 'a> {
    index: &'s StreetIndex<'a>,
    max_m: f64,
    progress: &'s dyn Progress,
}

/// A point with its place in the caller's list. Sorts along the Hilbert curve.
#[derive(Clone, Copy)]
struct Placed {
    key: u64,
    place: usize,
    at: Position,
}

impl Snapping<'_, '_> {
    /// Where these points hang, in their order; none for those without a position.
    ///
    /// They are asked about along a Hilbert curve, so that each finds in the cache what the one
    /// before it read. O(P log P + P log E).
    fn snap_all(&self, points: &[Option<Position>], stands: Stands) -> Vec<Option<Snap>> {
        let placed = along_the_curve(points);
        // In runs of neighbours, each by one thread: parts of the tree stay in its cache.
        let snaps: Vec<Vec<Snap>> = placed
            .par_chunks(TOGETHER)
            .map(|neighbours| self.snap_neighbours(neighbours, stands))
            .collect();
        // Back to the caller's order, which no thread can change.
        let mut by_place = vec![None; points.len()];
        for (point, snap) in placed.iter().zip(snaps.into_iter().flatten()) {
            by_place[point.place] = Some(snap);
        }
        // A point without a position is a step of the progress too.
        let nowhere = points.len() - placed.len();
        self.progress.advance(nowhere as u64);
        by_place
    }

    fn snap_neighbours(&self, neighbours: &[Placed], stands: Stands) -> Vec<Snap> {
        let snaps = neighbours
            .iter()
            .map(|point| self.index.snap_as(stands, point.at, self.max_m))
            .collect();
        self.progress.advance(neighbours.len() as u64);
        snaps
    }
}

/// The points that have a position, in the order of the curve; those in one of its cells by place.
fn along_the_curve(points: &[Option<Position>]) -> Vec<Placed> {
    let mut placed: Vec<Placed> = points
        .par_iter()
        .enumerate()
        .filter_map(|(place, at)| {
            let at = (*at)?;
            let key = at.on_curve();
            Some(Placed { key, place, at })
        })
        .collect();
    placed.par_sort_unstable_by_key(|point| (point.key, point.place));
    placed
}
