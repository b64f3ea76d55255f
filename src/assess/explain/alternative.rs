//! What there is otherwise: without the deciding site, with one rule less, or beyond the search.

use super::considered::needed;
use super::steps::{Changed, last};
use super::{Explanation, Rule, WalkTo};
use crate::ids::SiteId;
use crate::model::Steps;
use crate::score::Verdict;
use crate::search::Reach;
use crate::snap::Linkage;

/// What there is otherwise.
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
    /// At a site, for what is done without a visit.
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

pub(super) fn alternatives(why: &Explanation<'_>) -> Vec<Alternative> {
    let at = |changed| last(&why.sites, why.visits, changed);
    let within = |reach: Reach| reach.time <= why.limit;
    match why.verdict {
        Verdict::Covered { by: site, .. } => {
            let then = at(Changed {
                without: Some(site),
                ..Changed::default()
            });
            vec![Alternative::Without {
                site,
                then,
                within: then.is_some_and(within),
            }]
        }
        Verdict::Online => {
            let then = at(Changed::default());
            then.map(|then| Alternative::AtSite {
                then,
                within: within(then),
            })
            .into_iter()
            .collect()
        }
        _ => {
            let now = at(Changed::default());
            let lifting = |rule| {
                let then = at(Changed {
                    lifted: Some(rule),
                    ..Changed::default()
                })?;
                let sooner = now.is_none_or(|now| then < now);
                sooner.then(|| Alternative::Lifting {
                    rule,
                    then,
                    within: within(then),
                })
            };
            Rule::ALL.into_iter().filter_map(lifting).collect()
        }
    }
}

/// The nearest sites, in a straight line, beyond the search that do on the day what no site within
/// it does for these people.
pub(super) fn elsewhere(why: &Explanation<'_>, links: &Linkage) -> Vec<Elsewhere> {
    let nowhere: Steps = why
        .steps
        .iter()
        .filter(|done| done.first.is_none())
        .map(|done| done.step)
        .collect();
    let from = why.study.cells()[why.cell].at;
    let beyond = why.study.sites().iter().filter(|&(id, site)| {
        why.considered(id).is_none() && why.day.is_none_or(|day| site.exists_on(day))
    });
    let mut found: Vec<Elsewhere> = beyond
        .filter_map(|(site, at)| {
            let offers = needed(why, site).filter(|offer| offer.holds_on(why.day));
            let does = offers
                .fold(Steps::NONE, |all, offer| all.and(offer.steps))
                .common(nowhere);
            let crow_m = from.map(|from| from.distance(at.at));
            (!does.is_empty()).then_some(Elsewhere {
                site,
                does,
                crow_m,
                walk: None,
            })
        })
        .collect();
    found.sort_by(|a, b| {
        a.crow_m
            .partial_cmp(&b.crow_m)
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    found.truncate(ELSEWHERE);
    found
        .into_iter()
        .map(|there| Elsewhere {
            walk: super::walk::to(why, links, there.site),
            ..there
        })
        .collect()
}
