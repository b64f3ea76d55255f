//! Sums over the cells that are not covered, by unit.

use rayon::prelude::*;

use crate::ids::{CellId, UnitId};
use crate::score::Coverage;
use crate::units::People;

/// Cells looked at in one task.
const CHUNK: usize = 2048;

/// A sum over cells, to which that of other cells can be added.
pub(super) trait ByUnit: Clone + Default + Send {
    fn add_all(&mut self, other: &Self);
}

/// The sums of each unit with all within it, and of the cells without a unit.
#[derive(Debug, Clone)]
pub(super) struct Units<T> {
    each: Vec<T>,
    unassigned: T,
    tops: Vec<UnitId>,
}

impl<T: ByUnit> Units<T> {
    /// The sums of a unit, or of the cells without one.
    pub(super) fn unit(&self, unit: Option<UnitId>) -> &T {
        match unit {
            Some(unit) => &self.each[unit.index()],
            None => &self.unassigned,
        }
    }

    /// The sums of several units, none of which lies in another.
    pub(super) fn together(&self, units: impl IntoIterator<Item = Option<UnitId>>) -> T {
        let mut sums = T::default();
        for unit in units {
            sums.add_all(self.unit(unit));
        }
        sums
    }

    /// The sums of all cells.
    pub(super) fn total(&self) -> T {
        // The topmost units hold all others, so nothing is counted twice.
        let tops = self.tops.iter().copied().map(Some);
        self.together(tops.chain([None]))
    }
}

/// Sums up the cells that have people and are not covered, in parallel and by unit; `over` sums up some
/// of them. All sums are of integers: neither threads nor the order of rows change them.
pub(super) fn sum_by_unit<T: ByUnit>(
    coverage: &Coverage,
    over: impl Fn(&[CellId]) -> T + Sync,
) -> Units<T> {
    let by_unit = undone_by_unit(coverage);
    // Cells of a unit are near each other, and so mostly come to the same: chunks keep units
    // apart.
    let mut chunks: Vec<(Option<UnitId>, &[CellId])> = Vec::new();
    for (unit, cells) in &by_unit {
        chunks.extend(cells.chunks(CHUNK).map(|part| (*unit, part)));
    }
    let parts: Vec<(Option<UnitId>, T)> = chunks
        .into_par_iter()
        .map(|(unit, cells)| (unit, over(cells)))
        .collect();
    let units = coverage.study().units();
    let tops = units.iter().filter(|(_, unit)| unit.parent.is_none());
    let mut sums = Units {
        each: vec![T::default(); units.len()],
        unassigned: T::default(),
        tops: tops.map(|(id, _)| id).collect(),
    };
    for (unit, part) in parts {
        let Some(unit) = unit else {
            sums.unassigned.add_all(&part);
            continue;
        };
        // Chunks are few beside cells, so going up the tree for each costs little.
        for above in units.upward(unit) {
            sums.each[above.index()].add_all(&part);
        }
    }
    sums
}

/// The cells that have people and are not covered, by their own unit; those without one last.
fn undone_by_unit(coverage: &Coverage) -> Vec<(Option<UnitId>, Vec<CellId>)> {
    let study = coverage.study();
    // A place for each unit, and one for the cells without.
    let units = study.units().iter().map(|(unit, _)| Some(unit));
    let mut by_unit: Vec<(Option<UnitId>, Vec<CellId>)> =
        units.chain([None]).map(|unit| (unit, Vec::new())).collect();
    let without_unit = study.units().len();
    for (id, _) in study.cells().iter() {
        if is_undone(coverage, id) {
            let place = unit_of(coverage, id).map_or(without_unit, UnitId::index);
            by_unit[place].1.push(id);
        }
    }
    by_unit
}

/// Whether a cell has people for whom an asked item is not done.
pub(super) fn is_undone(coverage: &Coverage, cell: CellId) -> bool {
    let result = coverage.cell(cell);
    result.items_done < result.items_asked && coverage.people(cell) > People::ZERO
}

/// The unit of a cell.
pub(super) fn unit_of(coverage: &Coverage, cell: CellId) -> Option<UnitId> {
    coverage.study().cells()[cell].unit
}
