//! From a study file to a study: reads everything it names, in the order in which it hangs together.

mod cell_source;
mod check;
mod files;
mod points;
mod reading;
mod rules;
mod settled;
mod streets;
mod tables;
mod units;

use std::path::Path;
use std::sync::Arc;

use super::datum_check::StreetCheck;
use super::error::ReadError;
use super::plan::opening_hours::Clock;
use super::row_policy::OnBad;
use super::tables::sites::{self, SiteRow};
use crate::model::{Boundary, Cells, Findings, Joint, Network, Sites, Study, StudyParts, Units};
use crate::progress::{Progress, Silent};
pub use check::check;
pub(super) use check::check_draft;
use points::Ground;
use reading::Reading;
pub(super) use reading::crs_named;
use rules::Known;

/// How a study is read.
///
/// ```
/// use walkshed::read::{OnBad, Options};
/// // Bad rows are left out and told, instead of being the end.
/// let lenient = Options { on_bad: OnBad::Skip };
/// assert_ne!(lenient.on_bad, Options::default().on_bad);
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// What to do with a bad row.
    pub on_bad: OnBad,
}

/// Reads a study and all files that it names.
///
/// The findings are the study's own ([`Study::findings`]): what is doubtful about the data.
///
/// ```
/// // A study is read in the example of [the room](crate::read). One that is not there is an error that
/// // names it.
/// let wrong = walkshed::read::study("no-such-study.toml").unwrap_err();
/// assert!(wrong.to_string().contains("no-such-study.toml"));
/// ```
///
/// # Errors
/// When a file is missing, or its data is wrong: the error names file, row, column, value and remedy.
pub fn study(path: impl AsRef<Path>) -> Result<(Study, Findings), ReadError> {
    let study = study_with(path.as_ref(), &Options::default(), &Silent)?;
    let findings = study.findings().clone();
    Ok((study, findings))
}

/// [`study`] with options, telling how far it is.
///
/// ```
/// use walkshed::{Silent, read::{self, OnBad, Options}};
/// let lenient = Options { on_bad: OnBad::Skip };
/// let wrong = read::study_with("no-such-study.toml".as_ref(), &lenient, &Silent).unwrap_err();
/// assert!(wrong.bad().is_empty(), "no row is bad: there is no file");
/// ```
///
/// # Errors
/// As [`study`].
pub fn study_with(
    path: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Study, ReadError> {
    let mut reading = Reading::open(path, options.on_bad, progress)?;
    let study = read_all(&mut reading);
    // Rows that are bad come first: what is wrong after them may follow from them.
    reading.stop_if_bad()?;
    study
}

/// What stands where.
struct Places {
    network: Network,
    joints: Vec<Joint>,
    units: Units,
    site_rows: Vec<SiteRow>,
    sites: Sites,
    cells: Cells,
    /// Read so far where it cuts a raster of cells.
    boundary: Option<Boundary>,
    is_raster: bool,
}

/// Reads the places, each compared with the streets: a wrong datum shows at once.
fn read_places(reading: &mut Reading<'_>, clock: Option<&mut Clock>) -> Result<Places, ReadError> {
    let (network, cells_read) = reading.streets_and_cells()?;
    reading.stop_if_bad()?;
    let mut site_table = reading.site_table()?;
    let mut cell_source = reading.cell_source(cells_read)?;
    // A raster is cut to the boundary; of a table is told what lies beyond. Both a raster and
    // buildings are estimates.
    let is_raster = cell_source.is_raster();
    let tables = std::iter::once(&mut site_table).chain(cell_source.table());
    let is_estimate = is_raster || reading.asked.inputs.cells.buildings;
    // Rows of sites and cells name units, so the units come before them.
    let units = reading.units(tables.collect(), is_estimate)?;
    reading.stop_if_bad()?;
    let ground = Ground {
        units: &units,
        network: &network,
        check: StreetCheck::new(&network, reading.asked.walk.max_snap_m),
    };
    let joints = reading.torn(ground.check.index());
    let site_rows = reading.site_rows(site_table, &ground, clock)?;
    let mut boundary = None;
    if is_raster {
        boundary = reading.boundary()?;
    }
    let cells = reading.cells(cell_source, &ground, boundary.as_ref())?;
    // It borrows the network and the units, which are handed on.
    drop(ground);
    reading.stop_if_bad()?;
    Ok(Places {
        network,
        joints,
        units: units.units,
        sites: sites::sorted(&site_rows),
        site_rows,
        cells,
        boundary,
        is_raster,
    })
}

/// Reads everything that a study names.
fn read_all(reading: &mut Reading<'_>) -> Result<Study, ReadError> {
    // What is asked, and of which files.
    let mut clock = reading.clock()?;
    reading.start();
    let Places {
        network,
        joints,
        units,
        mut site_rows,
        sites,
        cells,
        mut boundary,
        is_raster,
    } = read_places(reading, clock.as_mut())?;

    // What the sites offer, and what lies in the way.
    let catalogue = reading.catalogue(&mut site_rows, &sites)?;
    let departments = reading.departments()?;
    reading.stop_if_bad()?;
    // A fixed link reaches its streets as a point does: not across a barrier.
    let barriers = reading.barriers()?;
    let network = reading.linked(network, &barriers, clock.as_mut())?;
    if !is_raster {
        boundary = reading.boundary()?;
    }
    if let Some(boundary) = &boundary {
        reading.boundary_notes(boundary, (!is_raster).then_some(&cells));
    }

    // The rules of the plan, which name all of these.
    let target = reading.target(&catalogue)?;
    let known = Known {
        sites: &sites,
        cells: &cells,
        units: &units,
        catalogue: &catalogue,
        departments: &departments,
        target: &target,
    };
    let indicators = reading.indicators(&known)?;
    let mark = reading.mark()?;
    let groups = reading.groups(&known)?;
    let phases = reading.phases(&known, &groups)?;
    let kinds = reading.kinds(&known)?;

    // What is doubtful about the whole.
    reading.doubts(&known, &groups);
    reading.enough_left()?;
    let zones = reading.zones(&known)?;
    reading.street_notes(&network, &groups, &zones);

    let asked = Arc::clone(&reading.asked);
    let parts = StudyParts {
        name: asked.name.clone(),
        language: asked.language,
        csv: asked.csv(),
        walk: asked.walk.walk(),
        target,
        network,
        sites,
        cells,
        units,
        catalogue,
        kinds,
        delegations: std::mem::take(&mut reading.delegations),
        barriers,
        groups,
        zones,
        time: clock.as_ref().map(Clock::rule),
        boundary,
        indicators,
        departments,
        mark,
        changes: Vec::new(),
        phases,
        joints,
        findings: std::mem::take(&mut reading.findings),
        memory: asked.limits.memory(),
        sources: std::mem::take(&mut reading.sources),
    };
    let study = reading.built(parts)?;
    // What if: each change is read against the study as those before it have made it.
    reading.with_changes(study, clock.as_mut())
}
