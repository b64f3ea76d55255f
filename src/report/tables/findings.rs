//! `findings.csv`: what is doubtful about the data, as read and as seen on the streets.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use crate::model::{Finding, Findings};
use crate::report::column::{Columns, Sink, Value, write};
use crate::report::tables::doubt::{file, finding};
use crate::report::tables::torn;
use crate::report::words;
use crate::score::Coverage;
use crate::snap::Snap;
use crate::words::{Language, Text, text};

/// The study's own findings in the order of reading, then sites, cells and items in their order.
pub(crate) fn all(now: &Coverage) -> Findings {
    let mut all = now.study().findings().clone();
    all.extend(stranded_sites(now));
    all.extend(doubtful_cells(now));
    all.extend(torn::findings(now));
    all.extend(items_of_nobody(now));
    all
}

/// One row a finding; where a code has more than are kept, a row after its last one says how many.
pub(crate) fn write_findings(
    findings: &Findings,
    language: Language,
    out: &mut (impl Sink + ?Sized),
) -> io::Result<()> {
    let mut to_come: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in findings {
        *to_come.entry(finding.code).or_default() += 1;
    }
    // How many rows there are of each code, to know which one is the last.
    let kept = to_come.clone();
    let mut rows = Vec::new();
    for finding in findings {
        rows.push(Cow::Borrowed(finding));
        let left = to_come.entry(finding.code).or_default();
        *left -= 1;
        if *left == 0 {
            rows.extend(more(findings, finding.code, kept[finding.code]).map(Cow::Owned));
        }
    }
    write(&columns(language), rows, out)
}

/// The columns; messages are in the language of the study.
pub(crate) fn columns<'r>(language: Language) -> Columns<Cow<'r, Finding>> {
    Columns::<Cow<'r, Finding>>::new()
        .with("severity", "程度", |row| Value::word(row.severity))
        .with("code", "代码", |row| Value::Word(row.code.into()))
        .with("file", "文件", |row| Value::text(&row.file))
        .with("place", "位置", |row| Value::text(&row.place))
        .with("subject", "对象", |row| Value::text(&row.subject))
        .with("message", "说明", move |row| {
            Value::Text(row.message.in_language(language).into())
        })
}

/// How many findings of a code there are beyond those that are kept, if there are any.
fn more(findings: &Findings, code: &'static str, kept: u64) -> Option<Finding> {
    let all = findings.count(code);
    let more = all.saturating_sub(kept);
    let severity = findings.gravest(code).filter(|_| more > 0)?;
    Some(Finding {
        severity,
        code,
        file: String::new(),
        place: String::new(),
        subject: String::new(),
        message: text!(AndMoreFindings, more = more, kept = kept, all = all),
    })
}

/// The sites that hang on no street: nobody gets there.
fn stranded_sites(now: &Coverage) -> impl Iterator<Item = Finding> {
    let file = file(now, "sites");
    let sites = now.study().sites().iter();
    sites.filter_map(move |(id, site)| match now.times().links().site(id) {
        Snap::Snapped { .. } => None,
        Snap::Stranded { nearest } => {
            let off = site_off(now, nearest);
            let message = text!(SiteServesNobody, off = off);
            Some(finding("stranded-site", &file, &site.id, message))
        }
    })
}

/// The cells that hang on no street, and those whose row was rejected.
fn doubtful_cells(now: &Coverage) -> impl Iterator<Item = Finding> {
    let file = file(now, "cells");
    let cells = now.study().cells().iter();
    cells.filter_map(move |(id, cell)| match now.times().links().cell(id) {
        Some(Snap::Snapped { .. }) => None,
        Some(Snap::Stranded { nearest }) => {
            let off = cell_off(now, nearest);
            let message = text!(CellReachesNothing, off = off);
            Some(finding("stranded-cell", &file, &cell.id, message))
        }
        None => {
            let message = text!(CellUnknown);
            Some(finding("unknown-cell", &file, &cell.id, message))
        }
    })
}

fn items_of_nobody(now: &Coverage) -> impl Iterator<Item = Finding> {
    let catalogue = now.study().catalogue();
    let file = file(now, "items");
    now.items().iter().filter_map(move |&item| {
        let lacking = now.steps_of_nobody(item);
        if lacking.is_empty() {
            return None;
        }
        // Where no step is done at all, naming them all says nothing.
        let message = if lacking == catalogue[item].steps_at_sites() {
            text!(ItemOfNobody)
        } else {
            text!(ItemStepOfNobody, steps = words::steps(lacking))
        };
        let id = &catalogue[item].id;
        Some(finding("item-not-offered", &file, id, message))
    })
}

/// How far off the streets a stranded site stands, and why it is stranded.
fn site_off(now: &Coverage, nearest: Option<f64>) -> Text {
    let most = now.study().walk().max_snap_m;
    let Some(metres) = nearest else {
        return text!(SiteHasNoStreet);
    };
    let shown = format!("{metres:.1}");
    if metres > most {
        text!(SiteBeyondGap, metres = shown, most = most)
    } else {
        text!(SiteBehindBarrier, metres = shown)
    }
}

/// The same of a cell.
fn cell_off(now: &Coverage, nearest: Option<f64>) -> Text {
    let most = now.study().walk().max_snap_m;
    let Some(metres) = nearest else {
        return text!(CellHasNoStreet);
    };
    let shown = format!("{metres:.1}");
    if metres > most {
        text!(CellBeyondGap, metres = shown, most = most)
    } else {
        text!(CellBehindBarrier, metres = shown)
    }
}
