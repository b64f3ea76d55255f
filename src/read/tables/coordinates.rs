//! Where the rows of a table stand: sites and cells alike.

use geo::{Centroid, Contains, Coord, Geometry, InteriorPoint, MapCoords, MultiPolygon};

use super::columns::{aliases, find};
use crate::model::Outline;
use crate::plane::Position;
use crate::read::crs::{Converter, Crs, guess};
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::{number, shown};
use crate::read::listed::listed;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

/// How the rows of one table are placed.
pub(crate) struct Placer {
    /// Longitude and latitude columns; none where the rows carry geometry.
    columns: Option<[usize; 2]>,
    converter: Converter,
    crs: String,
}

impl Placer {
    /// Finds out how the rows of this table are placed, and whether they can be in this system.
    ///
    /// # Errors
    /// When there are neither geometries nor columns for longitude and latitude, or most rows
    /// cannot be in this coordinate system.
    pub(crate) fn new(table: &Table, crs: Crs, door: &Door<'_>) -> Result<Self, ReadError> {
        let converter = converter(crs, door)?;
        let features = table
            .records
            .iter()
            .any(|record| matches!(record.place, Place::Feature(_)))
            && find(table, "lon").is_ok_and(|lon| lon.is_none());
        // A file of features has its places in them, even where every one is null.
        let columns = if features
            || table.columns.is_empty()
            || table.records.iter().any(|r| r.geometry.is_some())
        {
            None
        } else {
            Some([
                coordinate_column(table, "lon", door)?,
                coordinate_column(table, "lat", door)?,
            ])
        };
        let placer = Self {
            columns,
            converter,
            crs: crs.name(),
        };
        placer.check_range(table, door)?;
        Ok(placer)
    }

    /// The row's point in the file's own coordinates.
    fn raw(&self, record: &Record, table: &Table, door: &Door<'_>) -> Result<[f64; 2], BadInput> {
        let Some(columns) = self.columns else {
            return geometry_point(record, door);
        };
        let mut point = [0.0; 2];
        for (value, column) in point.iter_mut().zip(columns) {
            let name = &table.columns[column];
            *value = number(&record.values[column])
                .map_err(|wrong| door.wrong(wrong, record.place, name))?
                .ok_or_else(|| {
                    door.bad(
                        "no-coordinate",
                        record.place,
                        name,
                        "",
                        text!(ItIsEmpty),
                        text!(FillInCoordinate),
                    )
                })?;
        }
        Ok(point)
    }

    /// Where the row stands on WGS 84.
    ///
    /// # Errors
    /// When it has no usable coordinates.
    pub(crate) fn place(
        &self,
        record: &Record,
        table: &Table,
        door: &Door<'_>,
    ) -> Result<Position, BadInput> {
        let [x, y] = self.raw(record, table, door)?;
        let position = self
            .converter
            .to_wgs84(x, y)
            .and_then(|[lon, lat]| Position::new(lon, lat));
        position.ok_or_else(|| {
            door.bad(
                "not-on-the-globe",
                record.place,
                "",
                &format!("{}, {}", shown(x), shown(y)),
                text!(NotOnTheGlobe, crs = &self.crs),
                text!(MendCoordinates),
            )
        })
    }

    /// The outline of a row that is an area, on WGS 84; none for a point.
    pub(crate) fn outline(&self, record: &Record) -> Option<Outline> {
        let areas = match record.geometry.as_ref()? {
            Geometry::Polygon(polygon) => MultiPolygon(vec![polygon.clone()]),
            Geometry::MultiPolygon(polygons) => polygons.clone(),
            _ => return None,
        };
        Outline::new(&areas.map_coords(|at| self.on_wgs84(at)))
    }

    /// A vertex on WGS 84; nowhere where it is outside of its system.
    fn on_wgs84(&self, at: Coord<f64>) -> Coord<f64> {
        let place = self.converter.to_wgs84(at.x, at.y);
        place.map_or([f64::NAN; 2].into(), Coord::from)
    }

    /// Refuses a table of which most rows lie outside of its coordinate system, with a guess why.
    fn check_range(&self, table: &Table, door: &Door<'_>) -> Result<(), ReadError> {
        // So many rows tell as well as all whether the system is wrong.
        let points: Vec<[f64; 2]> = table
            .records
            .iter()
            .filter_map(|record| self.raw(record, table, door).ok())
            .take(10_000)
            .collect();
        refuse_degrees(&points, &self.crs, &self.converter, door)?;
        let outside = |&[x, y]: &[f64; 2]| {
            self.converter
                .to_wgs84(x, y)
                .is_none_or(|[lon, lat]| Position::new(lon, lat).is_none())
        };
        let strangers: Vec<[f64; 2]> = points
            .iter()
            .filter(|point| outside(point))
            .copied()
            .collect();
        // A few strays are bad rows; most of them, and the system itself is wrong.
        if strangers.len() * 2 <= points.len() {
            return Ok(());
        }
        let hint = guess::unprojected_hint(&strangers).unwrap_or_else(|| text!(WriteCrs));
        let expected = text!(
            OutsideItsCrs,
            outside = strangers.len(),
            points = points.len(),
            crs = &self.crs,
        );
        Err(whole_file(door, "outside-its-crs", expected, hint))
    }
}

/// Refuses degrees in a file that says it is in metres.
///
/// # Errors
/// When all points look like degrees, and the system takes them elsewhere.
pub(crate) fn refuse_degrees(
    points: &[[f64; 2]],
    crs: &str,
    converter: &Converter,
    door: &Door<'_>,
) -> Result<(), ReadError> {
    if !crs.starts_with("EPSG:") || !looks_like_degrees(points, converter) {
        return Ok(());
    }
    let expected = text!(DegreesNotMetres, crs = crs);
    Err(whole_file(
        door,
        "degrees-not-metres",
        expected,
        text!(WriteWgs84),
    ))
}

/// Whether numbers that would be degrees stand for something else in this system: metres.
fn looks_like_degrees(points: &[[f64; 2]], converter: &Converter) -> bool {
    let degrees = |&[x, y]: &[f64; 2]| x.abs() <= 180.0 && y.abs() <= 90.0;
    let moved = |&[x, y]: &[f64; 2]| {
        converter
            .to_wgs84(x, y)
            .is_none_or(|[lon, lat]| (lon - x).abs() > 0.1 || (lat - y).abs() > 0.1)
    };
    !points.is_empty() && points.iter().all(|point| degrees(point) && moved(point))
}

/// What turns the coordinates of a file into WGS 84.
///
/// # Errors
/// When its system cannot be converted.
pub(crate) fn converter(crs: Crs, door: &Door<'_>) -> Result<Converter, ReadError> {
    let converter = crs.converter();
    converter.map_err(|wrong| whole_file(door, "bad-crs", wrong.text(), Text::default()))
}

/// What is wrong with a file as a whole.
pub(super) fn whole_file(
    door: &Door<'_>,
    code: &'static str,
    expected: Text,
    remedy: Text,
) -> ReadError {
    BadInput {
        code,
        file: door.file.clone(),
        expected,
        remedy,
        ..BadInput::default()
    }
    .into()
}

fn coordinate_column(table: &Table, canonical: &str, door: &Door<'_>) -> Result<usize, ReadError> {
    let found = find(table, canonical).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    found.ok_or_else(|| {
        let expected = text!(
            NoCoordinateColumn,
            column = canonical,
            columns = listed(table.columns.iter().map(String::as_str)),
        );
        let remedy = text!(
            NameCoordinateColumn,
            column = canonical,
            names = listed(aliases(canonical).iter().copied()),
        );
        whole_file(door, "no-such-column", expected, remedy)
    })
}

/// A point stands where it is, a polygon at its centroid if that lies inside, else at an interior point.
fn geometry_point(record: &Record, door: &Door<'_>) -> Result<[f64; 2], BadInput> {
    let wrong = |expected| door.bad("no-point", record.place, "", "", expected, text!(GivePoint));
    if let Some(flaw) = &record.flaw {
        return Err(BadInput::clone(flaw));
    }
    let point = match record
        .geometry
        .as_ref()
        .ok_or_else(|| wrong(text!(PointForNoGeometry)))?
    {
        Geometry::Point(point) => Some(*point),
        Geometry::MultiPoint(points) if points.0.len() == 1 => points.0.first().copied(),
        Geometry::Polygon(polygon) => inner_point(polygon),
        Geometry::MultiPolygon(polygons) => inner_point(polygons),
        _ => None,
    };
    point
        .map(|point| [point.x(), point.y()])
        .ok_or_else(|| wrong(text!(PointForOtherGeometry)))
}

fn inner_point<G>(area: &G) -> Option<geo::Point>
where
    G: Centroid<Output = Option<geo::Point>>
        + InteriorPoint<Output = Option<geo::Point>>
        + Contains<geo::Point>,
{
    area.centroid()
        .filter(|centroid| area.contains(centroid))
        .or_else(|| area.interior_point())
}
