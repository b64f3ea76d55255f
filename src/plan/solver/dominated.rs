//! Candidates that another one is never worse than.

use super::gains::{Gain, Gains, number};
use super::merged::merged;

/// So many rivals of a candidate are looked at; more would cost more than they save.
const RIVALS: usize = 400;

/// The instance with equal clients merged, and without candidates that another one dominates. Both hold for
/// any room.
pub(in crate::plan) fn smaller(gains: Gains) -> Gains {
    let gains = merged(gains);
    let gone = dominated(&gains);
    if gone.iter().any(|gone| *gone) {
        merged(gains.settled(&vec![false; gone.len()], &gone))
    } else {
        gains
    }
}

/// Which candidates need not be considered, since another one gives every client as much, takes no
/// more room and has no higher price; of equals the one with the smallest number stays.
///
/// O(candidates · rivals · column), but most rivals fall at their first client.
fn dominated(gains: &Gains) -> Vec<bool> {
    let mut gone = vec![false; gains.candidates()];
    for one in 0..number(gains.candidates()) {
        gone[one as usize] = is_dominated(gains, one, &gone);
    }
    gone
}

fn is_dominated(gains: &Gains, one: u32, gone: &[bool]) -> bool {
    let column = gains.columns.row(one);
    // Whoever is as good for all clients is so for the one with the fewest candidates.
    let choosy = column
        .iter()
        .min_by_key(|pair| (gains.rows.row(pair.of).len(), pair.of));
    let Some(choosy) = choosy else {
        // It gives nobody anything.
        return true;
    };
    let row = gains.rows.row(choosy.of).iter();
    let rivals = row.take_while(|rival| rival.gain >= choosy.gain);
    rivals
        .take(RIVALS)
        .map(|rival| rival.of)
        .filter(|&rival| rival != one && !gone[rival as usize])
        .any(|rival| dominates(gains, rival, one))
}

/// Whether a rival is never worse than a candidate; of equals the smaller number is better.
fn dominates(gains: &Gains, rival: u32, one: u32) -> bool {
    let prices = [rival, one].map(|candidate| gains.price[candidate as usize]);
    let sizes = [rival, one].map(|candidate| gains.size[candidate as usize]);
    if prices[0] > prices[1] || sizes[0] > sizes[1] {
        return false;
    }
    let theirs = gains.columns.row(rival);
    let ours = gains.columns.row(one);
    if theirs.len() < ours.len() || !is_covered(ours, theirs) {
        return false;
    }
    // Two that dominate each other are equal in everything.
    let equal = prices[0] == prices[1] && sizes[0] == sizes[1] && ours == theirs;
    !equal || rival < one
}

/// Whether each client has in `theirs` at least what it has in `ours`; both in the order of clients.
fn is_covered(ours: &[Gain], theirs: &[Gain]) -> bool {
    let mut rest = theirs.iter();
    ours.iter().all(|pair| {
        let same = rest.find(|their| their.of >= pair.of);
        same.is_some_and(|same| same.of == pair.of && same.gain >= pair.gain)
    })
}
