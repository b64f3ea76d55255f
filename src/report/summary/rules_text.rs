//! What the rules add to the summary for a terminal.

use super::rules_json::{
    BoundSums, ChannelSums, DenominatorSums, GroupSums, LargeSums, RuleSums, ThemeSums, WeekSums,
};
use crate::model::LARGE_M;
use crate::report::layout::{counted, headed, left, percent, right};
use crate::report::number::Number;
use crate::report::parameters::{GroupMoves, Parameters, ZoneSums};
use crate::report::words;
use crate::text::plain;
use crate::words::{Language, Text, text};

/// What is asked beyond the target: day, moment, streets, zones; a line a rule that is on.
pub(crate) fn asked(asked: &Parameters, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(date) = &asked.date {
        lines.push(text!(SummaryDate, date = date));
    }
    if let Some(week) = &asked.week_of {
        // A week is named with the moment that coverage stands for, if it stands for one.
        lines.push(match asked.leaving_at {
            Some(minute) => {
                text!(SummaryLeaving, leaving = words::moment(minute), week = week)
            }
            None => text!(SummaryWeek, week = week),
        });
    }
    let rules = asked.rules.in_words().into_iter();
    let streets: Vec<Text> = rules.map(|rule| rule.short).collect();
    if !streets.is_empty() {
        lines.push(text!(SummaryStreets, rules = streets));
    }
    lines.extend(asked.zones.iter().map(zone));
    if asked.links > 0 {
        lines.push(text!(SummaryLinks, count = asked.links));
    }
    lines.extend(asked.group_moves.iter().map(group_moves));
    lines
        .iter()
        .map(|line| line.in_language(language))
        .collect()
}

fn zone(zone: &ZoneSums) -> Text {
    text!(
        SummaryZone,
        name = plain(&zone.name),
        minutes = zone.minutes.to_string(),
        kmh = zone.speed_kmh.to_string(),
        by = words::zone_by(&zone.by),
        people = counted(zone.population),
    )
}

fn group_moves(moves: &GroupMoves) -> Text {
    text!(
        SummaryGroupMoves,
        name = plain(&moves.group),
        by = words::way_of_moving(moves.mode),
        kmh = moves.speed_kmh.to_string(),
    )
}

/// What the rules make of the coverage.
pub(crate) fn results(rules: &RuleSums, language: Language) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(bounds) = &rules.bounds {
        lines.push(bounds_line(bounds).in_language(language));
    }
    if let Some(large) = &rules.large_cells {
        lines.push(large_line(large).in_language(language));
    }
    lines.extend(groups(&rules.groups, language));
    lines.extend(channels(&rules.channels, language));
    lines.extend(denominators(&rules.denominators, language));
    lines.extend(themes(&text!(SummaryThemes), &rules.themes, language));
    lines.extend(themes(
        &text!(SummaryFirmThemes),
        &rules.firm_themes,
        language,
    ));
    if let Some(week) = &rules.week {
        lines.push(week_line(week).in_language(language));
    }
    lines
}

fn bounds_line(bounds: &BoundSums) -> Text {
    text!(
        SummaryBounds,
        lower = percent(bounds.share_lower),
        upper = percent(bounds.share_upper),
        people = counted(bounds.people_at_edge),
    )
}

fn large_line(large: &LargeSums) -> Text {
    text!(
        SummaryLargeCells,
        people = counted(large.people),
        cells = large.cells,
        metres = LARGE_M,
        lower = percent(large.share_lower),
        upper = percent(large.share_upper),
    )
}

/// A name, a number of people or other things, and the share of them that is covered.
fn row(name: &str, total: Number, share: Option<Number>) -> String {
    let total = right(&counted(total), 12);
    format!("  {}{total} {}", left(name, 24), right(&percent(share), 9))
}

/// A line a group, and one for all of them together.
fn groups(groups: &[GroupSums], language: Language) -> Vec<String> {
    let line = |group: &GroupSums| {
        let name = match group.id.as_str() {
            "total" => text!(GroupsInAll),
            _ if group.counted_apart => text!(GroupApart, name = plain(&group.name)),
            _ => text!(Verbatim, text = plain(&group.name)),
        };
        let online = group.with_online.as_ref().map(|online| {
            text!(GroupWithOnline, share = percent(online.share)).in_language(language)
        });
        let name = name.in_language(language);
        row(&name, group.population, group.at_sites.share) + &online.unwrap_or_default()
    };
    let head = text!(SummaryGroups).in_language(language);
    headed(head, groups.iter().map(line).collect())
}

fn channels(channels: &[ChannelSums], language: Language) -> Vec<String> {
    let line = |sums: &ChannelSums| {
        let name = words::channel(sums.channel).in_language(language);
        row(&name, sums.population, sums.covered.share)
    };
    // Persons and firms add up to nothing together: each has a list of its own.
    let (firms, people): (Vec<_>, Vec<_>) = channels.iter().partition(|sums| sums.is_of_firms);
    let mut lines = Vec::new();
    for (head, sums) in [
        (text!(SummaryChannels), people),
        (text!(SummaryFirmChannels), firms),
    ] {
        let rows = sums.into_iter().map(line).collect();
        lines.extend(headed(head.in_language(language), rows));
    }
    lines
}

fn denominators(rows: &[DenominatorSums], language: Language) -> Vec<String> {
    let line = |sums: &DenominatorSums| {
        let name = counted_by(&sums.counted_by).in_language(language);
        row(&name, sums.total, sums.share)
    };
    let head = text!(SummaryCountedBy).in_language(language);
    headed(head, rows.iter().map(line).collect())
}

/// What coverage is counted by: people, one of the known counts, or a column of the study's own.
pub(crate) fn counted_by(column: &str) -> Text {
    match column {
        "people" => text!(CountedByPeople),
        "households" => text!(CountedByHouseholds),
        "buildings" => text!(CountedByBuildings),
        "area" => text!(CountedByArea),
        "enterprises" => text!(CountedByFirms),
        own => text!(Verbatim, text = plain(own)),
    }
}

fn themes(head: &Text, themes: &[ThemeSums], language: Language) -> Vec<String> {
    let line = |theme: &ThemeSums| {
        let one_stop = text!(ThemeOneStop, share = percent(theme.one_stop_share));
        let share = right(&percent(theme.share), 9);
        let name = left(&plain(&theme.theme), 24);
        format!("  {name}{share}  {}", one_stop.in_language(language))
    };
    let head = head.in_language(language);
    headed(head, themes.iter().map(line).collect())
}

fn week_line(week: &WeekSums) -> Text {
    let hour = |hour: Option<_>| hour.map_or_else(|| text!(NoHour), words::moment);
    text!(
        SummaryHours,
        hours = week.hours_open,
        worst = hour(week.worst),
        low = percent(week.worst_hour_share),
        best = hour(week.best),
        high = percent(week.best_hour_share),
    )
}
