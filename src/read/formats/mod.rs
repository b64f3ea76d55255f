//! From bytes to tables and shapes: one file a format, recognised by its content.

pub(crate) mod archive;
pub(crate) mod aside;
pub(crate) mod by_chance;
pub(crate) mod csv;
pub(crate) mod encoding;
mod esri_json;
pub(crate) mod feature;
mod feature_table;
#[cfg(feature = "flatgeobuf")]
mod flatgeobuf;
mod geojson;
#[cfg(feature = "geopackage")]
mod geopackage;
pub(crate) mod geotiff;
#[cfg(any(feature = "flatgeobuf", feature = "geopackage"))]
mod geozero_part;
pub(crate) mod guarded;
pub(crate) mod gzip;
pub(crate) mod header;
pub(crate) mod json_coordinates;
pub(crate) mod json_node;
mod json_page;
pub(crate) mod json_parts;
pub(crate) mod kind;
mod kml;
mod kml_placemark;
pub(crate) mod layer;
mod nesting;
pub(crate) mod plain_word;
pub(crate) mod rings;
pub(crate) mod shape;
pub(crate) mod shapefile;
pub(crate) mod shapes;
pub(crate) mod sheet;
pub(crate) mod table;
pub(crate) mod values;
pub(crate) mod workbook;
