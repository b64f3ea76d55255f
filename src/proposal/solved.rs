//! A question solved, be it for one best sum or for the fairest plan.

use super::answer::{Answer, FairPoint};
use super::wanted::Wanted;
use crate::plan::{Limits, Matrix, Plan, PlanError, Problem, Terms, fair, solve};

/// A plan with what it comes to.
pub(super) struct Solved {
    pub(super) plan: Plan,
    pub(super) answer: Answer,
    pub(super) fairness: Vec<FairPoint>,
}

/// So many plans are told between the one that covers most and the fairest.
const FAIR_POINTS: u64 = 10;

/// The plan. `units`: in so many millionths of a person weights are, and in so many parts of a minute costs.
pub(super) fn solved(
    matrix: &Matrix,
    (problem, wanted): (Problem, Wanted),
    (terms, units): (&Terms, (u64, f64)),
    limits: &Limits<'_>,
) -> Result<Solved, PlanError> {
    if wanted == Wanted::Fair {
        let found = fair(matrix, within(problem), (terms, FAIR_POINTS), limits)?;
        let point = |(share, plan): &(u64, Plan)| FairPoint {
            share: Answer::share_of(*share),
            answer: Answer::of(plan, Wanted::Mclp, units),
        };
        return Ok(Solved {
            answer: Answer::of_fair(&found),
            fairness: found.frontier.iter().map(point).collect(),
            plan: found.plan,
        });
    }
    let plan = solve(matrix, problem, terms, limits)?;
    Ok(Solved {
        answer: Answer::of(&plan, wanted, units),
        fairness: Vec::new(),
        plan,
    })
}

/// Within how much a client is covered.
const fn within(problem: Problem) -> u32 {
    match problem {
        Problem::Lscp { limit } | Problem::Mclp { limit } => limit,
        Problem::PMedian { .. } | Problem::PCenter => 0,
    }
}
