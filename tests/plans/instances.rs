//! Small instances, and what every plan of them comes to.

use proptest::prelude::*;
use walkshed::plan::{Matrix, Problem, Room, Sides, Terms};

/// A matrix with what it was made of.
#[derive(Debug, Clone)]
pub struct Instance {
    pub weights: Vec<u64>,
    pub candidates: u32,
    pub pairs: Vec<(u32, u32, u32)>,
}

impl Instance {
    pub fn matrix(&self) -> Matrix {
        Matrix::new(self.weights.clone(), self.candidates as usize, &self.pairs)
            .expect("all numbers are there")
    }

    /// The cheapest way of a client among these candidates.
    fn cheapest(&self, client: usize, open: &[u32]) -> Option<u32> {
        let of = |pair: &&(u32, u32, u32)| pair.0 as usize == client && open.contains(&pair.1);
        self.pairs.iter().filter(of).map(|pair| pair.2).min()
    }

    /// What a choice comes to, kept sites included; none where it is no plan.
    pub fn judged(&self, problem: Problem, terms: &Terms, open: &[u32]) -> Option<u64> {
        let all: Vec<u32> = open.iter().chain(&terms.kept).copied().collect();
        let possible: Vec<u32> = (0..self.candidates)
            .filter(|candidate| !terms.forbidden.contains(candidate))
            .collect();
        let mut sum = 0;
        let mut dearest = 0;
        for (client, &weight) in self
            .weights
            .iter()
            .enumerate()
            .filter(|(_, weight)| **weight > 0)
        {
            let cost = self.cheapest(client, &all);
            match problem {
                Problem::Mclp { limit } => {
                    sum += if cost.is_some_and(|cost| cost <= limit) {
                        weight
                    } else {
                        0
                    };
                }
                Problem::PMedian { beyond } => {
                    sum += weight * u64::from(cost.unwrap_or(beyond).min(beyond));
                }
                Problem::Lscp { limit } => {
                    let can = self
                        .cheapest(client, &possible)
                        .is_some_and(|cost| cost <= limit);
                    if can && cost.is_none_or(|cost| cost > limit) {
                        return None;
                    }
                }
                Problem::PCenter => {
                    if self.cheapest(client, &possible).is_some() {
                        dearest = dearest.max(u64::from(cost?));
                    }
                }
                _ => unreachable!("four problems"),
            }
        }
        Some(match problem {
            Problem::Lscp { .. } => open.iter().map(|&one| terms.cost(one)).sum(),
            Problem::PCenter => dearest,
            _ => sum,
        })
    }

    /// The best of all plans, by trying each; none where there is none.
    pub fn best(&self, problem: Problem, terms: &Terms) -> Option<u64> {
        let mut best: Option<u64> = None;
        for open in plans(self, terms) {
            if !allowed(problem, terms, &open) {
                continue;
            }
            let Some(value) = self.judged(problem, terms, &open) else {
                continue;
            };
            let better = best.is_none_or(|best| match problem {
                Problem::Mclp { .. } => value > best,
                _ => value < best,
            });
            if better {
                best = Some(value);
            }
        }
        best
    }
}

/// All choices among what is neither kept nor forbidden.
pub fn plans(instance: &Instance, terms: &Terms) -> impl Iterator<Item = Vec<u32>> + use<> {
    let taken = [&terms.kept, &terms.forbidden];
    let all = 0..instance.candidates;
    let free: Vec<u32> = all
        .filter(|one| !taken.iter().any(|list| list.contains(one)))
        .collect();
    (0_u32..1 << free.len()).map(move |mask| {
        let chosen = (0..free.len()).filter(|place| mask >> place & 1 == 1);
        chosen.map(|place| free[place]).collect()
    })
}

/// Whether a choice keeps to the terms.
pub fn allowed(problem: Problem, terms: &Terms, open: &[u32]) -> bool {
    let fits = match terms.room {
        _ if matches!(problem, Problem::Lscp { .. }) => true,
        Room::Sites(most) => open.len() as u64 <= most,
        Room::Budget(most) => open.iter().map(|&one| terms.cost(one)).sum::<u64>() <= most,
        Room::Unlimited => true,
    };
    fits && terms.forced.iter().all(|one| open.contains(one))
        && open
            .iter()
            .all(|one| !terms.forbidden.contains(one) && !terms.kept.contains(one))
}

/// Some candidates and up to 14 clients, with holes in the matrix and clients that ask for nothing.
pub fn instances(most: u32) -> impl Strategy<Value = Instance> {
    (1..=most, 1_usize..=14).prop_flat_map(|(candidates, clients)| {
        let pair = (
            0..u32::try_from(clients).expect("few"),
            0..candidates,
            0_u32..40,
        );
        (
            proptest::collection::vec(prop_oneof![1 => Just(0), 6 => 1_u64..60], clients),
            proptest::collection::vec(pair, 0..90),
        )
            .prop_map(move |(weights, pairs)| Instance {
                weights,
                candidates,
                pairs,
            })
    })
}

/// An instance with terms: what is kept, forced and forbidden, costs, and room of some sort.
pub fn with_terms(most: u32) -> impl Strategy<Value = (Instance, Terms)> {
    instances(most).prop_flat_map(|instance| {
        let count = instance.candidates as usize;
        (
            Just(instance),
            proptest::collection::vec(0_u8..10, count),
            prop_oneof![Just(Vec::new()), proptest::collection::vec(0_u64..9, count)],
            prop_oneof![
                (0_u64..6).prop_map(Room::Sites),
                (0_u64..25).prop_map(Room::Budget),
                Just(Room::Unlimited),
            ],
        )
            .prop_map(|(instance, roles, costs, room)| {
                let of = |role| {
                    let numbered = (0..).zip(&roles);
                    numbered
                        .filter(move |(_, of)| **of == role)
                        .map(|(one, _)| one)
                        .collect()
                };
                let terms = Terms {
                    room,
                    kept: of(0),
                    forced: of(1),
                    forbidden: of(2),
                    costs,
                    sides: Sides::NONE,
                };
                (instance, terms)
            })
    })
}
