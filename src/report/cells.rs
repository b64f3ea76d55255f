//! `cells.csv`: one row a cell, in the order of the input.

use std::io;

use serde::Serialize;

use super::atomic::Out;
use super::number::{Number, Tenths};
use super::table::{Table, in_blocks};
use crate::ids::CellId;
use crate::score::Coverage;

const HEAD: [&str; 13] = [
    "cell",
    "unit",
    "population",
    "verdict",
    "score",
    "items_done",
    "items_asked",
    "nearest_site",
    "seconds",
    "gap_m",
    "name",
    "unit_name",
    "nearest_site_name",
];

/// What files tell about a cell; the fields are columns and properties.
#[derive(Debug, Serialize)]
pub(super) struct CellRow<'a> {
    cell: &'a str,
    unit: Option<&'a str>,
    population: Number,
    verdict: &'static str,
    score: Option<Number>,
    items_done: u32,
    items_asked: usize,
    nearest_site: Option<&'a str>,
    seconds: Option<Tenths>,
    gap_m: Option<Tenths>,
    name: Option<&'a str>,
    unit_name: Option<&'a str>,
    nearest_site_name: Option<&'a str>,
}

impl<'a> CellRow<'a> {
    pub(super) fn of(now: &Coverage<'a>, id: CellId) -> Self {
        let (study, result) = (now.study(), now.cell(id));
        let cell = &study.cells()[id];
        let unit = cell.unit.map(|unit| &study.units()[unit]);
        let nearest = now.nearest(id);
        let site = nearest.map(|reach| &study.sites()[reach.site]);
        Self {
            cell: &cell.id,
            unit: unit.map(|unit| unit.id.as_str()),
            population: Number::people(now.people(id)),
            verdict: result.verdict.word(),
            score: now.score(id).map(Number::part),
            items_done: result.items_done,
            items_asked: now.items().len(),
            nearest_site: site.map(|site| site.id.as_str()),
            seconds: nearest.map(|reach| Tenths::seconds(reach.time)),
            gap_m: now.times().links().cell(id).and_then(crate::snap::Snap::gap).map(Tenths::metres),
            name: Some(cell.name.as_str()).filter(|name| !name.is_empty()),
            unit_name: unit.map(|unit| unit.name.as_str()),
            nearest_site_name: site.map(|site| site.name.as_str()),
        }
    }

    fn put(&self, table: &mut Table) -> io::Result<()> {
        table.text(self.cell)?;
        table.maybe_text(self.unit)?;
        table.show(self.population)?;
        table.show(self.verdict)?;
        table.maybe(self.score)?;
        table.show(self.items_done)?;
        table.show(self.items_asked)?;
        table.maybe_text(self.nearest_site)?;
        table.maybe(self.seconds)?;
        table.maybe(self.gap_m)?;
        table.maybe_text(self.name)?;
        table.maybe_text(self.unit_name)?;
        table.maybe_text(self.nearest_site_name)?;
        table.end_row()
    }
}

pub(super) fn write(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    out.write_all(&Table::with_head(HEAD)?.into_bytes()?)?;
    in_blocks(now.study().cells().len(), 4096, out, |cells| {
        let mut table = Table::new();
        for cell in cells {
            CellRow::of(now, CellId::new(cell)).put(&mut table)?;
        }
        table.into_bytes()
    })
}
