//! The bound of one part of all plans, by prices that follow its slope (*subgradient method*).

use super::instance::Instance;
use super::local::{self, NOTHING};
use super::prices::{Prices, Relaxed, SCALE, worth_of};
use super::served::{Merit, Served};
use crate::plan::solver::Listener;
use crate::plan::status::Status;

/// A part of all plans, with prices to begin with.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub(super) status: Vec<Status>,
    pub(super) prices: Prices,
}

/// What is asked of a part.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    /// Only plans of more than this matter.
    pub(super) beaten: i128,
    /// Evaluations at most, and pairs to look at.
    pub(super) rounds: u32,
    pub(super) work: u64,
    pub(super) listener: &'a dyn Listener,
}

/// What is known of a part.
pub(super) struct Bounded {
    pub(super) part: Part,
    /// No plan of the part is more, unless it is beaten.
    pub(super) bound: i128,
    /// The best plan met on the way that meets all needs.
    pub(super) plan: Option<(Merit, Vec<u32>)>,
    /// The free candidate of which the choices were least sure.
    pub(super) unsure: Option<usize>,
    pub(super) work: u64,
}

/// So many evaluations without a better bound halve the step; below the least share of it the descent ends.
const PATIENCE: u32 = 15;
const LEAST: f64 = 0.01;

/// Lowers the bound of a part, and settles what the bound shows.
pub(super) fn bounded(instance: &Instance, part: Part, asked: Asked<'_>) -> Bounded {
    let mut descent = Descent::new(instance, part.prices);
    let mut status = part.status;
    let mut known = Bounded {
        part: Part {
            status: Vec::new(),
            prices: descent.prices.clone(),
        },
        bound: i128::MAX,
        plan: None,
        unsure: None,
        work: 0,
    };
    let mut beaten = asked.beaten;
    let mut step = 1.0;
    let mut stale = 0;
    for round in 0..asked.rounds {
        let relaxed = Relaxed::at(instance, &descent.prices, &status);
        known.work += relaxed.work;
        descent.remember(&relaxed, round);
        let bound = relaxed.bound.div_euclid(SCALE);
        let better = bound < known.bound;
        if better {
            known.bound = bound;
            known.part.prices.clone_from(&descent.prices);
            stale = 0;
        } else {
            stale += 1;
        }
        if round % 16 == 0 {
            known.try_choice(instance, &relaxed, (&status, asked));
            let met = known.plan.as_ref().map_or(beaten, |plan| plan.0.value);
            beaten = beaten.max(met);
        }
        if known.bound <= beaten || known.work > asked.work || asked.listener.stop() {
            break;
        }
        if better {
            relaxed.settle(instance, beaten, &mut status);
        }
        if stale >= PATIENCE {
            step /= 2.0;
            stale = 0;
            descent.prices.clone_from(&known.part.prices);
            if step < LEAST {
                break;
            }
        }
        if !descent.walk(&relaxed, step, beaten + 1) {
            break;
        }
    }
    known.unsure = descent.least_sure(&status);
    known.part.status = status;
    known
}

impl Bounded {
    /// Makes the relaxed choice a plan.
    fn try_choice(
        &mut self,
        instance: &Instance,
        relaxed: &Relaxed,
        (status, asked): (&[Status], Asked<'_>),
    ) {
        let is_open = |one: &u32| status[*one as usize] == Status::Open;
        let open = instance.numbers().filter(is_open);
        let chosen = instance
            .numbers()
            .filter(|&one| relaxed.chosen[one as usize]);
        let mut plan = Served::with_fitting(instance, open, chosen);
        let until = plan
            .work
            .saturating_add(asked.work.saturating_sub(self.work));
        local::finish(&mut plan, until, asked.listener);
        self.work += plan.work;
        let before = self.plan.as_ref().map_or(NOTHING, |plan| plan.0);
        if plan.is_allowed() && plan.meets() && plan.merit() > before {
            self.plan = Some((plan.merit(), plan.all()));
        }
    }
}

/// Prices on their way down.
struct Descent<'a> {
    instance: &'a Instance,
    prices: Prices,
    /// The direction of clients, units and groups, one after the other.
    direction: Vec<f64>,
    /// By candidate how often it was chosen, the last evaluations counting most.
    often: Vec<f64>,
    /// By unit how large a step in its price is for one in a client's, so that both weigh alike.
    reach: Vec<f64>,
    /// The same by group, for what a candidate takes of it on average.
    reach_of_groups: Vec<f64>,
}

/// The share of the newest slope in the direction.
const NEW: f64 = 0.3;

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "steps guide only: the bound is exact at any prices"
)]
impl<'a> Descent<'a> {
    fn new(instance: &'a Instance, prices: Prices) -> Self {
        let mut weights = vec![(0.0_f64, 0.0_f64); instance.needs.len()];
        for (client, &weight) in instance.weight.iter().enumerate() {
            for &unit in instance.units_of(client) {
                let (sum, count) = &mut weights[unit as usize];
                *sum += weight as f64;
                *count += 1.0;
            }
        }
        let mut takers = vec![(0.0_f64, 0.0_f64); instance.most.len()];
        for &(group, takes) in instance.groups.values() {
            let (sum, count) = &mut takers[group as usize];
            *sum += takes as f64;
            *count += 1.0;
        }
        let count = instance.clients() + instance.needs.len() + instance.most.len();
        Self {
            instance,
            prices,
            direction: vec![0.0; count],
            often: vec![0.0; instance.candidates()],
            reach_of_groups: takers
                .iter()
                .map(|(sum, count)| count / sum.max(1.0))
                .collect(),
            reach: weights
                .iter()
                .map(|(sum, count)| count.sqrt() / sum.max(1.0))
                .collect(),
        }
    }

    fn remember(&mut self, relaxed: &Relaxed, round: u32) {
        let new = if round == 0 { 1.0 } else { 0.1 };
        for (often, &chosen) in self.often.iter_mut().zip(&relaxed.chosen) {
            *often += new * (f64::from(u8::from(chosen)) - *often);
        }
    }

    /// By how much the bound falls with each price: clients, units, groups.
    fn slope(&self, relaxed: &Relaxed) -> Vec<f64> {
        let instance = self.instance;
        let mut slope = Vec::with_capacity(self.direction.len());
        let taken = self.taken(relaxed);
        let mut covered = vec![0.0; instance.needs.len()];
        for (client, taken) in taken.into_iter().enumerate() {
            let counts = f64::from(u8::from(relaxed.covered[client]));
            for &unit in instance.units_of(client) {
                covered[unit as usize] += counts * instance.weight[client] as f64;
            }
            slope.push(taken - f64::from(instance.times) * counts);
        }
        for (unit, covered) in covered.into_iter().enumerate() {
            slope.push((covered - instance.needs[unit] as f64) * self.reach[unit]);
        }
        let mut open = vec![0.0; instance.most.len()];
        for one in instance
            .numbers()
            .filter(|&one| relaxed.chosen[one as usize])
        {
            for &(group, takes) in instance.groups.row(one) {
                open[group as usize] += takes as f64;
            }
        }
        for (group, open) in open.into_iter().enumerate() {
            slope.push((instance.most[group] as f64 - open) * self.reach_of_groups[group]);
        }
        slope
    }

    /// By client how many chosen candidates serve it; in parts where they are full.
    fn taken(&self, relaxed: &Relaxed) -> Vec<f64> {
        let instance = self.instance;
        let mut taken = vec![0.0; instance.clients()];
        for one in instance
            .numbers()
            .filter(|&one| relaxed.chosen[one as usize])
        {
            let column = instance.columns.row(one);
            let Some(&capacity) = instance.capacities.get(one as usize) else {
                for &client in column {
                    taken[client as usize] += 1.0;
                }
                continue;
            };
            let rate = |client: u32| {
                let weight = instance.weight[client as usize].max(1) as f64;
                self.prices.clients[client as usize] as f64 / weight
            };
            let mut order = column.to_vec();
            order.sort_by(|&one, &other| rate(other).total_cmp(&rate(one)).then(one.cmp(&other)));
            let mut left = capacity as f64;
            for client in order {
                let weight = instance.weight[client as usize] as f64;
                let part = (left / weight.max(1.0)).min(1.0);
                taken[client as usize] += part;
                left -= part * weight;
            }
        }
        taken
    }

    /// Moves the prices towards a lower bound (Polyak's step); false when the slope is flat.
    fn walk(&mut self, relaxed: &Relaxed, step: f64, target: i128) -> bool {
        let slope = self.slope(relaxed);
        let mut norm = 0.0;
        for (direction, slope) in self.direction.iter_mut().zip(slope) {
            *direction = NEW * slope + (1.0 - NEW) * *direction;
            norm += *direction * *direction;
        }
        if norm < 1e-12 {
            return false;
        }
        let short = (relaxed.bound - target * SCALE).max(SCALE / 2) as f64;
        let length = step * short / norm;
        let clients = self.instance.clients();
        let (of_clients, others) = self.direction.split_at(clients);
        let (of_units, of_groups) = others.split_at(self.instance.needs.len());
        let moved = |price: i128, by: f64| (price - by as i128).max(0);
        for (unit, price) in self.prices.units.iter_mut().enumerate() {
            // Without a need its price stays 0.
            if self.instance.needs[unit] > 0 {
                *price = moved(*price, length * of_units[unit] * self.reach[unit]);
            }
        }
        for (group, price) in self.prices.groups.iter_mut().enumerate() {
            *price = moved(
                *price,
                length * of_groups[group] * self.reach_of_groups[group],
            );
        }
        for (client, price) in self.prices.clients.iter_mut().enumerate() {
            let most = worth_of(self.instance, &self.prices.units, client);
            let most = most / i128::from(self.instance.times);
            *price = moved(*price, length * of_clients[client]).min(most);
        }
        true
    }

    /// The free candidate that was chosen about as often as not.
    fn least_sure(&self, status: &[Status]) -> Option<usize> {
        let free = (0..status.len()).filter(|&one| status[one] == Status::Free);
        free.min_by(|&one, &other| {
            let sure = |one: usize| (self.often[one] - 0.5).abs();
            sure(one).total_cmp(&sure(other)).then(one.cmp(&other))
        })
    }
}
