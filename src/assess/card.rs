//! The score cards of units, and their rank among their siblings.
//!
//! Units are ranked with those that lie in the same unit: townships with townships, villages with
//! the villages of their township. The higher share comes first, then the higher score. Equals share
//! a rank and the next counts on: 1, 2, 2, 4. A unit without people has no rank.
//!
//! Worked example: of the townships `a` covers 90 %, `b` and `c` 80 % each with a score of 85 %, `d`
//! 50 %. The ranks are 1, 2, 2, 4: `a` is first (praised), `d` last (reported).

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::gather::{Class, Gathered, Sums, classes};
use super::lacking::{LackingList, list};
use super::rank::{compare, ranks};
use crate::ids::{ItemId, UnitId};
use crate::score::{Coverage, Tally, UnitRow, VerdictKind};
use crate::units::{People, Share};

/// The score card of a unit, all within it included.
#[doc(alias = "成绩单")]
#[derive(Debug, Clone, PartialEq)]
pub struct Card<'a> {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How deep it lies in the tree; 0 at the top.
    pub depth: usize,
    /// The unit it lies in; none at the top.
    pub parent: Option<UnitId>,
    /// Its rank among the units of the same parent that have people, from 1; none without people,
    /// and for the cells without a unit.
    pub rank: Option<usize>,
    /// How many units share that ranking.
    pub ranked: usize,
    /// No other is ahead of it, and some other is behind it.
    pub first: bool,
    /// No other is behind it, and some other is ahead of it.
    pub last: bool,
    /// Its people.
    pub people: People,
    /// Those who are covered.
    pub covered: People,
    /// Those who are not.
    pub left_out: People,
    /// The share of its people who are covered.
    pub share: Share,
    /// The share of asked items, by weight, that its people get done.
    pub score: Share,
    /// Person-items undone: Σ people × items, in millionths of people.
    pub undone: u128,
    /// Σ people × weight of the items undone, in millionths of both.
    pub weight_undone: u128,
    /// The commonest reason, by people, why people are not covered; none when all are.
    pub reason: Option<VerdictKind>,
    /// The sites that belong to the unit itself and exist on the target's day.
    pub sites: usize,
    /// The sites that belong to it or to a unit within it and exist on the target's day.
    pub sites_within: usize,
    /// The item that is undone for the most of its people, the first of equal ones by id, and these
    /// people; none when everything is done.
    pub worst: Option<(ItemId, People)>,
    /// What is lacking.
    pub lacking: LackingList,
}

/// One card a unit, in the order of the tree (each before its sub-units, siblings by id), then the
/// cells without a unit, if there are any.
///
/// O(cells × classes of items × sites within the budget), in parallel, and O(units × classes).
///
/// ```
/// use walkshed::{assess, draw, model::{Cells, Study, UnitRow, Units}, score, search, snap};
/// // a and b are covered and share the first rank, c is not.
/// let study = draw::town("A-a-s-b---------------c-B", 100.0, "s");
/// let study = study.with(|parts| {
///     let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
///     parts.units = Units::new(["a", "b", "c"].map(row).to_vec()).unwrap();
///     let mut cells = parts.cells.as_slice().to_vec();
///     cells.iter_mut().for_each(|cell| cell.unit = parts.units.find(&cell.id));
///     parts.cells = Cells::new(cells);
/// }).unwrap();
/// let links = snap::link(&study);
/// let times = search::travel_times(&study, &links, study.target().search);
/// let cards = assess::cards(&score::coverage(&study, &times, study.target()));
/// assert_eq!(cards.iter().map(|card| card.rank).collect::<Vec<_>>(), [Some(1), Some(1), Some(3)]);
/// ```
#[must_use]
pub fn cards<'a>(coverage: &Coverage<'a>) -> Vec<Card<'a>> {
    of(coverage, &Gathered::of(coverage))
}

pub(super) fn of<'a>(coverage: &Coverage<'a>, gathered: &Gathered) -> Vec<Card<'a>> {
    let classes = classes(coverage.study(), coverage.items());
    let rows = coverage.by_unit();
    let placings = placings(&rows, coverage);
    let sites = sites(coverage);
    let card = |row: &UnitRow<'a>| {
        let [own, within] = row
            .unit
            .map_or(sites[sites.len() - 1], |unit| sites[unit.index()]);
        let card = card(row, gathered.unit(row.unit), &classes);
        let card = Card {
            sites: own,
            sites_within: within,
            parent: parent(coverage, row),
            ..card
        };
        let Some(placing) = row.unit.and_then(|unit| placings.get(&unit)) else {
            return card;
        };
        let (ahead, behind) = (placing.rank > 1, placing.behind > 0);
        let (rank, first, last) = (Some(placing.rank), !ahead && behind, ahead && !behind);
        Card {
            rank,
            ranked: placing.ranked,
            first,
            last,
            ..card
        }
    };
    rows.iter().map(card).collect()
}

fn card<'a>(row: &UnitRow<'a>, sums: &Sums, classes: &[Class]) -> Card<'a> {
    let [mut undone, mut weight_undone] = [0_u128; 2];
    for (class, count) in classes.iter().zip(&sums.undone) {
        let people = u128::from(count.people.millionths());
        undone += people * class.items.len() as u128;
        weight_undone += people * u128::from(class.weight);
    }
    Card {
        unit: row.unit,
        id: row.id,
        name: row.name,
        depth: row.depth,
        parent: None,
        rank: None,
        ranked: 0,
        first: false,
        last: false,
        people: row.tally.people(),
        covered: row.tally.covered(),
        left_out: row.left_out,
        share: row.share,
        score: row.tally.score(),
        undone,
        weight_undone,
        reason: row.tally.commonest_reason(),
        sites: 0,
        sites_within: 0,
        worst: worst(sums, classes),
        lacking: list(sums, classes),
    }
}

fn worst(sums: &Sums, classes: &[Class]) -> Option<(ItemId, People)> {
    let undone = classes
        .iter()
        .zip(&sums.undone)
        .filter(|(_, count)| count.people > People::ZERO);
    let first =
        undone.filter_map(|(class, count)| class.items.first().map(|&item| (item, count.people)));
    first.max_by_key(|&(item, people)| (people, std::cmp::Reverse(item)))
}

fn parent(coverage: &Coverage<'_>, row: &UnitRow<'_>) -> Option<UnitId> {
    coverage.study().units()[row.unit?].parent
}

/// For each unit, and last for no unit: its own sites, and those within it.
fn sites(coverage: &Coverage<'_>) -> Vec<[usize; 2]> {
    let units = coverage.study().units();
    let mut counts = vec![[0; 2]; units.len() + 1];
    for (_, site) in coverage
        .study()
        .sites()
        .iter()
        .filter(|&(id, _)| coverage.exists(id))
    {
        counts[site.unit.map_or(units.len(), UnitId::index)][0] += 1;
        match site.unit {
            Some(unit) => units
                .upward(unit)
                .for_each(|above| counts[above.index()][1] += 1),
            None => counts[units.len()][1] += 1,
        }
    }
    counts
}

/// Where a unit stands among its siblings.
struct Placing {
    rank: usize,
    ranked: usize,
    /// How many are behind it.
    behind: usize,
}

fn placings(rows: &[UnitRow<'_>], coverage: &Coverage<'_>) -> BTreeMap<UnitId, Placing> {
    let mut siblings: BTreeMap<Option<UnitId>, Vec<(UnitId, &Tally)>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.tally.people() > People::ZERO) {
        if let Some(unit) = row.unit {
            siblings
                .entry(parent(coverage, row))
                .or_default()
                .push((unit, &row.tally));
        }
    }
    let mut placings = BTreeMap::new();
    for mut list in siblings.into_values() {
        list.sort_by(|(a, first), (b, second)| better(first, second).then(a.cmp(b)));
        let ranks = ranks(&list, |(_, a), (_, b)| better(a, b) == Ordering::Equal);
        for (&(unit, _), &rank) in list.iter().zip(&ranks) {
            let behind = ranks.iter().filter(|&&other| other > rank).count();
            placings.insert(
                unit,
                Placing {
                    rank,
                    ranked: list.len(),
                    behind,
                },
            );
        }
    }
    placings
}

/// The greater share first, then the greater score, each compared exactly.
fn better(first: &Tally, second: &Tally) -> Ordering {
    let share = |tally: &Tally| {
        (
            tally.covered().millionths().into(),
            tally.people().millionths().into(),
        )
    };
    let score = |tally: &Tally| (tally.done(), tally.asked());
    compare(share(second), share(first)).then_with(|| compare(score(second), score(first)))
}
