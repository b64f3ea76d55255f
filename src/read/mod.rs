//! Files in: the study file and everything it names, checked at the door.

pub(crate) mod columns;
pub(crate) mod csv;
pub(crate) mod encoding;
pub(crate) mod error;
pub(crate) mod geojson;
pub(crate) mod header;
pub(crate) mod json_coordinates;
pub(crate) mod json_node;
pub(crate) mod json_parts;
pub(crate) mod plain_streets;
pub(crate) mod raw_streets;
pub(crate) mod shapes;
pub(crate) mod table;
pub(crate) mod values;
pub(crate) mod walk_rule;
pub(crate) mod xlsx;

pub use error::{BadInput, Place, ReadError, plain};
