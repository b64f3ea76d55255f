//! The folder that `prepare` makes and all machines see.
//!
//! `studies.json` tells what it holds; `tiles/0002-0003.parquet` are the third eight tiles of the second
//! study, one a row, and `rows/0002-0003.parquet` what they come to.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, LargeBinaryArray, RecordBatch, StringArray, UInt32Array};
use datafusion::common::cast::{as_large_binary_array, as_uint32_array};
use datafusion::error::DataFusionError;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use serde::{Deserialize, Serialize};

use crate::common::failure::Failure;
use crate::common::said::Said;
use crate::common::shard::{Header, Shard, shown, unreadable};

/// A file is one row group and one task: few enough tiles for the memory, enough for a task to pay.
pub(crate) const TILES_A_FILE: usize = 8;

const STUDIES: &str = "studies.json";

/// One study in one scenario: it becomes a run of its own.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Planned {
    pub(crate) study: String,
    pub(crate) scenario: Scenario,
    /// Of its first tile.
    pub(crate) header: Header,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scenario {
    /// As the study is.
    Today,
    /// As its `[[change]]` tables would have it.
    Changed,
}

impl Scenario {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Changed => "changed",
        }
    }
}

/// The folder of a study's results.
pub(crate) fn results_of(study: &str, scenario: Scenario) -> String {
    match scenario {
        Scenario::Today => study.to_owned(),
        Scenario::Changed => format!("{study}-changed"),
    }
}

pub(crate) struct Folder {
    dir: PathBuf,
    pub(crate) studies: Vec<Planned>,
}

impl Folder {
    /// One that `prepare` made. Its path is from the root, as that is what other machines are told.
    pub(crate) fn open(dir: &Path) -> Result<Self, Failure> {
        let dir = std::path::absolute(dir).map_err(|error| unreadable(dir, error))?;
        let list = dir.join(STUDIES);
        let bytes = fs::read(&list).map_err(|error| unreadable(&list, error))?;
        // A name is that of a folder of results: one that leads elsewhere is not ours.
        let is_name = |planned: &Planned| !planned.study.contains(['/', '\\']);
        let studies: Option<Vec<Planned>> = serde_json::from_slice(&bytes).ok();
        match studies.filter(|studies| studies.iter().all(is_name)) {
            Some(studies) => Ok(Self { dir, studies }),
            None => Err(Failure::Data(Said::new(
                format!(
                    "{} is not what prepare wrote – run prepare again, into a new folder",
                    shown(&list)
                ),
                format!(
                    "{} 不是 prepare 所写——请重新运行 prepare，写入新文件夹",
                    shown(&list)
                ),
            ))),
        }
    }

    /// A new one, empty.
    pub(crate) fn create(dir: &Path) -> io::Result<Self> {
        fs::create_dir(dir.join("tiles"))?;
        Ok(Self {
            dir: dir.to_owned(),
            studies: Vec::new(),
        })
    }

    /// Writes the list of studies: from now on it can be opened.
    pub(crate) fn seal(&self) -> io::Result<()> {
        fs::write(
            self.dir.join(STUDIES),
            serde_json::to_vec_pretty(&self.studies)?,
        )
    }

    /// The names of all files of tiles.
    pub(crate) fn files(&self) -> Vec<String> {
        let places = 0..self.studies.len();
        places.flat_map(|place| self.files_of(place)).collect()
    }

    /// The names of those of a study.
    fn files_of(&self, place: usize) -> impl Iterator<Item = String> {
        let files = self.studies[place].header.of.div_ceil(TILES_A_FILE);
        (0..files).map(move |file| file_name(place, file))
    }

    pub(crate) fn tiles(&self, file: &str) -> PathBuf {
        self.dir.join("tiles").join(file)
    }

    pub(crate) fn rows(&self, file: &str) -> PathBuf {
        self.dir.join("rows").join(file)
    }

    /// The files whose rows are all there.
    pub(crate) fn scored(&self) -> Result<BTreeSet<String>, Failure> {
        let dir = self.rows("");
        let read = || -> io::Result<BTreeSet<String>> {
            fs::create_dir_all(&dir)?;
            let names = fs::read_dir(&dir)?.map(|entry| {
                let name = entry?.file_name();
                Ok(name.to_string_lossy().into_owned())
            });
            names.collect()
        };
        let mut names = read().map_err(|error| unreadable(&dir, error))?;
        names.retain(|file| self.is_scored(file));
        Ok(names)
    }

    /// Whether a file has as many rows as tiles. The engine closes the file of a plan that fails or is
    /// cancelled as if it were whole, with the rows so far.
    pub(crate) fn is_scored(&self, file: &str) -> bool {
        let rows = count(&self.rows(file));
        rows.is_some() && rows == count(&self.tiles(file))
    }

    /// Adds a study, each tile by its number.
    pub(crate) fn add(
        &mut self,
        planned: Planned,
        tile: impl Fn(usize) -> Vec<u8>,
    ) -> Result<(), DataFusionError> {
        let (place, of) = (self.studies.len(), planned.header.of);
        let numbers: Vec<usize> = (0..of).collect();
        for (file, numbers) in numbers.chunks(TILES_A_FILE).enumerate() {
            let bytes = numbers.iter().map(|&number| tile(number)).collect();
            let first = u32::try_from(numbers[0]).unwrap_or(u32::MAX);
            let batch = batch(&planned, first, bytes)?;
            write(&self.tiles(&file_name(place, file)), &batch)?;
        }
        self.studies.push(planned);
        Ok(())
    }

    /// The rows of a study's tiles, those that are there.
    pub(crate) fn shards(&self, place: usize) -> Result<Vec<Shard>, Failure> {
        let mut shards = Vec::new();
        for file in self.files_of(place).filter(|file| self.is_scored(file)) {
            let path = self.rows(&file);
            let rows = read(&path).map_err(|error| unreadable(&path, io::Error::other(error)))?;
            for (tile, rows) in rows {
                let mut header = self.studies[place].header.clone();
                header.shard = tile as usize + 1;
                let path = path.clone();
                shards.push(Shard { path, header, rows });
            }
        }
        Ok(shards)
    }
}

fn file_name(place: usize, file: usize) -> String {
    format!("{:04}-{:04}.parquet", place + 1, file + 1)
}

fn batch(
    planned: &Planned,
    first: u32,
    bytes: Vec<Vec<u8>>,
) -> Result<RecordBatch, DataFusionError> {
    let studies = vec![planned.study.as_str(); bytes.len()];
    let scenarios = vec![planned.scenario.name(); bytes.len()];
    let columns: [(&str, ArrayRef); 4] = [
        ("study", Arc::new(StringArray::from(studies))),
        ("scenario", Arc::new(StringArray::from(scenarios))),
        (
            "tile",
            Arc::new(UInt32Array::from_iter_values((first..).take(bytes.len()))),
        ),
        ("bytes", Arc::new(LargeBinaryArray::from_iter_values(bytes))),
    ];
    Ok(RecordBatch::try_from_iter(columns)?)
}

/// Writes one row group. Neither a dictionary of tiles nor the least of them is of use.
fn write(path: &Path, batch: &RecordBatch) -> Result<(), DataFusionError> {
    let properties = WriterProperties::builder()
        .set_dictionary_enabled(false)
        .set_statistics_enabled(EnabledStatistics::None)
        .build();
    let mut writer =
        ArrowWriter::try_new(File::create_new(path)?, batch.schema(), Some(properties))?;
    writer.write(batch)?;
    writer.into_inner()?.sync_all()?;
    Ok(())
}

/// How many rows a file has, by its footer; none if it is no such file.
fn count(path: &Path) -> Option<i64> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).ok()?).ok()?;
    Some(reader.metadata().file_metadata().num_rows())
}

/// The tiles of a file by number, with their rows.
fn read(path: &Path) -> Result<Vec<(u32, Vec<u8>)>, DataFusionError> {
    let mut found = Vec::new();
    for batch in ParquetRecordBatchReaderBuilder::try_new(File::open(path)?)?.build()? {
        let batch = batch?;
        let [tiles, rows] = [2, 3].map(|column| batch.columns().get(column));
        let (Some(tiles), Some(rows)) = (tiles, rows) else {
            return Err(DataFusionError::Execution("columns are missing".to_owned()));
        };
        let tiles = as_uint32_array(tiles)?.values();
        for (&tile, rows) in tiles.iter().zip(as_large_binary_array(rows)?) {
            let Some(rows) = rows else {
                return Err(DataFusionError::Execution("a tile has no rows".to_owned()));
            };
            found.push((tile, rows.to_vec()));
        }
    }
    Ok(found)
}
