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
//! use walkshed::{Options, People, draw, model::{Cells, UnitRow, Units}};
//! let study = draw::town("A-s-a---------------b-B", 100.0, "s");
//! let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
//! let study = study.with(|parts| {
//!     parts.units = Units::new(vec![row("a"), row("b")]).unwrap();
//!     let mut cells = parts.cells.as_slice().to_vec();
//!     cells.iter_mut().for_each(|cell| cell.unit = parts.units.find(&cell.id));
//!     parts.cells = Cells::new(cells);
//! }).unwrap();
//! let assessing = Options { assessment: true, ..Options::default() };
//! let now = walkshed::run(&study, &assessing).unwrap().assessment.unwrap();
//! let ranks: Vec<_> = now.people.cards.iter().map(|card| (card.id.as_str(), card.rank, card.first, card.last)).collect();
//! assert_eq!(ranks, [("a", Some(1), true, false), ("b", Some(2), false, true)]);
//! let lacking = &now.people.cards[1].lacking.gravest[0];
//! assert_eq!((lacking.remedies.to_string().as_str(), lacking.people), ("build-site", People::whole(2)));
//! assert_eq!((now.people.red_cells[0].id.as_str(), now.people.red_cells[0].items_undone), ("b", 1));
//! ```

mod advice;
mod assessment;
mod by_unit;
mod card;
mod carry_out;
mod classes;
mod department;
pub mod difference;
mod explain;
mod gains;
mod lacking;
#[cfg(feature = "report")]
mod left_out;
mod mark;
mod marks;
#[cfg(test)]
mod marks_tests;
mod needs;
mod phase;
mod places;
mod rank;
mod red_list;
pub mod register;
mod remedies;
mod site_view;
mod tasks;
#[cfg(test)]
mod test_towns;
#[cfg(test)]
mod tests;
mod trend;

pub use assessment::{Assessment, Standings, assess};
pub use card::{Card, cards};
pub(crate) use carry_out::{SiteCure, hours_of_coming};
#[cfg(feature = "report")]
pub(crate) use department::saved;
pub use department::{Department, departments};
pub use difference::{Difference, Snapshot, difference};
pub use explain::{
    Alternative, Considered, Cure, Elsewhere, Explanation, Island, OtherVerdict, Rule, Standing,
    StepDone, Usable, WalkTo, explain, explain_beside,
};
pub use lacking::{Lacking, LackingList};
#[cfg(feature = "report")]
pub(crate) use left_out::{LeftOut, left_out};
pub use mark::{Mark, MarkParts, made_up};
pub(crate) use phase::asked_of;
pub use phase::{PhaseResult, PhaseRow, phases};
pub use red_list::{RED_LIST, RedCell, RedItem, red_cells, red_items};
pub use remedies::Remedies;
pub use site_view::{CouldTake, Served, SiteView, site_view};
pub use tasks::{MissedTask, Tasks};
pub use trend::{DepartmentState, EarlierRun, TrendPoint, oldest_first, trend_line};
