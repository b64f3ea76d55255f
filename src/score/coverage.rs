//! Coverage: every cell judged, and the sums over units.

use rayon::prelude::*;

use super::question::{CellResult, Question};
use super::setting::Setting;
use super::sums::Tally;
use super::tree_sums::{TreeSums, par_cells};
use super::verdict::{Verdict, VerdictKind};
use super::week::WeekProfile;
use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Steps, Study, Target};
use crate::search::{Reach, TravelTimes, Walks};
use crate::units::{People, Share, TravelTime};

/// The coverage of a study: one verdict a cell and item, summed up by unit.
///
/// It owns what it rests on: the study, and its travel times. Cells in = verdicts out: nothing is dropped, nothing is a made-up number.
#[derive(Debug, Clone)]
pub struct Coverage {
    pub(super) question: Question,
    /// What each cell comes to.
    pub(super) cells: Vec<CellResult>,
    /// The sums of `cells`, always.
    pub(super) sums: TreeSums<Tally>,
}

/// The coverage that a study is about: of all people alike, at sites alone, at the moment that the
/// study asks for, if it does. It is the number that the command prints.
///
/// An item counts as done when every step that needs a visit is done within the limit, inclusive,
/// at a site that serves the cell. O(cells × classes of items × steps × sites within the budget),
/// in parallel over the cells.
///
/// ```
/// use walkshed::{People, Silent, draw, score, search};
/// // One character is 100 m; the cells a and b hold 1 and 2 people; 1,000 m are walked in 15 minutes.
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let now = score::coverage(&walks);
/// assert_eq!((now.total().covered(), now.total().people()), (People::whole(1), People::whole(3)));
/// ```
#[must_use]
pub fn coverage(walks: &Walks) -> Coverage {
    let study = walks.study();
    // Groups walk in their own ways; the number for all people alike takes the walks of
    // all.
    let everybody = walks.of(None);
    coverage_for(everybody, study.target(), Setting::of(study))
}

/// The coverage by these walks against this target, as if no site ever closed: the study's time of
/// day is not asked, and so no opening hours count.
///
/// Walks of [`search::travel_times`](crate::search::travel_times) know no zones and no groups either.
/// For the number that the command prints take [`coverage`].
///
/// # Panics
/// When the target names an item that the study does not have.
#[must_use]
pub fn coverage_without_rules(times: &TravelTimes, target: &Target) -> Coverage {
    coverage_for(times, target, Setting::default())
}

/// The coverage of one group, at one moment, or with what can be done online.
///
/// # Panics
/// When the target or the setting names an item or a group that the study does not have.
#[must_use]
pub fn coverage_for(times: &TravelTimes, target: &Target, setting: Setting) -> Coverage {
    Coverage::judged(Question::new(times, target, setting))
}

impl Coverage {
    /// Judges every cell.
    pub(super) fn judged(question: Question) -> Self {
        let study = &question.study;
        // Results are collected in the order of cells: the number of threads changes no
        // byte.
        let cells: Vec<CellResult> = par_cells(study).map(|cell| question.result(cell)).collect();
        // Sums are of integers: summing up costs little beside the judging, and no order
        // matters.
        let mut sums = TreeSums::new(study.units(), Tally::default());
        for ((id, cell), &result) in study.cells().iter().zip(&cells) {
            let share = question.share(id, result);
            sums.change(study.units(), cell.unit, |tally| tally.add(&share));
        }
        Self {
            question,
            cells,
            sums,
        }
    }

    /// The study judged.
    #[must_use]
    pub const fn study(&self) -> &Study {
        &self.question.study
    }

    /// The travel times it rests on.
    #[must_use]
    pub const fn times(&self) -> &TravelTimes {
        &self.question.times
    }

    /// The target it was judged against.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.question.target
    }

    /// Whose coverage it is, and by which channels.
    #[must_use]
    pub const fn setting(&self) -> Setting {
        self.question.setting
    }

    /// The items asked: those of the target that concern the setting's group.
    #[must_use]
    pub fn items(&self) -> &[ItemId] {
        &self.question.items
    }

    /// The weight of all items asked, in millionths.
    #[must_use]
    pub const fn weight_asked(&self) -> u64 {
        self.question.weight_asked
    }

    /// The share of all people who are covered.
    #[must_use]
    pub fn share(&self) -> Share {
        self.total().share()
    }

    /// The sums over all cells.
    #[must_use]
    pub const fn total(&self) -> &Tally {
        &self.sums.total
    }

    /// The sums over a unit with all within it, or over the cells without a unit.
    pub(super) fn tally(&self, unit: Option<UnitId>) -> &Tally {
        self.sums.of(unit)
    }

    /// The limit that holds for a cell: its zone's, or else the target's.
    #[must_use]
    pub fn limit(&self, cell: CellId) -> TravelTime {
        self.question.limit(cell)
    }

    /// The people of a cell who are looked at: the setting's group, or all.
    #[must_use]
    pub fn people(&self, cell: CellId) -> People {
        self.question.people(cell)
    }

    /// What a cell comes to.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> CellResult {
        self.cells[cell.index()]
    }

    /// The share of the asked items, by weight, that a cell gets done within the limit; none for
    /// unknown cells.
    #[must_use]
    pub fn score(&self, cell: CellId) -> Option<f64> {
        let result = self.cell(cell);
        // Nothing is known of these people; nought would be a made-up number.
        if result.verdict == VerdictKind::Unknown {
            return None;
        }
        Share::of(result.weight_done.into(), self.weight_asked().into()).value()
    }

    /// The verdict on one cell and one item, asked for or not. O(sites within the budget).
    #[must_use]
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        self.question.verdict(cell, self.question.providers(item))
    }

    /// The verdict on each class of asked items, by its place in the catalogue's classes.
    pub fn class_verdicts(&self, cell: CellId) -> impl Iterator<Item = (usize, Verdict)> {
        self.question.class_verdicts(cell)
    }

    /// For each group of steps of an item, done by the same sites, the nearest of these that counts
    /// for the cell within the search budget.
    #[must_use]
    pub fn steps(&self, cell: CellId, item: ItemId) -> Vec<(Steps, Option<Reach>)> {
        let judge = self.question.judge(cell);
        judge.steps(self.question.providers(item)).collect()
    }

    /// The nearest site of any kind that exists on the target's day.
    #[must_use]
    pub fn nearest(&self, cell: CellId) -> Option<Reach> {
        self.question.judge(cell).nearest()
    }

    /// The site whose flaw it is that the steps of a class of items are not done, when a verdict
    /// says that they are not ([`Verdict::NotOffered`]): the nearest within the limit that does one of
    /// them and is closed on arrival, cannot be used, or serves other units only. None when no site
    /// does them, and for any other verdict.
    #[must_use]
    pub fn flawed_site(&self, cell: CellId, class: usize, verdict: Verdict) -> Option<Reach> {
        let Verdict::NotOffered { why, lacking, .. } = verdict else {
            return None;
        };
        let providers = self.question.providers_of_class(class);
        self.question.judge(cell).flawed(providers, lacking, why)
    }

    /// The walk that a site and a cell lie apart; none beyond the budget.
    #[must_use]
    pub fn walk(&self, cell: CellId, site: SiteId) -> Option<TravelTime> {
        // Reaches are in the order of time, so that one site has to be looked for.
        let mut reached = self.times().of(cell).iter();
        let there = reached.find(|reach| reach.site == site)?;
        Some(there.time)
    }

    /// The steps of an item that need a visit and that no site does on the target's day.
    #[must_use]
    pub fn steps_of_nobody(&self, item: ItemId) -> Steps {
        self.question.providers(item).steps_of_nobody()
    }

    /// Whether a site does every step of an item that needs a visit, on the target's day.
    #[must_use]
    pub fn handles(&self, site: SiteId, item: ItemId) -> bool {
        self.question.providers(item).does_all(site)
    }

    /// Whether a site exists on the target's day.
    #[must_use]
    pub fn exists(&self, site: SiteId) -> bool {
        self.question.exists(site)
    }

    /// In which hours of the reference week each cell gets every asked item done, whatever the
    /// setting's own moment; none when the study asks for no time of day.
    #[must_use]
    pub fn week(&self) -> Option<WeekProfile> {
        let time = self.study().time()?;
        let profile = WeekProfile::new(self.study(), self.setting().group, |cell| {
            self.question.done_hours(cell, time)
        });
        Some(profile)
    }
}
