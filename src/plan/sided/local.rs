//! Good plans: greedy, then swaps, then shaking (*iterated local search*).

use super::instance::Aim;
use super::served::{Merit, Served};
use crate::plan::question::Role;
use crate::plan::solver::{Dice, Listener};

/// So many shakes in a row that bring nothing are enough.
const IDLE: u32 = 60;

/// Opens candidates while that is better, each time the best for its room (or its price), until nothing fits or,
/// for a cheapest plan, all needs are met. O(opened · pairs).
fn fill(plan: &mut Served<'_>, until: u64, listener: &dyn Listener) {
    let cheapest = plan.instance.aim == Aim::Cheapest;
    while !(cheapest && plan.meets() || plan.work > until || listener.stop()) {
        let mut best: Option<(u32, Worth)> = None;
        for one in plan.instance.numbers() {
            if !may_change(plan, one) || plan.is_open(one) || !plan.fits(one) {
                continue;
            }
            // With capacities each look is two flows: the best so far must do.
            if plan.work > until || listener.stop() {
                break;
            }
            let worth = worth(plan, one);
            if best.is_none_or(|(_, other)| worth.beats(&other)) && worth.is_some() {
                best = Some((one, worth));
            }
        }
        let Some((one, _)) = best else {
            return;
        };
        plan.open(one);
    }
}

/// What opening a candidate brings, for what it takes.
#[derive(Debug, Clone, Copy)]
struct Worth {
    /// Less lacking, more covered, more partly covered.
    gains: [i128; 3],
    takes: i128,
}

impl Worth {
    fn is_some(&self) -> bool {
        self.gains.iter().any(|&gain| gain > 0)
    }

    /// Compared by the first of the gains in which they differ for what they take.
    fn beats(&self, other: &Self) -> bool {
        let mut pairs = self.gains.iter().zip(&other.gains);
        let differ = pairs.find_map(|(ours, theirs)| {
            let order = (ours * other.takes).cmp(&(theirs * self.takes));
            order.is_ne().then_some(order.is_gt())
        });
        differ.unwrap_or(false)
    }
}

fn worth(plan: &mut Served<'_>, one: u32) -> Worth {
    let cheapest = plan.instance.aim == Aim::Cheapest;
    let before = plan.merit();
    plan.open(one);
    let after = plan.merit();
    plan.close(one);
    let takes = if cheapest {
        plan.instance.price[one as usize]
    } else {
        plan.instance.size[one as usize]
    };
    let covers = if cheapest {
        0
    } else {
        after.value - before.value
    };
    Worth {
        gains: [
            after.lack - before.lack,
            covers,
            after.partly - before.partly,
        ],
        takes: i128::from(takes.max(1)),
    }
}

fn may_change(plan: &Served<'_>, candidate: u32) -> bool {
    plan.instance.roles[candidate as usize] == Role::Open
}

/// Closes what is not needed, the dearest first.
fn prune(plan: &mut Served<'_>, until: u64, listener: &dyn Listener) {
    let mut open = plan.all();
    open.retain(|&one| may_change(plan, one));
    open.sort_by_key(|&one| (std::cmp::Reverse(plan.instance.price[one as usize]), one));
    for one in open {
        if plan.work > until || listener.stop() {
            return;
        }
        try_change(plan, &[one], &[]);
    }
}

/// Closes some and opens others, when that is allowed and better; whether it did.
fn try_change(plan: &mut Served<'_>, out: &[u32], into: &[u32]) -> bool {
    let before = plan.merit();
    for &one in out {
        plan.close(one);
    }
    let mut opened = Vec::new();
    for &one in into {
        if plan.fits(one) {
            plan.open(one);
            opened.push(one);
        }
    }
    if opened.len() == into.len() && plan.merit() > before {
        return true;
    }
    for one in opened {
        plan.close(one);
    }
    for &one in out {
        plan.open(one);
    }
    false
}

/// Swaps, adds and drops until none makes the plan better.
fn exchange(plan: &mut Served<'_>, until: u64, listener: &dyn Listener) {
    let mut changed = true;
    while changed {
        changed = false;
        for one in plan.instance.numbers() {
            if plan.work > until || listener.stop() {
                return;
            }
            if !may_change(plan, one) {
                continue;
            }
            changed |= if plan.is_open(one) {
                try_change(plan, &[one], &[])
            } else {
                open_for_another(plan, one, (until, listener))
            };
        }
    }
}

/// Opens a closed candidate, alone or for the first that makes the plan better.
fn open_for_another(
    plan: &mut Served<'_>,
    one: u32,
    (until, listener): (u64, &dyn Listener),
) -> bool {
    if plan.fits(one) && try_change(plan, &[], &[one]) {
        return true;
    }
    for other in plan.all() {
        if plan.work > until || listener.stop() {
            return false;
        }
        if may_change(plan, other) && try_change(plan, &[other], &[one]) {
            return true;
        }
    }
    false
}

/// The best plan that greedy, swaps and shaking find while so many pairs are looked at.
pub(super) fn search<'a>(
    mut plan: Served<'a>,
    work: u64,
    dice: &mut Dice,
    listener: &dyn Listener,
) -> Served<'a> {
    let until = plan.work + work;
    improve(&mut plan, until, listener);
    let mut idle = 0;
    while idle < IDLE && plan.work < until && !listener.stop() {
        let mut shaken = plan.clone();
        disturb(&mut shaken, dice);
        improve(&mut shaken, until, listener);
        let spent = shaken.work + 1;
        idle = if shaken.merit() > plan.merit() {
            0
        } else {
            idle + 1
        };
        if shaken.merit() >= plan.merit() {
            plan = shaken;
        }
        plan.work = spent;
    }
    plan
}

/// Fills a plan up, and closes what it does not need; no swaps.
pub(super) fn finish(plan: &mut Served<'_>, until: u64, listener: &dyn Listener) {
    fill(plan, until, listener);
    if plan.instance.aim == Aim::Cheapest {
        prune(plan, until, listener);
    }
}

fn improve(plan: &mut Served<'_>, until: u64, listener: &dyn Listener) {
    fill(plan, until, listener);
    if plan.instance.aim == Aim::Cheapest {
        prune(plan, until, listener);
    }
    exchange(plan, until, listener);
}

/// Closes one to three open candidates and opens as many others that fit.
fn disturb(plan: &mut Served<'_>, dice: &mut Dice) {
    let some = 1 + dice.below(3);
    for _ in 0..some {
        let mut open = plan.all();
        open.retain(|&one| may_change(plan, one));
        if !open.is_empty() {
            plan.close(open[dice.below(open.len())]);
        }
    }
    for _ in 0..some {
        let one = u32::try_from(dice.below(plan.instance.candidates())).unwrap_or(0);
        if may_change(plan, one) && !plan.is_open(one) && plan.fits(one) {
            plan.open(one);
        }
    }
}

/// The worst merit there is: below any plan's.
pub(super) const NOTHING: Merit = Merit {
    lack: i128::MIN,
    value: i128::MIN,
    partly: 0,
};
