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

use super::{Reach, Row, Rows, short};
use crate::ids::{CellId, SiteId};

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

impl Rows {
    /// The cells whose rows hold a pair that is asked for, in order. O(pairs), in parallel.
    pub(in crate::search) fn holding(
        &self,
        asked: impl Fn(CellId, SiteId) -> bool + Sync,
    ) -> Vec<CellId> {
        let holds = |cell: &CellId| self.of(*cell).iter().any(|reach| asked(*cell, reach.site));
        (0..self.cells())
            .into_par_iter()
            .map(CellId::new)
            .filter(holds)
            .collect()
    }

    /// The rows with a patch, and the cells whose rows are others now, in order.
    ///
    /// O(cells + r log r) for the r pairs of the rows that are touched; O(pairs) as well when pairs are
    /// dropped or sites have other numbers.
    pub(in crate::search) fn patched(&self, patch: &Patch<'_>) -> (Self, Vec<CellId>) {
        let mut cells: Vec<CellId> = patch.found.iter().map(|&(cell, _)| cell).collect();
        cells.extend(
            patch
                .drops
                .into_iter()
                .flat_map(|drops| self.holding(drops)),
        );
        cells.sort_unstable();
        cells.dedup();
        let mut rows = self.renumbered(patch.now);
        let written: Vec<(CellId, Vec<Reach>)> = cells
            .into_par_iter()
            .map(|cell| (cell, self.row(patch, cell)))
            .collect();
        let mut touched = Vec::new();
        let (number, mut shelf) = (short(rows.shelves.len()), Vec::new());
        for (cell, row) in written {
            if rows.of(cell) != row {
                let (start, len) = (short(shelf.len()), short(row.len()));
                shelf.extend(row);
                rows.index[cell.index()] = Row {
                    shelf: number,
                    start,
                    len,
                };
                touched.push(cell);
            }
        }
        if !touched.is_empty() {
            rows.shelves.push(Arc::new(shelf));
        }
        (rows.put_together(), touched)
    }

    /// A row as it is now.
    fn row(&self, patch: &Patch<'_>, cell: CellId) -> Vec<Reach> {
        let stays = |reach: &&Reach| patch.drops.is_none_or(|drops| !drops(cell, reach.site));
        let kept = self.of(cell).iter().filter(stays);
        let kept = kept.filter_map(|reach| {
            Some(Reach {
                site: patch.now[reach.site.index()]?,
                ..*reach
            })
        });
        let first = patch.found.partition_point(|&(other, _)| other < cell);
        let found = patch.found[first..]
            .iter()
            .take_while(|(other, _)| *other == cell)
            .map(|&(_, reach)| reach);
        let mut row: Vec<Reach> = kept.chain(found).collect();
        row.sort_unstable();
        row
    }

    /// The same rows under other numbers of sites.
    fn renumbered(&self, now: &[Option<SiteId>]) -> Self {
        let moves =
            |(place, now): (usize, &Option<SiteId>)| now.is_some_and(|now| now.index() != place);
        let Some(first) = now.iter().enumerate().position(moves) else {
            return self.clone();
        };
        // Pairs that are dropped get any number, as do those of rows that nobody looks at any more.
        let now: Vec<SiteId> = now
            .iter()
            .enumerate()
            .map(|(place, now)| now.unwrap_or(SiteId::new(place)))
            .collect();
        let moved = |site: SiteId| now.get(site.index()).copied().unwrap_or(site);
        let shelf = |shelf: &Arc<Vec<Reach>>| {
            if shelf.iter().all(|reach| reach.site.index() < first) {
                return Arc::clone(shelf);
            }
            Arc::new(
                shelf
                    .iter()
                    .map(|reach| Reach {
                        site: moved(reach.site),
                        ..*reach
                    })
                    .collect(),
            )
        };
        Self {
            shelves: self.shelves.par_iter().map(shelf).collect(),
            index: self.index.clone(),
        }
    }

    /// The same rows, in as much memory as they need.
    fn put_together(self) -> Self {
        let room: usize = self.shelves.iter().map(|shelf| shelf.len()).sum();
        if room <= 2 * self.pairs() + 1_024 && self.shelves.len() <= MANY {
            return self;
        }
        let mut rows = Self::default();
        (0..self.cells()).for_each(|cell| rows.push(self.of(CellId::new(cell))));
        rows
    }
}
