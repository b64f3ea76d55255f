//! Who is covered, and by which way: groups, channels, other counts, themes.

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::bar;
use crate::report::layout::{counted, percent};
use crate::report::number::Number;
use crate::report::summary::{ChannelSums, DenominatorSums, ThemeSums, counted_by};
use crate::report::words::channel;
use crate::words::{Text, text};

/// A named share of so many, and another share beside it where there is one.
struct Row {
    name: Markup,
    total: Option<Number>,
    share: Option<Number>,
    beside: Option<Number>,
}

/// The groups, channels, counts and themes, each under its head; nothing where no rule asks for any.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let rules = &subject.summary.rules;
    let (of_firms, of_people): (Vec<_>, Vec<_>) =
        rules.channels.iter().partition(|sums| sums.is_of_firms);
    let of_channel = |sums: &&ChannelSums| Row {
        name: said(subject, &channel(sums.channel)),
        total: Some(sums.population),
        share: sums.covered.share,
        beside: None,
    };
    let of_count = |sums: &DenominatorSums| Row {
        name: said(subject, &counted_by(&sums.counted_by)),
        total: Some(sums.total),
        share: sums.share,
        beside: None,
    };
    let parts = [
        part(
            subject,
            &text!(PageByGroup),
            Some(text!(PageWithOnline)),
            groups(subject),
        ),
        part(
            subject,
            &text!(PageByChannel),
            None,
            of_people.iter().map(of_channel).collect(),
        ),
        part(
            subject,
            &text!(PageByFirmChannel),
            None,
            of_firms.iter().map(of_channel).collect(),
        ),
        part(
            subject,
            &text!(PageByCount),
            None,
            rules.denominators.iter().map(of_count).collect(),
        ),
        part(
            subject,
            &text!(PageByTheme),
            Some(text!(PageOneStop)),
            themes(&rules.themes),
        ),
        part(
            subject,
            &text!(PageByFirmTheme),
            Some(text!(PageOneStop)),
            themes(&rules.firm_themes),
        ),
    ];
    html! {
        @if parts.iter().any(Option::is_some) {
            section #who {
                h2 { (subject.say(&text!(PageWho))) }
                @for part in parts.into_iter().flatten() { (part) }
            }
        }
    }
}

fn groups(subject: &Subject<'_>) -> Vec<Row> {
    let groups = subject.summary.rules.groups.iter();
    groups
        .map(|group| Row {
            name: match group.id.as_str() {
                "total" => said(subject, &text!(GroupsInAll)),
                _ if group.counted_apart => said(subject, &text!(GroupApart, name = &group.name)),
                _ => name(&group.name),
            },
            total: Some(group.population),
            share: group.at_sites.share,
            beside: group.with_online.as_ref().and_then(|online| online.share),
        })
        .collect()
}

fn themes(themes: &[ThemeSums]) -> Vec<Row> {
    let row = |theme: &ThemeSums| Row {
        name: name(&theme.theme),
        total: None,
        share: theme.share,
        beside: theme.one_stop_share,
    };
    themes.iter().map(row).collect()
}

fn said(subject: &Subject<'_>, text: &Text) -> Markup {
    name(&subject.say(text))
}

/// One table; none without rows.
fn part(
    subject: &Subject<'_>,
    head: &Text,
    beside: Option<Text>,
    rows: Vec<Row>,
) -> Option<Markup> {
    if rows.is_empty() {
        return None;
    }
    let has_totals = rows.iter().any(|row| row.total.is_some());
    let beside = beside.filter(|_| rows.iter().any(|row| row.beside.is_some()));
    Some(html! {
        h3 { (subject.say(head)) }
        div.scroll { table {
            thead { tr {
                th { (subject.say(&text!(PageHeadName))) }
                @if has_totals { th.n { (subject.say(&text!(PageHeadNumber))) } }
                th.n { (subject.say(&text!(PageHeadCovered))) }
                @if let Some(beside) = &beside { th.n { (subject.say(beside)) } }
            } }
            tbody { @for row in &rows { tr {
                td { (row.name) }
                @if has_totals { td.n { (row.total.map_or_else(|| "–".to_owned(), counted)) } }
                (with_bar(row.share))
                @if beside.is_some() { (with_bar(row.beside)) }
            } } }
        } }
    })
}

/// A share with its bar.
pub(super) fn with_bar(share: Option<Number>) -> Markup {
    html! {
        td.n { @if let Some(share) = share { (bar(share.value())) } (percent(share)) }
    }
}
