//! The red list: the gravest cells and the gravest items.
//!
//! A cell is the graver, the more is undone there: its people × the weight of the items that are not
//! done. An item is the graver, the more people do not get it done.
//!
//! Worked example: cell `a` with 100 people lacks one item of weight 1, cell `b` with 30 people lacks
//! five of them. `b` (150) is graver than `a` (100).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::classes::{Class, classes};
use super::needs::{Count, Need, NeedSums, needs};
use super::remedies::Remedies;
use crate::ids::{CellId, ItemId, UnitId};
use crate::model::Steps;
use crate::score::{Coverage, Party, Remedy, VerdictKind};
use crate::units::People;

/// How many cells and items the red list of an assessment holds at most.
pub const RED_LIST: usize = 20;

/// A grave cell.
///
/// ```
/// use walkshed::{Options, People, draw};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let options = Options { assessment: true, ..Options::default() };
/// let red = walkshed::run(&study, &options).unwrap().assessment.unwrap().people.red_cells;
/// assert_eq!(
///     (red[0].id.as_str(), red[0].people, red[0].remedies.to_string().as_str()),
///     ("b", People::whole(2), "build-site")
/// );
/// ```
#[doc(alias = "重点名单")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedCell {
    /// The cell.
    pub cell: CellId,
    /// Its written id.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// Its unit.
    pub unit: Option<UnitId>,
    /// Its people.
    pub people: People,
    /// How many asked items are not done for everybody of whom they are asked.
    pub items_undone: usize,
    /// People × weight of the items that are not done, in millionths of both.
    pub undone: u128,
    /// Its verdict.
    pub verdict: VerdictKind,
    /// What would cure the most, by people and weight; the first of equal ones in [`Remedy::ALL`](crate::score::Remedy::ALL).
    pub remedies: Remedies,
}

/// A grave item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RedItem {
    /// The item.
    pub item: ItemId,
    /// Its written id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The department that is responsible for it; empty for none.
    pub department: String,
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
/// without people, are never among them. O(cells log cells), and O(classes) for each one listed, in
/// parallel.
///
/// ```
/// use walkshed::{Silent, assess, draw, score, search};
/// let study = draw::town("A-s-a---------------b-c-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let list = assess::red_cells(&score::coverage(&walks), 9);
/// let rows: Vec<_> = list.iter().map(|row| (row.id.as_str(), row.undone, row.remedies.to_string())).collect();
/// // c holds 4 people, b 2; the one item has weight 1, a million millionths.
/// assert_eq!(rows, [("c", 4 * 10_u128.pow(12), "build-site".to_owned()), ("b", 2 * 10_u128.pow(12), "build-site".to_owned())]);
/// ```
#[must_use]
pub fn red_cells(coverage: &Coverage, most: usize) -> Vec<RedCell> {
    let study = coverage.study();
    // The gravest first, then by written id, whatever the order of rows.
    let mut grave: Vec<(Reverse<u128>, &str, CellId)> = Vec::new();
    for (id, cell) in study.cells().iter() {
        let undone = coverage.undone(id);
        if undone > 0 {
            grave.push((Reverse(undone), &cell.id, id));
        }
    }
    grave.sort_unstable();
    // A remedy costs a verdict on each class, so only the cells that are listed get one.
    grave.truncate(most);
    let classes = classes(study, coverage.items());
    grave
        .into_par_iter()
        .map(|(Reverse(undone), _, id)| red_cell(coverage, &classes, id, undone))
        .collect()
}

fn red_cell(coverage: &Coverage, classes: &[Class], id: CellId, undone: u128) -> RedCell {
    let cell = &coverage.study().cells()[id];
    let result = coverage.cell(id);
    RedCell {
        cell: id,
        id: cell.id.clone(),
        name: cell.name.clone(),
        unit: cell.unit,
        people: coverage.people(id),
        items_undone: (result.items_asked - result.items_done) as usize,
        undone,
        verdict: result.verdict,
        remedies: remedies_of_most(coverage.parties_in(id), classes, id),
    }
}

/// What cures the most for these in a cell, by people and weight; the first of equal ones.
pub(super) fn remedies_of_most<'c>(
    parties: impl Iterator<Item = Party<'c>>,
    classes: &[Class],
    cell: CellId,
) -> Remedies {
    let mut cures: BTreeMap<Remedies, u128> = BTreeMap::new();
    for party in parties {
        let people = u128::from(party.number(cell).millionths());
        for (class, verdict) in party.class_verdicts(cell) {
            if let Some(need) = Need::of(party, cell, class, verdict) {
                let weight = u128::from(classes[class].weight);
                *cures.entry(need.remedies).or_default() += people * weight;
            }
        }
    }
    cures
        .into_iter()
        // The greatest weight, and of equal ones the first.
        .max_by_key(|&(remedies, weight)| (weight, Reverse(remedies)))
        // A listed cell lacks something; a remedy is always found.
        .map_or(Remedies::only(Remedy::MendData), |(remedies, _)| remedies)
}

/// The gravest items, at most so many; equals by id. Items that everybody gets done are never among
/// them. O(cells × classes of items × sites within the budget), in parallel.
///
/// ```
/// use walkshed::{People, Silent, assess, draw, score, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let items = assess::red_items(&score::coverage(&walks), 5);
/// assert_eq!((items[0].id.as_str(), items[0].people, items[0].cells), ("service", People::whole(2), 1));
/// ```
#[must_use]
pub fn red_items(coverage: &Coverage, most: usize) -> Vec<RedItem> {
    items_of(coverage, &needs(coverage).total(), most)
}

/// The items that are not done for most people, at most so many. O(items log items).
pub(super) fn items_of(coverage: &Coverage, total: &NeedSums, most: usize) -> Vec<RedItem> {
    let catalogue = coverage.study().catalogue();
    // Found once for all: items of one class share their missing steps.
    let missing = missing_steps(total);
    let mut rows = Vec::new();
    for &item in coverage.items() {
        let class = catalogue.class(item);
        let undone = total.undone(class);
        if undone.people > People::ZERO {
            let missing = missing.get(&class).copied().unwrap_or_default();
            rows.push(red_item(coverage, item, undone, missing));
        }
    }
    // Equals stand in the order of the catalogue.
    rows.sort_by_key(|row| (Reverse(row.people), row.item));
    rows.truncate(most);
    rows
}

fn red_item(coverage: &Coverage, id: ItemId, undone: Count, missing: MissingSteps) -> RedItem {
    let item = &coverage.study().catalogue()[id];
    RedItem {
        item: id,
        id: item.id.clone(),
        name: item.name.clone(),
        department: item.department(),
        people: undone.people,
        cells: undone.cells,
        steps: missing.steps,
        steps_people: missing.people,
    }
}

/// A set of steps, and the people for whom just these are missing.
#[derive(Debug, Clone, Copy, Default)]
struct MissingSteps {
    steps: Steps,
    people: People,
}

/// For each class of items the set of steps that is missing for the most people; the first of equal
/// ones.
fn missing_steps(total: &NeedSums) -> BTreeMap<usize, MissingSteps> {
    // The same steps may be needed at many sites.
    let mut people_by_steps: BTreeMap<(usize, Steps), People> = BTreeMap::new();
    for (need, count) in &total.needs {
        let steps = need.mend.map_or(Steps::NONE, |mend| mend.hand_down);
        // What is renewed or opened to others lacks no step.
        if let Some(class) = need.class
            && !steps.is_empty()
        {
            *people_by_steps.entry((class, steps)).or_default() += count.people;
        }
    }
    let mut most: BTreeMap<usize, MissingSteps> = BTreeMap::new();
    for ((class, steps), people) in people_by_steps {
        let best = most.entry(class).or_insert(MissingSteps { steps, people });
        // Sets of steps come in order, so that the first of equal ones stays.
        if people > best.people {
            *best = MissingSteps { steps, people };
        }
    }
    most
}
