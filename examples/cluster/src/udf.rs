//! `score_tile(study, scenario, tile, bytes)`: what Ballista calls on each row.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use datafusion::arrow::array::{Array, LargeBinaryArray};
use datafusion::arrow::datatypes::DataType;
use datafusion::common::cast::{as_large_binary_array, as_string_array, as_uint32_array};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::{ColumnarValue, ScalarUDF, Volatility, create_udf};
use walkshed::scale;
use walkshed::text::plain;

/// Words by which a bug is known after its way through the engine.
pub(crate) const BUG: &str = "a bug in walkshed";

pub(crate) fn score_tile() -> ScalarUDF {
    create_udf(
        "score_tile",
        vec![
            DataType::Utf8,
            DataType::Utf8,
            DataType::UInt32,
            DataType::LargeBinary,
        ],
        DataType::LargeBinary,
        Volatility::Immutable,
        Arc::new(score),
    )
}

fn score(arguments: &[ColumnarValue]) -> Result<ColumnarValue> {
    let columns = ColumnarValue::values_to_arrays(arguments)?;
    let [studies, scenarios] = [as_string_array(&columns[0])?, as_string_array(&columns[1])?];
    let numbers = as_uint32_array(&columns[2])?;
    let tiles = as_large_binary_array(&columns[3])?;
    let mut rows = Vec::with_capacity(tiles.len());
    for (place, tile) in tiles.iter().enumerate() {
        let score =
            || scale::score_tile(tile.unwrap_or_default()).map_err(|error| error.to_string());
        rows.push(guarded(score).map_err(|why| {
            let study = plain(studies.value(place));
            let scenario = scenarios.value(place);
            let number = numbers.value(place) + 1;
            DataFusionError::Execution(format!(
                "[tile {number} of study {study} ({scenario}): {why}]"
            ))
        })?);
    }
    Ok(ColumnarValue::Array(Arc::new(
        LargeBinaryArray::from_iter_values(rows),
    )))
}

/// A panic is told as an error of the tile: it must not take the executor along.
fn guarded(score: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Vec<u8>, String> {
    panic::catch_unwind(AssertUnwindSafe(score)).unwrap_or_else(|what| {
        let what = what
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| what.downcast_ref::<&str>().copied())
            .unwrap_or_default();
        Err(format!("{BUG}, not in your data: {what}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error() {
        let told = guarded(|| panic!("no row {}", 3)).expect_err("it panics");
        assert_eq!(told, "a bug in walkshed, not in your data: no row 3");
        assert_eq!(guarded(|| Ok(vec![1])), Ok(vec![1]));
    }
}
