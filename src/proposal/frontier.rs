//! The best plans of fewer sites, each with its bound: what one more brings at best.

use crate::plan::{Limits, Matrix, Plan, Problem, Room, Terms, solve_each};

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
    let lengths = (0..=longest)
        .filter(|sites| sites.is_multiple_of(apart) || *sites == longest)
        .filter(|sites| !is_last || *sites < longest);
    let counted = Terms {
        room: Room::Sites(longest),
        ..terms.clone()
    };
    let rooms = lengths.collect();
    let mut points = points(matrix, (problem, &counted), rooms, (effort, limits));
    points.extend(is_last.then(|| (longest, plan.clone())));
    lowered(points, problem)
}

/// The best plans of the rooms that the beginnings of a list take, by what has been taken after each step; the last
/// is the plan itself. Between those that are left out the bound of the next one holds.
pub(super) fn frontier_of_list(
    matrix: &Matrix,
    (problem, terms): (Problem, &Terms),
    (plan, taken): (&Plan, &[u64]),
    (effort, limits): (Effort, &Limits<'_>),
) -> Vec<(u64, Plan)> {
    let Some((&whole, shorter)) = taken.split_last() else {
        return Vec::new();
    };
    let apart = (taken.len() as u64).div_ceil(effort.points).max(1);
    let numbered = (1_u64..).zip(shorter);
    let kept = numbered.filter(|(number, _)| number.is_multiple_of(apart));
    let mut rooms: Vec<u64> = kept.map(|(_, &room)| room).collect();
    rooms.dedup();
    let mut points = points(matrix, (problem, terms), rooms, (effort, limits));
    points.push((whole, plan.clone()));
    lowered(points, problem)
}

/// The best plan for each room, where there is one.
fn points(
    matrix: &Matrix,
    (problem, terms): (Problem, &Terms),
    rooms: Vec<u64>,
    (effort, limits): (Effort, &Limits<'_>),
) -> Vec<(u64, Plan)> {
    if limits.watch.stop() {
        return Vec::new();
    }
    let few = Limits {
        work: effort.work.min(limits.work),
        ..*limits
    };
    // What cannot be asked of the matrix was refused when the plan itself was looked for.
    let plans = solve_each(matrix, problem, (terms, &rooms), &few).unwrap_or_default();
    let known = rooms.into_iter().zip(plans);
    known
        .filter_map(|(room, plan)| Some((room, plan?)))
        .collect()
}

/// With bounds that fall with the room: what more of it cannot better, less cannot either.
fn lowered(mut points: Vec<(u64, Plan)>, problem: Problem) -> Vec<(u64, Plan)> {
    for place in (1..points.len()).rev() {
        let longer = points[place].1.bound;
        let bound = &mut points[place - 1].1.bound;
        *bound = match problem {
            Problem::Mclp { .. } => longer.min(*bound),
            _ => longer.max(*bound),
        };
    }
    points
}
