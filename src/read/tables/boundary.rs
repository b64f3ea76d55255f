//! The boundary: areas up to whose outline streets and sites are known.

use geo::{Coord, Geometry, LineString, Polygon};

use crate::model::{Boundary, Cells, Severity};
use crate::plane::Position;
use crate::read::crs::{Converter, Crs};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::row_policy::Door;

/// A straight line of the file is cut into pieces no longer than this, in metres: straight in
/// degrees or in a grid is not straight on the plane, but over so short a way no centimetre off it.
const PIECE_M: f64 = 1000.0;

/// The boundary in a table of areas.
///
/// # Errors
/// At the first feature that is no area on the globe, unless bad rows are skipped; and always when no
/// area is left.
pub(crate) fn boundary(
    mut table: Table,
    crs: Crs,
    door: &mut Door<'_>,
) -> Result<Boundary, ReadError> {
    door.reject_unreadable(&mut table)?;
    let converter = crs
        .converter()
        .map_err(|wrong| whole_file(door, "bad-crs", wrong.to_string(), ""))?;
    let mut areas = Vec::new();
    for record in &table.records {
        match areas_of(record, &converter, door) {
            Ok(more) => areas.extend(more),
            Err(bad) => door.reject(bad)?,
        }
    }
    Boundary::new(areas).ok_or_else(|| {
        whole_file(
            door,
            "no-boundary",
            "there is no area in it".to_owned(),
            "give the study area as a polygon",
        )
    })
}

/// Says what the boundary is for, and where it does not fit the cells.
pub(crate) fn notes(boundary: &Boundary, cells: &Cells, door: &mut Door<'_>) {
    let message = "cells from which the boundary can be reached within the limit are judged as if nothing lay \
                   beyond it: their coverage has a lower and an upper bound";
    door.note("boundary", "boundary", message.to_owned());
    let outside = cells
        .iter()
        .filter(|(_, cell)| cell.at.is_some_and(|at| !boundary.contains(at)))
        .count();
    if outside > 0 {
        let message = format!(
            "{outside} of {} cells lie outside of the boundary: what lies around them is not known – check its crs, \
             or draw it up to where streets and sites are complete",
            cells.len()
        );
        door.say(
            Severity::Suspicious,
            "outside-boundary",
            Place::File,
            "cells",
            message,
        );
    }
}

fn whole_file(door: &Door<'_>, code: &'static str, expected: String, remedy: &str) -> ReadError {
    let (file, remedy) = (door.file.clone(), remedy.to_owned());
    BadInput {
        code,
        file,
        expected: expected.into(),
        remedy: remedy.into(),
        ..BadInput::default()
    }
    .into()
}

fn areas_of(
    record: &Record,
    converter: &Converter,
    door: &Door<'_>,
) -> Result<Vec<Vec<Vec<Position>>>, BadInput> {
    let wrong = |expected: &str| {
        door.bad(
            "no-boundary",
            record.place,
            "",
            "",
            expected,
            "mend or remove the feature",
        )
    };
    if let Some(flaw) = &record.flaw {
        return Err(BadInput::clone(flaw));
    }
    let mut polygons = Vec::new();
    polygons_of(
        record
            .geometry
            .as_ref()
            .ok_or_else(|| wrong("it has no geometry"))?,
        &mut polygons,
    );
    if polygons.is_empty() {
        return Err(wrong("it is no area: expected a polygon"));
    }
    let rings = |polygon: &&Polygon| -> Option<Vec<Vec<Position>>> {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .map(|ring| places(ring, converter))
            .collect()
    };
    let areas: Option<Vec<_>> = polygons.iter().map(rings).collect();
    areas.ok_or_else(|| wrong("a vertex lies outside of its coordinate system"))
}

fn polygons_of<'g>(geometry: &'g Geometry, polygons: &mut Vec<&'g Polygon>) {
    match geometry {
        Geometry::Polygon(polygon) => polygons.push(polygon),
        Geometry::MultiPolygon(many) => polygons.extend(many),
        Geometry::GeometryCollection(parts) => {
            parts.iter().for_each(|part| polygons_of(part, polygons))
        }
        _ => {}
    }
}

/// The ring on WGS 84, with a place at least every kilometre.
fn places(ring: &LineString, converter: &Converter) -> Option<Vec<Position>> {
    let place = |c: Coord| {
        converter
            .to_wgs84(c.x, c.y)
            .and_then(|[lon, lat]| Position::new(lon, lat))
    };
    let mut places: Vec<Position> = ring
        .coords()
        .take(1)
        .map(|&c| place(c))
        .collect::<Option<_>>()?;
    for line in ring.lines() {
        // The same places whichever way the line runs, so that neighbours share their outline.
        let back = (line.end.x, line.end.y) < (line.start.x, line.start.y);
        let (from, to) = if back {
            (line.end, line.start)
        } else {
            (line.start, line.end)
        };
        let (a, b) = (place(from)?, place(to)?);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "no line passes 20,004 km"
        )]
        let count = (a.distance(b) / PIECE_M).ceil() as u32;
        let mut steps: Vec<u32> = (1..count.max(1)).collect();
        if back {
            steps.reverse();
        }
        for step in steps {
            let t = f64::from(step) / f64::from(count);
            places.push(place(from + (to - from) * t)?);
        }
        places.push(place(line.end)?);
    }
    Some(places)
}
