//! Sums over the tree of units, and loops over cells.

use rayon::prelude::*;

use crate::ids::{CellId, UnitId};
use crate::model::{Study, Units};

/// One sum of all cells, one of each unit with all within it, and one of the cells without a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct TreeSums<T> {
    /// All cells.
    pub total: T,
    units: Vec<T>,
    unassigned: T,
}

impl<T: Clone> TreeSums<T> {
    /// Sums of nothing.
    pub(super) fn new(units: &Units, nothing: T) -> Self {
        Self {
            total: nothing.clone(),
            units: vec![nothing.clone(); units.len()],
            unassigned: nothing,
        }
    }

    /// Changes every sum that something of this unit is part of: the total, and the unit with all
    /// above it. O(depth of the unit).
    pub(super) fn change(&mut self, units: &Units, unit: Option<UnitId>, change: impl Fn(&mut T)) {
        change(&mut self.total);
        let Some(unit) = unit else {
            change(&mut self.unassigned);
            return;
        };
        for above in units.upward(unit) {
            change(&mut self.units[above.index()]);
        }
    }

    /// The sum of a unit, or of the cells without one.
    pub(super) fn of(&self, unit: Option<UnitId>) -> &T {
        match unit {
            Some(unit) => &self.units[unit.index()],
            None => &self.unassigned,
        }
    }
}

/// The cells of a study, to be looked at in parallel. Collected, they are in order again.
pub(super) fn par_cells(study: &Study) -> impl IndexedParallelIterator<Item = CellId> {
    (0..study.cells().len()).into_par_iter().map(CellId::new)
}
