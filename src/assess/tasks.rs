//! Which tasks of the plan a unit or a department meets and misses, and who answers for those missed.

use std::collections::HashSet;

use super::phase::PhaseResult;
use crate::ids::UnitId;
use crate::model::{Charge, IndicatorOf, Phase, Study};
use crate::score::{IndicatorResult, Member};

/// The tasks of the plan that a unit or a department is asked.
///
/// ```
/// use walkshed::model::{Charge, Phase};
/// use walkshed::{Options, draw};
/// let town = draw::town("A-a--s------------b-B", 100.0, "s");
/// let date = chrono::NaiveDate::from_ymd_opt(2022, 12, 31).unwrap();
/// let study = town.with(|parts| {
///     let charge = Charge { lead: "行政审批局".to_owned(), ..Charge::default() };
///     parts.phases = vec![Phase { name: "pilot".to_owned(), date, share: Some(0.9), charge, ..Phase::default() }];
/// })?;
/// let options = Options { assessment: true, ..Options::default() };
/// let assessed = walkshed::run(&study, &options).unwrap().assessment.unwrap();
/// let missed = &assessed.people.cards[0].tasks.missed[0];
/// assert_eq!((missed.name.as_str(), missed.charge.lead.as_str()), ("pilot", "行政审批局"));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tasks {
    /// How many indicators with a target are asked of it.
    pub indicators_asked: usize,
    /// How many of these it meets.
    pub indicators_met: usize,
    /// The indicators and phases that it misses, in the order of the study file, indicators first.
    pub missed: Vec<MissedTask>,
}

/// A task that is missed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MissedTask {
    /// The name of the indicator or phase.
    pub name: String,
    /// Who answers for it.
    pub charge: Charge,
}

/// A phase, and the units that miss it.
pub(super) struct MissedPhase<'a> {
    phase: &'a Phase,
    units: HashSet<Option<UnitId>>,
}

impl<'a> MissedPhase<'a> {
    pub(super) fn of(result: &'a PhaseResult) -> Self {
        Self {
            phase: &result.phase,
            units: result.missed().map(|row| row.unit).collect(),
        }
    }
}

impl Tasks {
    /// What is asked of a unit, all within it included: the indicators of sites and units that count
    /// any there, and the phases that are judged there. O(indicators × log units + phases).
    pub(super) fn of_unit(
        unit: Option<UnitId>,
        indicators: &[IndicatorResult],
        phases: &[MissedPhase<'_>],
    ) -> Self {
        let mut tasks = Self::default();
        for result in indicators {
            let place = unit.and_then(|unit| {
                let place = result.units.binary_search_by_key(&unit, |row| row.unit);
                place.ok()
            });
            // A unit without a row is not asked.
            tasks.add_indicator(result, place.and_then(|place| result.units[place].met));
        }
        for missed in phases.iter().filter(|missed| missed.units.contains(&unit)) {
            tasks.miss(&missed.phase.name, &missed.phase.charge);
        }
        tasks
    }

    /// What is asked of a department: its own row of the indicators of departments, and the indicators
    /// of items, of its items alone. O(indicators × members × departments of an item).
    pub(super) fn of_department(name: &str, study: &Study, indicators: &[IndicatorResult]) -> Self {
        let mut tasks = Self::default();
        for result in indicators {
            let met = match &result.indicator.of {
                IndicatorOf::Departments => {
                    // Indicators know departments by id; one that is not listed goes by its name.
                    let entry = study.departments().called(name);
                    let id = entry.map_or(name, |entry| entry.id.as_str());
                    own_row(result, id)
                }
                IndicatorOf::Items(_) => result.met_among(|item| is_of(study, item, name)),
                // What is asked of sites or units is asked of no department.
                IndicatorOf::Sites { .. } | IndicatorOf::Units { .. } => None,
            };
            tasks.add_indicator(result, met);
        }
        tasks
    }

    fn add_indicator(&mut self, result: &IndicatorResult, met: Option<bool>) {
        let Some(met) = met else { return };
        self.indicators_asked += 1;
        if met {
            self.indicators_met += 1;
        } else {
            self.miss(&result.indicator.name, &result.indicator.charge);
        }
    }

    fn miss(&mut self, name: &str, charge: &Charge) {
        self.missed.push(MissedTask {
            name: name.to_owned(),
            charge: charge.clone(),
        });
    }

    /// The lead units of what is missed, each once.
    #[must_use]
    pub fn lead(&self) -> Vec<&str> {
        once(self.missed.iter().map(|task| task.charge.lead.as_str()))
    }

    /// The responsible units of what is missed, each once.
    #[must_use]
    pub fn responsible(&self) -> Vec<&str> {
        let missed = self.missed.iter();
        once(missed.flat_map(|task| task.charge.responsible.iter().map(String::as_str)))
    }
}

/// Whether a department has what an indicator of departments asks; none when it does not count, or
/// no target is asked, or what is asked is no share.
fn own_row(result: &IndicatorResult, id: &str) -> Option<bool> {
    let mut members = result.denominator.iter();
    let own = members.find(|member| member.id == id)?;
    let is_asked = result.indicator.measure.is_share() && result.indicator.target.is_some();
    // What is not known counts as not having it.
    is_asked.then_some(own.has == Some(true))
}

/// Whether an item that an indicator counts is one of a department.
fn is_of(study: &Study, item: &Member, department: &str) -> bool {
    let id = study.catalogue().find(&item.id);
    id.is_some_and(|id| {
        let mut departments = study.catalogue()[id].departments();
        departments.any(|name| name == department)
    })
}

/// The names that are not empty, each once, in order of first appearance.
fn once<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut known: Vec<&str> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}
