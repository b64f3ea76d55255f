//! `units.csv`: one row an administrative unit, sub-units included, and a total row.

use std::io;

use super::atomic::Out;
use super::number::Number;
use super::table::Table;
use crate::score::{Coverage, Tally, UnitRow, VerdictKind};

const HEAD: [&str; 10] =
    ["unit", "name", "cells", "population", "covered_population", "share", "score", "depth", "parent", "left_out"];

pub(super) fn write(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    let by_verdict = |what: &'static str| {
        VerdictKind::ALL.map(|kind| format!("{what}_{}", kind.word().replace('-', "_"))).into_iter()
    };
    let more: Vec<String> = by_verdict("people").chain(by_verdict("cells")).collect();
    let mut table = Table::with_head(HEAD.into_iter().chain(more.iter().map(String::as_str)))?;
    for row in now.by_unit() {
        put(now, &row, &mut table)?;
    }
    put_total(now, &mut table)?;
    out.write_all(&table.into_bytes()?)
}

fn put(now: &Coverage, row: &UnitRow, table: &mut Table) -> io::Result<()> {
    table.text(row.id)?;
    table.text(row.name)?;
    put_sums(&row.tally, table)?;
    table.show(row.depth)?;
    table.maybe_text(parent(now, row))?;
    put_verdicts(&row.tally, table)
}

fn put_total(now: &Coverage, table: &mut Table) -> io::Result<()> {
    table.show("total")?;
    table.text(now.study().name())?;
    put_sums(now.total(), table)?;
    table.show("")?;
    table.show("")?;
    put_verdicts(now.total(), table)
}

fn put_sums(tally: &Tally, table: &mut Table) -> io::Result<()> {
    table.show(tally.cells())?;
    table.show(Number::people(tally.people()))?;
    table.show(Number::people(tally.covered()))?;
    table.maybe(Number::share(tally.share()))?;
    table.maybe(Number::share(tally.score()))
}

fn put_verdicts(tally: &Tally, table: &mut Table) -> io::Result<()> {
    table.show(Number::people(tally.people() - tally.covered()))?;
    for kind in VerdictKind::ALL {
        table.show(Number::people(tally.people_with(kind)))?;
    }
    for kind in VerdictKind::ALL {
        table.show(tally.cells_with(kind))?;
    }
    table.end_row()
}

/// The written id of the unit that a unit lies in.
pub(super) fn parent<'a>(now: &Coverage<'a>, row: &UnitRow) -> Option<&'a str> {
    let units = now.study().units();
    units[row.unit?].parent.map(|unit| units[unit].id.as_str())
}
