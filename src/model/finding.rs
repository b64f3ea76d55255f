//! What is doubtful about the data: counted, reported, never silent.

use std::fmt;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know: a default was used, something was left out on purpose.
    Note,
    /// Doubtful: used as it stands, but look at it.
    Suspicious,
    /// A value was mended, for example a repeated vertex dropped.
    Repaired,
    /// A row or feature could not be used; its people stay in the denominator.
    Rejected,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Suspicious => "suspicious",
            Self::Repaired => "repaired",
            Self::Rejected => "rejected",
        })
    }
}

/// One doubtful thing in the data, with what to do about it.
#[doc(alias = "数据问题")]
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// A short fixed word for machines, such as `looks-like-gcj02`.
    pub code: &'static str,
    /// The input file's name, empty when it is no single file's.
    pub file: String,
    /// Where in the file: `row 12`, `feature 7`; empty for the whole file.
    pub place: String,
    /// The id of the site, cell or item, or the column; empty when there is none.
    pub subject: String,
    /// What was found and what to do, in a sentence.
    pub message: String,
}

/// All findings of a study, in the order of reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Takes in one more.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Takes in all of another list.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Finding>) {
        self.0.extend(others);
    }

    /// The findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
