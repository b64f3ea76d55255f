//! `change_*.csv` and `trend_*.csv`: how one run differs from another, by unit and by cell.

use std::io;

use crate::assess::Difference;
use crate::assess::difference::{CellState, Sums, UnitDifference};
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;

const UNITS: [&str; 14] = [
    "unit",
    "name",
    "population_before",
    "population_after",
    "covered_before",
    "covered_after",
    "share_before",
    "share_after",
    "share_change",
    "score_before",
    "score_after",
    "score_change",
    "newly_covered",
    "no_longer_covered",
];
const CELLS: [&str; 9] = [
    "cell",
    "unit",
    "population",
    "verdict_before",
    "verdict_after",
    "items_done_before",
    "items_done_after",
    "score_before",
    "score_after",
];

pub(super) fn write_units(difference: &Difference, out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(UNITS)?;
    for row in &difference.units {
        put_unit(&row.id, row, &mut table)?;
    }
    put_unit("total", &difference.total, &mut table)?;
    out.write_all(&table.into_bytes()?)
}

fn put_unit(id: &str, row: &UnitDifference, table: &mut Table) -> io::Result<()> {
    table.text(id)?;
    table.text(&row.name)?;
    let both = [row.before, row.after];
    let change = |millionths: i64| {
        Number::of(f64::from(i32::try_from(millionths).unwrap_or_default()) / 1e6)
    };
    put_both(both, table, |sums| Some(Number::people(sums.people)))?;
    put_both(both, table, |sums| Some(Number::people(sums.covered)))?;
    put_both(both, table, |sums| sums.share)?;
    table.maybe(row.share_change().map(change))?;
    put_both(both, table, |sums| sums.score)?;
    table.maybe(row.score_change().map(change))?;
    table.show(Number::people(row.newly_covered))?;
    table.show(Number::people(row.no_longer_covered))?;
    table.end_row()
}

fn put_both<T: std::fmt::Display>(
    both: [Option<Sums>; 2],
    table: &mut Table,
    of: impl Fn(&Sums) -> Option<T>,
) -> io::Result<()> {
    both.iter()
        .try_for_each(|sums| table.maybe(sums.as_ref().and_then(&of)))
}

pub(super) fn write_cells(difference: &Difference, out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(CELLS)?;
    for row in &difference.cells {
        put_cell(&row.before, &row.after, &mut table)?;
    }
    out.write_all(&table.into_bytes()?)
}

fn put_cell(before: &CellState, after: &CellState, table: &mut Table) -> io::Result<()> {
    table.text(&after.id)?;
    table.text(&after.unit)?;
    table.show(Number::people(after.people))?;
    table.show(before.verdict)?;
    table.show(after.verdict)?;
    table.show(before.items_done)?;
    table.show(after.items_done)?;
    table.maybe(before.score)?;
    table.maybe(after.score)?;
    table.end_row()
}
