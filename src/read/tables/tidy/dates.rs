//! Days as people and spreadsheets write them.

use chrono::{Days, NaiveDate};

use crate::model::Severity;
use crate::read::error::{Place, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{text, written_date};
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::text::formula::{half_width, is_hidden};
use crate::words::text as words;

/// The known columns of days.
const DAYS: [&str; 4] = ["opened", "closed", "from", "until"];

/// The numbers of days from 1955 to 2119, as Excel counts them: no year, and no day written as eight digits.
const SERIAL: std::ops::Range<u32> = 20_000..80_000;

/// Writes days as `2023-01-05` that are written otherwise and mean one day only: with points, with a time
/// of day behind, full width, or as a spreadsheet counts days. Told once a column.
pub(super) fn mend(table: &mut Table, door: &mut Door<'_>) {
    for name in DAYS {
        if let Ok(Some(place)) = find(table, name) {
            mend_column(table, place, door);
        }
    }
}

/// Writes the days of a column anew that are written otherwise; told once, with the first. O(rows).
fn mend_column(table: &mut Table, place: usize, door: &mut Door<'_>) {
    let mut first = None;
    let mut count = 0_u64;
    for record in &mut table.records {
        let value = &mut record.values[place];
        let Some(written) = text(value) else { continue };
        // What its reader understands stays as it is written.
        if written_date(written.trim()).is_some() {
            continue;
        }
        if let Some(day) = meant(&written) {
            count += 1;
            first.get_or_insert((record.place, written, day));
            *value = Value::Text(day.to_string().into());
        }
    }
    if let Some((at, written, day)) = first {
        let message = words!(
            DaysMended,
            count = count,
            written = quoted(&plain(&written)),
            place = at.text().unwrap_or_default(),
            day = day.to_string(),
        );
        let head = table.columns[place].clone();
        door.say(
            Severity::Repaired,
            "date-as-written",
            Place::File,
            &head,
            message,
        );
    }
}

/// The one day that a text means.
fn meant(written: &str) -> Option<NaiveDate> {
    let shown = written.chars().filter(|&c| !is_hidden(c)).map(half_width);
    let narrow: String = shown.collect();
    let day = narrow.trim().split(['T', ' ']).next().unwrap_or_default();
    if let Some(serial) = day.parse().ok().filter(|serial| SERIAL.contains(serial)) {
        // Excel counts a 29 February 1900, so that its day 60 was none.
        let before = NaiveDate::from_ymd_opt(1899, 12, 30)?;
        return before.checked_add_days(Days::new(u64::from(serial)));
    }
    written_date(&day.trim_end_matches(['.', '号']).replace(['.', '。'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_that_mean_one_day_only() {
        for written in [
            "2023.1.5",
            "2023.01.05",
            "2023-01-05 00:00:00",
            "2023-01-05T08:30:00",
            "２０２３－１－５",
            "44931",
            "2023.1.5.",
        ] {
            let day = meant(written).map(|day| day.to_string());
            assert_eq!(day.as_deref(), Some("2023-01-05"), "{written}");
        }
        for written in [
            "5.1.2023",
            "2023",
            "2023.1",
            "1/5/2023",
            "2023年底",
            "明年",
            "12345",
            "",
            "2023.13.1",
        ] {
            assert_eq!(meant(written), None, "{written}");
        }
    }
}
