//! A study half read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Delegation, Findings, Memory, Source};
use crate::plane::Position;
use crate::progress::{Progress, Stage};
use crate::read::crs::Crs;
use crate::read::error::{BadInput, ReadError, bad};
use crate::read::input::{bytes_of, check_length, file_name, sha256};
use crate::read::people::settled::SettledLand;
use crate::read::plan::opening_hours::Clock;
use crate::read::plan::rules::{CellRows, indicator};
use crate::read::plan::study_file::{InputFile, StudyFile, parse};
use crate::read::rejects::{self, Rows};
use crate::read::row_policy::{Door, OnBad, Stopped};
use crate::read::tables::offers::OfferRow;
use crate::words::Text;

/// A study file takes a hundred times its length while it is read.
const LARGEST_STUDY_FILE: Memory = Memory::of_mb(16);

/// So many bad rows are told at once.
const MOST_TOLD: usize = 1_000;

/// A study half read.
pub(super) struct Reading<'p> {
    /// The folder of the study file, from which paths begin.
    pub folder: PathBuf,
    /// The study file's name.
    pub file: String,
    /// What the study file says.
    pub asked: Arc<StudyFile>,
    /// The system of files that name none.
    pub default_crs: Crs,
    /// The system of the sites table, once it is read.
    pub sites_crs: Crs,
    /// Where the cells stand in their file, once they are read.
    pub cell_rows: CellRows,
    /// What stands around the compounds, until the barriers are read.
    pub walls: Vec<[Position; 2]>,
    /// Whether the streets are a map, whose lines join by their nodes.
    pub is_map: bool,
    /// The settled land of a map that is the streets, where areas are to be spread over it.
    pub settled: SettledLand,
    /// The rows of the offers table, kept for what-if changes.
    pub offers: Vec<OfferRow>,
    /// The entrustment papers, once the catalogue is read.
    pub delegations: Vec<Delegation>,
    pub on_bad: OnBad,
    pub findings: Findings,
    /// The bad rows for which reading stops.
    pub stopped: Stopped,
    /// How many rows each file has.
    pub rows: Rows,
    pub sources: Vec<Source>,
    pub progress: &'p dyn Progress,
}

impl<'p> Reading<'p> {
    /// Reads the study file itself.
    pub(super) fn open(
        path: &Path,
        on_bad: OnBad,
        progress: &'p dyn Progress,
    ) -> Result<Self, ReadError> {
        // What may be in memory stands in the file itself, so it has a limit of its own.
        check_length(path, &file_name(path), LARGEST_STUDY_FILE)?;
        Self::of(path, &bytes_of(path)?, on_bad, progress)
    }

    /// Reads a study file from its bytes, as if they stood there.
    pub(super) fn of(
        path: &Path,
        bytes: &[u8],
        on_bad: OnBad,
        progress: &'p dyn Progress,
    ) -> Result<Self, ReadError> {
        let file = file_name(path);
        let asked = parse(bytes, &file)?;
        let source = Source {
            role: "study",
            path: file.clone(),
            crs: String::new(),
            bytes: bytes.len() as u64,
            sha256: sha256(bytes),
        };
        let crs = asked.inputs.crs.as_deref().unwrap_or("WGS84");
        let default_crs = crs_named(crs, "inputs.crs", &file)?;
        Ok(Self {
            folder: path.parent().map(Path::to_path_buf).unwrap_or_default(),
            default_crs,
            sites_crs: default_crs,
            file,
            asked: Arc::new(asked),
            cell_rows: CellRows::default(),
            walls: Vec::new(),
            is_map: false,
            settled: SettledLand::default(),
            offers: Vec::new(),
            delegations: Vec::new(),
            on_bad,
            findings: Findings::default(),
            stopped: Stopped::after(MOST_TOLD),
            rows: Rows::default(),
            sources: vec![source],
            progress,
        })
    }

    /// What works out opening hours, when the study asks about time of day.
    pub(super) fn clock(&self) -> Result<Option<Clock>, ReadError> {
        match &self.asked.time {
            Some(table) => Ok(Some(Clock::new(table, &self.file)?)),
            None => Ok(None),
        }
    }

    /// Tells how many bytes there are to read.
    pub(super) fn start(&self) {
        let bytes = self.asked.inputs.all().map(|(_, entry)| self.size(entry));
        self.progress.start(Stage::Read, bytes.sum());
    }

    /// A file's size; a missing one is told when it is read.
    fn size(&self, entry: &InputFile) -> u64 {
        let about = std::fs::metadata(self.folder.join(&entry.path));
        about.map_or(0, |about| about.len())
    }

    /// The door that the rows of a file come through.
    pub(super) fn door(&mut self, file: &str) -> Door<'_> {
        Door {
            file: file.to_owned(),
            on_bad: self.on_bad,
            findings: &mut self.findings,
            stopped: &mut self.stopped,
        }
    }

    /// The door of the study file itself.
    pub(super) fn own_door(&mut self) -> Door<'_> {
        let file = self.file.clone();
        self.door(&file)
    }

    /// Whether there is nothing for which reading stops.
    ///
    /// # Errors
    /// All bad rows that were found.
    pub(super) fn stop_if_bad(&mut self) -> Result<(), ReadError> {
        self.stopped.check()
    }

    /// Whether enough rows of every table could be used.
    ///
    /// # Errors
    /// Names the first file of which too few could.
    pub(super) fn enough_left(&self) -> Result<(), ReadError> {
        if self.stopped.keeps() {
            return Ok(());
        }
        let most = self.asked.inputs.max_rejects.unwrap_or(rejects::MOST);
        self.rows.enough_left(&self.findings, most)
    }

    /// Whether anything is asked for a date, so that days of opening and closing count.
    pub(super) fn is_dated(&self) -> bool {
        let asked = &self.asked;
        asked.target.date.is_some() || !asked.phase.is_empty() || indicator::dated(&asked.indicator)
    }
}

/// The system that a key of a file names.
pub(in crate::read) fn crs_named(name: &str, key: &str, file: &str) -> Result<Crs, ReadError> {
    Crs::parse(name).map_err(|wrong| {
        let key = Some(key.to_owned());
        let bad = bad(file, key, None, wrong.text(), Text::default());
        BadInput {
            code: "bad-crs",
            ..bad
        }
        .into()
    })
}
