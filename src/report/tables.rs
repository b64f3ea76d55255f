//! The CSV files.

use std::io::{self, Write};

use super::values::{field, metres, optional, seconds, share};
use crate::ids::CellId;
use crate::model::{Finding, Study};
use crate::score::{Coverage, Tally, VerdictKind};

fn writer(out: &mut dyn Write) -> csv::Writer<&mut dyn Write> {
    csv::WriterBuilder::new().from_writer(out)
}

fn finish(mut writer: csv::Writer<&mut dyn Write>) -> io::Result<()> {
    writer.flush()
}

/// The columns of `cells.csv`; the properties of `cells.geojson` have the same names.
pub(super) const CELL_COLUMNS: [&str; 11] = [
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
];

/// `cells.csv`: one row a cell, in input order.
pub(super) fn cells(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(CELL_COLUMNS)?;
    let asked = now.target().items.len().to_string();
    for (id, cell) in study.cells().iter() {
        let (result, nearest) = (now.cell(id), now.nearest(id));
        let known = result.verdict != VerdictKind::Unknown;
        csv.write_record([
            &*field(&cell.id),
            &*field(cell.unit.map_or("", |unit| &study.units()[unit].id)),
            &*cell.people.to_string(),
            result.verdict.word(),
            &*optional(share(now.score(id)).filter(|_| known)),
            &*if known { result.items_done.to_string() } else { String::new() },
            &*asked,
            &*field(nearest.map_or("", |reach| &study.sites()[reach.site].id)),
            &*nearest.map_or_else(String::new, |reach| seconds(reach.time)),
            &*gap(now, id).map_or_else(String::new, metres),
            &*field(&cell.name),
        ])?;
    }
    finish(csv)
}

/// The straight metres between a cell and its street.
pub(super) fn gap(now: &Coverage<'_>, cell: CellId) -> Option<f64> {
    now.times().links().cell(cell)?.gap()
}

/// `item_times.csv`: one row a cell and asked item.
pub(super) fn item_times(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(["cell", "item", "verdict", "site", "seconds"])?;
    let items: Vec<_> = now.target().items.iter().map(|&item| (item, field(&study.catalogue()[item].id))).collect();
    for (id, cell) in study.cells().iter() {
        let cell = field(&cell.id);
        for (item, name) in &items {
            let verdict = now.verdict(id, *item);
            let site = verdict.site();
            csv.write_record([
                &*cell,
                name,
                verdict.kind().word(),
                &*field(site.map_or("", |reach| &study.sites()[reach.site].id)),
                &*site.map_or_else(String::new, |reach| seconds(reach.time)),
            ])?;
        }
    }
    finish(csv)
}

/// `units.csv`: one row a unit, sub-units included in each, and a row for the whole.
pub(super) fn units(study: &Study, now: &Coverage<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    let mut header = vec!["unit".to_owned()];
    header.extend(["name", "cells", "population", "covered_population", "share", "score"].map(str::to_owned));
    header.extend(["parent", "depth", "left_out"].map(str::to_owned));
    header.extend(VerdictKind::ALL.map(|kind| format!("people_{}", kind.word().replace('-', "_"))));
    header.extend(VerdictKind::ALL.map(|kind| format!("cells_{}", kind.word().replace('-', "_"))));
    csv.write_record(&header)?;
    for row in now.by_unit() {
        let parent = row.unit.and_then(|unit| study.units()[unit].parent).map_or("", |unit| &study.units()[unit].id);
        csv.write_record(unit_fields(row.id, row.name, parent, &row.depth.to_string(), &row.tally))?;
    }
    csv.write_record(unit_fields("total", study.name(), "", "", now.total()))?;
    finish(csv)
}

fn unit_fields(id: &str, name: &str, parent: &str, depth: &str, tally: &Tally) -> Vec<String> {
    let mut fields = vec![
        field(id),
        field(name),
        tally.cells().to_string(),
        tally.people().to_string(),
        tally.covered().to_string(),
        optional(share(tally.share())),
        optional(share(tally.score())),
        field(parent),
        depth.to_owned(),
        (tally.people() - tally.covered()).to_string(),
    ];
    fields.extend(VerdictKind::ALL.map(|kind| tally.people_with(kind).to_string()));
    fields.extend(VerdictKind::ALL.map(|kind| tally.cells_with(kind).to_string()));
    fields
}

/// `findings.csv`: what is doubtful about the data.
pub(super) fn findings<'f>(findings: impl Iterator<Item = &'f Finding>, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = writer(out);
    csv.write_record(["severity", "code", "file", "place", "subject", "message"])?;
    for finding in findings {
        csv.write_record([
            &*finding.severity.to_string(),
            finding.code,
            &*field(&finding.file),
            &*finding.place,
            &*field(&finding.subject),
            &*field(&finding.message),
        ])?;
    }
    finish(csv)
}
