//! `red_cells.csv` and `red_items.csv`: the gravest cells and items.

use std::io;

use super::unit_id;
use crate::assess::{RedCell, RedItem};
use crate::model::Study;
use crate::report::atomic::Out;
use crate::report::csv::Table;
use crate::report::number::Number;

const CELLS: [&str; 8] = [
    "cell",
    "name",
    "unit",
    "unit_name",
    "population",
    "verdict",
    "items_undone",
    "remedy",
];
const ITEMS: [&str; 7] = [
    "item",
    "name",
    "department",
    "population",
    "cells",
    "missing",
    "missing_population",
];

pub(super) fn write_cells(
    study: &Study,
    cells: &[RedCell<'_>],
    out: &mut dyn Out,
) -> io::Result<()> {
    let mut table = Table::with_head(CELLS)?;
    for row in cells {
        table.text(row.id)?;
        table.text(row.name)?;
        table.text(unit_id(study, row.unit))?;
        table.text(
            row.unit
                .map_or("", |unit| study.units()[unit].name.as_str()),
        )?;
        table.show(Number::people(row.people))?;
        table.show(row.verdict)?;
        table.show(row.items_undone)?;
        table.show(row.remedy.word())?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}

pub(super) fn write_items(items: &[RedItem<'_>], out: &mut dyn Out) -> io::Result<()> {
    let mut table = Table::with_head(ITEMS)?;
    for row in items {
        table.text(row.id)?;
        table.text(row.name)?;
        table.text(row.department)?;
        table.show(Number::people(row.people))?;
        table.show(row.cells)?;
        table.show(row.steps)?;
        table.show(Number::people(row.steps_people))?;
        table.end_row()?;
    }
    out.write_all(&table.into_bytes()?)
}
