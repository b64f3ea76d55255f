//! Coverage by unit, by item and by site.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::coverage::Coverage;
use super::sums::Tally;
use super::tree_sums::par_cells;
use crate::ids::{CellId, ItemId, UnitId};
use crate::model::Units;
use crate::units::{People, Share};

/// What one unit comes to: one row of a table of units.
///
/// ```
/// use walkshed::model::{Cells, UnitRow, Units};
/// use walkshed::{Options, draw};
/// let town = draw::town("A-a-s----------------b-B", 100.0, "s");
/// let study = town.with(|parts| {
///     let row = |id: &str| UnitRow { id: id.to_owned(), name: String::new(), parent: None };
///     parts.units = Units::new(["a", "b"].map(row).into()).unwrap();
///     let mut cells = parts.cells.as_slice().to_vec();
///     cells.iter_mut().for_each(|cell| cell.unit = parts.units.find(&cell.id));
///     parts.cells = Cells::new(cells);
/// })?;
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let rows: Vec<_> = now.by_unit().iter().map(|row| format!("{}: {}", row.id, row.share)).collect();
/// assert_eq!(rows, ["a: 100.0 %", "b: 0.0 %"]);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct UnitSums<'a> {
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

/// Whom a site serves within the limit: its *cumulative opportunities*, seen from the site.
///
/// ```
/// use walkshed::{Options, People, draw};
/// let study = draw::town("A-s-a-----b-t-B", 100.0, "st");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let served = now.by_site();
/// // Both cells are within 15 minutes of either site, and each is nearest to one.
/// assert_eq!([served[0].cells, served[1].cells], [2, 2]);
/// assert_eq!([served[0].people_nearest, served[1].people_nearest], [1, 2].map(People::whole));
/// ```
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

impl Coverage {
    /// The units in the order of the tree (each before its sub-units, siblings by id), then the
    /// cells without a unit, if there are any. Sums include sub-units.
    #[must_use]
    pub fn by_unit(&self) -> Vec<UnitSums<'_>> {
        let units = self.study().units();
        let mut rows = Vec::with_capacity(units.len() + 1);
        for (depth, unit) in in_tree_order(units) {
            let about = &units[unit];
            rows.push(UnitSums {
                id: &about.id,
                name: &about.name,
                ..UnitSums::of(Some(unit), depth, *self.tally(Some(unit)))
            });
        }
        let without_unit = self.tally(None);
        // A row of nothing would only puzzle where every cell has a unit.
        if without_unit.cells() > 0 {
            rows.push(UnitSums {
                name: "(no unit)",
                ..UnitSums::of(None, 0, *without_unit)
            });
        }
        rows
    }

    /// For each asked item, the people who get it done within the limit. O(cells × classes of items),
    /// in parallel over the cells.
    #[must_use]
    pub fn by_item(&self) -> Vec<(ItemId, People)> {
        let catalogue = self.study().catalogue();
        let nobody = || vec![People::ZERO; catalogue.classes().len()];
        // Items of one class are done alike, so people are summed up by class and then
        // told by item.
        let done_by_class = par_cells(self.study())
            .fold(nobody, |mut done, cell| {
                for question in self.parties.all() {
                    let number = question.number(cell);
                    for class in question.classes_done(cell) {
                        done[class] += number;
                    }
                }
                done
            })
            .reduce(nobody, added);
        self.items()
            .iter()
            .map(|&item| (item, done_by_class[catalogue.class(item)]))
            .collect()
    }

    /// How many people are asked for each class of items, by its place in the catalogue's classes.
    /// O(cells) for each party.
    #[must_use]
    pub fn asked_by_class(&self) -> Vec<People> {
        let mut asked = vec![People::ZERO; self.study().catalogue().classes().len()];
        for question in self.parties.all() {
            let cells = self.study().cells().iter();
            // Once a party: which classes it asks for does not depend on the cell.
            let number: People = cells.map(|(cell, _)| question.number(cell)).sum();
            for (class, asked) in asked.iter_mut().enumerate() {
                if question.asks(class) {
                    *asked += number;
                }
            }
        }
        asked
    }

    /// For each site, in order: cells and people within the limit, and those whose nearest it is.
    /// A site that does not exist on the target's day has none. A cell counts when anybody there has
    /// the site within the limit.
    ///
    /// O(cells × sites within the limit) for each party.
    #[must_use]
    pub fn by_site(&self) -> Vec<Served> {
        let mut served = vec![Counting::default(); self.study().sites().len()];
        for (id, _) in self.study().cells().iter() {
            for question in self.parties.present(id) {
                let people = question.number(id);
                let mut nearest = true;
                for reach in question.judge(id).within() {
                    served[reach.site.index()].add(id, people, nearest);
                    // Sites come nearest first, so that only the first is the nearest.
                    nearest = false;
                }
            }
        }
        served.into_iter().map(|counting| counting.served).collect()
    }

    /// For each site the cells from which somebody gets there within the limit, in their order: its
    /// *catchment*, cell by cell. A cell of several parties is in it where one of them gets there.
    ///
    /// O(cells × sites within the limit) for each party.
    #[must_use]
    pub fn cells_by_site(&self) -> Vec<Vec<CellId>> {
        let mut reaching: Vec<Vec<CellId>> = vec![Vec::new(); self.study().sites().len()];
        for (id, _) in self.study().cells().iter() {
            for question in self.parties.present(id) {
                for reach in question.judge(id).within() {
                    let cells = &mut reaching[reach.site.index()];
                    // Cells come one after the other: this one was put in last, or not yet.
                    if cells.last() != Some(&id) {
                        cells.push(id);
                    }
                }
            }
        }
        reaching
    }
}

impl UnitSums<'_> {
    /// The sums of a unit without a name.
    fn of(unit: Option<UnitId>, depth: usize, tally: Tally) -> Self {
        Self {
            unit,
            id: "",
            name: "",
            depth,
            share: tally.share(),
            left_out: tally.people() - tally.covered(),
            tally,
        }
    }
}

/// Whom a site serves, while they are counted cell by cell.
#[derive(Debug, Clone, Copy, Default)]
struct Counting {
    served: Served,
    /// The last cell that was counted, so that several parties of it count as one cell.
    last: Option<CellId>,
    last_nearest: Option<CellId>,
}

impl Counting {
    /// Counts people of a cell; the cell itself once, however many parties of it come.
    fn add(&mut self, cell: CellId, people: People, nearest: bool) {
        self.served.people += people;
        if self.last.replace(cell) != Some(cell) {
            self.served.cells += 1;
        }
        if nearest {
            self.served.people_nearest += people;
            if self.last_nearest.replace(cell) != Some(cell) {
                self.served.cells_nearest += 1;
            }
        }
    }
}

/// The units, each before its sub-units and siblings by id, with their depths. O(units × log).
fn in_tree_order(units: &Units) -> Vec<(usize, UnitId)> {
    // Ids are in order, and so are the lists of sub-units.
    let mut within: BTreeMap<Option<UnitId>, Vec<UnitId>> = BTreeMap::new();
    for (id, unit) in units.iter() {
        within.entry(unit.parent).or_default().push(id);
    }
    let mut order = Vec::with_capacity(units.len());
    // What is still to be listed, the next at the end. It begins with the whole, which is no unit
    // and stands one above the topmost.
    let mut waiting: Vec<(usize, Option<UnitId>)> = vec![(0, None)];
    while let Some((level, unit)) = waiting.pop() {
        order.extend(unit.map(|unit| (level - 1, unit)));
        // The first of those within goes last on the pile, and so comes next.
        for &inner in within.get(&unit).into_iter().flatten().rev() {
            waiting.push((level + 1, Some(inner)));
        }
    }
    order
}

/// The sums of both, place by place.
fn added(mut sums: Vec<People>, others: Vec<People>) -> Vec<People> {
    for (sum, other) in sums.iter_mut().zip(others) {
        *sum += other;
    }
    sums
}
