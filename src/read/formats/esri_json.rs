//! Esri JSON, as ArcGIS services and tools write it: `attributes` where GeoJSON has properties, and
//! geometries named by their parts.

use std::collections::BTreeSet;

use chrono::DateTime;
use serde::Deserialize;
use serde_json::from_str;

use super::encoding::decoded;
use super::feature::{About, Feature, Sink, repeated};
use super::geojson::{malformed, properties};
use super::json_coordinates::Coordinates;
use super::json_node::Node;
use super::json_page;
use super::json_parts::Part;
use super::nesting::{Ring, polygons, position};
use super::shapes::twice;
use super::table::Value;
use super::values::Problem;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// Whether JSON begins as Esri's does. It tells its fields before its features, so that the first
/// bytes are enough.
pub(crate) fn is_esri(bytes: &[u8]) -> bool {
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    let has = |word: &[u8]| head.windows(word.len()).any(|window| window == word);
    let is_geojson = has(b"\"FeatureCollection\"") || has(b"\"Feature\"");
    let own: [&[u8]; 5] = [
        b"\"attributes\"",
        b"\"geometryType\"",
        b"\"spatialReference\"",
        b"\"displayFieldName\"",
        b"\"featureSet\"",
    ];
    !is_geojson && own.iter().any(|word| has(word))
}

/// The members of a feature set; an unknown one means nothing.
#[derive(Deserialize)]
struct FeatureSet {
    features: Option<Vec<Node>>,
    #[serde(rename = "hasZ", default)]
    has_z: Node,
    #[serde(rename = "spatialReference", default)]
    system: Node,
    #[serde(default)]
    fields: Node,
    #[serde(default)]
    layers: Node,
    #[serde(default)]
    error: Node,
    #[serde(rename = "exceededTransferLimit", default)]
    exceeded: Node,
}

/// Hands on each feature of a feature set.
///
/// # Errors
/// JSON that is cut or malformed, an error of the service, a page, several layers in one file.
pub(crate) fn for_each(bytes: &[u8], file: &str, f: Sink<'_>) -> Result<About, ReadError> {
    let (text, encoding) = decoded(bytes, file)?;
    let set: FeatureSet = from_str(&text).map_err(|error| malformed(file, &error))?;
    let refused = |expected, remedy| {
        Err(BadInput {
            code: "bad-esri-json",
            file: file.to_owned(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into())
    };
    // A service that failed answers with an object of this form, which is saved as if it were data.
    if let Some(said) = set.error.get("message").and_then(Node::as_text) {
        let said = crate::read::plain(said);
        return refused(text!(ServiceFailed, said = said), text!(ExportAgain));
    }
    if set.layers != Node::Null {
        return refused(text!(EsriLayers), text!(ExportOneLayer));
    }
    let Some(features) = set.features else {
        return refused(text!(EsriWithoutFeatures), text!(ExportGeojson));
    };
    let count = features.len() as u64;
    let page = [("exceededTransferLimit".to_owned(), set.exceeded)];
    json_page::refuse(&page, &Node::Null, count, file)?;
    let reader = Reader {
        has_z: set.has_z == Node::Bool(true),
        dates: dates(&set.fields),
    };
    for (number, node) in (1..).zip(features) {
        let place = Place::Feature(number);
        f(
            place,
            reader
                .feature(node)
                .map_err(|wrong| wrong.at(file, place, None)),
        );
    }
    Ok(About {
        declared_crs: system(&set.system),
        encoding,
        ..About::default()
    })
}

/// The names of the fields that hold dates, which stand there as milliseconds since 1970.
fn dates(fields: &Node) -> BTreeSet<String> {
    let Node::List(fields) = fields else {
        return BTreeSet::new();
    };
    let is_date = |field: &&Node| {
        let kind = field.get("type").and_then(Node::as_text);
        kind == Some("esriFieldTypeDate")
    };
    let dates = fields.iter().filter(is_date);
    dates
        .filter_map(|field| field.get("name")?.as_text().map(str::to_owned))
        .collect()
}

/// The system by its number; that of Esri's own for Web Mercator has an EPSG code, too.
fn system(system: &Node) -> Option<String> {
    let number = |name: &str| match system.get(name) {
        Some(Node::Number(number)) => Some(*number),
        _ => None,
    };
    let number = number("latestWkid").or_else(|| number("wkid"));
    match number {
        Some(102_100.0 | 102_113.0 | 900_913.0) => Some("EPSG:3857".to_owned()),
        Some(number) => Some(format!("EPSG:{number}")),
        None => crate::read::crs::wkt::name(system.get("wkt")?.as_text()?),
    }
}

struct Reader {
    /// Whether a third number is a height; else it is a measure along the line.
    has_z: bool,
    dates: BTreeSet<String>,
}

impl Reader {
    fn feature(&self, node: Node) -> Result<Feature, Problem> {
        let Node::Object(members) = node else {
            return Err(wrong(text!(NoObject), text!(RemoveIt)));
        };
        let (mut attributes, mut geometry) = (Node::Null, Node::Null);
        for (name, member) in members {
            match name.as_str() {
                "attributes" => attributes = member,
                "geometry" => geometry = member,
                _ => {}
            }
        }
        let mut properties = properties(attributes)?;
        if let Some(name) = repeated(&properties) {
            return Err(twice(name));
        }
        for (name, value) in &mut properties {
            if self.dates.contains(name) {
                *value = day(std::mem::take(value));
            }
        }
        Ok(Feature {
            properties,
            ..Feature::of(self.part(&geometry))
        })
    }

    /// The geometry, as GeoJSON would write it.
    fn part(&self, geometry: &Node) -> Part {
        let list = |name: &str| match geometry.get(name) {
            Some(Node::List(list)) => Some(list.as_slice()),
            _ => None,
        };
        if let Some(paths) = list("paths") {
            let lines: Vec<Coordinates> = paths.iter().map(|path| self.positions(path)).collect();
            return match <[Coordinates; 1]>::try_from(lines) {
                Ok([only]) => Part::geometry("LineString", only),
                Err(lines) => Part::geometry("MultiLineString", Coordinates::List(lines)),
            };
        }
        if let Some(rings) = list("rings") {
            return match rings.iter().map(ring).collect::<Option<Vec<_>>>() {
                Some(rings) => polygons(&rings),
                None => Part::geometry("Polygon", Coordinates::Other),
            };
        }
        if let Some(points) = geometry.get("points") {
            return Part::geometry("MultiPoint", self.positions(points));
        }
        match (geometry.get("x"), geometry.get("y")) {
            (Some(Node::Number(x)), Some(Node::Number(y))) => {
                Part::geometry("Point", position([*x, *y], f32::NAN))
            }
            // An empty point has null for x, or "NaN".
            (Some(Node::Null | Node::Text(_)), _) => Part::Null,
            _ if *geometry == Node::Null => Part::Null,
            // Curves, and whatever else is no plain shape.
            _ => Part::Other,
        }
    }

    fn positions(&self, node: &Node) -> Coordinates {
        let Node::List(list) = node else {
            return Coordinates::Other;
        };
        Coordinates::List(list.iter().map(|one| self.position(one)).collect())
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are good to a millimetre"
    )]
    fn position(&self, node: &Node) -> Coordinates {
        let Node::List(numbers) = node else {
            return Coordinates::Other;
        };
        match numbers.as_slice() {
            [Node::Number(x), Node::Number(y), Node::Number(z), ..] if self.has_z => {
                position([*x, *y], *z as f32)
            }
            [Node::Number(x), Node::Number(y), ..] => position([*x, *y], f32::NAN),
            _ => Coordinates::Short,
        }
    }
}

fn ring(node: &Node) -> Option<Ring> {
    let Node::List(list) = node else { return None };
    let place = |one: &Node| match one {
        Node::List(numbers) => match numbers.as_slice() {
            [Node::Number(x), Node::Number(y), ..] => Some([*x, *y]),
            _ => None,
        },
        _ => None,
    };
    list.iter().map(place).collect()
}

/// A day as `2024-03-01`, of milliseconds since 1970.
fn day(value: Value) -> Value {
    let Value::Number(number) = value else {
        return value;
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "any time that is none is left as it is"
    )]
    let moment = DateTime::from_timestamp_millis(number as i64);
    match moment {
        Some(moment) => Value::Text(moment.format("%Y-%m-%d").to_string().into()),
        None => Value::Number(number),
    }
}

fn wrong(expected: Text, remedy: Text) -> Problem {
    Problem {
        code: "bad-feature",
        expected,
        remedy,
        ..Problem::default()
    }
}
