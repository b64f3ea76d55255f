//! A table as an office keeps it, made the table that it means; whatever is done is told.
//!
//! * rows that are none, totals and notes, are left out ([`not_rows`]),
//! * codes that a spreadsheet changed are mended where that is sure, else refused ([`codes`]),
//! * numbers that are written for people, `1,050`, `402人`, `约300`, `1.2万`, become numbers
//!   ([`numbers`]), and so do degrees with minutes and places in one column ([`places`]),
//! * days as spreadsheets count them become days ([`dates`]),
//! * rows that are the sum of others are left out ([`sums`]).
//!
//! What is ambiguous stays as it is: the door that reads it says what is wrong with it.

mod angle;
mod codes;
mod dates;
mod not_rows;
mod numbers;
mod places;
mod sums;
mod written;

pub(crate) use not_rows::is_note;

use crate::read::error::ReadError;
use crate::read::formats::table::Table;
use crate::read::row_policy::Door;

/// Makes a table tidy. `counted` are the columns of numbers that the study names, beside the known ones.
/// O(rows × columns).
///
/// # Errors
/// A column of codes that a spreadsheet shortened: what was lost cannot be known.
pub(crate) fn tidy(
    table: &mut Table,
    counted: &[String],
    door: &mut Door<'_>,
) -> Result<(), ReadError> {
    // Rows that are none go first: their words would speak for whole columns.
    not_rows::leave_out(table, door);
    codes::mend(table, door)?;
    places::mend(table, door);
    numbers::mend(table, counted, door);
    dates::mend(table, door);
    // Last, as it compares numbers, which are mended by then.
    sums::leave_out(table, door);
    Ok(())
}
