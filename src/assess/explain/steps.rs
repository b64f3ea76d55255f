//! Step by step: the sites that do it first.

use super::case::Case;
use super::considered::{Considered, Rule};
use crate::ids::SiteId;
use crate::model::{Step, Steps};
use crate::search::Reach;

/// Where one step that needs a visit is done.
///
/// ```
/// use walkshed::assess::explain;
/// use walkshed::{Options, draw, ids::CellId, model::Step};
/// let study = draw::town("A-a--s----t-B", 100.0, "st");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// // The papers are taken in at s, and else at t.
/// let accept = why.steps.iter().find(|done| done.step == Step::Accept).unwrap();
/// let [s, t] = ["s", "t"].map(|id| study.sites().find(id));
/// assert_eq!([accept.first, accept.next].map(|reach| reach.map(|reach| reach.site)), [s, t]);
/// ```
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
    /// The site of which a helper does it at home where no site does within the limit, and the helper's
    /// walk.
    pub at_home: Option<Reach>,
}

/// For each step that needs a visit the sites that do it first.
pub(super) fn steps(case: &Case<'_>, sites: &[Considered]) -> Vec<StepDone> {
    let at_home = case.party.at_home(case.cell, case.item);
    let mut steps = Vec::new();
    for step in case.visits.iter() {
        let helper = at_home.iter().find(|(steps, _)| steps.contains(step));
        let first = first(sites, step, Changed::NOTHING);
        steps.push(StepDone {
            step,
            first,
            // Who would do it if the first one were not there: how much hangs on that.
            next: first.and_then(|reach| first_without(sites, step, reach.site)),
            within: first.is_some_and(|reach| reach.time <= case.limit),
            at_home: helper.map(|&(_, reach)| reach),
        });
    }
    steps
}

/// What is different from things as they are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Changed {
    /// Without this site.
    pub without: Option<SiteId>,
    /// Without this rule.
    pub lifted: Option<Rule>,
}

impl Changed {
    /// Things as they are.
    pub(super) const NOTHING: Self = Self {
        without: None,
        lifted: None,
    };

    /// As if this site were not there.
    pub(super) const fn without(site: SiteId) -> Self {
        Self {
            without: Some(site),
            ..Self::NOTHING
        }
    }

    /// As if this rule did not hold.
    pub(super) const fn lifting(rule: Rule) -> Self {
        Self {
            lifted: Some(rule),
            ..Self::NOTHING
        }
    }
}

/// The nearest site that counts for a step.
fn first(sites: &[Considered], step: Step, changed: Changed) -> Option<Reach> {
    sites
        .iter()
        .filter(|seen| changed.without != Some(seen.site))
        .find(|seen| seen.counts_without(changed.lifted).contains(step))
        .map(Considered::reach)
}

fn first_without(sites: &[Considered], step: Step, site: SiteId) -> Option<Reach> {
    first(sites, step, Changed::without(site))
}

/// The farthest of the nearest sites for each step; none when a step is done nowhere.
pub(super) fn last(sites: &[Considered], visits: Steps, changed: Changed) -> Option<Reach> {
    let mut last = None;
    for step in visits.iter() {
        // One step that is done nowhere settles it, as in the verdict.
        let nearest = first(sites, step, changed)?;
        last = last.max(Some(nearest));
    }
    last
}
