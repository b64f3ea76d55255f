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

use super::coverage::Coverage;
use super::question::{CellResult, Question};
use super::sums::CellShare;
use crate::ids::CellId;
use crate::search::WhatIf;

impl Coverage {
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
    pub fn after(&self, then: &WhatIf) -> Self {
        let setting = self.setting();
        let times = then.walks().of(setting.group);
        let question = Question::new(times, self.target(), setting);
        let Some(touched) = then.touched(self.times(), setting.group) else {
            // The change was made to another run, so nothing that is known here can be
            // kept.
            return Self::judged(question);
        };
        // Cells that are not touched reach the same sites after the same walks: their
        // results stand.
        let judged_again: Vec<(CellId, CellResult)> = touched
            .par_iter()
            .map(|&cell| (cell, question.result(cell)))
            .collect();
        let mut coverage = Self {
            question,
            cells: self.cells.clone(),
            sums: self.sums.clone(),
        };
        for (cell, result) in judged_again {
            // What goes off the sums is what the earlier coverage put on.
            let before = self.question.share(cell, self.cell(cell));
            coverage.replace(cell, before, result);
        }
        coverage
    }

    /// Puts another result in the place of that of a cell, which brought so much to the sums.
    /// Afterwards the sums are those of the results again.
    fn replace(&mut self, cell: CellId, before: CellShare, result: CellResult) {
        self.cells[cell.index()] = result;
        let after = self.question.share(cell, result);
        if before == after {
            return;
        }
        let study = self.study().clone();
        let unit = study.cells()[cell].unit;
        self.sums.change(study.units(), unit, |tally| {
            tally.take_off(&before);
            tally.add(&after);
        });
    }
}
