//! One row of a table that a run has written.

use super::error::{BadInput, ReadError};
use super::formats::table::{Record, Table, Value};
use super::formats::values::{number, text};
use super::listed::listed;
use crate::assess::difference::Part;
use crate::score::VerdictKind;
use crate::text::formula::bare;
use crate::units::People;
use crate::words::{Text, text};

/// A row, its columns in the order in which they were asked for.
pub(super) struct Row<'a> {
    record: &'a Record,
    file: &'a str,
    names: &'a [&'static str],
    places: Vec<usize>,
}

impl<'a> Row<'a> {
    /// All rows of a table that has these columns.
    ///
    /// # Errors
    /// When it lacks one of them.
    pub(super) fn all(table: &'a Table, names: &'a [&'static str]) -> Result<Vec<Self>, ReadError> {
        let places: Vec<usize> = names
            .iter()
            .map(|name| column(table, name))
            .collect::<Result<_, _>>()?;
        let row = |record| Row {
            record,
            file: &table.file,
            names,
            places: places.clone(),
        };
        Ok(table.records.iter().map(row).collect())
    }

    fn value(&self, column: usize) -> &Value {
        &self.record.values[self.places[column]]
    }

    /// A text, without the mark that keeps a spreadsheet from taking it for a formula; empty for none.
    pub(super) fn text(&self, column: usize) -> String {
        let written = text(self.value(column)).unwrap_or_default();
        bare(&written).to_owned()
    }

    /// Whether nothing stands there.
    pub(super) fn is_empty(&self, column: usize) -> bool {
        self.text(column).is_empty()
    }

    /// A number of people.
    pub(super) fn people(&self, column: usize) -> Result<People, ReadError> {
        self.number(column)?
            .and_then(People::new)
            .ok_or_else(|| self.wrong(column, text!(NumberOfPeople)).into())
    }

    /// A part of one; none for an empty field.
    pub(super) fn part(&self, column: usize) -> Result<Option<Part>, ReadError> {
        let Some(value) = self.number(column)? else {
            return Ok(None);
        };
        Part::of(value)
            .map(Some)
            .ok_or_else(|| self.wrong(column, text!(FromZeroToOne)).into())
    }

    /// A whole number.
    pub(super) fn count(&self, column: usize) -> Result<u32, ReadError> {
        let count = text(self.value(column)).and_then(|text| text.parse().ok());
        count.ok_or_else(|| self.wrong(column, text!(WholeNumber)).into())
    }

    /// A verdict.
    pub(super) fn verdict(&self, column: usize) -> Result<VerdictKind, ReadError> {
        let found = text(self.value(column)).unwrap_or_default();
        let known = VerdictKind::ALL
            .into_iter()
            .find(|kind| kind.word() == found);
        known.ok_or_else(|| {
            let words = listed(VerdictKind::ALL.map(VerdictKind::word));
            self.wrong(column, text!(OneOfWords, words = words)).into()
        })
    }

    fn number(&self, column: usize) -> Result<Option<f64>, ReadError> {
        number(self.value(column)).map_err(|wrong| {
            wrong
                .at(self.file, self.record.place, Some(self.names[column]))
                .into()
        })
    }

    /// The error about a value of this row.
    pub(super) fn wrong(&self, column: usize, expected: Text) -> BadInput {
        BadInput {
            code: "not-of-a-run",
            file: self.file.to_owned(),
            place: self.record.place,
            column: Some(self.names[column].to_owned()),
            found: Some(text(self.value(column)).unwrap_or_default()),
            expected,
            remedy: text!(RunAgain),
        }
    }
}

/// The place of a column that a run writes.
fn column(table: &Table, name: &str) -> Result<usize, ReadError> {
    let mut columns = table.columns.iter();
    columns.position(|column| column == name).ok_or_else(|| {
        let expected = text!(
            NoColumnNamedSo,
            names = name,
            columns = listed(table.columns.iter().map(String::as_str)),
        );
        let bad = BadInput {
            code: "no-such-column",
            file: table.file.clone(),
            expected,
            remedy: text!(GiveRunFolder),
            ..BadInput::default()
        };
        bad.into()
    })
}
