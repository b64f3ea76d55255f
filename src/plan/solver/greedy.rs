//! Plans step by step: always the candidate that adds most for the room it takes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::gains::number;
use super::opened::Opened;

/// What a candidate added when it was last looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Promise {
    worth: i64,
    size: u64,
    candidate: u32,
}

impl Ord for Promise {
    /// By worth for its room; ties by worth, then the smaller number is better.
    fn cmp(&self, other: &Self) -> Ordering {
        // One that takes no room stands before all that do.
        let ours = i128::from(self.worth) * i128::from(other.size);
        let theirs = i128::from(other.worth) * i128::from(self.size);
        ours.cmp(&theirs)
            .then(self.worth.cmp(&other.worth))
            .then(other.candidate.cmp(&self.candidate))
    }
}

impl PartialOrd for Promise {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Opens candidates while one adds anything and fits (*lazy greedy*): what a candidate adds only falls
/// as others open, so a promise that still leads when it is looked at again is the best.
pub(super) fn fill(plan: &mut Opened<'_>) {
    let mut promises = BinaryHeap::new();
    for candidate in 0..number(plan.gains.candidates()) {
        if plan.is_open(candidate) || !plan.fits(candidate) {
            continue;
        }
        promises.extend(promise(plan, candidate));
    }
    while let Some(old) = promises.pop() {
        if !plan.fits(old.candidate) {
            continue;
        }
        let Some(now) = promise(plan, old.candidate) else {
            continue;
        };
        if promises.peek().is_none_or(|next| now >= *next) {
            plan.open(now.candidate);
        } else {
            promises.push(now);
        }
    }
}

/// What a candidate adds now; none when nothing.
fn promise(plan: &mut Opened<'_>, candidate: u32) -> Option<Promise> {
    let worth = plan.worth(candidate);
    (worth > 0).then(|| Promise {
        worth,
        size: plan.gains.size[candidate as usize],
        candidate,
    })
}
