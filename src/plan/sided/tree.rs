//! Plans and bounds until they meet (*branch and bound*), the part with the highest bound first.
//!
//! So many parts are bounded at a time, on as many threads as there are; which ones does not depend on the threads,
//! nor what is done with the answers.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::bounded::{self, Bounded, Part, bounded};
use super::instance::{Aim, Instance};
use super::local;
use super::prices::Prices;
use super::served::{Merit, Served};
use crate::plan::question::Role;
use crate::plan::solver::{Dice, Listener};
use crate::plan::status::Status;

/// Evaluations for all plans, and for a part.
const ROOT: u32 = 600;
const PART: u32 = 80;
/// So many parts at a time.
const BATCH: usize = 8;
/// The first plan is looked for with so many pairs, and so many times all of them.
const LOCAL: u64 = 30_000_000;
const PASSES: u64 = 4000;

/// The best plan, and what no plan exceeds.
pub(super) struct Found {
    /// None where none was found; and where the bound is below all plans there is none.
    pub(super) plan: Option<(Merit, Vec<u32>)>,
    pub(super) bound: i128,
    pub(super) nodes: u64,
    pub(super) work: u64,
}

/// A part that is yet to be split.
struct Node {
    bound: i128,
    number: u64,
    part: Part,
    unsure: Option<usize>,
}

impl Ord for Node {
    /// The highest bound first, then the newest.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = self.bound.cmp(&other.bound);
        by_bound.then(self.number.cmp(&other.number))
    }
}

impl PartialOrd for Node {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Node {}

/// What is asked of a search.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// The candidates of a plan that is known; empty where none is.
    pub(super) known: &'a [u32],
    /// Whether the first plan that holds all conditions is enough.
    pub(super) any: bool,
    /// Pairs to look at, at most.
    pub(super) work: u64,
    pub(super) listener: &'a dyn Listener,
}

/// The best plan until it is proved, so many pairs were looked at, or the listener stops it.
pub(super) fn best(instance: &Instance, asked: Asked<'_>) -> Found {
    let Asked { listener, work, .. } = asked;
    let mut search = Search {
        instance,
        listener,
        work,
        any: asked.any,
        least: least(instance),
        found: Found {
            plan: None,
            bound: ceiling(instance),
            nodes: 0,
            work: 0,
        },
    };
    search.first_plan(asked.known);
    search.run();
    search.found
}

/// No plan that holds the conditions comes to less.
pub(super) fn least(instance: &Instance) -> i128 {
    match instance.aim {
        Aim::Most => i128::from(instance.needed()),
        Aim::Cheapest => -instance
            .price
            .iter()
            .map(|&price| i128::from(price))
            .sum::<i128>(),
    }
}

/// No plan comes to more: nobody is covered twice, and no plan costs less than nothing.
fn ceiling(instance: &Instance) -> i128 {
    match instance.aim {
        Aim::Most => instance.weight.iter().copied().map(i128::from).sum(),
        Aim::Cheapest => 0,
    }
}

struct Search<'a> {
    instance: &'a Instance,
    listener: &'a dyn Listener,
    work: u64,
    any: bool,
    least: i128,
    found: Found,
}

impl Search<'_> {
    /// Only plans of more than this matter.
    fn beaten(&self) -> i128 {
        let found = self.found.plan.as_ref();
        found.map_or(self.least - 1, |(merit, _)| merit.value)
    }

    fn is_over(&self) -> bool {
        let enough = self.any && self.found.plan.is_some();
        enough || self.found.work > self.work || self.listener.stop()
    }

    fn keep(&mut self, plan: &Served<'_>) {
        self.found.work += plan.work;
        if plan.is_allowed() && plan.meets() {
            self.take(Some((plan.merit(), plan.all())));
        }
    }

    fn take(&mut self, plan: Option<(Merit, Vec<u32>)>) {
        let Some((merit, open)) = plan else {
            return;
        };
        let before = self.found.plan.as_ref().map(|plan| plan.0.value);
        if before.is_none_or(|before| merit.value > before) {
            self.found.plan = Some((merit, open));
        }
    }

    fn tell(&self) {
        let shown = |value: i128| i64::try_from(value).unwrap_or(i64::MAX);
        if let Some((merit, _)) = &self.found.plan {
            self.listener
                .hear(shown(merit.value), shown(self.found.bound));
        }
    }

    fn first_plan(&mut self, known: &[u32]) {
        let must = |one: &u32| {
            matches!(
                self.instance.roles[*one as usize],
                Role::Kept | Role::Forced
            )
        };
        let plan = Served::with(self.instance, self.instance.numbers().filter(must));
        let pairs = self.instance.rows.values().len() as u64;
        // Most of what may be looked at is for the bound.
        let work = LOCAL.min(PASSES * pairs).min(self.work / 4);
        let mut known_plan = plan.clone();
        for &one in known {
            if !known_plan.is_open(one) && known_plan.fits(one) {
                known_plan.open(one);
            }
        }
        if !known.is_empty() {
            self.keep(&known_plan);
        }
        let mut dice = Dice::new();
        let starts = [Some(plan), Some(known_plan).filter(|_| !known.is_empty())];
        for start in starts.into_iter().flatten() {
            if self.found.plan.is_some() && self.is_over() {
                return;
            }
            let plan = local::search(start, work, &mut dice, self.listener);
            self.keep(&plan);
        }
    }

    fn run(&mut self) {
        let status = self.instance.roles.iter().map(|role| match role {
            Role::Kept | Role::Forced => Status::Open,
            Role::Open => Status::Free,
            Role::Forbidden => Status::Gone,
        });
        let part = Part {
            status: status.collect(),
            prices: Prices::first(self.instance),
        };
        let mut parts = BinaryHeap::new();
        if self.any && self.found.plan.is_some() {
            return;
        }
        let root = bounded(self.instance, part, self.asked(ROOT));
        // A bound by prices may be above what is known without any.
        self.found.bound = self.found.bound.min(root.bound);
        let mut count = 0;
        self.split(root, &mut parts, &mut count);
        while let Some(highest) = parts.peek() {
            self.found.bound = self.found.bound.min(highest.bound.max(self.beaten()));
            self.tell();
            if self.found.bound <= self.beaten() || self.is_over() {
                return;
            }
            let nodes: Vec<Node> = (0..BATCH).map_while(|_| parts.pop()).collect();
            let halves: Vec<Part> = nodes.iter().flat_map(halves).collect();
            self.found.nodes += halves.len() as u64;
            let asked = self.asked(PART);
            let all: Vec<Bounded> = halves
                .into_par_iter()
                .map(|part| bounded(self.instance, part, asked))
                .collect();
            for bounded in all {
                self.split(bounded, &mut parts, &mut count);
            }
        }
        self.found.bound = self.beaten();
        self.tell();
    }

    fn asked(&self, rounds: u32) -> bounded::Asked<'_> {
        bounded::Asked {
            beaten: self.beaten(),
            rounds,
            work: self.work.saturating_sub(self.found.work),
            listener: self.listener,
        }
    }

    /// Puts a part on the heap, or judges it where nothing is left to choose.
    fn split(&mut self, bounded: Bounded, parts: &mut BinaryHeap<Node>, count: &mut u64) {
        self.found.work += bounded.work;
        self.take(bounded.plan);
        if bounded.bound <= self.beaten() || !self.may_meet(&bounded.part.status) {
            return;
        }
        if bounded.unsure.is_none() {
            let open = opened(&bounded.part.status, false);
            let plan = Served::with(self.instance, open.into_iter());
            return self.keep(&plan);
        }
        *count += 1;
        parts.push(Node {
            bound: bounded.bound,
            number: *count,
            part: bounded.part,
            unsure: bounded.unsure,
        });
    }

    /// Whether the needs are met when all that may open does, and room and groups hold what is open.
    fn may_meet(&mut self, status: &[Status]) -> bool {
        let all = Served::with(self.instance, opened(status, true).into_iter());
        let sure = Served::with(self.instance, opened(status, false).into_iter());
        self.found.work += all.work + sure.work;
        all.meets() && sure.is_allowed()
    }
}

/// The candidates that are open, or may be.
fn opened(status: &[Status], may: bool) -> Vec<u32> {
    let numbered = (0..).zip(status);
    let open = numbered.filter(|(_, status)| match status {
        Status::Open => true,
        Status::Free => may,
        Status::Gone => false,
    });
    open.map(|(one, _)| one).collect()
}

/// A part in two: with and without the candidate of which it is least sure.
fn halves(node: &Node) -> Vec<Part> {
    let Some(on) = node.unsure else {
        return Vec::new();
    };
    let with = |status: Status| {
        let mut part = node.part.clone();
        part.status[on] = status;
        part
    };
    vec![with(Status::Open), with(Status::Gone)]
}
