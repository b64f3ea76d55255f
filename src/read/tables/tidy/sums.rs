//! Rows that are the sum of the others, whatever they are called: 双钟镇 below its villages.

use crate::model::Severity;
use crate::read::error::plain;
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{number, shown, text};
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::words::text as words;

/// What people, or else firms, are counted by.
const COUNTED: [&str; 2] = ["population", "enterprises"];

/// Leaves out the rows without a place whose number is the sum of all rows with one, or of those between
/// it and the sum before or after it; only in tables whose rows stand somewhere, where such a row is bad
/// anyway. Each is told with its place.
pub(super) fn leave_out(table: &mut Table, door: &mut Door<'_>) {
    let place_of = |name| find(table, name).ok().flatten();
    let [Some(lon), Some(lat)] = ["lon", "lat"].map(place_of) else {
        return;
    };
    let Some(count) = COUNTED.into_iter().find_map(place_of) else {
        return;
    };
    let stands = |record: &Record| {
        let is_filled = |column: usize| record.values[column] != Value::Empty;
        is_filled(lon) || is_filled(lat)
    };
    if table.records.iter().all(stands) {
        return;
    }
    let name = ["name", "unit", "id"].into_iter().find_map(place_of);
    // A row with an id of its own is one of which the place is missing.
    let id = place_of("id");
    let has_id = |record: &Record| id.is_some_and(|id| record.values[id] != Value::Empty);
    let rows: Vec<Row> = table
        .records
        .iter()
        .map(|record| Row {
            stands: stands(record),
            number: number(&record.values[count]).ok().flatten(),
        })
        .collect();
    let mut sums = sums_in(&rows);
    for (is_sum, record) in sums.iter_mut().zip(&table.records) {
        *is_sum &= !has_id(record);
    }
    if !sums.contains(&true) {
        return;
    }
    let mut is_sum = sums.into_iter();
    table.records.retain(|record| {
        if !is_sum.next().unwrap_or_default() {
            return true;
        }
        let called = name.and_then(|column| text(&record.values[column]));
        let called = called.unwrap_or_else(|| text(&record.values[count]).unwrap_or_default());
        let sum = number(&record.values[count]).ok().flatten().map(shown);
        let message = words!(
            SumRow,
            said = quoted(&plain(&called)),
            sum = sum.unwrap_or_default(),
        );
        door.say(Severity::Repaired, "total-row", record.place, "", message);
        false
    });
}

/// What is looked at of a row.
#[derive(Clone, Copy)]
struct Row {
    stands: bool,
    number: Option<f64>,
}

/// Which rows are sums. O(rows).
fn sums_in(rows: &[Row]) -> Vec<bool> {
    let mut all = Run::default();
    for row in rows.iter().filter(|row| row.stands) {
        all.take_in(row);
    }
    let before = runs(rows.iter());
    let mut after = runs(rows.iter().rev());
    after.reverse();
    let is_sum = |(row, runs): (&Row, [Run; 2])| {
        let Some(number) = row.number.filter(|number| !row.stands && *number > 0.0) else {
            return false;
        };
        // A single row may be one of as many people by chance.
        let fits = |run: Run| run.rows >= 2 && same(run.sum, number);
        runs.into_iter().chain([all]).any(fits)
    };
    let runs = before.into_iter().zip(after).map(<[Run; 2]>::from);
    rows.iter().zip(runs).map(is_sum).collect()
}

/// Rows that stand somewhere, without one between them that does not.
#[derive(Clone, Copy, Default)]
struct Run {
    rows: usize,
    sum: f64,
}

impl Run {
    fn take_in(&mut self, row: &Row) {
        self.rows += 1;
        self.sum += row.number.unwrap_or_default();
    }
}

/// For each row the run that ends before it.
fn runs<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Run> {
    let mut run = Run::default();
    let mut runs = Vec::new();
    for row in rows {
        runs.push(run);
        if row.stands {
            run.take_in(row);
        } else {
            run = Run::default();
        }
    }
    runs
}

/// Whether two sums are the same but for rounding.
fn same(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-6 * one.abs().max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these rows are sums; a minus stands before one without a place.
    fn sums(rows: &[f64]) -> Vec<usize> {
        let row = |&number: &f64| Row {
            stands: number > 0.0,
            number: Some(number.abs()),
        };
        let rows: Vec<Row> = rows.iter().map(row).collect();
        let sums = sums_in(&rows).into_iter().enumerate();
        sums.filter_map(|(place, is_sum)| is_sum.then_some(place))
            .collect()
    }

    #[test]
    fn sums_stand_below_above_or_for_all() {
        assert_eq!(
            sums(&[10.0, 20.0, -30.0, 5.0, 6.0, -11.0, -41.0]),
            [2, 5, 6]
        );
        assert_eq!(sums(&[-30.0, 10.0, 20.0, -11.0, 5.0, 6.0]), [0, 3]);
        assert!(sums(&[10.0, 20.0, -31.0]).is_empty());
        // One of as many people, whose place is missing.
        assert!(sums(&[100.0, -100.0]).is_empty());
        // One row is no sum, and a row with a place is none whatever it counts.
        assert!(sums(&[10.0, -10.0, 20.0]).is_empty());
        assert!(sums(&[10.0, 20.0, 30.0]).is_empty());
    }
}
