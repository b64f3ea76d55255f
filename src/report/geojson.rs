//! `cells.geojson` and `sites.geojson`, after RFC 7946: WGS 84, longitude first.

use std::io;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::column::Columns;
use super::csv::in_blocks;
use super::out::Out;
use super::results::Results;
use super::tables::cells::{self, CellRows};
use super::tables::sites;
use crate::ids::{CellId, SiteId};
use crate::plane::Position;
use crate::score::Coverage;

/// A row as a feature: where it is, and its columns as properties.
#[derive(Serialize)]
#[serde(bound = "")]
struct Feature<'r, R> {
    r#type: &'static str,
    geometry: Option<Point>,
    properties: Properties<'r, R>,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

struct Properties<'r, R> {
    columns: &'r Columns<R>,
    row: R,
}

impl<R> Serialize for Properties<'_, R> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.columns.len()))?;
        for column in self.columns.iter() {
            map.serialize_entry(&column.name, &column.of(&self.row))?;
        }
        map.end()
    }
}

/// A point with seven decimals, a centimetre.
fn point(at: Position) -> Point {
    Point {
        r#type: "Point",
        coordinates: [short(at.lon()), short(at.lat())],
    }
}

fn short(degrees: f64) -> f64 {
    // Adding nothing turns −0 into 0.
    (degrees * 1e7).round() / 1e7 + 0.0
}

pub(super) fn write_cells(results: &Results<'_, '_>, out: &mut dyn Out) -> io::Result<()> {
    let rows = CellRows::of(results);
    let columns = cells::columns(results.rules_on());
    let cells = results.now.study().cells();
    write_features(&columns, cells.len(), out, |place| {
        let id = CellId::new(place);
        (cells[id].at, rows.row(id))
    })
}

pub(super) fn write_sites(now: &Coverage<'_>, out: &mut dyn Out) -> io::Result<()> {
    let served = now.by_site();
    let all = now.study().sites();
    write_features(&sites::columns(), all.len(), out, |place| {
        let id = SiteId::new(place);
        (Some(all[id].at), sites::row(now, id, served[place]))
    })
}

/// A collection, one feature a line.
fn write_features<R>(
    columns: &Columns<R>,
    count: usize,
    out: &mut dyn Out,
    row: impl Fn(usize) -> (Option<Position>, R) + Sync,
) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    in_blocks(count, 4096, out, |places| {
        let mut text = Vec::new();
        for place in places {
            text.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
            let (at, row) = row(place);
            let feature = Feature {
                r#type: "Feature",
                geometry: at.map(point),
                properties: Properties { columns, row },
            };
            serde_json::to_writer(&mut text, &feature)?;
        }
        Ok(text)
    })?;
    out.write_all(b"\n]}\n")
}
