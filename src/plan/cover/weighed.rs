//! Covers by weighing the clients that are hard to cover (*row weighting local search*, Gao and others 2015).
//!
//! One candidate more than can be spared closes, and others are exchanged until everybody is covered again;
//! whoever stays uncovered weighs more from step to step, so that the search does not run in a circle.

use std::cmp::Ordering;

use rayon::prelude::*;

use crate::plan::solver::Dice;

/// So many exchanges in a row that bring nothing are enough.
const IDLE: u32 = 60_000;

/// The cheapest of covers looked for so many times, each by another throw of the dice and for as many pairs; of those
/// that cost the same the first.
pub(super) fn weighed_each(
    clients: &[Vec<u32>],
    prices: &[u64],
    (times, work): (u32, u64),
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<(u64, Vec<u32>)> {
    let cover = |time: u32| {
        let cover = weighed(clients, prices, (0, work), (&mut Dice::nth(time), stop));
        let cost = cover.iter().map(|&one| prices[one as usize]).sum();
        (cost, cover)
    };
    let all: Vec<(u64, Vec<u32>)> = (1..=times).into_par_iter().map(cover).collect();
    all.into_iter().min_by_key(|(cost, _)| *cost)
}

/// A cover as cheap as is found while so many pairs are looked at, but no cheaper than `enough`.
pub(super) fn weighed(
    clients: &[Vec<u32>],
    prices: &[u64],
    (enough, work): (u64, u64),
    (dice, stop): (&mut Dice, &(dyn Fn() -> bool + Sync)),
) -> Vec<u32> {
    let mut search = Weighed::new(clients, prices);
    search.cover_all();
    let mut best = search.open.clone();
    let mut cheapest = search.cost;
    let mut idle = 0;
    while idle < IDLE && cheapest > enough && search.work < work && !stop() {
        if search.uncovered.is_empty() {
            cheapest = search.cost;
            best.clone_from(&search.open);
            idle = 0;
            let Some(out) = search.easiest(None) else {
                break;
            };
            search.close(out);
            continue;
        }
        idle += 1;
        if let Some(out) = search.easiest(search.last) {
            search.close(out);
        }
        let client = search.uncovered[dice.below(search.uncovered.len())];
        let fits = search.best_for(client).filter(|&one| {
            // A cover that costs as much is none that matters.
            search.cost + prices[one as usize] < cheapest
        });
        if let Some(one) = fits {
            search.open(one);
            search.last = Some(one);
        }
        search.weigh();
    }
    best.sort_unstable();
    best
}

/// Some open candidates, and what each would lose or gain.
struct Weighed<'a> {
    clients: &'a [Vec<u32>],
    prices: &'a [u64],
    columns: Vec<Vec<u32>>,
    open: Vec<u32>,
    /// By candidate its place among the open ones; none when closed.
    place: Vec<Option<usize>>,
    /// By client how many open candidates cover it.
    covering: Vec<u32>,
    weight: Vec<i64>,
    /// By candidate the weight that only it covers when open, or that nobody covers when closed.
    worth: Vec<i64>,
    uncovered: Vec<u32>,
    /// By client its place among the uncovered ones.
    lacks: Vec<usize>,
    /// By candidate when it last opened or closed.
    since: Vec<u64>,
    /// Whether anything near it has changed since it closed.
    may_open: Vec<bool>,
    cost: u64,
    now: u64,
    last: Option<u32>,
    work: u64,
}

impl<'a> Weighed<'a> {
    fn new(clients: &'a [Vec<u32>], prices: &'a [u64]) -> Self {
        let mut columns = vec![Vec::new(); prices.len()];
        for (client, row) in (0..).zip(clients) {
            for &candidate in row {
                columns[candidate as usize].push(client);
            }
        }
        let worth = columns
            .iter()
            .map(|column| i64::try_from(column.len()).unwrap_or(i64::MAX));
        Self {
            clients,
            prices,
            open: Vec::new(),
            place: vec![None; prices.len()],
            covering: vec![0; clients.len()],
            weight: vec![1; clients.len()],
            worth: worth.collect(),
            uncovered: (0..).take(clients.len()).collect(),
            lacks: (0..clients.len()).collect(),
            since: vec![0; prices.len()],
            may_open: vec![true; prices.len()],
            columns,
            cost: 0,
            now: 0,
            last: None,
            work: 0,
        }
    }

    /// Opens the best candidate for the first client that lacks one, until none does.
    fn cover_all(&mut self) {
        while let Some(&client) = self.uncovered.first() {
            let Some(one) = self.best_for(client) else {
                return;
            };
            self.open(one);
        }
    }

    /// Compares what two candidates are worth for their prices.
    fn compared(&self, one: u32, other: u32) -> Ordering {
        let worth = |of: u32| i128::from(self.worth[of as usize]);
        let price = |of: u32| i128::from(self.prices[of as usize]);
        (worth(one) * price(other)).cmp(&(worth(other) * price(one)))
    }

    /// When a candidate last changed, to prefer those that did so longest ago.
    fn age(&self, one: u32) -> (u64, u32) {
        (self.since[one as usize], one)
    }

    /// The open candidate that loses least for its price, but for one.
    fn easiest(&mut self, but: Option<u32>) -> Option<u32> {
        self.work += self.open.len() as u64;
        let open = self.open.iter().copied().filter(|&one| Some(one) != but);
        open.min_by(|&one, &other| {
            let order = self.compared(one, other);
            order.then_with(|| self.age(one).cmp(&self.age(other)))
        })
    }

    /// The closed candidate that is worth most for its price to whoever is uncovered, among those that cover
    /// a client.
    fn best_for(&mut self, client: u32) -> Option<u32> {
        let row = &self.clients[client as usize];
        self.work += row.len() as u64;
        let open = row
            .iter()
            .copied()
            .filter(|&one| self.may_open[one as usize]);
        open.max_by(|&one, &other| {
            let order = self.compared(one, other);
            order.then_with(|| self.age(other).cmp(&self.age(one)))
        })
    }

    fn open(&mut self, candidate: u32) {
        self.place[candidate as usize] = Some(self.open.len());
        self.open.push(candidate);
        self.cost += self.prices[candidate as usize];
        self.touch(candidate);
        // What it was worth to those whom nobody covered it is worth now as the one that covers them.
        for place in 0..self.columns[candidate as usize].len() {
            let client = self.columns[candidate as usize][place];
            self.covering[client as usize] += 1;
            match self.covering[client as usize] {
                1 => {
                    self.no_longer_lacks(client);
                    self.shift(client, Some(candidate), -1);
                }
                2 => self.shift_alone(client, candidate, -1),
                _ => {}
            }
        }
    }

    fn close(&mut self, candidate: u32) {
        if let Some(place) = self.place[candidate as usize].take() {
            self.open.swap_remove(place);
            if let Some(&moved) = self.open.get(place) {
                self.place[moved as usize] = Some(place);
            }
        }
        self.cost -= self.prices[candidate as usize];
        self.touch(candidate);
        self.may_open[candidate as usize] = false;
        for place in 0..self.columns[candidate as usize].len() {
            let client = self.columns[candidate as usize][place];
            self.covering[client as usize] -= 1;
            match self.covering[client as usize] {
                0 => {
                    self.lacks[client as usize] = self.uncovered.len();
                    self.uncovered.push(client);
                    self.shift(client, Some(candidate), 1);
                }
                1 => self.shift_alone(client, candidate, 1),
                _ => {}
            }
        }
    }

    /// Notes a change: all that share a client with it may open again.
    fn touch(&mut self, candidate: u32) {
        self.now += 1;
        self.since[candidate as usize] = self.now;
        for &client in &self.columns[candidate as usize] {
            let row = &self.clients[client as usize];
            self.work += row.len() as u64;
            for &near in row {
                self.may_open[near as usize] = true;
            }
        }
    }

    /// Changes what all of a client's candidates but one are worth by the client's weight.
    fn shift(&mut self, client: u32, but: Option<u32>, sign: i64) {
        let weight = sign * self.weight[client as usize];
        let row = &self.clients[client as usize];
        self.work += row.len() as u64;
        for &one in row.iter().filter(|&&one| Some(one) != but) {
            self.worth[one as usize] += weight;
        }
    }

    /// Changes what the one other open candidate of a client is worth.
    fn shift_alone(&mut self, client: u32, but: u32, sign: i64) {
        let row = &self.clients[client as usize];
        self.work += row.len() as u64;
        let mut others = row.iter().filter(|&&one| one != but);
        let alone = others.find(|&&one| self.place[one as usize].is_some());
        if let Some(&alone) = alone {
            self.worth[alone as usize] += sign * self.weight[client as usize];
        }
    }

    fn no_longer_lacks(&mut self, client: u32) {
        let place = self.lacks[client as usize];
        self.uncovered.swap_remove(place);
        if let Some(&moved) = self.uncovered.get(place) {
            self.lacks[moved as usize] = place;
        }
    }

    /// Whoever is uncovered weighs one more.
    fn weigh(&mut self) {
        for place in 0..self.uncovered.len() {
            let client = self.uncovered[place];
            self.weight[client as usize] += 1;
            let row = &self.clients[client as usize];
            self.work += row.len() as u64;
            for &one in row {
                self.worth[one as usize] += 1;
            }
        }
    }
}
