//! Better plans by shaking: some candidates close, others open by chance, swaps mend it (*iterated local
//! search*).

use super::Listener;
use super::exchange::exchange;
use super::gains::number;
use super::greedy::fill;
use super::opened::Opened;

/// So many shakes in a row that bring nothing are enough.
const IDLE: u32 = 400;

/// Numbers that look random and are the same every time (*xorshift*).
#[derive(Debug, Clone, Copy)]
pub(in crate::plan) struct Dice(u64);

impl Dice {
    pub(in crate::plan) const fn new() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }

    /// Others, that are the same every time too.
    pub(in crate::plan) fn nth(number: u32) -> Self {
        let mut dice = Self::new();
        for _ in 0..number {
            dice.below(1);
        }
        dice
    }

    /// A number below `limit`, which is above 0.
    pub(in crate::plan) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap_or(0)
    }
}

/// Shakes a plan until so many pairs were looked at, or so many shakes in a row brought nothing.
///
/// A shaken plan that is as good replaces the one before, so that plateaus are crossed.
pub(super) fn shake<'a>(
    plan: Opened<'a>,
    dice: &mut Dice,
    work: u64,
    listener: &dyn Listener,
) -> Opened<'a> {
    let mut best = plan;
    let mut idle = 0;
    let mut spent = best.work;
    let until = spent + work;
    while idle < IDLE && spent < until && !best.all().is_empty() && !listener.stop() {
        let mut plan = best.clone();
        plan.work = spent;
        disturb(&mut plan, dice);
        fill(&mut plan);
        exchange(&mut plan, listener);
        // A shaken plan costs at least a look at itself.
        spent = plan.work + plan.all().len() as u64 + 1;
        idle = if plan.value() > best.value() {
            0
        } else {
            idle + 1
        };
        if plan.value() >= best.value() {
            best = plan;
        }
    }
    best.work = spent;
    best
}

/// Closes one to three open candidates and opens as many others that fit.
fn disturb(plan: &mut Opened<'_>, dice: &mut Dice) {
    let some = 1 + dice.below(3);
    for _ in 0..some.min(plan.all().len()) {
        let out = plan.all()[dice.below(plan.all().len())];
        plan.close(out);
    }
    for _ in 0..some {
        let candidate = number(dice.below(plan.gains.candidates()));
        if !plan.is_open(candidate) && plan.fits(candidate) {
            plan.open(candidate);
        }
    }
}
