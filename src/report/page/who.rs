//! Who is covered, and by which way: groups, channels, other counts, themes.

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::bar;
use crate::report::layout::{percent, whole};
use crate::report::number::Number;
use crate::report::summary::{ChannelSums, DenominatorSums, ThemeSums, counted_by};
use crate::report::words::{self, channel};
use crate::words::{Text, text};

/// A named share of so many, and another share beside it where there is one.
struct Row {
    name: Markup,
    total: Option<Number>,
    share: Option<Number>,
    beside: Option<Number>,
}

/// A table of them.
struct Part {
    head: Text,
    /// What the shares beside are.
    beside: Option<Text>,
    rows: Vec<Row>,
}

/// The groups, channels, counts and themes, each under its head; nothing where no rule asks for any.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let mut parts = parts(subject);
    parts.retain(|part| !part.rows.is_empty());
    html! {
        @if !parts.is_empty() {
            section #who {
                h2 { (subject.say(&text!(PageWho))) }
                @for part in &parts { (table(subject, part)) }
            }
        }
    }
}

fn parts(subject: &Subject<'_>) -> Vec<Part> {
    let rules = &subject.summary.rules;
    let counts = rules.denominators.iter().map(|sums| count(subject, sums));
    let part = |head, beside, rows| Part { head, beside, rows };
    vec![
        part(
            text!(PageByGroup),
            Some(text!(PageWithOnline)),
            groups(subject),
        ),
        part(text!(PageByChannel), None, channels(subject, false)),
        part(text!(PageByFirmChannel), None, channels(subject, true)),
        part(text!(PageByCount), None, counts.collect()),
        part(
            text!(PageByTheme),
            Some(text!(PageOneStop)),
            rules.themes.iter().map(theme).collect(),
        ),
        part(
            text!(PageByFirmTheme),
            Some(text!(PageOneStop)),
            rules.firm_themes.iter().map(theme).collect(),
        ),
    ]
}

fn groups(subject: &Subject<'_>) -> Vec<Row> {
    let groups = subject.summary.rules.groups.iter();
    groups
        .map(|group| Row {
            name: match group.id.as_str() {
                "total" => said(subject, &text!(GroupsInAll)),
                _ if group.counted_apart => said(subject, &text!(GroupApart, name = &group.name)),
                _ => said(subject, &words::group(&group.id, &group.name)),
            },
            total: Some(group.population),
            share: group.at_sites.share,
            beside: group.with_online.as_ref().and_then(|online| online.share),
        })
        .collect()
}

fn channels(subject: &Subject<'_>, of_firms: bool) -> Vec<Row> {
    let row = |sums: &ChannelSums| Row {
        name: said(subject, &channel(sums.channel)),
        total: Some(sums.population),
        share: sums.covered.share,
        beside: None,
    };
    let channels = subject.summary.rules.channels.iter();
    let of_them = channels.filter(|sums| sums.is_of_firms == of_firms);
    of_them.map(row).collect()
}

fn count(subject: &Subject<'_>, sums: &DenominatorSums) -> Row {
    Row {
        name: said(subject, &counted_by(&sums.counted_by)),
        total: Some(sums.total),
        share: sums.share,
        beside: None,
    }
}

fn theme(theme: &ThemeSums) -> Row {
    Row {
        name: name(&theme.theme),
        total: None,
        share: theme.share,
        beside: theme.one_stop_share,
    }
}

fn said(subject: &Subject<'_>, text: &Text) -> Markup {
    name(&subject.say(text))
}

fn table(subject: &Subject<'_>, part: &Part) -> Markup {
    let rows = &part.rows;
    let has_totals = rows.iter().any(|row| row.total.is_some());
    let has_beside = rows.iter().any(|row| row.beside.is_some());
    let beside = part.beside.as_ref().filter(|_| has_beside);
    html! {
        h3 { (subject.say(&part.head)) }
        div.scroll { table {
            thead { tr {
                th { (subject.say(&text!(PageHeadName))) }
                @if has_totals { th.n { (subject.say(&text!(PageHeadNumber))) } }
                th.n { (subject.say(&text!(PageHeadCovered))) }
                @if let Some(beside) = beside { th.n { (subject.say(beside)) } }
            } }
            tbody { @for row in rows { tr {
                td { (row.name) }
                @if has_totals { td.n { (row.total.map_or_else(|| "–".to_owned(), whole)) } }
                (with_bar(row.share))
                @if has_beside { (with_bar(row.beside)) }
            } } }
        } }
    }
}

/// A share with its bar.
pub(super) fn with_bar(share: Option<Number>) -> Markup {
    html! {
        td.n { @if let Some(share) = share { (bar(share.value())) } span { (percent(share)) } }
    }
}
