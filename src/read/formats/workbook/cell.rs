//! From a cell as the spreadsheet holds it to a value.

use calamine::{Data, DataRef, ExcelDateTime};

use crate::read::formats::table::Value;

/// The same cell, borrowed.
pub(super) fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            DataRef::SharedString(text)
        }
        Data::Bool(flag) => DataRef::Bool(*flag),
        Data::DateTime(when) => DataRef::DateTime(*when),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// A cell's value, or the text of what cannot be one.
pub(super) fn value(data: &DataRef<'_>) -> Result<Value, String> {
    Ok(match data {
        DataRef::Empty => Value::Empty,
        #[expect(clippy::cast_precision_loss, reason = "Excel itself knows floats only")]
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Value::Number(*number),
        DataRef::Float(number) => return Err(number.to_string()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            trimmed(text)
        }
        DataRef::SharedString(text) => trimmed(text),
        DataRef::Bool(flag) => Value::Bool(*flag),
        DataRef::DateTime(when) => Value::Text(moment(*when)?.into()),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

fn trimmed(text: &str) -> Value {
    if text.trim().is_empty() {
        Value::Empty
    } else {
        Value::Text(text.trim().into())
    }
}

/// A date, a date with a time, or a time of day or span alone, in whole seconds.
pub(super) fn moment(date: ExcelDateTime) -> Result<String, String> {
    let days = date.as_f64();
    // The day after 9999-12-31.
    if !(0.0..2_958_466.0).contains(&days) {
        return Err(days.to_string());
    }
    // Day 0 is no day: a time of day alone.
    if date.is_duration() || days < 1.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 2,958,466 days"
        )]
        let seconds = (days * 86_400.0).round() as u64;
        return Ok(format!(
            "{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        ));
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    Ok(match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
    })
}
