//! One look at one file: what it is, and what it may be used as.

use std::path::Path;

use super::facts::Facts;
use super::fits::{Fit, Why, fits};
use super::role::Role;
use super::{map, raster};
use crate::model::{Findings, Memory};
use crate::read::error::ReadError;
use crate::read::formats::geotiff::is_tiff;
use crate::read::formats::table::Table;
use crate::read::formats::workbook::sheet_names;
use crate::read::input::{Input, load, table};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::{Door, OnBad, Stopped};
use crate::read::tables::tidy;
use crate::words::{Text, text};

/// A file is looked at up to this size, in bytes; a map of OpenStreetMap whatever its size.
const MOST_BYTES: u64 = 256 << 20;
/// So many sheets of a workbook are looked at one by one.
const MOST_SHEETS: usize = 24;

/// A file, or a sheet of it, and what it may be used as.
#[derive(Debug)]
pub(super) struct Look {
    /// The file's name.
    pub file: String,
    /// The sheet that is meant; none for the file as it stands.
    pub sheet: Option<String>,
    /// What it is.
    pub what: Text,
    /// The roles that it fits, the best first.
    pub fits: Vec<Fit>,
    pub facts: Facts,
}

impl Look {
    /// The one role that it fits best; none where two fit alike.
    pub(super) fn best(&self) -> Option<&Fit> {
        let is_tie = self.fits.len() > 1 && self.fits[0].score == self.fits[1].score;
        self.fits.first().filter(|_| !is_tie)
    }

    /// The roles that it fits alike, where none is best.
    pub(super) fn tied(&self) -> &[Fit] {
        let first = self.fits.first().filter(|_| self.best().is_none());
        let ends = first.map_or(0, |first| {
            let alike = self.fits.iter().take_while(|fit| fit.score == first.score);
            alike.count()
        });
        &self.fits[..ends]
    }
}

/// Looks at a file: at its head, then, if it is no map, at all of it. O(bytes).
///
/// # Errors
/// Why it cannot be used.
pub(super) fn look(folder: &Path, file: &str) -> Result<Vec<Look>, Text> {
    let path = folder.join(file);
    let length = path.metadata().map_err(|error| unreadable(&error))?.len();
    if length == 0 {
        return Err(text!(FirstEmptyFile));
    }
    // A map is known by its head, so that it may be of any size.
    match map::of(&path).map_err(|error| unreadable(&error))? {
        Some(map::Map::WithStreets) => return Ok(vec![map(file)]),
        Some(map::Map::WithoutStreets) => return Err(text!(FirstMapWithoutStreets)),
        None => {}
    }
    if length > MOST_BYTES {
        let [mb, most] = [length >> 20, MOST_BYTES >> 20];
        return Err(text!(FirstTooLarge, mb = mb, most = most));
    }
    whole(folder, file).map_err(|error| said(&error))
}

fn unreadable(error: &std::io::Error) -> Text {
    text!(FirstUnreadable, error = error.to_string())
}

/// What is wrong with a file, without its name.
fn said(error: &ReadError) -> Text {
    match error.bad() {
        [first, ..] => first.message(),
        [] => error.text(),
    }
}

fn map(file: &str) -> Look {
    Look {
        file: file.to_owned(),
        sheet: None,
        what: text!(FirstMap),
        fits: vec![Fit {
            role: Role::Streets,
            score: 16,
            why: Why::Map,
            is_named: false,
        }],
        facts: Facts::default(),
    }
}

/// Looks at a file as a raster, as features or as a table; of a workbook at each sheet that is another
/// table.
fn whole(folder: &Path, file: &str) -> Result<Vec<Look>, ReadError> {
    let memory = Memory::default();
    let entry = InputFile {
        path: file.to_owned(),
        ..InputFile::default()
    };
    let input = load(folder, "study", &entry, memory)?;
    let name = stem(file);
    if is_tiff(&input.bytes) {
        return Ok(vec![Look {
            file: file.to_owned(),
            sheet: None,
            what: text!(FirstRaster),
            fits: raster::fits(&input.bytes, (file, name), memory)?,
            facts: Facts::default(),
        }]);
    }
    let (first, has_others) = sheet(&input, &entry)?;
    let mut looks = vec![first];
    if has_others {
        looks.extend(other_sheets(&input, &entry, looks[0].fits.first()));
    }
    Ok(looks)
}

/// A table, or features, as they stand; and whether other sheets were left out of it.
fn sheet(input: &Input, entry: &InputFile) -> Result<(Look, bool), ReadError> {
    let mut table = table(input, entry)?;
    let has_others = table
        .remarks
        .iter()
        .any(|remark| remark.code == "sheets-left-out");
    // Its rows are counted as they are when the study is read.
    made_tidy(&mut table)?;
    let facts = Facts::of(&table);
    let name = format!(
        "{} {}",
        stem(&input.file),
        entry.sheet.as_deref().unwrap_or("")
    );
    let look = Look {
        file: entry.path.clone(),
        sheet: entry.sheet.clone(),
        what: what(&facts),
        fits: fits(&facts, &name),
        facts,
    };
    Ok((look, has_others))
}

/// The sheets that fit another role than the first table of their workbook. A sheet that cannot be read
/// is none.
fn other_sheets(input: &Input, entry: &InputFile, first: Option<&Fit>) -> Vec<Look> {
    let names = sheet_names(&input.bytes, &input.file, input.memory).unwrap_or_default();
    let mut looks: Vec<Look> = Vec::new();
    for name in names.into_iter().take(MOST_SHEETS) {
        let entry = InputFile {
            sheet: Some(name),
            ..entry.clone()
        };
        let Ok((look, _)) = sheet(input, &entry) else {
            continue;
        };
        let role = look.best().map(|fit| fit.role);
        // Of several sheets that fit one role the first is shown.
        let is_new = role.is_some()
            && role != first.map(|fit| fit.role)
            && looks
                .iter()
                .all(|other| other.best().map(|fit| fit.role) != role);
        if is_new {
            looks.push(look);
        }
    }
    looks
}

/// What offices write about a table is taken off, as it is when a study is read; what there is to tell
/// of that is told then.
fn made_tidy(table: &mut Table) -> Result<(), ReadError> {
    let mut findings = Findings::default();
    let mut stopped = Stopped::keeping();
    let mut door = Door {
        file: table.file.clone(),
        on_bad: OnBad::Skip,
        findings: &mut findings,
        stopped: &mut stopped,
    };
    tidy::tidy(table, &[], &mut door)
}

/// What the rows are.
fn what(facts: &Facts) -> Text {
    let most = facts.points.max(facts.lines).max(facts.areas);
    if most == 0 {
        text!(FirstRows, count = facts.rows)
    } else if most == facts.lines {
        text!(FirstLines, count = facts.lines)
    } else if most == facts.areas {
        text!(FirstAreas, count = facts.areas)
    } else {
        text!(FirstPoints, count = facts.points)
    }
}

/// The name of a file without its endings.
pub(super) fn stem(file: &str) -> &str {
    file.split('.')
        .find(|part| !part.is_empty())
        .unwrap_or(file)
}
