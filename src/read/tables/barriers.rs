//! Barriers: lines, or outlines of areas, that no point may be snapped across.

use super::coordinates::converter;
use geo::{Geometry, LineString};

use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::row_policy::Door;
use crate::words::text;

/// The barriers of a table, as pairs of neighbouring vertices.
///
/// # Errors
/// At the first feature that is no line or area on the globe, unless bad rows are skipped.
pub(crate) fn barriers(
    mut table: Table,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<Vec<[Position; 2]>, ReadError> {
    door.reject_unreadable(&mut table)?;
    let converter = converter(crs, door)?;
    let mut barriers = Vec::new();
    for record in &table.records {
        match barrier(record, &converter, door) {
            Ok(pieces) => barriers.extend(pieces),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(barriers)
}

fn barrier(
    record: &Record,
    converter: &Converter,
    door: &Door<'_>,
) -> Result<Vec<[Position; 2]>, BadInput> {
    let wrong = |expected| door.feature("no-barrier", record.place, expected);
    if let Some(flaw) = &record.flaw {
        return Err(BadInput::clone(flaw));
    }
    let mut lines = Vec::new();
    lines_of(
        record
            .geometry
            .as_ref()
            .ok_or_else(|| wrong(text!(HasNoGeometry)))?,
        &mut lines,
    );
    if lines.is_empty() {
        return Err(wrong(text!(NeitherLineNorArea)));
    }
    let mut pieces = Vec::new();
    for line in lines {
        let place = |c: &geo::Coord| {
            converter
                .to_wgs84(c.x, c.y)
                .and_then(|[lon, lat]| Position::new(lon, lat))
        };
        let positions: Option<Vec<Position>> = line.coords().map(place).collect();
        let positions = positions.ok_or_else(|| wrong(text!(VertexOutside)))?;
        // On the plane such a piece would run round the whole globe.
        if positions
            .windows(2)
            .any(|pair| pair[0].is_across_180(pair[1]))
        {
            return Err(wrong(text!(RunsAcross180)));
        }
        pieces.extend(positions.windows(2).map(|pair| [pair[0], pair[1]]));
    }
    Ok(pieces)
}

fn lines_of<'g>(geometry: &'g Geometry, lines: &mut Vec<&'g LineString>) {
    let mut rings = |polygon: &'g geo::Polygon| {
        lines.push(polygon.exterior());
        lines.extend(polygon.interiors());
    };
    match geometry {
        Geometry::Polygon(polygon) => rings(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().for_each(rings),
        Geometry::LineString(line) => lines.push(line),
        Geometry::MultiLineString(many) => lines.extend(many),
        Geometry::GeometryCollection(parts) => parts.iter().for_each(|part| lines_of(part, lines)),
        _ => {}
    }
}
