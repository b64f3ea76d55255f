//! Branch and bound on the relaxed problem.

use std::cmp::Reverse;

use super::case::Combined;
use super::part::Part;
use crate::plan::answer::Plan;
use crate::plan::error::PlanError;
use crate::plan::matrix::Matrix;
use crate::plan::question::{Problem, Room, Terms};
use crate::plan::solve;
use crate::plan::watch::{Limits, Quiet, Standing, Watch};

/// The best plan, and what bounds shorter ones.
pub(crate) struct FoundTogether {
    /// The best plan, with its bound.
    pub(crate) plan: Plan,
    /// The MCLP by which all plans are bounded, and its own best plan: of those whom what must be open does not
    /// serve.
    pub(crate) relaxed: (Matrix, Plan),
}

/// The plan that serves most weight, within so many candidates or so much cost.
///
/// # Errors
/// As [`solve`] on the relaxed matrix.
pub(crate) fn together(
    combined: &Combined,
    terms: &Terms,
    limits: &Limits<'_>,
) -> Result<FoundTogether, PlanError> {
    Search::new(combined, terms, limits).run()
}

/// What is found so far, and the parts that are left.
struct Search<'a> {
    combined: &'a Combined,
    terms: &'a Terms,
    limits: &'a Limits<'a>,
    /// The best plan, and what it serves.
    best: (Vec<u32>, u64),
    /// The parts that are left, with the number under which they came.
    parts: Vec<(Part, u64)>,
    /// What parts that were given up may still hold.
    left: u64,
    nodes: u64,
    work: u64,
}

impl<'a> Search<'a> {
    fn new(combined: &'a Combined, terms: &'a Terms, limits: &'a Limits<'a>) -> Self {
        Self {
            combined,
            terms,
            limits,
            best: (terms.forced.clone(), combined.value(&terms.forced)),
            parts: Vec::new(),
            left: 0,
            nodes: 0,
            work: 0,
        }
    }

    /// Until the bound is met, or the limits end it.
    fn run(mut self) -> Result<FoundTogether, PlanError> {
        let all = Part::of(&self.terms.forced, &self.terms.forbidden);
        let root = self.combined.relaxed(&all)?;
        let plan = self.relaxed_plan(&root.matrix, &all)?;
        self.nodes = plan.nodes;
        let bound = plan.bound + root.served;
        if self.combined.is_plain() {
            // Who is served by what must be open is no client of the matrix.
            let whole = Plan {
                objective: plan.objective + root.served,
                bound,
                ..plan.clone()
            };
            return Ok(FoundTogether {
                plan: whole,
                relaxed: (root.matrix, plan),
            });
        }
        let terms = self.terms;
        self.try_plan(&terms.forced);
        self.judge(Part { bound, ..all }, &plan);
        while let Some(part) = self.next() {
            self.bound(part);
        }
        let of_parts = self.parts.iter().map(|(part, _)| part.bound);
        let (mut open, objective) = self.best;
        open.sort_unstable();
        let best = Plan {
            open,
            objective,
            bound: of_parts.fold(self.left.max(objective), u64::max),
            unserved: Vec::new(),
            nodes: self.nodes,
            work: self.work,
        };
        Ok(FoundTogether {
            plan: best,
            relaxed: (root.matrix, plan),
        })
    }

    /// The part that may hold most; none when the best plan is proved, or the search is over.
    fn next(&mut self) -> Option<Part> {
        let best = self.best.1;
        self.parts.retain(|(part, _)| part.bound > best);
        let is_over = self.limits.watch.stop() || self.work >= self.limits.work;
        let places = 0..self.parts.len();
        let first = places
            .max_by_key(|&place| (self.parts[place].0.bound, Reverse(self.parts[place].1)))
            .filter(|_| !is_over)?;
        self.limits.watch.hear(Standing {
            objective: best,
            bound: self.parts[first].0.bound.max(self.left),
        });
        Some(self.parts.swap_remove(first).0)
    }

    /// Bounds a part, and splits it where it may hold more than the best plan.
    fn bound(&mut self, part: Part) {
        self.nodes += 1;
        let solved = self
            .combined
            .relaxed(&part)
            .and_then(|relaxed| Ok((self.relaxed_plan(&relaxed.matrix, &part)?, relaxed)));
        match solved {
            Ok((plan, relaxed)) => {
                let bound = part.bound.min(plan.bound + relaxed.served);
                self.judge(Part { bound, ..part }, &plan);
            }
            // What must be open there is more than may be.
            Err(PlanError::ForcedExceedRoom { .. } | PlanError::NeedsExceedGroups) => {}
            Err(_) => self.left = self.left.max(part.bound),
        }
    }

    /// Takes what a relaxed plan is worth in truth, and splits the part where that is less.
    fn judge(&mut self, part: Part, plan: &Plan) {
        self.work = self.work.saturating_add(plan.work);
        self.try_plan(&plan.open);
        if part.bound <= self.best.1 {
            return;
        }
        let splits_at = self.most_missed(&part, plan);
        let Some(candidate) = splits_at else {
            // All that it counts is served: what is left is the gap of the relaxed problem itself.
            self.left = self.left.max(part.bound);
            return;
        };
        for half in part.split(candidate) {
            self.parts.push((half, self.nodes));
        }
    }

    /// Completes a plan, and keeps it if it is better than the best.
    fn try_plan(&mut self, begun: &[u32]) {
        let room = match self.terms.room {
            Room::Sites(room) | Room::Budget(room) => room,
            Room::Unlimited => self.combined.candidates as u64,
        };
        let open = self.combined.completed(begun, (self.terms, room));
        let value = self.combined.value(&open);
        if value > self.best.1 {
            self.best = (open, value);
        }
    }

    fn relaxed_plan(&self, matrix: &Matrix, part: &Part) -> Result<Plan, PlanError> {
        let terms = Terms {
            forced: part.open.clone(),
            forbidden: part.shut.clone(),
            ..self.terms.clone()
        };
        let quiet = Quiet(self.limits.watch);
        let watch: &dyn Watch = if self.combined.is_plain() {
            self.limits.watch
        } else {
            &quiet
        };
        let work = self.limits.work.saturating_sub(self.work);
        solve(
            matrix,
            Problem::Mclp { limit: 0 },
            &terms,
            &Limits { work, watch },
        )
    }

    /// The candidate on which most weight rests that a relaxed plan counts though it is not served.
    fn most_missed(&self, part: &Part, plan: &Plan) -> Option<u32> {
        let missed = self.combined.missed(part, &plan.open).into_iter();
        let most = missed.max_by_key(|&(one, weight)| (weight, Reverse(one)));
        most.map(|(one, _)| one)
    }
}
