//! The red list: the gravest cells and the gravest items.
//!
//! A cell is the graver, the more is undone there: its people × the weight of the items that are not
//! done. An item is the graver, the more people do not get it done.
//!
//! Worked example: cell `a` with 100 people lacks one item of weight 1, cell `b` with 30 people lacks
//! five of them. `b` (150) is graver than `a` (100).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::Remedy;
use super::gather::{Class, Gathered, Need, Sums, classes};
use crate::ids::{CellId, ItemId, UnitId};
use crate::model::Steps;
use crate::score::{Coverage, VerdictKind};
use crate::units::People;

/// How many cells and items the red list of an assessment holds at most.
pub const RED_LIST: usize = 20;

/// A grave cell.
#[doc(alias = "重点名单")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedCell<'a> {
    /// The cell.
    pub cell: CellId,
    /// Its written id.
    pub id: &'a str,
    /// Its name; may be empty.
    pub name: &'a str,
    /// Its unit.
    pub unit: Option<UnitId>,
    /// Its people.
    pub people: People,
    /// How many asked items are not done.
    pub items_undone: usize,
    /// People × weight of the items that are not done, in millionths of both.
    pub undone: u128,
    /// Its verdict.
    pub verdict: VerdictKind,
    /// What would cure the most, by weight; the first of equal ones in [`Remedy::ALL`].
    pub remedy: Remedy,
}

/// A grave item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedItem<'a> {
    /// The item.
    pub item: ItemId,
    /// Its written id.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// The department that is responsible for it; empty for none.
    pub department: &'a str,
    /// The people who do not get it done.
    pub people: People,
    /// Their cells.
    pub cells: u64,
    /// The steps that are missing for the most people where a site is within the limit that could take
    /// them in or open to others (longer hours and helpers are no matter of steps), as one set;
    /// none where no such people are.
    pub steps: Steps,
    /// The people for whom just these steps are missing.
    pub steps_people: People,
}

/// The gravest cells, at most so many; equals by written id. Cells where nothing is undone, or
/// without people, are never among them. O(cells log cells), and O(classes) for each one listed.
///
/// ```
/// use walkshed::{assess, draw, score, search, snap};
/// let study = draw::town("A-s-a---------------b-c-B", 100.0, "s");
/// let links = snap::link(&study);
/// let times = search::travel_times(&study, &links, study.target().search);
/// let list = assess::red_cells(&score::coverage(&study, &times, study.target()), 9);
/// let rows: Vec<_> = list.iter().map(|row| (row.id, row.undone, row.remedy.word())).collect();
/// // c holds 4 people, b 2; the one item has weight 1, a million millionths.
/// assert_eq!(rows, [("c", 4 * 10_u128.pow(12), "build-site"), ("b", 2 * 10_u128.pow(12), "build-site")]);
/// ```
#[must_use]
pub fn red_cells<'a>(coverage: &Coverage<'a>, most: usize) -> Vec<RedCell<'a>> {
    let cells = coverage.study().cells();
    let undone = |id: CellId| {
        let left = coverage.weight_asked() - coverage.cell(id).weight_done;
        u128::from(coverage.people(id).millionths()) * u128::from(left)
    };
    let mut grave: Vec<(Reverse<u128>, &str, CellId)> = cells
        .iter()
        .map(|(id, cell)| (Reverse(undone(id)), cell.id.as_str(), id))
        .collect();
    grave.retain(|(Reverse(undone), ..)| *undone > 0);
    grave.sort_unstable();
    let classes = classes(coverage.study(), coverage.items());
    grave
        .into_iter()
        .take(most)
        .map(|(Reverse(undone), _, id)| red_cell(coverage, &classes, id, undone))
        .collect()
}

fn red_cell<'a>(
    coverage: &Coverage<'a>,
    classes: &[Class],
    id: CellId,
    undone: u128,
) -> RedCell<'a> {
    let (cell, result) = (&coverage.study().cells()[id], coverage.cell(id));
    let mut cures: BTreeMap<Remedy, u64> = BTreeMap::new();
    for (class, verdict) in coverage.class_verdicts(id) {
        if let Some(need) = Need::of(coverage, id, class, verdict) {
            *cures.entry(need.remedy).or_default() += classes[class].weight;
        }
    }
    let most = cures
        .into_iter()
        .max_by_key(|&(remedy, weight)| (weight, Reverse(remedy)));
    RedCell {
        cell: id,
        id: &cell.id,
        name: &cell.name,
        unit: cell.unit,
        people: coverage.people(id),
        items_undone: coverage.items().len() - result.items_done as usize,
        undone,
        verdict: result.verdict,
        remedy: most.map_or(Remedy::MendData, |(remedy, _)| remedy),
    }
}

/// The gravest items, at most so many; equals by id. Items that everybody gets done are never among
/// them. O(cells × classes of items × sites within the budget), in parallel.
#[must_use]
pub fn red_items<'a>(coverage: &Coverage<'a>, most: usize) -> Vec<RedItem<'a>> {
    items_of(coverage, &Gathered::of(coverage).total(), most)
}

pub(super) fn items_of<'a>(coverage: &Coverage<'a>, total: &Sums, most: usize) -> Vec<RedItem<'a>> {
    let catalogue = coverage.study().catalogue();
    let steps = missing_steps(total);
    let mut rows: Vec<RedItem<'a>> = Vec::new();
    for &item in coverage.items() {
        let class = catalogue.class(item);
        let (count, about) = (total.undone[class], &catalogue[item]);
        let (steps, steps_people) = steps.get(&class).copied().unwrap_or_default();
        let (id, name, department) = (
            about.id.as_str(),
            about.name.as_str(),
            about.department.as_str(),
        );
        let (people, cells) = (count.people, count.cells);
        rows.push(RedItem {
            item,
            id,
            name,
            department,
            people,
            cells,
            steps,
            steps_people,
        });
    }
    rows.retain(|row| row.people > People::ZERO);
    rows.sort_by_key(|row| (Reverse(row.people), row.item));
    rows.truncate(most);
    rows
}

/// For each class of items the set of steps that is missing for the most people.
fn missing_steps(total: &Sums) -> BTreeMap<usize, (Steps, People)> {
    let mut people: BTreeMap<(usize, Steps), People> = BTreeMap::new();
    for (need, count) in &total.needs {
        if let Some(class) = need.class {
            *people.entry((class, need.steps)).or_default() += count.people;
        }
    }
    let mut most: BTreeMap<usize, (Steps, People)> = BTreeMap::new();
    for ((class, steps), people) in people {
        let best = most.entry(class).or_insert((steps, people));
        if people > best.1 {
            *best = (steps, people);
        }
    }
    most
}
