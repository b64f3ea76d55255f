//! The best plan of an instance, from the first plan to the proof.

use super::Listener;
use super::dominated::smaller;
use super::dual::Dual;
use super::exchange::exchange;
use super::gains::{Gains, number};
use super::greedy::fill;
use super::opened::Opened;
use super::part::{Asked, Bounded, Part, bounded};
use super::search::{Found, Goal, Search};
use super::shaken::Dice;
use super::subgradient::Effort;
use super::tree::branch;
use super::windows::improve;
use crate::plan::status::Status;

/// At the root.
const ROOT: Effort = Effort {
    rounds: 3000,
    step: 1.0,
    patience: 20,
    least: 0.0005,
};
/// At a root whose prices were good before some candidates were settled.
const AGAIN: Effort = Effort { step: 0.5, ..ROOT };
/// The first plan is shaken for so many pairs.
const FIRST_SHAKE: u64 = 30_000_000;

/// The best plan of an instance, made [`smaller`] before, that can be found until it is proved, the goal is
/// met, or the listener stops it.
pub(in crate::plan) fn best(gains: Gains, goal: Goal<'_>, listener: &dyn Listener) -> Found {
    let nothing = Found {
        open: gains.named(&[]),
        value: gains.base,
        bound: gains.most(),
        nodes: 0,
        work: 0,
    };
    let mut search = Search {
        solve: best,
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
fn run(search: &mut Search<'_>, mut gains: Gains) {
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
        gains = without(gains, &root.part);
    }
}

fn first_plan(search: &mut Search<'_>, gains: &Gains) {
    let mut plan = Opened::new(gains);
    fill(&mut plan);
    exchange(&mut plan, search.listener);
    search.keep(&plan);
    if !search.goal.known.is_empty() {
        // A plan of the first instance is one of each that is made of it, as far as it holds the candidates.
        let mut plan = Opened::new(gains);
        for candidate in 0..number(gains.candidates()) {
            let name = gains.names[candidate as usize];
            if search.goal.known.contains(&name) && plan.fits(candidate) {
                plan.open(candidate);
            }
        }
        fill(&mut plan);
        search.keep(&plan);
    }
    search.tell();
    // Where only a goal counts, the bound may soon tell that it is out of reach.
    if search.goal.enough.is_none() {
        improve(search, gains, FIRST_SHAKE);
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
        effort: if gains.prices.is_empty() { ROOT } else { AGAIN },
        settled: (gains.candidates() / 3).max(50),
    };
    let mut root = bounded(gains, part, asked, search.listener);
    search.take(&mut root);
    let before = search.beaten();
    if root.bound > before {
        let work = search.found.work / 4;
        improve(search, gains, work);
    }
    if search.beaten() > before {
        let mut dual = Dual::new(gains, root.part.mu.clone());
        dual.evaluate(&root.part.status);
        if !dual.settle(search.beaten(), &mut root.part.status) {
            root.bound = search.beaten();
        }
    }
    root
}

/// The instance without what is settled, which begins with the prices that were good.
fn without(mut gains: Gains, part: &Part) -> Gains {
    let is = |wanted: Status| part.status.iter().map(move |one| *one == wanted);
    let open: Vec<bool> = is(Status::Open).collect();
    let gone: Vec<bool> = is(Status::Gone).collect();
    gains.prices.clone_from(&part.mu);
    smaller(gains.settled(&open, &gone))
}

/// Prices at which no candidate is worth more than a rate: each client begins with no price at all, and where
/// a candidate is worth too much its clients pay more, in proportion (*dual ascent*). O(pairs).
fn trimmed(gains: &Gains, rate: i64) -> Vec<i64> {
    let scale = gains.scale;
    let rate = rate.saturating_mul(scale).max(1);
    let mut mu = vec![0; gains.clients()];
    let mut order: Vec<u32> = (0..number(gains.candidates())).collect();
    order.sort_by_cached_key(|&one| (std::cmp::Reverse(worth_at(gains, one, &mu)), one));
    for one in order {
        let column = gains.columns.row(one);
        let worth = worth_at(gains, one, &mu);
        if worth <= rate {
            continue;
        }
        for pair in column {
            let place = pair.of as usize;
            let left = i128::from((pair.gain * scale - mu[place]).max(0));
            let kept = left * i128::from(rate) / i128::from(worth);
            mu[place] += i64::try_from(left - kept).unwrap_or(0);
        }
    }
    mu
}

/// What a candidate is worth to clients at these prices, in parts. O(column).
fn worth_at(gains: &Gains, candidate: u32, mu: &[i64]) -> i64 {
    let column = gains.columns.row(candidate).iter();
    let beyond = column.map(|pair| (pair.gain * gains.scale - mu[pair.of as usize]).max(0));
    beyond.sum()
}

/// Prices to begin with: those that were good before; else a mean of what a greedy plan gives a client and
/// what is left to it without the candidate that gives it, or [`trimmed`] ones: whichever bound best.
fn start(gains: &Gains) -> Vec<i64> {
    if !gains.prices.is_empty() {
        return gains.prices.clone();
    }
    let mut plan = Opened::new(gains);
    fill(&mut plan);
    let free = vec![Status::Free; gains.candidates()];
    let quarters = [2, 3, 4].map(|quarters| {
        let mean = |client| {
            let [best, next] = plan.of(client);
            (best.gain * quarters + next.gain * (4 - quarters)) * gains.scale / 4
        };
        let prices: Vec<i64> = (0..number(gains.clients())).map(mean).collect();
        let mut dual = Dual::new(gains, prices);
        dual.evaluate(&free);
        (dual.bound, dual.mu)
    });
    // What the site of the plan that gives least gives is about what room for one more is worth.
    let least = plan.all().iter().map(|&one| plan.loss(one)).min();
    let trimmed = [3, 4, 6, 8].map(|quarters| {
        let prices = trimmed(gains, least.unwrap_or(0).saturating_mul(quarters) / 4);
        let mut dual = Dual::new(gains, prices);
        dual.evaluate(&free);
        (dual.bound, dual.mu)
    });
    let all = quarters.into_iter().chain(trimmed);
    let best = all.min_by_key(|(bound, _)| *bound);
    best.map_or_else(Vec::new, |(_, prices)| prices)
}
