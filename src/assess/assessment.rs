//! Everything that is assessed about a coverage, at once.

use super::card::{self, Card};
use super::department::{self, Department};
use super::needs::Needs;
use super::phase::{PhaseResult, phases};
use super::red_list::{self, RED_LIST, RedCell, RedItem, red_cells};
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
    let indicators = study.indicators().iter();
    // Phases ask about everybody; the walks of one group say nothing of others.
    let is_everybody = coverage.setting().group.is_none();
    Assessment {
        cards: card::of(coverage, &needs),
        departments: department::of(coverage, &total),
        red_cells: red_cells(coverage, RED_LIST),
        red_items: red_list::items_of(coverage, &total, RED_LIST),
        indicators: indicators.map(|asked| indicator(study, asked)).collect(),
        phases: if is_everybody {
            phases(coverage.times())
        } else {
            Vec::new()
        },
    }
}
