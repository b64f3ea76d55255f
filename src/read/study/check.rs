//! All that is wrong with the files of a study, found in one reading.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;

use super::read_all;
use super::reading::Reading;
use crate::model::{Checked, Fault, FaultyTable, Severity};
use crate::progress::Progress;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::geotiff::is_tiff;
use crate::read::formats::table::Record;
use crate::read::formats::values::text;
use crate::read::input::{file_name, load, table};
use crate::read::language::language;
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::{OnBad, Stopped};
use crate::read::streets::source;
use crate::words::Text;

/// Looks at a study and all files that it names, and tells everything that is wrong with them.
///
/// Bad rows are left out and reading goes on, however many they are. A file that cannot be read at all
/// ends it: then the files that nobody has looked at are opened each for itself. What rests on a bad row
/// may be told too: a site that was left out is missing to its offers.
///
/// Takes as long as reading the study. At most 100,000 faults are kept.
///
/// ```
/// use walkshed::{Silent, read};
/// // What is wrong is listed, with what to do.
/// let missing = read::check("no-such-study.toml".as_ref(), &Silent);
/// assert_eq!((missing.is_whole, missing.faults.len()), (false, 1));
/// ```
#[must_use]
pub fn check(path: &Path, progress: &dyn Progress) -> Checked {
    match Reading::open(path, OnBad::Skip, progress) {
        Ok(reading) => checked(reading),
        Err(error) => nothing_read(path, &error),
    }
}

/// The same, of a study file that is not written yet: what it would be if its bytes stood there.
pub(in crate::read) fn check_draft(path: &Path, bytes: &[u8], progress: &dyn Progress) -> Checked {
    match Reading::of(path, bytes, OnBad::Skip, progress) {
        Ok(reading) => checked(reading),
        Err(error) => nothing_read(path, &error),
    }
}

fn checked(mut reading: Reading<'_>) -> Checked {
    reading.stopped = Stopped::keeping();
    let study = read_all(&mut reading);
    let mut bad = reading.stopped.kept();
    let is_whole = study.is_ok();
    let (findings, sources) = match study {
        Ok(study) => (study.findings().clone(), study.sources().to_vec()),
        // The error is one fault more. Files after the one that ended the reading were not opened.
        Err(error) => {
            bad.extend(bad_of(&error));
            bad.extend(reading.faults_of_the_others());
            let findings = std::mem::take(&mut reading.findings);
            (findings, std::mem::take(&mut reading.sources))
        }
    };
    let faults = faults(bad);
    Checked {
        tables: reading.faulty_tables(&faults),
        name: reading.asked.name.clone(),
        language: reading.asked.language,
        csv: reading.asked.csv(),
        faults,
        // A rejected row is among the faults already.
        findings: findings.without(Severity::Rejected),
        sources,
        is_whole,
    }
}

/// A study file that cannot be read.
fn nothing_read(path: &Path, error: &ReadError) -> Checked {
    Checked {
        name: file_name(path),
        language: language(path),
        faults: faults(bad_of(error)),
        ..Checked::default()
    }
}

fn bad_of(error: &ReadError) -> Vec<BadInput> {
    match error {
        ReadError::Io { path, .. } => vec![BadInput {
            code: "unreadable",
            file: file_name(path),
            expected: error.text(),
            ..BadInput::default()
        }],
        ReadError::Bad(_) | ReadError::Several(_) | ReadError::TooLarge(_) => error.bad().to_vec(),
    }
}

/// Whole files first; a fault that was met twice once.
fn faults(bad: Vec<BadInput>) -> Vec<Fault> {
    let (whole, rows): (Vec<BadInput>, Vec<BadInput>) =
        bad.into_iter().partition(|bad| bad.place == Place::File);
    let all: Vec<BadInput> = whole.into_iter().chain(rows).collect();
    let mut seen = BTreeSet::new();
    let is_first: Vec<bool> = all.iter().map(|bad| seen.insert(bad)).collect();
    let first = all.into_iter().zip(is_first).filter(|(_, first)| *first);
    first.map(|(bad, _)| fault(bad)).collect()
}

fn fault(bad: BadInput) -> Fault {
    // Of a file that cannot be opened the sentence names the whole path.
    let sentence = if bad.code == "unreadable" {
        bad.expected.clone()
    } else {
        bad.text()
    };
    Fault {
        code: bad.code,
        place: bad.place.text(),
        column: bad.column.unwrap_or_default(),
        found: bad.found.unwrap_or_default(),
        expected: bad.expected,
        remedy: bad.remedy,
        file: bad.file,
        sentence,
    }
}

impl Reading<'_> {
    /// What is wrong with each of the files that were not opened, taken for itself.
    fn faults_of_the_others(&self) -> Vec<BadInput> {
        let mut bad = Vec::new();
        for (role, entry) in self.asked.inputs.all() {
            let mut sources = self.sources.iter();
            if sources.any(|source| source.role == role) {
                continue;
            }
            let fault = self.fault_of(role, entry);
            bad.extend(fault.iter().flat_map(bad_of));
        }
        bad
    }

    /// The rows of the faults, read once more from the tables that have any. Tables are let go as soon as
    /// they are understood, so that a sound study holds none of them twice.
    fn faulty_tables(&self, faults: &[Fault]) -> Vec<FaultyTable> {
        let inputs = self.asked.inputs.all();
        let tables = inputs.filter_map(|(role, entry)| self.faulty_table(role, entry, faults));
        tables.collect()
    }

    fn faulty_table(
        &self,
        role: &'static str,
        entry: &InputFile,
        faults: &[Fault],
    ) -> Option<FaultyTable> {
        let file = file_name(&self.folder.join(&entry.path));
        // Faults name files by their names alone, as they are shown.
        let about = faults.iter().filter(|fault| fault.file == file);
        let places: HashSet<&Text> = about.filter_map(|fault| fault.place.as_ref()).collect();
        if places.is_empty() {
            return None;
        }
        let input = load(&self.folder, role, entry, self.asked.limits.memory()).ok()?;
        // Neither has rows to show.
        if is_tiff(&input.bytes) || source::is_map(&input.bytes) {
            return None;
        }
        let table = table(&input, entry).ok()?;
        let row = |record: &Record| {
            let place = record.place.text()?;
            let values = record
                .values
                .iter()
                .map(|value| text(value).unwrap_or_default());
            places.contains(&place).then(|| (place, values.collect()))
        };
        let rows = table.records.iter().filter_map(row).collect();
        Some(FaultyTable {
            file,
            heads: table.columns,
            rows,
        })
    }

    /// Why a file cannot be opened, if it cannot.
    fn fault_of(&self, role: &'static str, entry: &InputFile) -> Option<ReadError> {
        let input = match load(&self.folder, role, entry, self.asked.limits.memory()) {
            Ok(input) => input,
            Err(error) => return Some(error),
        };
        // Maps and rasters are no tables: what is wrong within shows when it is their turn.
        if is_tiff(&input.bytes) || source::is_map(&input.bytes) {
            return None;
        }
        table(&input, entry).err()
    }
}
