//! GeoJSON in: collections, single features, bare geometries, and one feature a line.
//!
//! Files are read feature by feature with `serde_json`, not through the crate `geojson`: its 1.0
//! panics on a ring with a position of one number, yields errors for ever on a cut file, loses the
//! order of properties and those named twice (`geojson_crate_tests` shows each). A collection that
//! a program holds in the crate's types comes in by the same way, [`GeoJson::Collection`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use geo::Geometry;
use geojson::FeatureCollection;
use serde::de::{Deserialize, DeserializeSeed};

use super::encoding::decoded;
use super::header::{filled, fits, in_proportion};
use super::json_node::Node;
use super::json_parts::{Object, Part, PartSeed};
use super::shapes::{geometry, has_open_ring, heights, is_geometry, twice};
use super::table::{Record, Table, Value};
use super::values::Problem;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// A feature as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Feature {
    /// The feature's own `id` (not a property of that name).
    pub id: Value,
    /// Its geometry; `None` for null and for empty coordinates.
    pub geometry: Option<Geometry<f64>>,
    /// The heights of its lines, as [`heights`] has them.
    pub heights: Vec<f32>,
    /// Whether it has a ring that was not closed, and is now.
    pub had_open_ring: bool,
    /// What is wrong with its geometry, which is then `None`.
    pub flaw: Option<Problem>,
    /// Its properties in the order of the file, names trimmed, each once.
    pub properties: Vec<(String, Value)>,
}

/// What a file says of itself, apart from its features.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct About {
    /// As [`Table::declared_crs`].
    pub declared_crs: Option<String>,
    /// As [`Table::encoding`].
    pub encoding: &'static str,
    /// The box that a collection names in its own numbers: west, south, east, north.
    pub bounds: Option<[f64; 4]>,
}

/// GeoJSON as it comes in.
#[derive(Clone, Copy)]
pub(crate) enum GeoJson<'a> {
    /// A file.
    Bytes(&'a [u8]),
    /// What a program holds.
    Collection(&'a FeatureCollection),
}

impl<'a> From<&'a [u8]> for GeoJson<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Bytes(bytes)
    }
}

impl<'a> From<&'a FeatureCollection> for GeoJson<'a> {
    fn from(collection: &'a FeatureCollection) -> Self {
        Self::Collection(collection)
    }
}

impl GeoJson<'_> {
    /// Whether so large a table can come of it.
    fn fits(self, table: &Table, records: usize, file: &str) -> Result<(), ReadError> {
        fits(table.columns.len(), records, file)?;
        match self {
            Self::Bytes(bytes) => in_proportion(table.columns.len(), records, bytes.len(), file),
            Self::Collection(_) => Ok(()),
        }
    }
}

/// Reads GeoJSON into a table. Columns are the properties' names in order of first appearance.
///
/// The features' own `id` becomes a first column `id` unless some property `id` has a value.
/// Features are counted from 1, also where they stand one a line, and where the file is one bare
/// `GeometryCollection`, whose members then count as features.
///
/// # Errors
///
/// Text that is no GeoJSON, cut or malformed (with its line), or a table that is too large.
pub(crate) fn table<'a>(json: impl Into<GeoJson<'a>>, file: &str) -> Result<Table, ReadError> {
    let json = json.into();
    let mut rows = Rows {
        table: Table {
            file: file.into(),
            ..Table::default()
        },
        ..Rows::default()
    };
    let about = for_each_feature(json, file, &mut |place, feature| rows.take(place, feature))?;
    json.fits(&rows.table, rows.count, file)?;
    let mut table = filled(rows.table)?;
    (table.declared_crs, table.encoding) = (about.declared_crs, about.encoding);
    put_ids(&mut table, rows.ids);
    Ok(table)
}

#[derive(Default)]
struct Rows {
    table: Table,
    places: HashMap<String, usize>,
    /// The features' own ids, one for each record.
    ids: Vec<Value>,
    /// The good features so far, also those that came after the table grew too large and were let go.
    count: usize,
}

impl Rows {
    fn take(&mut self, place: Place, feature: Result<Feature, BadInput>) {
        let feature = match feature {
            Ok(feature) => feature,
            Err(bad) => return self.table.bad.push(bad),
        };
        self.count += 1;
        // Too large already: only counted from here on, so that the error can say how large.
        if fits(self.table.columns.len(), self.count, "").is_err() {
            return;
        }
        let mut values = Vec::with_capacity(feature.properties.len());
        for (name, value) in feature.properties {
            let column = self.column(name);
            if values.len() <= column {
                values.resize(column + 1, Value::Empty);
            }
            values[column] = value;
        }
        self.ids.push(feature.id);
        if feature.had_open_ring {
            self.table.open_rings.push(place);
        }
        let flaw = feature
            .flaw
            .map(|flaw| Box::new(flaw.at(&self.table.file, place, None)));
        self.table.records.push(Record {
            place,
            geometry: feature.geometry,
            flaw,
            values,
        });
    }

    fn column(&mut self, name: String) -> usize {
        match self.places.entry(name) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.table.columns.push(new.key().clone());
                *new.insert(self.table.columns.len() - 1)
            }
        }
    }
}

/// Puts the features' own ids into the column `id`, unless a property has filled it.
fn put_ids(table: &mut Table, ids: Vec<Value>) {
    if ids.iter().all(|id| *id == Value::Empty) {
        return;
    }
    let Some(own) = table.columns.iter().position(|column| column == "id") else {
        table.columns.insert(0, "id".into());
        for (record, id) in table.records.iter_mut().zip(ids) {
            record.values.reserve_exact(1);
            record.values.insert(0, id);
        }
        return;
    };
    // A property of that name is what the office itself calls its rows.
    if table
        .records
        .iter()
        .all(|record| record.values[own] == Value::Empty)
    {
        for (record, id) in table.records.iter_mut().zip(ids) {
            record.values[own] = id;
        }
    }
}

/// Hands on each feature of a file as it is read, or what is wrong with it; keeps none.
///
/// # Errors
///
/// As [`table`]. Features read before the error have been handed on by then.
pub(crate) fn for_each_feature(
    json: GeoJson<'_>,
    file: &str,
    f: &mut dyn FnMut(Place, Result<Feature, BadInput>),
) -> Result<About, ReadError> {
    let reader = Reader {
        file,
        count: 0,
        crs: None,
        bounds: None,
        f,
    };
    match json {
        GeoJson::Bytes(bytes) => reader.file(bytes),
        GeoJson::Collection(collection) => reader.collection(collection),
    }
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
    f: &'a mut dyn FnMut(Place, Result<Feature, BadInput>),
}

impl Reader<'_> {
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
        for one in &collection.features {
            let part = serde_json::to_value(one).and_then(Part::deserialize);
            let part = part.map_err(|error| malformed(self.file, &error))?;
            self.hand_on(feature(part));
        }
        Ok(self.about("UTF-8"))
    }

    fn about(self, encoding: &'static str) -> About {
        About {
            declared_crs: self.crs,
            encoding,
            bounds: self.bounds,
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
        ..shaped(object.geometry)
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
fn properties(node: Node) -> Result<Vec<(String, Value)>, Problem> {
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

/// A name that two properties have.
fn repeated(properties: &[(String, Value)]) -> Option<&str> {
    let mut names: Vec<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let pair = names.windows(2).find(|pair| pair[0] == pair[1]);
    pair.map(|pair| pair[0])
}

fn bare(part: Part) -> Result<Feature, Problem> {
    if matches!(part, Part::Other) {
        Err(wrong(text!(NoGeometry), text!(RemoveIt)))
    } else {
        Ok(shaped(part))
    }
}

/// A feature of a geometry, good or bad.
fn shaped(part: Part) -> Feature {
    let heights = heights(&part);
    let had_open_ring = has_open_ring(&part);
    match geometry(part) {
        Ok(geometry) => Feature {
            geometry,
            heights,
            had_open_ring,
            ..Feature::default()
        },
        Err(flaw) => Feature {
            flaw: Some(flaw),
            ..Feature::default()
        },
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

fn malformed(file: &str, error: &serde_json::Error) -> BadInput {
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
