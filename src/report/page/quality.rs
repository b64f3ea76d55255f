//! What is doubtful about the data, kind by kind: how often, where first, and how to mend it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::subject::{Subject, name};
use super::table::heads;
use crate::model::Finding;
use crate::report::layout::whole;
use crate::report::number::Number;
use crate::report::words::severity;
use crate::text::steady;
use crate::words::text;

/// How many places of a kind are named.
const PLACES: usize = 3;

/// The findings of one code in one file.
struct Kind<'f> {
    first: &'f Finding,
    all: Vec<&'f Finding>,
}

/// The findings by kind, the gravest first.
pub(super) fn section(subject: &Subject<'_>) -> Markup {
    let mut kinds = kinds(subject);
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.first.severity));
    let columns = [
        text!(PageHeadSeverity),
        text!(PageHeadNumber),
        text!(PageHeadFile),
        text!(PageHeadPlaces),
        text!(PageHeadFinding),
    ];
    html! {
        section #quality {
            h2 { (subject.say(&text!(PageQuality))) }
            @if kinds.is_empty() { p { (subject.say(&text!(PageNoFindings))) } }
            @else {
                p.soft { (subject.say(&text!(PageQualityHelp))) }
                div.scroll { table {
                    (heads(&columns, &[1], subject.language()))
                    tbody { @for kind in &kinds { (row(subject, kind)) } }
                } }
            }
        }
    }
}

fn kinds<'f>(subject: &Subject<'f>) -> Vec<Kind<'f>> {
    let mut places: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut kinds: Vec<Kind<'f>> = Vec::new();
    for finding in subject.findings {
        let next = kinds.len();
        // What is said of a whole file is no example of anything else.
        if is_of_file(finding) {
            kinds.push(Kind {
                first: finding,
                all: vec![finding],
            });
            continue;
        }
        let place = *places.entry((finding.code, &finding.file)).or_insert(next);
        match kinds.get_mut(place) {
            Some(kind) => kind.all.push(finding),
            None => kinds.push(Kind {
                first: finding,
                all: vec![finding],
            }),
        }
    }
    kinds
}

/// Whether it is said of a whole file, and of no place or thing in it.
fn is_of_file(finding: &Finding) -> bool {
    finding.place.trim().is_empty() && finding.subject.trim().is_empty()
}

fn row(subject: &Subject<'_>, kind: &Kind<'_>) -> Markup {
    // Past a hundred of a code only their number is kept, whatever their files.
    let kept = subject
        .findings
        .iter()
        .filter(|finding| finding.code == kind.first.code)
        .count();
    let is_only = kept == kind.all.len();
    let number = if is_only {
        subject.findings.count(kind.first.code)
    } else {
        kind.all.len() as u64
    };
    html! { tr {
        td.v { (subject.say(&severity(kind.first.severity))) }
        td.n { (whole(Number::Whole(number))) }
        td { (name(&kind.first.file)) }
        td { @for finding in kind.all.iter().take(PLACES) {
            @let place = [finding.place.as_str(), finding.subject.as_str()].join(" ");
            @if !place.trim().is_empty() { (name(place.trim())) br; }
        } @if kind.all.len() > PLACES { "…" } }
        td.wide {
            @if number > 1 { (subject.say(&text!(PageForExample))) " " }
            (steady(&subject.say(&kind.first.message)))
        }
    } }
}
