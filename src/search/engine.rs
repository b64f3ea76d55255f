//! The streets of a study made ready for walks from its sites.

use std::sync::Arc;

use super::cost_model::Direction;
use super::hierarchy::{JunctionTables, LONGEST, Nearest, NearestAtNodes, Size, Weights};
use super::many_to_many;
use super::matrix::TravelTimes;
use super::prepared::PreparedStreets;
use super::prepared_study::PreparedStudy;
use crate::ids::CellId;
use crate::model::{Profile, SiteSet};
use crate::progress::Progress;
use crate::snap::{Linkage, Snap};
use crate::units::TravelTime;

/// The streets of a study, its cells and its sites, made ready for many walks by one profile.
///
/// [`super::Search`] makes one and asks it once. Who asks more often, with other budgets
/// or for sites that do not exist yet, keeps it.
///
/// ```
/// use walkshed::{Silent, TravelTime, draw, search::Engine, snap};
/// let study = draw::town("A--c--B--s", 100.0, "s");
/// let links = snap::link(&study);
/// let engine = Engine::new(&links, &study.walk().profile());
/// let times = engine.travel_times(TravelTime::from_minutes(15), &Silent);
/// let (site, _) = study.sites().iter().next().unwrap();
/// let near = engine.catchment(links.site(site), TravelTime::from_minutes(15));
/// assert_eq!(near, [(times.nearest(near[0].0).unwrap().time, near[0].0)].map(|(time, cell)| (cell, time)));
/// assert_eq!(engine.counts(TravelTime::from_minutes(5)), [0]);
/// ```
pub struct Engine<'a> {
    pub(super) study: PreparedStudy<'a>,
    pub(super) tables: JunctionTables,
}

impl<'a> Engine<'a> {
    /// The longest budget of [`Engine::nearest`] and [`Engine::cumulative_opportunities`]: 29 hours and
    /// 49 minutes. A longer one counts as this.
    pub const LONGEST: TravelTime = LONGEST;

    /// Contracts the streets and puts the sites on them, for those who walk by this profile.
    ///
    /// The cells follow with the first question about them. O(V + E + P) and O(J log J) in the J
    /// junctions, partly in parallel.
    #[must_use]
    pub fn new(links: &'a Linkage, profile: &Profile) -> Self {
        Self::directed(links, profile, Direction::ToPlace)
    }

    /// The same for walks from the sites, or to them.
    #[must_use]
    pub fn directed(links: &'a Linkage, profile: &Profile, direction: Direction) -> Self {
        Self {
            study: PreparedStudy::new(links, profile, direction),
            tables: JunctionTables::default(),
        }
    }

    /// The streets and cells, to be kept longer than the sites.
    pub(super) fn into_prepared(self) -> Arc<PreparedStreets> {
        self.study.prepared
    }

    /// For each cell the sites within the budget: [`super::Search::travel_times`].
    ///
    /// In parallel over the sites; each walk is linear in the junctions and cells within the budget.
    #[must_use]
    pub fn travel_times(&self, budget: TravelTime, progress: &dyn Progress) -> TravelTimes {
        let (rows, work) = many_to_many::rows(&self.study, budget, progress);
        TravelTimes::new(self.study.links.clone(), budget, rows, work)
    }

    /// [`Engine::travel_times`], unless there are more than so many pairs of cell and site.
    pub(super) fn travel_times_within(
        &self,
        most: u64,
        budget: TravelTime,
        progress: &dyn Progress,
    ) -> Option<TravelTimes> {
        let (rows, work) = many_to_many::rows_within(most, &self.study, budget, progress)?;
        Some(TravelTimes::new(
            self.study.links.clone(),
            budget,
            rows,
            work,
        ))
    }

    /// For each cell how many sites are within the budget.
    ///
    /// The walks of [`Engine::travel_times`], but only their number is kept.
    #[must_use]
    pub fn counts(&self, budget: TravelTime) -> Vec<u32> {
        many_to_many::counts(&self.study, budget)
    }

    /// The cells within the budget of a place, and how long they walk to it, in the order of the cells.
    ///
    /// The place need not be a site of the study; it hangs where [`crate::snap`] hangs it. Nothing is
    /// within reach of a stranded one.
    #[must_use]
    pub fn catchment(&self, place: Snap, budget: TravelTime) -> Vec<(CellId, TravelTime)> {
        let Some(point) = self.study.access_point(place) else {
            return Vec::new();
        };
        let cells = self.study.cells();
        let (reached, _) = self.study.prepared.catchment(cells, &point, budget);
        reached
    }

    /// For every cell the walk to the nearest site of each category: a category is an item, a kind, any
    /// set of sites. Sites that hang on no street are nobody's nearest.
    ///
    /// The walk is from the cell to the site, gaps included, and exact to the tick: what
    /// [`Engine::travel_times`] finds; who needs the sites too takes that. Two sweeps for up to 32
    /// categories together, O((J + A) · categories) in the junctions J and arcs A of the hierarchy,
    /// whatever the number of sites; or one bounded walk a category, when that is less work than to make a
    /// hierarchy ([`Engine::contract`]). Which it is changes no result, nor does the number of threads.
    ///
    /// ```
    /// use walkshed::{TravelTime, draw, model::SiteSet, search::Engine, snap};
    /// let study = draw::town("
    ///     A--c--B--s--C----d--------------t
    /// ", 100.0, "st");
    /// let links = snap::link(&study);
    /// let [s, t] = ["s", "t"].map(|id| study.sites().find(id).unwrap());
    /// let categories = [SiteSet::of([s]), SiteSet::of([t]), SiteSet::of([s, t])];
    /// let profile = study.walk().profile();
    /// let nearest = Engine::new(&links, &profile).nearest(TravelTime::from_minutes(15), &categories);
    /// let metres = |cell| {
    ///     let times = nearest.times(walkshed::ids::CellId::new(cell));
    ///     times.map(|time| time.map(|time| profile.speed.metres(time).round())).collect::<Vec<_>>()
    /// };
    /// assert_eq!(metres(0), [Some(600.0), None, Some(600.0)]);
    /// assert_eq!(metres(1), [Some(800.0), None, Some(800.0)]);
    /// ```
    #[must_use]
    pub fn nearest(&self, budget: TravelTime, categories: &[SiteSet]) -> Nearest {
        self.tables.nearest(&self.study, budget, categories)
    }

    /// The same for every node of the network, in the network's order.
    #[must_use]
    pub fn nearest_at_nodes(&self, budget: TravelTime, categories: &[SiteSet]) -> NearestAtNodes {
        self.tables
            .nearest_at_nodes(&self.study, budget, categories)
    }

    /// For every cell the sum of the weights of all cells or sites within the budget (inclusive).
    ///
    /// The walk is from the cell outward, gaps included, exact to the tick. A cell that hangs on a street
    /// is within its own budget, whatever its gap; one that hangs on none reaches nothing, so its
    /// sum is 0, as is the weight of what hangs on none. In parallel over blocks of neighbouring cells;
    /// the result does not depend on the number of threads. O(cells · (R + T) / lanes) in the junctions R
    /// and things T within the budget, on a hierarchy ([`Engine::contract`]).
    ///
    /// ```
    /// use walkshed::{TravelTime, draw, search::{Engine, Weights}, snap};
    /// let study = draw::town("
    ///     A--a--B--b------c--s---C
    /// ", 100.0, "s");
    /// let links = snap::link(&study);
    /// let people: Vec<u64> = study.cells().iter().map(|(_, cell)| cell.people.millionths() / 1_000_000).collect();
    /// let engine = Engine::new(&links, &study.walk().profile());
    /// // 15 minutes at 4 km/h are 1,000 m: a to b is 600 m, b to c 700 m, a to c 1,300 m.
    /// let sums = engine.cumulative_opportunities(TravelTime::from_minutes(15), Weights::Cells(&people));
    /// assert_eq!(sums, [1 + 2, 1 + 2 + 4, 2 + 4]);
    /// ```
    ///
    /// # Panics
    /// When there is not one weight for each cell or site, or the weights together pass 2⁶⁴.
    #[must_use]
    pub fn cumulative_opportunities(&self, budget: TravelTime, weights: Weights<'_>) -> Vec<u64> {
        self.tables
            .cumulative_opportunities(&self.study, budget, weights)
    }

    /// Makes a hierarchy for walks within this budget (inclusive) now, unless there is one.
    ///
    /// It is kept for all questions with this budget or a shorter one. Without it, the first question that
    /// is large enough makes its own. Time and memory grow with the junctions only, whatever the number of
    /// sites. Never changes a result.
    pub fn contract(&self, budget: TravelTime) {
        self.tables.contract(&self.study, budget);
    }

    /// How large the hierarchy is, once there is one; the same on every machine.
    #[must_use]
    pub fn hierarchy(&self) -> Option<Size> {
        self.tables.size()
    }

    /// Junctions left after contraction, and the bytes that the streets, cells and sites take.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        let study = &self.study;
        let sites = size_of_val(&*study.sites) + size_of_val(&*study.site_order);
        let bytes = study.streets().bytes() + study.cells().bytes() + sites;
        (study.streets().junctions as usize, bytes)
    }
}
