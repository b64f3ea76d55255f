//! The buildings of a map, as a table of their outlines.

use geo::Geometry;

use crate::model::Memory;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::table::{Record, Remark, Table, Value};
use crate::read::streets::osm::{Feature, Wanted, features, without_outlines};
use crate::words::{Text, text};

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
    let found = features(bytes, file, memory, wanted)?;
    // A way around a building is that building, whatever its own tags say.
    let (found, doubled) = without_outlines(found, |_, _| true);
    let mut records = Vec::new();
    let mut lost = Lost::default();
    for found in found {
        match &found.shape {
            Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_)) => {
                let place = Place::Feature(records.len() as u64 + 1);
                records.push(record(found, place));
            }
            // An entrance or a wall with the same tag is no outline.
            Some(_) => {}
            None if found.is_cut => lost.cut += 1,
            None => lost.open += 1,
        }
    }
    if records.is_empty() {
        return Err(lost.nothing(file).into());
    }
    Ok(Table {
        file: file.to_owned(),
        columns: TAGS.iter().map(|&tag| tag.to_owned()).collect(),
        records,
        declared_crs: Some("WGS84".to_owned()),
        remarks: lost.remarks(doubled),
        ..Table::default()
    })
}

/// Buildings without an area.
#[derive(Default)]
struct Lost {
    /// Those that lie in part beyond the map.
    cut: usize,
    /// Those whose outlines do not close.
    open: usize,
}

impl Lost {
    /// What is to be told of them, and of so many outlines that a relation has.
    fn remarks(&self, doubled: usize) -> Vec<Remark> {
        let remark = |severity, code, message: Text| Remark {
            severity,
            code,
            message,
        };
        let doubt = Severity::Suspicious;
        let mut remarks = Vec::new();
        if doubled > 0 {
            let message = text!(MapBuildingsOutlines, count = doubled);
            remarks.push(remark(Severity::Note, "map-buildings-outlines", message));
        }
        if self.cut > 0 {
            let message = text!(MapBuildingsCut, count = self.cut);
            remarks.push(remark(doubt, "map-buildings-cut", message));
        }
        if self.open > 0 {
            let message = text!(MapBuildingsOpen, count = self.open);
            remarks.push(remark(doubt, "map-buildings-open", message));
        }
        remarks
    }

    /// Why there is no building at all.
    fn nothing(&self, file: &str) -> BadInput {
        let expected = if self.cut + self.open == 0 {
            text!(MapWithoutBuildings)
        } else {
            text!(MapBuildingsAllLost, cut = self.cut, open = self.open)
        };
        BadInput {
            code: "no-map-buildings",
            file: file.to_owned(),
            expected,
            remedy: text!(NameOutlines),
            ..BadInput::default()
        }
    }
}

/// A building as a row. That of a `yes` with a use beside it is this use.
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
