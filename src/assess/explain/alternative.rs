//! What there is otherwise: without the deciding site, with one rule less, or beyond the search.

use std::cmp::Ordering;

use super::case::Case;
use super::considered::{Considered, Rule, needed_offers, of_site};
use super::steps::{Changed, StepDone, last};
use super::walk::{WalkTo, walk_to};
use crate::ids::SiteId;
use crate::model::{Site, Steps};
use crate::score::Verdict;
use crate::search::Reach;
use crate::units::TravelTime;

/// What there is otherwise.
///
/// ```
/// use walkshed::assess::{Alternative, explain};
/// use walkshed::{Options, draw, ids::CellId};
/// let study = draw::town("A-a--s-------------t-B", 100.0, "st");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// // If s closed, t would decide, beyond the limit.
/// let within = why.alternatives.iter().find_map(|other| match other {
///     Alternative::Without { within, .. } => Some(*within),
///     _ => None,
/// });
/// assert_eq!(within, Some(false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alternative {
    /// If the deciding site closed for good.
    Without {
        /// The deciding site.
        site: SiteId,
        /// The site that would decide then; none within the search.
        then: Option<Reach>,
        /// Whether that is within the limit.
        within: bool,
    },
    /// If a rule did not hold.
    Lifting {
        /// The rule.
        rule: Rule,
        /// The site that would decide then.
        then: Reach,
        /// Whether that is within the limit.
        within: bool,
    },
    /// At a site, for what is done without a visit, or at home.
    AtSite {
        /// The site that would decide.
        then: Reach,
        /// Whether that is within the limit.
        within: bool,
    },
}

/// A site beyond the search that does a step which none within the search does for these people.
#[derive(Debug, Clone, PartialEq)]
pub struct Elsewhere {
    /// The site.
    pub site: SiteId,
    /// The steps.
    pub does: Steps,
    /// The straight line there, in metres; none for a cell without a place.
    pub crow_m: Option<f64>,
    /// The walk there; none when no way leads there.
    pub walk: Option<WalkTo>,
}

/// How many sites beyond the search are named.
const ELSEWHERE: usize = 3;
/// To how many of those that are nearest in a straight line a walk is looked for.
const WALKED_TO: usize = 8;

/// What there is otherwise than the verdict says.
pub(super) fn alternatives(case: &Case<'_>, sites: &[Considered]) -> Vec<Alternative> {
    match case.verdict {
        // Who is covered asks how much hangs on one site.
        Verdict::Covered { by, .. } => vec![without(case, sites, by)],
        Verdict::AtHome { .. } | Verdict::Online => at_site(case, sites).into_iter().collect(),
        Verdict::TooFar { .. }
        | Verdict::NotOffered { .. }
        | Verdict::OutOfReach
        | Verdict::Stranded { .. }
        | Verdict::Unknown => Rule::ALL
            .into_iter()
            // Who is not asks which single rule stands in the way.
            .filter_map(|rule| lifting(case, sites, rule))
            .collect(),
    }
}

fn without(case: &Case<'_>, sites: &[Considered], site: SiteId) -> Alternative {
    let then = last(sites, case.visits, Changed::without(site));
    Alternative::Without {
        site,
        then,
        within: then.is_some_and(|reach| reach.time <= case.limit),
    }
}

fn at_site(case: &Case<'_>, sites: &[Considered]) -> Option<Alternative> {
    let then = last(sites, case.visits, Changed::NOTHING)?;
    Some(Alternative::AtSite {
        then,
        within: then.time <= case.limit,
    })
}

/// What lifting a rule brings; none when it brings nothing nearer.
fn lifting(case: &Case<'_>, sites: &[Considered], rule: Rule) -> Option<Alternative> {
    let now = last(sites, case.visits, Changed::NOTHING);
    let then = last(sites, case.visits, Changed::lifting(rule))?;
    // A site that is no nearer than the one that counts now changes nothing.
    if now.is_some_and(|now| then >= now) {
        return None;
    }
    Some(Alternative::Lifting {
        rule,
        then,
        within: then.time <= case.limit,
    })
}

/// The nearest sites beyond the search that do on the day what no site within it does for these
/// people, by the walk there where a way leads there, and else by the straight line.
pub(super) fn elsewhere(
    case: &Case<'_>,
    sites: &[Considered],
    steps: &[StepDone],
) -> Vec<Elsewhere> {
    let nowhere = done_nowhere(steps);
    let mut found = Vec::new();
    for (id, site) in case.study.sites().iter() {
        let exists = case.day.is_none_or(|day| site.exists_on(day));
        // What the search reached has been told already.
        if exists && of_site(sites, id).is_none() {
            found.extend(doing(case, id, site, nowhere));
        }
    }
    found.sort_by(nearest_first);
    // Each walk costs a search, so only those that may be among the nearest get one.
    found.truncate(WALKED_TO);
    for there in &mut found {
        there.walk = walk_to(case, there.site);
    }
    // The sort is stable: those without a walk stay in the order of the straight line.
    found.sort_by_key(|there| {
        let walk = there.walk.as_ref();
        walk.map_or(TravelTime::MAX, |walk| walk.path.time)
    });
    found.truncate(ELSEWHERE);
    found
}

/// The steps that no site within the search does for these people.
fn done_nowhere(steps: &[StepDone]) -> Steps {
    steps
        .iter()
        .filter(|done| done.first.is_none())
        .map(|done| done.step)
        .collect()
}

/// Without the cell's place no distance is known, and the order of sites stays.
fn nearest_first(a: &Elsewhere, b: &Elsewhere) -> Ordering {
    a.crow_m.partial_cmp(&b.crow_m).unwrap_or(Ordering::Equal)
}

/// A site beyond the search, if it does one of these steps on the day; its walk is not found yet.
fn doing(case: &Case<'_>, id: SiteId, site: &Site, steps: Steps) -> Option<Elsewhere> {
    let does: Steps = needed_offers(case, id)
        .filter(|offer| offer.holds_on(case.day))
        .fold(Steps::NONE, |all, offer| all.and(offer.steps))
        .common(steps);
    if does.is_empty() {
        return None;
    }
    let from = case.study.cells()[case.cell].at;
    Some(Elsewhere {
        site: id,
        does,
        // By the straight line it is decided to which of them a walk is searched.
        crow_m: from.map(|from| from.distance(site.at)),
        walk: None,
    })
}
