//! FlatGeobuf, through its crate and behind a fence of ours.
//!
//! `flatgeobuf` 6.0 takes a file cut between two features for a whole one, asks for as much memory
//! as a feature claims, and ends the program where an index or a value is damaged: so the sizes of
//! all features are added up first, and what still goes wrong inside is an error here
//! (`a_cut_file_is_an_error_at_every_byte`).

use flatgeobuf::{
    ColumnType, FallibleStreamingIterator, FeatureProperties, FgbFeature, FgbReader, Header,
};
use geozero::{ColumnValue, GeozeroGeometry, PropertyProcessor};

use super::feature::{About, Feature, Sink, repeated};
use super::geozero_part::part;
use super::guarded::guarded;
use super::json_parts::Part;
use super::shapes::twice;
use super::table::{Remark, Value};
use crate::model::Severity;
use crate::read::crs::wkt;
use crate::read::error::{Place, ReadError, damaged};
use crate::words::text;

/// The magic bytes and the size of the header.
const START: usize = 12;
/// A node of the index.
const NODE: u64 = 40;

/// Hands on each feature, in the order of the file, which is that of its index.
///
/// # Errors
/// A file that is cut or damaged.
pub(crate) fn for_each(bytes: &[u8], file: &str, f: Sink<'_>) -> Result<About, ReadError> {
    let wrong = |error: &dyn std::fmt::Display| {
        let expected = text!(FlatGeobufFault, error = error.to_string());
        ReadError::from(damaged("bad-flatgeobuf", file, expected))
    };
    check_header(bytes).ok_or_else(|| wrong(&"header"))?;
    let reader = FgbReader::open(bytes).map_err(|error| wrong(&error))?;
    let count = reader.header().features_count();
    let found = features(bytes, &reader.header()).ok_or_else(|| wrong(&"a feature"))?;
    // 0 stands for a number that its writer did not know.
    if count > 0 && found != count {
        let expected = text!(FlatGeobufCut, found = found, claimed = count);
        return Err(damaged("bad-flatgeobuf", file, expected).into());
    }
    let about = about(&reader.header());
    let mut rows = reader.select_all_seq().map_err(|error| wrong(&error))?;
    for number in 1..=found {
        let place = Place::Feature(number);
        // What is not known of the crate must end no run.
        let read = guarded(|| {
            let row = rows.next().map_err(|error| error.to_string())?;
            feature(row.ok_or("end")?)
        });
        let read = read.unwrap_or_else(|| Err("a value".to_owned()));
        let feature = read.map_err(|error| wrong(&error))?;
        let feature = match repeated(&feature.properties) {
            Some(name) => Err(twice(name).at(file, place, None)),
            None => Ok(feature),
        };
        f(place, feature);
    }
    Ok(about)
}

/// Whether the header lies in the file.
fn check_header(bytes: &[u8]) -> Option<usize> {
    let size = u32::from_le_bytes(*bytes.get(8..)?.first_chunk()?) as usize;
    let end = START.checked_add(size)?;
    (end <= bytes.len()).then_some(end)
}

/// How many features there are, if they fill the file behind header and index.
fn features(bytes: &[u8], header: &Header<'_>) -> Option<u64> {
    let index = index_size(header.features_count(), header.index_node_size())?;
    let mut at = check_header(bytes)?.checked_add(usize::try_from(index).ok()?)?;
    let mut count = 0;
    while at < bytes.len() {
        let size = u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?) as usize;
        at = at.checked_add(4)?.checked_add(size)?;
        count += 1;
    }
    (at == bytes.len()).then_some(count)
}

/// The length of the index: all nodes of a packed tree. The crate ends the program where a node has
/// fewer than two.
fn index_size(count: u64, node: u16) -> Option<u64> {
    if node == 0 || count == 0 {
        return Some(0);
    }
    let node = u64::from(node);
    let mut level = count;
    let mut nodes = count;
    // A single feature has a root above it, too.
    while level > 1 || nodes == count {
        if node < 2 {
            return None;
        }
        level = level.div_ceil(node);
        nodes = nodes.checked_add(level)?;
        if level == 1 {
            break;
        }
    }
    nodes.checked_mul(NODE)
}

fn about(header: &Header<'_>) -> About {
    let crs = header.crs();
    let declared_crs = crs.and_then(|crs| {
        let authority = crs.org().unwrap_or("EPSG");
        let is_code = crs.code() > 0 && authority.eq_ignore_ascii_case("EPSG");
        let code = is_code.then(|| format!("EPSG:{}", crs.code()));
        let by_text = || wkt::name(crs.wkt()?);
        // The code first, else what its text computes, else its own name.
        code.or_else(by_text)
            .or_else(|| crs.name().map(str::to_owned))
    });
    let mut remarks = Vec::new();
    if declared_crs.is_none() {
        remarks.push(Remark {
            severity: Severity::Note,
            code: "no-crs-in-file",
            message: text!(NoCrsInFile),
        });
    }
    let columns = header.columns();
    let unread: Vec<&str> = columns
        .iter()
        .flatten()
        .filter(|column| column.type_() == ColumnType::Binary)
        .map(|column| column.name())
        .collect();
    if !unread.is_empty() {
        let columns = crate::read::listed::listed(unread);
        remarks.push(Remark {
            severity: Severity::Suspicious,
            code: "columns-not-read",
            message: text!(ColumnsNotRead, columns = columns),
        });
    }
    About {
        declared_crs,
        encoding: "UTF-8",
        bounds: None,
        remarks,
    }
}

fn feature(row: &FgbFeature) -> Result<Feature, String> {
    let mut values = Values::default();
    let read = row.process_properties(&mut values);
    read.map_err(|error| error.to_string())?;
    let shape = match row.geometry() {
        None => Ok(Part::Null),
        Some(_) => part(|builder| row.process_geom(builder)),
    };
    let shaped = match shape {
        Ok(part) => Feature::of(part),
        Err(flaw) => Feature {
            flaw: Some(flaw),
            ..Feature::default()
        },
    };
    Ok(Feature {
        properties: values.0,
        ..shaped
    })
}

/// The properties of a feature.
#[derive(Default)]
struct Values(Vec<(String, Value)>);

impl PropertyProcessor for Values {
    fn property(
        &mut self,
        _: usize,
        name: &str,
        value: &ColumnValue<'_>,
    ) -> geozero::error::Result<bool> {
        self.0.push((name.trim().to_owned(), of_column(value)));
        Ok(false)
    }
}

fn of_column(value: &ColumnValue<'_>) -> Value {
    match *value {
        ColumnValue::Byte(number) => Value::Number(number.into()),
        ColumnValue::UByte(number) => Value::Number(number.into()),
        ColumnValue::Bool(flag) => Value::Bool(flag),
        ColumnValue::Short(number) => Value::Number(number.into()),
        ColumnValue::UShort(number) => Value::Number(number.into()),
        ColumnValue::Int(number) => Value::Number(number.into()),
        ColumnValue::UInt(number) => Value::Number(number.into()),
        ColumnValue::Long(number) => Value::of_integer(number.into()),
        ColumnValue::ULong(number) => Value::of_integer(number.into()),
        ColumnValue::Float(number) => Value::of_float(number.into()),
        ColumnValue::Double(number) => Value::of_float(number),
        ColumnValue::String(text) | ColumnValue::Json(text) | ColumnValue::DateTime(text) => {
            Value::of_text(text)
        }
        // Told once for the whole column.
        ColumnValue::Binary(_) => Value::Empty,
    }
}
