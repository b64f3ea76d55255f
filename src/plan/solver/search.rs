//! A search under way: the best plan so far, and what no plan exceeds.

use super::Listener;
use super::gains::{Gains, number};
use super::greedy::fill;
use super::opened::Opened;
use super::part::Bounded;
use super::shaken::{Dice, shake};

/// When to stop, and what is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct Goal<'k> {
    /// The candidates of a plan that is known; empty where none is.
    pub(in crate::plan) known: &'k [u32],
    /// A plan of so much is enough, and whether there is one is all that is asked.
    pub(in crate::plan) enough: Option<i64>,
    /// Pairs of client and candidate to look at, at most.
    pub(in crate::plan) work: u64,
}

/// A plan, and what no plan exceeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::plan) struct Found {
    /// The open candidates, in order.
    pub(in crate::plan) open: Vec<u32>,
    /// What they come to.
    pub(in crate::plan) value: i64,
    /// No plan comes to more; where a goal is out of reach, the most below it.
    pub(in crate::plan) bound: i64,
    /// Parts bounded beyond the first.
    pub(in crate::plan) nodes: u64,
    /// Pairs looked at.
    pub(in crate::plan) work: u64,
}

/// The search for the best plan of an instance.
pub(super) type Solve = fn(Gains, Goal<'_>, &dyn Listener) -> Found;

/// A search under way.
pub(super) struct Search<'s> {
    /// How parts of the instance are solved: by a search like this one, which stands above it.
    pub(super) solve: Solve,
    pub(super) goal: Goal<'s>,
    pub(super) listener: &'s dyn Listener,
    pub(super) found: Found,
    pub(super) dice: Dice,
}

impl Search<'_> {
    /// Only plans of more than this matter.
    pub(super) fn beaten(&self) -> i64 {
        let enough = self.goal.enough.map_or(i64::MIN, |enough| enough - 1);
        self.found.value.max(enough)
    }

    /// Lowers the bound of all plans.
    pub(super) fn lower(&mut self, bound: i64) {
        self.found.bound = self.found.bound.min(bound.max(self.beaten()));
    }

    /// Whether nothing is left to do, or no leave to do it.
    pub(super) fn is_over(&self) -> bool {
        let enough = self.goal.enough;
        enough.is_some_and(|enough| self.found.value >= enough)
            || self.found.bound <= self.beaten()
            || self.found.work > self.goal.work
            || self.listener.stop()
    }

    pub(super) fn tell(&self) {
        self.listener.hear(self.found.value, self.found.bound);
    }

    /// Keeps a plan that is better than the best so far.
    pub(super) fn keep(&mut self, plan: &Opened<'_>) {
        self.found.work += plan.work;
        if plan.value() > self.found.value {
            self.found.value = plan.value();
            self.found.open = plan.gains.named(plan.all());
        }
    }

    /// Keeps what was met while a part was bounded.
    pub(super) fn take(&mut self, bounded: &mut Bounded) {
        self.found.work += bounded.work;
        if let Some((value, open)) = bounded.plan.take().filter(|plan| plan.0 > self.found.value) {
            self.found.value = value;
            self.found.open = open;
        }
    }

    /// Keeps what was found in a part of the instance when it is better. Whether it is.
    pub(super) fn accept(&mut self, found: Found) -> bool {
        self.found.work += found.work;
        let better = found.value > self.found.value;
        if better {
            self.found.value = found.value;
            self.found.open = found.open;
        }
        better
    }

    /// The best plan, as far as an instance still holds it, filled up.
    pub(super) fn plan_in<'a>(&self, gains: &'a Gains) -> Opened<'a> {
        let mut plan = Opened::new(gains);
        for candidate in 0..number(gains.candidates()) {
            let name = gains.names[candidate as usize];
            if self.found.open.binary_search(&name).is_ok() && plan.fits(candidate) {
                plan.open(candidate);
            }
        }
        fill(&mut plan);
        plan
    }

    /// Shakes the best plan for so many pairs.
    pub(super) fn shake(&mut self, gains: &Gains, work: u64) {
        let plan = shake(self.plan_in(gains), &mut self.dice, work, self.listener);
        self.keep(&plan);
    }
}
