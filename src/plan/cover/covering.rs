//! The cheapest cover of one part.

use super::asked::Asked;
use super::weighed::{weighed, weighed_each};
use crate::plan::solver::{Dice, Found, Gains, Goal, Opening, best, smaller};

/// The local search looks at so many pairs at most, and at each so many times.
const WORK: u64 = 60_000_000;
const PASSES: u64 = 2000;
/// Where it is not proved after so many looks at each pair,
const EASY: u64 = 10_000;
/// so many more local searches begin elsewhere,
const AGAIN: u32 = 6;
/// each for so many times as much.
const LONGER: u64 = 3;

/// Some candidates that cover a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Covered {
    pub(super) open: Vec<u32>,
    pub(super) cost: u64,
    pub(super) bound: u64,
    pub(super) nodes: u64,
    pub(super) work: u64,
}

/// Covers a part: what a client gains by being covered is the price of its cheapest candidate.
///
/// Then leaving it out gains no more than adding that candidate, so the cheapest cover is among the best.
pub(super) fn cover_island(clients: &[Vec<u32>], asked: Asked<'_>) -> Covered {
    let mut candidates: Vec<u32> = clients.iter().flatten().copied().collect();
    candidates.sort_unstable();
    candidates.dedup();
    let place = |candidate: &u32| candidates.binary_search(candidate).unwrap_or(0);
    let price = |candidate: u32| asked.prices[candidate as usize];
    let mut triples = Vec::new();
    let mut all = 0;
    for (client, row) in (0_u32..).zip(clients) {
        let cheapest = row.iter().map(|&one| price(one)).min().unwrap_or(0);
        all += cheapest;
        for candidate in row {
            triples.push((client, number(place(candidate)), signed(cheapest)));
        }
    }
    let openings: Vec<Opening> = candidates
        .iter()
        .map(|&candidate| Opening {
            price: signed(price(candidate)),
            size: 0,
        })
        .collect();
    let inner: Vec<Vec<u32>> = clients
        .iter()
        .map(|row| row.iter().map(|one| number(place(one))).collect())
        .collect();
    let prices: Vec<u64> = candidates.iter().map(|&one| price(one)).collect();
    let gains = smaller(Gains::new(clients.len(), &openings, 0, &triples));
    let found = cheapest(
        gains,
        (&inner, &prices),
        (signed(all), triples.len()),
        asked,
    );
    let open = found.open.iter().map(|&place| candidates[place as usize]);
    let open = mended(clients, open.collect(), asked.prices);
    Covered {
        cost: open.iter().map(|&one| price(one)).sum(),
        open,
        bound: all.saturating_sub(u64::try_from(found.bound).unwrap_or(0)),
        nodes: found.nodes,
        work: found.work,
    }
}

/// The best cover of an instance, of clients by their candidates and what these cost; `all` less what it comes to is
/// what it costs.
fn cheapest(
    gains: Gains,
    (clients, prices): (&[Vec<u32>], &[u64]),
    (all, pairs): (i64, usize),
    asked: Asked<'_>,
) -> Found {
    let stop = || asked.listener.stop();
    let pairs = pairs as u64;
    let work = asked.work.min(WORK.min(PASSES * pairs));
    let enough = (asked.enough.unwrap_or(0), work);
    let known = weighed(clients, prices, enough, (&mut Dice::new(), &stop));
    let goal = |known, work| Goal {
        known,
        enough: asked.enough.map(|enough| all - signed(enough)),
        work,
    };
    let easy = asked.work.min(EASY * pairs);
    if asked.enough.is_some() || easy == asked.work {
        return best(gains, goal(&known, asked.work), asked.listener);
    }
    let first = best(gains.clone(), goal(&known, easy), asked.listener);
    if first.value == first.bound || stop() {
        return first;
    }
    let left = asked.work.saturating_sub(first.work);
    let each = (work * LONGER).min(left / u64::from(AGAIN));
    let again = weighed_each(clients, prices, (AGAIN, each), &stop);
    let cheaper = again.filter(|(cost, _)| all - signed(*cost) > first.value);
    let known = cheaper.map_or_else(|| first.open.clone(), |(_, cover)| cover);
    let looked_at = each * u64::from(AGAIN);
    let mut last = best(gains, goal(&known, left - looked_at), asked.listener);
    last.bound = last.bound.min(first.bound);
    last.work += first.work + looked_at;
    last.nodes += first.nodes;
    last
}

/// The candidates with the cheapest one added for each client that has none of them, and without those
/// that are not needed, the dearest first.
fn mended(clients: &[Vec<u32>], mut open: Vec<u32>, prices: &[u64]) -> Vec<u32> {
    let price = |candidate: u32| prices[candidate as usize];
    for row in clients {
        if !row.iter().any(|candidate| open.contains(candidate)) {
            let cheapest = row.iter().copied().min_by_key(|&one| (price(one), one));
            open.extend(cheapest);
        }
    }
    open.sort_unstable_by_key(|&one| (std::cmp::Reverse(price(one)), one));
    for candidate in open.clone() {
        let rest: Vec<u32> = open
            .iter()
            .copied()
            .filter(|&one| one != candidate)
            .collect();
        let covered = |row: &Vec<u32>| row.iter().any(|one| rest.contains(one));
        if clients.iter().all(covered) {
            open = rest;
        }
    }
    open.sort_unstable();
    open
}

fn number(count: usize) -> u32 {
    u32::try_from(count).expect("candidates are numbered by u32")
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("costs were checked to be small enough")
}
