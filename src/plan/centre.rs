//! *p*-center: the client with the dearest way spends least.
//!
//! The dearest way is one of the costs in the matrix. For each of them it can be asked whether so many sites
//! have everybody within it, which is an LSCP; halving the list finds the smallest.

use super::answer::Plan;
use super::cover::{Asked, Cover, cover};
use super::error::PlanError;
use super::lscp::{Needs, Quiet, needs, prices};
use super::matrix::Matrix;
use super::question::{Checked, Role, Room};
use super::watch::{Limits, Standing};

/// The plan. O(log costs) coverings.
pub(super) fn p_center(
    matrix: &Matrix,
    checked: &Checked<'_>,
    limits: &Limits<'_>,
) -> Result<Plan, PlanError> {
    let mut search = Search::new(matrix, checked, limits)?;
    let radii = search.radii();
    let Some(&largest) = radii.last() else {
        return Ok(search.plan(0, 0, Vec::new()));
    };
    // All radii below `low` are too small; `best` is one that is not.
    let mut best = match search.ask(largest) {
        Answer::Yes(open) => (radii.len() - 1, open),
        Answer::No { least } => {
            return Err(PlanError::TooFew {
                room: checked.room(),
                least,
            });
        }
        Answer::Unknown => return Err(PlanError::Stopped),
    };
    let mut low = 0;
    while low < best.0 {
        let middle = usize::midpoint(low, best.0);
        match search.ask(radii[middle]) {
            Answer::Yes(open) => best = (middle, open),
            Answer::No { .. } => low = middle + 1,
            Answer::Unknown => break,
        }
        limits.watch.hear(Standing {
            objective: u64::from(radii[best.0]),
            bound: u64::from(radii[low]),
        });
    }
    let (reached, open) = best;
    Ok(search.plan(radii[reached], radii[low], open))
}

/// Whether everybody can be within a radius.
enum Answer {
    Yes(Vec<u32>),
    /// Not for less than this.
    No {
        least: u64,
    },
    Unknown,
}

struct Search<'a> {
    matrix: &'a Matrix,
    checked: &'a Checked<'a>,
    limits: &'a Limits<'a>,
    prices: Vec<u64>,
    /// What may be spent beyond what is forced.
    room: u64,
    unserved: Vec<u32>,
    nodes: u64,
    work: u64,
}

impl<'a> Search<'a> {
    fn new(
        matrix: &'a Matrix,
        checked: &'a Checked<'a>,
        limits: &'a Limits<'a>,
    ) -> Result<Self, PlanError> {
        let mut prices = prices(matrix, checked)?;
        if matches!(checked.terms.room, Room::Sites(_)) {
            prices.fill(1);
        }
        let forced: u64 = checked
            .all(Role::Forced)
            .map(|one| prices[one as usize])
            .sum();
        let room = match checked.terms.room {
            Room::Unlimited => u64::MAX >> 8,
            Room::Sites(room) | Room::Budget(room) => room - forced,
        };
        Ok(Self {
            matrix,
            checked,
            limits,
            prices,
            room,
            unserved: needs(matrix, checked, u32::MAX).unserved,
            nodes: 0,
            work: 0,
        })
    }

    /// The costs that the dearest way may have, in order: none is below what some client has to spend
    /// when everything is open.
    fn radii(&self) -> Vec<u32> {
        let mut costs = Vec::new();
        let mut least = 0;
        for client in self.matrix.asking() {
            let ways = self.matrix.of(client).iter();
            let usable = ways.filter(|way| self.checked.role(way.candidate) != Role::Forbidden);
            let before = costs.len();
            costs.extend(usable.map(|way| way.cost));
            least = least.max(costs.get(before).copied().unwrap_or(0));
        }
        costs.retain(|&cost| cost >= least);
        costs.sort_unstable();
        costs.dedup();
        costs
    }

    fn ask(&mut self, radius: u32) -> Answer {
        let Needs { clients, .. } = needs(self.matrix, self.checked, radius);
        let asked = Asked {
            prices: &self.prices,
            enough: Some(self.room),
            work: self.limits.work.saturating_sub(self.work),
            listener: &Quiet(self.limits),
        };
        let Cover {
            open,
            cost,
            bound,
            nodes,
            work,
        } = cover(clients, asked);
        self.nodes += nodes;
        self.work += work;
        if cost <= self.room {
            Answer::Yes(open)
        } else if bound > self.room {
            let forced = self.checked.all(Role::Forced);
            let paid: u64 = forced.map(|one| self.prices[one as usize]).sum();
            Answer::No {
                least: paid + bound,
            }
        } else {
            Answer::Unknown
        }
    }

    fn plan(self, radius: u32, bound: u32, mut open: Vec<u32>) -> Plan {
        open.extend(self.checked.all(Role::Forced));
        open.sort_unstable();
        Plan {
            open,
            objective: u64::from(radius),
            bound: u64::from(bound),
            unserved: self.unserved,
            nodes: self.nodes,
            work: self.work,
        }
    }
}
