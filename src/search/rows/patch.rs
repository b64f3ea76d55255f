//! Rows after a change: those that it touches are written anew, all others stay where they lie.
//!
//! ```text
//!   before            numbers moved            touched rows written anew
//!   shelf 0: ......   shelf 0: ......          shelf 0: ..xxx.      x: nobody looks there any more
//!   shelf 1: ......   shelf 1: ......          shelf 1: ......
//!                                              shelf 2: xxx'
//! ```
//!
//! Sites keep their order when others open or close, so new numbers leave rows sorted. While no number
//! changes, shelves are shared with the rows before. When more lies idle than is in use, all is put
//! together again.

use std::sync::Arc;

use rayon::prelude::*;

use super::index::RowPlace;
use super::shelves::Rows;
use crate::ids::{CellId, SiteId};
use crate::search::reach::Reach;
use crate::search::sentinel::short;

/// So many shelves are put together again.
const MANY: usize = 1_024;

/// What changes about the pairs of cell and site.
pub(in crate::search) struct Patch<'a> {
    /// The number that each site of before has now; none for those that are dropped.
    pub now: &'a [Option<SiteId>],
    /// Which pairs of before are dropped; none when none is.
    pub drops: Option<&'a (dyn Fn(CellId, SiteId) -> bool + Sync)>,
    /// The new pairs, by cell.
    pub found: Vec<(CellId, Reach)>,
}

impl Patch<'_> {
    fn drops(&self, cell: CellId, site: SiteId) -> bool {
        self.drops.is_some_and(|drops| drops(cell, site))
    }

    /// The new pairs of a cell. O(log pairs).
    fn found_by(&self, cell: CellId) -> impl Iterator<Item = Reach> {
        let first = self.found.partition_point(|&(other, _)| other < cell);
        self.found[first..]
            .iter()
            .take_while(move |(other, _)| *other == cell)
            .map(|&(_, reach)| reach)
    }
}

impl Rows {
    /// The cells whose rows hold a pair that is asked for, in order. O(pairs), in parallel.
    pub(in crate::search) fn holding(
        &self,
        asked: impl Fn(CellId, SiteId) -> bool + Sync,
    ) -> Vec<CellId> {
        (0..self.cells())
            .into_par_iter()
            .map(CellId::new)
            .filter(|&cell| self.of(cell).iter().any(|reach| asked(cell, reach.site)))
            .collect()
    }

    /// The rows with a patch, and the cells whose rows are others now, in order.
    ///
    /// O(r log r) for the r pairs of the rows that are touched, and a copy of the index where it is written;
    /// O(pairs) as well when pairs are dropped or sites have other numbers.
    pub(in crate::search) fn patched(&self, patch: &Patch<'_>) -> (Self, Vec<CellId>) {
        let written: Vec<(CellId, Vec<Reach>)> = self
            .cells_in(patch)
            .into_par_iter()
            .map(|cell| (cell, self.patched_row(patch, cell)))
            .collect();
        // Rows were read under the old numbers; all that is written has the new ones.
        let mut rows = self.renumbered(patch.now);
        let number = short(rows.shelves.len());
        let mut touched = Vec::new();
        let mut shelf = Vec::new();
        for (cell, row) in written {
            // A row that comes out as it was stays where it lies, and its cell is not touched.
            if rows.of(cell) != row {
                let place = RowPlace {
                    shelf: number,
                    start: short(shelf.len()),
                    len: short(row.len()),
                };
                rows.index.set(cell, place);
                shelf.extend(row);
                touched.push(cell);
            }
        }
        if !touched.is_empty() {
            rows.shelves.push(Arc::new(shelf));
        }
        (rows.put_together(), touched)
    }

    /// The cells that a patch may touch, in order.
    fn cells_in(&self, patch: &Patch<'_>) -> Vec<CellId> {
        // Whoever is found from a site, and whoever held a pair that is dropped.
        let mut cells: Vec<CellId> = patch.found.iter().map(|&(cell, _)| cell).collect();
        if let Some(drops) = patch.drops {
            cells.extend(self.holding(drops));
        }
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// A row as it is now.
    fn patched_row(&self, patch: &Patch<'_>, cell: CellId) -> Vec<Reach> {
        // What stays keeps its time; only the site's number may be another one.
        let kept = self
            .of(cell)
            .iter()
            .filter(|reach| !patch.drops(cell, reach.site))
            .filter_map(|reach| {
                let site = patch.now[reach.site.index()]?;
                Some(Reach { site, ..*reach })
            });
        let mut row: Vec<Reach> = kept.chain(patch.found_by(cell)).collect();
        row.sort_unstable();
        row
    }

    /// The same rows under other numbers of sites. O(pairs), but O(shelves) where no number changes.
    fn renumbered(&self, now: &[Option<SiteId>]) -> Self {
        let first_moved = now
            .iter()
            .enumerate()
            .position(|(site, now)| now.is_some_and(|now| now.index() != site));
        let Some(first_moved) = first_moved else {
            return self.clone();
        };
        // Pairs that are dropped get any number, as do those of rows that nobody looks at any more.
        let numbers: Vec<SiteId> = now
            .iter()
            .enumerate()
            .map(|(site, now)| now.unwrap_or(SiteId::new(site)))
            .collect();
        let shelves = self
            .shelves
            .par_iter()
            .map(|shelf| {
                // Sites before the first that moved keep their numbers: such a shelf is shared.
                let stays = shelf.iter().all(|reach| reach.site.index() < first_moved);
                if stays {
                    return Arc::clone(shelf);
                }
                Arc::new(renumbered_shelf(shelf, &numbers))
            })
            .collect();
        Self {
            shelves,
            index: self.index.clone(),
        }
    }

    /// The same rows, in as much memory as they need.
    fn put_together(self) -> Self {
        let room: usize = self.shelves.iter().map(|shelf| shelf.len()).sum();
        let mostly_used = room <= 2 * self.pairs() + 1_024;
        if mostly_used && self.shelves.len() <= MANY {
            return self;
        }
        // One row after the other, so that nothing lies idle.
        let mut rows = Self::default();
        for cell in 0..self.cells() {
            rows.push(self.of(CellId::new(cell)));
        }
        rows
    }
}

/// A shelf under the numbers of now. A number past the last stands in rows that nobody looks at
/// any more. O(pairs).
fn renumbered_shelf(shelf: &[Reach], numbers: &[SiteId]) -> Vec<Reach> {
    shelf
        .iter()
        .map(|reach| {
            let number = numbers.get(reach.site.index()).copied();
            Reach {
                site: number.unwrap_or(reach.site),
                ..*reach
            }
        })
        .collect()
}
