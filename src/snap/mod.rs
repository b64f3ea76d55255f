//! Which point hangs on which street, how far along it and how far off it.
//!
//! Every site and every cell is hung on the nearest point of a street **piece**, which is thereby
//! split there; never on a junction only. The straight gap between point and street is walked too.

mod barrier;
mod index;
mod relink;
mod tree;

use std::sync::Arc;

use rayon::prelude::*;

use crate::ids::{CellId, EdgeId, SiteId};
use crate::model::{StreetRules, Study};
use crate::plane::Position;
use crate::progress::{Progress, Silent, Stage};

pub use index::StreetIndex;
pub(crate) use relink::{Kept, Relinked};

/// Where a point hangs on the network.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Snap {
    /// On a street.
    Snapped {
        /// The street piece.
        edge: EdgeId,
        /// Metres along the piece from its first end.
        offset: f64,
        /// Straight-line metres from the point to the street.
        gap: f64,
    },
    /// No street is near enough, or a barrier lies before each that is.
    Stranded {
        /// Straight-line metres to the nearest street, barriers or not; none where there are no streets.
        nearest: Option<f64>,
    },
}

impl Snap {
    /// The straight-line metres from the point to the street it hangs on; none when stranded.
    #[must_use]
    pub const fn gap(self) -> Option<f64> {
        match self {
            Self::Snapped { gap, .. } => Some(gap),
            Self::Stranded { .. } => None,
        }
    }
}

/// Where every site and every cell hangs on the network.
#[derive(Debug, Clone, PartialEq)]
pub struct Linkage {
    sites: Vec<Snap>,
    cells: Arc<Vec<Option<Snap>>>,
}

impl Linkage {
    /// Where a site hangs.
    #[must_use]
    pub fn site(&self, site: SiteId) -> Snap {
        self.sites[site.index()]
    }

    /// Where a cell hangs; none for a cell that has no place because its row was rejected.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> Option<Snap> {
        self.cells[cell.index()]
    }

    /// Where all cells hang.
    pub(crate) fn cells(&self) -> &[Option<Snap>] {
        &self.cells
    }

    /// Where all sites hang.
    pub(crate) fn sites(&self) -> &[Snap] {
        &self.sites
    }

    /// Where the sites hang in the first of several linkages, and each cell in the one given for it.
    pub(crate) fn chosen(parts: &[&Self], of: &[usize]) -> Self {
        let cells = of
            .iter()
            .enumerate()
            .map(|(cell, &part)| parts[part].cells[cell]);
        Self {
            sites: parts[0].sites.clone(),
            cells: Arc::new(cells.collect()),
        }
    }

    /// How far the sites stand off the streets.
    #[must_use]
    pub fn site_gaps(&self) -> Gaps {
        Gaps::of(self.sites.iter().copied())
    }

    /// How far the cells stand off the streets.
    #[must_use]
    pub fn cell_gaps(&self) -> Gaps {
        Gaps::of(self.cells.iter().flatten().copied())
    }
}

/// How far a set of points stands off the streets.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Gaps {
    /// Points that hang on a street.
    pub snapped: usize,
    /// Points too far from every street.
    pub stranded: usize,
    /// The median gap of the snapped ones, in metres.
    pub median: Option<f64>,
    /// The gap that 95 % of the snapped ones do not pass, in metres.
    pub p95: Option<f64>,
    /// The widest gap, in metres.
    pub max: Option<f64>,
}

impl Gaps {
    /// Sums up where some points hang. O(n log n).
    pub fn of(snaps: impl Iterator<Item = Snap>) -> Self {
        let (mut gaps, mut stranded) = (Vec::new(), 0);
        for snap in snaps {
            match snap.gap() {
                Some(gap) => gaps.push(gap),
                None => stranded += 1,
            }
        }
        gaps.sort_by(f64::total_cmp);
        let at = |percent: usize| {
            gaps.get((gaps.len() * percent).div_ceil(100).saturating_sub(1))
                .copied()
        };
        Self {
            snapped: gaps.len(),
            stranded,
            median: at(50),
            p95: at(95),
            max: gaps.last().copied(),
        }
    }
}

/// Hangs every site and cell of a study on its nearest street.
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
#[must_use]
pub fn link(study: &Study) -> Linkage {
    link_with(study, &Silent)
}

/// [`link`], telling how far it is.
#[must_use]
pub fn link_with(study: &Study, progress: &dyn Progress) -> Linkage {
    link_as(study, &study.walk().rules, progress)
}

/// [`link_with`] for those who walk by these rules instead of the study's own: nothing hangs on a
/// street that is closed to them.
///
/// A wheelchair user's home beside stairs hangs on the nearest street that is none. One-way streets
/// are not closed.
#[must_use]
pub fn link_as(study: &Study, rules: &StreetRules, progress: &dyn Progress) -> Linkage {
    progress.start(
        Stage::Snap,
        (study.sites().len() + study.cells().len()) as u64,
    );
    let index = StreetIndex::open_to(
        rules,
        study.network(),
        study.barriers(),
        study.walk().min_component,
    );
    link_on(&index, study, progress)
}

/// [`link_as`] on an index that was made for these rules.
fn link_on(index: &StreetIndex<'_>, study: &Study, progress: &dyn Progress) -> Linkage {
    let asked = Asked {
        index,
        max_m: study.walk().max_snap_m,
        progress,
    };
    let sites: Vec<Option<Position>> = study
        .sites()
        .iter()
        .map(|(_, site)| Some(site.at))
        .collect();
    let cells: Vec<Option<Position>> = study.cells().iter().map(|(_, cell)| cell.at).collect();
    let sites = asked
        .snaps(&sites)
        .into_iter()
        .map(|snap| snap.unwrap_or(Snap::Stranded { nearest: None }));
    Linkage {
        sites: sites.collect(),
        cells: Arc::new(asked.snaps(&cells)),
    }
}

/// What is asked of the streets, and who is told how far it is.
struct Asked<'s, 'a> {
    index: &'s StreetIndex<'a>,
    max_m: f64,
    progress: &'s dyn Progress,
}

/// So many points that are near each other are snapped by one thread.
const TOGETHER: usize = 256;

impl Asked<'_, '_> {
    /// Where these points hang, in their order. They are asked about along a Hilbert curve, so that
    /// each finds in the cache what the one before it read. O(P log P + P log E).
    fn snaps(&self, points: &[Option<Position>]) -> Vec<Option<Snap>> {
        let placed = points
            .par_iter()
            .enumerate()
            .filter_map(|(place, at)| at.map(|at| (at.on_curve(), place, at)));
        let mut placed: Vec<(u64, usize, Position)> = placed.collect();
        placed.par_sort_unstable_by_key(|&(key, place, _)| (key, place));
        let some = |some: &[(u64, usize, Position)]| {
            let snaps: Vec<Snap> = some
                .iter()
                .map(|&(_, _, at)| self.index.snap(at, self.max_m))
                .collect();
            self.progress.advance(some.len() as u64);
            snaps
        };
        let snaps: Vec<Vec<Snap>> = placed.par_chunks(TOGETHER).map(some).collect();
        let mut found = vec![None; points.len()];
        for ((_, place, _), snap) in placed.into_iter().zip(snaps.into_iter().flatten()) {
            found[place] = Some(snap);
        }
        self.progress
            .advance((points.len() - points.iter().flatten().count()) as u64);
        found
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;
    use crate::draw;
    use crate::model::{Cell, Cells};
    use crate::units::People;

    #[derive(Default)]
    struct Counted(AtomicU64);

    impl Progress for Counted {
        fn start(&self, _: Stage, total: u64) {
            self.0.store(total, Ordering::Relaxed);
        }

        fn advance(&self, by: u64) {
            self.0.fetch_sub(by, Ordering::Relaxed);
        }
    }

    /// A town with a thousand cells in no order, some without a place and some far out.
    fn scattered() -> Study {
        let town = draw::town("A-b---s--C\n|    |\nD----e---F", 100.0, "s");
        let cell = |place: u32| {
            let far = if place.is_multiple_of(97) { 0.1 } else { 0.008 };
            let [x, y] = [place * 7919 % 1009, place * 104_729 % 997]
                .map(|step| f64::from(step) / 1000.0 * far);
            let at = Position::new(x, -y).filter(|_| !place.is_multiple_of(89));
            Cell {
                id: place.to_string(),
                name: String::new(),
                unit: None,
                people: People::whole(1),
                at,
            }
        };
        town.with(|parts| {
            parts.cells = Cells::new((0..1000).map(cell).collect());
        })
        .expect("still a study")
    }

    #[test]
    fn each_point_hangs_where_it_would_alone_and_is_counted_once() {
        let (study, counted) = (scattered(), Counted::default());
        let links = link_with(&study, &counted);
        assert_eq!(counted.0.into_inner(), 0, "as many steps as were told");
        let index = StreetIndex::new(
            study.network(),
            study.barriers(),
            study.walk().min_component,
        );
        let alone = study
            .cells()
            .iter()
            .map(|(_, cell)| cell.at.map(|at| index.snap(at, study.walk().max_snap_m)));
        assert_eq!(*links.cells, alone.collect::<Vec<_>>());
        let gaps = links.cell_gaps();
        assert!(
            gaps.snapped > 700 && gaps.stranded > 100 && gaps.snapped + gaps.stranded == 1000 - 12,
            "{gaps:?}"
        );
    }

    #[test]
    fn c26_threads_change_nothing() {
        let study = scattered();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(threads)
                .build()
                .expect("a few threads");
            pool.install(|| link(&study))
        };
        assert_eq!(with(1), with(2));
        assert_eq!(with(1), with(8));
    }
}
