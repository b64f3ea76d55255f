//! The best plans of fewer sites, each with its bound: what one more brings at best.

use crate::plan::{Limits, Matrix, Plan, Problem, Terms, solve_each};

/// How much is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// So many points at most; the last is that of the plan.
    pub(super) points: u64,
    /// So many pairs are looked at for each.
    pub(super) work: u64,
}

/// The best plans of so many sites or fewer, in order, where there is one; the last is the plan itself, when
/// it is one of this problem and its room is a number of sites.
///
/// When the search was stopped no others are looked for: what is not known is left out.
pub(super) fn frontier(
    matrix: &Matrix,
    (problem, terms): (Problem, &Terms),
    (plan, is_last): (&Plan, bool),
    (effort, limits): (Effort, &Limits<'_>),
) -> Vec<(u64, Plan)> {
    let longest = plan.open.len() as u64;
    let apart = longest.div_ceil(effort.points).max(1);
    let few = Limits {
        work: effort.work.min(limits.work),
        ..*limits
    };
    let lengths = (0..=longest)
        .filter(|sites| sites.is_multiple_of(apart) || *sites == longest)
        .filter(|sites| !is_last || *sites < longest);
    let lengths: Vec<u64> = lengths.collect();
    let mut points: Vec<(u64, Plan)> = Vec::with_capacity(lengths.len() + 1);
    if !limits.watch.stop() {
        // What cannot be asked of the matrix was refused when the plan itself was looked for.
        let plans = solve_each(matrix, problem, (terms, &lengths), &few).unwrap_or_default();
        let known = lengths.into_iter().zip(plans);
        points.extend(known.filter_map(|(sites, plan)| Some((sites, plan?))));
    }
    if is_last {
        points.push((longest, plan.clone()));
    }
    for place in (1..points.len()).rev() {
        // What more sites cannot better, fewer cannot either.
        let longer = points[place].1.bound;
        let bound = &mut points[place - 1].1.bound;
        *bound = match problem {
            Problem::Mclp { .. } => longer.min(*bound),
            _ => longer.max(*bound),
        };
    }
    points
}
