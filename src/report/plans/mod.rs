//! Plans as files and in words: what to do, in which order, what it brings, and how good it is at least.

mod json;
mod map;
mod rows;
mod sheet;
mod style;
mod summary;
mod toml;
mod units;

use std::io;

use super::atomic::Batch;
use super::column;
use super::error::ReportError;
use super::geojson::Map as _;
use super::lock::OutDir;
use super::manifest::Run;
use super::out::{Out, TableForm};
use super::written::Written;
use crate::model::Study;
use crate::progress::{Progress, Stage};
use crate::proposal::{MatrixPlan, Proposal};
use json::Json;
use map::PlanMap;
pub(super) use rows::{
    fairness_columns, frontier_columns, phase_columns, pivot_columns, step_columns,
};
use sheet::Sheet;
pub(super) use units::columns as unit_columns;

pub use summary::{matrix_plan_text, proposal_text};

/// Writes `plan.csv`, `plan.json`, `plan_units.csv`, `plan.geojson`, `plan.qml`, `frontier.csv`, `plan.toml` and
/// `manifest.json` (of the fairest plan `fairness.csv`, of all phases `plan_phases.csv`, of closings `pivotal.csv`,
/// too) into a directory that was opened before the work: all of them or none.
///
/// `seconds`: how long it took.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::report::{OutDir, ReportOptions, write_proposal_into};
/// use walkshed::{Silent, draw};
/// # let folder = tempfile::tempdir()?;
/// let town = draw::town("A-s-a-t-B", 100.0, "st");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let plan = closing(&town, &request, &Limits::NONE, &Silent).unwrap();
/// let out = OutDir::open(folder.path(), &ReportOptions::default())?;
/// let written = write_proposal_into(&plan, 2.5, &out, &Silent)?;
/// assert!(written.files.iter().any(|file| file.name == "plan.csv"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_proposal_into(
    proposal: &Proposal,
    seconds: f64,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    let study = proposal.before.study();
    progress.start(Stage::Report, 8);
    dir.check(study)?;
    let sheet = Sheet::of(proposal);
    let mut files = Batch::new(dir, TableForm::of(study));
    add_sheet(&sheet, seconds, &mut files)?;
    files.add("plan_units.csv", |out| units::write_units(proposal, out))?;
    files.add("plan.geojson", |out| PlanMap::of(proposal).write(out))?;
    files.add("plan.qml", |out| style::write(study.language(), out))?;
    let changes = toml::changes(proposal);
    files.add("plan.toml", |out| out.write_all(changes.as_bytes()))?;
    finish((study, dir), &sheet, files, progress)
}

/// Writes `plan.csv`, `plan.json`, `frontier.csv` and `manifest.json`: a matrix has neither units nor streets.
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_matrix_plan_into(
    plan: &MatrixPlan,
    seconds: f64,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.start(Stage::Report, 4);
    dir.check(&plan.case.study)?;
    let sheet = Sheet::of_matrix(plan);
    let mut files = Batch::new(dir, TableForm::of(&plan.case.study));
    add_sheet(&sheet, seconds, &mut files)?;
    finish((&plan.case.study, dir), &sheet, files, progress)
}

/// What all plans have.
fn add_sheet(sheet: &Sheet<'_>, seconds: f64, files: &mut Batch<'_>) -> Result<(), ReportError> {
    files.add("plan.csv", |out| {
        column::write(&step_columns(), sheet.steps.iter(), out)
    })?;
    let json = Json::of(sheet, seconds).text();
    files.add("plan.json", |out| out.write_all(json.as_bytes()))?;
    files.add("frontier.csv", |out| write_frontier(sheet, out))?;
    if !sheet.phases.is_empty() {
        files.add("plan_phases.csv", |out| {
            column::write(&phase_columns(), sheet.phases.iter(), out)
        })?;
    }
    if !sheet.pivots.is_empty() {
        files.add("pivotal.csv", |out| {
            column::write(&pivot_columns(), sheet.pivots.iter(), out)
        })?;
    }
    if sheet.fairness.is_empty() {
        return Ok(());
    }
    files.add("fairness.csv", |out| {
        column::write(&fairness_columns(), sheet.fairness.iter(), out)
    })
}

fn write_frontier(sheet: &Sheet<'_>, out: &mut dyn Out) -> io::Result<()> {
    column::write(&frontier_columns(), sheet.frontier.iter(), out)
}

/// Lists the files, and puts all of them in their place.
fn finish(
    (study, dir): (&Study, &OutDir),
    sheet: &Sheet<'_>,
    files: Batch<'_>,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.advance(files.files().count() as u64);
    let run = (&Run::of(study), &sheet.asked);
    super::finish::finish(files, dir, run, Vec::new()).inspect(|_| progress.advance(1))
}

/// What `plan.json` holds, without the time it took.
///
/// ```
/// use walkshed::plan::Limits;
/// use walkshed::proposal::{ClosingRequest, closing};
/// use walkshed::{Silent, draw, report};
/// let town = draw::town("A-s-a-t-B", 100.0, "st");
/// let request = ClosingRequest { sites: 1, among: Vec::new(), phase: None };
/// let plan = closing(&town, &request, &Limits::NONE, &Silent).unwrap();
/// // The seconds that it took stand in it.
/// let json = report::proposal_json(&plan, 2.5);
/// assert!(json.contains("\"close\"") && json.contains("2.5"));
/// ```
#[must_use]
pub fn proposal_json(proposal: &Proposal, seconds: f64) -> String {
    Json::of(&Sheet::of(proposal), seconds).text()
}

/// What `plan.json` holds, of a plan on a matrix.
#[must_use]
pub fn matrix_plan_json(plan: &MatrixPlan, seconds: f64) -> String {
    Json::of(&Sheet::of_matrix(plan), seconds).text()
}
