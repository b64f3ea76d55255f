//! What opening somewhere costs, as a whole number.

use crate::read::error::BadInput;
use crate::read::formats::values::{Problem, number, shown};
use crate::read::row_policy::Door;
use crate::read::tables::rows::Row;
use crate::words::text;

/// The most that one place may cost.
const MOST: f64 = 1e12;

/// The `cost` of a row; 1 where it says none.
///
/// # Errors
/// When it is no whole number from 0 on.
pub(super) fn cost(row: Row<'_>, door: &Door<'_>) -> Result<u64, BadInput> {
    let Some(cost) = row.read("cost", number, door)? else {
        return Ok(1);
    };
    if !(0.0..=MOST).contains(&cost) || cost.fract() != 0.0 {
        let wrong = Problem::of(
            "bad-cost",
            &shown(cost),
            text!(WholeCost),
            text!(WriteWholeCost),
        );
        return Err(row.wrong("cost", wrong, door));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "checked to be a whole number in range"
    )]
    let whole = cost as u64;
    Ok(whole)
}
