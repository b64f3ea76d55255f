//! What no plan can exceed, by prices that clients pay (*Lagrangean relaxation*).
//!
//! Each client i may gain from several open candidates at once, but pays μᵢ ≥ 0 for the right to gain
//! at all. Then every candidate is worth what it gives beyond those prices, whatever else is open, and
//! the best plan of that easier problem is read off:
//!
//! ```text
//!   bound(μ) = Σ μᵢ + best choice of Σⱼ (Σᵢ max(gᵢⱼ − μᵢ, 0) − fⱼ)
//! ```
//!
//! No true plan has more, for any μ: Σᵢ max gᵢⱼ ≤ Σᵢ μᵢ + Σⱼ Σᵢ max(gᵢⱼ − μᵢ, 0). A rate κ for room does
//! the same to the limit on it. All numbers are integers, scaled, so the bound is exact.

use rayon::prelude::*;

use super::gains::{Gains, number};
use crate::plan::status::Status;

/// With so many pairs of client and candidate the clients are shared out among threads,
const MANY: usize = 300_000;
/// in so many shares.
const SHARES: usize = 16;

/// The relaxed problem at some prices.
#[derive(Debug, Clone)]
pub(super) struct Dual<'a> {
    pub(super) gains: &'a Gains,
    /// By client what it pays, in parts.
    pub(super) mu: Vec<i64>,
    /// By candidate what it is worth at those prices, its own price taken off, in parts.
    worth: Vec<i64>,
    /// What a unit of room costs, in parts.
    rate: i64,
    /// By candidate whether the easier problem opens it.
    pub(super) chosen: Vec<bool>,
    /// What no plan exceeds at these prices, in parts.
    pub(super) bound: i64,
    /// Pairs looked at so far.
    pub(super) work: u64,
    /// Candidates in the order of their worth for their room.
    order: Vec<u32>,
}

impl<'a> Dual<'a> {
    /// At some prices, yet to be evaluated.
    pub(super) fn new(gains: &'a Gains, mu: Vec<i64>) -> Self {
        Self {
            gains,
            mu,
            worth: vec![0; gains.candidates()],
            rate: 0,
            chosen: vec![false; gains.candidates()],
            bound: i64::MAX,
            work: 0,
            order: Vec::new(),
        }
    }

    /// The bound at the present prices, among plans that keep to the status.
    pub(super) fn evaluate(&mut self, status: &[Status]) {
        self.weigh();
        self.fill_room(status);
        let mut bound = i128::from(self.gains.base) * i128::from(self.gains.scale);
        bound += self.mu.iter().map(|&mu| i128::from(mu)).sum::<i128>();
        let mut left = self.gains.room;
        for (candidate, status) in status.iter().enumerate() {
            match status {
                Status::Open => {
                    bound += i128::from(self.worth[candidate]);
                    left = left.saturating_sub(self.gains.size[candidate]);
                }
                Status::Free => bound += self.reduced(candidate).max(0),
                Status::Gone => {}
            }
        }
        bound += i128::from(self.rate) * i128::from(left);
        self.bound = i64::try_from(bound).unwrap_or(i64::MAX);
    }

    /// What each candidate is worth: O(pairs whose gain is above the price), in parallel where there are many.
    fn weigh(&mut self) {
        let clients = self.mu.len();
        let share = if self.gains.pairs() < MANY {
            clients
        } else {
            clients.div_ceil(SHARES)
        };
        let all: Vec<(Vec<i64>, u64)> = self
            .mu
            .par_chunks(share.max(1))
            .enumerate()
            .map(|(place, mu)| self.worth_of(place * share, mu))
            .collect();
        for (worth, price) in self.worth.iter_mut().zip(&self.gains.price) {
            *worth = -price * self.gains.scale;
        }
        // Sums of whole numbers: the same for any number of threads.
        for (part, work) in all {
            self.work += work;
            for (worth, part) in self.worth.iter_mut().zip(part) {
                *worth += part;
            }
        }
    }

    /// What each candidate is worth to some clients, from this one on, and how many pairs that took.
    fn worth_of(&self, first: usize, mu: &[i64]) -> (Vec<i64>, u64) {
        let mut worth = vec![0; self.worth.len()];
        let mut work = 0;
        for (client, &mu) in (first..).zip(mu) {
            for pair in self.gains.rows.row(number(client)) {
                let beyond = pair.gain * self.gains.scale - mu;
                // The others of the row give less.
                if beyond <= 0 {
                    break;
                }
                worth[pair.of as usize] += beyond;
                work += 1;
            }
        }
        (worth, work)
    }

    /// Chooses the best for their room until the first that does not fit, which sets the rate.
    fn fill_room(&mut self, status: &[Status]) {
        let sizes = &self.gains.size;
        let mut left = self.gains.room;
        self.order.clear();
        for (candidate, status) in status.iter().enumerate() {
            self.chosen[candidate] = *status == Status::Open;
            match status {
                Status::Open => left = left.saturating_sub(sizes[candidate]),
                Status::Free if self.worth[candidate] > 0 => self.order.push(number(candidate)),
                _ => {}
            }
        }
        let worth = &self.worth;
        self.order.sort_unstable_by(|&one, &other| {
            let [one_worth, other_worth] = [one, other].map(|of| i128::from(worth[of as usize]));
            let [one_size, other_size] = [one, other].map(|of| i128::from(sizes[of as usize]));
            let better = (other_worth * one_size).cmp(&(one_worth * other_size));
            better.then(one.cmp(&other))
        });
        self.rate = 0;
        for &candidate in &self.order {
            let size = sizes[candidate as usize];
            if size > left {
                let worth = self.worth[candidate as usize];
                self.rate = worth / i64::try_from(size).unwrap_or(i64::MAX);
                break;
            }
            left -= size;
            self.chosen[candidate as usize] = true;
        }
    }

    /// What a free candidate is worth beyond the room that it takes.
    pub(super) fn reduced(&self, candidate: usize) -> i128 {
        let room = i128::from(self.rate) * i128::from(self.gains.size[candidate]);
        i128::from(self.worth[candidate]) - room
    }

    /// By client 1 less the number of chosen candidates from which it gains beyond its price: where
    /// it is above 0 the price should fall, below 0 rise (the *subgradient*).
    pub(super) fn slope(&self, slope: &mut [i32]) {
        let share = if self.gains.pairs() < MANY {
            slope.len()
        } else {
            slope.len().div_ceil(SHARES)
        };
        let parts = slope.par_chunks_mut(share.max(1)).enumerate();
        parts.for_each(|(place, slope)| {
            for (client, slope) in (place * share..).zip(slope) {
                let mu = self.mu[client];
                let row = self.gains.rows.row(number(client)).iter();
                let beyond = row.take_while(|pair| pair.gain * self.gains.scale > mu);
                let chosen = beyond.filter(|pair| self.chosen[pair.of as usize]);
                *slope = 1 - i32::try_from(chosen.count()).unwrap_or(i32::MAX);
            }
        });
    }

    /// Settles free candidates without which, or with which, no plan is better than `value`. False when
    /// that leaves no plan at all: then none is better.
    pub(super) fn settle(&self, value: i64, status: &mut [Status]) -> bool {
        for (candidate, status) in status.iter_mut().enumerate() {
            if *status != Status::Free {
                continue;
            }
            let reduced = self.reduced(candidate);
            // What the bound falls by when the candidate goes, or opens, against this choice.
            let other = i128::from(self.bound) - reduced.abs();
            if other.div_euclid(i128::from(self.gains.scale)) <= i128::from(value) {
                *status = if reduced > 0 {
                    Status::Open
                } else {
                    Status::Gone
                };
            }
        }
        self.gains.close_unfit(status)
    }
}

impl Gains {
    /// Free candidates that take more room than is left are gone. False when the open ones do not fit.
    pub(super) fn close_unfit(&self, status: &mut [Status]) -> bool {
        let pairs = status.iter().zip(&self.size);
        let open = pairs.filter(|(one, _)| **one == Status::Open);
        let used: u64 = open.map(|(_, size)| *size).sum();
        let Some(left) = self.room.checked_sub(used) else {
            return false;
        };
        for (status, size) in status.iter_mut().zip(&self.size) {
            if *status == Status::Free && *size > left {
                *status = Status::Gone;
            }
        }
        true
    }
}
