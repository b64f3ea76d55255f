//! Streets as plain lines: GeoJSON whose lines join where they share a vertex.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use geo::{Geometry, LineString, Polygon};

use super::tags;
use super::walkable::plain_line;
use super::ways::{About, Doubts, Names, RawStreets, Stretch};
use crate::plane::Position;
use crate::read::error::{Place, ReadError};
use crate::read::formats::feature::Feature;
use crate::read::formats::layer::{Layer, for_each_feature};
use crate::read::formats::table::{BadRows, Remark, Value};

/// The lines of a file, in its own coordinate system (x east, y north).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct PlainLines {
    /// Each line that may be walked.
    pub lines: Vec<PlainLine>,
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
}

/// Reads the walkable lines of a GeoJSON file: lines, and the outlines of areas tagged `area=yes`.
///
/// The walk rule looks at properties that are texts. Streams: apart from the bytes it keeps only
/// the vertices.
///
/// # Errors
///
/// As [`for_each_feature`].
pub(crate) fn lines<'a>(layer: impl Into<Layer<'a>>, file: &str) -> Result<PlainLines, ReadError> {
    let mut read = PlainLines::default();
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
    Ok(read)
}

impl PlainLines {
    fn take(&mut self, place: Place, feature: &Feature) {
        let Some(geometry) = &feature.geometry else {
            self.left_out.nowhere += 1;
            return;
        };
        let walkable = plain_line(|key| tag(feature, key));
        let told = tags::told(
            feature
                .properties
                .iter()
                .filter_map(|(key, value)| Some((key.as_str(), text(value)?))),
        );
        // The name of a line that is not walked would be kept for nothing.
        let name = told
            .name
            .filter(|_| walkable)
            .and_then(|name| self.names.place(name));
        let about = About {
            traits: told.traits,
            name,
        };
        let mut tags = Tags {
            walkable,
            area: tag(feature, "area") == Some("yes"),
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
        for hole in area.interiors() {
            self.line(hole, &[], tags);
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
            });
        }
    }
}

/// What holds for all lines of a feature.
struct Tags<'a> {
    walkable: bool,
    area: bool,
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

/// The text of a property; of one that stands twice the last.
fn tag<'a>(feature: &'a Feature, key: &str) -> Option<&'a str> {
    let mut properties = feature.properties.iter().rev();
    let (_, value) = properties.find(|(name, _)| name == key)?;
    text(value)
}

fn text(value: &Value) -> Option<&str> {
    if let Value::Text(text) = value {
        Some(text)
    } else {
        None
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
pub(crate) fn joined(lines: &[PlainLine], names: Names) -> RawStreets {
    let count = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let mut joint = Joint::default();
    joint.streets.lines = count;
    joint.streets.walkable = count;
    joint.streets.names = names;
    for line in lines {
        joint.add(line);
    }
    let mut streets = joint.streets;
    (streets.heights, streets.doubts) = joint.heights.settled(streets.nodes.len());
    streets
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
        if pieces.is_empty() && !line.vertices.is_empty() {
            self.streets.points += 1;
        }
        let stretch = line.about.and_then(|about| Stretch::new(pieces, about));
        self.streets.stretches.extend(stretch);
    }

    /// The vertex at a position, a new one where none is near; none off the globe. O(1).
    fn node(&mut self, [lon, lat]: [f64; 2]) -> Option<u32> {
        Position::new(lon, lat)?;
        #[expect(clippy::cast_possible_truncation, reason = "at most 180e7")]
        let steps = [lon, lat].map(|degrees| (degrees * GRID).round() as i32);
        let [x, y] = steps.map(|steps| u64::from(steps.cast_unsigned()));
        match self.known.entry(x << 32 | y) {
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
mod tests {
    use super::*;

    fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
        let geometry = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
        format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
    }

    fn read(features: &[String]) -> PlainLines {
        lines(features.join("\n").as_bytes(), "streets.geojson").expect("lines")
    }

    /// The streets of lines without tags.
    fn joined(lines: &[Vec<[f64; 2]>]) -> RawStreets {
        let plain = |vertices: &Vec<[f64; 2]>| PlainLine {
            vertices: vertices.clone(),
            ..PlainLine::default()
        };
        super::joined(
            &lines.iter().map(plain).collect::<Vec<_>>(),
            Names::default(),
        )
    }

    #[test]
    fn lines_are_walked_by_the_walk_rule() {
        let read = read(&[
            feature("{}", "LineString", "[[0,0],[1,0,9]]"),
            feature(r#"{"highway":"motorway"}"#, "LineString", "[[0,0],[1,0]]"),
            feature(
                r#"{"foot":"no"}"#,
                "MultiLineString",
                "[[[0,0],[1,0]],[[0,1],[1,1]]]",
            ),
            feature("{}", "Point", "[0,0]"),
            feature(
                r#"{"highway":"pedestrian"}"#,
                "Polygon",
                "[[[0,0],[1,0],[1,1]]]",
            ),
            feature(
                r#"{"highway":"pedestrian","area":"yes"}"#,
                "Polygon",
                "[[[0,0],[1,0],[1,1]]]",
            ),
            feature("{}", "LineString", "[[0,0],[1]]"),
        ]);
        assert_eq!(
            (read.lines.len(), read.lines_seen, read.bad.places.len()),
            (2, 5, 1)
        );
        let left_out = LeftOut {
            points: 1,
            areas: 1,
            nowhere: 0,
        };
        assert_eq!(read.left_out, left_out);
        assert_eq!(read.lines[0].vertices, [[0.0, 0.0], [1.0, 0.0]]);
        assert!(read.lines[0].heights[0].is_nan());
        assert_eq!(read.lines[0].heights[1..], [9.0]);
        assert_eq!(read.lines[1].vertices.len(), 4);
    }

    #[test]
    fn lines_join_at_shared_vertices_and_not_where_they_cross() {
        let cross = [vec![[0.0, 0.0], [2.0, 2.0]], vec![[0.0, 2.0], [2.0, 0.0]]];
        assert_eq!(joined(&cross).nodes.len(), 4);
        let tee = [
            vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]],
            vec![[1.000_000_04, 0.0], [1.0, 1.0]],
        ];
        let streets = joined(&tee);
        assert_eq!(
            (streets.nodes.len(), &streets.pieces[..]),
            (4, &[[0, 1], [1, 2], [1, 3]][..])
        );
    }

    #[test]
    fn the_nodes_do_not_depend_on_the_order_of_the_lines() {
        let ahead = [
            vec![[116.2, 29.7], [116.300_000_04, 29.7]],
            vec![[116.3, 29.7], [116.3, 29.8]],
        ];
        let mut back = ahead.clone();
        back.reverse();
        let sorted = |lines: &[Vec<[f64; 2]>]| {
            let mut nodes = joined(lines).nodes;
            nodes.sort_by(|a, b| a.partial_cmp(b).expect("finite"));
            nodes
        };
        assert_eq!(sorted(&ahead), sorted(&back));
        assert!(sorted(&ahead).contains(&[116.3, 29.7]));
    }

    #[test]
    fn repeated_vertices_leave_no_piece_and_strange_ones_part_the_line() {
        let lines = [vec![
            [1.0, 1.0],
            [1.0, 1.0],
            [2.0, 1.0],
            [f64::NAN, 0.0],
            [3.0, 1.0],
            [500_000.0, 3e6],
            [4.0, 1.0],
        ]];
        let streets = joined(&lines);
        assert_eq!(
            (
                streets.pieces.len(),
                streets.missing_vertices,
                streets.nodes.len()
            ),
            (1, 2, 4)
        );
        assert_eq!(streets.points, 0);
        assert_eq!(joined(&[]), RawStreets::default());
        let points = [vec![[1.0, 1.0], [1.0, 1.000_000_01]], vec![[1.0, 1.0]; 3]];
        assert_eq!(joined(&points).points, 2);
        assert!(joined(&[vec![], vec![[1.0, 1.0]]]).pieces.is_empty());
    }

    #[test]
    fn tags_stay_with_their_lines_and_the_lowest_height_counts() {
        let mut features = [
            feature(
                r#"{"highway":"steps","name":"A"}"#,
                "MultiLineString",
                "[[[0,0,1],[1,0,2],[1,0,2],[2,0,3]],[[5,5],[6,5]]]",
            ),
            feature(
                r#"{"highway":"path"}"#,
                "LineString",
                "[[2,0,2.5],[3,0,-9999]]",
            ),
            feature(r#"{"wheelchair":"no"}"#, "LineString", "[[2,0,7],[3,0]]"),
            feature(
                r#"{"highway":"motorway","name":"B"}"#,
                "LineString",
                "[[2,0],[3,0]]",
            ),
        ];
        let read = |features: &[String]| {
            let lines = read(features);
            super::joined(&lines.lines, lines.names)
        };
        let streets = read(&features);
        let pieces: Vec<_> = streets
            .stretches
            .iter()
            .map(|stretch| stretch.pieces.clone())
            .collect();
        assert_eq!(pieces, [0..2, 2..3, 4..5]);
        assert_eq!(
            streets.heights,
            [Some(1.0), Some(2.0), Some(2.5), None, None, None]
        );
        assert_eq!(
            streets.doubts,
            Doubts {
                uneven: 1,
                most: 4.5,
                strange: 1
            }
        );
        assert_eq!(
            streets.names.at(0).map(ToString::to_string),
            Some("A".to_owned())
        );
        assert!(streets.names.at(1).is_none(), "nobody walks on B");
        features.reverse();
        assert_eq!(read(&features).doubts, streets.doubts);
        let flat = [feature("{}", "LineString", "[[0,0,0],[1,0,0]]")];
        assert!(read(&flat).heights.is_empty(), "zeros are a filler");
    }
}
