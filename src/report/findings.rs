//! `findings.csv`: what is doubtful about the data, as read and as seen on the streets.

use std::io;

use super::atomic::Out;
use super::manifest::shown_path;
use super::table::Table;
use crate::model::{Finding, Severity};
use crate::score::Coverage;
use crate::snap::Snap;

const HEAD: [&str; 6] = ["severity", "code", "file", "place", "subject", "message"];

/// The study's own findings in the order of reading, then sites, cells and items in their order.
pub(super) fn all(now: &Coverage) -> Vec<Finding> {
    let mut all: Vec<Finding> = now.study().findings().iter().cloned().collect();
    all.extend(stranded_sites(now));
    all.extend(doubtful_cells(now));
    all.extend(items_of_nobody(now));
    all
}

pub(super) fn write(findings: &[Finding], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(HEAD)?;
    for finding in findings {
        table.show(finding.severity)?;
        table.show(finding.code)?;
        for text in [
            &finding.file,
            &finding.place,
            &finding.subject,
            &finding.message,
        ] {
            table.text(text)?;
        }
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}

fn stranded_sites<'a>(now: &'a Coverage) -> impl Iterator<Item = Finding> + 'a {
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

fn doubtful_cells<'a>(now: &'a Coverage) -> impl Iterator<Item = Finding> + 'a {
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

fn items_of_nobody<'a>(now: &'a Coverage) -> impl Iterator<Item = Finding> + 'a {
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
