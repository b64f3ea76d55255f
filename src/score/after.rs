//! The coverage after a change, from that before it: only the cells that it touches are judged again.
//!
//! ```text
//!   before   ● ● ○ ● ○ ○ ●      total  4 ● 3 ○
//!   touched        ^ ^          less the touched cells as they were, more as they are
//!   after    ● ● ○ ○ ● ○ ●      total  4 ● 3 ○
//! ```
//!
//! What a cell comes to rests on the sites that it reaches, and on nothing else that a change can
//! change. Sums are integers, so what is taken off and put on again comes out exactly.

use rayon::prelude::*;

use super::{Coverage, prepared};
use crate::ids::CellId;
use crate::search::WhatIf;

impl Coverage<'_> {
    /// The coverage after the last change, for the same target and setting: what
    /// [`coverage_for`](super::coverage_for) finds, to the last bit.
    ///
    /// When this is the coverage of the study and walks that the change was made to, only the cells
    /// that it touches are judged: O(cells + offers + touched · classes · sites within the budget);
    /// otherwise all cells are.
    ///
    /// # Panics
    /// When the target names an item that the study does not have.
    #[must_use]
    pub fn after<'b>(&self, then: &'b WhatIf) -> Coverage<'b> {
        let times = then.walks().of(self.setting.group);
        let mut coverage = prepared(then.study(), times, &self.target, self.setting);
        let Some(touched) = then.touched(self.study, self.times, self.setting.group) else {
            return coverage.judged();
        };
        coverage.cells.clone_from(&self.cells);
        coverage.units.clone_from(&self.units);
        (coverage.total, coverage.unassigned) = (self.total, self.unassigned);
        let again: Vec<_> = touched
            .par_iter()
            .map(|&cell| (cell, coverage.judge(cell)))
            .collect();
        for (cell, result) in again
            .into_iter()
            .filter(|(cell, result)| self.cell(*cell) != *result)
        {
            coverage.judge_anew(self.weight_asked, cell, result);
        }
        coverage
    }

    /// Puts another result in the place of that of a cell.
    fn judge_anew(&mut self, asked_before: u64, cell: CellId, result: super::CellResult) {
        let before = std::mem::replace(&mut self.cells[cell.index()], result);
        let (people, asked) = (self.people(cell), self.weight_asked);
        self.for_each_tally(cell, |tally| {
            tally.take_off(before.verdict, people, before.weight_done, asked_before);
            tally.add(result.verdict, people, result.weight_done, asked);
        });
    }
}
