//! Step by step: the sites that do it first.

use super::{Considered, Explanation, Rule};
use crate::ids::SiteId;
use crate::model::{Step, Steps};
use crate::search::Reach;

/// Where one step that needs a visit is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StepDone {
    /// The step.
    pub step: Step,
    /// The nearest site that counts for it; none within the search.
    pub first: Option<Reach>,
    /// The nearest but that one.
    pub next: Option<Reach>,
    /// Whether the nearest is within the limit.
    pub within: bool,
}

pub(super) fn steps(why: &Explanation<'_>) -> Vec<StepDone> {
    let done = |step| {
        let first = first(&why.sites, step, Changed::default());
        let next = first.and_then(|first| {
            self::first(
                &why.sites,
                step,
                Changed {
                    without: Some(first.site),
                    ..Changed::default()
                },
            )
        });
        StepDone {
            step,
            first,
            next,
            within: first.is_some_and(|reach| reach.time <= why.limit),
        }
    };
    why.visits.iter().map(done).collect()
}

/// What is different from things as they are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Changed {
    /// Without this site.
    pub without: Option<SiteId>,
    /// Without this rule.
    pub lifted: Option<Rule>,
}

/// The nearest site that counts for a step.
fn first(sites: &[Considered], step: Step, changed: Changed) -> Option<Reach> {
    let counts = |seen: &&Considered| {
        changed.without != Some(seen.site) && seen.counts_without(changed.lifted).contains(step)
    };
    sites.iter().find(counts).map(Considered::reach)
}

/// The farthest of the nearest sites for each step; none when a step is done nowhere.
pub(super) fn last(sites: &[Considered], visits: Steps, changed: Changed) -> Option<Reach> {
    let mut last = None;
    for step in visits.iter() {
        last = last.max(Some(first(sites, step, changed)?));
    }
    last
}
