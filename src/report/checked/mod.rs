//! What is wrong with the files of a study: tables to send back to whoever delivered them.

mod book;
mod rows;

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::atomic::Batch;
use super::column;
use super::error::ReportError;
use super::finish::finish;
use super::guard_inputs;
use super::lock::OutDir;
use super::manifest::Run;
use super::out::TableForm;
use super::written::Written;
use crate::model::{Checked, Finding, Severity};
use crate::progress::{Progress, Stage};
use crate::text::{plain, steady};
use crate::words::{Text, text};
use rows::Row;
pub(super) use rows::columns;

/// So many things are said on the screen; the table has all.
const MOST_SAID: usize = 10;

/// Writes `check.csv`, `check.xlsx` and `manifest.json` into a directory that was opened before the work:
/// all of them or none.
///
/// ```
/// use walkshed::model::Checked;
/// use walkshed::report::{OutDir, ReportOptions, write_checked_into};
/// use walkshed::Silent;
/// # let folder = tempfile::tempdir()?;
/// let checked = Checked { name: "湖口".to_owned(), is_whole: true, ..Checked::default() };
/// let out = OutDir::open(folder.path(), &ReportOptions::default())?;
/// let written = write_checked_into(&checked, &out, &Silent)?;
/// assert_eq!(written.files.last().map(|file| file.name), Some("manifest.json"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_checked_into(
    checked: &Checked,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.start(Stage::Report, 2);
    // A study that could not be read has inputs all the same.
    guard_inputs::inputs(&checked.sources, dir.path())?;
    let mut files = Batch::new(dir, TableForm::new(checked.csv, checked.language));
    files
        .add("check.csv", |out| {
            column::write(&columns(checked.language), Row::all(checked), out)
        })
        .map(|()| progress.advance(1))?;
    files
        .add("check.xlsx", |out| {
            out.write_all(&book::bytes(checked).map_err(io::Error::other)?)
        })
        .map(|()| progress.advance(1))?;
    let run = Run {
        name: &checked.name,
        language: checked.language,
        sources: &checked.sources,
    };
    finish(files, dir, (&run, CheckSums::of(checked)), Vec::new())
}

/// What is wrong and doubtful, in words: the gravest first, file by file how much there is.
///
/// ```
/// use walkshed::model::{Checked, Fault};
/// use walkshed::words::Text;
/// // What `read::check` finds in a table with a wrong number.
/// let sentence = Text::verbatim("cells.csv, row 12: population is 约300, not a number");
/// let fault = Fault { code: "not-a-number", file: "cells.csv".to_owned(), sentence, ..Fault::default() };
/// let checked = Checked { faults: vec![fault], is_whole: true, ..Checked::default() };
/// assert!(walkshed::report::checked_text(&checked).contains("约300"));
/// ```
#[must_use]
pub fn checked_text(checked: &Checked) -> String {
    let mut lines: Vec<Text> = Vec::new();
    let faults = checked.faults.iter().map(|fault| fault.sentence.clone());
    lines.extend(faults.take(MOST_SAID));
    let doubts = || {
        let findings = checked.findings.iter();
        findings.filter(|finding| finding.severity == Severity::Suspicious)
    };
    lines.extend(doubts().take(MOST_SAID).map(of_finding));
    // A screen holds so many; all of them stand in the tables.
    let said = checked.faults.len().min(MOST_SAID) + doubts().count().min(MOST_SAID);
    let all = checked.faults.len() + doubts().count();
    if all > said {
        lines.push(text!(CheckMore, count = all - said));
    }
    for (file, [faults, doubts]) in by_file(checked) {
        lines.push(text!(
            CheckFile,
            file = plain(file),
            faults = faults,
            doubts = doubts
        ));
    }
    lines.push(match (checked.faults.is_empty(), checked.is_whole) {
        (true, _) => text!(CheckNothingWrong),
        (false, true) => text!(CheckMend, count = checked.faults.len()),
        (false, false) => text!(CheckMendFirst, count = checked.faults.len()),
    });
    let lines = lines.iter().map(|line| line.in_language(checked.language));
    let lines = lines.map(|text| {
        // A sentence may have several lines: each is made safe by itself, and their breaks stay.
        let steady: Vec<String> = text.split('\n').map(steady).collect();
        steady.join("\n") + "\n"
    });
    lines.collect()
}

fn of_finding(finding: &Finding) -> Text {
    if finding.file.is_empty() {
        return finding.message.clone();
    }
    let file = plain(&finding.file);
    text!(WrongInFile, file = file, message = finding.message.clone())
}

/// By file how many things must be mended, and how many are doubtful.
fn by_file(checked: &Checked) -> BTreeMap<&str, [usize; 2]> {
    let mut files: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for fault in &checked.faults {
        files.entry(&fault.file).or_default()[0] += 1;
    }
    for finding in &checked.findings {
        if finding.severity == Severity::Suspicious && !finding.file.is_empty() {
            files.entry(&finding.file).or_default()[1] += 1;
        }
    }
    files
}

/// How much is wrong and doubtful, as JSON.
///
/// ```
/// use walkshed::model::{Checked, Fault};
/// let fault = Fault { code: "not-a-number", file: "cells.csv".to_owned(), ..Fault::default() };
/// let checked = Checked { faults: vec![fault], is_whole: true, ..Checked::default() };
/// assert!(walkshed::report::checked_json(&checked).contains("\"faults\": 1"));
/// ```
#[must_use]
pub fn checked_json(checked: &Checked) -> String {
    // Numbers and words alone: nothing that JSON cannot say.
    serde_json::to_string_pretty(&CheckSums::of(checked)).unwrap_or_default() + "\n"
}

/// How much is wrong and doubtful.
#[derive(Debug, Clone, Serialize)]
struct CheckSums {
    faults: usize,
    suspicious: u64,
    repaired: u64,
    notes: u64,
    is_whole: bool,
}

impl CheckSums {
    fn of(checked: &Checked) -> Self {
        let findings = &checked.findings;
        Self {
            faults: checked.faults.len(),
            suspicious: findings.count_of(Severity::Suspicious),
            repaired: findings.count_of(Severity::Repaired),
            notes: findings.count_of(Severity::Note),
            is_whole: checked.is_whole,
        }
    }
}
