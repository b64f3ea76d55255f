//! Coverage unit by unit, with bars; and before and after, where a change was judged.

use maud::{Markup, html};

use super::frame::Frame;
use super::pair;
use super::subject::Subject;
use super::table::{Look, table};
use crate::assess::Difference;
use crate::report::assessment::differences;
use crate::report::layout::{percent, whole};
use crate::report::rules_on::RulesOn;
use crate::report::summary::DifferenceSums;
use crate::report::tables::units;
use crate::words::{Text, text};

/// The columns of the units that are shown.
const SHOWN: [&str; 12] = [
    "name",
    "population",
    "covered_population",
    "share",
    "score",
    "left_out",
    "share_lower",
    "share_upper",
    "firms",
    "covered_firms",
    "firms_share",
    "worst_hour_share",
];

/// The table of units; nothing where the study has none.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    if subject.study().units().is_empty() {
        return html! {};
    }
    html! {
        section #units {
            h2 { (subject.say(&text!(PageUnits))) }
            p.soft.screen { (subject.say(&text!(PageSortHelp))) }
            (units::with_rows(subject.results, |rows| units_table(subject, &rows)))
        }
    }
}

fn units_table(subject: &Subject<'_>, rows: &[units::Row<'_>]) -> Markup {
    let look = Look {
        language: subject.language(),
        id: "units-table",
        shown: &SHOWN,
        bars: &["share", "firms_share"],
        depth: units::Row::depth,
    };
    table(&units::columns(RulesOn::of(subject.results)), rows, &look)
}

/// Before and after the changes of the study, and since an earlier run.
pub(super) fn changes(subject: &Subject<'_>, frame: Option<&Frame>) -> Markup {
    let assessed = &subject.summary.assessed;
    let results = subject.results;
    let change = results.change.as_ref().zip(assessed.change.as_ref());
    let trend = results.trend.as_ref().zip(assessed.trend.as_ref());
    html! {
        @if let Some((difference, sums)) = change {
            (compared(subject, &Compared { section: "change", table: "change-table", head: text!(PageChange), difference, sums }, frame))
        }
        @if let Some((difference, sums)) = trend {
            (compared(subject, &Compared { section: "trend", table: "trend-table", head: text!(PageTrend), difference, sums }, None))
        }
    }
}

/// Two runs beside each other, and what their section and table are called.
struct Compared<'r> {
    section: &'static str,
    table: &'static str,
    head: Text,
    difference: &'r Difference,
    sums: &'r DifferenceSums,
}

/// Where a frame is given, with the maps of both.
fn compared(subject: &Subject<'_>, runs: &Compared<'_>, frame: Option<&Frame>) -> Markup {
    let difference = runs.difference;
    let sums = runs.sums;
    let firms = difference.firms.as_deref();
    let columns = differences::unit_columns(firms.is_some());
    let mut rows = differences::unit_rows(difference);
    rows.retain(differences::UnitRow::tells);
    let look = Look {
        language: subject.language(),
        id: runs.table,
        shown: &[
            "name",
            "population_after",
            "share_before",
            "share_after",
            "share_change",
            "newly_covered",
            "no_longer_covered",
            "firms_share_before",
            "firms_share_after",
        ],
        bars: &["share_before", "share_after"],
        depth: differences::UnitRow::depth,
    };
    html! {
        section id=(runs.section) {
            h2 { (subject.say(&runs.head)) }
            (said(subject, sums, &text!(PageHeadPeople)))
            @if let Some(firms) = &sums.firms { (said(subject, firms, &text!(PageHeadFirms))) }
            @if !sums.asked_otherwise.is_empty() {
                p.no { (subject.say(&text!(DifferenceNotAlike, what = sums.asked_otherwise.join(", ")))) }
            }
            @if let Some(frame) = frame { (pair::section(subject, frame)) }
            p.soft { (subject.say(&text!(PageChangedOnly))) }
            (table(&columns, &rows, &look))
        }
    }
}

fn said(subject: &Subject<'_>, sums: &DifferenceSums, whose: &Text) -> Markup {
    let said = text!(
        PageDifference,
        whose = whose.clone(),
        before = percent(sums.share_before),
        after = percent(sums.share_after),
        gained = whole(sums.newly_covered),
        lost = whole(sums.no_longer_covered),
    );
    html! { p { (subject.say(&said)) } }
}
