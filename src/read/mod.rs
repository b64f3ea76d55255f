//! Files in: the study file and everything it names, checked at the door.

pub(crate) mod error;
pub(crate) mod gzip;
pub(crate) mod osm;
pub(crate) mod raw_streets;
pub(crate) mod table;
pub(crate) mod walk_rule;

pub use error::{BadInput, Place, ReadError, plain};
