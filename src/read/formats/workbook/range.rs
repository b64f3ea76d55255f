//! From the sheets that the library has unpacked whole to rows: of `.xls` and of `.ods`.

use calamine::{Data, Range, Sheet as Metadata, SheetType, SheetVisible};

use super::cell::{borrowed, value};
use super::xlsx::{as_index, row_of};
use crate::read::error::ReadError;
use crate::read::formats::sheet::{SheetRow, Size};
use crate::read::formats::table::Value;

/// Whether a sheet is one of fields, and shown.
pub(super) fn is_shown(sheet: &Metadata) -> bool {
    sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
}

/// The rows of a range that hold anything, with their numbers in the sheet. O(fields).
///
/// # Errors
/// [`ReadError::TooLarge`].
pub(super) fn rows_of(
    range: &Range<Data>,
    size: &mut Size<'_>,
) -> Result<Vec<SheetRow>, ReadError> {
    let mut rows = Vec::new();
    let (top, left) = range.start().unwrap_or_default();
    for (number, cells) in (u64::from(top) + 1..).zip(range.rows()) {
        let values = cells.iter().map(|cell| value(&borrowed(cell)));
        let filled = (as_index(left)..)
            .zip(values)
            .filter(|(_, value)| *value != Ok(Value::Empty));
        let row = row_of(number, filled.collect());
        if row.filled() > 0 {
            size.take(row.values.len())?;
            rows.push(row);
        }
    }
    Ok(rows)
}
