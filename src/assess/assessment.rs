//! Everything that is assessed about a coverage, at once.

use super::card::{self, Card};
use super::department::{self, Department};
use super::marks::mark_all;
use super::needs::Needs;
use super::phase::{PhaseResult, phases};
use super::red_list::{self, RED_LIST, RedCell, RedItem, red_cells};
use super::tasks::{MissedPhase, Tasks};
use super::trend::EarlierRun;
use crate::model::Study;
use crate::score::{Coverage, IndicatorResult, indicator};

/// Everything that is assessed about a coverage.
#[doc(alias = "考核")]
#[derive(Debug, Clone)]
pub struct Assessment {
    /// One card a unit, in the order of the tree, then the cells without a unit.
    pub cards: Vec<Card>,
    /// The departments, the one with the most undone first.
    pub departments: Vec<Department>,
    /// The gravest cells, at most [`RED_LIST`].
    pub red_cells: Vec<RedCell>,
    /// The gravest items, at most [`RED_LIST`].
    pub red_items: Vec<RedItem>,
    /// The indicators of the plan, in the order of the study file.
    pub indicators: Vec<IndicatorResult>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<PhaseResult>,
}

/// Assesses a coverage.
///
/// Phases are judged for all people alike, with the coverage's travel times; so a coverage of one
/// group has none here ([`phases`] takes the times of everybody).
///
/// O(cells × classes of items × sites within the budget) for the coverage and once more for each
/// phase, in parallel over the cells.
#[must_use]
pub fn assess(coverage: &Coverage) -> Assessment {
    let study = coverage.study();
    // One pass over the cells serves cards, departments and red items.
    let needs = Needs::of(coverage);
    let total = needs.total();
    let asked = study.indicators().iter();
    let indicators: Vec<IndicatorResult> = asked.map(|asked| indicator(study, asked)).collect();
    // Phases ask about everybody; the walks of one group say nothing of others.
    let is_everybody = coverage.setting().group.is_none();
    let phases = if is_everybody {
        phases(coverage.times())
    } else {
        Vec::new()
    };
    let missed: Vec<MissedPhase<'_>> = phases.iter().map(MissedPhase::of).collect();
    let mut cards = card::of(coverage, &needs);
    for card in &mut cards {
        card.tasks = Tasks::of_unit(card.unit, &indicators, &missed);
    }
    let mut departments = department::of(coverage, &total);
    for row in &mut departments {
        row.tasks = Tasks::of_department(&row.name, study, &indicators);
    }
    mark_all((&mut cards, &mut departments), study, None);
    Assessment {
        cards,
        departments,
        red_cells: red_cells(coverage, RED_LIST),
        red_items: red_list::items_of(coverage, &total, RED_LIST),
        indicators,
        phases,
    }
}

impl Assessment {
    /// Gives each unit and department its mark again, its trend against an earlier run; nothing when the
    /// study states no rule for marks.
    pub(crate) fn mark_since(&mut self, study: &Study, latest: &EarlierRun) {
        mark_all(
            (&mut self.cards, &mut self.departments),
            study,
            Some(latest),
        );
    }
}
