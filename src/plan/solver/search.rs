//! The search for the best plan of an instance, from the first plan to the proof.

use super::Listener;
use super::dominated::dominated;
use super::dual::{Dual, Status};
use super::exchange::exchange;
use super::gains::{Gains, number};
use super::greedy::fill;
use super::merged::merged;
use super::opened::Opened;
use super::part::{Asked, Bounded, Part, bounded};
use super::shaken::{Dice, shake};
use super::subgradient::Effort;
use super::tree::branch;

/// At the root.
const ROOT: Effort = Effort {
    rounds: 3000,
    step: 2.0,
    patience: 40,
    least: 0.0005,
};
/// The first plan is shaken for so many pairs.
const FIRST_SHAKE: u64 = 30_000_000;

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct Goal {
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

/// The best plan that can be found until it is proved, the goal is met, or the listener stops it.
pub(in crate::plan) fn best(gains: &Gains, goal: Goal, listener: &dyn Listener) -> Found {
    let nothing = Found {
        open: gains.named(&[]),
        value: gains.base,
        bound: gains.most(),
        nodes: 0,
        work: 0,
    };
    let mut search = Search {
        goal,
        listener,
        found: nothing,
        dice: Dice::new(),
    };
    search.run(gains);
    search.found
}

/// A search under way.
pub(super) struct Search<'s> {
    pub(super) goal: Goal,
    pub(super) listener: &'s dyn Listener,
    pub(super) found: Found,
    dice: Dice,
}

impl Search<'_> {
    /// Bounds the root again and again, each time without what the bound before settled; when little is
    /// settled any more, what is left is split.
    fn run(&mut self, gains: &Gains) {
        let mut gains = smaller(gains.clone());
        self.first_plan(&gains);
        loop {
            if self.is_over() {
                return;
            }
            let root = self.root(&gains);
            self.lower(root.bound);
            self.tell();
            if self.is_over() {
                return;
            }
            let status = &root.part.status;
            let settled = status.iter().filter(|one| **one != Status::Free).count();
            if settled == 0 || settled * 5 < gains.candidates() {
                return branch(self, &gains, root);
            }
            gains = without(&gains, status);
        }
    }

    fn first_plan(&mut self, gains: &Gains) {
        let mut plan = Opened::new(gains);
        fill(&mut plan);
        exchange(&mut plan, self.listener);
        self.keep(&plan);
        self.tell();
        // Where only a goal counts, the bound may soon tell that it is out of reach.
        if self.goal.enough.is_none() {
            self.shake(gains, FIRST_SHAKE);
        }
    }

    /// The bound of all plans of an instance, and what it settles for the best plan known then.
    fn root(&mut self, gains: &Gains) -> Bounded {
        let part = Part {
            status: vec![Status::Free; gains.candidates()],
            mu: start(gains),
        };
        let asked = Asked {
            beaten: self.beaten(),
            enough: self.goal.enough,
            work: self.goal.work.saturating_sub(self.found.work),
            effort: ROOT,
        };
        let mut root = bounded(gains, part, asked, self.listener);
        self.take(&mut root);
        let before = self.beaten();
        if root.bound > before {
            self.shake(gains, self.found.work / 4);
        }
        if self.beaten() > before {
            let mut dual = Dual::new(gains, Dual::scale_of(gains), root.part.mu.clone());
            dual.evaluate(&root.part.status);
            if !dual.settle(self.beaten(), &mut root.part.status) {
                root.bound = self.beaten();
            }
        }
        root
    }

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

    /// Shakes the best plan, as far as an instance still holds it, for so many pairs.
    pub(super) fn shake(&mut self, gains: &Gains, work: u64) {
        let mut plan = Opened::new(gains);
        for candidate in 0..number(gains.candidates()) {
            let name = gains.names[candidate as usize];
            if self.found.open.binary_search(&name).is_ok() && plan.fits(candidate) {
                plan.open(candidate);
            }
        }
        fill(&mut plan);
        let plan = shake(plan, &mut self.dice, work, self.listener);
        self.keep(&plan);
    }
}

/// The instance with equal clients merged, and without candidates that another one dominates.
fn smaller(gains: Gains) -> Gains {
    let gains = merged(gains);
    let gone = dominated(&gains);
    if gone.iter().any(|gone| *gone) {
        merged(gains.settled(&vec![false; gone.len()], &gone))
    } else {
        gains
    }
}

/// The instance without what is settled.
fn without(gains: &Gains, status: &[Status]) -> Gains {
    let open: Vec<bool> = status.iter().map(|one| *one == Status::Open).collect();
    let gone: Vec<bool> = status.iter().map(|one| *one == Status::Gone).collect();
    smaller(gains.settled(&open, &gone))
}

/// Prices to begin with: halfway between what a greedy plan gives a client and what is left to it
/// without the candidate that gives it.
fn start(gains: &Gains) -> Vec<i64> {
    let scale = Dual::scale_of(gains);
    let mut plan = Opened::new(gains);
    fill(&mut plan);
    let half = |client| {
        let [best, next] = plan.of(client);
        (best.gain + next.gain) * scale / 2
    };
    (0..number(gains.clients())).map(half).collect()
}
