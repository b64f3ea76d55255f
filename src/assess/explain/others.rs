//! What the verdict is for the others in the cell.

use super::case::Case;
use crate::model::Who;
use crate::score::{Coverage, Party, Verdict};
use crate::units::People;

/// The verdict on the same cell and item for others than those whose verdict is explained.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OtherVerdict {
    /// Who they are.
    pub who: Who,
    /// How many they are in the cell.
    pub people: People,
    /// Their verdict.
    pub verdict: Verdict,
}

/// The verdicts of the other parties there of whom the item is asked, of both coverages.
pub(super) fn others(
    case: &Case<'_>,
    now: &Coverage,
    beside: Option<&Coverage>,
) -> Vec<OtherVerdict> {
    let parties = now.parties_in(case.cell);
    let beside = beside
        .into_iter()
        .flat_map(|other| other.parties_in(case.cell));
    parties
        .chain(beside)
        // All that are judged beside each other, but for the one that is explained.
        .filter(|party| is_other(case, *party))
        .map(|party| OtherVerdict {
            who: party.who(),
            people: party.number(case.cell),
            verdict: party.verdict(case.cell, case.item),
        })
        .collect()
}

/// Whether it is another party, which has somebody there and is asked for the item.
fn is_other(case: &Case<'_>, party: Party<'_>) -> bool {
    party.who() != case.setting.who
        && party.number(case.cell) > People::ZERO
        && party.items().contains(&case.item)
}
