//! How much of a table may be left out before the rest says nothing about the place.

use std::collections::BTreeMap;

use super::error::{BadInput, ReadError};
use super::plausibility::Placed;
use crate::model::Findings;
use crate::words::text;

/// How many rows of a table may be rejected, in percent, where the study does not say.
pub(crate) const MOST: f64 = 10.0;

/// How many rows each file had, to be compared with how many of them were rejected.
#[derive(Debug, Default)]
pub(crate) struct Rows(BTreeMap<String, usize>);

impl Rows {
    /// Takes in how many rows, good and bad, a file has.
    pub(crate) fn add(&mut self, file: &str, rows: usize) {
        *self.0.entry(file.to_owned()).or_default() += rows;
    }

    /// Takes in the lines of a street file, those that were rejected aside.
    pub(crate) fn add_lines(&mut self, file: &str, lines: u64, findings: &Findings) {
        let lines = usize::try_from(lines).unwrap_or(usize::MAX);
        self.add(file, lines.saturating_add(findings.rejected_rows(file)));
    }

    /// Whether enough of every file is left, when at most so many percent may be rejected.
    ///
    /// # Errors
    /// Names the first file, in alphabetical order, of which more rows were rejected.
    pub(crate) fn enough_left(&self, findings: &Findings, most: f64) -> Result<(), ReadError> {
        for (file, &rows) in &self.0 {
            let rejected = findings.rejected_rows(file);
            if percent(rejected, rows) > most {
                return Err(too_many(file, [rejected, rows], most).into());
            }
        }
        Ok(())
    }
}

/// How many rows of all are rejected, in percent.
#[expect(clippy::cast_precision_loss, reason = "far fewer rows than 2^52")]
fn percent(rejected: usize, rows: usize) -> f64 {
    100.0 * rejected as f64 / rows.max(1) as f64
}

fn too_many(file: &str, [rejected, rows]: [usize; 2], most: f64) -> BadInput {
    // What would let this table through, in whole percent.
    let enough = percent(rejected, rows).ceil().min(100.0);
    BadInput {
        code: "too-many-rejected",
        file: file.to_owned(),
        expected: text!(
            TooManyRejected,
            rejected = rejected,
            rows = rows,
            most = most,
        ),
        remedy: text!(MendOrAllowRejects, percent = enough),
        ..BadInput::default()
    }
}

/// What to say of a table of which nothing is left.
pub(crate) fn none_left(what: Placed, file: &str) -> BadInput {
    BadInput {
        code: "none-left",
        file: file.to_owned(),
        expected: text!(NoneLeft, what = what.one()),
        remedy: text!(GiveOne, what = what.one()),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Finding, Severity};

    fn finding(row: usize, severity: Severity) -> Finding {
        Finding {
            severity,
            code: "not-a-number",
            file: "cells.csv".into(),
            place: format!("row {row}"),
            subject: String::new(),
            message: crate::words::Text::default(),
        }
    }

    #[test]
    fn a_tenth_may_be_rejected_and_no_row_counts_twice() {
        let mut rows = Rows::default();
        rows.add("cells.csv", 20);
        let mut findings = Findings::default();
        findings.push(finding(9, Severity::Suspicious));
        for row in [2, 2, 3] {
            findings.push(finding(row, Severity::Rejected));
        }
        assert!(rows.enough_left(&findings, MOST).is_ok());
        findings.push(finding(4, Severity::Rejected));
        let error = rows
            .enough_left(&findings, MOST)
            .expect_err("3 of 20")
            .to_string();
        assert!(
            error.starts_with("cells.csv: 3 of 20 rows cannot be used"),
            "{error}"
        );
        assert!(error.ends_with("max_rejects = 15 in [inputs]"), "{error}");
        assert!(rows.enough_left(&findings, 15.0).is_ok());
        assert!(rows.enough_left(&findings, 14.9).is_err());
    }
}
