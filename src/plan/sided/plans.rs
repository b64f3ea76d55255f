//! The two questions that side conditions may be asked with.

use super::flow;
use super::instance::{Aim, Instance, left_over};
use super::served::Served;
use super::tree::{Asked, Found, best, least};
use crate::plan::answer::Plan;
use crate::plan::error::PlanError;
use crate::plan::lscp::{Quiet, prices};
use crate::plan::matrix::Matrix;
use crate::plan::question::{Checked, Role};
use crate::plan::watch::{Limits, Standing};

/// The largest sum of weights.
const MOST: u64 = 1 << 58;

/// Most weight within the limit, when all conditions are held. `known`: the candidates of a plan that is known, and
/// whether any plan is enough.
pub(in crate::plan) fn most(
    matrix: &Matrix,
    checked: &Checked<'_>,
    (limit, known): (u32, (&[u32], bool)),
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    sums_are_exact(matrix)?;
    let nothing = vec![0; matrix.candidates()];
    let instance = Instance::new(matrix, checked, limit, (Aim::Most, nothing));
    reachable(&instance)?;
    plan(&instance, known, limits, checked.room())
}

/// The cheapest sites that meet all needs; where none are stated, that cover all who can be.
pub(in crate::plan) fn cheapest(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    sums_are_exact(matrix)?;
    let mut prices = prices(matrix, checked)?;
    for kept in checked.all(Role::Kept) {
        prices[kept as usize] = 0;
    }
    let mut instance = Instance::new(matrix, checked, limit, (Aim::Cheapest, prices));
    let mut unserved = Vec::new();
    if checked.terms.sides.needs.is_empty() {
        // All that all sites together serve.
        let all = instance.numbers().filter(|&one| may(&instance, one));
        let most = Served::with(&instance, all).covered();
        let served = served_of_clients(&instance);
        unserved = left_over(matrix, checked, limit, &served);
        instance = instance.needing(most);
    }
    reachable(&instance)?;
    let plan = plan(&instance, (&[], false), limits, 0)?;
    Ok(Plan { unserved, ..plan })
}

/// By unit what all that may open serves of it when it serves nobody else, where sites serve only so much.
///
/// O(units) flows.
pub(in crate::plan) fn most_of_units(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
) -> Vec<u64> {
    let nothing = vec![0; matrix.candidates()];
    let mut instance = Instance::new(matrix, checked, limit, (Aim::Most, nothing));
    let open = all_open(&instance);
    let all: u64 = instance.weight.iter().sum();
    let mut most = Vec::with_capacity(instance.needs.len());
    for unit in 0..instance.needs.len() {
        // What a unit needs flows first.
        instance.needs.fill(0);
        instance.needs[unit] = all;
        most.push(flow::served(&instance, &open).units[unit]);
    }
    most
}

/// That all weights together are small enough.
fn sums_are_exact(matrix: &Matrix) -> Result<(), PlanError> {
    let weights = matrix.asking().map(|client| matrix.weight(client));
    let sum = weights.into_iter().try_fold(0_u64, u64::checked_add);
    match sum.filter(|sum| *sum <= MOST) {
        Some(_) => Ok(()),
        None => Err(PlanError::TooLarge),
    }
}

fn may(instance: &Instance, one: u32) -> bool {
    instance.roles[one as usize] != Role::Forbidden
}

/// How much of each client all that may open serves.
fn served_of_clients(instance: &Instance) -> Vec<u64> {
    if instance.capacities.is_empty() {
        return instance.weight.clone();
    }
    flow::served(instance, &all_open(instance)).clients
}

/// By candidate whether it may open.
fn all_open(instance: &Instance) -> Vec<bool> {
    instance.numbers().map(|one| may(instance, one)).collect()
}

/// That the needs are met when all that may open does.
fn reachable(instance: &Instance) -> Result<(), PlanError> {
    let all = Served::with(
        instance,
        instance.numbers().filter(|&one| may(instance, one)),
    );
    match all.lacking() {
        Some((unit, most, need)) => Err(PlanError::NeedOutOfReach { unit, need, most }),
        None => Ok(()),
    }
}

fn plan(
    instance: &Instance,
    (known, any): (&[u32], bool),
    limits: &Limits<'_>,
    room: u64,
) -> Result<Plan, PlanError> {
    let asked = Asked {
        known,
        any,
        work: limits.work,
        listener: &Quiet(limits),
    };
    let Found {
        plan,
        bound,
        nodes,
        work,
    } = best(instance, asked);
    let Some((merit, mut open)) = plan else {
        // A bound below all plans that hold the conditions tells that there is none.
        let stopped = bound >= least(instance);
        return Err(match instance.aim {
            _ if stopped => PlanError::Stopped,
            Aim::Most if groups_bind(instance, asked) => PlanError::NeedsExceedGroups,
            Aim::Most => PlanError::NeedsExceedRoom { room },
            Aim::Cheapest => PlanError::NeedsExceedGroups,
        });
    };
    open.retain(|&one| instance.roles[one as usize] != Role::Kept);
    let standing = Standing {
        objective: told(instance, merit.value),
        bound: told(instance, bound.max(merit.value)),
    };
    limits.watch.hear(standing);
    Ok(Plan {
        open,
        objective: standing.objective,
        bound: standing.bound,
        unserved: Vec::new(),
        nodes,
        work,
    })
}

/// Whether there would be a plan but for the groups, as far as one is found.
fn groups_bind(instance: &Instance, asked: Asked<'_>) -> bool {
    if instance.most.is_empty() {
        return false;
    }
    let mut free = instance.clone();
    // More than all candidates together take.
    free.most.fill(u64::MAX >> 8);
    let any = Asked { any: true, ..asked };
    best(&free, any).plan.is_some()
}

/// A value as the problem has it: what a cheapest plan costs is its price below 0.
fn told(instance: &Instance, value: i128) -> u64 {
    let shown = match instance.aim {
        Aim::Most => value,
        Aim::Cheapest => -value,
    };
    u64::try_from(shown.max(0)).unwrap_or(u64::MAX)
}

/// The open candidates of a plan in order, each time the one with which most is covered first, with all that is
/// covered from then on; and what kept sites cover. O(sites² · a look at each).
pub(in crate::plan) fn in_order(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
    open: &[u32],
) -> (u64, Vec<(u32, u64)>) {
    let nothing = vec![0; matrix.candidates()];
    let instance = Instance::new(matrix, checked, limit, (Aim::Most, nothing));
    let mut served = Served::with(&instance, checked.all(Role::Kept));
    let had = served.covered();
    let mut left = open.to_vec();
    let mut order = Vec::new();
    while !left.is_empty() {
        let mut best = (0, served.merit());
        for (place, &one) in left.iter().enumerate() {
            served.open(one);
            let merit = served.merit();
            served.close(one);
            // Of equals the first.
            if place == 0 || (merit.value, merit.partly) > (best.1.value, best.1.partly) {
                best = (place, merit);
            }
        }
        let one = left.remove(best.0);
        served.open(one);
        order.push((one, served.covered()));
    }
    (had, order)
}
