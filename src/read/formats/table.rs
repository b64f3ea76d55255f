//! What every table becomes on its way in, whether it was GeoJSON, CSV or XLSX.

use std::collections::BTreeMap;

use geo::Geometry;
use smol_str::SmolStr;

use crate::model::{MOST_EXAMPLES, Severity};
use crate::read::error::{BadInput, Place};
use crate::words::Text;

/// One value of a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum Value {
    /// An empty cell, a null, or a property that is not there.
    #[default]
    Empty,
    /// True or false.
    Bool(bool),
    /// A number that the file holds as a number (GeoJSON, XLSX). Always finite.
    Number(f64),
    /// A text, trimmed, not empty. Everything in a CSV file is text, and most of it is short: up to 23 bytes
    /// need no memory of their own.
    Text(SmolStr),
    /// A list of texts (a GeoJSON array).
    List(Vec<String>),
}

/// The integers that a float holds exactly lie up to this.
#[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
const EXACT: u64 = 1 << 53;

impl Value {
    /// An integer; a text where a number would lose its last digits, as ids of rows would.
    #[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
    #[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
    pub(crate) fn of_integer(number: i128) -> Self {
        if number.unsigned_abs() <= u128::from(EXACT) {
            Self::Number(number as f64)
        } else {
            Self::Text(number.to_string().into())
        }
    }

    /// A number; nothing where it is none.
    pub(crate) fn of_float(number: f64) -> Self {
        if number.is_finite() {
            Self::Number(number)
        } else {
            Self::Empty
        }
    }

    /// A text, trimmed; nothing where it is blank.
    pub(crate) fn of_text(text: &str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text.into()),
        }
    }
}

/// One row or feature.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    /// Where it stands in its file.
    pub place: Place,
    /// Its geometry as the file holds it, in the file's coordinate system (x east, y north);
    /// every coordinate is finite. None in tables without geometry.
    pub geometry: Option<Geometry<f64>>,
    /// What is wrong with its geometry, which is then `None`; the values are good all the same.
    pub flaw: Option<Box<BadInput>>,
    /// Its values, one for each column of the table.
    pub values: Vec<Value>,
}

/// A table as read: nothing interpreted yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Table {
    /// The file's name, for messages.
    pub file: String,
    /// The columns' names as written, trimmed.
    pub columns: Vec<String>,
    /// Which columns the study names itself: what walkshed calls it, and the column's place.
    /// Such a column means that and nothing else, whatever its own name is.
    pub chosen: Vec<(String, usize)>,
    /// The rows that could be read.
    pub records: Vec<Record>,
    /// The rows that could not.
    pub bad: BadRows,
    /// The records that had a ring which did not close, and was closed.
    pub open_rings: Vec<Place>,
    /// The coordinate system that the file itself names (the `crs` member of old GeoJSON): `WGS84`,
    /// `EPSG:nnnn`, or the text as written where it is neither.
    pub declared_crs: Option<String>,
    /// The encoding that the text turned out to have; empty for XLSX.
    pub encoding: &'static str,
    /// What its reader could not use, or had to take on trust.
    pub remarks: Vec<Remark>,
}

/// What a reader has to tell of a file as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remark {
    /// How grave it is.
    pub severity: Severity,
    /// A short fixed word for machines.
    pub code: &'static str,
    pub message: Text,
}

/// Rows that could not be read: of each kind of fault the first ones, of the others where they stand.
///
/// A file may be wrong in every row; a place takes 16 bytes, and a fault with its words 300.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct BadRows {
    /// What is wrong, at most [`MOST_EXAMPLES`] times each.
    pub examples: Vec<BadInput>,
    /// Where each bad row stands.
    pub places: Vec<Place>,
    counts: BTreeMap<&'static str, u64>,
}

impl BadRows {
    /// Takes in one more.
    pub(crate) fn push(&mut self, bad: BadInput) {
        let count = self.counts.entry(bad.code).or_default();
        *count += 1;
        self.places.push(bad.place);
        if *count <= MOST_EXAMPLES {
            self.examples.push(bad);
        }
    }

    /// How many there are of each code beyond the examples.
    pub(crate) fn only_counted(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let beyond =
            |(code, count): (&&'static str, &u64)| (*code, count.saturating_sub(MOST_EXAMPLES));
        self.counts.iter().map(beyond)
    }
}

#[cfg(test)]
impl Table {
    /// A table of texts, as from a CSV file.
    pub(crate) fn of_texts(file: &str, columns: &[&str], rows: &[&[&str]]) -> Self {
        let value = |text: &&str| {
            if text.is_empty() {
                Value::Empty
            } else {
                Value::Text((*text).into())
            }
        };
        let record = |(row, values): (usize, &&[&str])| Record {
            place: Place::Row(row as u64 + 2),
            geometry: None,
            flaw: None,
            values: values.iter().map(value).collect(),
        };
        Self {
            file: file.to_owned(),
            columns: columns.iter().map(|&column| column.to_owned()).collect(),
            records: rows.iter().enumerate().map(record).collect(),
            ..Self::default()
        }
    }
}
