//! What would cure it.

use super::case::Case;
use super::considered::{Considered, Rule, of_site};
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
pub(super) fn cures(case: &Case<'_>, sites: &[Considered]) -> Vec<Cure> {
    match case.verdict {
        Verdict::Covered { .. } | Verdict::Online => vec![Cure::Nothing],
        Verdict::TooFar { over, .. } => vec![nearer(case, over)],
        Verdict::OutOfReach => vec![nearer(case, TravelTime::ZERO)],
        Verdict::NotOffered { missing, at, .. } => at_sites(sites, missing, at),
        Verdict::Stranded { nearest } => vec![Cure::Street {
            nearest,
            most_m: case.study.walk().max_snap_m,
        }],
        Verdict::Unknown => vec![Cure::Row],
    }
}

fn nearer(case: &Case<'_>, over: TravelTime) -> Cure {
    // On the flat: how steep a way to a site that is not built would be, nobody knows.
    let speed = case.profile.speed;
    Cure::Nearer {
        over,
        over_m: speed.metres(over),
        within_m: speed.metres(case.limit),
    }
}

/// A site where a step is mended, and how: whether the step must be handed down to it first, and
/// which rules it must be brought to keep.
#[derive(Clone, PartialEq)]
struct Place {
    site: SiteId,
    hand_down: bool,
    lift: Vec<Rule>,
}

/// For each missing step the place where it is mended most easily; steps of one place together, in
/// the order of their first.
fn at_sites(sites: &[Considered], missing: Steps, at: SiteId) -> Vec<Cure> {
    let mut places: Vec<(Place, Steps)> = Vec::new();
    // Each step may be mended at another site, so they are looked at one by one.
    for step in missing.iter() {
        let easiest = easiest_place(sites, step, at);
        let step = Steps::only(step);
        match places.iter_mut().find(|(place, _)| *place == easiest) {
            Some((_, steps)) => *steps = steps.and(step),
            None => places.push((easiest, step)),
        }
    }
    places
        .into_iter()
        .map(|(place, steps)| Cure::AtSite {
            site: place.site,
            steps,
            hand_down: place.hand_down,
            lift: place.lift,
        })
        .collect()
}

/// Among the sites within the limit that do a step, the one whose hardest broken rule is mended most
/// easily; when none does it, the site that it should be handed down to.
fn easiest_place(sites: &[Considered], step: Step, hand_down_to: SiteId) -> Place {
    let easiest = sites
        .iter()
        .filter(|seen| seen.within && seen.does.contains(step))
        // A site that is not there on the day cannot be mended for that day.
        .filter(|seen| !seen.breaks(Rule::Dates))
        // Of equal ones `min_by_key` takes the first, which is the nearest.
        .min_by_key(|seen| seen.broken_for(step).last());
    let site = easiest.map_or(hand_down_to, |seen| seen.site);
    let seen = of_site(sites, site);
    Place {
        site,
        hand_down: easiest.is_none(),
        lift: seen.map_or_else(Vec::new, |seen| seen.broken_for(step).collect()),
    }
}
