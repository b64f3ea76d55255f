//! From sheets as they stand to one table: which row is the head, which sheets belong together, what
//! merged fields hold.
//!
//! Offices put a title and a line of units above the head, head two rows together, merge the township
//! over its villages, and keep a sheet for each township. Each of these is recognised by what the
//! heads mean ([`Heads`]); where nothing is recognised the first row is the head, as in any table.
//! Whatever is done is told ([`Table::remarks`]).

mod head_rows;
mod merged;
mod rows;
mod sheets;
#[cfg(test)]
mod tests;
mod unit_line;

use super::header::{Header, filled, fits, header, in_proportion};
use super::sheet::Book;
use super::table::{Remark, Table};
use crate::model::Severity;
use crate::read::error::ReadError;
use crate::words::Text;

/// What heads of columns mean.
pub(crate) trait Heads {
    /// The known column that a head names; none where it names none.
    fn meaning(&self, head: &str) -> Option<String>;

    /// Whether a column counts something: people, cases. A number of it belongs to one row.
    fn is_counted(&self, head: &str) -> bool;

    /// The head of a column whose numbers are in this unit, which stands above the table: `人口（万人）`.
    /// None where the column does not count in it.
    fn in_unit(&self, head: &str, unit: &str) -> Option<String>;

    /// Whether a text begins as notes below a table do.
    fn is_note(&self, said: &str) -> bool;
}

/// How a table stands in its file.
#[derive(Clone, Copy)]
pub(crate) struct Shape<'a> {
    pub heads: &'a dyn Heads,
    /// The sheet that is meant, by its name; all that belong together where none is named.
    pub sheet: Option<&'a str>,
    /// The row of the head, as a spreadsheet counts it.
    pub header_row: Option<u64>,
    /// The column that the names of the sheets become.
    pub sheet_as: Option<&'a str>,
}

impl Shape<'static> {
    /// The first row is the head, the first sheet the table.
    pub(crate) fn plain() -> Self {
        Self {
            heads: &NoHeads,
            sheet: None,
            header_row: None,
            sheet_as: None,
        }
    }
}

/// No head means anything.
struct NoHeads;

impl Heads for NoHeads {
    fn meaning(&self, _: &str) -> Option<String> {
        None
    }

    fn is_counted(&self, _: &str) -> bool {
        false
    }

    fn in_unit(&self, _: &str, _: &str) -> Option<String> {
        None
    }

    fn is_note(&self, _: &str) -> bool {
        false
    }
}

/// The table in the sheets of a file. O(fields).
///
/// # Errors
///
/// No sheet, or none of the asked name or with the asked row; a column name twice, a value in a column
/// without a name, or too many cells.
pub(crate) fn table(mut book: Book, shape: &Shape<'_>) -> Result<Table, ReadError> {
    let chosen = sheets::chosen(&mut book, shape)?;
    let mut table = Table {
        file: book.file.clone(),
        encoding: book.encoding,
        remarks: chosen.remarks,
        ..Table::default()
    };
    // Of all sheets, before any row: each may have columns of its own beside those that are alike.
    let columns = sheets::columns(&chosen.sheets, &book.file)?;
    table.columns = columns;
    if let Some(name) = shape.sheet_as {
        table.columns.push(name.to_owned());
    }
    let several = chosen.sheets.len() > 1;
    for headed in chosen.sheets {
        let at = rows::At {
            file: &book.file,
            is_text: book.is_text,
            is_one_of_several: several,
        };
        rows::add(headed, &at, shape, &mut table)?;
        // After each sheet: a hundred of them must not fill the memory first.
        let (columns, rows) = (table.columns.len(), table.records.len());
        fits(columns, rows, &book.file)?;
        in_proportion(columns, rows, book.bytes, &book.file)?;
    }
    filled(table)
}

/// A remark about something that was made right.
fn repaired(code: &'static str, message: Text) -> Remark {
    Remark {
        severity: Severity::Repaired,
        code,
        message,
    }
}

/// The header of these names, by the row in which they stand.
fn header_of(names: &[String], row: u64, file: &str) -> Result<Header, ReadError> {
    header(names.iter().map(String::as_str), file, row)
}
