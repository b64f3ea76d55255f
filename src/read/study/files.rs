//! Opening the files of a study: their bytes, their tables, and the systems of their coordinates.

use std::path::Path;

use super::reading::{Reading, crs_named};
use crate::model::{Memory, Severity, Source};
use crate::read::crs::Crs;
use crate::read::error::{Place, ReadError, bad};
use crate::read::formats::table::Table;
use crate::read::input::{Input, load, table};
use crate::read::plan::rules::Wrong;
use crate::read::plan::rules::indicator::{self, Of};
use crate::read::plan::study_file::InputFile;
use crate::read::row_policy::Door;
use crate::read::tables::{areas, columns, joins, tidy};
use crate::words::text;

/// A file that is read already, and the table in it.
pub(super) struct Read {
    read: Result<(Loaded, Result<Table, ReadError>), ReadError>,
    is_map: bool,
}

impl Read {
    /// Reads a file, whatever comes of it; to be told when it is its turn.
    pub(super) fn of(
        (folder, memory): (&Path, Memory),
        role: &'static str,
        entry: &InputFile,
    ) -> Self {
        Self::of_loaded(load(folder, role, entry, memory), entry)
    }

    /// The table in a file whose bytes are read.
    pub(super) fn of_loaded(loaded: Result<Input, ReadError>, entry: &InputFile) -> Self {
        let read = loaded.map(|input| {
            let table = table(&input, entry);
            (Loaded::of(input), table)
        });
        Self {
            read,
            is_map: false,
        }
    }

    /// A table that was made of a map.
    pub(super) fn of_map(input: Input, table: Result<Table, ReadError>) -> Self {
        Self {
            read: Ok((Loaded::of(input), table)),
            is_map: true,
        }
    }
}

/// A file whose bytes nobody needs any more.
struct Loaded {
    file: String,
    source: Source,
    beside: Vec<Source>,
}

impl Loaded {
    fn of(input: Input) -> Self {
        Self {
            file: input.file,
            source: input.source,
            beside: input.beside,
        }
    }
}

/// A table whose rows stand somewhere.
pub(super) struct PlacedTable {
    pub table: Table,
    pub crs: Crs,
    /// It is made of a map of OpenStreetMap.
    pub is_map: bool,
}

impl Reading<'_> {
    /// The bytes of a file.
    pub(super) fn load(
        &mut self,
        role: &'static str,
        entry: &InputFile,
    ) -> Result<Input, ReadError> {
        let input = load(&self.folder, role, entry, self.asked.limits.memory())?;
        self.loaded(&input.source, &input.beside);
        Ok(input)
    }

    /// Takes in which files were read.
    pub(super) fn loaded(&mut self, source: &Source, beside: &[Source]) {
        self.progress.advance(source.bytes);
        self.sources.push(source.clone());
        self.sources.extend_from_slice(beside);
    }

    /// The system of a file: what the study says of it, else what it says itself, else the study's default.
    pub(super) fn crs(
        &mut self,
        (role, entry): (&'static str, &InputFile),
        declared: Option<&str>,
        file: &str,
    ) -> Result<Crs, ReadError> {
        let crs = match (&entry.crs, declared) {
            (Some(named), _) => crs_named(named, &format!("inputs.{role}.crs"), &self.file)?,
            (None, Some(declared)) => crs_named(declared, "crs", file)?,
            (None, None) => self.default_crs,
        };
        // The manifest says in which system each file was read.
        let mut latest_first = self.sources.iter_mut().rev();
        let is_it = |source: &&mut Source| source.role == role && source.path == entry.path;
        if let Some(source) = latest_first.find(is_it) {
            source.crs = crs.name();
        }
        if let Some(note) = crs.note() {
            let (severity, code) = (Severity::Suspicious, "datum-shift-unknown");
            self.door(file).say(severity, code, Place::File, role, note);
        }
        Ok(crs)
    }

    /// The table of an input whose rows stand somewhere.
    pub(super) fn placed(
        &mut self,
        role: &'static str,
        entry: &InputFile,
    ) -> Result<PlacedTable, ReadError> {
        let memory = self.asked.limits.memory();
        let read = Read::of((&self.folder, memory), role, entry);
        self.placed_from(role, entry, read)
    }

    /// The same, of a file that is read already.
    pub(super) fn placed_from(
        &mut self,
        role: &'static str,
        entry: &InputFile,
        read: Read,
    ) -> Result<PlacedTable, ReadError> {
        let (loaded, table) = read.read?;
        self.loaded(&loaded.source, &loaded.beside);
        let file = loaded.file;
        let mut table = self.checked(table, &file, entry)?;
        // Where a table tells the unit level by level, these columns become one path.
        if matches!(role, "sites" | "cells") {
            joins::as_path(&mut table, &mut self.door(&file));
        }
        let crs = self.crs((role, entry), table.declared_crs.as_deref(), &file)?;
        // A barrier is its lines, whatever they enclose.
        if role != "barriers" {
            areas::check(&mut table, crs, &mut self.door(&file));
        }
        if read.is_map {
            leave_flawed(&mut table, &mut self.door(&file));
        }
        Ok(PlacedTable {
            table,
            crs,
            is_map: read.is_map,
        })
    }

    /// The table of an input that a study may leave out.
    pub(super) fn optional(
        &mut self,
        role: &'static str,
        entry: Option<&InputFile>,
    ) -> Result<Option<Table>, ReadError> {
        let Some(entry) = entry else { return Ok(None) };
        let input = self.load(role, entry)?;
        let table = table(&input, entry);
        self.checked(table, &input.file, entry).map(Some)
    }

    /// The table in a file, with a note where its encoding was inferred.
    fn checked(
        &mut self,
        table: Result<Table, ReadError>,
        file: &str,
        entry: &InputFile,
    ) -> Result<Table, ReadError> {
        // What the study file gets wrong about a table comes before what is wrong in it.
        self.check_columns(entry)?;
        let mut table = table?;
        self.door(file).remarks(&table.remarks);
        let counted: Vec<String> = self.counts_asked().collect();
        tidy::tidy(&mut table, &counted, &mut self.door(file))?;
        let rows = table.records.len() + table.bad.places.len();
        self.rows.add(file, rows);
        if table.encoding == "GB18030" {
            let note = text!(ReadAsGb18030);
            self.door(file).note("read-as-gb18030", "", note);
        }
        Ok(table)
    }

    /// Whether every column that an input renames has a name that means something.
    fn check_columns(&self, entry: &InputFile) -> Result<(), ReadError> {
        let asked = self.columns_asked();
        let is_known = |name: &String| columns::is_known(name) || asked.contains(name);
        let Some((unknown, _)) = entry.columns.iter().find(|(name, _)| !is_known(name)) else {
            return Ok(());
        };
        let mut known: Vec<&str> = columns::names().collect();
        known.extend(asked.iter().map(String::as_str));
        let wrong = Wrong::one("inputs", &self.file);
        Err(wrong.unknown(("columns", unknown), text!(KnownColumn), &known))
    }

    /// The columns that groups count.
    fn counts_asked(&self) -> impl Iterator<Item = String> {
        let groups = self.asked.group.iter();
        groups.filter_map(|group| group.count.clone())
    }

    /// The columns that the rules of the plan name, beside those that every study may have.
    fn columns_asked(&self) -> Vec<String> {
        let mut asked: Vec<String> = self.counts_asked().collect();
        for of in Of::ALL {
            let properties = indicator::properties(&self.asked.indicator, of);
            asked.extend(properties.into_iter().map(|asked| asked.name));
        }
        asked.push("helper".to_owned());
        asked
    }
}

/// Whether the study says of a map nothing that can be said of tables alone.
///
/// # Errors
/// Names the first key that it does say.
pub(super) fn refuse_table_keys(
    role: &str,
    entry: &InputFile,
    study: &str,
) -> Result<(), ReadError> {
    let keys = [
        ("columns", !entry.columns.is_empty()),
        ("sheet", entry.sheet.is_some()),
        ("header_row", entry.header_row.is_some()),
        ("sheet_as", entry.sheet_as.is_some()),
    ];
    let Some((key, _)) = keys.into_iter().find(|(_, is_set)| *is_set) else {
        return Ok(());
    };
    let key = Some(format!("inputs.{role}.{key}"));
    Err(bad(study, key, None, text!(ColumnsOfAMap), text!(LeaveKeyOut)).into())
}

/// Leaves out the areas of a map that cross themselves: nobody here can mend them.
fn leave_flawed(table: &mut Table, door: &mut Door<'_>) {
    let before = table.records.len();
    table.records.retain(|record| record.flaw.is_none());
    let count = before - table.records.len();
    if count > 0 {
        door.doubt("map-outlines", text!(MapOutlines, count = count));
    }
}
