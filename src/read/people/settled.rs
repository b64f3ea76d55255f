//! Settled land: areas in which people live, and the streets along which they do.
//!
//! Of a map these are its `landuse=residential` and its streets `highway=residential` and
//! `living_street`, which other files of streets may have, too; of a file of settlements all its areas.

use geo::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};

use super::window::within;
use crate::model::{Boundary, Memory, Outline};
use crate::plane::Position;
use crate::read::crs::Converter;
use crate::read::error::ReadError;
use crate::read::formats::rings::{crossing, trimmed};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::text;
use crate::read::streets::osm::{Feature, Wanted, features, without_outlines};

/// Settled land, and streets with houses along them.
#[derive(Default)]
pub(crate) struct SettledLand {
    areas: Vec<Polygon>,
    /// The rectangle around each area on the plane, with its place in the list.
    rectangles: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    /// Lines of streets.
    pub streets: Vec<Vec<Position>>,
    /// How many areas of a map are none, for they cross themselves or enclose nothing.
    pub flawed: usize,
}

/// The settled land within a rectangle.
pub(super) struct Near {
    pub area: Boundary,
    pub outline: Outline,
}

impl SettledLand {
    /// The land of these areas, on WGS 84. O(n log n).
    pub(crate) fn new(areas: Vec<Polygon>, streets: Vec<Vec<Position>>) -> Self {
        let around = areas.iter().enumerate().filter_map(|(place, area)| {
            let vertices = area.exterior().coords();
            let places = vertices.filter_map(|at| Position::new(at.x, at.y));
            let points: Vec<[f64; 2]> = places.map(Position::on_plane).collect();
            let around = (!points.is_empty()).then(|| AABB::from_points(&points))?;
            Some(GeomWithData::new(Rectangle::from_aabb(around), place))
        });
        Self {
            rectangles: RTree::bulk_load(around.collect()),
            areas,
            streets,
            flawed: 0,
        }
    }

    /// The settled land of a map, already gunzipped. What lies in part beyond the map is none.
    ///
    /// # Errors
    /// When the map is cut or damaged, or holds more than the memory does.
    pub(crate) fn of_map(bytes: &[u8], file: &str, memory: Memory) -> Result<Self, ReadError> {
        let is_home = |&(key, value): &(&str, &str)| match key {
            "landuse" => value == "residential",
            "highway" => HOME_STREETS.contains(&value),
            _ => false,
        };
        let wanted = Wanted {
            key: &|key| matches!(key, "landuse" | "highway"),
            object: &|tags| tags.iter().any(is_home),
        };
        let is_land = |one: &Feature| one.tag("landuse") == Some("residential");
        let found = features(bytes, file, memory, wanted)?;
        let (found, _) = without_outlines(found, |way, area| is_land(way) && is_land(area));
        let mut areas: Vec<Polygon> = Vec::new();
        let mut streets = Vec::new();
        let mut flawed = 0;
        for found in found {
            let is_land = is_land(&found);
            match found.shape {
                Some(Geometry::Polygon(area)) if is_land => areas.push(area),
                Some(Geometry::MultiPolygon(many)) if is_land => areas.extend(many),
                // A street may end where it begins.
                Some(Geometry::Polygon(area)) => streets.push(positions(area.exterior())),
                Some(Geometry::LineString(line)) if !is_land => streets.push(positions(&line)),
                None if is_land && !found.is_cut => flawed += 1,
                _ => {}
            }
        }
        let all = areas.len();
        areas.retain(encloses_land);
        Ok(Self {
            flawed: flawed + all - areas.len(),
            ..Self::new(areas, streets)
        })
    }

    /// The streets with houses among the lines of a table: by their class in this column, which may be
    /// one of the file's own `values` for ours. O(vertices).
    pub(crate) fn of_lines(
        table: &Table,
        column: usize,
        values: &[(String, String)],
        converter: &Converter,
    ) -> Self {
        let is_home = |record: &&Record| {
            let class = text(&record.values[column]).unwrap_or_default();
            let own = values.iter().find(|(theirs, _)| *theirs == class);
            // The study may say which of its own classes are these.
            let class = own.map_or(class.as_str(), |(_, ours)| ours);
            HOME_STREETS.contains(&class)
        };
        let position = |at: &Coord| {
            let [lon, lat] = converter.to_wgs84(at.x, at.y)?;
            Position::new(lon, lat)
        };
        let line = |line: &LineString| line.coords().filter_map(position).collect();
        let mut streets: Vec<Vec<Position>> = Vec::new();
        for record in table.records.iter().filter(is_home) {
            match &record.geometry {
                Some(Geometry::LineString(one)) => streets.push(line(one)),
                Some(Geometry::MultiLineString(many)) => streets.extend(many.iter().map(line)),
                _ => {}
            }
        }
        Self::new(Vec::new(), streets)
    }

    /// The areas alone.
    pub(crate) fn without_streets(self) -> Self {
        Self {
            streets: Vec::new(),
            ..self
        }
    }

    /// The settled land within a rectangle between two corners of the plane; none where none is.
    /// O(log areas, and the vertices of those that touch it).
    pub(super) fn near(&self, low: [f64; 2], high: [f64; 2]) -> Option<Near> {
        let around = AABB::from_corners(low, high);
        let touching = self.rectangles.locate_in_envelope_intersecting(around);
        let mut places: Vec<usize> = touching.map(|found| found.data).collect();
        places.sort_unstable();
        // Nothing that anybody asks lies outside of the rectangle, up to the rounding of places.
        let window = [low.map(|at| at - BESIDE_M), high.map(|at| at + BESIDE_M)];
        let parts = places.iter();
        let areas: MultiPolygon = parts
            .filter_map(|&place| within(&self.areas[place], window))
            .collect();
        let outline = Outline::new(&areas)?;
        let area = outline.area()?;
        Some(Near { area, outline })
    }
}

/// The vertices of a line.
fn positions(line: &LineString) -> Vec<Position> {
    let vertices = line.coords();
    vertices
        .filter_map(|at| Position::new(at.x, at.y))
        .collect()
}

/// Whether each ring of an area encloses something, and none crosses itself or another. O(n log n).
fn encloses_land(area: &Polygon) -> bool {
    let rings = std::iter::once(area.exterior()).chain(area.interiors());
    let rings: Vec<Vec<Coord>> = rings.map(|ring| trimmed(ring).0).collect();
    rings.iter().all(|ring| ring.len() > 2) && crossing(&rings).is_none()
}

/// Land is cut off so many metres of the plane beside a rectangle.
const BESIDE_M: f64 = 10.0;

const HOME_STREETS: [&str; 2] = ["residential", "living_street"];
