//! Whether the phases of the plan are met, unit by unit, by how much they are missed, and what is
//! lacking.
//!
//! A phase is judged of the people, each as the group that she belongs to, or of the firms or one group
//! where it says so; at sites, and online too where it says so; with the sites that exist and the
//! offers that hold on its date, within its own limit or else the target's; a zone's own limit holds
//! before either. A phase that does not say of whom it asks is about the firms where its units have
//! firms and nobody lives there: an industrial park. It asks a share of them, a score, or both, of each
//! unit it names and of every unit within these: the plan asks the county *and* each of its townships.
//! Inclusive: 90 of 100 are 90 %. A unit without any of them neither meets nor misses it.
//!
//! Phases nest: a phase that asks the same items and units as the one before, while offers and sites
//! have only been added, never has fewer people covered.
//!
//! Worked example: by the end of 2023 a phase asks 90 % of the township's 100 people. 80 are covered:
//! missed by 10 people. 15 of the others reach the station, which does not issue certificates: hand
//! the step *issue* down to it. 5 reach nothing: build a site.

use super::advice::Advice;
use super::classes::classes;
use super::lacking::LackingList;
use crate::ids::UnitId;
use crate::model::{Phase, Study, Units, Who};
use crate::score::{Coverage, Setting, Tally, UnitSums, coverage_of};
use crate::search::Walks;
use crate::units::{People, Share};

/// What a phase comes to.
///
/// ```
/// use walkshed::model::Phase;
/// use walkshed::{Options, draw};
/// let town = draw::town("A-a--s------------b-B", 100.0, "s");
/// let date = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
/// let study = town.with(|parts| {
///     parts.phases = vec![Phase { name: "pilot".to_owned(), date, share: Some(0.9), ..Phase::default() }];
/// })?;
/// let options = Options { assessment: true, ..Options::default() };
/// let phases = walkshed::run(&study, &options).unwrap().assessment.unwrap().phases;
/// assert_eq!((phases[0].total.share.to_string().as_str(), phases[0].total.met), ("33.3 %", Some(false)));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct PhaseResult {
    /// The phase.
    pub phase: Phase,
    /// Of whom it is asked.
    pub of: Who,
    /// The coverage on its date: of all cells, those outside of its units too.
    pub coverage: Coverage,
    /// All its units together; its id and name are empty.
    pub total: PhaseRow,
    /// The phase's units and all within them, in the order of the tree (each before its sub-units);
    /// when it is for everywhere, all units and then the cells without one.
    pub rows: Vec<PhaseRow>,
}

impl PhaseResult {
    /// The rows that miss what is asked.
    pub fn missed(&self) -> impl Iterator<Item = &PhaseRow> {
        self.rows.iter().filter(|row| row.met == Some(false))
    }
}

/// How far a phase is met in one unit, all within it included.
///
/// ```
/// use walkshed::model::Phase;
/// use walkshed::{Options, draw};
/// let town = draw::town("A-a--s------------b-B", 100.0, "s");
/// let date = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
/// let study = town.with(|parts| {
///     parts.phases = vec![Phase { name: "pilot".to_owned(), date, share: Some(0.9), ..Phase::default() }];
/// })?;
/// let options = Options { assessment: true, ..Options::default() };
/// let total = walkshed::run(&study, &options).unwrap().assessment.unwrap().phases.remove(0).total;
/// // 90 % of 3 people are 2.7; one is covered.
/// assert_eq!((total.met, total.short_by.to_string().as_str()), (Some(false), "1.7"));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseRow {
    /// The unit; none for the cells that belong to no unit, and for the total.
    pub unit: Option<UnitId>,
    /// Its written id; empty for none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How deep it lies in the study's tree; 0 at the top.
    pub depth: usize,
    /// Whether the phase names this unit itself.
    pub named: bool,
    /// Its people; its firms, where the phase asks of firms.
    pub people: People,
    /// Those who are covered on the phase's date.
    pub covered: People,
    /// Those who are not.
    pub left_out: People,
    /// The share of people covered.
    pub share: Share,
    /// The share of asked items, by weight, that people get done.
    pub score: Share,
    /// Whether the asked share is reached, inclusive; none when it is not asked, or nobody lives there.
    pub met_share: Option<bool>,
    /// Whether the asked score is reached, inclusive; none when it is not asked, or nobody lives there.
    pub met_score: Option<bool>,
    /// Whether everything asked is reached; none when nobody lives there.
    pub met: Option<bool>,
    /// How many more people must be covered to reach the asked share.
    pub short_by: People,
    /// How much of the asked score is missing, from 0 to 1.
    pub short_of_score: f64,
    /// What is lacking, the gravest first.
    pub lacking: LackingList,
    /// All its sums.
    pub tally: Tally,
}

/// The phases of a study, in the order of their dates.
///
/// When the study asks for a moment of leaving, sites count only when they are open on arrival, as in
/// [`score::coverage`](crate::score::coverage); else the whole day.
///
/// For each phase O(cells × classes of items × sites within the budget), in parallel.
///
/// ```
/// use walkshed::{People, Silent, assess, draw, model::{Phase, Sites}, search};
/// // b (2 people) is near t, which opens in 2023; a (1 person) is near s.
/// let study = draw::town("A-s-a---------------b-t-B", 100.0, "st");
/// let day = |year| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
/// let phase = |year: i32| Phase {
///     name: year.to_string(), date: day(year), share: Some(0.9), ..Phase::default()
/// };
/// let study = study.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[1].opened = Some(day(2022).succ_opt().unwrap());
///     parts.sites = Sites::new(sites);
///     parts.phases = [2022, 2023].map(phase).to_vec();
/// }).unwrap();
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let results = assess::phases(&walks);
/// assert_eq!([results[0].total.met, results[1].total.met], [Some(false), Some(true)]);
/// // 90 % of 3 people are 2.7, one is covered.
/// assert_eq!(results[0].total.short_by, People::new(1.7).unwrap());
/// assert_eq!(results[0].total.lacking.gravest[0].remedies.to_string(), "build-site");
/// ```
#[must_use]
pub fn phases(walks: &Walks) -> Vec<PhaseResult> {
    let study = walks.study();
    let mut results = Vec::with_capacity(study.phases().len());
    for phase in study.phases() {
        // A phase asks its own items within its own limit on its own day; what it leaves
        // out is the target's.
        let target = phase.target(study.target());
        let setting = Setting {
            who: asked_of(study, phase),
            online: phase.online,
            ..Setting::of(study)
        };
        let coverage = coverage_of(walks, &target, setting);
        results.push(PhaseResult::of(phase, coverage));
    }
    results
}

/// Of whom a phase asks: as it says, or else of the people, or of the firms where nobody lives.
pub(crate) fn asked_of(study: &Study, phase: &Phase) -> Who {
    if let Some(of) = phase.of {
        return of;
    }
    let lives_anybody = is_anybody(study, phase, Who::People);
    if !lives_anybody && is_anybody(study, phase, Who::Firms) {
        Who::Firms
    } else {
        Who::People
    }
}

/// Whether there are any of these in the units of a phase.
fn is_anybody(study: &Study, phase: &Phase, who: Who) -> bool {
    let parties = study.parties(who);
    study.cells().iter().any(|(id, cell)| {
        phase.concerns(cell.unit, study.units())
            && parties
                .iter()
                .any(|&party| study.number_of(party, id) > People::ZERO)
    })
}

impl PhaseResult {
    fn of(phase: &Phase, coverage: Coverage) -> Self {
        let units = coverage.study().units();
        let classes = classes(coverage.study(), coverage.items());
        let tops = tops(phase, units);
        let advice = Advice::of(&coverage, &tops);
        let mut of_phase = coverage.by_unit();
        of_phase.retain(|row| phase.concerns(row.unit, units));
        // Sums of a unit hold those of all within it, so only the topmost are added up.
        let top_rows = of_phase.iter().filter(|row| tops.contains(&row.unit));
        let tally = Tally::sum(top_rows.map(|row| &row.tally));
        let rows = of_phase
            .iter()
            .map(|row| PhaseRow::of_unit(phase, row, advice.list(row.unit, &classes)))
            .collect();
        Self {
            phase: phase.clone(),
            of: coverage.setting().who,
            total: PhaseRow::of(phase, tally, advice.list_together(&tops, &classes)),
            rows,
            coverage,
        }
    }
}

/// The units of a phase that lie in no other of them; together they hold all its people.
fn tops(phase: &Phase, units: &Units) -> Vec<Option<UnitId>> {
    if phase.units.is_empty() {
        // A phase for everywhere holds all units, and the cells without one.
        let tops = units.iter().filter(|(_, unit)| unit.parent.is_none());
        return tops.map(|(id, _)| Some(id)).chain([None]).collect();
    }
    let mut tops = Vec::new();
    for &unit in &phase.units {
        let mut above = units.upward(unit).skip(1);
        // A unit named beside one that it lies in would count its people twice.
        if !above.any(|above| phase.units.contains(&above)) {
            tops.push(Some(unit));
        }
    }
    tops
}

impl PhaseRow {
    fn of_unit(phase: &Phase, row: &UnitSums<'_>, lacking: LackingList) -> Self {
        Self {
            unit: row.unit,
            id: row.id.to_owned(),
            name: row.name.to_owned(),
            depth: row.depth,
            named: row.unit.is_some_and(|unit| phase.units.contains(&unit)),
            ..Self::of(phase, row.tally, lacking)
        }
    }

    /// Judges these sums by what a phase asks; the row names no unit yet.
    fn of(phase: &Phase, tally: Tally, lacking: LackingList) -> Self {
        let shortfall = Shortfall::of(phase, &tally);
        // Where nobody lives there is nothing to meet and nothing to miss.
        let anybody = tally.people() > People::ZERO;
        let asks_share = anybody && phase.share.is_some();
        let asks_score = anybody && phase.score.is_some();
        Self {
            unit: None,
            id: String::new(),
            name: String::new(),
            depth: 0,
            named: false,
            people: tally.people(),
            covered: tally.covered(),
            left_out: tally.people() - tally.covered(),
            share: tally.share(),
            score: tally.score(),
            met_share: asks_share.then_some(shortfall.people == 0),
            met_score: asks_score.then_some(shortfall.done == 0),
            met: anybody.then_some(shortfall.is_nothing()),
            short_by: shortfall.short_by(),
            short_of_score: shortfall.short_of_score(&tally),
            lacking,
            tally,
        }
    }
}

/// How much sums fall short of what a phase asks; what is not asked is not missed.
struct Shortfall {
    /// Of its share: in millionths of people.
    people: u128,
    /// Of its score: in millionths of people × millionths of weight.
    done: u128,
}

impl Shortfall {
    fn of(phase: &Phase, tally: &Tally) -> Self {
        let people = tally.people().millionths().into();
        let covered = tally.covered().millionths().into();
        Self {
            people: short(phase.share, covered, people),
            done: short(phase.score, tally.done(), tally.asked()),
        }
    }

    const fn is_nothing(&self) -> bool {
        self.people == 0 && self.done == 0
    }

    fn short_by(&self) -> People {
        let people = u64::try_from(self.people).unwrap_or(u64::MAX);
        People::from_millionths(people)
    }

    fn short_of_score(&self, tally: &Tally) -> f64 {
        let missing = Share::of(self.done, tally.asked());
        // Where nothing is asked nothing is missing.
        missing.value().unwrap_or(0.0)
    }
}

/// How much a part falls short of the share of the whole that is asked; nothing when none is.
fn short(asked: Option<f64>, part: u128, whole: u128) -> u128 {
    match asked {
        // Exactly 90 % is met: the least part that is asked is rounded up, and reaching
        // it is enough.
        Some(share) => Share::least_part(whole, share).saturating_sub(part),
        None => 0,
    }
}

#[cfg(test)]
#[path = "phase_tests.rs"]
mod tests;
