//! From bytes to tables and shapes: one file a format, recognised by its content.

pub(crate) mod by_chance;
pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod geojson;
pub(crate) mod gzip;
pub(crate) mod header;
pub(crate) mod json_coordinates;
pub(crate) mod json_node;
pub(crate) mod json_parts;
pub(crate) mod plain_word;
pub(crate) mod rings;
pub(crate) mod shapes;
pub(crate) mod table;
pub(crate) mod values;
pub(crate) mod xlsx;
