//! The difference between two runs: a plan before and after a change, or this year and last.
//!
//! A [`Snapshot`] is what a run is compared by. It is taken of a coverage, or read from an earlier
//! run's output folder (`read::earlier`); both give the same, since shares are kept to the
//! millionth, as files show them. Cells are the same when they have the same id.
//!
//! ```
//! use walkshed::assess::{Snapshot, difference};
//! use walkshed::model::{Change, apply};
//! use walkshed::{People, draw, score, search, snap};
//!
//! // One character is 100 m; a and b hold 1 and 2 people.
//! let town = draw::town("A-a--s--b-B", 100.0, "s");
//! let snapshot = |study| {
//!     let links = snap::link(study);
//!     let times = search::travel_times(study, &links, study.target().search);
//!     Snapshot::of(&score::coverage(study, &times, study.target()))
//! };
//! let closed = Change::CloseSite { site: "s".to_owned() };
//! let (after, _) = apply(&town, &closed).unwrap();
//! let change = difference(&snapshot(&town), &snapshot(&after));
//! assert_eq!(change.total.no_longer_covered, People::whole(3));
//! assert_eq!(change.total.share_change(), Some(-1_000_000));
//! assert_eq!(change.cells[0].after.verdict.word(), "out-of-reach");
//! ```

mod snapshot;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::score::VerdictKind;
use crate::units::People;

pub use snapshot::{
    CellState, PARAMETERS, Part, Snapshot, Sums, UnitState, shown_number, shown_zone,
};

/// How a later run differs from an earlier one.
#[doc(alias = "对比")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// All cells together.
    pub total: UnitDifference,
    /// The units in the later run's order, those that only the earlier one has at the end. Sums
    /// include sub-units.
    pub units: Vec<UnitDifference>,
    /// The cells of both runs whose verdict or number of items done changed, in the later run's order.
    pub cells: Vec<CellDifference>,
    /// The ids of cells that only the earlier run has, in its order. They count in its sums, but
    /// among nobody newly or no longer covered.
    pub only_before: Vec<String>,
    /// The ids of cells that only the later run has.
    pub only_after: Vec<String>,
    /// What was asked otherwise: where there is any, the runs do not measure the same.
    pub unlike: Vec<Unlike>,
}

/// How a unit differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitDifference {
    /// Its id; empty for the total, and for the cells that belong to no unit.
    pub id: String,
    /// Its name, in the later run where it is there.
    pub name: String,
    /// Its sums in the earlier run; none when it was not there.
    pub before: Option<Sums>,
    /// Its sums in the later run; none when it is not there.
    pub after: Option<Sums>,
    /// The people of cells of both runs that were not covered and are; as many as live there in
    /// the later run, in the unit that the cell then belongs to.
    pub newly_covered: People,
    /// The people of cells of both runs that were covered and are no longer; as many as lived there
    /// in the earlier run, in the unit that the cell then belonged to.
    pub no_longer_covered: People,
}

/// A cell whose verdict or number of items done changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellDifference {
    /// In the earlier run.
    pub before: CellState,
    /// In the later run.
    pub after: CellState,
}

/// Something that was asked otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unlike {
    /// What: one of [`PARAMETERS`].
    pub what: &'static str,
    /// In the earlier run; empty when it did not ask for it.
    pub before: String,
    /// In the later run.
    pub after: String,
}

impl Difference {
    /// Whether nothing differs: neither cells nor sums nor what was asked.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let same = |unit: &UnitDifference| unit.before == unit.after;
        let ids = self.only_before.is_empty() && self.only_after.is_empty();
        ids && self.cells.is_empty()
            && self.unlike.is_empty()
            && same(&self.total)
            && self.units.iter().all(same)
    }
}

impl UnitDifference {
    /// How much the covered share changed, in millionths; none where a run has no share.
    #[must_use]
    pub fn share_change(&self) -> Option<i64> {
        self.change(|sums| sums.share)
    }

    /// How much the score changed, in millionths; none where a run has no score.
    #[must_use]
    pub fn score_change(&self) -> Option<i64> {
        self.change(|sums| sums.score)
    }

    fn change(&self, of: impl Fn(&Sums) -> Option<Part>) -> Option<i64> {
        let part = |sums: &Option<Sums>| Some(i64::from(of(sums.as_ref()?)?.millionths()));
        Some(part(&self.after)? - part(&self.before)?)
    }
}

/// How a later run differs from an earlier one. O(n) in cells and units.
///
/// People newly covered in the units at the top, and in no unit, add up to those in total, exactly;
/// so do those no longer covered.
#[must_use]
pub fn difference(before: &Snapshot, after: &Snapshot) -> Difference {
    let (now, then) = (places(&after.cells), places(&before.cells));
    let only = |cells: &[CellState], other: &HashMap<&str, usize>| {
        let missing = cells
            .iter()
            .filter(|cell| !other.contains_key(cell.id.as_str()));
        missing.map(|cell| cell.id.clone()).collect()
    };
    let both = || {
        after.cells.iter().filter_map(|cell| {
            then.get(cell.id.as_str())
                .map(|&place| (&before.cells[place], cell))
        })
    };
    let covered = |cell: &CellState| cell.verdict == VerdictKind::Covered;
    let (mut gained, mut lost) = (Gone::new(after), Gone::new(before));
    for (old, new) in both() {
        match (covered(old), covered(new)) {
            (false, true) => gained.add(new),
            (true, false) => lost.add(old),
            _ => {}
        }
    }
    let changed =
        both().filter(|(old, new)| (old.verdict, old.items_done) != (new.verdict, new.items_done));
    Difference {
        total: UnitDifference {
            id: String::new(),
            name: "total".to_owned(),
            before: Some(before.total),
            after: Some(after.total),
            newly_covered: gained.total,
            no_longer_covered: lost.total,
        },
        units: units((before, &lost), (after, &gained)),
        cells: changed
            .map(|(old, new)| CellDifference {
                before: old.clone(),
                after: new.clone(),
            })
            .collect(),
        only_before: only(&before.cells, &now),
        only_after: only(&after.cells, &then),
        unlike: unlike(before, after),
    }
}

fn places(cells: &[CellState]) -> HashMap<&str, usize> {
    cells
        .iter()
        .enumerate()
        .map(|(place, cell)| (cell.id.as_str(), place))
        .collect()
}

/// People summed up over a run's tree of units.
struct Gone<'a> {
    run: &'a Snapshot,
    place: HashMap<&'a str, usize>,
    people: Vec<People>,
    total: People,
}

impl<'a> Gone<'a> {
    fn new(run: &'a Snapshot) -> Self {
        let place = run
            .units
            .iter()
            .enumerate()
            .map(|(place, unit)| (unit.id.as_str(), place))
            .collect();
        Self {
            run,
            place,
            people: vec![People::ZERO; run.units.len()],
            total: People::ZERO,
        }
    }

    /// Adds a cell's people to its unit and all units above it.
    fn add(&mut self, cell: &CellState) {
        self.total += cell.people;
        let mut unit = self.place.get(cell.unit.as_str()).copied();
        for _ in 0..self.run.units.len() {
            let Some(place) = unit else { break };
            self.people[place] += cell.people;
            unit = self.run.units[place]
                .parent
                .as_deref()
                .and_then(|parent| self.place.get(parent).copied());
        }
    }

    fn of(&self, unit: &str) -> People {
        self.place
            .get(unit)
            .map_or(People::ZERO, |&place| self.people[place])
    }

    fn sums(&self, unit: &str) -> Option<Sums> {
        self.place
            .get(unit)
            .map(|&place| self.run.units[place].sums)
    }
}

fn units(
    (before, lost): (&Snapshot, &Gone),
    (after, gained): (&Snapshot, &Gone),
) -> Vec<UnitDifference> {
    let gone = before
        .units
        .iter()
        .filter(|unit| !gained.place.contains_key(unit.id.as_str()));
    let row = |unit: &UnitState| UnitDifference {
        id: unit.id.clone(),
        name: unit.name.clone(),
        before: lost.sums(&unit.id),
        after: gained.sums(&unit.id),
        newly_covered: gained.of(&unit.id),
        no_longer_covered: lost.of(&unit.id),
    };
    after.units.iter().chain(gone).map(row).collect()
}

fn unlike(before: &Snapshot, after: &Snapshot) -> Vec<Unlike> {
    let pairs = PARAMETERS
        .into_iter()
        .zip(before.parameters.iter().zip(&after.parameters));
    let other = pairs.filter(|(_, (before, after))| before != after);
    other
        .map(|(what, (before, after))| Unlike {
            what,
            before: before.clone(),
            after: after.clone(),
        })
        .collect()
}
