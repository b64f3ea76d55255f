//! What a plan brings, step by step: each step is made, and the coverage is that of the study then.

use super::answer::Step;
use super::asked::Asked;
use crate::model::{Change, ChangeError};
use crate::score::Coverage;
use crate::search::WhatIf;
use crate::units::People;

/// The steps with what each brings, and the coverage after the last.
///
/// Each costs one what-if change: what it touches is judged anew.
pub(super) fn step_by_step(
    base: &WhatIf,
    before: &Coverage,
    (changes, asked): (&[(Change, u64)], Asked<'_>),
) -> Result<(Vec<Step>, Coverage), ChangeError> {
    let mut now = base.clone();
    let mut coverage = before.clone();
    let mut steps = Vec::with_capacity(changes.len());
    let mut had = asked.covered(before);
    let mut cost = 0;
    for (change, price) in changes {
        let then = now.after(change)?;
        let after = coverage.after(&then);
        let total = asked.covered(&after);
        cost += price;
        steps.push(Step {
            change: change.clone(),
            site: site_of(change),
            item: None,
            group: None,
            bound: None,
            gain: total - had,
            loss: People::ZERO,
            total,
            cost,
        });
        coverage = after;
        had = total;
        now = then;
    }
    Ok((steps, coverage))
}

/// The site that a change is about.
pub(super) fn site_of(change: &Change) -> String {
    match change {
        Change::OpenSite(new) => new.site.id.clone(),
        Change::CloseSite { site } => site.clone(),
        other => other.to_string(),
    }
}
