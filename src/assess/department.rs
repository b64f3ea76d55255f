//! The league table of departments: how much of what each is responsible for is undone.
//!
//! An item is undone for a person wherever its verdict is not covered, whatever the reason: too far,
//! not offered, stranded or unknown. An item of several departments is each one's own, for each answers
//! for the whole. Where every item is of one department at most, the sum over the departments is the
//! sum over the coverage; an item of several counts in it once for each of them.
//!
//! Worked example: police has two items, tax one; 10 people live here. One police item is not done
//! for 4 of them, the tax item for 3. Police: 20 person-items asked, 4 undone, 80 % done. Tax: 10
//! asked, 3 undone, 70 % done. Police comes first in the table: it has the most undone.

use std::collections::{BTreeMap, BTreeSet};

use super::mark::Mark;
use super::needs::{NeedSums, needs};
use super::tasks::Tasks;
use crate::ids::ItemId;
use crate::model::{Catalogue, Item, Saving};
use crate::score::Coverage;
use crate::units::{People, Share};

/// What a department is responsible for, and how much of it is done.
///
/// ```
/// use walkshed::{Silent, assess, draw, score, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let rows = assess::departments(&score::coverage(&walks));
/// // One item asked of three people, and not done for two.
/// assert_eq!((rows[0].asked, rows[0].undone), (3_000_000, 2_000_000));
/// ```
#[doc(alias = "责任部门")]
#[derive(Debug, Clone, PartialEq)]
pub struct Department {
    /// Its name; empty for the items that name none.
    pub name: String,
    /// Its asked items, in the order of their ids.
    pub items: Vec<ItemId>,
    /// Person-items asked: Σ people × items, in millionths of people.
    pub asked: u128,
    /// Person-items done within the limit, in millionths of people.
    pub done: u128,
    /// Person-items undone, in millionths of people.
    pub undone: u128,
    /// Σ people × weight of the items asked, in millionths of both.
    pub weight_asked: u128,
    /// Σ people × weight of the items done, in millionths of both.
    pub weight_done: u128,
    /// The share of its person-items that is done.
    pub share: Share,
    /// The same by weight: the score of its items.
    pub score: Share,
    /// The item that is undone for the most people, the first of equal ones by id, and these people;
    /// none when everything is done.
    pub worst: Option<(ItemId, People)>,
    /// The steps that its items save, before minus now; none where no item of it states both.
    pub steps_saved: Option<f64>,
    /// The papers.
    pub papers_saved: Option<f64>,
    /// The days.
    pub days_saved: Option<f64>,
    /// The indicators that it is asked; filled in by [`assess`](super::assess).
    pub tasks: Tasks,
    /// Its mark; none when the study states no rule for it, or it has no part of it.
    pub mark: Option<Mark>,
}

/// The departments of the asked items, the most person-items undone first, then by name.
///
/// The sums of `weight_asked` and `weight_done` over all departments are exactly
/// [`Tally::asked`](crate::score::Tally::asked) and [`Tally::done`](crate::score::Tally::done) of the
/// coverage's total, where no item is of several departments. O(cells × classes of items × sites within the budget), in parallel.
///
/// ```
/// use walkshed::{Silent, assess, draw, ids::ItemId, model::{Catalogue, Item, Offer}, score, search};
/// // The cells a and b hold 1 and 2 people; b reaches the far site t only, which does no tax item.
/// let study = draw::town("A-s-a-------------b-t-B", 100.0, "st");
/// let item = |id: &str, of: &str| Item { departments: vec![of.to_owned()], ..Item::plain(id) };
/// let study = study.with(|parts| {
///     let [s, t] = ["s", "t"].map(|id| Offer::whole(parts.sites.find(id).unwrap()));
///     parts.catalogue = Catalogue::new(vec![(item("id-card", "police"), vec![s, t]), (item("vat", "tax"), vec![s])]);
///     parts.target.items = (0..2).map(ItemId::new).collect();
/// }).unwrap();
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let table = assess::departments(&score::coverage(&walks));
/// let rows: Vec<_> = table.iter().map(|row| format!("{} {} {}", row.name, row.undone, row.share)).collect();
/// assert_eq!(rows, ["tax 2000000 33.3 %", "police 0 100.0 %"]);
/// ```
#[must_use]
pub fn departments(coverage: &Coverage) -> Vec<Department> {
    of(coverage, &needs(coverage).total())
}

/// The departments that answer for an asked item, those with most undone first.
pub(super) fn of(coverage: &Coverage, total: &NeedSums) -> Vec<Department> {
    let catalogue = coverage.study().catalogue();
    let mut items: BTreeMap<&str, Vec<ItemId>> = BTreeMap::new();
    for &item in coverage.items() {
        for name in departments_of(&catalogue[item]) {
            items.entry(name).or_default().push(item);
        }
    }
    // Once for all: an item of several departments counts with each.
    let asked = coverage.asked_by_class();
    let mut rows: Vec<Department> = Vec::with_capacity(items.len());
    for (name, items) in items {
        let sums = DepartmentSums::of(catalogue, &asked, total, &items);
        rows.push(department(catalogue, name, items, &sums));
    }
    // Names are unique here, so the order is certain.
    rows.sort_by(|a, b| b.undone.cmp(&a.undone).then_with(|| a.name.cmp(&b.name)));
    rows
}

/// The departments that answer for an item, each once.
fn departments_of(item: &Item) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = item.departments.iter().map(String::as_str).collect();
    // Items that name no department share the empty name: they are nobody's, and shown.
    if names.is_empty() {
        names.insert("");
    }
    names
}

/// What these items save, as far as they state before and now.
pub(crate) fn saved(catalogue: &Catalogue, items: &[ItemId], saving: Saving) -> Option<f64> {
    let stated = items
        .iter()
        .filter_map(|&item| catalogue[item].saved(saving));
    stated.reduce(|all, more| all + more)
}

fn department(
    catalogue: &Catalogue,
    name: &str,
    items: Vec<ItemId>,
    sums: &DepartmentSums,
) -> Department {
    // What is not undone is done; nothing is counted twice.
    let done = sums.asked - sums.undone;
    let weight_done = sums.weight_asked - sums.weight_undone;
    Department {
        name: name.to_owned(),
        asked: sums.asked,
        done,
        undone: sums.undone,
        weight_asked: sums.weight_asked,
        weight_done,
        share: Share::of(done, sums.asked),
        score: Share::of(weight_done, sums.weight_asked),
        worst: sums.worst,
        steps_saved: saved(catalogue, &items, Saving::Steps),
        papers_saved: saved(catalogue, &items, Saving::Papers),
        days_saved: saved(catalogue, &items, Saving::Days),
        tasks: Tasks::default(),
        mark: None,
        items,
    }
}

/// What is asked of a department and undone: person-items, and the same by weight.
#[derive(Default)]
struct DepartmentSums {
    asked: u128,
    undone: u128,
    weight_asked: u128,
    weight_undone: u128,
    /// The item that is undone for the most people so far, and these.
    worst: Option<(ItemId, People)>,
}

impl DepartmentSums {
    fn of(
        catalogue: &Catalogue,
        asked_by_class: &[People],
        total: &NeedSums,
        items: &[ItemId],
    ) -> Self {
        let mut sums = Self::default();
        for &item in items {
            let people = u128::from(asked_by_class[catalogue.class(item)].millionths());
            let left_out = total.undone(catalogue.class(item)).people;
            let undone = u128::from(left_out.millionths());
            let weight = u128::from(catalogue[item].weight);
            sums.asked += people;
            sums.undone += undone;
            sums.weight_asked += people * weight;
            sums.weight_undone += undone * weight;
            // Items come in the order of their ids, and only more people replace the worst.
            let most = sums.worst.map_or(People::ZERO, |(_, most)| most);
            if left_out > most {
                sums.worst = Some((item, left_out));
            }
        }
        sums
    }
}
