//! Files in: the study file and everything it names, checked at the door.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! # let path = |name: &str| folder.path().join(name);
//! use std::fs::write;
//! use walkshed::{Options, read};
//!
//! let study = "[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\n";
//! write(path("study.toml"), study)?;
//! write(path("streets.geojson"), r#"{"type": "FeatureCollection", "features": [
//!     {"type": "Feature", "properties": {"highway": "residential"},
//!      "geometry": {"type": "LineString", "coordinates": [[116.24, 29.73], [116.26, 29.73]]}}]}"#)?;
//! write(path("sites.csv"), "id,lon,lat\nhall,116.241,29.7301\n")?;
//! write(path("cells.csv"), "id,lon,lat,population\n1,116.249,29.7301,120\n2,116.259,29.7301,80\n")?;
//!
//! let (study, findings) = read::study(path("study.toml"))?;
//! assert_eq!(findings.count_of(walkshed::model::Severity::Rejected), 0);
//! // 770 m and 1,740 m; 1,000 m are walked in 15 minutes.
//! let now = walkshed::run(&study, &Options::default())?.coverage;
//! assert_eq!(now.share().to_string(), "60.0 %");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
pub use planning::{MatrixFiles, map_places, matrix, places};
pub use row_policy::OnBad;
pub use study::{Options, check, study, study_with};
pub use tables::columns::{markdown as column_names, nearest as near_names};
