//! The sites considered, and each rule's decision.

use super::words::Words;
use crate::assess::{Considered, Explanation, Standing, Usable};
use crate::model::{OpenWeek, WeekMinute};
use crate::read::plain;

/// How many sites are shown.
const MOST: usize = 12;

pub(super) fn lines(why: &Explanation<'_>, words: Words<'_>) -> Vec<String> {
    let (all, near, within) = (why.study.sites().len(), why.sites.len(), why.within());
    let (budget, limit) = (words.time(why.budget), words.time(why.limit));
    let head = words.pick(
        format!("服务点：共 {all} 个，搜索范围（{budget}）内 {near} 个，时限（{limit}）内 {within} 个"),
        format!("sites: {all} in all, {near} within the search of {budget}, {within} within the limit of {limit}"),
    );
    let first = |seen: &&Considered| {
        why.steps
            .iter()
            .any(|done| done.first == Some(seen.reach()))
    };
    // The sites that do a step first are shown even beyond the most.
    let (mut shown, rest): (Vec<_>, Vec<_>) = why
        .sites
        .iter()
        .enumerate()
        .partition(|(place, seen)| *place < MOST || first(seen));
    shown.sort_by_key(|&(place, _)| place);
    let mut lines = vec![String::new(), head];
    lines.extend(
        shown
            .iter()
            .map(|(place, seen)| line(why, words, *place, seen)),
    );
    if !rest.is_empty() {
        let more = rest.len();
        lines.push(words.pick(
            format!("  … 另有 {more} 个"),
            format!("  … and {more} more"),
        ));
    }
    lines
}

fn line(why: &Explanation<'_>, words: Words<'_>, place: usize, seen: &Considered) -> String {
    let kind = plain(&why.study.sites()[seen.site].kind);
    let kind = if kind.is_empty() {
        kind
    } else {
        format!(" ({kind})")
    };
    let (number, time) = (place + 1, words.time(seen.time));
    format!(
        "  {number:>2}  {time:>11}  {}{kind}{}{}",
        words.site(seen.site),
        words.say("：", ": "),
        decision(why, words, seen)
    )
}

/// Whether the site counts, and why not.
pub(super) fn decision(why: &Explanation<'_>, words: Words<'_>, seen: &Considered) -> String {
    let counts = words.steps(seen.counts());
    match (seen.counts().is_empty(), seen.within) {
        (false, true) => words.pick(format!("可办 {counts}"), format!("counts for {counts}")),
        (false, false) => words.pick(
            format!("可办 {counts}，但超出时限"),
            format!("does {counts}, but beyond the limit"),
        ),
        (true, _) => format!(
            "{}{}",
            words.say("不计：", "does not count: "),
            words.joined(&against(why, words, seen))
        ),
    }
}

/// All that is held against a site.
fn against(why: &Explanation<'_>, words: Words<'_>, seen: &Considered) -> Vec<String> {
    if seen.does_some_day().is_empty() {
        return vec![
            words
                .say("不办此事项的到场环节", "it does no step of it")
                .to_owned(),
        ];
    }
    let site = &why.study.sites()[seen.site];
    let mut said = Vec::new();
    if seen.does.is_empty() {
        said.extend(seen.other_days.iter().map(|offer| {
            let (steps, from, until) = (
                words.steps(offer.steps),
                date(offer.from),
                date(offer.until),
            );
            words.pick(
                format!("{steps} 的办理期为 {from} 至 {until}"),
                format!("it does {steps} from {from} to {until}"),
            )
        }));
    }
    said.extend(match seen.standing {
        Standing::Stands => None,
        Standing::NotYet(day) => {
            Some(words.pick(format!("{day} 才启用"), format!("it opens on {day}")))
        }
        Standing::NoLonger(day) => {
            Some(words.pick(format!("{day} 起停用"), format!("it is closed since {day}")))
        }
    });
    if !seen.serves {
        let unit = site.unit.map(|unit| words.unit(unit)).unwrap_or_default();
        said.push(words.pick(
            format!("只办 {unit} 内的事"),
            format!("it serves only {unit}"),
        ));
    }
    match seen.usable {
        Usable::Yes => {}
        Usable::KindBarred => {
            said.push(
                words
                    .say(
                        "此类服务点该人群不能用",
                        "of a kind that the group may not use",
                    )
                    .to_owned(),
            );
        }
        Usable::NoHelper => said.push(words.say("没有帮办", "it has no helper").to_owned()),
    }
    if let (false, Some(arrival), Some(week)) = (seen.open, seen.arrival, why.study.time()) {
        let hours = that_day(week.hours_of(site), arrival);
        let hours = if hours.is_empty() {
            words.say("当天不开门", "not open that day").to_owned()
        } else {
            hours
        };
        said.push(words.pick(
            format!("{arrival} 到达时未开门（{hours}）"),
            format!("closed on arrival at {arrival} ({hours})"),
        ));
    }
    said
}

fn date(day: Option<chrono::NaiveDate>) -> String {
    day.map_or_else(|| "…".to_owned(), |day| day.to_string())
}

/// The hours of the day on which one arrives.
fn that_day(week: &OpenWeek, arrival: WeekMinute) -> String {
    let (start, end) = (
        arrival.get() / 1440 * 1440,
        arrival.get() / 1440 * 1440 + 1440,
    );
    let shown = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
    let today = week
        .ranges()
        .into_iter()
        .filter(|range| range.start < end && start < range.end);
    let hours: Vec<String> = today
        .map(|range| {
            format!(
                "{}-{}",
                shown(range.start.max(start) - start),
                shown(range.end.min(end) - start)
            )
        })
        .collect();
    hours.join(", ")
}
