//! The boundary: areas up to whose outline streets and sites are known.

use geo::{Coord, Geometry, LineString, Polygon};

use super::coordinates::{converter, whole_file};
use crate::model::{Boundary, Cells, Severity};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::row_policy::Door;
use crate::words::text;

/// A straight line of the file is cut into pieces no longer than this, in metres: straight in
/// degrees or in a grid is not straight on the plane, but over so short a way no centimetre off it.
const PIECE_M: f64 = 1000.0;

/// The boundary in a table of areas.
///
/// # Errors
/// At the first feature that is no area on the globe, unless bad rows are skipped; and always when no
/// area is left.
pub(crate) fn boundary(table: Table, crs: Crs, door: &mut Door<'_>) -> Result<Boundary, ReadError> {
    let areas = areas(table, crs, door)?;
    Boundary::new(areas).ok_or_else(|| {
        let expected = text!(NoAreaInside);
        whole_file(door, "no-boundary", expected, text!(GiveStudyArea))
    })
}

/// All areas of a table: of each its outline, then its holes.
///
/// # Errors
/// At the first feature that is no area on the globe, unless bad rows are skipped.
pub(crate) fn areas(
    mut table: Table,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<Vec<Vec<Vec<Position>>>, ReadError> {
    door.reject_unreadable(&mut table)?;
    let converter = converter(crs, door)?;
    let mut areas = Vec::new();
    for record in &table.records {
        match areas_of(record, &converter, door) {
            Ok(more) => areas.extend(more),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(areas)
}

/// Says what the boundary is for, and where it does not fit the cells; none where they were cut to it.
pub(crate) fn notes(boundary: &Boundary, cells: Option<&Cells>, door: &mut Door<'_>) {
    door.note("boundary", "boundary", text!(BoundaryMeans));
    let Some(cells) = cells else { return };
    let outside = cells
        .iter()
        .filter(|(_, cell)| cell.at.is_some_and(|at| !boundary.contains(at)))
        .count();
    if outside > 0 {
        let message = text!(OutsideBoundary, outside = outside, cells = cells.len());
        door.say(
            Severity::Suspicious,
            "outside-boundary",
            Place::File,
            "cells",
            message,
        );
    }
}

/// The areas of a feature on WGS 84: of each the outline, then its holes.
///
/// # Errors
/// When it is no area on the globe.
pub(crate) fn areas_of(
    record: &Record,
    converter: &Converter,
    door: &Door<'_>,
) -> Result<Vec<Vec<Vec<Position>>>, BadInput> {
    let wrong = |expected| door.feature("no-boundary", record.place, expected);
    if let Some(flaw) = &record.flaw {
        return Err(BadInput::clone(flaw));
    }
    let mut polygons = Vec::new();
    polygons_of(
        record
            .geometry
            .as_ref()
            .ok_or_else(|| wrong(text!(HasNoGeometry)))?,
        &mut polygons,
    );
    if polygons.is_empty() {
        return Err(wrong(text!(NoAreaButPolygon)));
    }
    let rings = |polygon: &&Polygon| -> Option<Vec<Vec<Position>>> {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| places(ring, converter))
            .collect()
    };
    let areas: Option<Vec<_>> = polygons.iter().map(rings).collect();
    areas.ok_or_else(|| wrong(text!(VertexOutside)))
}

fn polygons_of<'g>(geometry: &'g Geometry, polygons: &mut Vec<&'g Polygon>) {
    match geometry {
        Geometry::Polygon(polygon) => polygons.push(polygon),
        Geometry::MultiPolygon(many) => polygons.extend(many),
        Geometry::GeometryCollection(parts) => {
            parts.iter().for_each(|part| polygons_of(part, polygons));
        }
        _ => {}
    }
}

/// The ring on WGS 84, with a place at least every kilometre.
fn places(ring: &LineString, converter: &Converter) -> Option<Vec<Position>> {
    let mut places = Vec::with_capacity(ring.0.len());
    let first = ring.coords().next();
    places.extend(first.map(|&first| place(first, converter)));
    for line in ring.lines() {
        // The same places whichever way the line runs, so that neighbours share their outline.
        let back = (line.end.x, line.end.y) < (line.start.x, line.start.y);
        if back {
            let between = between([line.end, line.start], converter)?;
            places.extend(between.into_iter().rev().map(Some));
        } else {
            let between = between([line.start, line.end], converter)?;
            places.extend(between.into_iter().map(Some));
        }
        places.push(place(line.end, converter));
    }
    places.into_iter().collect()
}

/// The places between two vertices, so many that no piece is longer than [`PIECE_M`].
fn between([from, to]: [Coord; 2], converter: &Converter) -> Option<Vec<Position>> {
    let metres = place(from, converter)?.distance(place(to, converter)?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "no line passes 20,004 km"
    )]
    let pieces = (metres / PIECE_M).ceil() as u32;
    let steps = 1..pieces.max(1);
    steps
        .map(|step| {
            let part = f64::from(step) / f64::from(pieces);
            place(from + (to - from) * part, converter)
        })
        .collect()
}

fn place(at: Coord, converter: &Converter) -> Option<Position> {
    let [lon, lat] = converter.to_wgs84(at.x, at.y)?;
    Position::new(lon, lat)
}
