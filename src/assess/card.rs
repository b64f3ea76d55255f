//! The score cards of units, and their rank among their siblings.
//!
//! Units are ranked with those that lie in the same unit: townships with townships, villages with
//! the villages of their township. The higher share comes first, then the higher score. Equals share
//! a rank and the next counts on: 1, 2, 2, 4. A unit without people has no rank.
//!
//! Worked example: of the townships `a` covers 90 %, `b` and `c` 80 % each with a score of 85 %, `d`
//! 50 %. The ranks are 1, 2, 2, 4: `a` is first (praised), `d` last (reported).

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::advice::Advice;
use super::classes::{Class, classes};
use super::lacking::LackingList;
use super::mark::Mark;
use super::needs::NeedSums;
use super::rank::{compare, ranks};
use super::tasks::Tasks;
use crate::ids::{ItemId, UnitId};
use crate::model::Study;
use crate::score::{Coverage, Tally, UnitSums, VerdictKind};
use crate::units::{People, Share};

/// The score card of a unit, all within it included.
///
/// ```
/// use walkshed::{Silent, assess, draw, People, score::{self, VerdictKind}, search};
/// let study = draw::town("A-a--s------------b-B", 100.0, "s");
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let all = &assess::cards(&score::coverage(&walks))[0];
/// assert_eq!((all.covered, all.left_out), (People::whole(1), People::whole(2)));
/// assert_eq!((all.reason, all.rank), (Some(VerdictKind::TooFar), None));
/// ```
#[doc(alias = "成绩单")]
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: String,
    /// Its name.
    pub name: String,
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
    /// The tasks of the plan that it is asked; filled in by [`assess`](super::assess).
    pub tasks: Tasks,
    /// Its mark; none when the study states no rule for it, or it has no part of it.
    pub mark: Option<Mark>,
}

/// One card a unit, in the order of the tree (each before its sub-units, siblings by id), then the
/// cells without a unit, if there are any.
///
/// O(cells × classes of items × sites within the budget), in parallel, O(units × classes), and a search
/// from one place for each unit that needs a site.
///
/// ```
/// use walkshed::{Silent, assess, draw, model::{Cells, UnitRow, Units}, score, search};
/// // a and b are covered and share the first rank, c is not.
/// let study = draw::town("A-a-s-b---------------c-B", 100.0, "s");
/// let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
/// let study = study.with(|parts| {
///     parts.units = Units::new(["a", "b", "c"].map(row).to_vec()).unwrap();
///     let mut cells = parts.cells.as_slice().to_vec();
///     cells.iter_mut().for_each(|cell| cell.unit = parts.units.find(&cell.id));
///     parts.cells = Cells::new(cells);
/// }).unwrap();
/// let walks = search::walks(&study, study.target().search, &Silent);
/// let cards = assess::cards(&score::coverage(&walks));
/// assert_eq!(cards.iter().map(|card| card.rank).collect::<Vec<_>>(), [Some(1), Some(1), Some(3)]);
/// ```
#[must_use]
pub fn cards(coverage: &Coverage) -> Vec<Card> {
    of(coverage, &Advice::of(coverage, &[]))
}

/// The cards of all units, in the order of their tree. O(units · (classes + needs)) and O(sites ·
/// depth).
pub(super) fn of(coverage: &Coverage, advice: &Advice<'_>) -> Vec<Card> {
    let study = coverage.study();
    let classes = classes(study, coverage.items());
    let rows = coverage.by_unit();
    let placings = placings(study, &rows);
    let sites = sites_by_unit(coverage);
    let mut cards = Vec::with_capacity(rows.len());
    for row in &rows {
        let mut card = Card::of(row, advice.needs.unit(row.unit), &classes);
        card.lacking = advice.list(row.unit, &classes);
        // What the tree and the sites tell is filled in here, since the sums do not know
        // it.
        card.parent = parent(study, row);
        let counted = sites[place(study, row.unit)];
        card.sites = counted.own;
        card.sites_within = counted.within;
        if let Some(placing) = row.unit.and_then(|unit| placings.get(&unit)) {
            card.set_placing(placing);
        }
        cards.push(card);
    }
    cards
}

impl Card {
    /// What the sums of a unit tell: all but its sites, its parent and its rank.
    fn of(row: &UnitSums<'_>, sums: &NeedSums, classes: &[Class]) -> Self {
        let undone = Undone::of(sums, classes);
        Self {
            unit: row.unit,
            id: row.id.to_owned(),
            name: row.name.to_owned(),
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
            undone: undone.person_items,
            weight_undone: undone.weight,
            reason: row.tally.commonest_reason(),
            sites: 0,
            sites_within: 0,
            worst: worst(sums, classes),
            lacking: LackingList::default(),
            tasks: Tasks::default(),
            mark: None,
        }
    }

    fn set_placing(&mut self, placing: &Placing) {
        self.rank = Some(placing.rank);
        self.ranked = placing.ranked;
        // Where all are equal none is first and none is last.
        let any_ahead = placing.rank > 1;
        let any_behind = placing.behind > 0;
        self.first = !any_ahead && any_behind;
        self.last = any_ahead && !any_behind;
    }
}

/// How much is undone.
#[derive(Default)]
struct Undone {
    /// Σ people × items, in millionths of people.
    person_items: u128,
    /// Σ people × weight, in millionths of both.
    weight: u128,
}

impl Undone {
    fn of(sums: &NeedSums, classes: &[Class]) -> Self {
        let mut undone = Self::default();
        for (place, class) in classes.iter().enumerate() {
            let people = u128::from(sums.undone(place).people.millionths());
            undone.person_items += people * class.items.len() as u128;
            undone.weight += people * u128::from(class.weight);
        }
        undone
    }
}

/// The item that is undone for the most people; the first of equal ones.
fn worst(sums: &NeedSums, classes: &[Class]) -> Option<(ItemId, People)> {
    let mut undone: Vec<(ItemId, People)> = Vec::new();
    for (place, class) in classes.iter().enumerate() {
        // Items of a class are undone for the same people, so its first item stands for
        // all.
        if let Some(&item) = class.items.first() {
            undone.push((item, sums.undone(place).people));
        }
    }
    undone
        .into_iter()
        .filter(|&(_, people)| people > People::ZERO)
        .max_by_key(|&(item, people)| (people, Reverse(item)))
}

fn parent(study: &Study, row: &UnitSums<'_>) -> Option<UnitId> {
    study.units()[row.unit?].parent
}

/// Where a unit's counts are kept; those of no unit come last.
fn place(study: &Study, unit: Option<UnitId>) -> usize {
    unit.map_or(study.units().len(), UnitId::index)
}

/// The sites of a unit.
#[derive(Debug, Clone, Copy, Default)]
struct SiteCounts {
    /// Those that belong to it itself.
    own: usize,
    /// Those that belong to it or to a unit within it.
    within: usize,
}

/// For each unit, and last for no unit, the sites that exist on the day. O(sites × depth of units).
fn sites_by_unit(coverage: &Coverage) -> Vec<SiteCounts> {
    let study = coverage.study();
    let mut counts = vec![SiteCounts::default(); study.units().len() + 1];
    for (id, site) in study.sites().iter() {
        // A site that opens later, or has closed, is no site of the day.
        if !coverage.exists(id) {
            continue;
        }
        let own = place(study, site.unit);
        counts[own].own += 1;
        // A site without a unit lies within none, and is both counts of the last row.
        let Some(unit) = site.unit else {
            counts[own].within += 1;
            continue;
        };
        for above in study.units().upward(unit) {
            counts[above.index()].within += 1;
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

/// The placings of the units that have people.
fn placings(study: &Study, rows: &[UnitSums<'_>]) -> BTreeMap<UnitId, Placing> {
    let mut siblings: BTreeMap<Option<UnitId>, Vec<Ranked<'_>>> = BTreeMap::new();
    for row in rows {
        let Some(unit) = row.unit else { continue };
        if row.tally.people() > People::ZERO {
            // Units are ranked with their siblings alone: a township is not compared with
            // a village.
            let same_parent = siblings.entry(parent(study, row)).or_default();
            same_parent.push(Ranked {
                unit,
                tally: &row.tally,
            });
        }
    }
    siblings.into_values().flat_map(place_siblings).collect()
}

/// A unit that takes part in a ranking.
struct Ranked<'r> {
    unit: UnitId,
    tally: &'r Tally,
}

/// The placings of units that lie in the same unit. O(siblings²).
fn place_siblings(mut siblings: Vec<Ranked<'_>>) -> Vec<(UnitId, Placing)> {
    // Equals keep the order of their ids, which shows nowhere but makes the order certain.
    siblings.sort_by(|a, b| best_first(a.tally, b.tally).then(a.unit.cmp(&b.unit)));
    let ranks = ranks(&siblings, |a, b| {
        best_first(a.tally, b.tally) == Ordering::Equal
    });
    let mut placings = Vec::with_capacity(siblings.len());
    for (sibling, &rank) in siblings.iter().zip(&ranks) {
        let placing = Placing {
            rank,
            ranked: siblings.len(),
            behind: ranks.iter().filter(|&&other| other > rank).count(),
        };
        placings.push((sibling.unit, placing));
    }
    placings
}

/// The greater share first, then the greater score, each compared exactly.
fn best_first(first: &Tally, second: &Tally) -> Ordering {
    let by_share = compare(share(second), share(first));
    if by_share != Ordering::Equal {
        return by_share;
    }
    compare(score(second), score(first))
}

/// The share of people covered, as a fraction.
fn share(tally: &Tally) -> (u128, u128) {
    let covered = tally.covered().millionths();
    let people = tally.people().millionths();
    (covered.into(), people.into())
}

/// The score, as a fraction.
fn score(tally: &Tally) -> (u128, u128) {
    (tally.done(), tally.asked())
}
