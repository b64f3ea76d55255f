//! Everything that is assessed about a coverage, at once.

use super::advice::Advice;
use super::card::{self, Card};
use super::department::{self, Department};
use super::phase::{PhaseResult, phases};
use super::red_list::{self, RED_LIST, RedCell, RedItem, red_cells};
use crate::model::Who;
use crate::score::{Coverage, IndicatorResult, indicator};
use crate::search::Walks;

/// Everything that is assessed about a coverage.
#[doc(alias = "考核")]
#[derive(Debug, Clone)]
pub struct Assessment {
    /// How the people stand.
    pub people: Standings,
    /// How the firms stand; none where the study says of no firms, or asks nothing of them.
    pub firms: Option<Standings>,
    /// The indicators of the plan, in the order of the study file.
    pub indicators: Vec<IndicatorResult>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<PhaseResult>,
}

/// How the people, or the firms, stand: no sum mixes them.
#[derive(Debug, Clone)]
pub struct Standings {
    /// One card a unit, in the order of the tree, then the cells without a unit.
    pub cards: Vec<Card>,
    /// The departments, the one with the most undone first.
    pub departments: Vec<Department>,
    /// The gravest cells, at most [`RED_LIST`].
    pub red_cells: Vec<RedCell>,
    /// The gravest items, at most [`RED_LIST`].
    pub red_items: Vec<RedItem>,
}

/// Assesses the coverage of the people of a study, and that of its firms where there are any.
///
/// The walks are those of the coverage. Phases ask of everybody, so a coverage of one group has none
/// here ([`phases`] takes the walks alone).
///
/// O(cells × classes of items × sites within the budget) for each party, and once more for each
/// phase, in parallel over the cells.
#[must_use]
pub fn assess(walks: &Walks, people: &Coverage, firms: Option<&Coverage>) -> Assessment {
    let study = people.study();
    let indicators = study.indicators().iter();
    let is_everybody = people.setting().who == Who::People;
    Assessment {
        people: Standings::of(people),
        firms: firms.map(Standings::of),
        indicators: indicators.map(|asked| indicator(study, asked)).collect(),
        phases: if is_everybody {
            phases(walks)
        } else {
            Vec::new()
        },
    }
}

impl Assessment {
    /// How the people stand, and then the firms, each with the word that files use for them.
    pub fn sides(&self) -> impl Iterator<Item = (&'static str, &Standings)> {
        let firms = self.firms.iter().map(|firms| ("firms", firms));
        std::iter::once(("people", &self.people)).chain(firms)
    }
}

impl Standings {
    fn of(coverage: &Coverage) -> Self {
        // The same passes over the cells serve cards, departments and red items.
        let advice = Advice::of(coverage, &[]);
        let total = advice.needs.total();
        Self {
            cards: card::of(coverage, &advice),
            departments: department::of(coverage, &total),
            red_cells: red_cells(coverage, RED_LIST),
            red_items: red_list::items_of(coverage, &total, RED_LIST),
        }
    }
}
