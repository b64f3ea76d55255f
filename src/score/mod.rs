//! What travel times mean for people: one verdict a cell and item, and their sums over units.

mod denominators;
mod edges;
mod indicator;
mod tally;
mod verdict;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::ids::{CellId, ItemId, SiteId, UnitId};
use crate::model::{Study, Target};
use crate::search::{Reach, TravelTimes};
use crate::snap::Snap;
use crate::units::{People, Share, TravelTime};

pub use denominators::{Denominator, denominators};
pub use edges::{Bounds, Edges, UnitBounds, edges};
pub use indicator::{IndicatorResult, Member, indicator};
pub use tally::Tally;
pub use verdict::{Verdict, VerdictKind};

/// What one cell comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellResult {
    /// Covered when every asked item is, else the gravest verdict on any of them.
    pub verdict: VerdictKind,
    /// How many asked items are done within the limit.
    pub items_done: u32,
    /// Their weight.
    pub weight_done: u64,
}

/// The coverage of a study: one verdict a cell and item, summed up by unit.
///
/// Cells in = verdicts out: nothing is dropped, nothing is a made-up number.
#[derive(Debug, Clone)]
pub struct Coverage<'a> {
    study: &'a Study,
    times: &'a TravelTimes<'a>,
    target: Target,
    asked: Vec<Asked>,
    weight_asked: u64,
    cells: Vec<CellResult>,
    total: Tally,
    units: Vec<Tally>,
    unassigned: Tally,
}

/// Asked items that the same sites handle.
#[derive(Debug, Clone)]
struct Asked {
    handler_set: usize,
    items: u32,
    weight: u64,
}

/// One row of a table of units.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitRow<'a> {
    /// The unit; none for the cells that belong to no unit.
    pub unit: Option<UnitId>,
    /// Its written id; empty for the cells that belong to no unit.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
    /// How deep it lies in the tree; 0 at the top.
    pub depth: usize,
    /// The share of its people who are covered.
    pub share: Share,
    /// Its people who are not covered.
    pub left_out: People,
    /// All its sums, sub-units included.
    pub tally: Tally,
}

/// Judges every cell of a study against a target.
///
/// An item counts as done when a site that handles it is within the limit, inclusive. O(cells ×
/// distinct handler sets × sites within the budget), in parallel over the cells.
///
/// # Panics
/// When the target names an item that the study does not have, or the times are of another study.
#[must_use]
pub fn coverage<'a>(study: &'a Study, times: &'a TravelTimes<'a>, target: &Target) -> Coverage<'a> {
    let asked = asked(study, target);
    let mut coverage = Coverage {
        study,
        times,
        target: target.clone(),
        weight_asked: asked.iter().map(|set| set.weight).sum(),
        asked,
        cells: Vec::new(),
        total: Tally::default(),
        units: vec![Tally::default(); study.units().len()],
        unassigned: Tally::default(),
    };
    let cells = 0..study.cells().len();
    coverage.cells = cells.into_par_iter().map(|cell| coverage.judge(CellId::new(cell))).collect();
    coverage.sum_up();
    coverage
}

fn asked(study: &Study, target: &Target) -> Vec<Asked> {
    let catalogue = study.catalogue();
    let mut sets: Vec<Asked> =
        (0..catalogue.handler_sets().len()).map(|handler_set| Asked { handler_set, items: 0, weight: 0 }).collect();
    for &item in &target.items {
        let set = &mut sets[catalogue.handler_set(item)];
        set.items += 1;
        set.weight += catalogue[item].weight;
    }
    sets.retain(|set| set.items > 0);
    sets
}

impl<'a> Coverage<'a> {
    fn judge(&self, cell: CellId) -> CellResult {
        let mut result = CellResult { verdict: VerdictKind::Covered, items_done: 0, weight_done: 0 };
        for set in &self.asked {
            let kind = self.verdict_on_set(cell, set.handler_set).kind();
            result.verdict = result.verdict.max(kind);
            if kind == VerdictKind::Covered {
                result.items_done += set.items;
                result.weight_done += set.weight;
            }
        }
        result
    }

    fn verdict_on_set(&self, cell: CellId, set: usize) -> Verdict {
        match self.times.links().cell(cell) {
            None => Verdict::Unknown,
            Some(Snap::Stranded { nearest }) => Verdict::Stranded { nearest },
            Some(Snap::Snapped { .. }) => {
                let handlers = &self.study.catalogue().handler_sets()[set];
                Verdict::on(self.times.of(cell), handlers, self.target.limit)
            }
        }
    }

    fn sum_up(&mut self) {
        for (&result, (_, cell)) in self.cells.iter().zip(self.study.cells().iter()) {
            let add = |tally: &mut Tally| {
                tally.add(result.verdict, cell.people, result.weight_done, self.weight_asked);
            };
            add(&mut self.total);
            match cell.unit {
                Some(unit) => self.study.units().upward(unit).for_each(|unit| add(&mut self.units[unit.index()])),
                None => add(&mut self.unassigned),
            }
        }
    }

    /// The study judged.
    #[must_use]
    pub const fn study(&self) -> &'a Study {
        self.study
    }

    /// The travel times it rests on.
    #[must_use]
    pub const fn times(&self) -> &'a TravelTimes<'a> {
        self.times
    }

    /// The target it was judged against.
    #[must_use]
    pub const fn target(&self) -> &Target {
        &self.target
    }

    /// The share of all people who are covered.
    #[must_use]
    pub fn share(&self) -> Share {
        self.total.share()
    }

    /// The sums over all cells.
    #[must_use]
    pub const fn total(&self) -> &Tally {
        &self.total
    }

    /// What a cell comes to.
    #[must_use]
    pub fn cell(&self, cell: CellId) -> CellResult {
        self.cells[cell.index()]
    }

    /// The share of the asked items, by weight, that a cell gets done within the limit; none for
    /// unknown cells.
    #[must_use]
    pub fn score(&self, cell: CellId) -> Option<f64> {
        let result = self.cell(cell);
        let score = Share::of(result.weight_done.into(), self.weight_asked.into()).value();
        score.filter(|_| result.verdict != VerdictKind::Unknown)
    }

    /// The verdict on one cell and one item, asked for or not. O(sites within the budget).
    #[must_use]
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        self.verdict_on_set(cell, self.study.catalogue().handler_set(item))
    }

    /// The nearest site of any kind.
    #[must_use]
    pub fn nearest(&self, cell: CellId) -> Option<Reach> {
        self.times.nearest(cell)
    }

    /// The units in the order of the tree (each before its sub-units, siblings by id), then the
    /// cells without a unit, if there are any. Sums include sub-units.
    #[must_use]
    pub fn by_unit(&self) -> Vec<UnitRow<'_>> {
        let mut within: BTreeMap<Option<UnitId>, Vec<UnitId>> = BTreeMap::new();
        for (id, unit) in self.study.units().iter() {
            within.entry(unit.parent).or_default().push(id);
        }
        let mut rows = Vec::new();
        self.push_units(None, 0, &within, &mut rows);
        if self.unassigned.cells() > 0 {
            rows.push(unit_row(None, "", "(no unit)", 0, self.unassigned));
        }
        rows
    }

    fn push_units<'s>(
        &'s self,
        parent: Option<UnitId>,
        depth: usize,
        within: &BTreeMap<Option<UnitId>, Vec<UnitId>>,
        rows: &mut Vec<UnitRow<'s>>,
    ) {
        for &id in within.get(&parent).into_iter().flatten() {
            let unit = &self.study.units()[id];
            rows.push(unit_row(Some(id), &unit.id, &unit.name, depth, self.units[id.index()]));
            self.push_units(Some(id), depth + 1, within, rows);
        }
    }

    /// For each asked item, the people who get it done within the limit. O(cells × handler sets).
    #[must_use]
    pub fn by_item(&self) -> Vec<(ItemId, People)> {
        let mut people = vec![People::ZERO; self.study.catalogue().handler_sets().len()];
        for (id, cell) in self.study.cells().iter() {
            for set in &self.asked {
                if self.verdict_on_set(id, set.handler_set).kind() == VerdictKind::Covered {
                    people[set.handler_set] += cell.people;
                }
            }
        }
        let of = |&item: &ItemId| (item, people[self.study.catalogue().handler_set(item)]);
        self.target.items.iter().map(of).collect()
    }

    /// For each site, in order: cells and people within the limit, and those whose nearest it is.
    #[must_use]
    pub fn by_site(&self) -> Vec<Served> {
        let mut served = vec![Served::default(); self.study.sites().len()];
        for (id, cell) in self.study.cells().iter() {
            for (place, reach) in self.times.of(id).iter().enumerate() {
                if reach.time > self.target.limit {
                    break;
                }
                served[reach.site.index()].take_in(cell.people, place == 0);
            }
        }
        served
    }

    /// The walk that a site and a cell lie apart; none beyond the budget.
    #[must_use]
    pub fn walk(&self, cell: CellId, site: SiteId) -> Option<TravelTime> {
        self.times.of(cell).iter().find(|reach| reach.site == site).map(|reach| reach.time)
    }
}

fn unit_row<'a>(unit: Option<UnitId>, id: &'a str, name: &'a str, depth: usize, tally: Tally) -> UnitRow<'a> {
    UnitRow { unit, id, name, depth, share: tally.share(), left_out: tally.people() - tally.covered(), tally }
}

/// Whom a site serves within the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Served {
    /// Cells within the limit.
    pub cells: u64,
    /// People within the limit.
    pub people: People,
    /// Cells within the limit to which it is the nearest site.
    pub cells_nearest: u64,
    /// People within the limit to whom it is the nearest site.
    pub people_nearest: People,
}

impl Served {
    fn take_in(&mut self, people: People, nearest: bool) {
        self.cells += 1;
        self.people += people;
        if nearest {
            self.cells_nearest += 1;
            self.people_nearest += people;
        }
    }
}
