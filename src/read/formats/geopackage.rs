//! GeoPackage: a layer of a SQLite database, through `rusqlite`.
//!
//! The database is opened in memory and read only, from the bytes whose fingerprint stands in the
//! manifest. It is other people's: what its schema calls is not trusted, and a layer that is a view
//! may take no more steps than its size allows.

use std::io::Read;

use geozero::wkb::process_gpkg_geom;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Statement};

use super::archive::which_layer;
use super::aside::Aside;
use super::feature::{About, Feature, Sink, repeated};
use super::geozero_part::part;
use super::json_parts::Part;
use super::kind::other_format;
use super::shapes::twice;
use super::table::{Remark, Value};
use crate::model::Severity;
use crate::read::crs::wkt;
use crate::read::error::{BadInput, Place, ReadError, damaged};
use crate::words::{Text, text};

/// Steps of the database between two looks at how many it has taken.
const STEPS: i32 = 100_000;

/// Hands on each row of the layer that the study names, or of the only one.
///
/// # Errors
/// A database that is damaged or no GeoPackage, several layers and none named, text that is not
/// UTF-8.
pub(crate) fn for_each(
    (bytes, aside): (&[u8], &Aside),
    file: &str,
    f: Sink<'_>,
) -> Result<About, ReadError> {
    let database = Database::open(bytes, file)?;
    let layer = database.layer(aside.layer.as_deref())?;
    let query = format!("SELECT * FROM {}", quoted(&layer.table));
    let mut statement = database.of(database.connection.prepare(&query))?;
    let reader = LayerReader::of(&layer, &statement, &database)?;
    let mut rows = database.of(statement.query([]))?;
    let mut number = 0;
    while let Some(row) = database.of(rows.next())? {
        number += 1;
        let place = Place::Feature(number);
        // A text that is not UTF-8 ends it: the database says that all of its texts are.
        let feature = reader.feature(row).ok_or_else(|| not_utf8(file, place))?;
        let feature = match repeated(&feature.properties) {
            Some(name) => Err(twice(name).at(file, place, None)),
            None => Ok(feature),
        };
        f(place, feature);
    }
    // Rows on a lost page do not come at all, so they are counted when all have come.
    database.check_count(&layer, number)?;
    let declared_crs = database.system(&layer)?;
    Ok(About {
        remarks: reader.remarks(layer.geometry.is_some() && declared_crs.is_none()),
        declared_crs,
        encoding: "UTF-8",
        bounds: None,
    })
}

fn not_utf8(file: &str, place: Place) -> BadInput {
    BadInput {
        code: "bad-encoding",
        file: file.to_owned(),
        place,
        expected: text!(NoTextIn, encoding = "UTF-8"),
        remedy: text!(ExportAgain),
        ..BadInput::default()
    }
}

/// A name in SQL.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// A layer of features, or a table without shapes.
struct LayerAbout {
    table: String,
    /// The column of the shapes, and the number of their system.
    geometry: Option<(String, i64)>,
    /// What the database itself says of how many rows there are.
    count: Option<u64>,
}

struct Database<'a> {
    connection: Connection,
    file: &'a str,
}

impl<'a> Database<'a> {
    fn open(bytes: &'a [u8], file: &'a str) -> Result<Self, ReadError> {
        check_length(bytes, file)?;
        let connection = Connection::open_in_memory();
        let connection = connection.map_err(|error| fault(file, &error))?;
        let mut database = Self { connection, file };
        let loaded = database.load(bytes);
        database.of(loaded)?;
        database.check()?;
        Ok(database)
    }

    fn load(&mut self, bytes: &[u8]) -> rusqlite::Result<()> {
        // A database that keeps a journal beside it says so here; in memory there is none.
        let journal = bytes.get(18..20).unwrap_or_default();
        let plain = &[1, 1][..journal.len()];
        let before = &bytes[..bytes.len().min(18)];
        let after = bytes.get(20..).unwrap_or_default();
        let whole = before.chain(plain).chain(after);
        let connection = &mut self.connection;
        connection.deserialize_read_exact("main", whole, bytes.len(), true)?;
        connection.execute_batch(
            "PRAGMA trusted_schema = OFF; PRAGMA query_only = ON; PRAGMA cell_size_check = ON;",
        )?;
        // A view may join tables with themselves: it gets steps in proportion to the file.
        let most = 1_000_u64.saturating_add(bytes.len() as u64 / 1_000);
        let mut looks = 0;
        connection.progress_handler(
            STEPS,
            Some(move || {
                looks += 1;
                looks > most
            }),
        );
        Ok(())
    }

    /// Whether the pages of the database hang together, and it is a GeoPackage.
    fn check(&self) -> Result<(), ReadError> {
        let check = "PRAGMA quick_check(1)";
        let told: String = self.of(self.connection.query_row(check, [], |row| row.get(0)))?;
        if told != "ok" {
            return Err(self.damaged(text!(DatabaseFault, error = told)));
        }
        if !self.has_table("gpkg_contents")? {
            return Err(other_format(self.file, text!(OtherDatabase), text!(ExportFromGis)).into());
        }
        Ok(())
    }

    fn has_table(&self, name: &str) -> Result<bool, ReadError> {
        let query = "SELECT count(*) FROM sqlite_master WHERE name = ?1";
        let count: i64 = self.of(self.connection.query_row(query, [name], |row| row.get(0)))?;
        Ok(count > 0)
    }

    /// What the database answered, or what is wrong with it.
    fn of<T>(&self, answer: rusqlite::Result<T>) -> Result<T, ReadError> {
        answer.map_err(|error| fault(self.file, &error))
    }

    fn damaged(&self, expected: Text) -> ReadError {
        damaged("bad-geopackage", self.file, expected).into()
    }

    /// The layer of this name, or the only one: of features, else of rows.
    fn layer(&self, named: Option<&str>) -> Result<LayerAbout, ReadError> {
        let query = "SELECT table_name, data_type FROM gpkg_contents
            WHERE data_type IN ('features', 'attributes') ORDER BY table_name";
        let mut statement = self.of(self.connection.prepare(query))?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        let all: rusqlite::Result<Vec<(String, String)>> = self.of(rows)?.collect();
        let all = self.of(all)?;
        let of_kind = |kind: &str| -> Vec<&str> {
            let tables = all.iter().filter(|(_, own)| own == kind);
            tables.map(|(table, _)| table.as_str()).collect()
        };
        let (features, rows) = (of_kind("features"), of_kind("attributes"));
        let table = match (named, features.as_slice(), rows.as_slice()) {
            (Some(named), ..) if all.iter().any(|(table, _)| table == named) => named,
            (None, [only], _) | (None, [], [only]) => only,
            (None, [], []) => {
                let what = text!(NoFeatureLayer);
                return Err(other_format(self.file, what, text!(ExportFromGis)).into());
            }
            // The study names none of several.
            (None, several, _) if !several.is_empty() => {
                return Err(which_layer(self.file, several.to_vec()));
            }
            // It names one that is not there, or names none of several tables of rows.
            _ => {
                let tables = all.iter().map(|(table, _)| table.as_str());
                return Err(which_layer(self.file, tables.collect()));
            }
        };
        self.about(table)
    }

    fn about(&self, table: &str) -> Result<LayerAbout, ReadError> {
        let query = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1";
        let mut geometry = None;
        if self.has_table("gpkg_geometry_columns")? {
            let mut statement = self.of(self.connection.prepare(query))?;
            let mut rows = self.of(statement.query([table]))?;
            if let Some(row) = self.of(rows.next())? {
                geometry = Some(self.of(row.get(0).and_then(|name| Ok((name, row.get(1)?))))?);
            }
        }
        let mut count = None;
        // GDAL keeps the number of rows in a table of its own.
        if self.has_table("gpkg_ogr_contents")? {
            let query = "SELECT feature_count FROM gpkg_ogr_contents WHERE table_name = ?1";
            let mut statement = self.of(self.connection.prepare(query))?;
            let mut rows = self.of(statement.query([table]))?;
            if let Some(row) = self.of(rows.next())? {
                let told: Option<i64> = self.of(row.get(0))?;
                count = told.and_then(|told| told.try_into().ok());
            }
        }
        Ok(LayerAbout {
            table: table.to_owned(),
            geometry,
            count,
        })
    }

    /// Rows may be lost where a page of the database is; its writer counts them elsewhere, too.
    fn check_count(&self, layer: &LayerAbout, found: u64) -> Result<(), ReadError> {
        match layer.count {
            Some(claimed) if claimed != found => {
                let expected = text!(FewerRows, found = found, claimed = claimed);
                Err(self.damaged(expected))
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The system of a layer's shapes.
    fn system(&self, layer: &LayerAbout) -> Result<Option<String>, ReadError> {
        let Some((_, number)) = &layer.geometry else {
            return Ok(None);
        };
        // −1 and 0 stand for unknown ones.
        if *number <= 0 {
            return Ok(None);
        }
        let query = "SELECT organization, organization_coordsys_id, definition
            FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
        let mut statement = self.of(self.connection.prepare(query))?;
        let mut rows = self.of(statement.query([number]))?;
        let Some(row) = self.of(rows.next())? else {
            return Ok(Some(format!("EPSG:{number}")));
        };
        let authority: String = self.of(row.get(0))?;
        if authority.eq_ignore_ascii_case("EPSG") {
            let code: i64 = self.of(row.get(1))?;
            return Ok(Some(format!("EPSG:{code}")));
        }
        let definition: String = self.of(row.get(2))?;
        Ok(wkt::name(&definition))
    }

    /// The column that numbers the rows.
    fn key(&self, table: &str) -> Result<Option<String>, ReadError> {
        let query = "SELECT name FROM pragma_table_info(?1) WHERE pk = 1";
        let mut statement = self.of(self.connection.prepare(query))?;
        let mut rows = self.of(statement.query([table]))?;
        let row = self.of(rows.next())?;
        row.map(|row| self.of(row.get(0))).transpose()
    }
}

/// Whether a database has all its pages: SQLite takes what is missing of the last one for zeros.
fn check_length(bytes: &[u8], file: &str) -> Result<(), ReadError> {
    let number = |at: usize| {
        let four = bytes.get(at..).and_then(<[u8]>::first_chunk);
        four.map_or(0, |four| u64::from(u32::from_be_bytes(*four)))
    };
    // The size of a page stands in the upper half; 1 is 65,536.
    let page = match number(16) >> 16 {
        1 => 65_536,
        page => page.max(1),
    };
    // The number of pages counts where it was written with the last change.
    let is_counted = number(24) == number(92) && number(28) > 0;
    let length = bytes.len() as u64;
    let claimed = if is_counted {
        page * number(28)
    } else {
        length.next_multiple_of(page)
    };
    if claimed == length {
        return Ok(());
    }
    let expected = text!(LengthClaimed, claimed = claimed, bytes = length);
    Err(damaged("bad-geopackage", file, expected).into())
}

fn fault(file: &str, error: &rusqlite::Error) -> ReadError {
    let is_slow = error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted);
    let expected = if is_slow {
        text!(DatabaseTooSlow)
    } else {
        text!(DatabaseFault, error = error.to_string())
    };
    damaged("bad-geopackage", file, expected).into()
}

/// What a column of a layer is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Key,
    Shape,
    Property,
}

struct LayerReader {
    columns: Vec<(String, Column)>,
    /// Whether a value of each column could not be read, as pictures cannot.
    unread: std::cell::RefCell<Vec<bool>>,
}

impl LayerReader {
    fn of(
        layer: &LayerAbout,
        statement: &Statement<'_>,
        database: &Database<'_>,
    ) -> Result<Self, ReadError> {
        let key = database.key(&layer.table)?;
        let shape = layer.geometry.as_ref().map(|(name, _)| name);
        let columns = statement.column_names().into_iter().map(|name| {
            let is = |other: Option<&String>| other.is_some_and(|other| other == name);
            let column = if is(shape) {
                Column::Shape
            } else if is(key.as_ref()) {
                Column::Key
            } else {
                Column::Property
            };
            (name.trim().to_owned(), column)
        });
        let columns: Vec<_> = columns.collect();
        Ok(Self {
            unread: std::cell::RefCell::new(vec![false; columns.len()]),
            columns,
        })
    }

    /// The feature of a row; none where a text is not UTF-8.
    fn feature(&self, row: &Row<'_>) -> Option<Feature> {
        let mut id = Value::Empty;
        let mut shaped = Feature::default();
        let mut properties = Vec::with_capacity(self.columns.len());
        for (place, (name, column)) in self.columns.iter().enumerate() {
            let value = row.get_ref(place).ok()?;
            match column {
                Column::Key => id = self.value(place, value)?,
                Column::Shape => shaped = shape(value),
                Column::Property => properties.push((name.clone(), self.value(place, value)?)),
            }
        }
        Some(Feature {
            id,
            properties,
            ..shaped
        })
    }

    fn value(&self, place: usize, value: ValueRef<'_>) -> Option<Value> {
        Some(match value {
            ValueRef::Null => Value::Empty,
            ValueRef::Integer(number) => Value::of_integer(number.into()),
            ValueRef::Real(number) => Value::of_float(number),
            ValueRef::Text(text) => Value::of_text(std::str::from_utf8(text).ok()?),
            ValueRef::Blob(_) => {
                self.unread.borrow_mut()[place] = true;
                Value::Empty
            }
        })
    }

    fn remarks(&self, has_no_system: bool) -> Vec<Remark> {
        let mut remarks = Vec::new();
        if has_no_system {
            remarks.push(Remark {
                severity: Severity::Note,
                code: "no-crs-in-file",
                message: text!(NoCrsInFile),
            });
        }
        let unread = self.unread.borrow();
        let named = self.columns.iter().zip(unread.iter());
        let unread: Vec<&str> = named
            .filter(|(_, unread)| **unread)
            .map(|((name, _), _)| name.as_str())
            .collect();
        if !unread.is_empty() {
            let columns = crate::read::listed::listed(unread);
            remarks.push(Remark {
                severity: Severity::Suspicious,
                code: "columns-not-read",
                message: text!(ColumnsNotRead, columns = columns),
            });
        }
        remarks
    }
}

/// The shape in a value.
fn shape(value: ValueRef<'_>) -> Feature {
    let part = match value {
        ValueRef::Null => Ok(Part::Null),
        ValueRef::Blob(bytes) => part(|builder| process_gpkg_geom(&mut &bytes[..], builder)),
        // No shape, and told as one.
        ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Text(_) => Ok(Part::Other),
    };
    match part {
        Ok(part) => Feature::of(part),
        Err(flaw) => Feature {
            flaw: Some(flaw),
            ..Feature::default()
        },
    }
}
