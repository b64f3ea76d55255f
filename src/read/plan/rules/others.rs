//! All people who are in no group: what the groups leave of each cell.

use std::collections::BTreeMap;

use crate::ids::CellId;
use crate::model::{Cell, Cells, Group};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::text;

/// Where the cells stand in their file.
#[derive(Debug, Default)]
pub(crate) struct CellRows {
    /// The file; empty where nobody knows.
    pub file: String,
    pub places: Vec<Place>,
}

/// The people of each cell who are in no group. Under `--on-bad skip`, where groups count more than
/// the cell's people, all of these are others, so that groups still add up to the cell. O(cells × groups).
///
/// Areas that are split and totals that win round people and each group by themselves: a cell may then
/// have a millionth of a person more in groups than in all, and one before it a millionth less. That
/// millionth goes back, so that neither the groups nor the people of a unit become more or fewer.
pub(super) fn rest(
    groups: &mut [Group],
    (cells, rows): (&Cells, &CellRows),
    door: &mut Door<'_>,
) -> Result<Vec<People>, ReadError> {
    // What is wrong with counts is wrong in the cells' file.
    let mut door = Door {
        file: if rows.file.is_empty() {
            door.file.clone()
        } else {
            rows.file.clone()
        },
        on_bad: door.on_bad,
        findings: door.findings,
        stopped: door.stopped,
    };
    let rounding = rounding(groups);
    let mut rest = Vec::with_capacity(cells.len());
    // The cells of each unit that have others, the last one at the end.
    let mut with_others: BTreeMap<_, Vec<CellId>> = BTreeMap::new();
    for (id, cell) in cells.iter() {
        let before = with_others.entry(cell.unit).or_default();
        let mut sum = counted(groups, id);
        if sum > cell.people {
            let over = sum - cell.people;
            if over <= rounding && hand_back(groups, &mut rest, before, (id, over)) {
                sum = cell.people;
            }
        }
        if sum > cell.people {
            // The counts contradict each other: none of them can be believed.
            let place = rows.places.get(id.index()).copied().unwrap_or_default();
            let bad = too_many(cell, sum, groups, (&door.file, place));
            door.forgive(bad, text!(AllCountAsOthers))?;
            for group in groups.iter_mut().filter(|group| !group.apart) {
                if let Some(people) = group.people.get_mut(id.index()) {
                    *people = People::ZERO;
                }
            }
            sum = People::ZERO;
        }
        if sum < cell.people {
            before.push(id);
        }
        rest.push(cell.people - sum);
    }
    Ok(rest)
}

/// The people of a cell who are in groups, but for those who count apart.
fn counted(groups: &[Group], id: CellId) -> People {
    let inside = groups.iter().filter(|group| !group.apart);
    inside.map(|group| group.in_cell(id)).sum()
}

/// What a cell may have too many in groups by rounding alone: the people and each group are rounded
/// once by a total and once where an area is split, by less than a millionth each time.
fn rounding(groups: &[Group]) -> People {
    People::from_millionths(2 * (groups.len() as u64 + 1))
}

/// Moves so many people of groups from a cell to the nearest ones before it that have others, whom they
/// replace there; false, and nothing is moved, where these have too few.
fn hand_back(
    groups: &mut [Group],
    rest: &mut [People],
    before: &mut Vec<CellId>,
    (from, mut over): (CellId, People),
) -> bool {
    // Each of them has a millionth at least, so no more of them are needed.
    let nearest = (1..=over.millionths()).zip(before.iter().rev());
    let room: People = nearest.map(|(_, cell)| rest[cell.index()]).sum();
    if room < over {
        return false;
    }
    while let Some(&to) = before.last().filter(|_| over > People::ZERO) {
        let others = &mut rest[to.index()];
        let part = over.min(*others);
        move_people(groups, [from, to], part);
        *others = *others - part;
        over = over - part;
        if *others == People::ZERO {
            before.pop();
        }
    }
    true
}

/// Moves so many people between two cells, of the first groups that have them.
fn move_people(groups: &mut [Group], [from, to]: [CellId; 2], mut number: People) {
    for group in groups.iter_mut().filter(|group| !group.apart) {
        let part = number.min(group.in_cell(from));
        if part > People::ZERO {
            group.people[from.index()] = group.people[from.index()] - part;
            group.people[to.index()] += part;
            number = number - part;
        }
    }
}

fn too_many(cell: &Cell, sum: People, groups: &[Group], (file, place): (&str, Place)) -> BadInput {
    let inside = groups.iter().filter(|group| !group.apart);
    let ids: Vec<&str> = inside.map(|group| group.id.as_str()).collect();
    BadInput {
        code: "groups-exceed-people",
        file: file.to_owned(),
        place,
        expected: text!(
            GroupsExceedPeople,
            groups = plain(&ids.join(", ")),
            sum = sum.to_string(),
            cell = plain(&cell.id),
            people = cell.people.to_string(),
        ),
        remedy: text!(CountOnceOrApart),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::plane::Position;
    use crate::read::row_policy::{OnBad, Stopped};

    fn millionths(numbers: &[u64]) -> Vec<People> {
        let numbers = numbers.iter().copied();
        numbers.map(People::from_millionths).collect()
    }

    /// What is left of cells of one unit by two groups.
    fn left(people: &[u64], groups: &mut [Group]) -> Result<Vec<People>, ReadError> {
        let home = Position::new(116.0, 29.0).expect("a position");
        let cells = millionths(people).into_iter();
        let cells: Cells = cells.map(|people| Cell::at(home, people)).collect();
        let mut findings = Findings::default();
        let mut door = Door {
            file: "study.toml".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        rest(groups, (&cells, &CellRows::default()), &mut door)
    }

    #[test]
    fn a_millionth_that_rounding_moved_goes_back() {
        // Two people, a man and a woman, in three equal parts.
        let parts = [666_666, 666_667, 666_667];
        let each = [333_333, 333_333, 333_334];
        let mut groups = ["men", "women"].map(|id| Group::plain(id, millionths(&each)));
        let left = left(&parts, &mut groups).expect("groups that add up");
        assert_eq!(left.into_iter().sum::<People>(), People::ZERO);
        for group in &groups {
            assert_eq!(
                group.people.iter().copied().sum::<People>(),
                People::whole(1)
            );
        }
        let sums = [0, 1, 2].map(|cell| counted(&groups, CellId::new(cell)).millionths());
        assert_eq!(sums, parts);
    }

    #[test]
    fn more_than_rounding_is_refused() {
        let mut groups = [Group::plain("men", millionths(&[500_000, 1_000_009]))];
        let error = left(&[1_000_000, 1_000_000], &mut groups).expect_err("too many");
        assert!(error.to_string().contains("men"), "{error}");
        // Nor can anything go back where nothing is before it.
        let mut groups = [Group::plain("men", millionths(&[1_000_001]))];
        assert!(left(&[1_000_000], &mut groups).is_err());
    }
}
