//! What no plan can exceed, by prices (*Lagrangean relaxation*).
//!
//! Three prices make the problem easy. μᵢ: what client i pays to each open candidate that has it within the limit;
//! λᵤ: what the weight of unit u is worth beyond itself, as long as the unit lacks some; νg: what a place in group
//! g costs. With vᵢ = wᵢ (θ + λᵤ), where θ is 1 for most weight and 0 for a cheapest plan,
//!
//! ```text
//!   bound = Σᵢ max(vᵢ − k μᵢ, 0) − Σᵤ λᵤ needᵤ + Σg νg mostg
//!         + best choice of Σⱼ (Σᵢ μᵢ − cⱼ − Σg νg)
//! ```
//!
//! No plan that holds the conditions has more, for any prices that are not below 0. Where a site serves only so
//! much, what it earns is the best filling of that (a *fractional knapsack*). A rate κ for room does the same to the
//! limit on it. All numbers are whole, in parts of one.

use super::instance::{Aim, Instance};
use crate::plan::status::Status;

/// So many parts make one.
pub(super) const SCALE: i128 = 1 << 20;

/// Prices, in parts.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) clients: Vec<i128>,
    pub(super) units: Vec<i128>,
    pub(super) groups: Vec<i128>,
}

impl Prices {
    /// Each client pays half of what it is worth; a cheapest plan pays for what units need, and nothing where they
    /// need nothing: a price without a need never falls.
    pub(super) fn first(instance: &Instance) -> Self {
        let units = match instance.aim {
            Aim::Most => 0,
            Aim::Cheapest => {
                let dearest: u64 = instance.price.iter().sum();
                let all = i128::from(instance.needed().max(1));
                i128::from(dearest) * SCALE / all / 2
            }
        };
        let mut prices = Self {
            clients: Vec::new(),
            units: instance
                .needs
                .iter()
                .map(|&need| if need > 0 { units } else { 0 })
                .collect(),
            groups: vec![0; instance.most.len()],
        };
        let half =
            |client| worth_of(instance, &prices.units, client) / (2 * i128::from(instance.times));
        prices.clients = (0..instance.clients()).map(half).collect();
        prices
    }
}

/// What covering a client is worth at the prices of units.
pub(super) fn worth_of(instance: &Instance, units: &[i128], client: usize) -> i128 {
    let own = match instance.aim {
        Aim::Most => SCALE,
        Aim::Cheapest => 0,
    };
    let lived = instance.units_of(client).iter();
    let lived: i128 = lived.map(|&unit| units[unit as usize]).sum();
    i128::from(instance.weight[client]) * (own + lived)
}

/// The easier problem at some prices, solved.
#[derive(Debug, Clone)]
pub(super) struct Relaxed {
    /// By candidate what it earns beyond what it costs.
    worth: Vec<i128>,
    /// What a unit of room costs.
    rate: i128,
    pub(super) chosen: Vec<bool>,
    /// By client whether it counts as covered.
    pub(super) covered: Vec<bool>,
    /// No plan has more, in parts.
    pub(super) bound: i128,
    pub(super) work: u64,
}

impl Relaxed {
    /// O(pairs), with capacities O(pairs · log).
    pub(super) fn at(instance: &Instance, prices: &Prices, status: &[Status]) -> Self {
        let mut relaxed = Self {
            worth: vec![0; instance.candidates()],
            rate: 0,
            chosen: vec![false; instance.candidates()],
            covered: vec![false; instance.clients()],
            bound: 0,
            work: 0,
        };
        relaxed.earn(instance, prices, status);
        let left = relaxed.choose(instance, status);
        let times = i128::from(instance.times);
        for (client, &paid) in prices.clients.iter().enumerate() {
            let left = worth_of(instance, &prices.units, client) - times * paid;
            relaxed.covered[client] = left > 0;
            relaxed.bound += left.max(0);
        }
        for (need, price) in instance.needs.iter().zip(&prices.units) {
            relaxed.bound -= i128::from(*need) * price;
        }
        for (most, price) in instance.most.iter().zip(&prices.groups) {
            relaxed.bound += i128::from(*most) * price;
        }
        for (candidate, status) in status.iter().enumerate() {
            relaxed.bound += match status {
                Status::Open => relaxed.worth[candidate],
                Status::Free => relaxed.reduced(instance, candidate).max(0),
                Status::Gone => 0,
            };
        }
        relaxed.bound += relaxed.rate * i128::from(left);
        relaxed
    }

    /// What each candidate earns at the prices.
    fn earn(&mut self, instance: &Instance, prices: &Prices, status: &[Status]) {
        for one in instance.numbers() {
            let place = one as usize;
            if status[place] == Status::Gone {
                continue;
            }
            let column = instance.columns.row(one);
            self.work += column.len() as u64 + 1;
            let earned: i128 = match instance.capacities.get(place) {
                None => column
                    .iter()
                    .map(|&client| prices.clients[client as usize])
                    .sum(),
                Some(&capacity) => filled(instance, prices, column, capacity),
            };
            let groups = instance.groups.row(one).iter();
            let places: i128 = groups
                .map(|&(group, takes)| prices.groups[group as usize] * i128::from(takes))
                .sum();
            self.worth[place] = earned - places - i128::from(instance.price[place]) * SCALE;
        }
    }

    /// Chooses the best for their room until the first that does not fit, which sets the rate. The room that the
    /// settled ones leave.
    fn choose(&mut self, instance: &Instance, status: &[Status]) -> u64 {
        let mut left = instance.room;
        let mut order = Vec::new();
        for (candidate, status) in status.iter().enumerate() {
            match status {
                Status::Open => {
                    self.chosen[candidate] = true;
                    left = left.saturating_sub(instance.size[candidate]);
                }
                Status::Free if self.worth[candidate] > 0 => order.push(candidate),
                _ => {}
            }
        }
        let settled = left;
        let size = |one: usize| i128::from(instance.size[one]);
        order.sort_unstable_by(|&one, &other| {
            let better = (self.worth[other] * size(one)).cmp(&(self.worth[one] * size(other)));
            better.then(one.cmp(&other))
        });
        for candidate in order {
            if instance.size[candidate] > left {
                self.rate = self.worth[candidate] / size(candidate);
                break;
            }
            left -= instance.size[candidate];
            self.chosen[candidate] = true;
        }
        settled
    }

    /// What a free candidate is worth beyond the room that it takes.
    pub(super) fn reduced(&self, instance: &Instance, candidate: usize) -> i128 {
        self.worth[candidate] - self.rate * i128::from(instance.size[candidate])
    }

    /// Settles free candidates without which, or with which, no plan has more than `beaten`.
    pub(super) fn settle(&self, instance: &Instance, beaten: i128, status: &mut [Status]) {
        for (candidate, status) in status.iter_mut().enumerate() {
            if *status != Status::Free {
                continue;
            }
            let reduced = self.reduced(instance, candidate);
            if (self.bound - reduced.abs()).div_euclid(SCALE) <= beaten {
                *status = if reduced > 0 {
                    Status::Open
                } else {
                    Status::Gone
                };
            }
        }
    }
}

/// What serving as much as it can earns a site: those first who pay most for their weight. Rounded up.
fn filled(instance: &Instance, prices: &Prices, column: &[u32], capacity: u64) -> i128 {
    let weight = |client: u32| i128::from(instance.weight[client as usize]);
    let paid = |client: u32| prices.clients[client as usize];
    let mut order = column.to_vec();
    order.sort_unstable_by(|&one, &other| {
        let better = (paid(other) * weight(one)).cmp(&(paid(one) * weight(other)));
        better.then(one.cmp(&other))
    });
    let mut left = i128::from(capacity);
    let mut earned = 0;
    for client in order {
        if weight(client) >= left {
            return earned + (paid(client) * left + weight(client) - 1) / weight(client);
        }
        earned += paid(client);
        left -= weight(client);
    }
    earned
}
