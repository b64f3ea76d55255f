//! LSCP: the cheapest sites that have all clients within the limit.

use super::answer::Plan;
use super::cover::{Asked, Cover, cover};
use super::error::PlanError;
use super::matrix::Matrix;
use super::question::{Checked, Role};
use super::solver::Listener;
use super::watch::{Limits, Standing};

/// The largest sum of costs.
const MOST: u64 = 1 << 58;

/// The clients that are left to be covered once what is kept and forced is open.
#[derive(Debug)]
pub(super) struct Needs {
    /// By client the candidates that cover it: one or more.
    pub(super) clients: Vec<Vec<u32>>,
    /// Those whom nothing that may open covers.
    pub(super) unserved: Vec<u32>,
}

/// The clients that nothing open has within the limit, by those that would.
pub(super) fn needs(matrix: &Matrix, checked: &Checked<'_>, limit: u32) -> Needs {
    let mut needs = Needs {
        clients: Vec::new(),
        unserved: Vec::new(),
    };
    for client in matrix.asking() {
        let near = matrix.within(client, limit);
        let served = near
            .iter()
            .any(|way| matches!(checked.role(way.candidate), Role::Kept | Role::Forced));
        if served {
            continue;
        }
        let open = near.iter().map(|way| way.candidate);
        let open: Vec<u32> = open
            .filter(|&one| checked.role(one) == Role::Open)
            .collect();
        if open.is_empty() {
            needs.unserved.push(client);
        } else {
            needs.clients.push(open);
        }
    }
    needs
}

/// The plan.
pub(super) fn lscp(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limit: u32,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    let Needs { clients, unserved } = needs(matrix, checked, limit);
    let prices = prices(matrix, checked)?;
    let asked = Asked {
        prices: &prices,
        enough: None,
        work: limits.work,
        listener: &Quiet(limits),
    };
    let Cover {
        mut open,
        cost,
        bound,
        nodes,
        work,
    } = cover(clients, asked);
    let forced = checked.all(Role::Forced);
    let paid: u64 = forced.map(|one| prices[one as usize]).sum();
    open.extend(checked.all(Role::Forced));
    open.sort_unstable();
    limits.watch.hear(Standing {
        objective: paid + cost,
        bound: paid + bound,
    });
    Ok(Plan {
        open,
        objective: paid + cost,
        bound: paid + bound,
        unserved,
        nodes,
        work,
    })
}

/// What each candidate costs, when the sum of all is small enough.
pub(super) fn prices(matrix: &Matrix, checked: &Checked<'_>) -> Result<Vec<u64>, PlanError> {
    let numbers = (0..).take(matrix.candidates());
    let prices: Vec<u64> = numbers.map(|one| checked.terms.cost(one)).collect();
    let sum = prices
        .iter()
        .try_fold(0_u64, |sum, &one| sum.checked_add(one));
    match sum.filter(|sum| *sum <= MOST) {
        Some(_) => Ok(prices),
        None => Err(PlanError::TooLarge),
    }
}

/// Asks whether to stop, and tells nothing: a part's standing is not the plan's.
pub(super) struct Quiet<'a>(pub(super) &'a Limits<'a>);

impl Listener for Quiet<'_> {
    fn hear(&self, _: i64, _: i64) {}

    fn stop(&self) -> bool {
        self.0.watch.stop()
    }
}
