//! Files in: the study file and everything it names, checked at the door.

mod baseline;
mod baseline_row;
mod crs;
mod datum_check;
mod error;
mod first_study;
mod formats;
pub mod geojson;
mod input;
mod language;
mod listed;
mod people;
mod plan;
mod planning;
mod plausibility;
mod rejects;
mod row_policy;
mod services;
mod streets;
mod study;
mod tables;
mod torn;
mod vocabulary;
#[cfg(test)]
mod words_tests;

pub use crate::text::plain;
pub use baseline::{earlier, earlier_run};
pub use error::{BadInput, Place, ReadError};
pub use first_study::{FirstStudy, first_study};
pub use formats::guarded::is_guarded;
pub use language::language;
pub use planning::{MatrixFiles, matrix, places};
pub use row_policy::OnBad;
pub use study::{Options, check, study, study_with};
pub use tables::columns::{markdown as column_names, nearest as near_names};
