//! The MCLP that bounds all plans of a part.

use std::collections::BTreeMap;

use super::case::{Choice, Combined, holds};
use super::part::Part;
use crate::plan::error::PlanError;
use crate::plan::matrix::Matrix;

/// An MCLP that serves at least whom any plan of a part serves.
pub(super) struct Relaxed {
    /// Clients that the part does not serve by itself.
    pub(super) matrix: Matrix,
    /// The weight of those whom it does.
    pub(super) served: u64,
}

/// What is settled of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Free,
    Open,
    Shut,
}

impl Combined {
    /// Of each client that is not settled one condition is asked, the one with the fewest options left, and of
    /// each option the candidate that fewest others ask for: what these lack in truth is lost least by that.
    /// O(all options).
    pub(super) fn relaxed(&self, part: &Part) -> Result<Relaxed, PlanError> {
        let states = self.states(part);
        let mut weights = Vec::new();
        let mut pairs = Vec::new();
        let mut served = 0_u64;
        for client in &self.clients {
            let number = u32::try_from(weights.len()).map_err(|_| PlanError::TooLarge)?;
            match self.asked(&client.conditions, &states) {
                Asked::Nothing => served = served.saturating_add(client.weight),
                Asked::TooMuch => {}
                Asked::One(keys) => {
                    pairs.extend(keys.into_iter().map(|key| (number, key, 0)));
                    weights.push(client.weight);
                }
            }
        }
        Ok(Relaxed {
            matrix: Matrix::new(weights, self.candidates, &pairs)?,
            served,
        })
    }

    /// By candidate the weight of those whom a relaxed plan of a part counts though they are not served, for want
    /// of it. O(all options).
    pub(super) fn missed(&self, part: &Part, plan: &[u32]) -> BTreeMap<u32, u64> {
        let states = self.states(part);
        let is_open = self.flags(plan);
        let mut missed: BTreeMap<u32, u64> = BTreeMap::new();
        for client in &self.clients {
            let Asked::One(keys) = self.asked(&client.conditions, &states) else {
                continue;
            };
            let is_counted = keys.iter().any(|&key| is_open[key as usize]);
            if !is_counted || client.is_served(&is_open) {
                continue;
            }
            for one in lacking(&client.conditions, &states, &is_open) {
                let sum = missed.entry(one).or_default();
                *sum = sum.saturating_add(client.weight);
            }
        }
        missed
    }

    fn states(&self, part: &Part) -> Vec<State> {
        let mut states = vec![State::Free; self.candidates];
        for (list, state) in [(&part.open, State::Open), (&part.shut, State::Shut)] {
            for &candidate in list {
                states[candidate as usize] = state;
            }
        }
        states
    }

    fn asked(&self, conditions: &[Vec<Choice>], states: &[State]) -> Asked {
        let mut fewest: Option<Vec<u32>> = None;
        for options in conditions {
            match self.keys(options, states) {
                None => {}
                // What cannot hold is not made up for by others.
                Some(keys) if keys.is_empty() => return Asked::TooMuch,
                Some(keys) => {
                    let least = fewest.take().filter(|least| least.len() <= keys.len());
                    fewest = Some(least.unwrap_or(keys));
                }
            }
        }
        fewest.map_or(Asked::Nothing, Asked::One)
    }

    /// One candidate of each option that is left; none where an option holds already.
    fn keys(&self, options: &[Choice], states: &[State]) -> Option<Vec<u32>> {
        let mut keys = Vec::new();
        for option in options {
            let state = |candidate: &u32| states[*candidate as usize];
            if option
                .iter()
                .any(|candidate| state(candidate) == State::Shut)
            {
                continue;
            }
            let free = option
                .iter()
                .filter(|candidate| state(candidate) == State::Free);
            let rarest =
                free.min_by_key(|candidate| (self.asked_by[**candidate as usize], **candidate));
            keys.push(*rarest?);
        }
        keys.sort_unstable();
        keys.dedup();
        Some(keys)
    }
}

/// What is not open of the option of each condition that lacks least.
fn lacking(conditions: &[Vec<Choice>], states: &[State], is_open: &[bool]) -> Choice {
    let mut all = Vec::new();
    let unmet = conditions
        .iter()
        .filter(|options| !options.iter().any(|option| holds(option, is_open)));
    for options in unmet {
        let may_hold = options.iter().filter(|option| {
            let mut candidates = option.iter();
            candidates.all(|&one| states[one as usize] != State::Shut)
        });
        let lacks = may_hold.map(|option| {
            let shut = option.iter().filter(|&&one| !is_open[one as usize]);
            shut.copied().collect::<Choice>()
        });
        all.extend(lacks.min_by_key(Vec::len).into_iter().flatten());
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// What a client asks of a part.
enum Asked {
    /// It is served already.
    Nothing,
    /// It cannot be served.
    TooMuch,
    /// One of these at least.
    One(Vec<u32>),
}
