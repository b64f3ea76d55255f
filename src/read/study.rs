//! From a study file to a study: reads everything it names, in the order in which it hangs together.

use std::path::{Path, PathBuf};

use super::crs::Crs;
use super::datum_check::StreetCheck;
use super::error::{BadInput, Place, ReadError};
use super::formats::table::Table;
use super::input::{Input, bytes_of, check_length, file_name, load, sha256, table};
use super::plan::opening_hours::Clock;
use super::plan::rules;
use super::plan::rules::change::ChangeTable;
use super::plan::rules::{indicator, phase};
use super::plan::study_file::{InputFile, StudyFile, parse};
use super::plausibility;
use super::plausibility::{Placed, Whole};
use super::rejects::{self, Rows};
use super::row_policy::{Door, OnBad};
use super::streets::ways::RawStreets;
use super::streets::{elevation, source};
use super::tables::catalogue::{Sources, catalogue};
use super::tables::coordinates::Placer;
use super::tables::items::items;
use super::tables::offers::{OfferRow, offers};
use super::tables::sites::SiteReader;
use super::tables::{areas, barriers, boundary, cells, columns, sites, units};
use crate::model::{
    Boundary, Catalogue, Cells, Findings, Group, Indicator, Memory, Network, Phase, Severity,
    Sites, Source, Study, StudyParts, Target, Units,
};
use crate::plane::Position;
use crate::progress::{Progress, Silent, Stage};
use crate::units::TravelTime;

/// How a study is read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// What to do with a bad row.
    pub on_bad: OnBad,
}

/// Reads a study and all files that it names.
///
/// The findings are the study's own ([`Study::findings`]): what is doubtful about the data.
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
/// # Errors
/// As [`study`].
pub fn study_with(
    path: &Path,
    options: &Options,
    progress: &dyn Progress,
) -> Result<Study, ReadError> {
    let mut reading = Reading::open(path, options.on_bad)?;
    let inputs = reading.study.inputs.clone();
    let mut clock = reading
        .study
        .time
        .as_ref()
        .map(|table| Clock::new(table, &reading.file))
        .transpose()?;
    progress.start(Stage::Read, reading.bytes_to_read());

    let folder = reading.folder.clone();
    // The two longest files beside each other; whatever is wrong with the streets is told first.
    let memory = reading.study.limits.memory();
    let streets = || reading.streets(&inputs.streets, progress);
    let cells = || Read::of((&folder, memory), "cells", &inputs.cells);
    let (network, cells_read) = rayon::join(streets, cells);
    let network = network?;
    let streets_file = file_name(Path::new(&inputs.streets.path));
    let site_table = reading.placed_table("sites", &inputs.sites, progress)?;
    let cell_table = reading.placed("cells", &inputs.cells, cells_read, progress)?;
    let units = reading.units(&site_table.table, &cell_table.table, progress)?;

    let check = StreetCheck::new(&network, reading.study.walk.max_snap_m);
    let site_rows = reading.site_rows(site_table, &units, clock.as_mut(), &check)?;
    let cells = reading.cells(cell_table, &units, &check)?;
    drop(check);
    let sites = sites::sorted(&site_rows);
    let catalogue = reading.catalogue(&site_rows, &sites, progress)?;
    let barriers = reading.barriers(progress)?;
    let boundary = reading.boundary(&cells, progress)?;
    let target = reading.target(&catalogue)?;
    let known = indicator::Known {
        sites: &sites,
        units: &units,
        catalogue: &catalogue,
        date: target.date,
    };
    let indicators = reading.indicators(&known)?;
    let phases = reading.phases(&phase::Known {
        units: &units,
        catalogue: &catalogue,
        target: &target,
    })?;
    let groups = reading.groups(&cells, &sites)?;
    let file = reading.file.clone();
    let whole = Whole {
        cells: &cells,
        sites: &sites,
        catalogue: &catalogue,
        groups: &groups,
        target: &target,
    };
    whole.doubts(inputs.units.is_some(), &mut reading.door(&file));
    reading.enough_left()?;
    let zones = rules::zones(
        &reading.study.zone,
        (&cells, &units),
        target.search,
        &reading.file,
    )?;
    let walk = reading.study.walk.walk();
    rules::walk::notes(
        &network,
        &walk.rules,
        &groups,
        &mut reading.door(&streets_file),
    );
    let parts = StudyParts {
        name: reading.study.name,
        language: reading.study.language,
        walk,
        target,
        network,
        sites,
        cells,
        units,
        catalogue,
        barriers,
        groups,
        zones,
        time: clock.as_ref().map(Clock::rule),
        boundary,
        indicators,
        changes: Vec::new(),
        phases,
        findings: reading.findings,
        memory,
        sources: reading.sources,
    };
    let given = rules::change::Given {
        crs: reading.default_crs,
        clock: clock.as_mut(),
        offers: &reading.offers,
    };
    with_changes(
        built(parts, &reading.file)?,
        &reading.study.change,
        given,
        (&reading.file, options.on_bad),
    )
}

/// The study with its what-if changes, as far as it has any.
fn with_changes(
    study: Study,
    tables: &[ChangeTable],
    given: rules::change::Given<'_>,
    (file, on_bad): (&str, OnBad),
) -> Result<Study, ReadError> {
    if tables.is_empty() {
        return Ok(study);
    }
    let mut findings = Findings::default();
    let mut door = Door {
        file: file.to_owned(),
        on_bad,
        findings: &mut findings,
    };
    let changes = rules::change::changes(tables, &study, given, &mut door)?;
    let mut parts = study.into_parts();
    parts.findings.append(findings);
    parts.changes = changes;
    built(parts, file)
}

/// The study that these parts make. What could be wrong with them is told where it is read, row by
/// row; what is not is told here, as an error of the study file.
fn built(parts: StudyParts, file: &str) -> Result<Study, ReadError> {
    Study::new(parts).map_err(|wrong| {
        let bad = BadInput {
            code: "bad-study",
            file: file.to_owned(),
            expected: wrong.to_string().into(),
            ..BadInput::default()
        };
        bad.into()
    })
}

/// A study file takes a hundred times its length while it is read.
const LARGEST_STUDY_FILE: Memory = Memory::of_mb(16);

/// A study half read.
struct Reading {
    folder: PathBuf,
    file: String,
    study: StudyFile,
    default_crs: Crs,
    /// The rows of the offers table, kept for what-if changes.
    offers: Vec<OfferRow>,
    on_bad: OnBad,
    findings: Findings,
    rows: Rows,
    sources: Vec<Source>,
}

/// A file that is read already, and the table in it.
struct Read(Result<(Loaded, Result<Table, ReadError>), ReadError>);

impl Read {
    fn of((folder, memory): (&Path, Memory), role: &'static str, entry: &InputFile) -> Self {
        let read = |input: Input| {
            (
                table(&input, entry),
                Loaded {
                    file: input.file,
                    source: input.source,
                },
            )
        };
        Self(
            load(folder, role, entry, memory)
                .map(read)
                .map(|(table, loaded)| (loaded, table)),
        )
    }
}

/// A file whose bytes nobody needs any more.
struct Loaded {
    file: String,
    source: Source,
}

/// A table whose rows stand somewhere.
struct PlacedTable {
    table: Table,
    crs: Crs,
}

impl Reading {
    fn open(path: &Path, on_bad: OnBad) -> Result<Self, ReadError> {
        let file = file_name(path);
        check_length(path, &file, LARGEST_STUDY_FILE)?;
        let bytes = bytes_of(path)?;
        let study = parse(&bytes, &file)?;
        let source = Source {
            role: "study",
            path: file.clone(),
            crs: String::new(),
            bytes: bytes.len() as u64,
            sha256: sha256(&bytes),
        };
        let default_crs = crs_named(
            study.inputs.crs.as_deref().unwrap_or("WGS84"),
            "inputs.crs",
            &file,
        )?;
        let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        let (offers, findings, sources) = (Vec::new(), Findings::default(), vec![source]);
        Ok(Self {
            folder,
            file,
            study,
            default_crs,
            offers,
            on_bad,
            findings,
            rows: Rows::default(),
            sources,
        })
    }

    /// Whether enough rows of every table could be used.
    fn enough_left(&self) -> Result<(), ReadError> {
        let most = self.study.inputs.max_rejects.unwrap_or(rejects::MOST);
        self.rows.enough_left(&self.findings, most)
    }

    /// Whether anything is asked for a date, so that days of opening and closing count.
    fn is_dated(&self) -> bool {
        let study = &self.study;
        study.target.date.is_some() || !study.phase.is_empty() || indicator::dated(&study.indicator)
    }

    fn bytes_to_read(&self) -> u64 {
        let inputs = &self.study.inputs;
        let optional = [
            &inputs.units,
            &inputs.items,
            &inputs.offers,
            &inputs.barriers,
            &inputs.boundary,
            &inputs.elevation,
        ];
        let all = [&inputs.streets, &inputs.sites, &inputs.cells]
            .into_iter()
            .chain(optional.into_iter().flatten());
        all.filter_map(|entry| std::fs::metadata(self.folder.join(&entry.path)).ok())
            .map(|meta| meta.len())
            .sum()
    }

    fn door(&mut self, file: &str) -> Door<'_> {
        Door {
            file: file.to_owned(),
            on_bad: self.on_bad,
            findings: &mut self.findings,
        }
    }

    fn load(
        &mut self,
        role: &'static str,
        entry: &InputFile,
        progress: &dyn Progress,
    ) -> Result<Input, ReadError> {
        let input = load(&self.folder, role, entry, self.study.limits.memory())?;
        self.loaded(&input.source, progress);
        Ok(input)
    }

    fn loaded(&mut self, source: &Source, progress: &dyn Progress) {
        progress.advance(source.bytes);
        self.sources.push(source.clone());
    }

    /// The system of a file: what the study says of it, else what it says itself, else the study's default.
    fn crs(
        &mut self,
        role: &'static str,
        entry: &InputFile,
        declared: Option<&str>,
        file: &str,
    ) -> Result<Crs, ReadError> {
        let crs = match (&entry.crs, declared) {
            (Some(named), _) => crs_named(named, &format!("inputs.{role}.crs"), &self.file)?,
            (None, Some(declared)) => crs_named(declared, "crs", file)?,
            (None, None) => self.default_crs,
        };
        if let Some(source) = self
            .sources
            .iter_mut()
            .rev()
            .find(|source| source.role == role)
        {
            source.crs = crs.name();
        }
        if let Some(note) = crs.note() {
            self.door(file).say(
                Severity::Suspicious,
                "datum-shift-unknown",
                Place::File,
                role,
                note,
            );
        }
        Ok(crs)
    }

    fn streets(
        &mut self,
        entry: &InputFile,
        progress: &dyn Progress,
    ) -> Result<Network, ReadError> {
        let input = self.load("streets", entry, progress)?;
        let lines = source::read(&input)?;
        let crs = self.crs("streets", entry, lines.declared_crs.as_deref(), &input.file)?;
        let raw = source::raw(lines, crs, entry, &mut self.door(&input.file));
        let lines = raw.as_ref().map_or(0, |raw| raw.lines);
        self.rows.add_lines(&input.file, lines, &self.findings);
        let mut raw = raw?;
        self.heights(&mut raw, &input.file, progress)?;
        let network = source::network(&raw, &mut self.door(&input.file))?;
        let (table, study) = (self.study.walk.clone(), self.file.clone());
        let given = self
            .study
            .inputs
            .elevation
            .as_ref()
            .map(|entry| entry.path.clone());
        table.check_heights(
            &network,
            (&study, given.as_deref()),
            &mut self.door(&input.file),
        )?;
        Ok(network)
    }

    /// The heights of the streets' vertices: those of the elevation model, else their own.
    fn heights(
        &mut self,
        raw: &mut RawStreets,
        file: &str,
        progress: &dyn Progress,
    ) -> Result<(), ReadError> {
        let Some(entry) = self.study.inputs.elevation.clone() else {
            source::doubts(raw, &mut self.door(file));
            return Ok(());
        };
        if !raw.heights.is_empty() {
            let message =
                "the heights of the elevation model count, not the third coordinates here";
            self.door(file).note("two-heights", "", message.to_owned());
        }
        let input = self.load("elevation", &entry, progress)?;
        let model = elevation::open(&input.bytes, &input.file, input.memory)?;
        let crs = self.crs(
            "elevation",
            &entry,
            model.declared_crs.as_deref(),
            &input.file,
        )?;
        raw.heights = model.heights(crs, &raw.nodes, &mut self.door(&input.file))?;
        Ok(())
    }

    fn placed_table(
        &mut self,
        role: &'static str,
        entry: &InputFile,
        progress: &dyn Progress,
    ) -> Result<PlacedTable, ReadError> {
        let read = Read::of((&self.folder, self.study.limits.memory()), role, entry);
        self.placed(role, entry, read, progress)
    }

    fn placed(
        &mut self,
        role: &'static str,
        entry: &InputFile,
        read: Read,
        progress: &dyn Progress,
    ) -> Result<PlacedTable, ReadError> {
        let (Loaded { file, source }, table) = read.0?;
        self.loaded(&source, progress);
        let mut table = self.checked(table, &file, entry)?;
        let crs = self.crs(role, entry, table.declared_crs.as_deref(), &file)?;
        // A barrier is its lines, whatever they enclose.
        if role != "barriers" {
            areas::check(&mut table, crs, &mut self.door(&file));
        }
        Ok(PlacedTable { table, crs })
    }

    fn optional_table(
        &mut self,
        role: &'static str,
        entry: Option<InputFile>,
        progress: &dyn Progress,
    ) -> Result<Option<Table>, ReadError> {
        let Some(entry) = entry else { return Ok(None) };
        let input = self.load(role, &entry, progress)?;
        self.checked(table(&input, &entry), &input.file, &entry)
            .map(Some)
    }

    /// Whether every column that an input renames has a name that means something.
    fn check_columns(&self, entry: &InputFile) -> Result<(), ReadError> {
        let counts = self
            .study
            .group
            .iter()
            .filter_map(|group| group.count.clone());
        let properties = [
            indicator::of_sites(&self.study.indicator),
            indicator::of_items(&self.study.indicator),
        ]
        .concat();
        let asked: Vec<String> = counts
            .chain(properties)
            .chain(["helper".to_owned()])
            .collect();
        let unknown =
            |name: &&(String, String)| !columns::is_known(&name.0) && !asked.contains(&name.0);
        let Some((name, _)) = entry.columns.iter().find(unknown) else {
            return Ok(());
        };
        let mut known: Vec<&str> = columns::names().collect();
        known.extend(asked.iter().map(String::as_str));
        let wrong = rules::Wrong::one("inputs", &self.file);
        Err(wrong.unknown(
            "columns",
            name,
            "the name of a column that walkshed knows",
            &known,
        ))
    }

    /// The table in a file, with a note where its encoding was inferred.
    fn checked(
        &mut self,
        table: Result<Table, ReadError>,
        file: &str,
        entry: &InputFile,
    ) -> Result<Table, ReadError> {
        self.check_columns(entry)?;
        let table = table?;
        self.rows
            .add(file, table.records.len() + table.bad.places.len());
        if table.encoding == "GB18030" {
            let message =
                "the text is not UTF-8 and was read as GB18030: look at the names in the results"
                    .to_owned();
            self.door(file).note("read-as-gb18030", "", message);
        }
        Ok(table)
    }

    fn units(
        &mut self,
        sites: &Table,
        cells: &Table,
        progress: &dyn Progress,
    ) -> Result<Units, ReadError> {
        match self.optional_table("units", self.study.inputs.units.clone(), progress)? {
            Some(table) => {
                let mut door = self.door(&table.file.clone());
                units::units(table, &mut door)
            }
            None => units::named_units(&[sites, cells]),
        }
    }

    fn site_rows(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        clock: Option<&mut Clock>,
        check: &StreetCheck<'_>,
    ) -> Result<Vec<sites::SiteRow>, ReadError> {
        let mut asked = indicator::of_sites(&self.study.indicator);
        let helper = self.study.group.iter().any(|group| group.needs_helper);
        asked.extend(helper.then(|| "helper".to_owned()));
        let dated = self.is_dated();
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let rows = sites::sites(
            placed.table,
            &asked,
            &mut SiteReader {
                placer: &placer,
                units,
                clock,
                dated,
            },
            &mut door,
        )?;
        let spots = rows.iter().map(|row| (row.site.id.as_str(), row.site.at));
        plausibility::same_spot(Placed::Sites, spots, &mut door);
        let points: Vec<Position> = rows.iter().map(|row| row.site.at).collect();
        check.check(Placed::Sites, &points, placed.crs, &mut door)?;
        let file = door.file;
        self.enough_left()?;
        // A place without any site makes sense when a change opens one.
        if rows.is_empty() && self.study.change.is_empty() {
            return Err(rejects::none_left(Placed::Sites, &file).into());
        }
        Ok(rows)
    }

    fn cells(
        &mut self,
        placed: PlacedTable,
        units: &Units,
        check: &StreetCheck<'_>,
    ) -> Result<Cells, ReadError> {
        let wanted: Vec<String> = self
            .study
            .group
            .iter()
            .filter_map(|group| group.count.clone())
            .collect();
        let mut door = self.door(&placed.table.file);
        let placer = Placer::new(&placed.table, placed.crs, &door)?;
        let cells = cells::cells(placed.table, &placer, units, &wanted, &mut door)?;
        let spots = cells
            .iter()
            .filter_map(|(_, cell)| Some((cell.id.as_str(), cell.at?)));
        plausibility::same_spot(Placed::Cells, spots, &mut door);
        let points: Vec<Position> = cells.iter().filter_map(|(_, cell)| cell.at).collect();
        check.check(Placed::Cells, &points, placed.crs, &mut door)?;
        let file = door.file;
        self.enough_left()?;
        if cells.is_empty() {
            return Err(rejects::none_left(Placed::Cells, &file).into());
        }
        Ok(cells)
    }

    fn catalogue(
        &mut self,
        site_rows: &[sites::SiteRow],
        sites: &Sites,
        progress: &dyn Progress,
    ) -> Result<Catalogue, ReadError> {
        let item_table = self.optional_table("items", self.study.inputs.items.clone(), progress)?;
        let offer_table =
            self.optional_table("offers", self.study.inputs.offers.clone(), progress)?;
        let items = match item_table {
            Some(table) => {
                let file = table.file.clone();
                let asked = indicator::of_items(&self.study.indicator);
                Some(items(table, &asked, &mut self.door(&file))?)
            }
            None => None,
        };
        let mut offers_file = self
            .study
            .inputs
            .items
            .as_ref()
            .map(|entry| file_name(Path::new(&entry.path)))
            .unwrap_or_default();
        let offers = match offer_table {
            Some(table) => {
                offers_file.clone_from(&table.file);
                offers(table, &mut self.door(&offers_file))?
            }
            None => Vec::new(),
        };
        let sites_file = file_name(Path::new(&self.study.inputs.sites.path));
        let sources = Sources {
            items,
            offers: &offers,
            site_rows,
            sites,
        };
        let memory = self.study.limits.memory();
        let catalogue = catalogue(&sources, &mut self.door(&sites_file), &offers_file, memory)?;
        self.offers = if self.study.change.is_empty() {
            Vec::new()
        } else {
            offers
        };
        Ok(catalogue)
    }

    fn groups(&mut self, cells: &Cells, sites: &Sites) -> Result<Vec<Group>, ReadError> {
        let (tables, others, file) = (
            self.study.group.clone(),
            self.study.others.clone(),
            self.file.clone(),
        );
        rules::groups(&tables, &others, (cells, sites), &mut self.door(&file))
    }

    fn barriers(&mut self, progress: &dyn Progress) -> Result<Vec<[Position; 2]>, ReadError> {
        let Some(entry) = self.study.inputs.barriers.clone() else {
            return Ok(Vec::new());
        };
        let placed = self.placed_table("barriers", &entry, progress)?;
        let mut door = self.door(&placed.table.file.clone());
        barriers::barriers(placed.table, placed.crs, &mut door)
    }

    fn indicators(&mut self, known: &indicator::Known<'_>) -> Result<Vec<Indicator>, ReadError> {
        let mut door = Door {
            file: self.file.clone(),
            on_bad: self.on_bad,
            findings: &mut self.findings,
        };
        indicator::indicators(&self.study.indicator, known, &mut door)
    }

    fn phases(&mut self, known: &phase::Known<'_>) -> Result<Vec<Phase>, ReadError> {
        let mut door = Door {
            file: self.file.clone(),
            on_bad: self.on_bad,
            findings: &mut self.findings,
        };
        phase::phases(&self.study.phase, known, &mut door)
    }

    fn boundary(
        &mut self,
        cells: &Cells,
        progress: &dyn Progress,
    ) -> Result<Option<Boundary>, ReadError> {
        let Some(entry) = self.study.inputs.boundary.clone() else {
            return Ok(None);
        };
        let placed = self.placed_table("boundary", &entry, progress)?;
        let mut door = self.door(&placed.table.file.clone());
        let boundary = boundary::boundary(placed.table, placed.crs, &mut door)?;
        boundary::notes(&boundary, cells, &mut door);
        Ok(Some(boundary))
    }

    fn target(&self, catalogue: &Catalogue) -> Result<Target, ReadError> {
        let table = &self.study.target;
        let items = rules::Wrong::one("target", &self.file).some_items(&table.items, catalogue)?;
        let date = table
            .date
            .as_ref()
            .map(|date| date.day("target.date", &self.file))
            .transpose()?;
        let search = table
            .search_minutes
            .unwrap_or_else(|| (2.0 * table.minutes).max(30.0));
        let minutes =
            |minutes: f64| TravelTime::from_seconds(minutes * 60.0).unwrap_or(TravelTime::MAX);
        Ok(Target {
            limit: minutes(table.minutes),
            search: minutes(search),
            items,
            date,
        })
    }
}

pub(super) fn crs_named(name: &str, key: &str, file: &str) -> Result<Crs, ReadError> {
    Crs::parse(name).map_err(|wrong| {
        let (column, expected) = (Some(key.to_owned()), wrong.text());
        BadInput {
            code: "bad-crs",
            file: file.to_owned(),
            column,
            expected,
            ..BadInput::default()
        }
        .into()
    })
}
