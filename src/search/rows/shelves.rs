//! Where the rows of the sparse matrix lie: shelves of them, and an index by cell.

use std::sync::Arc;

use super::index::{Index, RowPlace};
use crate::ids::CellId;
use crate::search::reach::Reach;
use crate::search::sentinel::short;

/// A shelf that is added to row by row grows no larger than this.
const LARGEST: usize = 1 << 24;

/// The rows of a sparse matrix. Copies share the shelves.
#[derive(Debug, Clone, Default)]
pub(in crate::search) struct Rows {
    pub(super) shelves: Vec<Arc<Vec<Reach>>>,
    /// By cell.
    pub(super) index: Index,
}

impl Rows {
    /// The row of a cell.
    pub(in crate::search) fn of(&self, cell: CellId) -> &[Reach] {
        let RowPlace { shelf, start, len } = self.index.get(cell);
        // A cell that reaches nothing may have no shelf at all.
        self.shelves
            .get(shelf as usize)
            .map_or(&[], |shelf| &shelf[start as usize..][..len as usize])
    }

    /// How many rows there are.
    pub(in crate::search) fn cells(&self) -> usize {
        self.index.cells()
    }

    /// How many pairs there are.
    pub(in crate::search) fn pairs(&self) -> usize {
        self.index.pairs()
    }

    /// Adds a row, for the next cell. O(its length).
    pub(in crate::search) fn push(&mut self, row: &[Reach]) {
        // Places within a shelf are 32-bit, and a long vector is slow to grow.
        let is_full = |shelf: &Arc<Vec<Reach>>| shelf.len() + row.len() > LARGEST;
        if self.shelves.last().is_none_or(is_full) {
            self.shelves.push(Arc::default());
        }
        // The last shelf is nobody else's: it was made here.
        let number = self.shelves.len() - 1;
        let shelf = &mut self.shelves[number];
        self.index.push(RowPlace {
            shelf: short(number),
            start: short(shelf.len()),
            len: short(row.len()),
        });
        Arc::make_mut(shelf).extend_from_slice(row);
    }
}
