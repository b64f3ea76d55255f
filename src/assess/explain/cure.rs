//! What would cure it.

use super::{Considered, Explanation, Rule};
use crate::ids::SiteId;
use crate::model::{Step, Steps};
use crate::score::Verdict;
use crate::units::TravelTime;

/// What would cure it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cure {
    /// It needs no cure.
    Nothing,
    /// A site that does the whole item nearer by: within so many metres of walking.
    Nearer {
        /// How much longer than the limit the walk is.
        over: TravelTime,
        /// How many metres that is at these people's speed on the flat.
        over_m: f64,
        /// How far one walks within the limit, in metres.
        within_m: f64,
    },
    /// At a site within the limit.
    AtSite {
        /// The site.
        site: SiteId,
        /// The steps that are then done there.
        steps: Steps,
        /// Whether these steps must be handed down to it.
        hand_down: bool,
        /// The rules that it must be brought to keep: longer hours, a helper, a cross-area window.
        lift: Vec<Rule>,
    },
    /// A street to the cell, or the one that the data lack.
    Street {
        /// Metres to the nearest street; none where there is none.
        nearest: Option<f64>,
        /// How many metres off a street are walked at most.
        most_m: f64,
    },
    /// A corrected row of the cell in the data.
    Row,
}

/// What would cure it; all of these together.
pub(super) fn cures(why: &Explanation<'_>) -> Vec<Cure> {
    match why.verdict {
        Verdict::Covered { .. } | Verdict::Online => vec![Cure::Nothing],
        Verdict::TooFar { over, .. } => vec![nearer(why, over)],
        Verdict::OutOfReach => vec![nearer(why, TravelTime::ZERO)],
        Verdict::NotOffered { missing, at, .. } => at_sites(why, missing, at),
        Verdict::Stranded { nearest } => vec![Cure::Street {
            nearest,
            most_m: why.study.walk().max_snap_m,
        }],
        Verdict::Unknown => vec![Cure::Row],
    }
}

fn nearer(why: &Explanation<'_>, over: TravelTime) -> Cure {
    let metres = |time| why.profile.speed.metres(time);
    Cure::Nearer {
        over,
        over_m: metres(over),
        within_m: metres(why.limit),
    }
}

/// For each missing step the site where it is mended most easily; steps of one site together.
fn at_sites(why: &Explanation<'_>, missing: Steps, at: SiteId) -> Vec<Cure> {
    let mut cures: Vec<Cure> = Vec::new();
    for step in missing.iter() {
        let cure = at_site(why, step, at);
        let same = cures.iter_mut().find_map(|known| together(known, &cure));
        match same {
            Some(steps) => *steps = steps.and(Steps::only(step)),
            None => cures.push(cure),
        }
    }
    cures
}

/// The steps of a cure, if it is the same as the other but for these.
fn together<'c>(known: &'c mut Cure, cure: &Cure) -> Option<&'c mut Steps> {
    let Cure::AtSite {
        site: other,
        hand_down: other_down,
        ..
    } = cure
    else {
        return None;
    };
    match known {
        Cure::AtSite {
            site,
            steps,
            hand_down,
            ..
        } if site == other && hand_down == other_down => Some(steps),
        _ => None,
    }
}

fn at_site(why: &Explanation<'_>, step: Step, at: SiteId) -> Cure {
    let does =
        |seen: &&Considered| seen.within && seen.does.contains(step) && !seen.breaks(Rule::Dates);
    // The hardest rule that it breaks decides; min_by_key takes the nearest of equal ones.
    let nearest = why
        .sites
        .iter()
        .filter(does)
        .min_by_key(|seen| seen.broken().last());
    let (site, hand_down) = nearest.map_or((at, true), |seen| (seen.site, false));
    let lift = why
        .considered(site)
        .map_or_else(Vec::new, |seen| seen.broken().collect());
    Cure::AtSite {
        site,
        steps: Steps::only(step),
        hand_down,
        lift,
    }
}
