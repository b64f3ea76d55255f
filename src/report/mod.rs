//! Files out: tables, maps, a summary, and a manifest to check them by.
//!
//! The files are listed with their columns in the crate's documentation of formats. Each is written
//! whole or not at all, and each is the same, byte for byte, on each run and for any number of
//! threads. In tables a text from the data that a spreadsheet would take for a formula gets a `'`
//! before it.
//!
//! ```
//! # let folder = tempfile::tempdir()?;
//! use walkshed::{Options, draw, report};
//!
//! let study = draw::town("A-a--s-B", 100.0, "s");
//! let results = walkshed::run(&study, &Options::default())?;
//! report::write(&results, folder.path())?;
//! let cells = std::fs::read_to_string(folder.path().join("cells.csv"))?;
//! assert_eq!(cells.lines().count(), 1 + study.cells().len(), "a head, and a row for each cell");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assessment;
mod atomic;
mod checked;
mod claims;
mod column;
mod csv;
mod documented;
mod error;
mod explanation;
mod finish;
mod geojson;
mod guard_inputs;
mod isochrones;
mod layout;
mod lock;
mod made_cells;
mod manifest;
mod number;
mod options;
mod out;
mod page;
mod parameters;
mod pictures;
mod plans;
mod qgis;
mod rules_on;
mod space;
mod spoken;
mod summary;
mod switch;
mod tables;
mod torn_maps;
mod words;
mod workbook;
mod written;

use std::path::Path;

use crate::model::Findings;
use crate::progress::{Progress, Silent, Stage};
use crate::run::Results;
use crate::words::text;
use atomic::Batch;
use finish::finish;
use manifest::Run;
use out::TableForm;
use parameters::Parameters;
use pictures::Form;
use written::LeftOut;

pub use checked::{checked_json, checked_text, write_checked_into};
pub use documented::column_names;
pub use error::{Foreign, Left, ReportError};
pub use explanation::{explanation, explanation_json, site_view, site_view_json};
pub use geojson::{cells_geojson, sites_geojson};
pub use isochrones::{
    isochrone_streets_geojson, isochrones_geojson, isochrones_json, isochrones_svg,
    isochrones_text, write_isochrones_into,
};
pub use lock::OutDir;
pub use made_cells::{made_cells_json, made_cells_text, write_made_cells_into};
pub use options::{Paper, ReportOptions};
pub use plans::{
    matrix_plan_json, matrix_plan_text, proposal_json, proposal_text, write_matrix_plan_into,
    write_proposal_into,
};
pub use summary::{Summary, summary};
pub use written::{Written, WrittenFile};

/// Writes all results of a run to a directory, which is made if it is missing.
///
/// Files of an earlier run are replaced, or taken away if this run writes none of that name. They are
/// known by the manifest and their SHA-256: whatever else bears one of their names is in the way.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let out = tempfile::tempdir()?;
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// let written = walkshed::report::write(&results, out.path())?;
/// assert_eq!(written.files.last().map(|file| file.name), Some("manifest.json"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the directory cannot be written to, another run holds it, files are in the way, or something
/// other than a file stands where a file belongs. The files of an earlier run then stay as they were,
/// unless the error is [`ReportError::Broken`].
pub fn write(results: &Results, dir: impl AsRef<Path>) -> Result<Written, ReportError> {
    write_with(results, dir, &ReportOptions::default())
}

/// [`write()`] with options.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let out = tempfile::tempdir()?;
/// use walkshed::report::{ReportOptions, write_with};
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// let options = ReportOptions { page: false, workbook: true, ..ReportOptions::default() };
/// let names: Vec<&str> = write_with(&results, out.path(), &options)?.files.iter().map(|file| file.name).collect();
/// assert!(names.contains(&"report.xlsx") && !names.contains(&"report.html"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write()`].
pub fn write_with(
    results: &Results,
    dir: impl AsRef<Path>,
    options: &ReportOptions,
) -> Result<Written, ReportError> {
    // First, so that an input is called one, and not just a file in the way.
    guard_inputs::inputs(results.study().sources(), dir.as_ref())?;
    let dir = OutDir::open(dir, options)?;
    write_into(results, &dir, &Silent)
}

/// [`write()`] into a directory that was opened before the work, with the options it was opened with,
/// telling how far it is.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let folder = tempfile::tempdir()?;
/// use walkshed::report::{OutDir, ReportOptions, write_into};
/// // Whether it can be written to is known before the work.
/// let out = OutDir::open(folder.path(), &ReportOptions::default())?;
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// let written = write_into(&results, &out, &walkshed::Silent)?;
/// assert_eq!(written.dir, out.path());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write()`].
pub fn write_into(
    results: &Results,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    let now = &results.coverage;
    // Before any file: what stands in the summary is shown on the page and in the workbook too.
    let summary = summary(results);
    dir.check(now.study())?;
    // Walking takes a stage of its own, and only a page that people move about in shows it.
    let shows_land = dir.options().page && dir.options().isochrones && page::is_live(now.study());
    let lands = if shows_land {
        page::lands(now.study(), progress)
    } else {
        Vec::new()
    };
    progress.start(Stage::Report, 11);
    let mut files = Batch::new(dir, TableForm::of(now.study()));
    let findings = tables::findings::all(now);
    let step = |()| progress.advance(1);
    files
        .add("cells.csv", |out| tables::cells::write(results, out))
        .map(step)?;
    let left_out = add_items(results, dir.options(), &mut files).inspect(|_| step(()))?;
    files
        .add("units.csv", |out| tables::units::write_units(results, out))
        .map(step)?;
    files
        .add("cells.geojson", |out| geojson::write_cells(results, out))
        .map(step)?;
    files
        .add("sites.geojson", |out| geojson::write_sites(results, out))
        .map(step)?;
    files.add("cells.qml", |out| qgis::write_cells(results, out))?;
    files.add("sites.qml", |out| qgis::write_sites(results, out))?;
    torn_maps::add(results, &mut files)?;
    tables::rules::add(results, &mut files).map(step)?;
    assessment::add(results, &mut files).map(step)?;
    files
        .add("findings.csv", |out| {
            tables::findings::write_findings(&findings, now.study().language(), out)
        })
        .map(step)?;
    files
        .add("summary.json", |out| {
            out.write_all(summary.to_json().as_bytes())
        })
        .map(step)?;
    let told = (&summary, &findings);
    let mut left_out = left_out;
    left_out.extend(add_for_people(
        (results, told),
        &lands,
        &mut files,
        dir.options(),
    )?);
    step(());
    // The manifest comes last, as it lists all others.
    let run = (&Run::of(now.study()), Parameters::of(now));
    finish(files, dir, run, left_out).inspect(|_| step(()))
}

/// Writes what is asked for of the page, the workbook and the map, or says why not.
fn add_for_people(
    (results, (summary, findings)): (&Results, (&Summary, &Findings)),
    lands: &[page::Land],
    files: &mut Batch<'_>,
    options: &ReportOptions,
) -> Result<LeftOut, ReportError> {
    if options.page {
        files.add("report.html", |out| {
            page::write(results, (summary, findings), lands, out)
        })?;
    }
    if options.workbook {
        files.add("report.xlsx", |out| {
            workbook::write(results, summary, findings, out)
        })?;
    }
    if options.map
        && let Some(map) = page::map_sheet(results, summary, findings, options.paper)
    {
        files.add("map.svg", |out| out.write_all(map.as_bytes()))?;
        let forms = [("map.png", Form::Png), ("map.pdf", Form::Pdf)];
        return pictures::add(&forms, &map, files);
    }
    Ok(Vec::new())
}

const PLAIN: &str = "item_times.csv";
const GZIPPED: &str = "item_times.csv.gz";

/// Writes the table of items or says why not.
fn add_items(
    results: &Results,
    options: &ReportOptions,
    files: &mut Batch,
) -> Result<LeftOut, ReportError> {
    let rows = tables::item_times::rows(results);
    if rows <= options.most_item_rows {
        files.add(PLAIN, |out| tables::item_times::write_times(results, out))?;
        return Ok(Vec::new());
    }
    // Asked for though it is large: packed while it is written.
    if options.items {
        files.add(GZIPPED, |out| tables::item_times::write_gz(results, out))?;
        return Ok(Vec::new());
    }
    // Left out, but not in silence: the manifest says so.
    let why = text!(ItemTimesLeftOut, rows = rows, most = options.most_item_rows);
    Ok(vec![(PLAIN, why)])
}
