//! The door: what happens to a bad row, and to a doubtful one.

use std::collections::BTreeMap;

use super::error::{BadInput, Place, ReadError};
use super::formats::table::{BadRows, Remark, Table};
use super::formats::values::Problem;
use crate::model::{Finding, Findings, MOST_EXAMPLES, Severity};
use crate::words::{Text, text};

/// What to do with a bad row.
///
/// ```
/// use walkshed::model::Units;
/// use walkshed::read::{OnBad, geojson};
/// let places = r#"{"type": "FeatureCollection", "features": [
///     {"type": "Feature", "properties": {"id": 1, "population": "many"},
///      "geometry": {"type": "Point", "coordinates": [116.249, 29.7301]}}]}"#.parse()?;
/// let wrong = geojson::cells(&places, &Units::default(), OnBad::Stop).unwrap_err();
/// assert!(wrong.to_string().contains("many"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnBad {
    /// Stop with an error that names all of the tables at hand, at most 1,000.
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
    pub stopped: &'a mut Stopped,
}

/// The bad rows for which reading stops, under [`OnBad::Stop`]: not at the first, but when all that can
/// be seen of the tables at hand are found.
///
/// Under [`OnBad::Skip`] nothing stops, and they are kept where somebody asks for all of them.
#[derive(Debug)]
pub(crate) struct Stopped {
    rows: Vec<Stop>,
    /// So many rows stop the reading, or are kept.
    most: usize,
    keeps: bool,
    /// By file how many more there were than are kept.
    beyond: BTreeMap<String, u64>,
}

/// So many bad rows are kept.
const MOST_KEPT: usize = 100_000;

/// A bad row, and whether it could be left out.
#[derive(Debug)]
struct Stop {
    bad: BadInput,
    can_be_skipped: bool,
}

impl Default for Stopped {
    /// Stops at the first.
    fn default() -> Self {
        Self::after(1)
    }
}

impl Stopped {
    /// Stops after so many.
    pub(crate) const fn after(most: usize) -> Self {
        Self {
            rows: Vec::new(),
            most,
            keeps: false,
            beyond: BTreeMap::new(),
        }
    }

    /// Stops for none, and keeps them; of a great many it counts those that it does not keep.
    pub(crate) const fn keeping() -> Self {
        Self {
            rows: Vec::new(),
            most: MOST_KEPT,
            keeps: true,
            beyond: BTreeMap::new(),
        }
    }

    /// Whether all rows are wanted, and none is one too many.
    pub(crate) const fn keeps(&self) -> bool {
        self.keeps
    }

    /// The rows that were kept, by file in the order of reading, and of each file how many more there
    /// were.
    pub(crate) fn kept(&mut self) -> Vec<BadInput> {
        let rows = self.sorted().into_iter().map(|stop| stop.bad);
        let beyond = std::mem::take(&mut self.beyond);
        let further = beyond.into_iter().map(|(file, count)| BadInput {
            code: "further-faults",
            file,
            expected: text!(FurtherFaults, count = count),
            remedy: text!(MendAndCheckAgain),
            ..BadInput::default()
        });
        rows.chain(further).collect()
    }

    /// Keeps one, or counts it where there are too many, if that is wanted. Whether it is.
    fn keep(&mut self, bad: &BadInput) -> bool {
        if self.keeps && self.rows.len() >= self.most {
            *self.beyond.entry(bad.file.clone()).or_default() += 1;
        } else if self.keeps {
            self.rows.push(Stop {
                bad: bad.clone(),
                can_be_skipped: false,
            });
        }
        self.keeps
    }

    /// Takes in one more.
    ///
    /// # Errors
    /// All of them, when there are enough.
    fn take(&mut self, stop: Stop) -> Result<(), ReadError> {
        self.rows.push(stop);
        if self.rows.len() < self.most {
            return Ok(());
        }
        self.check()
    }

    /// Whether there are none so far.
    ///
    /// # Errors
    /// All of them.
    pub(crate) fn check(&mut self) -> Result<(), ReadError> {
        if self.keeps {
            return Ok(());
        }
        let bad = self.sorted().into_iter().enumerate().map(|(place, stop)| {
            // Said once: it holds for all of them.
            if place == 0 && stop.can_be_skipped {
                or_skipped(stop.bad)
            } else {
                stop.bad
            }
        });
        let mut bad: Vec<BadInput> = bad.collect();
        match bad.len() {
            0 => Ok(()),
            1 => Err(bad.remove(0).into()),
            _ => Err(ReadError::Several(bad)),
        }
    }

    /// Takes the rows out, by the files as they were read, and by the rows of each.
    fn sorted(&mut self) -> Vec<Stop> {
        let mut rows = std::mem::take(&mut self.rows);
        let mut files: Vec<String> = Vec::new();
        for stop in &rows {
            if !files.contains(&stop.bad.file) {
                files.push(stop.bad.file.clone());
            }
        }
        let place = |file: &String| files.iter().position(|known| known == file);
        rows.sort_by_key(|stop| (place(&stop.bad.file), stop.bad.place));
        rows
    }
}

/// The same, with the other way out.
fn or_skipped(bad: BadInput) -> BadInput {
    let remedy = if bad.remedy.is_question() {
        text!(OrSkipAfterQuestion, remedy = bad.remedy.clone())
    } else {
        text!(OrSkip, remedy = bad.remedy.clone())
    };
    BadInput { remedy, ..bad }
}

impl Door<'_> {
    /// A bad row, which is left out: reading stops for it soon, or it is a finding under [`OnBad::Skip`].
    pub fn reject(&mut self, bad: BadInput) -> Result<(), ReadError> {
        if self.on_bad == OnBad::Stop {
            let can_be_skipped = true;
            return self.stopped.take(Stop {
                bad,
                can_be_skipped,
            });
        }
        self.stopped.keep(&bad);
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

    /// A bad value that its row can do without: reading stops for it soon, or it is a finding under
    /// [`OnBad::Skip`], which says what is done instead.
    pub fn forgive(&mut self, bad: BadInput, instead: impl Into<Text>) -> Result<(), ReadError> {
        let instead: Text = instead.into();
        if self.on_bad == OnBad::Stop {
            let remedy = text!(
                OrSkipInstead,
                remedy = bad.remedy.clone(),
                instead = instead
            );
            let bad = BadInput { remedy, ..bad };
            let can_be_skipped = false;
            return self.stopped.take(Stop {
                bad,
                can_be_skipped,
            });
        }
        // Where all faults are listed it is one of them, and no doubt beside it.
        if self.stopped.keep(&bad) {
            return Ok(());
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

    /// Bad rows: reading stops for them soon, or they are a finding each under [`OnBad::Skip`].
    pub fn reject_all(&mut self, rows: BadRows) -> Result<(), ReadError> {
        let only_counted: Vec<_> = rows.only_counted().collect();
        rows.examples
            .into_iter()
            .try_for_each(|bad| self.reject(bad))?;
        for (code, more) in only_counted {
            self.findings.count_more(Severity::Rejected, code, more);
            self.keep_count(code, more);
        }
        // All of them count for how much of the file is left, those without an example too.
        for place in rows.places {
            self.findings.count_rejected(&self.file, &place.to_string());
        }
        Ok(())
    }

    /// Keeps how many more rows have a fault than are listed with it.
    fn keep_count(&mut self, code: &'static str, more: u64) {
        if more > 0 {
            self.stopped.keep(&BadInput {
                code,
                file: self.file.clone(),
                expected: text!(FurtherBadRows, count = more, listed = MOST_EXAMPLES),
                remedy: text!(MendAlike),
                ..BadInput::default()
            });
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_is_counted_by_file() {
        let mut stopped = Stopped {
            most: 2,
            ..Stopped::keeping()
        };
        let bad = |file: &str| BadInput {
            file: file.to_owned(),
            ..BadInput::default()
        };
        for file in ["a.csv", "a.csv", "b.csv", "a.csv", "b.csv"] {
            assert!(stopped.keep(&bad(file)));
        }
        let kept = stopped.kept();
        let told: Vec<_> = kept
            .iter()
            .map(|bad| (bad.code, bad.file.as_str(), bad.expected.to_string()))
            .collect();
        assert_eq!(told.len(), 4);
        let further = |place: usize| (told[place].0, told[place].1);
        assert_eq!(further(2), ("further-faults", "a.csv"));
        assert_eq!(further(3), ("further-faults", "b.csv"));
        assert!(told[3].2.starts_with('2'), "{}", told[3].2);
    }
}
