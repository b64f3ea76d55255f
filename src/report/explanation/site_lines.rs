//! The sites considered, and each rule's decision.

use super::head::clauses;
use super::hours::that_day;
use super::names::{site, unit};
use crate::assess::{Considered, Explanation, Standing, Usable};
use crate::report::words;
use crate::text::plain;
use crate::words::{Language, Text, text};

/// How many sites are shown.
const MOST: usize = 12;

pub(super) fn lines(why: &Explanation, language: Language) -> Vec<String> {
    let head = text!(
        ExplainSites,
        all = why.study.sites().len(),
        near = why.sites.len(),
        budget = words::time(why.budget),
        within = why.within(),
        limit = words::time(why.limit),
    );
    let mut lines = vec![String::new(), head.in_language(language)];
    let mut hidden = 0_usize;
    for (place, seen) in why.sites.iter().enumerate() {
        // The sites that do a step first are shown even beyond the most.
        let does_first = why
            .steps
            .iter()
            .any(|done| done.first == Some(seen.reach()));
        if place < MOST || does_first {
            lines.push(line(why, place, seen, language));
        } else {
            hidden += 1;
        }
    }
    if hidden > 0 {
        lines.push(text!(MoreSites, more = hidden).in_language(language));
    }
    lines
}

/// A site by its number in the list, with the walk and what is decided about it.
fn line(why: &Explanation, place: usize, seen: &Considered, language: Language) -> String {
    let mut name = site(&why.study, seen.site);
    let kind = plain(&why.study.sites()[seen.site].kind);
    if !kind.is_empty() {
        name = format!("{name} ({kind})");
    }
    let decided = text!(SiteDecision, site = name, decision = decision(why, seen));
    format!(
        "  {:>2}  {:>11}  {}",
        place + 1,
        words::time(seen.time).in_language(language),
        decided.in_language(language),
    )
}

/// Whether the site counts, and why not.
pub(super) fn decision(why: &Explanation, seen: &Considered) -> Text {
    let steps = seen.counts();
    if steps.is_empty() {
        text!(DoesNotCount, reasons = clauses(against(why, seen)))
    } else if seen.within {
        text!(CountsFor, steps = words::steps(steps))
    } else {
        text!(BeyondLimitDoes, steps = words::steps(steps))
    }
}

/// All that is held against a site.
fn against(why: &Explanation, seen: &Considered) -> Vec<Text> {
    // What never does a step of the item needs no other reason.
    if seen.does_some_day().is_empty() {
        return vec![text!(DoesNoStep)];
    }
    let mut reasons = Vec::new();
    // Nothing on the day: then it is told when.
    if seen.does.is_empty() {
        reasons.extend(seen.other_days.iter().map(|offer| {
            text!(
                DoesOnOtherDays,
                steps = words::steps(offer.steps),
                from = date(offer.from),
                until = date(offer.until),
            )
        }));
    }
    match seen.standing {
        Standing::Stands => {}
        Standing::NotYet(day) => reasons.push(text!(OpensOn, day = day.to_string())),
        Standing::NoLonger(day) => reasons.push(text!(ClosedSince, day = day.to_string())),
    }
    if !seen.serves() {
        let own = why.study.sites()[seen.site].unit;
        let own = own.map_or_else(String::new, |id| unit(&why.study, id));
        reasons.push(text!(ServesOnly, unit = own));
    }
    let for_others = seen.does.without(seen.for_them);
    // It serves them with some steps, and with others those of its own unit alone.
    if seen.serves() && !for_others.is_empty() {
        let own = why.study.sites()[seen.site].unit;
        let own = own.map_or_else(String::new, |id| unit(&why.study, id));
        let steps = words::steps(for_others);
        reasons.push(text!(ServesOnlyWith, unit = own, steps = steps));
    }
    match seen.usable {
        Usable::Yes => {}
        Usable::KindBarred => reasons.push(text!(KindBarred)),
        Usable::NoHelper => reasons.push(text!(HasNoHelper)),
    }
    reasons.extend(closed_on_arrival(why, seen));
    reasons
}

/// That the site is closed on arrival, with its hours of that day.
fn closed_on_arrival(why: &Explanation, seen: &Considered) -> Option<Text> {
    if seen.open {
        return None;
    }
    // Without a moment every site counts as open.
    let arrival = seen.arrival?;
    let rule = why.study.time()?;
    let hours = that_day(rule.hours_of(&why.study.sites()[seen.site]), arrival);
    let hours = if hours.is_empty() {
        text!(NotOpenThatDay)
    } else {
        text!(Verbatim, text = hours.join(", "))
    };
    Some(text!(
        ClosedOnArrival,
        moment = words::moment(arrival),
        hours = hours
    ))
}

fn date(day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(|| "…".to_owned(), |day| day.to_string())
}
