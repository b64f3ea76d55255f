//! Sheets as they stand in a file: rows of fields, before anybody knows which of them is the head.

use super::header::{MOST_CELLS, MOST_COLUMNS, most_cells, nearly_empty, too_many_cells};
use super::table::Value;
use crate::read::error::ReadError;

/// The sheets of a file.
#[derive(Debug)]
pub(crate) struct Book {
    pub file: String,
    /// The encoding of a text; empty for a workbook.
    pub encoding: &'static str,
    /// Whether every row of a text must have a field for each column.
    pub is_text: bool,
    /// How many bytes it unpacks to.
    pub bytes: usize,
    /// Those that are shown, in their order.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    /// Its name; empty for a text.
    pub name: String,
    /// Which of the sheets that are shown it is, from 1.
    pub number: u32,
    /// The rows that hold anything, by their numbers.
    pub rows: Vec<SheetRow>,
    /// Fields that are shown as one.
    pub merged: Vec<Merged>,
}

/// One row.
#[derive(Debug, Clone, Default)]
pub(crate) struct SheetRow {
    /// As a spreadsheet counts it, from 1; of a text the line.
    pub number: u64,
    /// The values by column, up to the last that is filled; of a text, all fields.
    pub values: Vec<Value>,
    /// Which columns hold what cannot be a value, such as the error of a formula.
    pub faults: Vec<(usize, String)>,
}

impl SheetRow {
    /// The value in a column.
    pub(crate) fn value(&self, column: usize) -> &Value {
        self.values.get(column).unwrap_or(&Value::Empty)
    }

    /// How many fields are filled.
    pub(crate) fn filled(&self) -> usize {
        let filled = self.values.iter().filter(|&value| *value != Value::Empty);
        filled.count() + self.faults.len()
    }
}

/// A block of fields that is shown as one, whose first field holds the value of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Merged {
    /// The first and the last row, counted as [`SheetRow::number`].
    pub rows: [u64; 2],
    /// The first and the last column, from 0.
    pub columns: [usize; 2],
}

/// How much of a file's sheets is in memory, against what its bytes can mean.
pub(crate) struct Size<'a> {
    file: &'a str,
    bytes: usize,
    rows: usize,
    cells: usize,
}

impl<'a> Size<'a> {
    pub(crate) fn of(file: &'a str, bytes: usize) -> Self {
        Self {
            file,
            bytes,
            rows: 0,
            cells: 0,
        }
    }

    /// Takes in one more row of so many fields.
    ///
    /// # Errors
    /// [`ReadError::TooLarge`].
    pub(crate) fn take(&mut self, fields: usize) -> Result<(), ReadError> {
        self.rows += 1;
        self.cells += fields;
        if fields > MOST_COLUMNS || self.cells > MOST_CELLS {
            return Err(too_many_cells(fields, self.rows, self.file));
        }
        if self.cells > most_cells(self.bytes) {
            return Err(nearly_empty(fields, self.rows, self.bytes, self.file));
        }
        Ok(())
    }
}
