//! The travel times of all cells to all sites: a sparse matrix (*origin-destination matrix*).

use std::sync::Arc;

use super::reach::Reach;
use super::rows::Rows;
use super::work::Work;
use crate::ids::CellId;
use crate::model::{Study, Version};
use crate::snap::Linkage;
use crate::units::TravelTime;

/// For each cell the sites within the budget, sorted by time, then by site.
///
/// A sparse matrix: a cell that reaches nothing has an empty row. A copy is O(1).
///
/// ```
/// use walkshed::{TravelTime, draw, search, snap};
/// let study = draw::town("A-s-a-t-b-B", 100.0, "st");
/// let times = search::travel_times(&snap::link(&study), TravelTime::from_minutes(5));
/// let sites = |cell: usize| -> Vec<&str> {
///     let row = times.of(walkshed::ids::CellId::new(cell)).iter();
///     row.map(|reach| study.sites()[reach.site].id.as_str()).collect()
/// };
/// // s and t are as near to a as each other; b reaches t alone in 5 minutes.
/// assert_eq!([sites(0), sites(1)], [vec!["s", "t"], vec!["t"]]);
/// ```
#[derive(Debug, Clone)]
pub struct TravelTimes {
    links: Linkage,
    budget: TravelTime,
    pub(super) rows: Arc<Rows>,
    work: Work,
    /// Which times these are: a change is told apart from another by the times it began with.
    pub(super) version: Version,
}

impl TravelTimes {
    /// Whether these are copies of the same walks.
    pub(crate) fn are(&self, other: &Self) -> bool {
        self.version == other.version
    }

    pub(super) fn new(links: Linkage, budget: TravelTime, rows: Rows, work: Work) -> Self {
        Self {
            links,
            budget,
            rows: Arc::new(rows),
            work,
            version: Version::default(),
        }
    }

    /// For each cell the row of that search which is its own: cells of different zones may walk by
    /// different profiles. `of` says which part a cell takes.
    ///
    /// Where a cell hangs comes from its part as well; where the sites hang, from the first part.
    /// The budget is the smallest of the parts, the work their sum. O(cells + pairs).
    ///
    /// # Panics
    /// When there is no part, `of` names none, or the parts are of different studies.
    #[must_use]
    pub fn chosen(parts: &[&Self], of: impl Fn(CellId) -> usize) -> Self {
        let cells = parts[0].rows.cells();
        let part_of_cell: Vec<usize> = (0..cells).map(|cell| of(CellId::new(cell))).collect();
        // Copied, not shared: a part may be let go while this stays.
        let mut rows = Rows::default();
        for (cell, &part) in part_of_cell.iter().enumerate() {
            rows.push(parts[part].of(CellId::new(cell)));
        }
        let links: Vec<&Linkage> = parts.iter().map(|part| part.links()).collect();
        // A row holds what its own part found; past the smallest budget not all rows are complete.
        let smallest = parts.iter().map(|part| part.budget).min();
        Self::new(
            Linkage::chosen(&links, &part_of_cell),
            smallest.unwrap_or(TravelTime::ZERO),
            rows,
            parts.iter().map(|part| part.work).sum(),
        )
    }

    /// The study of the cells and sites.
    #[must_use]
    pub const fn study(&self) -> &Study {
        self.links.study()
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
    pub const fn links(&self) -> &Linkage {
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
