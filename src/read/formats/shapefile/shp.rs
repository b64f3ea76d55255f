//! The shapes of a `.shp`.

use std::io::Cursor;
use std::ops::Range;

use shapefile::{Point, PointM, PointZ, PolygonRing, ReadableShape, Shape};

use crate::read::error::{ReadError, damaged};
use crate::read::formats::guarded::guarded;
use crate::read::formats::json_coordinates::Coordinates;
use crate::read::formats::json_parts::Part;
use crate::read::formats::nesting::{Ring, polygons, position};
use crate::words::text;

/// The length of the header.
pub(super) const HEADER: usize = 100;
/// The length of the header of a record.
const RECORD_HEADER: usize = 8;
/// What is no height: the format's own mark, and all that lies beyond.
const NO_DATA: f64 = -1e38;

/// A `.shp` whose records lie one behind the other and fill it.
pub(super) struct Shapes<'a> {
    bytes: &'a [u8],
    records: Vec<Range<usize>>,
}

impl<'a> Shapes<'a> {
    /// Finds the records.
    ///
    /// # Errors
    /// When the file does not have the length that it claims, or a record does not fit into it.
    pub(super) fn of(bytes: &'a [u8], file: &str) -> Result<Self, ReadError> {
        let claimed = big_endian(bytes, 24).unwrap_or_default() as usize * 2;
        if claimed != bytes.len() {
            let expected = text!(LengthClaimed, claimed = claimed, bytes = bytes.len());
            return Err(damaged("cut-off", file, expected).into());
        }
        let mut records = Vec::new();
        let mut at = HEADER;
        while at < bytes.len() {
            let words = big_endian(bytes, at + 4).unwrap_or(u32::MAX) as usize;
            let start = at + RECORD_HEADER;
            let end = start + words * 2;
            // Lengths are counted in words of two bytes, and the kind of a shape takes two of them.
            if end > bytes.len() || words < 2 {
                let expected = text!(ShapeOutside, number = records.len() + 1);
                return Err(damaged("bad-shapefile", file, expected).into());
            }
            records.push(start..end);
            at = end;
        }
        Ok(Self { bytes, records })
    }

    pub(super) fn count(&self) -> usize {
        self.records.len()
    }

    /// A shape, as GeoJSON would write it.
    ///
    /// # Errors
    /// When the record is none of a shapefile: what follows it cannot be believed either.
    pub(super) fn shape(&self, number: usize, file: &str) -> Result<Part, ReadError> {
        let record = &self.bytes[self.records[number].clone()];
        let shape = is_within(record).then(|| {
            let size = i32::try_from(record.len()).unwrap_or(i32::MAX);
            // The fence holds what is known of the crate; what is not known must end no run.
            guarded(|| Shape::read_from(&mut Cursor::new(record), size))
        });
        match shape {
            Some(Some(Ok(shape))) => Ok(part(shape)),
            Some(Some(Err(_)) | None) | None => {
                let expected = text!(ShapeDamaged, number = number + 1);
                Err(damaged("bad-shapefile", file, expected).into())
            }
        }
    }
}

fn big_endian(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_be_bytes(*four))
}

/// Whether a record has room for as many parts and vertices as it claims: the crate asks for the
/// memory of them before it reads one.
fn is_within(record: &[u8]) -> bool {
    let count = |at: usize| {
        let four = record.get(at..).and_then(<[u8]>::first_chunk);
        four.map(|four| u64::from(u32::from_le_bytes(*four)))
    };
    let needed = match (count(0), count(36), count(40)) {
        // Lines, areas and patches: the counts of parts and of vertices stand behind a box.
        (Some(3 | 5 | 13 | 15 | 23 | 25 | 31), Some(parts), Some(points)) => {
            parts * 4 + points * 16
        }
        // Several points: their count stands behind a box.
        (Some(8 | 18 | 28), Some(points), _) => points * 16,
        (Some(3 | 5 | 8 | 13 | 15 | 18 | 23 | 25 | 28 | 31) | None, ..) => return false,
        (Some(_), ..) => 0,
    };
    needed <= record.len() as u64
}

/// A vertex of any kind. M, the measure along a line, is no height.
trait Vertex {
    fn place(&self) -> [f64; 2];
    fn height(&self) -> f32 {
        f32::NAN
    }
}

impl Vertex for Point {
    fn place(&self) -> [f64; 2] {
        [self.x, self.y]
    }
}

impl Vertex for PointM {
    fn place(&self) -> [f64; 2] {
        [self.x, self.y]
    }
}

impl Vertex for PointZ {
    fn place(&self) -> [f64; 2] {
        [self.x, self.y]
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are good to a millimetre"
    )]
    fn height(&self) -> f32 {
        if self.z > NO_DATA {
            self.z as f32
        } else {
            f32::NAN
        }
    }
}

fn part(shape: Shape) -> Part {
    match shape {
        Shape::NullShape => Part::Null,
        Shape::Point(point) => Part::geometry("Point", vertex(&point)),
        Shape::PointM(point) => Part::geometry("Point", vertex(&point)),
        Shape::PointZ(point) => Part::geometry("Point", vertex(&point)),
        Shape::Multipoint(points) => Part::geometry("MultiPoint", vertices(points.points())),
        Shape::MultipointM(points) => Part::geometry("MultiPoint", vertices(points.points())),
        Shape::MultipointZ(points) => Part::geometry("MultiPoint", vertices(points.points())),
        Shape::Polyline(line) => lines(line.parts()),
        Shape::PolylineM(line) => lines(line.parts()),
        Shape::PolylineZ(line) => lines(line.parts()),
        Shape::Polygon(area) => area_of(area.rings()),
        Shape::PolygonM(area) => area_of(area.rings()),
        Shape::PolygonZ(area) => area_of(area.rings()),
        // A body of three dimensions: told as a geometry of another type.
        Shape::Multipatch(_) => Part::geometry("MultiPatch", Coordinates::List(Vec::new())),
    }
}

fn vertex(vertex: &impl Vertex) -> Coordinates {
    position(vertex.place(), vertex.height())
}

fn vertices<V: Vertex>(all: &[V]) -> Coordinates {
    Coordinates::List(all.iter().map(vertex).collect())
}

/// Lines; a single one by itself, as GeoJSON has it.
fn lines<V: Vertex>(parts: &[Vec<V>]) -> Part {
    match parts {
        [only] => Part::geometry("LineString", vertices(only)),
        parts => {
            let lines = parts.iter().map(|part| vertices(part)).collect();
            Part::geometry("MultiLineString", Coordinates::List(lines))
        }
    }
}

fn area_of<V: Vertex>(rings: &[PolygonRing<V>]) -> Part {
    let rings: Vec<Ring> = rings.iter().map(ring).collect();
    polygons(&rings)
}

fn ring<V: Vertex>(ring: &PolygonRing<V>) -> Ring {
    ring.points().iter().map(Vertex::place).collect()
}
