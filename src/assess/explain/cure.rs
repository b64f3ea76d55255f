//! What would cure it.

use super::case::Case;
use super::considered::Rule;
use crate::ids::SiteId;
use crate::model::Steps;
use crate::score::{Mend, Undone, Verdict};
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
        /// The steps that are then done there: all that are missing.
        steps: Steps,
        /// Those of them that must be handed down to it.
        hand_down: Steps,
        /// Whether what has run out there must be renewed.
        renew: bool,
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
pub(super) fn cures(case: &Case<'_>) -> Vec<Cure> {
    match case.verdict {
        Verdict::Covered { .. } | Verdict::AtHome { .. } | Verdict::Online => vec![Cure::Nothing],
        Verdict::TooFar { over, .. } => vec![nearer(case, over)],
        Verdict::OutOfReach => vec![nearer(case, TravelTime::ZERO)],
        Verdict::NotOffered { missing, .. } => vec![at_site(case, missing)],
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

/// The site within the limit that is mended most easily; where none can be, another site.
fn at_site(case: &Case<'_>, missing: Steps) -> Cure {
    let undone = Undone {
        cell: case.cell,
        class: case.study.catalogue().class(case.item),
        missing,
    };
    let Some(mend) = case.party.easiest_mend(undone) else {
        return nearer(case, TravelTime::ZERO);
    };
    Cure::AtSite {
        site: mend.site,
        steps: missing,
        hand_down: mend.hand_down,
        renew: mend.renew,
        lift: lifted(&mend),
    }
}

/// The rules that a site is brought to keep, from what is mended most easily to what is hardest.
fn lifted(mend: &Mend) -> Vec<Rule> {
    let mut rules = Vec::new();
    if mend.longer_hours {
        rules.push(Rule::Hours);
    }
    if mend.helper {
        rules.push(Rule::Group);
    }
    if mend.cross_area {
        rules.push(Rule::OwnUnit);
    }
    rules
}
