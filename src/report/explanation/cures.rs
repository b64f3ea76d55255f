//! What would cure it, and what there is otherwise.

use super::names::{limit, number, site};
use crate::assess::{Alternative, Cure, Elsewhere, Explanation, Rule, Usable};
use crate::ids::SiteId;
use crate::model::{Steps, Study};
use crate::report::words;
use crate::score::VerdictKind;
use crate::units::TravelTime;
use crate::words::{Text, text};

pub(super) fn lines(why: &Explanation) -> Vec<Text> {
    let mut lines = vec![Text::default()];
    for known in &why.cures {
        let gain = gain(why, known);
        lines.push(text!(ExplainCure, cure = cure(why, known), gain = gain));
    }
    for known in &why.other_cures {
        let gain = gain(why, known);
        lines.push(text!(
            ExplainOtherCure,
            cure = cure(why, known),
            gain = gain
        ));
    }
    for known in &why.alternatives {
        lines.push(text!(
            ExplainOtherwise,
            alternative = alternative(&why.study, *known)
        ));
    }
    for known in &why.elsewhere {
        lines.push(text!(
            ExplainFarther,
            elsewhere = elsewhere(&why.study, known)
        ));
    }
    lines
}

/// What would cure it.
pub(super) fn cure(why: &Explanation, cure: &Cure) -> Text {
    match cure {
        Cure::Nothing => VerdictKind::Covered.cure(),
        Cure::Nearer {
            over,
            over_m,
            within_m,
        } => nearer(*over, *over_m, *within_m),
        Cure::AtSite {
            site: at,
            steps,
            hand_down,
            renew,
            lift,
            gain: _,
        } => {
            // What the site does next comes first; rules that are in the way follow it.
            let head = match (*renew, hand_down.is_empty()) {
                (true, _) => renewed(&why.study, *at, *steps),
                (false, true) => at_site(&why.study, *at, *steps),
                (false, false) => handed_down(&why.study, *at, *hand_down),
            };
            if lift.is_empty() {
                return head;
            }
            let lifted: Vec<Text> = lift.iter().map(|&rule| lifted(why, *at, rule)).collect();
            if *renew || !hand_down.is_empty() {
                return text!(CureAndLifting, place = head, lifted = lifted);
            }
            text!(CureLifting, place = head, lifted = lifted)
        }
        Cure::Street { nearest, most_m } => text!(
            CureStreet,
            mend = VerdictKind::Stranded.cure(),
            near = metres_or_none(*nearest),
            most = words::metres(*most_m),
        ),
        Cure::Row => VerdictKind::Unknown.cure(),
    }
}

/// What it brings when it alone is carried out; none where that is not known.
fn gain(why: &Explanation, cure: &Cure) -> Option<Text> {
    let who = number(&why.study, why.setting.who, cure.gain()?);
    Some(text!(CureGain, who = who))
}

/// How much nearer a site would have to be; where the search found none, only how near.
fn nearer(over: TravelTime, over_m: f64, within_m: f64) -> Text {
    let within = words::metres(within_m);
    if over == TravelTime::ZERO {
        return text!(CureNearer, within = within);
    }
    text!(
        CureNearerBy,
        within = within,
        over = words::time(over),
        metres = words::metres(over_m),
    )
}

fn at_site(study: &Study, at: SiteId, steps: Steps) -> Text {
    text!(
        CureAtSite,
        site = site(study, at),
        steps = words::steps(steps)
    )
}

fn handed_down(study: &Study, at: SiteId, steps: Steps) -> Text {
    text!(
        CureHandDown,
        steps = words::steps(steps),
        site = site(study, at)
    )
}

fn renewed(study: &Study, at: SiteId, steps: Steps) -> Text {
    text!(
        CureRenew,
        steps = words::steps(steps),
        site = site(study, at)
    )
}

/// What a site must be brought to, for a rule to be kept.
fn lifted(why: &Explanation, at: SiteId, rule: Rule) -> Text {
    let seen = why.considered(at);
    match rule {
        Rule::Hours => {
            let arrival = seen.and_then(|seen| seen.arrival);
            let arrival = arrival.map(|minute| text!(LiftArrival, moment = words::moment(minute)));
            text!(LiftHours, arrival = arrival)
        }
        // No helper opens a kind of site that is closed to the group.
        Rule::Group if seen.is_some_and(|seen| seen.usable == Usable::KindBarred) => {
            text!(LiftKind)
        }
        Rule::Group => text!(LiftHelper),
        Rule::OwnUnit => text!(LiftOwnUnit),
        Rule::Dates => text!(LiftDates),
    }
}

/// What there is otherwise, in one clause.
fn alternative(study: &Study, alternative: Alternative) -> Text {
    match alternative {
        Alternative::Without {
            site: closed,
            then: None,
            ..
        } => {
            text!(WithoutNobody, closed = site(study, closed))
        }
        Alternative::Without {
            site: closed,
            then: Some(then),
            within,
        } => text!(
            WithoutThen,
            closed = site(study, closed),
            site = site(study, then.site),
            time = words::time(then.time),
            limit = limit(within),
        ),
        Alternative::Lifting { rule, then, within } => text!(
            LiftingThen,
            rule = without(rule),
            site = site(study, then.site),
            time = words::time(then.time),
            limit = limit(within),
        ),
        Alternative::AtSite { then, within } => text!(
            AtSiteThen,
            site = site(study, then.site),
            time = words::time(then.time),
            limit = limit(within),
        ),
    }
}

/// If a rule did not hold.
fn without(rule: Rule) -> Text {
    match rule {
        Rule::Hours => text!(IfHours),
        Rule::Group => text!(IfGroup),
        Rule::OwnUnit => text!(IfOwnUnit),
        Rule::Dates => text!(IfDates),
    }
}

/// A site beyond the search, with the walk to it or the straight line alone.
fn elsewhere(study: &Study, there: &Elsewhere) -> Text {
    let crow = metres_or_none(there.crow_m);
    match &there.walk {
        Some(walk) => text!(
            ElsewhereWalk,
            site = site(study, there.site),
            steps = words::steps(there.does),
            metres = words::metres(walk.path.metres()),
            time = words::time(walk.path.time),
            crow = crow,
        ),
        None => text!(
            ElsewhereNoWay,
            site = site(study, there.site),
            steps = words::steps(there.does),
            crow = crow,
        ),
    }
}

fn metres_or_none(metres: Option<f64>) -> Text {
    metres.map_or_else(|| text!(Unmeasured), words::metres)
}
