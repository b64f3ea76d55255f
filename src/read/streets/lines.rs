//! Streets as plain lines: GeoJSON whose lines join where they share a vertex.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use geo::{Geometry, LineString, Polygon};

use super::attributes::value_of;
use super::knots;
use super::node_rule::{self, Knot};
use super::not_understood::{NotUnderstood, Oddity};
use super::street_columns::StreetColumns;
use super::tags;
use super::walk_rule::{self, HowWalked, Walked};
use super::walkable;
use super::ways::{About, Access, Doubts, Names, RawStreets, Stretch};
use crate::model::WalkRule;
use crate::plane::Position;
use crate::read::error::{Place, ReadError};
use crate::read::formats::feature::Feature;
use crate::read::formats::layer::{Layer, for_each_feature};
use crate::read::formats::table::{BadRows, Remark};

/// The lines of a file, in its own coordinate system (x east, y north).
#[derive(Debug, Default)]
pub(crate) struct PlainLines {
    /// Each line that may be walked.
    pub lines: Vec<PlainLine>,
    /// Barriers and crossings that are points.
    pub knots: Vec<PlainKnot>,
    /// The names of lines.
    pub names: Names,
    /// Lines seen, walkable or not: each line of a multi-line and each outline of an `area=yes`.
    pub lines_seen: u64,
    /// What was left out.
    pub left_out: LeftOut,
    /// The coordinate system that the file names, as [`crate::read::formats::table::Table::declared_crs`].
    pub declared_crs: Option<String>,
    /// The encoding of the file.
    pub encoding: &'static str,
    /// The box that the file names: west, south, east, north.
    pub bounds: Option<[f64; 4]>,
    /// What the reader of the file has to tell of it as a whole.
    pub remarks: Vec<Remark>,
    /// The features that could not be read.
    pub bad: BadRows,
    /// What is not understood of the attributes.
    pub odd: NotUnderstood,
    /// The columns, as the study names them.
    pub columns: StreetColumns,
    how: HowWalked,
}

/// A barrier or a crossing that is a point.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlainKnot {
    pub at: [f64; 2],
    pub knot: Knot,
    /// The feature that it is.
    pub place: Place,
}

/// What a file of streets holds that is no line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct LeftOut {
    pub points: u64,
    /// Areas that are not tagged `area=yes`.
    pub areas: u64,
    /// Features whose geometry is null or empty.
    pub nowhere: u64,
}

/// A line that may be walked.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PlainLine {
    pub vertices: Vec<[f64; 2]>,
    /// The height of each vertex in metres, NaN where unknown; or nothing at all.
    pub heights: Vec<f32>,
    /// What its tags tell, where it is not plain and nameless.
    pub about: Option<About>,
    /// The feature that it belongs to.
    pub place: Place,
    /// Whether it is a street only where it shares a vertex with one that is one anyhow.
    pub joining: bool,
}

/// Reads the walkable lines of a GeoJSON file: lines, and the outlines of areas tagged `area=yes`.
///
/// Streams: apart from the bytes it keeps only the vertices.
///
/// # Errors
///
/// As [`for_each_feature`], and when a column that the study names is not there.
pub(crate) fn lines<'a>(
    layer: impl Into<Layer<'a>>,
    file: &str,
    columns: StreetColumns,
    how: HowWalked,
) -> Result<PlainLines, ReadError> {
    let mut read = PlainLines {
        columns,
        how,
        ..PlainLines::default()
    };
    let about = for_each_feature(
        layer.into(),
        file,
        &mut |place: Place, feature| match feature {
            Ok(Feature {
                flaw: Some(flaw), ..
            }) => read.bad.push(flaw.at(file, place, None)),
            Ok(feature) => read.take(place, &feature),
            Err(bad) => read.bad.push(bad),
        },
    )?;
    read.declared_crs = about.declared_crs;
    read.encoding = about.encoding;
    read.bounds = about.bounds;
    read.remarks = about.remarks;
    // Only now: a column may stand in the last feature alone.
    read.columns.check_seen(file)?;
    Ok(read)
}

impl PlainLines {
    /// Takes in a feature: a barrier or crossing that is a point, else lines by the walk rule.
    fn take(&mut self, place: Place, feature: &Feature) {
        let Some(geometry) = &feature.geometry else {
            self.left_out.nowhere += 1;
            return;
        };
        let rule = self.how.rule;
        let shown = || place.to_string();
        let attributes = self.columns.attributes(feature, rule, &mut self.odd, shown);
        if let Geometry::Point(point) = geometry {
            let tell = &mut |oddity, what| self.odd.see(oddity, what, shown);
            let knot = node_rule::knot(&attributes, self.how, tell);
            // A point that does nothing goes on: it is counted with the points that are left out.
            if !knot.is_nothing() {
                let at = [point.x(), point.y()];
                self.knots.push(PlainKnot { at, knot, place });
                return;
            }
        }
        // W2 asks whether anybody walks there, W3 who does.
        let walked = match rule {
            WalkRule::W2 if walkable::plain_line(|key| value_of(&attributes, key)) => {
                Walked::By(Access::Public)
            }
            WalkRule::W2 => Walked::NoStreet,
            // A point is no line, and nothing is asked of it.
            WalkRule::W3 if matches!(geometry, Geometry::Point(_)) => Walked::NoStreet,
            WalkRule::W3 => {
                let tell = &mut |oddity, what| self.odd.see(oddity, what, shown);
                walk_rule::plain_line(&attributes, tell)
            }
        };
        let told = tags::told(
            attributes
                .iter()
                .map(|(key, value)| (key.as_ref(), value.as_ref())),
        );
        let (access, joining) = match walked {
            Walked::By(access) => (access, false),
            Walked::WhereItJoins(access) => (access, true),
            Walked::NoStreet => (Access::Closed, false),
        };
        let walkable = access != Access::Closed;
        // The name of a line that is not walked would be kept for nothing.
        let name = told
            .name
            .filter(|_| walkable)
            .and_then(|name| self.names.place(name));
        let about = About {
            traits: told.traits,
            name,
            access,
        };
        let mut tags = Tags {
            walkable,
            joining,
            area: match rule {
                WalkRule::W2 => value_of(&attributes, "area") == Some("yes"),
                WalkRule::W3 => walk_rule::is_area(&attributes),
            },
            rule,
            about: Some(about).filter(|about| !about.is_nothing()),
            place,
            heights: &feature.heights,
        };
        self.geometry(geometry, &mut tags);
    }

    fn geometry(&mut self, geometry: &Geometry<f64>, tags: &mut Tags<'_>) {
        match geometry {
            Geometry::LineString(line) => self.line(line, tags.next(line.0.len()), tags),
            Geometry::MultiLineString(lines) => {
                for line in lines {
                    self.line(line, tags.next(line.0.len()), tags);
                }
            }
            Geometry::Polygon(area) => self.area(area, tags),
            Geometry::MultiPolygon(areas) => {
                for area in areas {
                    self.area(area, tags);
                }
            }
            Geometry::GeometryCollection(members) => {
                for member in members {
                    self.geometry(member, tags);
                }
            }
            Geometry::MultiPoint(points) => self.left_out.points += points.0.len() as u64,
            Geometry::Point(_) => self.left_out.points += 1,
            // GeoJSON has none of these.
            Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {
                self.left_out.areas += 1;
            }
        }
    }

    /// Takes the outlines of an area that is tagged as one: a square is crossed along its edge.
    /// Any other area is a park or a building, and no street.
    fn area(&mut self, area: &Polygon<f64>, tags: &Tags<'_>) {
        if !tags.area {
            self.left_out.areas += 1;
            return;
        }
        self.line(area.exterior(), &[], tags);
        // The rim of a fountain on a square is an island unless it joins something.
        let rim = Tags {
            joining: tags.joining || tags.rule == WalkRule::W3,
            ..*tags
        };
        for hole in area.interiors() {
            self.line(hole, &[], &rim);
        }
    }

    fn line(&mut self, line: &LineString<f64>, heights: &[f32], tags: &Tags<'_>) {
        self.lines_seen += 1;
        if tags.walkable {
            let vertices = line.coords().map(|c| [c.x, c.y]).collect();
            self.lines.push(PlainLine {
                vertices,
                heights: heights.to_vec(),
                about: tags.about,
                place: tags.place,
                joining: tags.joining,
            });
        }
    }
}

/// What holds for all lines of a feature.
struct Tags<'a> {
    walkable: bool,
    joining: bool,
    area: bool,
    rule: WalkRule,
    about: Option<About>,
    place: Place,
    /// The heights of the lines that are still to come.
    heights: &'a [f32],
}

impl<'a> Tags<'a> {
    /// The heights of the next line, of so many vertices.
    fn next(&mut self, vertices: usize) -> &'a [f32] {
        let (next, rest) = self.heights.split_at(vertices.min(self.heights.len()));
        self.heights = rest;
        next
    }
}

/// Vertices closer than this to each other, in degrees, are one: about a centimetre.
const GRID: f64 = 1e7;

/// Joins lines (longitude and latitude on WGS 84) where they share a vertex, coordinates being
/// equal after rounding to 1e-7°; vertices stand at the rounded position, so that the order of the
/// lines does not move them.
///
/// Pieces come in the order of the lines; a piece between a vertex and itself is dropped, and a line
/// that has no other is counted as a point. A vertex that is nowhere on the globe parts its line and
/// counts as missing. Takes O(vertices).
pub(crate) fn joined(lines: &mut PlainLines) -> RawStreets {
    let mut joint = Joint::default();
    joint.streets.lines = lines.lines_seen;
    joint.streets.names = std::mem::take(&mut lines.names);
    let (joining, streets): (Vec<_>, Vec<_>) = lines.lines.iter().partition(|line| line.joining);
    for line in streets {
        joint.add(line);
    }
    // Before any of them is added: two platforms that join each other join no street.
    let joining = joining.into_iter().filter(|line| joint.meets(line));
    for line in joining.collect::<Vec<_>>() {
        joint.add(line);
    }
    joint.streets.odd = std::mem::take(&mut lines.odd);
    let knots = joint.knots(&lines.knots);
    let mut streets = joint.streets;
    (streets.heights, streets.doubts) = joint.heights.settled(streets.nodes.len());
    knots::tied(&mut streets, knots);
    streets
}

/// A position in steps of 1e-7°; none off the globe.
fn rounded([lon, lat]: [f64; 2]) -> Option<[i32; 2]> {
    Position::new(lon, lat)?;
    #[expect(clippy::cast_possible_truncation, reason = "at most 180e7")]
    let steps = [lon, lat].map(|degrees| (degrees * GRID).round() as i32);
    Some(steps)
}

/// The steps as one number.
fn key(steps: [i32; 2]) -> u64 {
    let [x, y] = steps.map(|steps| u64::from(steps.cast_unsigned()));
    x << 32 | y
}

/// Lines that are joined one after the other.
#[derive(Default)]
struct Joint {
    streets: RawStreets,
    /// The vertex at each rounded position.
    known: HashMap<u64, u32>,
    heights: Heights,
}

impl Joint {
    /// Adds a line: its vertices, the pieces between them, and what is told of it. O(vertices).
    fn add(&mut self, line: &PlainLine) {
        let before = self.streets.pieces.len();
        let mut last = None;
        for (place, &vertex) in line.vertices.iter().enumerate() {
            let node = self.node(vertex);
            if let Some(node) = node {
                let height = line.heights.get(place).copied();
                self.heights.take(node as usize, height.unwrap_or(f32::NAN));
            } else {
                self.streets.missing_vertices += 1;
            }
            // A vertex that is nowhere parts the line: no piece leads to it or from it.
            if let (Some(from), Some(to)) = (last, node)
                && from != to
            {
                self.streets.pieces.push([from, to]);
            }
            last = node;
        }
        let pieces = before..self.streets.pieces.len();
        let is_point = pieces.is_empty() && !line.vertices.is_empty();
        let access = line.about.unwrap_or_default().access;
        self.streets.points += u64::from(is_point);
        self.streets.walkable += u64::from(!is_point && access == Access::Public);
        let stretch = line.about.and_then(|about| Stretch::new(pieces, about));
        self.streets.stretches.extend(stretch);
    }

    /// Whether a line shares a vertex with those that are there.
    fn meets(&self, line: &PlainLine) -> bool {
        let mut places = line.vertices.iter().filter_map(|&at| rounded(at));
        places.any(|steps| self.known.contains_key(&key(steps)))
    }

    /// What the vertices at these places do to those who go through them; what stands on no vertex is
    /// told.
    fn knots(&mut self, all: &[PlainKnot]) -> BTreeMap<u32, Knot> {
        let mut knots = BTreeMap::new();
        for PlainKnot { at, knot, place } in all {
            let node = rounded(*at).and_then(|steps| self.known.get(&key(steps)));
            if let Some(&node) = node {
                knots.insert(node, *knot);
            } else {
                let what = format!("{}, {}", at[0], at[1]);
                self.streets
                    .odd
                    .see(Oddity::OffTheStreet, what, || place.to_string());
            }
        }
        knots
    }

    /// The vertex at a position, a new one where none is near; none off the globe. O(1).
    fn node(&mut self, at: [f64; 2]) -> Option<u32> {
        let steps = rounded(at)?;
        match self.known.entry(key(steps)) {
            Entry::Occupied(node) => Some(*node.get()),
            Entry::Vacant(new) => {
                let node = u32::try_from(self.streets.nodes.len()).ok()?;
                let at = steps.map(|steps| f64::from(steps) / GRID);
                self.streets.nodes.push(at);
                Some(*new.insert(node))
            }
        }
    }
}

/// The heights that lines give their vertices.
#[derive(Default)]
struct Heights {
    /// The lowest and the highest height of each vertex; NaN where none is given.
    given: Vec<[f32; 2]>,
    strange: u64,
}

/// Where streets may lie, in metres above the sea: the Dead Sea and the Himalaya with some room.
pub(crate) const ON_EARTH: std::ops::RangeInclusive<f32> = -500.0..=9000.0;

impl Heights {
    fn take(&mut self, node: usize, height: f32) {
        if !ON_EARTH.contains(&height) {
            self.strange += u64::from(!height.is_nan());
            return;
        }
        if self.given.len() <= node {
            self.given.resize(node + 1, [f32::NAN; 2]);
        }
        let [low, high] = self.given[node];
        self.given[node] = [low.min(height), high.max(height)];
    }

    /// Of the heights of a vertex the lowest counts, so that the order of the lines does not.
    ///
    /// Nothing where no height is known or all are 0: then the third coordinate is a filler.
    fn settled(mut self, nodes: usize) -> (Vec<Option<f32>>, Doubts) {
        let mut doubts = Doubts {
            strange: self.strange,
            ..Doubts::default()
        };
        let mut given = self.given.iter().flatten();
        if given.all(|height| height.is_nan() || *height == 0.0) {
            return (Vec::new(), doubts);
        }
        for [low, high] in &self.given {
            let apart = high - low;
            // A centimetre is a matter of rounding.
            doubts.uneven += u64::from(apart > 0.01);
            doubts.most = doubts.most.max(apart);
        }
        self.given.resize(nodes, [f32::NAN; 2]);
        let lows = self.given.iter().map(|[low, _]| *low);
        let heights = lows.map(|low| (!low.is_nan()).then_some(low)).collect();
        (heights, doubts)
    }
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
