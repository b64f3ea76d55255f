//! Who is left out in each cell, group by group: by which verdict, and what would cure the most of it.

use rayon::prelude::*;

use super::classes::{Class, classes};
use super::red_list::remedies_of_most;
use super::remedies::Remedies;
use crate::ids::CellId;
use crate::model::Who;
use crate::score::{Coverage, VerdictKind};
use crate::units::People;

/// Those of one party in one cell, who are not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub who: Who,
    pub people: People,
    /// Their own verdict, which may be less grave than that of their cell.
    pub verdict: VerdictKind,
    /// What would cure the most for them.
    pub remedies: Remedies,
}

/// Who is left out, cell by cell. Their people add up to those who are not covered, verdict by verdict.
/// O(cells × classes) for each party, in parallel.
pub(crate) fn left_out(coverage: &Coverage) -> Vec<Vec<LeftOut>> {
    let classes = classes(coverage.study(), coverage.items());
    let cells: Vec<CellId> = coverage.study().cells().iter().map(|(id, _)| id).collect();
    let of_cell = |id| of_cell(coverage, &classes, id);
    cells.into_par_iter().map(of_cell).collect()
}

/// The parties of a cell that are not covered, each with what would cure most for it.
fn of_cell(coverage: &Coverage, classes: &[Class], cell: CellId) -> Vec<LeftOut> {
    let mut left_out = Vec::new();
    for (party, verdict) in coverage.verdicts_in(cell) {
        if verdict != VerdictKind::Covered && !party.items().is_empty() {
            left_out.push(LeftOut {
                who: party.who(),
                people: party.number(cell),
                verdict,
                remedies: remedies_of_most([party].into_iter(), classes, cell),
            });
        }
    }
    left_out
}
