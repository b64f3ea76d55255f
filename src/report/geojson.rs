//! `cells.geojson` and `sites.geojson`, after RFC 7946: WGS 84, longitude first.

use std::io;

use serde::Serialize;

use super::atomic::Out;
use super::csv::in_blocks;
use super::number::{Number, Tenths};
use super::results::Results;
use super::tables::cells::{CellRow, Rules};
use crate::ids::{CellId, SiteId};
use crate::plane::Position;
use crate::score::{Coverage, Served};

#[derive(Serialize)]
struct Feature<P> {
    r#type: &'static str,
    geometry: Option<Point>,
    properties: P,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    coordinates: [f64; 2],
}

impl<P> Feature<P> {
    fn new(at: Option<Position>, properties: P) -> Self {
        Self {
            r#type: "Feature",
            geometry: at.map(point),
            properties,
        }
    }
}

/// A point with seven decimals, a centimetre.
fn point(at: Position) -> Point {
    let short = |degrees: f64| (degrees * 1e7).round() / 1e7 + 0.0;
    Point {
        r#type: "Point",
        coordinates: [short(at.lon()), short(at.lat())],
    }
}

pub(super) fn write_cells(results: &Results<'_, '_>, out: &mut dyn Out) -> io::Result<()> {
    let (now, rules) = (results.now, Rules::of(results));
    let cells = now.study().cells();
    write_features(cells.len(), out, |place| {
        let id = CellId::new(place);
        Feature::new(cells[id].at, CellRow::of(now, &rules, id))
    })
}

#[derive(Serialize)]
struct SiteRow<'a> {
    id: &'a str,
    name: &'a str,
    kind: Option<&'a str>,
    unit: Option<&'a str>,
    snapped: bool,
    gap_m: Option<Tenths>,
    items: usize,
    cells: u64,
    people: Number,
    cells_nearest: u64,
    people_nearest: Number,
}

pub(super) fn write_sites(now: &Coverage, out: &mut dyn Out) -> io::Result<()> {
    let (sites, served) = (now.study().sites(), now.by_site());
    write_features(sites.len(), out, |place| {
        let id = SiteId::new(place);
        Feature::new(Some(sites[id].at), site_row(now, id, served[place]))
    })
}

fn site_row<'a>(now: &Coverage<'a>, id: SiteId, served: Served) -> SiteRow<'a> {
    let (study, gap) = (now.study(), now.times().links().site(id).gap());
    let site = &study.sites()[id];
    SiteRow {
        id: &site.id,
        name: &site.name,
        kind: Some(site.kind.as_str()).filter(|kind| !kind.is_empty()),
        unit: site.unit.map(|unit| study.units()[unit].id.as_str()),
        snapped: gap.is_some(),
        gap_m: gap.map(Tenths::metres),
        items: now
            .items()
            .iter()
            .filter(|&&item| now.handles(id, item))
            .count(),
        cells: served.cells,
        people: Number::people(served.people),
        cells_nearest: served.cells_nearest,
        people_nearest: Number::people(served.people_nearest),
    }
}

/// A collection, one feature a line.
fn write_features<P: Serialize>(
    count: usize,
    out: &mut dyn Out,
    feature: impl Fn(usize) -> Feature<P> + Sync,
) -> io::Result<()> {
    out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    in_blocks(count, 4096, out, |places| {
        let mut text = Vec::new();
        for place in places {
            text.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut text, &feature(place))?;
        }
        Ok(text)
    })?;
    out.write_all(b"\n]}\n")
}
