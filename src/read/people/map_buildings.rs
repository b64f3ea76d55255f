//! The buildings of a map, as a table of their outlines.

use geo::Geometry;

use crate::model::Memory;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Remark, Table, Value};
use crate::read::streets::osm::{Feature, Wanted, features};
use crate::words::text;

/// What a building says of itself.
const TAGS: [&str; 3] = ["building", "building:levels", "height"];
/// Tags of a `building=yes` in which people do something else than live.
const USES: [&str; 9] = [
    "amenity",
    "office",
    "tourism",
    "healthcare",
    "leisure",
    "man_made",
    "power",
    "industrial",
    "military",
];

/// The buildings of a map (PBF or XML, already gunzipped): `building` and its levels or height. One
/// that says `yes` and has a use beside it, such as a school, is of that kind.
///
/// # Errors
/// When the map is cut or damaged, holds more than the memory does, or no building at all.
pub(crate) fn table(bytes: &[u8], file: &str, memory: Memory) -> Result<Table, ReadError> {
    let wanted = Wanted {
        key: &|key| key == TAGS[0],
        object: &|tags| {
            tags.iter()
                .any(|(key, value)| *key == TAGS[0] && *value != "no")
        },
    };
    let mut records = Vec::new();
    let mut cut = 0_usize;
    for found in features(bytes, file, memory, wanted)? {
        match &found.shape {
            Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => {
                let place = Place::Feature(records.len() as u64 + 1);
                records.push(record(found, place));
            }
            // An entrance or a wall with the same tag is no outline.
            Some(_) => {}
            None => cut += 1,
        }
    }
    if records.is_empty() {
        return Err(BadInput {
            code: "no-map-buildings",
            file: file.to_owned(),
            expected: text!(MapWithoutBuildings),
            remedy: text!(NameOutlines),
            ..BadInput::default()
        }
        .into());
    }
    let remark = (cut > 0).then(|| Remark {
        severity: Severity::Suspicious,
        code: "map-buildings-cut",
        message: text!(MapBuildingsCut, count = cut),
    });
    Ok(Table {
        file: file.to_owned(),
        columns: TAGS.iter().map(|&tag| tag.to_owned()).collect(),
        records,
        declared_crs: Some("WGS84".to_owned()),
        remarks: remark.into_iter().collect(),
        ..Table::default()
    })
}

fn record(found: Feature, place: Place) -> Record {
    let value = |tag: &str| found.tag(tag).map_or(Value::Empty, Value::of_text);
    let kind = found.tag(TAGS[0]).filter(|kind| *kind != "yes");
    let used = || USES.iter().find(|key| found.tag(key).is_some());
    let kind = match (kind, used()) {
        (None, Some(key)) => {
            let what = found.tag(key).unwrap_or_default();
            Value::of_text(&format!("{key}={what}"))
        }
        _ => value(TAGS[0]),
    };
    Record {
        place,
        flaw: None,
        values: vec![kind, value(TAGS[1]), value(TAGS[2])],
        geometry: found.shape,
    }
}
