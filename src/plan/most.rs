//! MCLP and *p*-median: the plan with most gained.

use rayon::prelude::*;

use super::answer::Plan;
use super::error::PlanError;
use super::matrix::Matrix;
use super::question::{Checked, Role};
use super::solver::{Found, Gains, Goal, Listener, Opening, best, smaller};
use super::watch::{Limits, Standing};
use crate::units::common_divisor;

/// The largest sum that is reckoned with.
const MOST: u64 = 1 << 58;

/// Most weight within the limit.
pub(super) fn mclp(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    let most = Most::covered(matrix, checked, limit)?;
    Ok(most.plan(checked.room(), |gained| gained, limits))
}

/// The MCLP for each of several rooms, in parallel: the instance is made and reduced once.
pub(super) fn mclp_of_rooms(
    matrix: &Matrix,
    checked: &Checked<'_>,
    (limit, rooms): (u32, &[u64]),
    limits: &Limits<'_>,
) -> Result<Vec<Option<Plan>>, PlanError> {
    let most = Most::covered(matrix, checked, limit)?;
    let plan = |&room: &u64| {
        let may_be = room >= most.forced && !limits.watch.stop();
        may_be.then(|| most.plan(room, |gained| gained, limits))
    };
    Ok(rooms.par_iter().map(plan).collect())
}

/// Least spent on all ways, when a client spends `beyond` at most.
pub(super) fn p_median(
    matrix: &Matrix,
    checked: &Checked<'_>,
    beyond: u32,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    let weights: Option<u64> = matrix
        .asking()
        .map(|client| matrix.weight(client))
        .try_fold(0_u64, u64::checked_add);
    let all = weights.and_then(|weight| weight.checked_mul(u64::from(beyond)));
    let all = all.filter(|all| *all <= MOST).ok_or(PlanError::TooLarge)?;
    let most = Most::new(matrix, checked, |weight, cost| {
        weight * u64::from(beyond.saturating_sub(cost))
    })?;
    Ok(most.plan(checked.room(), |gained| all - gained, limits))
}

/// An instance in which what is kept and forced is open.
struct Most {
    gains: Gains,
    /// How much of the room the forced ones take.
    forced: u64,
    /// All gains are multiples of this.
    unit: u64,
    /// By candidate whether it was there before.
    kept: Vec<bool>,
}

impl Most {
    /// Whoever is within the limit gains its weight.
    fn covered(matrix: &Matrix, checked: &Checked<'_>, limit: u32) -> Result<Self, PlanError> {
        Self::new(
            matrix,
            checked,
            |weight, cost| {
                if cost <= limit { weight } else { 0 }
            },
        )
    }

    fn new(
        matrix: &Matrix,
        checked: &Checked<'_>,
        gain: impl Fn(u64, u32) -> u64,
    ) -> Result<Self, PlanError> {
        let mut triples = Vec::new();
        let mut sum = 0_u64;
        let mut unit = 0;
        let mut clients = 0;
        for client in matrix.asking() {
            let weight = matrix.weight(client);
            if weight > MOST {
                return Err(PlanError::TooLarge);
            }
            let mut best = 0;
            for way in matrix.of(client) {
                let gain = gain(weight, way.cost);
                // Sorted by cost: whoever is dearer gives nothing either.
                if gain == 0 {
                    break;
                }
                unit = common_divisor(gain, unit);
                best = best.max(gain);
                triples.push((clients, way.candidate, gain));
            }
            sum = sum.saturating_add(best);
            clients += 1;
        }
        if sum > MOST {
            return Err(PlanError::TooLarge);
        }
        let unit = unit.max(1);
        let triples: Vec<(u32, u32, i64)> = triples
            .into_iter()
            .map(|(client, candidate, gain)| (client, candidate, signed(gain / unit)))
            .collect();
        let openings: Vec<Opening> = (0..matrix.candidates())
            .map(|candidate| Opening {
                price: 0,
                size: checked.size(u32::try_from(candidate).unwrap_or(u32::MAX)),
            })
            .collect();
        let roles = || checked.roles.iter();
        let open: Vec<bool> = roles()
            .map(|role| matches!(role, Role::Kept | Role::Forced))
            .collect();
        let gone: Vec<bool> = roles().map(|role| *role == Role::Forbidden).collect();
        let gains = Gains::new(clients as usize, &openings, checked.forced(), &triples);
        Ok(Self {
            gains: smaller(gains.settled(&open, &gone)),
            forced: checked.forced(),
            unit,
            kept: roles().map(|role| *role == Role::Kept).collect(),
        })
    }

    /// The best plan for a room that holds the forced ones, when `told` makes an objective of what is gained.
    fn plan(&self, room: u64, told: impl Fn(u64) -> u64 + Sync, limits: &Limits<'_>) -> Plan {
        let told = |gained| told(unsigned(gained) * self.unit);
        let goal = Goal {
            known: &[],
            enough: None,
            work: limits.work,
        };
        let Found {
            mut open,
            value,
            bound,
            nodes,
            work,
        } = best(
            self.gains.with_room(room - self.forced),
            goal,
            &Telling {
                limits,
                told: &told,
            },
        );
        open.retain(|&candidate| !self.kept[candidate as usize]);
        Plan {
            open,
            objective: told(value),
            bound: told(bound),
            unserved: Vec::new(),
            nodes,
            work,
        }
    }
}

/// Tells the standing in the problem's own terms.
struct Telling<'a, F> {
    limits: &'a Limits<'a>,
    told: &'a F,
}

impl<F: Fn(i64) -> u64 + Sync> Listener for Telling<'_, F> {
    fn hear(&self, value: i64, bound: i64) {
        self.limits.watch.hear(Standing {
            objective: (self.told)(value),
            bound: (self.told)(bound),
        });
    }

    fn stop(&self) -> bool {
        self.limits.watch.stop()
    }
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).expect("sums were checked to be small enough")
}

fn unsigned(number: i64) -> u64 {
    u64::try_from(number).expect("nobody gains less than nothing")
}
