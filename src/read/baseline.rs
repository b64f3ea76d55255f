//! An earlier run, read back from its output folder to compare with.
//!
//! `manifest.json` says what was asked and how the tables' bytes hash, so that a table that was
//! edited since is refused. A text that was written with a `'` before it, so that no spreadsheet
//! takes it for a formula, is read without; a text that already began so, with a formula after it,
//! loses it too.

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

use super::baseline_row::Row;
use super::error::{BadInput, ReadError};
use super::formats::csv;
use super::formats::table::Table;
use super::input::{bytes_of, file_name, sha256};
use crate::assess::difference::{
    CellState, GroupState, PARAMETERS, Snapshot, Sums, UnitState, shown_number, shown_zone,
};
use crate::assess::{DepartmentState, EarlierRun};
use crate::model::{Islands, PrivateWays};
use crate::score::VerdictKind;
use crate::units::People;
use crate::words::{Text, text};

#[derive(Deserialize)]
struct Manifest {
    parameters: serde_json::Map<String, serde_json::Value>,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    file: String,
    sha256: String,
    /// The names of its columns, where its heads are words.
    #[serde(default)]
    columns: Vec<String>,
}

/// An earlier run, from its output folder: `cells.csv`, `units.csv` and `manifest.json`.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// # let out = tempfile::tempdir()?;
/// use walkshed::assess::{Snapshot, difference};
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// walkshed::report::write(&results, out.path())?;
/// let earlier = walkshed::read::earlier(out.path())?;
/// assert!(difference(&earlier, &Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref())).is_nothing());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When one of these files is missing, was changed since it was written, or does not hold what a
/// run writes.
pub fn earlier(dir: impl AsRef<Path>) -> Result<Snapshot, ReadError> {
    let manifest = manifest(&dir.as_ref().join("manifest.json"))?;
    let cells = table(dir.as_ref(), "cells.csv", &manifest)?;
    let units = table(dir.as_ref(), "units.csv", &manifest)?;
    let people = snapshot(&cells, &units, &PEOPLE)?;
    // A run that says of no firms has no columns of them.
    let says_of_firms = units.columns.iter().any(|column| column == FIRMS.number);
    let firms = says_of_firms
        .then(|| snapshot(&cells, &units, &FIRMS))
        .transpose()?
        .map(with_firms_alone);
    let parameters = parameters(&manifest);
    Ok(Snapshot {
        firms: firms.map(|firms| {
            Box::new(Snapshot {
                parameters: parameters.clone(),
                ..firms
            })
        }),
        parameters,
        groups: groups_of(dir.as_ref(), &manifest)?,
        ..people
    })
}

/// The same without the cells that have no firms.
fn with_firms_alone(mut firms: Snapshot) -> Snapshot {
    firms.cells.retain(|cell| cell.people > People::ZERO);
    firms
}

/// The columns that tell of the people, or of the firms.
struct Told {
    number: &'static str,
    covered: &'static str,
    share: &'static str,
    score: &'static str,
    /// In the table of cells.
    verdict: &'static str,
    cell_score: &'static str,
    items_done: &'static str,
}

const PEOPLE: Told = Told {
    number: "population",
    covered: "covered_population",
    share: "share",
    score: "score",
    verdict: "verdict",
    cell_score: "score",
    items_done: "items_done",
};

const FIRMS: Told = Told {
    number: "firms",
    covered: "covered_firms",
    share: "firms_share",
    score: "firms_score",
    verdict: "firms_verdict",
    cell_score: "firms_score",
    items_done: "firms_items_done",
};

/// What a run tells of the people, or of the firms.
fn snapshot(cells: &Table, units: &Table, told: &Told) -> Result<Snapshot, ReadError> {
    let (units, total) = units_of(units, told)?;
    Ok(Snapshot {
        cells: cells_of(cells, &units, told)?,
        units,
        total,
        ..Snapshot::default()
    })
}

/// The groups of a run in the whole; none where it names none.
fn groups_of(dir: &Path, manifest: &Manifest) -> Result<Vec<GroupState>, ReadError> {
    let name = "groups.csv";
    if manifest.outputs.iter().all(|output| output.file != name) {
        return Ok(Vec::new());
    }
    let table = table(dir, name, manifest)?;
    let columns = [
        "group",
        "name",
        "population",
        "covered_population",
        "share",
        "score",
        "unit",
    ];
    let mut groups = Vec::new();
    for row in Row::all(&table, &columns)? {
        // The row of all groups is that of the people.
        if row.text(6) == "total" && row.text(0) != "total" {
            groups.push(GroupState {
                id: row.text(0),
                name: row.text(1),
                sums: sums(&row)?,
            });
        }
    }
    Ok(groups)
}

/// An earlier run as [`earlier`] reads it, with the name of its folder and, where it was assessed, its
/// departments: what a trend line and marks are made of.
///
/// ```
/// use walkshed::{Options, draw, read, report};
/// # let folder = tempfile::tempdir()?;
/// # let last_year = folder.path().join("2023");
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// report::write(&walkshed::run(&town, &Options::default())?, &last_year)?;
/// let earlier = read::earlier_run(&last_year)?;
/// assert_eq!((earlier.name.as_str(), earlier.snapshot.cells.len()), ("2023", 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`earlier`].
pub fn earlier_run(dir: impl AsRef<Path>) -> Result<EarlierRun, ReadError> {
    let dir = dir.as_ref();
    let snapshot = earlier(dir)?;
    let manifest = manifest(&dir.join("manifest.json"))?;
    let is_assessed = manifest
        .outputs
        .iter()
        .any(|output| output.file == DEPARTMENTS);
    let departments = if is_assessed {
        departments_of(&table(dir, DEPARTMENTS, &manifest)?)?
    } else {
        Vec::new()
    };
    // `.` and `..` have no name of their own.
    let full = dir.canonicalize();
    Ok(EarlierRun {
        name: file_name(full.as_deref().unwrap_or(dir)),
        snapshot,
        departments,
    })
}

const DEPARTMENTS: &str = "departments.csv";

fn departments_of(table: &Table) -> Result<Vec<DepartmentState>, ReadError> {
    let mut columns = vec!["department", "share"];
    let says_of_firms = table.columns.iter().any(|column| column == FIRMS.share);
    if says_of_firms {
        columns.push(FIRMS.share);
    }
    let rows = Row::all(table, &columns)?;
    let departments = rows.iter().map(|row| {
        let firms_share = says_of_firms.then(|| row.part(2)).transpose()?;
        Ok(DepartmentState {
            name: row.text(0),
            share: row.part(1)?,
            firms_share: firms_share.flatten(),
        })
    });
    departments.collect()
}

fn bad(code: &'static str, file: &str, expected: Text) -> BadInput {
    BadInput {
        code,
        file: file.to_owned(),
        expected,
        remedy: text!(RunAgain),
        ..BadInput::default()
    }
}

fn manifest(path: &Path) -> Result<Manifest, ReadError> {
    let bytes = bytes_of(path)?;
    serde_json::from_slice(&bytes).map_err(|wrong| {
        let expected = text!(NoManifest, error = wrong.to_string());
        bad("bad-manifest", &file_name(path), expected).into()
    })
}

/// The bytes of a table, which must be those that the run wrote.
fn table(dir: &Path, name: &str, manifest: &Manifest) -> Result<Table, ReadError> {
    let bytes = bytes_of(&dir.join(name))?;
    let Some(output) = manifest.outputs.iter().find(|output| output.file == name) else {
        let expected = text!(NotListed, name = name);
        return Err(bad("bad-manifest", "manifest.json", expected).into());
    };
    // Somebody's edits would be compared as if a run had found them.
    if output.sha256 != sha256(&bytes) {
        let file = dir.join(name);
        return Err(bad(
            "changed-since",
            &file.to_string_lossy(),
            text!(ChangedSinceRun),
        )
        .into());
    }
    let table = by_name(csv::own_table(&bytes, name)?, &output.columns)?;
    match table.bad.examples.first() {
        None => Ok(table),
        Some(bad) => Err(bad.clone().into()),
    }
}

/// The table with the names of its columns, which the manifest lists where the heads are words.
fn by_name(mut table: Table, names: &[String]) -> Result<Table, ReadError> {
    if names.is_empty() {
        return Ok(table);
    }
    if names.len() != table.columns.len() {
        let expected = text!(
            ColumnsListed,
            listed = names.len(),
            file = table.file,
            found = table.columns.len()
        );
        return Err(bad("bad-manifest", "manifest.json", expected).into());
    }
    table.columns = names.to_vec();
    Ok(table)
}

fn parameters(manifest: &Manifest) -> [String; PARAMETERS.len()] {
    PARAMETERS.map(|name| {
        let written = manifest.parameters.get(name).map(told);
        let unwritten = match name {
            // Runs that do not name it left every point on its nearest street.
            "islands" => Islands::Keep.word(),
            // Runs that do not name it left private ways out.
            "private" => PrivateWays::Nobody.word(),
            _ => "",
        };
        written.unwrap_or_else(|| unwritten.to_owned())
    })
}

fn told(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        serde_json::Value::Number(number) => number.as_f64().map(shown_number).unwrap_or_default(),
        serde_json::Value::Array(list) => list.iter().map(told).collect::<Vec<_>>().join(";"),
        serde_json::Value::Object(zone) => {
            let text = |key| zone.get(key).map(told).unwrap_or_default();
            shown_zone(
                [&text("name"), &text("by")],
                &text("minutes"),
                &text("speed_kmh"),
            )
        }
        _ => String::new(),
    }
}

fn units_of(table: &Table, told: &Told) -> Result<(Vec<UnitState>, Sums), ReadError> {
    let columns = [
        "unit",
        "name",
        told.number,
        told.covered,
        told.share,
        told.score,
        "parent",
    ];
    let rows = Row::all(table, &columns)?;
    // The last row is that of the whole.
    let Some((total, units)) = rows.split_last().filter(|(row, _)| row.text(0) == "total") else {
        return Err(bad("no-total", &table.file, text!(NoTotal)).into());
    };
    let mut seen = HashSet::new();
    let units = units.iter().map(|row| {
        let state = UnitState {
            id: row.text(0),
            name: row.text(1),
            parent: Some(row.text(6)).filter(|parent| !parent.is_empty()),
            sums: sums(row)?,
        };
        if seen.insert(state.id.clone()) {
            Ok(state)
        } else {
            Err(row.wrong(0, text!(IdOfItsOwn)).into())
        }
    });
    Ok((units.collect::<Result<Vec<_>, ReadError>>()?, sums(total)?))
}

fn sums(row: &Row<'_>) -> Result<Sums, ReadError> {
    Ok(Sums {
        people: row.people(2)?,
        covered: row.people(3)?,
        share: row.part(4)?,
        score: row.part(5)?,
    })
}

fn cells_of(table: &Table, units: &[UnitState], told: &Told) -> Result<Vec<CellState>, ReadError> {
    let mut columns = vec![
        "cell",
        "unit",
        told.number,
        told.verdict,
        told.cell_score,
        told.items_done,
    ];
    // Runs of older versions say of a cell that it is covered or not, as a whole.
    let says_covered = table.columns.iter().any(|column| column == told.covered);
    if says_covered {
        columns.push(told.covered);
    }
    let rows = Row::all(table, &columns)?;
    let known: HashSet<&str> = units.iter().map(|unit| unit.id.as_str()).collect();
    let mut seen = HashSet::with_capacity(rows.len());
    let cells = rows.iter().map(|row| {
        let (id, unit) = (row.text(0), row.text(1));
        if id.is_empty() || !seen.insert(id.clone()) {
            return Err(row.wrong(0, text!(IdOfItsOwn)).into());
        }
        if !known.contains(unit.as_str()) {
            return Err(row.wrong(1, text!(UnitOfUnitsTable)).into());
        }
        let people = row.people(2)?;
        // Nothing is asked where there is nobody of whom to ask it.
        if row.is_empty(3) {
            return Ok(CellState {
                id,
                unit,
                people,
                covered: People::ZERO,
                verdict: VerdictKind::Covered,
                items_done: 0,
                score: None,
            });
        }
        let verdict = row.verdict(3)?;
        let covered = if says_covered {
            row.people(6)?
        } else if verdict == VerdictKind::Covered {
            people
        } else {
            People::ZERO
        };
        Ok(CellState {
            id,
            unit,
            people,
            covered,
            verdict,
            items_done: row.count(5)?,
            score: row.part(4)?,
        })
    });
    cells.collect()
}
