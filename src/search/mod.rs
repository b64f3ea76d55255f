//! Bounded walks from every site, in parallel: which sites each cell reaches, and how soon.
//!
//! How it is done, with drawings and literature: [`methods`].

mod ball;
mod core;
mod engine;
mod ground;
mod grouped;
mod hierarchy;
#[doc = include_str!("methods.md")]
pub mod methods {}
mod pace;
mod path;
mod queue;
mod rows;
mod seats;
mod walk;
mod walks;
mod what_if;

use std::borrow::Cow;
use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::Add;

use crate::ids::{CellId, SiteId};
use crate::model::{Profile, Study, Version};
use crate::progress::{Progress, Silent};
use crate::snap::Linkage;
use crate::units::TravelTime;

pub use engine::Engine;
pub use hierarchy::{Nearest, NearestAtNodes, Size, Weights};
pub use path::{Gap, Path, Piece, path};
use rows::Rows;
pub use walks::{Walks, walks};
pub use what_if::WhatIf;

/// A site within reach of a cell, and the walk to it, both gaps included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The walk from the cell to the site.
    pub time: TravelTime,
    /// The site.
    pub site: SiteId,
}

impl Ord for Reach {
    /// By time, then by site.
    fn cmp(&self, other: &Self) -> Ordering {
        // As one number: sorting rows is a part of every search, and this compares without a branch.
        let key = |reach: &Self| u64::from(reach.time.ticks()) << 32 | reach.site.index() as u64;
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Reach {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// How much a search did, the same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Junctions settled. Vertices that only bend a street, and dead ends, are none.
    pub settled: u64,
    /// Streets looked along from a settled junction.
    pub relaxed: u64,
    /// Pushes to the queue.
    pub pushed: u64,
}

impl Add for Work {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let (settled, relaxed) = (self.settled + other.settled, self.relaxed + other.relaxed);
        Self {
            settled,
            relaxed,
            pushed: self.pushed + other.pushed,
        }
    }
}

impl Sum for Work {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}

/// For each cell the sites within the budget, sorted by time, then by site.
///
/// A sparse matrix: a cell that reaches nothing has an empty row.
#[derive(Debug, Clone)]
pub struct TravelTimes<'a> {
    links: Cow<'a, Linkage>,
    budget: TravelTime,
    rows: Rows,
    work: Work,
    version: Version,
}

impl<'a> TravelTimes<'a> {
    fn new(links: &'a Linkage, budget: TravelTime, rows: Rows, work: Work) -> Self {
        Self {
            links: Cow::Borrowed(links),
            budget,
            rows,
            work,
            version: Version::default(),
        }
    }
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
    pub fn chosen(
        parts: &[&TravelTimes<'_>],
        of: impl Fn(CellId) -> usize,
    ) -> TravelTimes<'static> {
        let of: Vec<usize> = (0..parts[0].rows.cells())
            .map(|cell| of(CellId::new(cell)))
            .collect();
        let mut rows = Rows::default();
        for (cell, &part) in of.iter().enumerate() {
            rows.push(parts[part].of(CellId::new(cell)));
        }
        let links: Vec<&Linkage> = parts.iter().map(|part| part.links()).collect();
        let work = parts.iter().map(|part| part.work).sum();
        let budget = parts
            .iter()
            .map(|part| part.budget)
            .min()
            .unwrap_or(TravelTime::ZERO);
        TravelTimes {
            links: Cow::Owned(Linkage::chosen(&links, &of)),
            budget,
            rows,
            work,
            version: Version::default(),
        }
    }

    /// The same, with links of its own.
    #[must_use]
    pub fn into_owned(self) -> TravelTimes<'static> {
        TravelTimes {
            links: Cow::Owned(self.links.into_owned()),
            budget: self.budget,
            rows: self.rows,
            work: self.work,
            version: self.version,
        }
    }

    /// The sites within the budget of a cell, nearest first, ties by site.
    #[must_use]
    pub fn of(&self, cell: CellId) -> &[Reach] {
        self.rows.of(cell)
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
        self.rows.pairs()
    }

    /// Whether no cell reaches any site.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.pairs() == 0
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
        study
            .zones()
            .of(cell)
            .map_or(0, |(zone, _)| zone.index() + 1)
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
    let engine = Engine::new(study, links, profile);
    let (rows, work) = engine.rows(budget, progress);
    TravelTimes::new(links, budget, rows, work)
}
