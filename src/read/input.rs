//! One input file: its bytes, what it is, and its fingerprint.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::error::{BadInput, ReadError};
use super::formats::gzip::inflated;
use super::formats::table::Table;
use super::formats::{csv, geojson, xlsx};
use super::plan::study_file::InputFile;
use crate::model::{Memory, Source};

/// A file in memory, unpacked.
pub(crate) struct Input {
    /// Its name for messages, without the folder.
    pub file: String,
    pub bytes: Vec<u8>,
    pub source: Source,
    /// How much what is read of it may take.
    pub memory: Memory,
}

/// Reads a file that a study names, and its SHA-256.
///
/// # Errors
/// When it is missing, unreadable, empty, a broken gzip file, or larger than the memory.
pub(crate) fn load(
    folder: &Path,
    role: &'static str,
    entry: &InputFile,
    memory: Memory,
) -> Result<Input, ReadError> {
    let path = folder.join(&entry.path);
    let file = file_name(&path);
    check_length(&path, &file, memory)?;
    let packed = bytes_of(&path)?;
    let source = Source {
        role,
        path: entry.path.clone(),
        crs: String::new(),
        bytes: packed.len() as u64,
        sha256: sha256(&packed),
    };
    if packed.is_empty() {
        let expected = format!("the {role} file is empty");
        return Err(BadInput {
            code: "empty-file",
            file,
            expected,
            remedy: "export it again".into(),
            ..BadInput::default()
        }
        .into());
    }
    Ok(Input {
        bytes: inflated(packed, &file, memory)?,
        file,
        source,
        memory,
    })
}

/// Whether a file is not larger than the memory; a missing one is told when it is read.
pub(crate) fn check_length(path: &Path, file: &str, memory: Memory) -> Result<(), ReadError> {
    let length = fs::metadata(path).map_or(0, |about| about.len());
    if length <= memory.bytes() {
        return Ok(());
    }
    let (megabytes, most) = (length >> 20, memory.mb());
    Err(ReadError::TooLarge(Box::new(BadInput {
        code: "too-large",
        file: file.to_owned(),
        expected: format!("the file has {megabytes} MB, more than {most} MB"),
        remedy: "cut it to the study area, or raise memory_mb under [limits]".to_owned(),
        ..BadInput::default()
    })))
}

/// The bytes of a file.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadError> {
    let io = |source| ReadError::Io {
        path: PathBuf::from(path),
        source,
    };
    if fs::metadata(path).map_err(io)?.is_dir() {
        return Err(io(std::io::Error::other("it is a folder, not a file")));
    }
    fs::read(path).map_err(io)
}

/// A path's last part, for messages.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.to_string_lossy().into_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The SHA-256 of bytes, in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// The table in a file, whatever its format: recognised by its content.
///
/// # Errors
/// When it is none of GeoJSON, CSV and XLSX, or broken.
pub(crate) fn table(input: &Input, entry: &InputFile) -> Result<Table, ReadError> {
    let first = input
        .bytes
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf | 0x1e));
    let mut table = match (&input.bytes[..input.bytes.len().min(4)], first) {
        ([b'P', b'K', ..] | [0xd0, 0xcf, 0x11, 0xe0], _) => {
            xlsx::table(&input.bytes, &input.file, input.memory)?
        }
        (_, Some(b'{' | b'[')) => geojson::table(&input.bytes, &input.file)?,
        _ => csv::table(&input.bytes, &input.file)?,
    };
    rename_columns(&mut table, entry)?;
    Ok(table)
}

/// Gives the columns that the study file maps their known names.
fn rename_columns(table: &mut Table, entry: &InputFile) -> Result<(), ReadError> {
    for (known, theirs) in &entry.columns {
        let Some(place) = table.columns.iter().position(|column| column == theirs) else {
            let expected = format!("there is no such column; the study file names it as {known}");
            let remedy = format!("the columns are: {}", table.columns.join(", "));
            let (file, found) = (table.file.clone(), Some(theirs.clone()));
            return Err(BadInput {
                code: "no-such-column",
                file,
                found,
                expected,
                remedy,
                ..BadInput::default()
            }
            .into());
        };
        for column in table.columns.iter_mut().filter(|column| *column == known) {
            column.push_str(" (unused)");
        }
        table.columns[place].clone_from(known);
    }
    Ok(())
}
