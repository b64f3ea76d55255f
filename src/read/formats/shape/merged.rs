//! What merged fields below a head hold: the value of the first, in every row that they span.

use super::Heads;
use super::head_rows::Head;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::header::{MOST_CELLS, too_many_cells};
use crate::read::formats::sheet::{Merged, Sheet};
use crate::read::formats::table::Value;
use crate::read::formats::values::text;
use crate::words::text as words;

/// What came of the merged fields of a sheet.
#[derive(Default)]
pub(super) struct Filled {
    /// How many fields got the value of another row.
    pub fields: u64,
    /// How many fields of one row are merged across named columns.
    pub across: u64,
    /// The rows, by their place in the sheet, whose number belongs to several rows, and the column; sorted.
    pub shared: Vec<(usize, usize)>,
}

/// Fills merged fields down. A number of a column that counts is left where it is, and its rows are
/// named: which part of it is whose nobody knows.
///
/// # Errors
/// [`ReadError::TooLarge`] where they span more fields than a table may have.
pub(super) fn fill(
    sheet: &mut Sheet,
    head: &Head,
    heads: &dyn Heads,
    file: &str,
) -> Result<Filled, ReadError> {
    let mut filled = Filled::default();
    let mut spanned = 0_usize;
    for block in std::mem::take(&mut sheet.merged) {
        let rows = spanned_rows(sheet, head, block);
        filled.across += u64::from(!rows.is_empty() && is_across(sheet, rows.start, block, head));
        spanned += rows.len();
        // Blocks may lie on one another a thousand times.
        if spanned > MOST_CELLS {
            return Err(too_many_cells(1, spanned, file));
        }
        if rows.len() > 1 {
            fill_block(sheet, rows, block.columns[0], (head, heads), &mut filled);
        }
    }
    filled.shared.sort_unstable();
    Ok(filled)
}

/// The places of the rows below the head that a block spans, if its first row is one of them.
fn spanned_rows(sheet: &Sheet, head: &Head, block: Merged) -> std::ops::Range<usize> {
    let place_of = |number: u64| sheet.rows.partition_point(|row| row.number < number);
    let start = place_of(block.rows[0]);
    let end = place_of(block.rows[1].saturating_add(1));
    let begins = sheet
        .rows
        .get(start)
        .is_some_and(|row| row.number == block.rows[0]);
    // A block that begins in the head, or in a row that holds nothing, is none below the head.
    if start < head.body || !begins {
        return 0..0;
    }
    start..end
}

/// Whether a block with a value spans several columns that have names, and not the whole width as a
/// line between the rows does.
fn is_across(sheet: &Sheet, row: usize, block: Merged, head: &Head) -> bool {
    let [first, last] = block.columns;
    let last = last.min(head.names.len().saturating_sub(1));
    let is_named = |column: usize| !head.names[column].is_empty();
    let is_line = first == 0 && last + 1 == head.names.len();
    let has_value = *sheet.rows[row].value(first) != Value::Empty;
    has_value && !is_line && first < last && (first..=last).all(is_named)
}

/// Fills a merged block down, or names its rows where it holds a number. O(rows).
fn fill_block(
    sheet: &mut Sheet,
    rows: std::ops::Range<usize>,
    column: usize,
    (head, heads): (&Head, &dyn Heads),
    filled: &mut Filled,
) {
    let value = sheet.rows[rows.start].value(column).clone();
    let name = head.names.get(column).map_or("", String::as_str);
    if value == Value::Empty || name.is_empty() {
        return;
    }
    // A number is that of all the rows together, a name that of each.
    if heads.is_counted(name) {
        filled.shared.extend(rows.map(|row| (row, column)));
        return;
    }
    for row in &mut sheet.rows[rows.start + 1..rows.end] {
        if row.values.len() <= column {
            row.values.resize(column + 1, Value::Empty);
        }
        // What a row holds itself stays: blocks may lie on one another.
        if row.values[column] == Value::Empty {
            row.values[column] = value.clone();
            filled.fields += 1;
        }
    }
}

/// What to say of a row whose number is merged over several.
pub(super) fn shared_number(value: &Value, (column, at): (&str, Place), file: &str) -> BadInput {
    BadInput {
        code: "merged-number",
        file: file.to_owned(),
        place: at,
        column: Some(column.to_owned()),
        found: text(value),
        expected: words!(MergedNumber),
        remedy: words!(UnmergeNumber),
    }
}
