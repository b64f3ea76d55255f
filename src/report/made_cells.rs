//! The cells of a study as they were made: of a raster, a table, the areas and totals of units.
//!
//! For a look at them before anything is walked, and to be read again as a table of cells.

use std::io;

use geojson::Geometry;
use serde::Serialize;

use super::atomic::Batch;
use super::column::{self, Columns, Value};
use super::error::ReportError;
use super::finish::finish;
use super::geojson::{Map, area, point};
use super::lock::OutDir;
use super::manifest::{Run, shown_path};
use super::number::Number;
use super::out::{Out, TableForm};
use super::written::Written;
use crate::ids::CellId;
use crate::model::{Cell, Finding, LARGE_M, Source, Study, Unit};
use crate::plane::Position;
use crate::progress::{Progress, Stage};
use crate::units::People;
use crate::words::{Language, text};

/// The files that bear on cells, by their roles.
const ROLES: [&str; 4] = ["cells", "units", "boundary", "settlements"];

/// Writes `cells.csv`, `cells.geojson`, `sources.csv` and `manifest.json` into a directory that was
/// opened before the work: all of them or none.
///
/// ```
/// use walkshed::report::{OutDir, ReportOptions, write_made_cells_into};
/// use walkshed::{Silent, draw};
/// # let folder = tempfile::tempdir()?;
/// let town = draw::town("A-a--s-b-B", 100.0, "s");
/// let out = OutDir::open(folder.path(), &ReportOptions::default())?;
/// write_made_cells_into(&town, &out, &Silent)?;
/// let cells = std::fs::read_to_string(folder.path().join("cells.csv"))?;
/// assert_eq!(cells.lines().count(), 1 + 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`write_into`](super::write_into).
pub fn write_made_cells_into(
    study: &Study,
    dir: &OutDir,
    progress: &dyn Progress,
) -> Result<Written, ReportError> {
    progress.start(Stage::Report, 3);
    dir.check(study)?;
    let mut files = Batch::new(dir, TableForm::of(study));
    let step = |()| progress.advance(1);
    let rows = || study.cells().iter().map(|(id, _)| Row::of(study, id));
    files
        .add("cells.csv", |out| {
            column::write(&table_columns(&counts_of(study)), rows(), out)
        })
        .map(step)?;
    files
        .add("cells.geojson", |out| MadeMap::of(study).write(out))
        .map(step)?;
    files
        .add("sources.csv", |out| write_sources(study, out))
        .map(step)?;
    let run = (&Run::of(study), MadeSums::of(study));
    finish(files, dir, run, Vec::new())
}

/// How many cells and people there are, in words.
///
/// ```
/// let town = walkshed::draw::town("A-a--s-b-B", 100.0, "s");
/// let told = walkshed::report::made_cells_text(&town);
/// assert!(told.starts_with("2 cells"), "{told}");
/// ```
#[must_use]
pub fn made_cells_text(study: &Study) -> String {
    let sums = MadeSums::of(study);
    let mut lines = vec![text!(
        MadeCells,
        cells = sums.cells,
        people = study.cells().people().to_string(),
        without = sums.cells_without_unit,
    )];
    if sums.large_cells > 0 {
        let people = study.cells().people_in_large().to_string();
        let cells = sums.large_cells;
        lines.push(text!(
            MadeLarge,
            cells = cells,
            people = people,
            metres = LARGE_M
        ));
    }
    let estimated = study.cells().people_estimated();
    if estimated > People::ZERO {
        lines.push(text!(MadeEstimated, people = estimated.to_string()));
    }
    let lines = lines.iter().map(|line| line.in_language(study.language()));
    lines.map(|line| line + "\n").collect()
}

/// The same as JSON.
///
/// ```
/// let town = walkshed::draw::town("A-a--s-b-B", 100.0, "s");
/// assert!(walkshed::report::made_cells_json(&town).contains("\"cells\": 2"));
/// ```
#[must_use]
pub fn made_cells_json(study: &Study) -> String {
    let sums = serde_json::to_string_pretty(&MadeSums::of(study));
    // Numbers alone: nothing that JSON cannot say.
    sums.unwrap_or_default() + "\n"
}

/// How many cells and people there are.
#[derive(Debug, Clone, Serialize)]
struct MadeSums {
    cells: usize,
    population: Number,
    cells_without_unit: usize,
    large_cells: usize,
    people_in_large_cells: Number,
    people_estimated: Number,
}

impl MadeSums {
    fn of(study: &Study) -> Self {
        let cells = study.cells();
        Self {
            cells: cells.len(),
            population: Number::people(cells.people()),
            cells_without_unit: cells.iter().filter(|(_, cell)| cell.unit.is_none()).count(),
            large_cells: cells.large().count(),
            people_in_large_cells: Number::people(cells.people_in_large()),
            people_estimated: Number::people(cells.people_estimated()),
        }
    }
}

/// A cell, its unit, and its further counts.
pub(super) struct Row<'s> {
    cell: &'s Cell,
    unit: Option<&'s Unit>,
    counts: Vec<People>,
    is_estimated: bool,
}

impl<'s> Row<'s> {
    fn of(study: &'s Study, id: CellId) -> Self {
        let cells = study.cells();
        let names = cells.count_names().iter();
        let counts = names.filter_map(|name| Some(cells.counts(name)?[id.index()]));
        let cell = &cells[id];
        Self {
            cell,
            unit: cell.unit.map(|unit| &study.units()[unit]),
            counts: counts.collect(),
            is_estimated: cells.is_estimated(id),
        }
    }
}

fn counts_of(study: &Study) -> Vec<String> {
    study.cells().count_names().to_vec()
}

/// The columns of the map, with one for each further count.
fn map_columns<'s>(counts: &[String]) -> Columns<Row<'s>> {
    let mut columns = Columns::<Row<'s>>::new()
        .with("id", "编号", |row| Value::text(&row.cell.id))
        .with("name", "名称", |row| Value::text(&row.cell.name))
        .with("unit", "单位编号", |row| {
            Value::maybe_text(row.unit.map(|unit| unit.id.as_str()))
        })
        .with("population", "人口", |row| Value::people(row.cell.people))
        .with("estimated", "估算", |row| {
            Value::maybe_flag(Some(row.is_estimated))
        });
    for (place, name) in counts.iter().enumerate() {
        columns = columns.with_named([name.clone(), name.clone()], move |row| {
            Value::people(row.counts[place])
        });
    }
    columns
}

/// The columns of the table, which tells places as numbers.
pub(super) fn table_columns<'s>(counts: &[String]) -> Columns<Row<'s>> {
    map_columns(counts)
        .with("lon", "经度", |row| {
            degrees(row.cell.at.map(Position::lon))
        })
        .with("lat", "纬度", |row| {
            degrees(row.cell.at.map(Position::lat))
        })
}

/// Seven decimals, a centimetre.
fn degrees(degrees: Option<f64>) -> Value<'static> {
    Value::maybe_word(degrees.map(|degrees| format!("{degrees:.7}")))
}

struct MadeMap<'s> {
    columns: Columns<Row<'s>>,
    study: &'s Study,
}

impl<'s> MadeMap<'s> {
    fn of(study: &'s Study) -> Self {
        Self {
            columns: map_columns(&counts_of(study)),
            study,
        }
    }
}

impl<'s> Map for MadeMap<'s> {
    type Row = Row<'s>;

    fn columns(&self) -> &Columns<Self::Row> {
        &self.columns
    }

    fn len(&self) -> usize {
        self.study.cells().len()
    }

    fn geometry(&self, place: usize) -> Option<Geometry> {
        let id = CellId::new(place);
        let outline = self.study.cells().outline(id).map(area);
        outline.or_else(|| self.study.cells()[id].at.map(point))
    }

    fn row(&self, place: usize) -> Self::Row {
        Row::of(self.study, CellId::new(place))
    }
}

/// A file, and one thing that was found about it.
pub(super) struct SourceRow<'s> {
    source: &'s Source,
    finding: Option<&'s Finding>,
}

/// The columns of `sources.csv`.
pub(super) fn source_columns<'s>(language: Language) -> Columns<SourceRow<'s>> {
    Columns::<SourceRow<'s>>::new()
        .with("role", "用途", |row| Value::word(row.source.role))
        .with("path", "文件", |row| {
            Value::text(shown_path(&row.source.path))
        })
        .with("crs", "坐标系", |row| Value::text(&row.source.crs))
        .with("sha256", "SHA-256", |row| Value::text(&row.source.sha256))
        .with("code", "代码", |row| {
            Value::maybe_word(row.finding.map(|finding| finding.code))
        })
        .with("subject", "对象", |row| {
            Value::maybe_text(row.finding.map(|finding| finding.subject.as_str()))
        })
        .with("message", "说明", move |row| {
            let message = row.finding.map(|finding| &finding.message);
            Value::maybe_word(message.map(|message| message.in_language(language)))
        })
}

/// One row a file that bears on cells and finding about it; one without a finding where there is none.
fn write_sources(study: &Study, out: &mut dyn Out) -> io::Result<()> {
    let mut rows = Vec::new();
    let sources = study.sources().iter();
    for source in sources.filter(|source| ROLES.contains(&source.role)) {
        // Findings name a file without its folder.
        let file = source.path.rsplit(['/', '\\']).next().unwrap_or_default();
        let about = study
            .findings()
            .iter()
            .filter(|finding| finding.file == file);
        let before = rows.len();
        rows.extend(about.map(|finding| SourceRow {
            source,
            finding: Some(finding),
        }));
        // A file about which nothing is to be said is listed all the same.
        if rows.len() == before {
            rows.push(SourceRow {
                source,
                finding: None,
            });
        }
    }
    column::write(&source_columns(study.language()), rows, out)
}
