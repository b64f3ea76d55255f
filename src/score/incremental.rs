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
use super::parties::JudgedCell;
use super::party::Party;
use crate::ids::CellId;
use crate::search::WhatIf;

impl Coverage {
    /// The coverage after the last change, for the same target and setting: what
    /// [`coverage_of`](super::coverage_of) finds, to the last bit.
    ///
    /// When this is the coverage of the study and walks that the change was made to, only the cells
    /// that it touches are judged: O(cells + offers + touched · classes · sites within the budget);
    /// otherwise all cells are.
    ///
    /// # Panics
    /// When the target names an item that the study does not have.
    #[must_use]
    pub fn after(&self, then: &WhatIf) -> Self {
        let parties = self.parties.again(then.walks());
        let Some(touched) = self.touched(then) else {
            // The change was made to another run, so nothing that is known here can be
            // kept.
            return Self::judged(self.setting(), parties);
        };
        // Cells that are not touched reach the same sites after the same walks: their
        // results stand.
        let judged_again: Vec<(CellId, JudgedCell)> = touched
            .par_iter()
            .map(|&cell| (cell, parties.judge_again(cell)))
            .collect();
        let mut coverage = self.asking(parties);
        for (cell, judged) in judged_again {
            coverage.replace(self, cell, &judged);
        }
        coverage
    }

    /// What `judged` finds of the parties in the cells that the last change touches, by the place of the party in
    /// [`Coverage::parties`]; all others come to the same as before.
    ///
    /// Where it is not known what the change touches, in all cells. O(touched · what `judged` takes).
    #[must_use]
    pub fn judged_after<T>(
        &self,
        then: &WhatIf,
        judged: impl Fn(CellId, usize, Party<'_>) -> Option<T>,
    ) -> Vec<T> {
        let all = || self.study().cells().iter().map(|(cell, _)| cell).collect();
        let touched = self.touched(then).unwrap_or_else(all);
        // Asked by the walks of now: cells that are not touched have the same rows in them.
        let parties = self.parties.again(then.walks());
        let mut all = Vec::new();
        for cell in touched {
            for (place, question) in parties.all().iter().enumerate() {
                all.extend(judged(cell, place, Party::new(question)));
            }
        }
        all
    }

    /// The cells that the last change touched for any party, in order; none when it was no change to
    /// this coverage.
    fn touched(&self, then: &WhatIf) -> Option<Vec<CellId>> {
        let mut touched = Vec::new();
        for question in self.parties.all() {
            let group = question.setting.who.group();
            touched.extend_from_slice(then.touched(&question.times, group)?);
            let helpers = question.walks_of_helpers();
            // The first helpers that come at all may come anywhere.
            if helpers.is_none() && question.setting.asks_home_help(&question.study) {
                let mut sites = then.study().sites().iter();
                if sites.any(|(_, site)| site.home_help.is_some()) {
                    return None;
                }
            }
            if let Some(times) = helpers.filter(|times| !times.are(&question.times)) {
                touched.extend_from_slice(then.touched(times, None)?);
            }
        }
        // Several parties may be touched in one cell.
        touched.sort_unstable();
        touched.dedup();
        Some(touched)
    }
}
