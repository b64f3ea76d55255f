//! The best plan of an instance, from the first plan to the proof.

use super::Listener;
use super::dominated::dominated;
use super::dual::{Dual, Status};
use super::exchange::exchange;
use super::gains::{Gains, number};
use super::greedy::fill;
use super::merged::merged;
use super::opened::Opened;
use super::part::{Asked, Bounded, Part, bounded};
use super::search::{Found, Goal, Search};
use super::shaken::Dice;
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
    run(&mut search, gains);
    search.found
}

/// Bounds the root again and again, each time without what the bound before settled; when little is
/// settled any more, what is left is split.
fn run(search: &mut Search<'_>, gains: &Gains) {
    let mut gains = smaller(gains.clone());
    first_plan(search, &gains);
    loop {
        if search.is_over() {
            return;
        }
        let root = root(search, &gains);
        search.lower(root.bound);
        search.tell();
        if search.is_over() {
            return;
        }
        let status = &root.part.status;
        let settled = status.iter().filter(|one| **one != Status::Free).count();
        if settled == 0 || settled * 5 < gains.candidates() {
            return branch(search, &gains, root);
        }
        gains = without(&gains, status);
    }
}

fn first_plan(search: &mut Search<'_>, gains: &Gains) {
    let mut plan = Opened::new(gains);
    fill(&mut plan);
    exchange(&mut plan, search.listener);
    search.keep(&plan);
    search.tell();
    // Where only a goal counts, the bound may soon tell that it is out of reach.
    if search.goal.enough.is_none() {
        search.shake(gains, FIRST_SHAKE);
    }
}

/// The bound of all plans of an instance, and what it settles for the best plan known then.
fn root(search: &mut Search<'_>, gains: &Gains) -> Bounded {
    let part = Part {
        status: vec![Status::Free; gains.candidates()],
        mu: start(gains),
    };
    let asked = Asked {
        beaten: search.beaten(),
        enough: search.goal.enough,
        work: search.goal.work.saturating_sub(search.found.work),
        effort: ROOT,
    };
    let mut root = bounded(gains, part, asked, search.listener);
    search.take(&mut root);
    let before = search.beaten();
    if root.bound > before {
        search.shake(gains, search.found.work / 4);
    }
    if search.beaten() > before {
        let mut dual = Dual::new(gains, Dual::scale_of(gains), root.part.mu.clone());
        dual.evaluate(&root.part.status);
        if !dual.settle(search.beaten(), &mut root.part.status) {
            root.bound = search.beaten();
        }
    }
    root
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
