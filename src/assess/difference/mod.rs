//! The difference between two runs: a plan before and after a change, or this year and last.
//!
//! A [`Snapshot`] is what a run is compared by. It is taken of a coverage, or read from an earlier
//! run's output folder (`read::earlier`); both give the same, since shares are kept to the
//! millionth, as files show them. Cells are the same when they have the same id.
//!
//! ```
//! use walkshed::assess::{Snapshot, difference};
//! use walkshed::model::{Change, apply};
//! use walkshed::{Options, People, draw};
//!
//! // One character is 100 m; a and b hold 1 and 2 people.
//! let town = draw::town("A-a--s--b-B", 100.0, "s");
//! let snapshot = |study| {
//!     let results = walkshed::run(study, &Options::default()).unwrap();
//!     Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref())
//! };
//! let closed = Change::CloseSite { site: "s".to_owned() };
//! let (after, _) = apply(&town, &closed).unwrap();
//! let change = difference(&snapshot(&town), &snapshot(&after));
//! assert_eq!(change.total.no_longer_covered, People::whole(3));
//! assert_eq!(change.total.share_change(), Some(-1_000_000));
//! assert_eq!(change.cells[0].after.verdict.word(), "out-of-reach");
//! ```

mod compare;
mod part;
mod snapshot;
#[cfg(test)]
mod tests;

pub use compare::{
    CellDifference, Difference, GroupDifference, UnitDifference, Unlike, difference, unlike,
};
pub use part::Part;
pub use snapshot::{
    CellState, GroupState, PARAMETERS, Snapshot, Sums, UnitState, shown_number, shown_zone,
};
