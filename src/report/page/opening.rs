//! The opening: what is doubtful, the headline figures with their definition, and the verdicts.

use std::cmp::Reverse;

use maud::{Markup, html};

use super::colours;
use super::subject::{Subject, name};
use super::table::heads;
use super::why::ReasonSums;
use crate::report::layout::{percent, whole, whole_rest};
use crate::report::number::Number;
use crate::score::{Coverage, Tally, VerdictKind};
use crate::text::steady;
use crate::words::{Text, text};

/// What is doubtful about whole files: it may shift every figure below it.
pub(super) fn doubts(subject: &Subject<'_>) -> Markup {
    let doubts = &subject.summary.doubts;
    html! {
        @if !doubts.is_empty() {
            div.doubts role="note" {
                b { (subject.say(&text!(SummaryDoubts))) }
                ul { @for doubt in doubts {
                    li { @if !doubt.file.is_empty() { (name(&doubt.file)) " – " } (steady(&subject.say(&doubt.message))) }
                } }
            }
        }
    }
}

/// The headline figures, persons and firms side by side, and what they mean.
pub(super) fn headline(subject: &Subject<'_>) -> Markup {
    let total = &subject.summary.total;
    let people = text!(
        PagePeopleCovered,
        all = whole(total.population),
        covered = whole(total.covered_population),
        left_out = whole_rest(total.population, total.covered_population)
    );
    html! {
        section #result {
            h2 { (subject.say(&text!(PageResult))) }
            div.figures {
                (figure(subject, &text!(PageHeadPeople), [total.share, total.score], &people))
                @if let Some(firms) = &subject.summary.firms {
                    @let said = text!(
                        PageFirmsCovered,
                        all = whole(firms.firms),
                        covered = whole(firms.covered_firms),
                        left_out = whole_rest(firms.firms, firms.covered_firms)
                    );
                    (figure(subject, &text!(PageHeadFirms), [firms.share, firms.score], &said))
                }
            }
            p { (subject.say(&text!(PageDefinition, minutes = subject.minutes()))) " " (subject.say(&text!(PageScoreMeans))) }
            ul.plain.soft { @for line in subject.summary.asked() { li { (steady(&line)) } } }
        }
    }
}

/// A share in large figures, and what it is of.
fn figure(
    subject: &Subject<'_>,
    whose: &Text,
    [share, score]: [Option<Number>; 2],
    said: &Text,
) -> Markup {
    html! {
        div.figure {
            h3 { (subject.say(whose)) }
            b { (percent(share)) }
            div { (subject.say(said)) }
            div.soft { (subject.say(&text!(PageScore, score = percent(score)))) }
        }
    }
}

/// How many have which verdict, and what to do about it.
pub(super) fn verdicts(subject: &Subject<'_>) -> Markup {
    let total = subject.results.coverage.total();
    let firms = subject.results.firms.as_ref().map(Coverage::total);
    let is_there = |kind: &VerdictKind| {
        total.cells_with(*kind) > 0
            || firms.is_some_and(|firms| firms.people_with(*kind) > crate::People::ZERO)
    };
    let kinds: Vec<VerdictKind> = VerdictKind::ALL.into_iter().filter(is_there).collect();
    html! {
        section #verdicts {
            h2 { (subject.say(&text!(PageVerdicts))) }
            (stack(subject, total, &text!(PageHeadPeople)))
            @if let Some(firms) = firms { (stack(subject, firms, &text!(PageHeadFirms))) }
            div.scroll { table {
                thead { tr {
                    th { (subject.say(&text!(PageHeadVerdict))) }
                    th.n { (subject.say(&text!(PageHeadPeople))) }
                    th.n { (subject.say(&text!(PageHeadShare))) }
                    @if firms.is_some() {
                        th.n { (subject.say(&text!(PageHeadFirms))) }
                        th.n { (subject.say(&text!(PageHeadShare))) }
                    }
                    th.n { (subject.say(&cells_head(subject))) }
                    th { (subject.say(&text!(PageHeadCure))) }
                } }
                tbody { @for kind in kinds {
                    tr {
                        td.v { (key(kind)) (subject.say(&kind.name())) }
                        (counted_of(total, kind))
                        @if let Some(firms) = firms { (counted_of(firms, kind)) }
                        td.n { (whole(Number::Whole(total.cells_with(kind)))) }
                        td.wide { (subject.say(&kind.cure())) }
                    }
                } }
            } }
            (reasons(subject))
        }
    }
}

/// What the number of cells is called: of several groups in a cell the worst decides.
fn cells_head(subject: &Subject<'_>) -> Text {
    if subject.has_groups() {
        text!(PageHeadCellsByWorst)
    } else {
        text!(PageHeadCells)
    }
}

/// How many have a verdict, and their share.
fn counted_of(tally: &Tally, kind: VerdictKind) -> Markup {
    let people = tally.people_with(kind);
    html! {
        td.n { (whole(Number::people(people))) }
        td.n { (percent(Number::share(people.share_of(tally.people())))) }
    }
}

/// A square of a verdict's colour.
pub(super) fn key(kind: VerdictKind) -> Markup {
    html! {
        svg.key viewBox="0 0 10 10" aria-hidden="true" { rect width="10" height="10" fill=(colours::of_verdict(kind)) stroke=[colours::outline(kind)] {} }
    }
}

/// All of them as one bar, a piece a verdict.
fn stack(subject: &Subject<'_>, tally: &Tally, whose: &Text) -> Markup {
    let mut pieces = Vec::new();
    let mut from = 0.0;
    for kind in VerdictKind::ALL {
        let share = tally
            .people_with(kind)
            .share_of(tally.people())
            .value()
            .unwrap_or_default();
        pieces.push((kind, from, share * 1000.0));
        from += share * 1000.0;
    }
    html! {
        div.soft { (subject.say(whose)) }
        svg.stack viewBox="0 0 1000 26" preserveAspectRatio="none" aria-hidden="true" {
            @for (kind, from, width) in pieces {
                @if width > 0.0 {
                    rect x=(format!("{from:.2}")) width=(format!("{width:.2}")) height="26" fill=(colours::of_verdict(kind)) {}
                }
            }
        }
    }
}

/// For which reason how many are left out: the rows of each verdict add up to its row above.
fn reasons(subject: &Subject<'_>) -> Markup {
    let mut rows: Vec<&ReasonSums> = subject.reasons.sums.iter().collect();
    rows.sort_by_key(|row| (row.verdict, Reverse(row.people), Reverse(row.firms)));
    let has_firms = subject.results.firms.is_some();
    let mut columns = vec![
        text!(PageHeadVerdict),
        text!(PageHeadBestCure),
        text!(PageHeadReason),
        text!(PageHeadPeople),
        text!(PageHeadCells),
    ];
    columns.extend(has_firms.then(|| text!(PageHeadFirms)));
    html! {
        @if !rows.is_empty() {
            h3 { (subject.say(&text!(PageReasons))) }
            p.soft { (subject.say(&text!(PageReasonsHelp))) }
            div.scroll { table #reasons-table {
                (heads(&columns, &[3, 4, 5], subject.language()))
                tbody { @for row in rows { tr {
                    td.v { (key(row.verdict)) (subject.say(&row.verdict.name())) }
                    td { (row.cure) }
                    td { @if row.reason.is_empty() { "–" } @else { (row.reason) } }
                    td.n { (whole(Number::people(row.people))) }
                    td.n { (whole(Number::Whole(row.cells))) }
                    @if has_firms { td.n { (whole(Number::people(row.firms))) } }
                } } }
            } }
        }
    }
}
