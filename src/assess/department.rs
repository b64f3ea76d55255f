//! The league table of departments: how much of what each is responsible for is undone.
//!
//! An item is undone for a person wherever its verdict is not covered, whatever the reason: too far,
//! not offered, stranded or unknown. The sum over the departments is the sum over the coverage.
//!
//! Worked example: police has two items, tax one; 10 people live here. One police item is not done
//! for 4 of them, the tax item for 3. Police: 20 person-items asked, 4 undone, 80 % done. Tax: 10
//! asked, 3 undone, 70 % done. Police comes first in the table: it has the most undone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::gather::{Gathered, Sums};
use crate::ids::ItemId;
use crate::score::Coverage;
use crate::units::{People, Share};

/// What a department is responsible for, and how much of it is done.
#[doc(alias = "责任部门")]
#[derive(Debug, Clone, PartialEq)]
pub struct Department<'a> {
    /// Its name; empty for the items that name none.
    pub name: &'a str,
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
}

/// The departments of the asked items, the most person-items undone first, then by name.
///
/// The sums of `weight_asked` and `weight_done` over all departments are exactly
/// [`Tally::asked`](crate::score::Tally::asked) and [`Tally::done`](crate::score::Tally::done) of the
/// coverage's total. O(cells × classes of items × sites within the budget), in parallel.
///
/// ```
/// use walkshed::{assess, draw, ids::ItemId, model::{Catalogue, Item, Offer}, score, search, snap};
/// // The cells a and b hold 1 and 2 people; b reaches the far site t only, which does no tax item.
/// let study = draw::town("A-s-a-------------b-t-B", 100.0, "st");
/// let item = |id: &str, of: &str| Item { department: of.to_owned(), ..Item::plain(id) };
/// let [s, t] = ["s", "t"].map(|id| Offer::whole(study.sites().find(id).unwrap()));
/// let study = study.with(|parts| {
///     parts.catalogue = Catalogue::new(vec![(item("id-card", "police"), vec![s, t]), (item("vat", "tax"), vec![s])]);
///     parts.target.items = (0..2).map(ItemId::new).collect();
/// }).unwrap();
/// let links = snap::link(&study);
/// let times = search::travel_times(&study, &links, study.target().search);
/// let table = assess::departments(&score::coverage(&study, &times, study.target()));
/// let rows: Vec<_> = table.iter().map(|row| format!("{} {} {}", row.name, row.undone, row.share)).collect();
/// assert_eq!(rows, ["tax 2000000 33.3 %", "police 0 100.0 %"]);
/// ```
#[must_use]
pub fn departments<'a>(coverage: &Coverage<'a>) -> Vec<Department<'a>> {
    of(coverage, &Gathered::of(coverage).total())
}

pub(super) fn of<'a>(coverage: &Coverage<'a>, total: &Sums) -> Vec<Department<'a>> {
    let mut items: BTreeMap<&'a str, Vec<ItemId>> = BTreeMap::new();
    for &item in coverage.items() {
        items
            .entry(coverage.study().catalogue()[item].department.as_str())
            .or_default()
            .push(item);
    }
    let rows = items
        .into_iter()
        .map(|(name, items)| department(coverage, total, name, items));
    let mut rows: Vec<Department<'a>> = rows.collect();
    rows.sort_by_key(|row| (Reverse(row.undone), row.name));
    rows
}

fn department<'a>(
    coverage: &Coverage<'a>,
    total: &Sums,
    name: &'a str,
    items: Vec<ItemId>,
) -> Department<'a> {
    let catalogue = coverage.study().catalogue();
    let people = u128::from(coverage.total().people().millionths());
    let [mut asked, mut undone, mut weight_asked, mut weight_undone] = [0_u128; 4];
    let mut worst: Option<(ItemId, People)> = None;
    for &item in &items {
        let left = total.undone[catalogue.class(item)].people;
        let (millionths, weight) = (
            u128::from(left.millionths()),
            u128::from(catalogue[item].weight),
        );
        asked += people;
        undone += millionths;
        weight_asked += people * weight;
        weight_undone += millionths * weight;
        if left > worst.map_or(People::ZERO, |(_, most)| most) {
            worst = Some((item, left));
        }
    }
    let (done, weight_done) = (asked - undone, weight_asked - weight_undone);
    let (share, score) = (Share::of(done, asked), Share::of(weight_done, weight_asked));
    Department {
        name,
        items,
        asked,
        done,
        undone,
        weight_asked,
        weight_done,
        share,
        score,
        worst,
    }
}
