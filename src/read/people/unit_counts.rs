//! Further counts that a table of units has: shared out among the cells of each unit.
//!
//! A village's elderly, households and firms live where its people do: its cells get as many as they
//! have of its people. Which unit's number a cell shares in, and what is left of a township's, is as
//! with [`totals`](super::totals).

use super::totals::{Followed, Share, Total};
use crate::model::{Cells, Severity, Units};
use crate::read::error::{Place, plain};
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::text;

/// One count of units, in their order.
pub(crate) struct UnitCount {
    pub name: String,
    pub of_units: Vec<Option<Total>>,
}

/// The cells with those counts of their units that they do not have themselves, by their people; what
/// each is in all is told. O(counts × (cells + units × depth)).
pub(crate) fn share_out(
    cells: Cells,
    units: &Units,
    counts: &[UnitCount],
    door: &mut Door<'_>,
) -> Cells {
    let mut more = Vec::new();
    for count in counts {
        if cells.counts(&count.name).is_none() {
            let of_cells = shared(&cells, units, count, door);
            more.push((count.name.clone(), of_cells));
        }
    }
    cells.with_more_counts(more)
}

/// One count of each cell.
fn shared(cells: &Cells, units: &Units, count: &UnitCount, door: &mut Door<'_>) -> Vec<People> {
    let follows = Followed::new(units, &count.of_units);
    let shares = follows.shares(cells);
    let mut so_far = vec![0_u128; units.len()];
    let of_cell = |cell: &crate::model::Cell| {
        let Some(unit) = cell.unit.and_then(|unit| follows.of(unit)) else {
            return People::ZERO;
        };
        let share = shares[unit.index()];
        // Without a number of its own nobody is counted, unlike people, who stay.
        match share.official {
            Some(_) => share.scaled(cell.people, &mut so_far[unit.index()]),
            None => People::ZERO,
        }
    };
    let of_cells: Vec<People> = cells.as_slice().iter().map(of_cell).collect();
    tell((&of_cells, &shares), count, units, door);
    let of_nobody = |cell: &&crate::model::Cell| {
        let unit = cell.unit.and_then(|unit| follows.of(unit));
        unit.is_none()
    };
    let uncounted = cells.as_slice().iter().filter(of_nobody);
    tell_uncounted(uncounted.map(|cell| cell.people).sum(), count, door);
    of_cells
}

/// Says how many people live where no unit has a number of a count: as if they had none of it.
fn tell_uncounted(people: People, count: &UnitCount, door: &mut Door<'_>) {
    if people > People::ZERO {
        let name = plain(&count.name);
        let message = text!(UnitCountsNone, name = &*name, people = people.to_string());
        let severity = Severity::Suspicious;
        door.say(severity, "unit-counts-none", Place::File, &name, message);
    }
}

fn tell(
    (of_cells, shares): (&[People], &[Share]),
    count: &UnitCount,
    units: &Units,
    door: &mut Door<'_>,
) {
    let name = plain(&count.name);
    let all: People = of_cells.iter().copied().sum();
    let message = text!(UnitCounts, name = &*name, count = all.to_string());
    door.note("unit-counts", &name, message);
    let mut say = |code, message| {
        door.say(Severity::Suspicious, code, Place::File, &name, message);
    };
    // A number that nobody is there to share would be lost unsaid.
    let has_nobody = |share: &Share| {
        let official = share.official.unwrap_or_default();
        share.counted == People::ZERO && official > People::ZERO
    };
    let lost: People = shares
        .iter()
        .filter(|share| has_nobody(share))
        .filter_map(|share| share.official)
        .sum();
    if lost > People::ZERO {
        let message = text!(UnitCountsLost, name = &*name, count = lost.to_string());
        say("unit-counts-lost", message);
    }
    for (id, unit) in units.iter() {
        if count.of_units[id.index()].is_some() && shares[id.index()].official.is_none() {
            let message = text!(UnitCountsBelow, name = &*name, unit = plain(&unit.name));
            say("unit-counts-below-parts", message);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Cell, Findings, UnitRow};
    use crate::plane::Position;
    use crate::read::row_policy::{OnBad, Stopped};

    fn county() -> Units {
        let rows = [("county", ""), ("a", "county"), ("b", "county")];
        let row = |(id, parent): (&str, &str)| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
        };
        Units::new(rows.map(row).into()).expect("a tree")
    }

    /// The elderly of cells with so many people in these units, and the codes of the findings.
    fn elderly(people: &[(&str, u32)], of_units: [Option<u32>; 3]) -> (Vec<People>, Vec<String>) {
        let units = county();
        let at = Position::new(116.0, 29.0).expect("on the globe");
        let cell = |&(unit, people): &(&str, u32)| Cell {
            unit: units.find(unit),
            ..Cell::at(at, People::whole(people))
        };
        let cells: Cells = people.iter().map(cell).collect();
        let order = ["county", "a", "b"].map(|id| units.find(id).expect("a unit"));
        let mut totals = vec![None; 3];
        for (unit, total) in order.into_iter().zip(of_units) {
            totals[unit.index()] = total.map(|total| Total(People::whole(total)));
        }
        let count = UnitCount {
            name: "elderly".to_owned(),
            of_units: totals,
        };
        let mut findings = Findings::default();
        let mut door = Door {
            file: "units.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let cells = share_out(cells, &units, &[count], &mut door);
        let codes = findings.iter().map(|finding| finding.code.to_owned());
        (
            cells.counts("elderly").expect("a count").to_vec(),
            codes.collect(),
        )
    }

    #[test]
    fn cells_share_in_their_unit_by_their_people() {
        let cells = [
            ("a", 30),
            ("a", 10),
            ("b", 5),
            ("county", 5),
            ("nowhere", 7),
        ];
        let (shared, codes) = elderly(&cells, [Some(20), Some(8), Some(4)]);
        let whole = [6, 2, 4, 8, 0].map(People::whole);
        assert_eq!(shared, whole);
        assert_eq!(codes, ["unit-counts", "unit-counts-none"]);
        let (_, codes) = elderly(&cells[..4], [Some(20), Some(8), Some(4)]);
        assert_eq!(codes, ["unit-counts"]);
    }

    #[test]
    fn people_of_units_without_a_number_are_told() {
        let (shared, codes) = elderly(&[("a", 30), ("b", 10)], [None, Some(8), None]);
        assert_eq!(shared, [8, 0].map(People::whole));
        assert_eq!(codes, ["unit-counts", "unit-counts-none"]);
    }

    #[test]
    fn units_without_people_or_with_less_than_their_parts_are_told() {
        let (shared, codes) = elderly(&[("a", 1), ("county", 1)], [Some(3), Some(8), Some(4)]);
        assert_eq!(shared, [People::whole(8), People::ZERO]);
        assert_eq!(
            codes,
            ["unit-counts", "unit-counts-lost", "unit-counts-below-parts"]
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn nobody_is_lost_or_made(people in prop::collection::vec(1..1_000_u32, 1..40), total in 0..9_999_u32) {
            let cells: Vec<(&str, u32)> = people.iter().map(|&people| ("a", people)).collect();
            let (shared, _) = elderly(&cells, [None, Some(total), None]);
            prop_assert_eq!(shared.iter().copied().sum::<People>(), People::whole(total));
        }
    }
}
