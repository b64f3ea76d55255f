//! ESRI shapefiles: the shapes of a `.shp` and the rows of the `.dbf` beside it, one for one.
//!
//! The shapes are decoded by the crate `shapefile`, record by record behind a fence of ours: its
//! iterator takes what a header says of the file's length for the truth, and yields an error for
//! ever. The rows are not read through the crate `dbase`, with which it comes: that leaves out rows
//! marked as deleted, so that each later shape gets the next one's attributes, keeps `F` columns to
//! seven digits, takes a number that did not fit (`****`) for none, and refuses a file without a date
//! (`crate_tests` shows each).

mod codepage;
mod dbf;
mod shp;

#[cfg(test)]
mod crate_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod shape_tests;

use super::aside::Aside;
use super::feature::{About, Feature, Sink, repeated};
use super::shapes::twice;
use super::table::Remark;
use crate::model::Severity;
use crate::read::crs::wkt;
use crate::read::error::{BadInput, Place, ReadError, damaged};
use crate::words::text;
use dbf::Rows;
use shp::Shapes;

/// Whether a file begins as `.shp` and `.shx` do.
pub(crate) fn is_shapefile(bytes: &[u8]) -> bool {
    bytes.len() >= shp::HEADER && bytes.starts_with(&9994_u32.to_be_bytes())
}

/// Whether a file that begins so is the index: its first entry points behind the header, where the
/// first record of a `.shp` has its number, 1 (or 0).
pub(crate) fn is_index(bytes: &[u8]) -> bool {
    let first = bytes.get(shp::HEADER..shp::HEADER + 4);
    (bytes.len() - shp::HEADER).is_multiple_of(8) && first == Some(&50_u32.to_be_bytes()[..])
}

/// Whether a file is a `.dbf`.
pub(crate) fn is_dbf(bytes: &[u8]) -> bool {
    dbf::is_dbf(bytes)
}

/// Hands on each shape with its row. The places are the shapes' numbers, counted from 1, also where
/// rows between them are marked as deleted and left out.
///
/// # Errors
/// A file that is cut or damaged, no `.dbf`, another number of rows than of shapes, or text in no
/// known encoding.
pub(crate) fn for_each(
    (bytes, aside): (&[u8], &Aside),
    file: &str,
    f: Sink<'_>,
) -> Result<About, ReadError> {
    let table = aside.part("dbf").ok_or_else(|| no_table(file))?;
    let shapes = Shapes::of(bytes, file)?;
    let mut rows = Rows::of(table, aside)?;
    // Nothing but their number ties a row to its shape.
    if shapes.count() != rows.count() {
        let expected = text!(
            ShapesAndRows,
            shapes = shapes.count(),
            rows = rows.count(),
            table = crate::read::plain(&table.name),
        );
        return Err(damaged("bad-shapefile", file, expected).into());
    }
    for number in 0..shapes.count() {
        let Some(properties) = rows.next(number)? else {
            continue;
        };
        let place = Place::Feature(number as u64 + 1);
        // As in GeoJSON, a name that stands twice leaves it open which of the two counts.
        let feature = match repeated(&properties) {
            Some(name) => Err(twice(name).at(file, place, None)),
            None => Ok(Feature {
                properties,
                ..Feature::of(shapes.shape(number, file)?)
            }),
        };
        f(place, feature);
    }
    let mut remarks = rows.remarks();
    // Without a `.prj` nobody knows what the numbers are, and that must not go unsaid.
    let declared_crs = declared(aside);
    if declared_crs.is_none() {
        remarks.push(Remark {
            severity: Severity::Note,
            code: "no-crs-in-file",
            message: text!(NoCrsInFile),
        });
    }
    Ok(About {
        declared_crs,
        encoding: rows.encoding(),
        bounds: None,
        remarks,
    })
}

/// The system that the `.prj` names.
fn declared(aside: &Aside) -> Option<String> {
    let prj = aside.part("prj")?;
    wkt::name(&String::from_utf8_lossy(&prj.bytes))
}

fn no_table(file: &str) -> BadInput {
    BadInput {
        code: "no-dbf",
        file: file.to_owned(),
        expected: text!(NoDbf),
        remedy: text!(KeepTogether),
        ..BadInput::default()
    }
}
