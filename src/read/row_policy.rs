//! The door: what happens to a bad row, and to a doubtful one.

use super::error::{BadInput, Place, ReadError};
use super::formats::table::{BadRows, Remark, Table};
use super::formats::values::Problem;
use crate::model::{Finding, Findings, Severity};
use crate::words::{Text, text};

/// What to do with a bad row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnBad {
    /// Stop with an error at the first one.
    #[default]
    Stop,
    /// Reject it, report it as a finding, and go on; the people of a rejected cell stay in the
    /// denominator as unknown. More rejected rows of a table than the study's `max_rejects` allows
    /// (10 % where it says nothing) are an error all the same.
    Skip,
}

/// The door that one file's rows come through.
pub(crate) struct Door<'a> {
    pub file: String,
    pub on_bad: OnBad,
    pub findings: &'a mut Findings,
}

impl Door<'_> {
    /// A bad row: an error, or a finding under [`OnBad::Skip`].
    pub fn reject(&mut self, bad: BadInput) -> Result<(), ReadError> {
        if self.on_bad == OnBad::Stop {
            let remedy = if bad.remedy.is_question() {
                text!(OrSkipAfterQuestion, remedy = bad.remedy.clone())
            } else {
                text!(OrSkip, remedy = bad.remedy.clone())
            };
            return Err(BadInput { remedy, ..bad }.into());
        }
        let message = bad.message();
        let (code, place) = (bad.code, bad.place);
        self.say(
            Severity::Rejected,
            code,
            place,
            &bad.column.unwrap_or_default(),
            message,
        );
        Ok(())
    }

    /// A bad value that its row can do without: an error, or a finding under [`OnBad::Skip`], which
    /// says what is done instead.
    pub fn forgive(&mut self, bad: BadInput, instead: impl Into<Text>) -> Result<(), ReadError> {
        let instead: Text = instead.into();
        if self.on_bad == OnBad::Stop {
            let remedy = text!(
                OrSkipInstead,
                remedy = bad.remedy.clone(),
                instead = instead
            );
            return Err(BadInput { remedy, ..bad }.into());
        }
        let message = text!(Instead, message = bad.message(), instead = instead);
        self.say(
            Severity::Suspicious,
            bad.code,
            bad.place,
            &bad.column.unwrap_or_default(),
            message,
        );
        Ok(())
    }

    /// A finding about this file.
    pub fn say(
        &mut self,
        severity: Severity,
        code: &'static str,
        place: Place,
        subject: &str,
        message: impl Into<Text>,
    ) {
        let file = self.file.clone();
        self.findings.push(Finding {
            severity,
            code,
            file,
            place: place.to_string(),
            subject: subject.to_owned(),
            message: message.into(),
        });
    }

    /// A note about the whole file.
    pub fn note(&mut self, code: &'static str, subject: &str, message: impl Into<Text>) {
        self.say(Severity::Note, code, Place::File, subject, message);
    }

    /// Something doubtful about the whole file.
    pub fn doubt(&mut self, code: &'static str, message: impl Into<Text>) {
        self.say(Severity::Suspicious, code, Place::File, "", message);
    }

    /// What the reader of a file has to tell of it as a whole.
    pub fn remarks(&mut self, remarks: &[Remark]) {
        for remark in remarks {
            let message = remark.message.clone();
            self.say(remark.severity, remark.code, Place::File, "", message);
        }
    }

    /// The rows that the reader could not read.
    pub fn reject_unreadable(&mut self, table: &mut Table) -> Result<(), ReadError> {
        self.reject_all(std::mem::take(&mut table.bad))
    }

    /// Bad rows: an error at the first, or a finding each under [`OnBad::Skip`].
    pub fn reject_all(&mut self, rows: BadRows) -> Result<(), ReadError> {
        let only_counted: Vec<_> = rows.only_counted().collect();
        rows.examples
            .into_iter()
            .try_for_each(|bad| self.reject(bad))?;
        for (code, more) in only_counted {
            self.findings.count_more(Severity::Rejected, code, more);
        }
        for place in rows.places {
            self.findings.count_rejected(&self.file, &place.to_string());
        }
        Ok(())
    }

    /// A bad value in a column, ready for [`Door::reject`].
    pub fn wrong(&self, wrong: Problem, place: Place, column: &str) -> BadInput {
        wrong.at(&self.file, place, Some(column))
    }

    /// A feature that cannot be used as it is, ready for [`Door::reject`].
    pub fn feature(&self, code: &'static str, place: Place, expected: Text) -> BadInput {
        self.bad(code, place, "", "", expected, text!(MendFeature))
    }

    /// A bad value, ready for [`Door::reject`].
    pub fn bad(
        &self,
        code: &'static str,
        place: Place,
        column: &str,
        found: &str,
        expected: impl Into<Text>,
        remedy: impl Into<Text>,
    ) -> BadInput {
        BadInput {
            code,
            file: self.file.clone(),
            place,
            column: (!column.is_empty()).then(|| column.to_owned()),
            found: (!found.is_empty()).then(|| found.to_owned()),
            expected: expected.into(),
            remedy: remedy.into(),
        }
    }
}
