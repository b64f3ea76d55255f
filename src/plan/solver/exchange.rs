//! Better plans by swaps: one candidate closes, another opens (*fast interchange*).
//!
//! Whitaker (1983), with what is lost and gained kept by candidate as Resende and Werneck (2007) do:
//! for a candidate that would open, one look at its clients tells the best partner to close.

use super::Listener;
use super::gains::number;
use super::opened::Opened;

/// Swaps, drops and adds until none makes the plan better, or the listener stops it.
///
/// A pass is O(pairs + candidates · open ones).
pub(super) fn exchange(plan: &mut Opened<'_>, listener: &dyn Listener) {
    let mut saved = vec![0; plan.gains.candidates()];
    let mut idle = 0;
    let count = number(plan.gains.candidates());
    let mut at = 0;
    // Until every candidate was looked at since the last change.
    while idle < count && !listener.stop() {
        let changed = if plan.is_open(at) {
            drop_if_idle(plan, at)
        } else {
            swap_in(plan, at, &mut saved)
        };
        idle = if changed { 0 } else { idle + 1 };
        at = (at + 1) % count.max(1);
    }
}

/// Closes a candidate whose price is more than what it gives.
pub(super) fn drop_if_idle(plan: &mut Opened<'_>, candidate: u32) -> bool {
    let idle = plan.loss(candidate) < plan.gains.price[candidate as usize];
    if idle {
        plan.close(candidate);
    }
    idle
}

/// Opens a closed candidate, alone or for another one, when that makes the plan better.
///
/// `saved` is all 0 before and after: by open candidate how much less is lost by its closing when
/// this one opens.
fn swap_in(plan: &mut Opened<'_>, candidate: u32, saved: &mut [i64]) -> bool {
    let gains = plan.gains;
    let column = gains.columns.row(candidate);
    let size = gains.size[candidate as usize];
    let mut gained = -gains.price[candidate as usize];
    for pair in column {
        let [best, next] = plan.of(pair.of);
        gained += (pair.gain - best.gain).max(0);
        if best.of != u32::MAX {
            saved[best.of as usize] += (pair.gain.min(best.gain) - next.gain).max(0);
        }
    }
    plan.work += column.len() as u64;
    let mut better: Option<(i64, Option<u32>)> = None;
    if size <= plan.left() && gained > 0 {
        better = Some((gained, None));
    }
    for &out in plan.all() {
        if size > plan.left() + gains.size[out as usize] {
            continue;
        }
        let net = gained - plan.loss(out) + saved[out as usize] + gains.price[out as usize];
        if net > better.map_or(0, |(best, _)| best) {
            better = Some((net, Some(out)));
        }
    }
    for pair in column {
        let [best, _] = plan.of(pair.of);
        if best.of != u32::MAX {
            saved[best.of as usize] = 0;
        }
    }
    let Some((_, out)) = better else {
        return false;
    };
    if let Some(out) = out {
        plan.close(out);
    }
    plan.open(candidate);
    true
}
