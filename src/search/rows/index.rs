//! Where the row of each cell lies, in blocks that copies share until one of them is written.
//!
//! A change to one site touches a few hundred cells of a county's hundred thousands: a copy of the whole index
//! would cost more than the change itself.

use std::sync::Arc;

use crate::ids::CellId;

/// Cells a block. Small enough that a change copies little, and large enough that a copy of the index is one
/// pointer for many cells.
const BLOCK: usize = 1_024;

/// Where a row lies.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RowPlace {
    pub shelf: u32,
    pub start: u32,
    pub len: u32,
}

/// By cell where its row lies.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// All full but the last one.
    blocks: Vec<Arc<Vec<RowPlace>>>,
    cells: usize,
    /// The lengths of all rows together.
    pairs: usize,
}

impl Index {
    /// Of rows by cell. O(cells).
    pub(super) fn new(rows: &[RowPlace]) -> Self {
        Self {
            blocks: rows
                .chunks(BLOCK)
                .map(|block| Arc::new(block.to_vec()))
                .collect(),
            cells: rows.len(),
            pairs: rows.iter().map(|row| row.len as usize).sum(),
        }
    }

    pub(super) fn get(&self, cell: CellId) -> RowPlace {
        self.blocks[cell.index() / BLOCK][cell.index() % BLOCK]
    }

    /// Another row of a cell. O(1), but O(block) where the block is shared.
    pub(super) fn set(&mut self, cell: CellId, row: RowPlace) {
        let block = Arc::make_mut(&mut self.blocks[cell.index() / BLOCK]);
        let before = std::mem::replace(&mut block[cell.index() % BLOCK], row);
        self.pairs = self.pairs - before.len as usize + row.len as usize;
    }

    /// The row of the next cell. O(1).
    pub(super) fn push(&mut self, row: RowPlace) {
        if self.cells.is_multiple_of(BLOCK) {
            self.blocks.push(Arc::new(Vec::with_capacity(BLOCK)));
        }
        let last = &mut self.blocks[self.cells / BLOCK];
        Arc::make_mut(last).push(row);
        self.cells += 1;
        self.pairs += row.len as usize;
    }

    pub(super) const fn cells(&self) -> usize {
        self.cells
    }

    /// How many pairs the rows hold.
    pub(super) const fn pairs(&self) -> usize {
        self.pairs
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(len: u32) -> RowPlace {
        RowPlace {
            shelf: 0,
            start: 0,
            len,
        }
    }

    #[test]
    fn a_copy_that_is_written_leaves_the_other_as_it_was() {
        let rows: Vec<RowPlace> = (0..2_500).map(row).collect();
        let before = Index::new(&rows);
        let mut pushed = Index::default();
        for &row in &rows {
            pushed.push(row);
        }
        let mut after = before.clone();
        after.set(CellId::new(1_500), row(7));
        for cell in (0..2_500).map(CellId::new) {
            let number = u32::try_from(cell.index()).expect("small");
            assert_eq!(
                [&before, &pushed].map(|index| index.get(cell).len),
                [number; 2]
            );
            let changed = if number == 1_500 { 7 } else { number };
            assert_eq!(after.get(cell).len, changed);
        }
        let all = 2_500 * 2_499 / 2;
        assert_eq!([before.pairs(), pushed.pairs()], [all; 2]);
        assert_eq!(after.pairs(), all - 1_500 + 7);
        // Only the block that was written is a copy.
        let shared = before.blocks.iter().zip(&after.blocks);
        assert_eq!(
            shared
                .filter(|(one, other)| Arc::ptr_eq(one, other))
                .count(),
            2
        );
    }
}
