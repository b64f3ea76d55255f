//! Official totals win: the people of the cells of a unit are scaled to what its table says.
//!
//! ```text
//!   township  1,000             Each cell follows the innermost unit around it that has a total:
//!   ├─ village A  300           those of A add up to 300, those of B to 400, and all others of the
//!   ├─ village B  400           township to the 300 that are left.
//!   └─ (elsewhere)
//! ```

use crate::ids::UnitId;
use crate::model::{Cells, Severity, Units};
use crate::read::error::{Place, plain};
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::text;

/// A factor beyond these is marked: the cells or the total are likely of something else.
const USUAL: std::ops::RangeInclusive<f64> = 0.5..=2.0;

/// How many people a unit officially has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Total(pub People);

/// What happens to the people of one unit's own cells: those that follow no total further in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Share {
    /// As the cells have it.
    pub(super) counted: People,
    /// What is left of the unit's total for them; none where the units within have more than it.
    pub(super) official: Option<People>,
    cells: u64,
}

/// Scales the cells to the totals of their units, and tells each unit's factor. Cells in no unit
/// with a total stay as they are. O(cells + units × depth).
pub(crate) fn scale(
    cells: &mut Cells,
    units: &Units,
    totals: &[Option<Total>],
    door: &mut Door<'_>,
) {
    let follows = Followed::new(units, totals);
    let shares = follows.shares(cells);
    let mut so_far = vec![0_u128; units.len()];
    // In the order of the cells: what one is rounded off by goes to the next of its unit.
    cells.for_each_mut(|_, cell| {
        if let Some(unit) = cell.unit.and_then(|unit| follows.of(unit)) {
            let share = shares[unit.index()];
            cell.people = share.scaled(cell.people, &mut so_far[unit.index()]);
        }
    });
    for (id, unit) in units.iter() {
        if follows.has_total(id) {
            tell(&unit.name, shares[id.index()], door);
        }
    }
}

/// Which total each unit's cells follow, and what of it is left for them.
pub(super) struct Followed<'a> {
    units: &'a Units,
    totals: &'a [Option<Total>],
    /// The totals of the units right within each, which themselves have one.
    within: Vec<People>,
}

impl<'a> Followed<'a> {
    pub(super) fn new(units: &'a Units, totals: &'a [Option<Total>]) -> Self {
        let mut followed = Self {
            units,
            totals,
            within: vec![People::ZERO; units.len()],
        };
        for (id, unit) in units.iter() {
            let Some(Total(people)) = totals[id.index()] else {
                continue;
            };
            // Counted within the next unit with a total alone: totals further up hold that one.
            if let Some(above) = unit.parent.and_then(|parent| followed.of(parent)) {
                followed.within[above.index()] += people;
            }
        }
        followed
    }

    /// By unit its cells, their people, and what is left of its total for them.
    pub(super) fn shares(&self, cells: &Cells) -> Vec<Share> {
        let mut shares = vec![Share::default(); self.units.len()];
        for (id, _) in self.units.iter() {
            shares[id.index()].official = self.left_of(id);
        }
        for (_, cell) in cells.iter() {
            if let Some(unit) = cell.unit.and_then(|unit| self.of(unit)) {
                shares[unit.index()].counted += cell.people;
                shares[unit.index()].cells += 1;
            }
        }
        shares
    }

    fn has_total(&self, unit: UnitId) -> bool {
        self.totals[unit.index()].is_some()
    }

    /// The innermost unit with a total, from this one upward.
    pub(super) fn of(&self, unit: UnitId) -> Option<UnitId> {
        self.units.upward(unit).find(|&above| self.has_total(above))
    }

    /// What is left of a unit's total beside those of the units within; none where these have more,
    /// or it has no total.
    pub(super) fn left_of(&self, unit: UnitId) -> Option<People> {
        let Total(people) = self.totals[unit.index()]?;
        let within = self.within[unit.index()];
        (within <= people).then(|| people - within)
    }
}

impl Share {
    /// The people of the next of its cells, after so many of them (in millionths): what is rounded
    /// off one goes to the next, so that all make up the total exactly.
    pub(super) fn scaled(&self, people: People, so_far: &mut u128) -> People {
        let (Some(official), counted) = (self.official, self.counted) else {
            return people;
        };
        if counted == People::ZERO {
            return people;
        }
        let [counted, official] = [counted, official].map(|all| u128::from(all.millionths()));
        let before = *so_far * official / counted;
        *so_far += u128::from(people.millionths());
        let after = *so_far * official / counted;
        People::from_millionths(u64::try_from(after - before).unwrap_or(u64::MAX))
    }
}

fn tell(name: &str, share: Share, door: &mut Door<'_>) {
    let name = plain(name);
    let mut say = |severity, code, message| {
        door.say(severity, code, Place::File, &name, message);
    };
    let counted = share.counted;
    match share.official {
        None => {
            let message = text!(TotalBelowParts, unit = &*name);
            say(Severity::Suspicious, "total-below-parts", message);
        }
        // Nobody lives there, by both.
        Some(People::ZERO) if counted == People::ZERO => {}
        Some(official) if counted == People::ZERO => {
            let message = text!(
                TotalWithoutCells,
                unit = &*name,
                people = official.to_string()
            );
            say(Severity::Suspicious, "total-without-cells", message);
        }
        Some(official) => {
            let factor = official.as_f64() / counted.as_f64();
            let shown = (
                counted.to_string(),
                official.to_string(),
                format!("{factor:.3}"),
            );
            if USUAL.contains(&factor) {
                let message = text!(
                    TotalFactor,
                    unit = &*name,
                    counted = shown.0,
                    official = shown.1,
                    factor = shown.2,
                );
                say(Severity::Note, "official-total", message);
            } else {
                let message = text!(
                    TotalFactorOdd,
                    unit = &*name,
                    counted = shown.0,
                    official = shown.1,
                    factor = shown.2,
                );
                say(Severity::Suspicious, "official-total-far-off", message);
            }
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

    /// A county of two townships, the first with two villages.
    fn county() -> Units {
        let rows = [
            ("county", ""),
            ("east", "county"),
            ("east-1", "east"),
            ("east-2", "east"),
            ("west", "county"),
        ];
        let row = |(id, parent): (&str, &str)| UnitRow {
            id: id.to_owned(),
            name: String::new(),
            parent: (!parent.is_empty()).then(|| parent.to_owned()),
        };
        Units::new(rows.map(row).into()).expect("a tree")
    }

    /// Cells of so many people in these units; and the totals, in people.
    fn scaled(told: &[(&str, u32)], totals: &[(&str, u32)]) -> (Cells, Vec<String>) {
        let units = county();
        let home = Position::new(116.0, 29.0).expect("a position");
        let cells = told.iter().map(|&(unit, people)| Cell {
            unit: units.find(unit),
            ..Cell::at(home, People::whole(people))
        });
        let mut cells: Cells = cells.collect();
        let total = |id: &str| {
            let mut known = totals.iter().filter(|(unit, _)| *unit == id);
            known
                .next()
                .map(|&(_, people)| Total(People::whole(people)))
        };
        let totals: Vec<_> = units.iter().map(|(_, unit)| total(&unit.id)).collect();
        let mut findings = Findings::default();
        let mut door = Door {
            file: "units.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        scale(&mut cells, &units, &totals, &mut door);
        let said = findings.iter();
        let said = said.map(|finding| format!("{} {}", finding.code, finding.subject));
        (cells, said.collect())
    }

    fn people(cells: &Cells) -> Vec<String> {
        cells
            .iter()
            .map(|(_, cell)| cell.people.to_string())
            .collect()
    }

    #[test]
    fn the_innermost_total_counts_and_the_rest_shares_what_is_left() {
        let told = [
            ("east-1", 10),
            ("east-1", 20),
            ("east-2", 5),
            ("east", 50),
            ("west", 7),
        ];
        let totals = [("east", 1_000), ("east-1", 600), ("east-2", 5)];
        let (cells, said) = scaled(&told, &totals);
        assert_eq!(people(&cells), ["200", "400", "5", "395", "7"]);
        let expected = [
            "official-total-far-off east",
            "official-total-far-off east-1",
            "official-total east-2",
        ];
        assert_eq!(said, expected);
    }

    #[test]
    fn totals_that_do_not_go_together_are_told_and_change_nothing() {
        let told = [("east-1", 10), ("east", 50)];
        let (cells, said) = scaled(&told, &[("east", 100), ("east-1", 600), ("west", 30)]);
        assert_eq!(people(&cells), ["600", "50"]);
        let expected = [
            "total-below-parts east",
            "official-total-far-off east-1",
            "total-without-cells west",
        ];
        assert_eq!(said, expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_total_is_met_to_the_millionth(
            told in prop::collection::vec((0..5_usize, 1..1_000_000_u32), 1..60),
            totals in prop::array::uniform5(prop::option::of(0..2_000_000_u32)),
        ) {
            let names = ["county", "east", "east-1", "east-2", "west"];
            let told: Vec<(&str, u32)> = told.into_iter().map(|(place, people)| (names[place], people)).collect();
            let totals: Vec<(&str, u32)> = names.into_iter().zip(totals)
                .filter_map(|(name, total)| Some((name, total?))).collect();
            let (cells, said) = scaled(&told, &totals);
            let units = county();
            for &(name, total) in &totals {
                let unit = units.find(name).expect("a unit");
                // All that is within it, if each unit within whose total counts has cells of its own.
                let within = |id: Option<UnitId>| id.is_some_and(|id| units.upward(id).any(|above| above == unit));
                let troubled = said.iter().any(|said| {
                    let (code, subject) = said.split_once(' ').expect("a code and a subject");
                    !code.starts_with("official") && within(units.find(subject))
                });
                let has_own = told.iter().any(|&(told, _)| within(units.find(told)));
                if troubled || !has_own {
                    continue;
                }
                let sum: People = cells.iter().filter(|(_, cell)| within(cell.unit)).map(|(_, cell)| cell.people).sum();
                prop_assert_eq!(sum, People::whole(total), "{}: {:?}", name, said);
            }
        }
    }
}
