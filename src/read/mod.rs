//! Files in: the study file and everything it names, checked at the door.

mod barriers;
mod catalogue;
mod cells;
mod checks;
mod columns;
mod crs;
mod csv;
mod door;
mod encoding;
mod error;
mod geojson;
mod gzip;
mod input;
mod json_parts;
mod network;
mod osm;
mod plain_streets;
mod points;
mod raw_streets;
mod rows;
mod shapes;
mod sites;
mod streets;
mod study;
mod study_file;
mod table;
mod units;
mod values;
mod walk_rule;
mod xlsx;

pub use columns::markdown as column_names;
pub use door::OnBad;
pub use error::{BadInput, Place, ReadError, plain};
pub use study::{Options, study, study_with};
pub use walk_rule::NAME as WALK_RULE;
