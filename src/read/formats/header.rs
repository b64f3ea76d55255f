//! A table's header, and how large a table may be.

use std::collections::HashSet;

use super::table::{Table, Value};
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::text;

/// The most columns a table may have, Excel's own limit.
pub(crate) const MOST_COLUMNS: usize = 16_384;
/// The most cells a table may have, empty ones counted.
pub(crate) const MOST_CELLS: usize = 50_000_000;

/// The columns of a header: their names, and where in a row they stand. Fields without a name are
/// left out; [`unnamed_value`] tells what to say when a row fills one.
pub(crate) struct Header {
    /// The names, trimmed.
    pub names: Vec<String>,
    /// For each field of the header, its column.
    pub columns: Vec<Option<usize>>,
}

/// Reads a header row.
///
/// # Errors
///
/// No name at all, a name twice, or too many columns.
pub(crate) fn header<'a>(
    fields: impl Iterator<Item = &'a str>,
    file: &str,
    row: u64,
) -> Result<Header, ReadError> {
    let mut header = Header {
        names: Vec::new(),
        columns: Vec::new(),
    };
    let mut seen = HashSet::new();
    for field in fields.map(str::trim) {
        // A field without a name keeps its place, so that those after it stay in theirs.
        let column = (!field.is_empty()).then_some(header.names.len());
        header.columns.push(column);
        if column.is_none() {
            continue;
        }
        if !seen.insert(field) {
            return Err(duplicate(field, file, row).into());
        }
        header.names.push(field.to_owned());
    }
    if header.names.is_empty() {
        return Err(no_header(file, row).into());
    }
    fits(header.columns.len(), 0, file)?;
    Ok(header)
}

fn duplicate(name: &str, file: &str, row: u64) -> BadInput {
    BadInput {
        code: "duplicate-column",
        file: file.into(),
        place: Place::Row(row),
        found: Some(name.into()),
        expected: text!(ColumnTwice),
        remedy: text!(RenameColumn),
        ..BadInput::default()
    }
}

fn no_header(file: &str, row: u64) -> BadInput {
    BadInput {
        code: "no-header",
        file: file.into(),
        place: Place::Row(row),
        expected: text!(NoColumnNamed),
        remedy: text!(NameColumnsFirst),
        ..BadInput::default()
    }
}

/// What to say about a value in a column without a name (fields are counted from 0).
pub(crate) fn unnamed_value(field: usize, found: String, file: &str, place: Place) -> BadInput {
    BadInput {
        code: "unnamed-column",
        file: file.into(),
        place,
        found: Some(found),
        expected: text!(ValueWithoutHead, column = letters(field)),
        remedy: text!(NameColumn),
        ..BadInput::default()
    }
}

/// A column as a spreadsheet names it: A, B, … Z, AA, …
fn letters(mut field: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(
            b'A' + u8::try_from(field % 26).unwrap_or_default(),
        ));
        if field < 26 {
            return name.iter().rev().collect();
        }
        field = field / 26 - 1;
    }
}

/// Whether a table of this size can be handled.
///
/// # Errors
///
/// [`ReadError::TooLarge`] past 16,384 columns or 50 million cells.
pub(crate) fn fits(columns: usize, rows: usize, file: &str) -> Result<(), ReadError> {
    if columns <= MOST_COLUMNS && columns.saturating_mul(rows) <= MOST_CELLS {
        return Ok(());
    }
    Err(too_many_cells(columns, rows, file))
}

/// What to say of a table that is too large, whatever it holds.
pub(crate) fn too_many_cells(columns: usize, rows: usize, file: &str) -> ReadError {
    ReadError::TooLarge(Box::new(BadInput {
        code: "table-too-large",
        file: file.into(),
        expected: text!(TooManyCells, columns = columns, rows = rows),
        remedy: text!(RemoveColumnsOrSplit),
        ..BadInput::default()
    }))
}

/// The most cells that so many bytes of text make: a million, and 32 for each byte. A table that names
/// thousands of columns and fills one of them in each row has more.
pub(crate) const fn most_cells(bytes: usize) -> usize {
    bytes.saturating_mul(32).saturating_add(1 << 20)
}

/// Whether a table of this size is one that so many bytes of text make.
///
/// # Errors
///
/// [`ReadError::TooLarge`].
pub(crate) fn in_proportion(
    columns: usize,
    rows: usize,
    bytes: usize,
    file: &str,
) -> Result<(), ReadError> {
    if columns.saturating_mul(rows) <= most_cells(bytes) {
        return Ok(());
    }
    Err(nearly_empty(columns, rows, bytes, file))
}

/// What to say of a table that is nearly all empty.
pub(crate) fn nearly_empty(columns: usize, rows: usize, bytes: usize, file: &str) -> ReadError {
    ReadError::TooLarge(Box::new(BadInput {
        code: "table-too-large",
        file: file.into(),
        expected: text!(
            CellsNearlyAllEmpty,
            columns = columns,
            rows = rows,
            bytes = bytes,
        ),
        remedy: text!(RemoveColumns),
        ..BadInput::default()
    }))
}

/// Fills up short rows so that every record has one value a column.
///
/// # Errors
///
/// [`ReadError::TooLarge`] as [`fits`].
pub(crate) fn filled(mut table: Table) -> Result<Table, ReadError> {
    fits(table.columns.len(), table.records.len(), &table.file)?;
    for record in &mut table.records {
        record.values.resize(table.columns.len(), Value::Empty);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_like_a_spreadsheet() {
        assert_eq!(
            [0, 25, 26, 701, 702, 16_383].map(letters),
            ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
        );
    }
}
