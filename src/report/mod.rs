//! Files out: tables, maps, a summary, and a manifest to check them by.
//!
//! The files are listed with their columns in the crate's documentation of formats. Each is written
//! whole or not at all, and each is the same, byte for byte, on each run and for any number of
//! threads. In tables a text from the data that a spreadsheet would take for a formula gets a `'`
//! before it.

mod assessed;
mod assessment;
mod atomic;
mod cells;
mod error;
mod explanation;
mod findings;
mod geojson;
mod item_times;
mod lock;
mod manifest;
mod number;
mod parameters;
mod results;
mod rules;
mod spare;
mod summary;
mod table;
mod text;
mod text_assessed;
mod text_told;
mod told;
mod units;

use std::path::{Path, PathBuf};

use crate::model::Study;
use crate::progress::{Progress, Silent, Stage};
use crate::score::{Breakdown, Coverage};
use atomic::Batch;
use lock::OutDir;

pub use error::ReportError;
pub use explanation::{explanation, explanation_json};
pub use results::Results;
pub use summary::{Summary, summary, summary_of};

/// What to write beyond the usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportOptions {
    /// Whether to write the table of cells × items, gzipped, even when it is very long.
    pub items: bool,
    /// How many rows are very long: five million.
    pub most_item_rows: u64,
}

impl Default for ReportOptions {
    fn default() -> Self {
        Self {
            items: false,
            most_item_rows: 5_000_000,
        }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The directory.
    pub dir: PathBuf,
    /// The files in it, the manifest last.
    pub files: Vec<WrittenFile>,
    /// Files that were left out, each with the reason.
    pub left_out: Vec<(&'static str, String)>,
}

/// One file that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// Writes all results of a study to a directory, which is made if it is missing.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let links = walkshed::snap::link(&study);
/// # let times = walkshed::search::travel_times(&study, &links, study.target().search);
/// # let now = walkshed::score::coverage(&study, &times, study.target());
/// # let out = tempfile::tempdir()?;
/// let written = walkshed::report::write(&study, &now, out.path())?;
/// assert_eq!(written.files.last().map(|file| file.name), Some("manifest.json"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the directory cannot be written to, another run holds it, or something other than a file
/// stands where a file belongs. The files of an earlier run then stay as they were.
///
/// # Panics
/// When the coverage is of another study.
pub fn write(study: &Study, now: &Coverage, dir: impl AsRef<Path>) -> Result<Written, ReportError> {
    assert!(
        std::ptr::eq(study, now.study()),
        "the coverage is of this study"
    );
    write_with(
        &Results::of(now, &Breakdown::default()),
        dir,
        &ReportOptions::default(),
        &Silent,
    )
}

/// [`write()`] of everything that the study's rules ask for, with options, telling how far it is.
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    results: &Results<'_, '_>,
    dir: impl AsRef<Path>,
    options: &ReportOptions,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    let now = results.now;
    let summary = summary_of(results);
    progress.start(Stage::Report, 10);
    spare::inputs(now.study(), dir.as_ref())?;
    let dir = OutDir::open(dir.as_ref())?;
    let mut files = Batch::new(&dir);
    let findings = findings::all(now);
    let step = |()| progress.advance(1);
    files
        .add("cells.csv", |out| cells::write(results, out))
        .map(step)?;
    let left_out = add_items(now, options, &mut files).inspect(|_| step(()))?;
    files
        .add("units.csv", |out| units::write(results, out))
        .map(step)?;
    files
        .add("cells.geojson", |out| geojson::write_cells(results, out))
        .map(step)?;
    files
        .add("sites.geojson", |out| geojson::write_sites(now, out))
        .map(step)?;
    rules::add(results, &mut files).map(step)?;
    assessment::add(results, &mut files).map(step)?;
    files
        .add("findings.csv", |out| findings::write(&findings, out))
        .map(step)?;
    files
        .add("summary.json", |out| {
            out.write_all(summary.to_json().as_bytes())
        })
        .map(step)?;
    let so_far: Vec<WrittenFile> = files.files().cloned().collect();
    files.add("manifest.json", |out| {
        manifest::write(now, so_far.iter(), &left_out, out)
    })?;
    let outdated: Vec<&str> = spare::optional()
        .filter(|name| so_far.iter().all(|file| file.name != *name))
        .collect();
    let files = files.commit(&outdated).inspect(|_| step(()))?;
    Ok(Written {
        dir: dir.path().to_owned(),
        files,
        left_out,
    })
}

type LeftOut = Vec<(&'static str, String)>;

const PLAIN: &str = "item_times.csv";
const GZIPPED: &str = "item_times.csv.gz";

/// Writes the table of items or says why not.
fn add_items(
    now: &Coverage,
    options: &ReportOptions,
    files: &mut Batch,
) -> Result<LeftOut, ReportError> {
    let rows = item_times::rows(now);
    if rows <= options.most_item_rows {
        files.add(PLAIN, |out| item_times::write(now, out))?;
        return Ok(Vec::new());
    }
    if options.items {
        files.add(GZIPPED, |out| item_times::write_gz(now, out))?;
        return Ok(Vec::new());
    }
    let why = format!(
        "it would have {rows} rows, more than {}; --items writes it gzipped",
        options.most_item_rows
    );
    Ok(vec![(PLAIN, why)])
}
