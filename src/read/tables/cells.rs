//! Cells, from any table.

use super::coordinates::Placer;
use super::counts::Counts;
use super::rows::{Columns, Ids, unit};
use crate::model::{Cell, Cells, Severity, Units};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::{number, shown};
use crate::read::row_policy::Door;
use crate::units::People;

const KNOWN: [&str; 4] = ["id", "name", "unit", "population"];

/// The cells of a table, in its order, with the counts that are `wanted` and the known denominators.
///
/// A row that cannot be used becomes a cell without a place under `--on-bad skip`, so that its
/// people stay in the denominator.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn cells(
    mut table: Table,
    placer: &Placer,
    units: &Units,
    wanted: &[String],
    door: &mut Door<'_>,
) -> Result<Cells, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    if !columns.has("population") {
        door.note(
            "no-population-column",
            "population",
            "there is no population column: every cell counts as one person".to_owned(),
        );
    }
    let counts = Counts::of(&table, wanted, door)?;
    // Each with the place of its record, whose counts are its own.
    let mut cells: Vec<(Place, Option<usize>, Cell)> = table
        .bad
        .places
        .iter()
        .map(|&place| (place, None, nowhere(place)))
        .collect();
    door.reject_unreadable(&mut table)?;
    let ids = Ids::new(&columns, door);
    let mut reader = CellReader {
        table: &table,
        columns,
        units,
        placer,
        ids,
        counts,
    };
    for (row, record) in table.records.iter().enumerate() {
        cells.push((record.place, Some(row), reader.cell(record, door)?));
    }
    let counts = reader.counts;
    cells.sort_by_key(|&(place, ..)| place);
    let rows: Vec<Option<usize>> = cells.iter().map(|&(_, row, _)| row).collect();
    let cells = Cells::new(cells.into_iter().map(|(.., cell)| cell).collect());
    Ok(cells.with_counts(counts.in_order(&rows, door)))
}

/// The cell of a row of which nothing is known.
fn nowhere(place: Place) -> Cell {
    Cell {
        id: place.to_string(),
        name: String::new(),
        unit: None,
        people: People::ZERO,
        at: None,
    }
}

struct CellReader<'a> {
    table: &'a Table,
    columns: Columns,
    units: &'a Units,
    placer: &'a Placer,
    ids: Ids,
    counts: Counts,
}

impl CellReader<'_> {
    /// The row's cell. Under `--on-bad skip` each bad value is reported, and the cell has no place.
    fn cell(&mut self, record: &Record, door: &mut Door<'_>) -> Result<Cell, ReadError> {
        let mut whole = true;
        let id = self.ids.take(&self.columns, record, self.table, door);
        let id = or_reject(id, &mut whole, door)?.unwrap_or_else(|| record.place.to_string());
        let unit = or_reject(
            unit(self.units, &self.columns, record, self.table, door),
            &mut whole,
            door,
        )?
        .flatten();
        let people =
            or_reject(self.people(record, &id, door), &mut whole, door)?.unwrap_or_default();
        for column in 0..self.counts.len() {
            or_reject(
                self.counts.take(column, record, self.table, door),
                &mut whole,
                door,
            )?;
        }
        let at = or_reject(
            self.placer.place(record, self.table, door),
            &mut whole,
            door,
        )?
        .filter(|_| whole);
        Ok(Cell {
            id,
            name: self.columns.text(record, "name"),
            unit,
            people,
            at,
        })
    }

    fn people(&self, record: &Record, id: &str, door: &mut Door<'_>) -> Result<People, BadInput> {
        if !self.columns.has("population") {
            return Ok(People::whole(1));
        }
        let column = self.columns.written(self.table, "population");
        let value = self.columns.value(record, "population");
        let Some(count) = number(value).map_err(|wrong| door.wrong(wrong, record.place, column))?
        else {
            let message = format!(
                "column \"{column}\" is empty: the cell counts as one person – fill it in, or write 0"
            );
            door.say(
                Severity::Suspicious,
                "empty-population",
                record.place,
                id,
                message,
            );
            return Ok(People::whole(1));
        };
        People::new(count).ok_or_else(|| {
            let expected = "a number of people from 0 to 1,000,000,000";
            door.bad(
                "bad-population",
                record.place,
                column,
                &shown(count),
                expected,
                "correct the number",
            )
        })
    }
}

/// The value, or none when it was bad and bad rows are skipped.
fn or_reject<T>(
    value: Result<T, BadInput>,
    whole: &mut bool,
    door: &mut Door<'_>,
) -> Result<Option<T>, ReadError> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(bad) => {
            *whole = false;
            door.reject(bad).map(|()| None)
        }
    }
}
