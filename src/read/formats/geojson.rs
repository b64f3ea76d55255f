//! GeoJSON in: collections, single features, bare geometries, and one feature a line.
//!
//! Files are read feature by feature with `serde_json`, not through the crate `geojson`: its 1.0
//! panics on a ring with a position of one number, yields errors for ever on a cut file, loses the
//! order of properties and those named twice (`geojson_crate_tests` shows each). A collection that
//! a program holds in the crate's types comes in by the same way, [`for_each_of`].

use std::borrow::Cow;

use geojson::FeatureCollection;
use serde::de::{Deserialize, DeserializeSeed};

use super::encoding::decoded;
use super::feature::{About, Feature, Sink, repeated};
use super::json_node::Node;
use super::json_page;
use super::json_parts::{Object, Part, PartSeed};
use super::shapes::{is_geometry, twice};
use super::table::Value;
use super::values::Problem;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// Hands on each feature of a file as it is read, or what is wrong with it; keeps none.
///
/// # Errors
///
/// As [`super::layer::table`]. Features read before the error have been handed on by then.
pub(crate) fn for_each(bytes: &[u8], file: &str, f: Sink<'_>) -> Result<About, ReadError> {
    Reader::new(file, f).file(bytes)
}

/// The same, of what a program holds.
///
/// # Errors
///
/// As [`for_each`].
pub(crate) fn for_each_of(
    collection: &FeatureCollection,
    file: &str,
    f: Sink<'_>,
) -> Result<About, ReadError> {
    Reader::new(file, f).collection(collection)
}

/// The text without the record separators of RFC 8142, which may stand nowhere else in JSON.
fn without_separators(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\u{1e}') {
        text.replace('\u{1e}', " ").into()
    } else {
        text
    }
}

struct Reader<'a> {
    file: &'a str,
    count: u64,
    crs: Option<String>,
    bounds: Option<[f64; 4]>,
    f: Sink<'a>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str, f: Sink<'a>) -> Self {
        Self {
            file,
            count: 0,
            crs: None,
            bounds: None,
            f,
        }
    }

    fn file(mut self, bytes: &[u8]) -> Result<About, ReadError> {
        let (text, encoding) = decoded(bytes, self.file)?;
        let text = without_separators(text);
        let mut json = serde_json::Deserializer::from_str(&text);
        loop {
            let single = self.document(&mut json)?;
            match json.end() {
                Ok(()) => return Ok(self.about(encoding)),
                // Features may stand one a line; a collection stands alone.
                Err(_) if single => (),
                Err(error) => return Err(malformed(self.file, &error).into()),
            }
        }
    }

    /// Each feature as it would stand in a file, so that the same is wrong here and there.
    fn collection(mut self, collection: &FeatureCollection) -> Result<About, ReadError> {
        let members = collection.foreign_members.iter().flatten();
        for (_, crs) in members.filter(|(name, _)| *name == "crs") {
            let crs = Node::deserialize(crs).map_err(|error| malformed(self.file, &error))?;
            self.take_crs(&crs)?;
        }
        let bbox = collection.bbox.iter().flatten();
        self.bounds = corners(&Node::List(
            bbox.map(|&number| Node::Number(number)).collect(),
        ));
        self.refuse_page(collection)?;
        for one in &collection.features {
            let part = serde_json::to_value(one).and_then(Part::deserialize);
            let part = part.map_err(|error| malformed(self.file, &error))?;
            self.hand_on(feature(part));
        }
        Ok(self.about("UTF-8"))
    }

    fn refuse_page(&self, collection: &FeatureCollection) -> Result<(), ReadError> {
        let mut members = Vec::new();
        let mut properties = Node::Null;
        for (name, value) in collection.foreign_members.iter().flatten() {
            let node = Node::deserialize(value).map_err(|error| malformed(self.file, &error))?;
            if name == "properties" {
                properties = node;
            } else {
                members.push((name.clone(), node));
            }
        }
        let count = collection.features.len() as u64;
        Ok(json_page::refuse(&members, &properties, count, self.file)?)
    }

    fn about(self, encoding: &'static str) -> About {
        About {
            declared_crs: self.crs,
            encoding,
            bounds: self.bounds,
            remarks: Vec::new(),
        }
    }

    /// Reads one JSON value; whether it is one of which several may follow each other.
    fn document<'de>(
        &mut self,
        json: &mut serde_json::Deserializer<impl serde_json::de::Read<'de>>,
    ) -> Result<bool, ReadError> {
        let part = PartSeed(Some(&mut |part| self.hand_on(feature(part)))).deserialize(json);
        match part.map_err(|error| malformed(self.file, &error))? {
            Part::Object(object) => self.top(*object),
            Part::Null | Part::Other => Err(no_geojson(self.file, text!(NoJsonObject)).into()),
        }
    }

    fn top(&mut self, object: Object) -> Result<bool, ReadError> {
        self.take_crs(&object.crs)?;
        let kind = object
            .kind
            .as_ref()
            .and_then(|kind| kind.as_text())
            .unwrap_or_default()
            .to_owned();
        // A feature with a member twice is one bad row; anything else is a bad file.
        if let Some(name) = object.twice.filter(|_| kind != "Feature") {
            return Err(twice(name).at(self.file, Place::File, None).into());
        }
        match kind.as_str() {
            "FeatureCollection" if object.features => {
                json_page::refuse(&object.page, &object.properties, self.count, self.file)?;
                self.bounds = corners(&object.bbox);
                return Ok(false);
            }
            "FeatureCollection" => {
                return Err(no_geojson(self.file, text!(CollectionWithoutFeatures)).into());
            }
            "Feature" => self.hand_on(feature(Part::Object(Box::new(object)))),
            "GeometryCollection" if object.geometries.is_some() => {
                for part in object.geometries.unwrap_or_default() {
                    self.hand_on(bare(part));
                }
            }
            kind if is_geometry(kind) => self.hand_on(bare(Part::Object(Box::new(object)))),
            "" => return Err(no_geojson(self.file, text!(NoJsonType)).into()),
            "Topology" => {
                return Err(no_geojson(self.file, text!(Verbatim, text = "TopoJSON")).into());
            }
            other => return Err(no_geojson(self.file, text!(OfJsonType, kind = other)).into()),
        }
        Ok(true)
    }

    fn hand_on(&mut self, feature: Result<Feature, Problem>) {
        self.count += 1;
        let place = Place::Feature(self.count);
        (self.f)(
            place,
            feature.map_err(|problem| problem.at(self.file, place, None)),
        );
    }

    fn take_crs(&mut self, crs: &Node) -> Result<(), ReadError> {
        let Some(name) = crs_name(crs) else {
            return Ok(());
        };
        match &self.crs {
            Some(known) if *known != name => Err(two_systems(self.file, known, &name).into()),
            _ => {
                self.crs = Some(name);
                Ok(())
            }
        }
    }
}

fn feature(part: Part) -> Result<Feature, Problem> {
    let object = match part {
        Part::Object(object) => *object,
        Part::Null | Part::Other => return Err(wrong(text!(NoObject), text!(RemoveIt))),
    };
    check_type(object.kind.as_ref())?;
    // Of two members with one name a reader takes the last, and nobody is told.
    if let Some(name) = object.twice {
        return Err(twice(name));
    }
    let id = own_id(object.id)?;
    let properties = properties(object.properties)?;
    if let Some(name) = repeated(&properties) {
        return Err(twice(name));
    }
    // A bad geometry is kept as a flaw: the row's values are good all the same.
    Ok(Feature {
        id,
        properties,
        ..Feature::of(object.geometry)
    })
}

fn check_type(kind: Option<&Node>) -> Result<(), Problem> {
    let expected = match kind.map(|kind| kind.as_text().unwrap_or_default()) {
        Some("Feature") => return Ok(()),
        Some(other) => text!(TypeIsNotFeature, kind = other),
        None => text!(TypeIsMissing),
    };
    Err(wrong(expected, text!(MendOrRemove)))
}

fn own_id(id: Node) -> Result<Value, Problem> {
    match id {
        Node::Null => Ok(Value::Empty),
        Node::Text(_) | Node::Number(_) => Ok(value(id)),
        Node::Bool(_) | Node::List(_) | Node::Object(_) => {
            Err(wrong(text!(IdOfOtherType), text!(MendId)))
        }
    }
}

/// The properties in the order of the file.
pub(super) fn properties(node: Node) -> Result<Vec<(String, Value)>, Problem> {
    match node {
        Node::Null => Ok(Vec::new()),
        Node::Object(members) => {
            let named = members.into_iter();
            Ok(named
                .map(|(name, node)| (trimmed(name), value(node)))
                .collect())
        }
        Node::Bool(_) | Node::Number(_) | Node::Text(_) | Node::List(_) => {
            Err(wrong(text!(PropertiesNoObject), text!(MendOrRemove)))
        }
    }
}

fn bare(part: Part) -> Result<Feature, Problem> {
    if matches!(part, Part::Other) {
        Err(wrong(text!(NoGeometry), text!(RemoveIt)))
    } else {
        Ok(Feature::of(part))
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

fn trimmed(text: String) -> String {
    if text.trim().len() == text.len() {
        text
    } else {
        text.trim().to_owned()
    }
}

fn value(node: Node) -> Value {
    match node {
        Node::Null => Value::Empty,
        Node::Bool(flag) => Value::Bool(flag),
        Node::Number(number) => Value::Number(number),
        Node::Text(text) if text.trim().is_empty() => Value::Empty,
        Node::Text(text) => Value::Text(text.trim().into()),
        Node::List(list) => Value::List(list.into_iter().filter_map(item).collect()),
        Node::Object(_) => Value::Text(node.to_string().into()),
    }
}

fn item(node: Node) -> Option<String> {
    match node {
        Node::Null => None,
        Node::Text(text) => Some(trimmed(text)).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}

/// A box of four numbers, or of six with heights; none where it is anything else.
fn corners(bbox: &Node) -> Option<[f64; 4]> {
    let Node::List(list) = bbox else {
        return None;
    };
    let number = |node: &Node| match node {
        Node::Number(number) => Some(*number),
        Node::Null | Node::Bool(_) | Node::Text(_) | Node::List(_) | Node::Object(_) => None,
    };
    let numbers: Option<Vec<f64>> = list.iter().map(number).collect();
    let corners = match numbers?[..] {
        [west, south, east, north] | [west, south, _, east, north, _] => [west, south, east, north],
        _ => return None,
    };
    let [west, south, east, north] = corners;
    (west < east && south < north).then_some(corners)
}

/// The coordinate system that an old `crs` member names.
fn crs_name(crs: &Node) -> Option<String> {
    let properties = crs.get("properties");
    let named = properties
        .and_then(|p| p.get("name").or_else(|| p.get("href")))
        .or(Some(crs))?;
    if let Some(text) = named.as_text() {
        return Some(short_crs(text));
    }
    match properties.and_then(|p| p.get("code"))? {
        Node::Number(code) => Some(format!("EPSG:{code}")),
        other => other
            .as_text()
            .map(|code| short_crs(&format!("EPSG:{code}"))),
    }
}

/// The short name of a system, of `urn:ogc:def:crs:EPSG::4490` as well; any other as it stands.
fn short_crs(name: &str) -> String {
    let name = name.trim();
    let parts: Vec<&str> = name.split([':', '/']).collect();
    let last = parts.last().copied().unwrap_or_default();
    let authority = parts.iter().any(|part| part.eq_ignore_ascii_case("EPSG"));
    if last.eq_ignore_ascii_case("CRS84") || last.eq_ignore_ascii_case("WGS84") {
        "WGS84".into()
    } else if authority && !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit()) {
        format!("EPSG:{last}")
    } else {
        name.to_owned()
    }
}

pub(super) fn malformed(file: &str, error: &serde_json::Error) -> BadInput {
    let (code, remedy) = if error.is_eof() {
        ("cut-off", text!(EndsTooEarly))
    } else {
        ("bad-json", text!(MendOrExport))
    };
    let line = u64::try_from(error.line()).unwrap_or_default();
    BadInput {
        code,
        file: file.into(),
        place: Place::Line(line),
        expected: text!(JsonFault, error = error.to_string()),
        remedy,
        ..BadInput::default()
    }
}

fn no_geojson(file: &str, what: Text) -> BadInput {
    BadInput {
        code: "not-geojson",
        file: file.into(),
        expected: text!(ExpectedGeojson, what = what),
        remedy: text!(ExportGeojson),
        ..BadInput::default()
    }
}

fn two_systems(file: &str, first: &str, second: &str) -> BadInput {
    BadInput {
        code: "two-crs",
        file: file.into(),
        expected: text!(TwoSystems, first = first, second = second),
        remedy: text!(ExportWithOne),
        ..BadInput::default()
    }
}

#[cfg(test)]
#[path = "geojson_crate_tests.rs"]
mod crate_tests;
#[cfg(test)]
#[path = "geojson_tests.rs"]
mod tests;
