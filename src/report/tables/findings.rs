//! `findings.csv`: what is doubtful about the data, as read and as seen on the streets.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

use crate::model::{Finding, Findings, Severity};
use crate::report::atomic::Out;
use crate::report::column::{Columns, Value, write};
use crate::report::manifest::shown_path;
use crate::score::Coverage;
use crate::snap::Snap;

/// The study's own findings in the order of reading, then sites, cells and items in their order.
pub(crate) fn all(now: &Coverage) -> Findings {
    let mut all = now.study().findings().clone();
    all.extend(stranded_sites(now));
    all.extend(doubtful_cells(now));
    all.extend(items_of_nobody(now));
    all
}

/// One row a finding; where a code has more than are kept, a row after its last one says how many.
pub(crate) fn write_findings(findings: &Findings, out: &mut dyn Out) -> io::Result<()> {
    let mut to_come: BTreeMap<&str, u64> = BTreeMap::new();
    for finding in findings {
        *to_come.entry(finding.code).or_default() += 1;
    }
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
    write(&columns(), rows, out)
}

pub(crate) fn columns<'r>() -> Columns<Cow<'r, Finding>> {
    Columns::<Cow<'r, Finding>>::new()
        .with("severity", "程度", |row| Value::word(row.severity))
        .with("code", "代码", |row| Value::Word(row.code.into()))
        .with("file", "文件", |row| Value::text(&row.file))
        .with("place", "位置", |row| Value::text(&row.place))
        .with("subject", "对象", |row| Value::text(&row.subject))
        .with("message", "说明", |row| Value::text(&row.message))
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
        message: format!("and {more} more: the first {kept} of {all} are listed"),
    })
}

fn stranded_sites(now: &Coverage) -> impl Iterator<Item = Finding> {
    let file = file(now, "sites");
    now.study()
        .sites()
        .iter()
        .filter_map(move |(id, site)| match now.times().links().site(id) {
            Snap::Stranded { nearest } => Some(finding(
                "stranded-site",
                &file,
                &site.id,
                format!(
                    "{}, so it serves nobody – move it to its entrance, or add the missing street",
                    off(now, "site", nearest)
                ),
            )),
            Snap::Snapped { .. } => None,
        })
}

fn doubtful_cells(now: &Coverage) -> impl Iterator<Item = Finding> {
    let file = file(now, "cells");
    now.study().cells().iter().filter_map(move |(id, cell)| match now.times().links().cell(id) {
        Some(Snap::Snapped { .. }) => None,
        Some(Snap::Stranded { nearest }) => Some(finding(
            "stranded-cell",
            &file,
            &cell.id,
            format!(
                "{}, so its people reach nothing – add the missing street, or move the cell",
                off(now, "cell", nearest)
            ),
        )),
        None => Some(finding(
            "unknown-cell",
            &file,
            &cell.id,
            "a value of its row was rejected, so its people count as not covered, and as nobody where their number was rejected – mend its row".to_owned(),
        )),
    })
}

fn items_of_nobody(now: &Coverage) -> impl Iterator<Item = Finding> {
    let (catalogue, file) = (now.study().catalogue(), file(now, "items"));
    now.items().iter().filter_map(move |&item| {
        let lacking = now.steps_of_nobody(item);
        let who = if lacking == catalogue[item].visits { "handles it" } else { "does its step " };
        let steps = if lacking == catalogue[item].visits { String::new() } else { lacking.to_string() };
        let message = format!(
            "the item is asked but no site {who}{steps}, so no cell can be covered – check the offers, or do not ask it"
        );
        (!lacking.is_empty()).then(|| finding("item-not-offered", &file, &catalogue[item].id, message))
    })
}

/// How far off the streets a stranded point stands, and why it is stranded.
fn off(now: &Coverage, what: &str, nearest: Option<f64>) -> String {
    let most = now.study().walk().max_snap_m;
    match nearest {
        None => format!("the {what} has no street to stand at"),
        Some(metres) if metres > most => {
            format!("the {what} is {metres:.1} m from the nearest street, more than {most} m")
        }
        Some(metres) => format!(
            "the {what} is {metres:.1} m from the nearest street, but a barrier lies between"
        ),
    }
}

fn finding(code: &'static str, file: &str, subject: &str, message: String) -> Finding {
    let (file, subject) = (file.to_owned(), subject.to_owned());
    Finding {
        severity: Severity::Suspicious,
        code,
        file,
        place: String::new(),
        subject,
        message,
    }
}

/// The input of this role; empty in a study that was not read from files.
fn file(now: &Coverage, role: &str) -> String {
    let source = now
        .study()
        .sources()
        .iter()
        .find(|source| source.role == role);
    source
        .map(|source| shown_path(&source.path).to_owned())
        .unwrap_or_default()
}
