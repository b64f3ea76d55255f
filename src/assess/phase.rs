//! Whether the phases of the plan are met, unit by unit, by how much they are missed, and what is
//! lacking.
//!
//! A phase is judged for all people alike, at sites (not online), with the sites that exist and the
//! offers that hold on its date, within its own limit or else the target's; a zone's own limit holds
//! before either. It asks a share of the people, a score, or both, of each unit it names and of every
//! unit within these: the plan asks the county *and* each of its townships. Inclusive: 90 of 100 are
//! 90 %. A unit without people neither meets nor misses it.
//!
//! Phases nest: a phase that asks the same items and units as the one before, while offers and sites
//! have only been added, never has fewer people covered.
//!
//! Worked example: by the end of 2023 a phase asks 90 % of the township's 100 people. 80 are covered:
//! missed by 10 people. 15 of the others reach the station, which does not issue certificates: hand
//! the step *issue* down to it. 5 reach nothing: build a site.

use super::gather::{Class, Gathered, Sums, classes};
use super::lacking::{LackingList, list};
use crate::ids::UnitId;
use crate::model::{Phase, Study, TimeRule, Units};
use crate::score::{Coverage, Setting, Tally, coverage_for};
use crate::search::TravelTimes;
use crate::units::{People, Share};

/// What a phase comes to.
#[derive(Debug, Clone)]
pub struct PhaseResult<'a> {
    /// The phase.
    pub phase: &'a Phase,
    /// The coverage on its date: of all cells, those outside of its units too.
    pub coverage: Coverage<'a>,
    /// All its units together; its id and name are empty.
    pub total: PhaseRow<'a>,
    /// The phase's units and all within them, in the order of the tree (each before its sub-units);
    /// when it is for everywhere, all units and then the cells without one.
    pub rows: Vec<PhaseRow<'a>>,
}

impl PhaseResult<'_> {
    /// The rows that miss what is asked.
    pub fn missed(&self) -> impl Iterator<Item = &PhaseRow<'_>> {
        self.rows.iter().filter(|row| row.met == Some(false))
    }
}

/// How far a phase is met in one unit, all within it included.
#[derive(Debug, Clone, PartialEq)]
pub struct PhaseRow<'a> {
    /// The unit; none for the cells that belong to no unit, and for the total.
    pub unit: Option<UnitId>,
    /// Its written id; empty for none.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How deep it lies in the study's tree; 0 at the top.
    pub depth: usize,
    /// Whether the phase names this unit itself.
    pub named: bool,
    /// Its people.
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
/// The times are those of all people alike (`Walks::of(None)`). When the study asks for a moment of
/// leaving, sites count only when they are open on arrival, as in the headline; else the whole day.
///
/// For each phase O(cells × classes of items × sites within the budget), in parallel.
///
/// ```
/// use walkshed::{People, assess, draw, model::{Phase, Sites, Study}, score, search, snap};
/// // b (2 people) is near t, which opens in 2023; a (1 person) is near s.
/// let study = draw::town("A-s-a---------------b-t-B", 100.0, "st");
/// let study = study.with(|parts| {
///     let day = |year| chrono::NaiveDate::from_ymd_opt(year, 12, 31).unwrap();
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[1].opened = Some(day(2022).succ_opt().unwrap());
///     parts.sites = Sites::new(sites);
///     let phase = |year: i32| Phase {
///         name: year.to_string(), date: day(year), units: vec![], items: vec![], limit: None,
///         share: Some(0.9), score: None,
///     };
///     parts.phases = [2022, 2023].map(phase).to_vec();
/// }).unwrap();
/// let links = snap::link(&study);
/// let times = search::travel_times(&study, &links, study.target().search);
/// let results = assess::phases(&study, &times);
/// assert_eq!([results[0].total.met, results[1].total.met], [Some(false), Some(true)]);
/// // 90 % of 3 people are 2.7, one is covered.
/// assert_eq!(results[0].total.short_by, People::new(1.7).unwrap());
/// assert_eq!(results[0].total.lacking.gravest[0].remedy.word(), "build-site");
/// ```
#[must_use]
pub fn phases<'a>(study: &'a Study, times: &'a TravelTimes<'a>) -> Vec<PhaseResult<'a>> {
    let leaving = study.time().and_then(TimeRule::at);
    let setting = Setting {
        leaving,
        ..Setting::default()
    };
    let judge = |phase: &'a Phase| {
        let coverage = coverage_for(study, times, &phase.target(study.target()), setting);
        result(phase, coverage)
    };
    study.phases().iter().map(judge).collect()
}

fn result<'a>(phase: &'a Phase, coverage: Coverage<'a>) -> PhaseResult<'a> {
    let study = coverage.study();
    let classes = classes(study, coverage.items());
    let gathered = Gathered::of(&coverage);
    let (mut tally, mut rows) = (Tally::default(), Vec::new());
    let tops = tops(phase, study.units());
    for row in coverage
        .by_unit()
        .into_iter()
        .filter(|row| phase.concerns(row.unit, study.units()))
    {
        if tops.contains(&row.unit) {
            tally.add_all(&row.tally);
        }
        let named = row.unit.is_some_and(|unit| phase.units.contains(&unit));
        let judged = judged(phase, row.tally, gathered.unit(row.unit), &classes);
        rows.push(PhaseRow {
            unit: row.unit,
            id: row.id,
            name: row.name,
            depth: row.depth,
            named,
            ..judged
        });
    }
    let total = judged(phase, tally, &gathered.together(tops), &classes);
    PhaseResult {
        phase,
        coverage,
        total,
        rows,
    }
}

/// The units of a phase that lie in no other of them; together they hold all its people.
fn tops(phase: &Phase, units: &Units) -> Vec<Option<UnitId>> {
    if phase.units.is_empty() {
        let tops = units.iter().filter(|(_, unit)| unit.parent.is_none());
        return tops.map(|(id, _)| Some(id)).chain([None]).collect();
    }
    let inner = |unit: UnitId| {
        units
            .upward(unit)
            .skip(1)
            .any(|above| phase.units.contains(&above))
    };
    phase
        .units
        .iter()
        .copied()
        .filter(|&unit| !inner(unit))
        .map(Some)
        .collect()
}

fn judged<'a>(phase: &Phase, tally: Tally, sums: &Sums, classes: &[Class]) -> PhaseRow<'a> {
    let (people, covered) = (tally.people(), tally.covered());
    let needed_people = phase
        .share
        .map(|share| Share::least_part(people.millionths().into(), share));
    let short_by = short(needed_people, covered.millionths().into());
    let short_done = short(
        phase
            .score
            .map(|score| Share::least_part(tally.asked(), score)),
        tally.done(),
    );
    let anybody = people > People::ZERO;
    let met_share = phase.share.filter(|_| anybody).map(|_| short_by == 0);
    let met_score = phase.score.filter(|_| anybody).map(|_| short_done == 0);
    PhaseRow {
        unit: None,
        id: "",
        name: "",
        depth: 0,
        named: false,
        people,
        covered,
        left_out: people - covered,
        share: tally.share(),
        score: tally.score(),
        met_share,
        met_score,
        met: anybody.then_some(short_by == 0 && short_done == 0),
        short_by: People::from_millionths(u64::try_from(short_by).unwrap_or(u64::MAX)),
        short_of_score: Share::of(short_done, tally.asked()).value().unwrap_or(0.0),
        lacking: list(sums, classes),
        tally,
    }
}

fn short(needed: Option<u128>, there: u128) -> u128 {
    needed.map_or(0, |needed| needed.saturating_sub(there))
}

#[cfg(test)]
#[path = "phase_tests.rs"]
mod tests;
