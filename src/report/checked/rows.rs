//! The rows of `check.csv`: what must be mended, and what is doubtful.

use crate::model::{Checked, Fault, Finding, Severity};
use crate::report::column::{Columns, Value};
use crate::words::Language;

/// A row of `check.csv`: what must be mended, or what is doubtful.
pub(in crate::report) enum Row<'c> {
    Fault(&'c Fault),
    Finding(&'c Finding),
}

impl<'c> Row<'c> {
    /// What must be mended first, then what concerns whole files, then rows, by how grave they are.
    pub(super) fn all(checked: &'c Checked) -> Vec<Self> {
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
pub(in crate::report) fn columns<'c>(language: Language) -> Columns<Row<'c>> {
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
