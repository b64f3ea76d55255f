//! The features of one file, whatever its format.

use geojson::FeatureCollection;

use super::aside::Aside;
use super::feature::{About, Sink};
use super::feature_table::FeatureTable;
#[cfg(feature = "flatgeobuf")]
use super::flatgeobuf;
#[cfg(feature = "geopackage")]
use super::geopackage;
use super::header::{fits, in_proportion};
use super::kind::Kind;
#[cfg(not(all(feature = "geopackage", feature = "flatgeobuf")))]
use super::kind::missing_feature;
use super::table::Table;
use super::{esri_json, geojson as json, kml, shapefile};
use crate::read::error::ReadError;

/// Features as they come in.
#[derive(Clone, Copy)]
pub(crate) enum Layer<'a> {
    /// GeoJSON or Esri JSON in a file.
    Json(&'a [u8]),
    /// What a program holds.
    Collection(&'a FeatureCollection),
    /// A file of another format, and what stands beside it.
    File(Kind, &'a [u8], &'a Aside),
}

impl<'a> From<&'a [u8]> for Layer<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self::Json(bytes)
    }
}

impl<'a> From<&'a FeatureCollection> for Layer<'a> {
    fn from(collection: &'a FeatureCollection) -> Self {
        Self::Collection(collection)
    }
}

impl Layer<'_> {
    /// Whether so large a table can come of it.
    fn fits(self, (columns, rows): (usize, usize), file: &str) -> Result<(), ReadError> {
        fits(columns, rows, file)?;
        match self {
            Self::Json(bytes) => in_proportion(columns, rows, bytes.len(), file),
            Self::File(_, bytes, aside) => {
                in_proportion(columns, rows, bytes.len() + aside.size(), file)
            }
            Self::Collection(_) => Ok(()),
        }
    }
}

/// Reads features into a table. Columns are the properties' names in order of first appearance.
///
/// The features' own `id` becomes a first column `id` unless some property `id` has a value.
/// Features are counted from 1, also where they stand one a line, and where the file is one bare
/// `GeometryCollection`, whose members then count as features.
///
/// # Errors
///
/// A file that is not of its format, cut or malformed (with its line), only a page of what a service
/// has, or a table that is too large.
pub(crate) fn table<'a>(layer: impl Into<Layer<'a>>, file: &str) -> Result<Table, ReadError> {
    let layer = layer.into();
    let mut rows = FeatureTable::of(file);
    let about = for_each_feature(layer, file, &mut |place, feature| rows.take(place, feature))?;
    layer.fits(rows.size(), file)?;
    rows.finished(about)
}

/// Hands on each feature of a file as it is read, or what is wrong with it; keeps none.
///
/// # Errors
///
/// As [`table`]. Features read before the error have been handed on by then.
pub(crate) fn for_each_feature(
    layer: Layer<'_>,
    file: &str,
    f: Sink<'_>,
) -> Result<About, ReadError> {
    match layer {
        Layer::Json(bytes) if esri_json::is_esri(bytes) => esri_json::for_each(bytes, file, f),
        Layer::Json(bytes) => json::for_each(bytes, file, f),
        Layer::Collection(collection) => json::for_each_of(collection, file, f),
        Layer::File(kind, bytes, aside) => packed(kind, (bytes, aside), file, f),
    }
}

fn packed(
    kind: Kind,
    (bytes, aside): (&[u8], &Aside),
    file: &str,
    f: Sink<'_>,
) -> Result<About, ReadError> {
    match kind {
        Kind::Json => json::for_each(bytes, file, f),
        Kind::Shapefile => shapefile::for_each((bytes, aside), file, f),
        Kind::Kml => kml::for_each(bytes, file, f),
        #[cfg(feature = "geopackage")]
        Kind::GeoPackage => geopackage::for_each((bytes, aside), file, f),
        #[cfg(feature = "flatgeobuf")]
        Kind::FlatGeobuf => flatgeobuf::for_each(bytes, file, f),
        #[cfg(not(feature = "geopackage"))]
        Kind::GeoPackage => Err(missing_feature("GeoPackage", "geopackage", file).into()),
        #[cfg(not(feature = "flatgeobuf"))]
        Kind::FlatGeobuf => Err(missing_feature("FlatGeobuf", "flatgeobuf", file).into()),
    }
}
