//! What a supervision office asks of a coverage: who is ahead, who is behind, what is lacking, and
//! whether the phases of the plan are met.
//!
//! Everything here is summed from the verdicts of [`score`](crate::score), with integers, and
//! decides nothing anew. A *person-item* is one person and one asked item: 10 people for whom 3 items
//! are not done make 30 person-items undone.
//!
//! Worked example: two villages, `a` (1 person) and `b` (2 people). `b` reaches no site, so it needs
//! one; `a` is ahead.
//!
//! ```
//! use walkshed::{People, assess, draw, model::{Cells, Study, UnitRow, Units}, score, search, snap};
//! let study = draw::town("A-s-a---------------b-B", 100.0, "s");
//! let study = study.with(|parts| {
//!     let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
//!     parts.units = Units::new(vec![row("a"), row("b")]).unwrap();
//!     let mut cells = parts.cells.as_slice().to_vec();
//!     cells.iter_mut().for_each(|cell| cell.unit = parts.units.find(&cell.id));
//!     parts.cells = Cells::new(cells);
//! }).unwrap();
//! let links = snap::link(&study);
//! let times = search::travel_times(&study, &links, study.target().search);
//! let now = assess::assess(&score::coverage(&study, &times, study.target()));
//! let ranks: Vec<_> = now.cards.iter().map(|card| (card.id, card.rank, card.first, card.last)).collect();
//! assert_eq!(ranks, [("a", Some(1), true, false), ("b", Some(2), false, true)]);
//! let lacking = &now.cards[1].lacking.gravest[0];
//! assert_eq!((lacking.remedy.word(), lacking.people), ("build-site", People::whole(2)));
//! assert_eq!((now.red_cells[0].id, now.red_cells[0].items_undone), ("b", 1));
//! ```

mod card;
mod department;
pub mod difference;
#[cfg(test)]
mod drawn;
mod explain;
mod gather;
mod lacking;
mod phase;
mod rank;
mod red_list;

use crate::score::{Coverage, IndicatorResult, indicator};
use gather::Gathered;

pub use card::{Card, cards};
pub use department::{Department, departments};
pub use difference::{Difference, Snapshot, difference};
pub use explain::{
    Alternative, Considered, Cure, Elsewhere, Explanation, Rule, Standing, StepDone, Usable,
    WalkTo, explain,
};
pub use lacking::{Lacking, LackingList, Remedy};
pub use phase::{PhaseResult, PhaseRow, phases};
pub use red_list::{RED_LIST, RedCell, RedItem, red_cells, red_items};

/// Everything that is assessed about a coverage.
#[doc(alias = "考核")]
#[derive(Debug, Clone)]
pub struct Assessment<'a> {
    /// One card a unit, in the order of the tree, then the cells without a unit.
    pub cards: Vec<Card<'a>>,
    /// The departments, the one with the most undone first.
    pub departments: Vec<Department<'a>>,
    /// The gravest cells, at most [`RED_LIST`].
    pub red_cells: Vec<RedCell<'a>>,
    /// The gravest items, at most [`RED_LIST`].
    pub red_items: Vec<RedItem<'a>>,
    /// The indicators of the plan, in the order of the study file.
    pub indicators: Vec<IndicatorResult<'a>>,
    /// The phases of the plan, in the order of their dates.
    pub phases: Vec<PhaseResult<'a>>,
}

/// Assesses a coverage.
///
/// Phases are judged for all people alike, with the coverage's travel times; so a coverage of one
/// group has none here ([`phases`] takes the times of everybody).
///
/// O(cells × classes of items × sites within the budget) for the coverage and once more for each
/// phase, in parallel over the cells.
#[must_use]
pub fn assess<'a>(coverage: &Coverage<'a>) -> Assessment<'a> {
    let study = coverage.study();
    let gathered = Gathered::of(coverage);
    let total = gathered.total();
    let everybody = coverage.setting().group.is_none();
    Assessment {
        cards: card::of(coverage, &gathered),
        departments: department::of(coverage, &total),
        red_cells: red_cells(coverage, RED_LIST),
        red_items: red_list::items_of(coverage, &total, RED_LIST),
        indicators: study
            .indicators()
            .iter()
            .map(|asked| indicator(study, asked))
            .collect(),
        phases: if everybody {
            phases(study, coverage.times())
        } else {
            Vec::new()
        },
    }
}

#[cfg(test)]
mod tests;
