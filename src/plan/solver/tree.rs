//! Plans and bounds until they meet (*branch and bound*), the part with the highest bound first.
//!
//! So many parts are bounded at a time, on as many threads as there are; which ones does not depend on
//! the threads, nor what is done with the answers.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::Arc;

use rayon::prelude::*;

use super::gains::{Gains, number};
use super::opened::Opened;
use super::part::{Asked, Bounded, Part, bounded};
use super::search::Search;
use super::subgradient::Effort;
use super::windows::improve;
use crate::plan::status::Status;

/// At a part, from the prices of the one above.
const EFFORT: Effort = Effort {
    rounds: 400,
    step: 1.0,
    patience: 20,
    least: 0.02,
};
/// So many parts at a time.
const BATCH: usize = 8;

/// A part that is yet to be bounded.
struct Node {
    bound: i64,
    depth: u32,
    number: u64,
    status: Vec<Status>,
    mu: Arc<[i64]>,
}

impl Ord for Node {
    /// The highest bound first, then the deepest, then the oldest.
    fn cmp(&self, other: &Self) -> Ordering {
        let by_bound = self.bound.cmp(&other.bound);
        by_bound
            .then(self.depth.cmp(&other.depth))
            .then(other.number.cmp(&self.number))
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

/// Splits what is left until nothing in it can be better, or the search is over.
pub(super) fn branch(search: &mut Search<'_>, gains: &Gains, root: Bounded) {
    let mut tree = Tree {
        gains,
        parts: BinaryHeap::new(),
        count: 0,
    };
    tree.split(search, root, 0);
    let mut next_shake = search.found.work * 2;
    while let Some(highest) = tree.parts.peek() {
        search.lower(highest.bound);
        if search.is_over() {
            return;
        }
        if search.found.work > next_shake {
            let work = search.found.work / 4;
            improve(search, gains, work);
            next_shake = search.found.work * 2;
        }
        tree.step(search);
        search.tell();
    }
    search.lower(i64::MIN);
    search.tell();
}

struct Tree<'a> {
    gains: &'a Gains,
    parts: BinaryHeap<Node>,
    count: u64,
}

impl Tree<'_> {
    /// Bounds the parts with the highest bounds, and splits them.
    fn step(&mut self, search: &mut Search<'_>) {
        let nodes: Vec<Node> = (0..BATCH).map_while(|_| self.parts.pop()).collect();
        let asked = Asked {
            beaten: search.beaten(),
            enough: search.goal.enough,
            work: search.goal.work.saturating_sub(search.found.work),
            effort: EFFORT,
            settled: usize::MAX,
        };
        let all: Vec<Bounded> = nodes
            .par_iter()
            .map(|node| {
                let part = Part {
                    status: node.status.clone(),
                    mu: node.mu.to_vec(),
                };
                bounded(self.gains, part, asked, search.listener)
            })
            .collect();
        search.found.nodes += nodes.len() as u64;
        for (node, mut bounded) in nodes.into_iter().zip(all) {
            search.take(&mut bounded);
            bounded.bound = bounded.bound.min(node.bound);
            self.split(search, bounded, node.depth);
        }
    }

    /// Puts the two halves of a part on the heap, or judges it where nothing is left to choose.
    fn split(&mut self, search: &mut Search<'_>, bounded: Bounded, depth: u32) {
        let mut status = bounded.part.status;
        if bounded.bound <= search.beaten() || !self.gains.close_unfit(&mut status) {
            return;
        }
        let unsure = bounded.unsure.filter(|&on| status[on] == Status::Free);
        let free = || status.iter().position(|one| *one == Status::Free);
        let Some(on) = unsure.or_else(free) else {
            return search.keep(&opened(self.gains, &status));
        };
        let mu: Arc<[i64]> = bounded.part.mu.into();
        for choice in [Status::Open, Status::Gone] {
            let mut status = status.clone();
            status[on] = choice;
            self.count += 1;
            self.parts.push(Node {
                bound: bounded.bound,
                depth: depth + 1,
                number: self.count,
                status,
                mu: Arc::clone(&mu),
            });
        }
    }
}

/// The plan in which nothing is left to choose.
fn opened<'a>(gains: &'a Gains, status: &[Status]) -> Opened<'a> {
    let mut plan = Opened::new(gains);
    for candidate in 0..number(gains.candidates()) {
        if status[candidate as usize] == Status::Open {
            plan.open(candidate);
        }
    }
    plan
}
