//! From GeoJSON's coordinates to geometries, every position checked first.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

use super::json_coordinates::Coordinates;
use super::json_parts::{Object, Part};
use super::values::Problem;
use crate::read::error::plain;
use crate::read::listed::listed;
use crate::words::{Text, text};

/// A geometry; `None` for null and for empty coordinates, which GeoJSON lets stand for null.
pub(crate) fn geometry(part: Part) -> Result<Option<Geometry<f64>>, Problem> {
    match part {
        Part::Null => Ok(None),
        Part::Object(object) => of_object(*object),
        Part::Other => Err(wrong(text!(NoGeometryObject), text!(GiveGeometry))),
    }
}

/// The third coordinates of all vertices of a geometry's lines, in their order, NaN where there is
/// none; nothing where no vertex has one. Points and areas have no heights.
pub(crate) fn heights(part: &Part) -> Vec<f32> {
    let mut all = Vec::new();
    gather(part, &mut all);
    if all.iter().all(|height| height.is_nan()) {
        Vec::new()
    } else {
        all
    }
}

/// Adds the heights of lines, in the order of their vertices.
fn gather(part: &Part, all: &mut Vec<f32>) {
    let Part::Object(object) = part else { return };
    match (
        object.kind.as_ref().and_then(|kind| kind.as_text()),
        &object.coordinates,
        &object.geometries,
    ) {
        (Some("LineString" | "MultiLineString"), Some(coordinates), _) => third(coordinates, all),
        (Some("GeometryCollection"), _, Some(members)) => {
            for member in members.iter() {
                gather(member, all);
            }
        }
        _ => {}
    }
}

fn third(coordinates: &Coordinates, all: &mut Vec<f32>) {
    match coordinates {
        Coordinates::Position(_, height) => all.push(*height),
        Coordinates::List(list) => list.iter().for_each(|inner| third(inner, all)),
        Coordinates::Short | Coordinates::Other => {}
    }
}

/// Whether a geometry has a ring that does not end where it begins.
pub(crate) fn has_open_ring(part: &Part) -> bool {
    let Part::Object(object) = part else {
        return false;
    };
    let rings = match object.kind.as_ref().and_then(|kind| kind.as_text()) {
        Some("Polygon") => 1,
        Some("MultiPolygon") => 2,
        Some("GeometryCollection") => {
            let members = object.geometries.iter().flatten();
            return members.into_iter().any(has_open_ring);
        }
        _ => return false,
    };
    let open = |coordinates| is_open(coordinates, rings);
    object.coordinates.as_ref().is_some_and(open)
}

/// Whether a ring, so many lists deep, is open.
fn is_open(coordinates: &Coordinates, depth: u32) -> bool {
    let Coordinates::List(list) = coordinates else {
        return false;
    };
    if depth > 0 {
        return list.iter().any(|inner| is_open(inner, depth - 1));
    }
    let at = |end: Option<&Coordinates>| match end {
        Some(Coordinates::Position(at, _)) => Some(*at),
        Some(Coordinates::List(_) | Coordinates::Short | Coordinates::Other) | None => None,
    };
    at(list.first()) != at(list.last())
}

/// Whether a type is a geometry's.
pub(crate) fn is_geometry(kind: &str) -> bool {
    KINDS.contains(&kind)
}

const KINDS: [&str; 7] = [
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
];

/// The geometry of an object; none where its coordinates are empty.
fn of_object(object: Object) -> Result<Option<Geometry<f64>>, Problem> {
    if let Some(name) = object.twice {
        return Err(twice(name));
    }
    let kind = object
        .kind
        .as_ref()
        .and_then(|kind| kind.as_text())
        .unwrap_or_default();
    if kind == "GeometryCollection" {
        let members = object
            .geometries
            .ok_or_else(|| mend(text!(CollectionWithoutGeometries)))?;
        return collection(members);
    }
    if !is_geometry(kind) {
        let kinds = listed(KINDS);
        return Err(mend(text!(GeometryOfType, kind = kind, kinds = kinds)));
    }
    let coordinates = object
        .coordinates
        .ok_or_else(|| mend(text!(NoCoordinates)))?;
    // RFC 7946, section 3.1: empty coordinates may stand for null.
    if matches!(&coordinates, Coordinates::List(list) if list.is_empty()) {
        return Ok(None);
    }
    simple(kind, coordinates).map(Some)
}

fn simple(kind: &str, coordinates: Coordinates) -> Result<Geometry<f64>, Problem> {
    Ok(match kind {
        "Point" => Geometry::Point(position(&coordinates)?.into()),
        "MultiPoint" => Geometry::MultiPoint(MultiPoint(each(coordinates, |c| {
            position(&c).map(Point::from)
        })?)),
        "LineString" => Geometry::LineString(line(coordinates)?),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString(each(coordinates, line)?)),
        "Polygon" => Geometry::Polygon(polygon(coordinates)?),
        _ => Geometry::MultiPolygon(MultiPolygon(each(coordinates, polygon)?)),
    })
}

fn collection(parts: Vec<Part>) -> Result<Option<Geometry<f64>>, Problem> {
    let mut members = Vec::new();
    for part in parts {
        members.extend(geometry(part)?);
    }
    let filled = !members.is_empty();
    Ok(filled.then_some(Geometry::GeometryCollection(GeometryCollection(members))))
}

fn each<T>(
    coordinates: Coordinates,
    one: impl Fn(Coordinates) -> Result<T, Problem>,
) -> Result<Vec<T>, Problem> {
    match coordinates {
        Coordinates::List(list) => list.into_iter().map(one).collect(),
        other => Err(no_list(&other)),
    }
}

fn position(coordinates: &Coordinates) -> Result<Coord<f64>, Problem> {
    match coordinates {
        Coordinates::Position([x, y], _) => Ok(Coord { x: *x, y: *y }),
        Coordinates::Short | Coordinates::Other => Err(no_list(coordinates)),
        Coordinates::List(_) => Err(mend(text!(ListForPosition))),
    }
}

fn line(coordinates: Coordinates) -> Result<LineString<f64>, Problem> {
    let line = each(coordinates, |c| position(&c))?;
    if line.len() < 2 {
        return Err(mend(text!(ShortLine)));
    }
    Ok(LineString(line))
}

fn polygon(coordinates: Coordinates) -> Result<Polygon<f64>, Problem> {
    let mut rings = each(coordinates, ring)?.into_iter();
    let Some(exterior) = rings.next() else {
        return Err(mend(text!(NoRing)));
    };
    Ok(Polygon::new(exterior, rings.collect()))
}

/// A ring of three or more distinct positions, closed where it is open.
fn ring(coordinates: Coordinates) -> Result<LineString<f64>, Problem> {
    let mut ring = LineString(each(coordinates, |c| position(&c))?);
    let Some(&first) = ring.0.first() else {
        return Err(too_few());
    };
    // Two distinct positions enclose nothing, however often they are repeated.
    let second = ring.0.iter().find(|c| **c != first);
    if !second.is_some_and(|second| ring.0.iter().any(|c| *c != first && c != second)) {
        return Err(too_few());
    }
    ring.close();
    Ok(ring)
}

fn too_few() -> Problem {
    mend(text!(ShortRing))
}

fn no_list(found: &Coordinates) -> Problem {
    match found {
        Coordinates::Short => wrong(text!(ShortPosition), text!(GiveLonLat)),
        Coordinates::Position(..) => mend(text!(PositionForList)),
        Coordinates::List(_) | Coordinates::Other => mend(text!(CoordinatesNoList)),
    }
}

/// A member that an object has twice: JSON readers take one of the two, and nobody knows which.
pub(crate) fn twice(name: &str) -> Problem {
    Problem {
        code: "same-name-twice",
        expected: text!(MemberTwice, name = plain(name)),
        remedy: text!(RemoveOneOfTwo),
        ..Problem::default()
    }
}

/// What is wrong with a feature that cannot be used as it is.
fn mend(expected: Text) -> Problem {
    wrong(expected, text!(MendFeature))
}

fn wrong(expected: Text, remedy: Text) -> Problem {
    Problem {
        code: "bad-geometry",
        expected,
        remedy,
        ..Problem::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Option<Geometry<f64>>, String> {
        geometry(serde_json::from_str(text).expect("JSON"))
            .map_err(|problem| problem.expected.to_string())
    }

    fn of(kind: &str, coordinates: &str) -> Result<Option<Geometry<f64>>, String> {
        read(&format!(
            r#"{{"type":"{kind}","coordinates":{coordinates}}}"#
        ))
    }

    #[test]
    fn a_ring_with_a_one_number_position_is_an_error_not_a_panic() {
        assert_eq!(
            of("Polygon", "[[[0,0],[1],[1,1],[0,0]]]"),
            Err("a position without two numbers".into())
        );
        assert_eq!(
            of("Point", "[1]"),
            Err("a position without two numbers".into())
        );
        assert_eq!(
            of("MultiPoint", "[[1,2],[]]"),
            Err("a list where a position should stand".into())
        );
        assert_eq!(
            of("Point", "[[1,2]]"),
            Err("a list where a position should stand".into())
        );
        assert_eq!(
            of("LineString", "[1,2]"),
            Err("a position where a list should stand".into())
        );
        assert_eq!(
            of("LineString", "{}"),
            Err("coordinates that are no list".into())
        );
    }

    #[test]
    fn rings_are_closed_and_need_three_points() {
        let closed = of("Polygon", "[[[0,0],[1,0],[1,1],[0,0]]]");
        assert_eq!(of("Polygon", "[[[0,0,5],[1,0,5],[1,1,5]]]"), closed);
        let few = Err("a ring of fewer than three distinct positions".into());
        for ring in [
            "[[]]",
            "[[[0,0],[1,0],[0,0]]]",
            "[[[0,0],[1,0],[0,0],[1,0]]]",
            "[[[0,0],[0,0],[0,0],[0,0]]]",
        ] {
            assert_eq!(of("Polygon", ring), few, "{ring}");
        }
        assert_eq!(
            of("LineString", "[[1,2]]"),
            Err("a line of fewer than two positions".into())
        );
    }

    #[test]
    fn heights_are_those_of_all_vertices_of_lines() {
        let of = |text: &str| heights(&serde_json::from_str(text).expect("JSON"));
        let line = r#"{"type":"LineString","coordinates":[[0,0,5],[1,0,7.5]]}"#;
        let area = r#"{"type":"Polygon","coordinates":[[[0,0,5],[1,0,5],[1,1,5]]]}"#;
        assert_eq!(of(line), [5.0, 7.5]);
        assert!(
            of(area).is_empty()
                && of("null").is_empty()
                && of(&line.replace(",5]", "]").replace(",7.5", "")).is_empty()
        );
        let lines =
            r#"{"type":"MultiLineString","coordinates":[[[0,0],[1,0,1]],[[0,0,2],[1,0,3]]]}"#;
        let all = of(&format!(
            r#"{{"type":"GeometryCollection","geometries":[{lines},{area},{line}]}}"#
        ));
        assert!(all[0].is_nan());
        assert_eq!(all[1..], [1.0, 2.0, 3.0, 5.0, 7.5]);
    }

    #[test]
    fn empty_coordinates_are_no_geometry() {
        for kind in KINDS.iter().filter(|kind| **kind != "GeometryCollection") {
            assert_eq!(of(kind, "[]"), Ok(None));
        }
        assert_eq!(read("null"), Ok(None));
        assert_eq!(
            read(r#"{"type":"GeometryCollection","geometries":[]}"#),
            Ok(None)
        );
    }

    #[test]
    fn unknown_types_are_named() {
        assert!(of("Circle", "[1,2]").is_err_and(|e| e.contains("\"Circle\"")));
        assert!(read("{}").is_err());
        assert!(read("5").is_err());
        assert!(read(r#"{"type":"Point"}"#).is_err());
        assert!(read(r#"{"type":"GeometryCollection"}"#).is_err());
    }
}
