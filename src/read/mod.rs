//! Files in: the study file and everything it names, checked at the door.

mod baseline;
mod baseline_row;
mod crs;
mod datum_check;
mod error;
mod formats;
mod formula;
mod input;
mod language;
mod listed;
mod plan;
mod plausibility;
mod rejects;
mod row_policy;
mod streets;
mod study;
mod tables;

pub use baseline::earlier;
pub(crate) use error::steady;
pub use error::{BadInput, Place, ReadError, plain};
pub(crate) use formula::is_formula;
pub use language::language;
pub use row_policy::OnBad;
pub use streets::walkable::NAME as WALK_RULE;
pub use study::{Options, study, study_with};
pub use tables::columns::{markdown as column_names, nearest as near_names};
