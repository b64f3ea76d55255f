//! What is wrong with the files of a study: a table to send back to whoever delivered them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::atomic::Batch;
use super::column::{self, Columns, Value};
use super::error::ReportError;
use super::finish::finish;
use super::guard_inputs;
use super::lock::OutDir;
use super::manifest::Run;
use super::out::TableForm;
use super::written::Written;
use crate::model::{Checked, Fault, Finding, Severity};
use crate::progress::{Progress, Stage};
use crate::text::{plain, steady};
use crate::words::{Language, Text, text};

/// So many things are said on the screen; the table has all.
const MOST_SAID: usize = 10;

/// A row of `check.csv`: what must be mended, or what is doubtful.
pub(super) enum Row<'c> {
    Fault(&'c Fault),
    Finding(&'c Finding),
}

impl<'c> Row<'c> {
    /// What must be mended first, then what concerns whole files, then rows, by how grave they are.
    fn all(checked: &'c Checked) -> Vec<Self> {
        let mut findings: Vec<&Finding> = checked.findings.iter().collect();
        findings.sort_by_key(|finding| (rank(finding.severity), !finding.place.is_empty()));
        let faults = checked.faults.iter().map(Self::Fault);
        faults
            .chain(findings.into_iter().map(Self::Finding))
            .collect()
    }

    fn severity(&self) -> &'static str {
        match self {
            Self::Fault(_) => "error",
            Self::Finding(finding) => match finding.severity {
                Severity::Note => "note",
                Severity::Suspicious => "suspicious",
                Severity::Repaired => "repaired",
                Severity::Rejected => "rejected",
            },
        }
    }

    const fn code(&self) -> &'static str {
        match self {
            Self::Fault(fault) => fault.code,
            Self::Finding(finding) => finding.code,
        }
    }

    fn file(&self) -> &'c str {
        match self {
            Self::Fault(fault) => &fault.file,
            Self::Finding(finding) => &finding.file,
        }
    }

    fn place(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => {
                let place = fault.place.as_ref();
                place.map_or_else(String::new, |place| place.in_language(language))
            }
            Self::Finding(finding) => finding.place.clone(),
        }
    }

    fn subject(&self) -> &'c str {
        match self {
            Self::Fault(fault) => &fault.column,
            Self::Finding(finding) => &finding.subject,
        }
    }

    fn found(&self) -> &'c str {
        match self {
            Self::Fault(fault) => &fault.found,
            Self::Finding(_) => "",
        }
    }

    fn message(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => fault.expected.in_language(language),
            Self::Finding(finding) => finding.message.in_language(language),
        }
    }

    fn remedy(&self, language: Language) -> String {
        match self {
            Self::Fault(fault) => fault.remedy.in_language(language),
            Self::Finding(_) => String::new(),
        }
    }
}

/// The gravest first.
const fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Rejected => 0,
        Severity::Suspicious => 1,
        Severity::Repaired => 2,
        Severity::Note => 3,
    }
}

/// The columns of `check.csv`.
pub(super) fn columns<'c>(language: Language) -> Columns<Row<'c>> {
    Columns::<Row<'c>>::new()
        .with("severity", "程度", |row| Value::word(row.severity()))
        .with("code", "代码", |row| Value::word(row.code()))
        .with("file", "文件", |row| Value::text(row.file()))
        .with("place", "位置", move |row| {
            Value::Text(row.place(language).into())
        })
        .with("subject", "对象", |row| Value::text(row.subject()))
        .with("found", "原值", |row| Value::text(row.found()))
        .with("message", "说明", move |row| {
            Value::Text(row.message(language).into())
        })
        .with("remedy", "改法", move |row| {
            Value::Text(row.remedy(language).into())
        })
}

/// Writes `check.csv` and `manifest.json` into a directory that was opened before the work: both or
/// none.
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_checked_into(
    checked: &Checked,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.start(Stage::Report, 1);
    guard_inputs::inputs(&checked.sources, dir.path())?;
    let mut files = Batch::new(dir, TableForm::new(checked.csv, checked.language));
    files
        .add("check.csv", |out| {
            column::write(&columns(checked.language), Row::all(checked), out)
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
