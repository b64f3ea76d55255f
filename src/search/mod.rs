//! Bounded walks from every site, in parallel: which sites each cell reaches, and how soon.

mod bounded;
mod hierarchy;
mod pace;
mod path;
mod walk;
mod walks;

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use crate::ids::{CellId, SiteId};
use crate::model::{Profile, Study};
use crate::progress::{Progress, Silent, Stage};
use crate::snap::Linkage;
use crate::units::TravelTime;
use bounded::Scratch;
use walk::Walkways;

pub use hierarchy::{Nearest, NearestAtNodes, Size, Sweeps, Weights, balls, nearest, nearest_at_nodes};
pub use path::{Gap, Path, Piece, path};
pub use walks::{Walks, walks};

/// A site within reach of a cell, and the walk to it, both gaps included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reach {
    /// The walk from the cell to the site.
    pub time: TravelTime,
    /// The site.
    pub site: SiteId,
}

/// How much a search did, the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Vertices settled.
    pub settled: u64,
    /// Pushes to the queue.
    pub pushed: u64,
}

/// For each cell the sites within the budget, sorted by time, then by site.
///
/// A sparse matrix: a cell that reaches nothing has an empty row.
#[derive(Debug, Clone)]
pub struct TravelTimes<'a> {
    links: Cow<'a, Linkage>,
    budget: TravelTime,
    starts: Vec<usize>,
    reaches: Vec<Reach>,
    work: Work,
}

impl TravelTimes<'_> {
    /// For each cell the row of that search which is its own: cells of different zones may walk by
    /// different profiles. `of` says which part a cell takes.
    ///
    /// Where a cell hangs comes from its part as well; where the sites hang, from the first part.
    /// The budget is the smallest of the parts, the work their sum. O(cells + pairs).
    ///
    /// # Panics
    /// When there is no part, `of` names none, or the parts are of different studies.
    #[must_use]
    pub fn chosen(parts: &[&TravelTimes<'_>], of: impl Fn(CellId) -> usize) -> TravelTimes<'static> {
        let cells = parts[0].starts.len() - 1;
        let of: Vec<usize> = (0..cells).map(|cell| of(CellId::new(cell))).collect();
        let (mut starts, mut reaches) = (vec![0], Vec::new());
        for (cell, &part) in of.iter().enumerate() {
            reaches.extend_from_slice(parts[part].of(CellId::new(cell)));
            starts.push(reaches.len());
        }
        let links: Vec<&Linkage> = parts.iter().map(|part| part.links()).collect();
        let work = parts.iter().fold(Work::default(), |sum, part| Work {
            settled: sum.settled + part.work.settled,
            pushed: sum.pushed + part.work.pushed,
        });
        let budget = parts.iter().map(|part| part.budget).min().unwrap_or(TravelTime::ZERO);
        TravelTimes { links: Cow::Owned(Linkage::chosen(&links, &of)), budget, starts, reaches, work }
    }

    /// The same, with links of its own.
    #[must_use]
    pub fn into_owned(self) -> TravelTimes<'static> {
        TravelTimes {
            links: Cow::Owned(self.links.into_owned()),
            budget: self.budget,
            starts: self.starts,
            reaches: self.reaches,
            work: self.work,
        }
    }

    /// The sites within the budget of a cell, nearest first, ties by site.
    #[must_use]
    pub fn of(&self, cell: CellId) -> &[Reach] {
        &self.reaches[self.starts[cell.index()]..self.starts[cell.index() + 1]]
    }

    /// The nearest site of a cell; none when nothing is within the budget.
    #[must_use]
    pub fn nearest(&self, cell: CellId) -> Option<Reach> {
        self.of(cell).first().copied()
    }

    /// What the search was allowed to spend on each walk.
    #[must_use]
    pub const fn budget(&self) -> TravelTime {
        self.budget
    }

    /// Where the points hang on the streets.
    #[must_use]
    pub fn links(&self) -> &Linkage {
        &self.links
    }

    /// How many pairs of cell and site there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.reaches.len()
    }

    /// Whether no cell reaches any site.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.reaches.is_empty()
    }

    /// How much the search did.
    #[must_use]
    pub const fn work(&self) -> Work {
        self.work
    }
}

/// Walks from every site as far as the budget reaches (inclusive).
///
/// Exact: a walk takes the gap from the cell to its street, the shortest way along the streets, and
/// the gap to the site; two points on one street piece also go along it directly. Stranded sites
/// and cells reach nothing. Cells of a zone with a speed of its own walk at that speed, which takes
/// one search for each zone.
///
/// In parallel over the sites, each bounded walk O(n log n) in the vertices within the budget. The
/// result does not depend on the number of threads.
#[must_use]
pub fn travel_times<'a>(study: &Study, links: &'a Linkage, budget: TravelTime) -> TravelTimes<'a> {
    travel_times_with(study, links, budget, &Silent)
}

/// [`travel_times`], telling how far it is.
#[must_use]
pub fn travel_times_with<'a>(
    study: &Study,
    links: &'a Linkage,
    budget: TravelTime,
    progress: &dyn Progress,
) -> TravelTimes<'a> {
    let profiles = study.profiles(None);
    if profiles.iter().all(|profile| *profile == profiles[0]) {
        return travel_times_as(study, links, budget, &profiles[0], progress);
    }
    let times = |profile| travel_times_as(study, links, budget, profile, progress);
    let parts: Vec<TravelTimes<'_>> = profiles.iter().map(times).collect();
    TravelTimes::chosen(&parts.iter().collect::<Vec<_>>(), |cell| {
        study.zones().of(cell).map_or(0, |(zone, _)| zone.index() + 1)
    })
}

/// [`travel_times_with`] for those who walk by this profile instead of the study's own.
///
/// The walk is from the cell to the site: one-way streets, slopes and closed streets count in that
/// direction. The links should be those of [`crate::snap::link_as`] under the same rules: a point
/// that hangs on a street that is closed to the profile reaches nothing. As long as no street has a
/// trait that the rules mind, the walk is the same in both directions and costs nothing more.
#[must_use]
pub fn travel_times_as<'a>(
    study: &Study,
    links: &'a Linkage,
    budget: TravelTime,
    profile: &Profile,
    progress: &dyn Progress,
) -> TravelTimes<'a> {
    progress.start(Stage::Search, study.sites().len() as u64);
    let ways = Walkways::new(study, links, *profile);
    let pool = Pool { ways: &ways, idle: Mutex::new(Vec::new()) };
    let by_site: Vec<Vec<(u32, u32)>> = ways
        .sites
        .par_iter()
        .map(|site| {
            let cells = site.map_or_else(Vec::new, |hook| pool.cells_within(hook, budget));
            progress.advance(1);
            cells
        })
        .collect();
    let work = pool.work();
    let (starts, reaches) = by_cell(ways.cells.len(), &by_site);
    TravelTimes { links: Cow::Borrowed(links), budget, starts, reaches, work }
}

/// The threads' scratch objects: as many as threads ever walk at once.
struct Pool<'a> {
    ways: &'a Walkways,
    idle: Mutex<Vec<Scratch>>,
}

impl Pool<'_> {
    fn cells_within(&self, site: walk::Hook, budget: TravelTime) -> Vec<(u32, u32)> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = idle().pop();
        let mut scratch = taken.unwrap_or_else(|| Scratch::new(self.ways));
        let cells = scratch.cells_within(self.ways, site, budget.ticks());
        idle().push(scratch);
        cells
    }

    fn work(self) -> Work {
        let idle = self.idle.into_inner().unwrap_or_else(PoisonError::into_inner);
        idle.iter().fold(Work::default(), |sum, scratch| Work {
            settled: sum.settled + scratch.work[0],
            pushed: sum.pushed + scratch.work[1],
        })
    }
}

/// Turns the sites' lists of cells into the cells' sorted lists of sites.
fn by_cell(cells: usize, by_site: &[Vec<(u32, u32)>]) -> (Vec<usize>, Vec<Reach>) {
    let mut starts = vec![0_usize; cells + 1];
    for &(cell, _) in by_site.iter().flatten() {
        starts[cell as usize + 1] += 1;
    }
    for cell in 0..cells {
        starts[cell + 1] += starts[cell];
    }
    let mut next = starts.clone();
    let none = Reach { time: TravelTime::ZERO, site: SiteId::new(0) };
    let mut reaches = vec![none; starts[cells]];
    for (site, list) in by_site.iter().enumerate() {
        for &(cell, ticks) in list {
            reaches[next[cell as usize]] = Reach { time: TravelTime::from_ticks(ticks), site: SiteId::new(site) };
            next[cell as usize] += 1;
        }
    }
    rows_mut(&starts, &mut reaches).into_par_iter().for_each(<[Reach]>::sort_unstable);
    (starts, reaches)
}

fn rows_mut<'a>(starts: &[usize], mut rest: &'a mut [Reach]) -> Vec<&'a mut [Reach]> {
    let mut rows = Vec::with_capacity(starts.len().saturating_sub(1));
    for pair in starts.windows(2) {
        let (row, tail) = rest.split_at_mut(pair[1] - pair[0]);
        rows.push(row);
        rest = tail;
    }
    rows
}
