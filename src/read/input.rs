//! One input file: its bytes, what it is, and its fingerprint.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::error::{BadInput, ReadError};
use super::formats::archive::{BESIDE, Unpacked, unpacked};
use super::formats::aside::{Aside, Part};
use super::formats::encoding::named;
use super::formats::gzip::inflated;
use super::formats::kind::{Content, Kind, content, folder_not_read, other_format};
use super::formats::layer::Layer;
use super::formats::shape::Shape;
use super::formats::table::Table;
use super::formats::{csv, layer, shapefile, workbook};
use super::listed::listed;
use super::plan::study_file::InputFile;
use super::tables::columns::proposal;
use super::tables::heads::folded;
use super::tables::known_heads::KnownHeads;
use crate::model::{Memory, Source};
use crate::words::text;

/// A file in memory, unpacked.
pub(crate) struct Input {
    /// Its name for messages, without the folder.
    pub file: String,
    pub bytes: Vec<u8>,
    /// The files that belong to it, and what the study says of how it is to be read.
    pub aside: Aside,
    pub source: Source,
    /// The files that stand beside it and were read with it.
    pub beside: Vec<Source>,
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
    if let Some((what, remedy)) = folder_not_read(&file).filter(|_| path.is_dir()) {
        return Err(other_format(&file, what, remedy).into());
    }
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
        return Err(BadInput {
            code: "empty-file",
            file,
            expected: text!(RoleFileEmpty, role = role),
            remedy: text!(ExportAgain),
            ..BadInput::default()
        }
        .into());
    }
    let bytes = inflated(packed, &file, memory)?;
    let mut input = Input {
        file,
        bytes,
        aside: Aside {
            layer: entry.layer.clone(),
            ..Aside::default()
        },
        source,
        beside: Vec::new(),
        memory,
    };
    input.unpack(&path)?;
    // Only now: of a zip file the layer has chosen the member.
    input.check_layer()?;
    if shapefile::is_shapefile(&input.bytes) {
        // Of a shapefile the table beside it is text.
        input.aside.encoding.clone_from(&entry.encoding);
    } else if let Some(encoding) = &entry.encoding {
        input.bytes = named(&input.bytes, encoding, &input.file)?;
    }
    Ok(input)
}

impl Input {
    /// Unpacks a zip file, and finds what stands beside a file.
    fn unpack(&mut self, path: &Path) -> Result<(), ReadError> {
        let bytes = std::mem::take(&mut self.bytes);
        let layer = self.aside.layer.as_deref();
        match unpacked(bytes, layer, &self.file, self.memory)? {
            Unpacked::File(bytes, parts) => {
                self.bytes = bytes;
                self.aside.parts = parts;
                // It has chosen the member of the zip file.
                self.aside.layer = None;
            }
            Unpacked::Packed(bytes) => {
                self.bytes = bytes;
                self.find_beside(path)?;
            }
        }
        Ok(())
    }

    /// The other files of a shapefile, whose endings may be in capitals.
    fn find_beside(&mut self, path: &Path) -> Result<(), ReadError> {
        if self.bytes.starts_with(b"SQLite") {
            return self.refuse_journal(path);
        }
        if !shapefile::is_shapefile(&self.bytes) {
            return Ok(());
        }
        for ending in BESIDE {
            let spelled = [ending.to_owned(), ending.to_uppercase()];
            let Some(found) = first_there(spelled.map(|ending| path.with_extension(ending)))?
            else {
                continue;
            };
            let name = file_name(&found);
            check_length(&found, &name, self.memory)?;
            let bytes = bytes_of(&found)?;
            let beside = Path::new(&self.source.path).with_file_name(&name);
            // The manifest lists each file that was read.
            self.beside.push(Source {
                path: beside.to_string_lossy().into_owned(),
                bytes: bytes.len() as u64,
                sha256: sha256(&bytes),
                ..self.source.clone()
            });
            self.aside.parts.push(Part { name, bytes });
        }
        Ok(())
    }

    /// A database that a program has open keeps its latest changes in a file beside it.
    fn refuse_journal(&self, path: &Path) -> Result<(), ReadError> {
        for ending in ["-wal", "-journal"] {
            let mut journal = path.as_os_str().to_owned();
            journal.push(ending);
            let journal = PathBuf::from(journal);
            if looked_at(&journal)?.is_some_and(|about| about.len() > 0) {
                let name = file_name(&journal);
                return Err(BadInput {
                    code: "open-elsewhere",
                    file: self.file.clone(),
                    expected: text!(JournalBeside, name = name),
                    remedy: text!(CloseTheProgram),
                    ..BadInput::default()
                }
                .into());
            }
        }
        Ok(())
    }

    /// A layer is named only where there are layers.
    fn check_layer(&self) -> Result<(), ReadError> {
        let has_layers = self.bytes.starts_with(b"SQLite");
        let Some(layer) = self.aside.layer.as_ref().filter(|_| !has_layers) else {
            return Ok(());
        };
        Err(BadInput {
            code: "no-layers",
            file: self.file.clone(),
            found: Some(layer.clone()),
            expected: text!(HasNoLayers),
            remedy: text!(LeaveLayerOut),
            ..BadInput::default()
        }
        .into())
    }

    /// Its features, where it is a file of such.
    ///
    /// # Errors
    /// A format that is known and not read.
    pub(crate) fn layer(&self) -> Result<Option<Layer<'_>>, ReadError> {
        Ok(match content(&self.bytes, &self.file)? {
            Content::Features(Kind::Json) => Some(Layer::Json(&self.bytes)),
            Content::Features(kind) => Some(Layer::File(kind, &self.bytes, &self.aside)),
            Content::Workbook | Content::Text => None,
        })
    }
}

/// The first of these paths at which a plain file stands.
fn first_there(paths: [PathBuf; 2]) -> Result<Option<PathBuf>, ReadError> {
    for path in paths {
        if looked_at(&path)?.is_some_and(|about| about.is_file()) {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

/// What stands at a path, if anything does. Where the system does not say so, a file that belongs to
/// another would be left out in silence: it is an error.
fn looked_at(path: &Path) -> Result<Option<fs::Metadata>, ReadError> {
    match fs::metadata(path) {
        Ok(about) => Ok(Some(about)),
        // A name too long for a file is that of none.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::InvalidFilename
            ) =>
        {
            Ok(None)
        }
        Err(source) => Err(ReadError::Io {
            path: path.to_owned(),
            source,
        }),
    }
}

/// Whether a file is not larger than the memory; a missing one is told when it is read.
pub(crate) fn check_length(path: &Path, file: &str, memory: Memory) -> Result<(), ReadError> {
    let length = fs::metadata(path).map_or(0, |about| about.len());
    if length <= memory.bytes() {
        return Ok(());
    }
    Err(ReadError::TooLarge(Box::new(BadInput {
        code: "too-large",
        file: file.to_owned(),
        expected: text!(FileTooLarge, mb = length >> 20, most = memory.mb()),
        remedy: text!(CutOrRaiseMemory),
        ..BadInput::default()
    })))
}

/// The bytes of a plain file.
///
/// # Errors
/// When it is missing or unreadable, no plain file, or changes while it is read.
pub(crate) fn bytes_of(path: &Path) -> Result<Vec<u8>, ReadError> {
    whole(path, |file| {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    })
}

/// What `read` reads of a plain file, when the file is the same before and after.
fn whole(
    path: &Path,
    read: impl FnOnce(&mut File) -> io::Result<Vec<u8>>,
) -> Result<Vec<u8>, ReadError> {
    let wrong = |source| ReadError::Io {
        path: PathBuf::from(path),
        source,
    };
    // Looked at before it is opened: opening a pipe waits for a writer, and a device such as
    // /dev/zero never ends. A link to a plain file is one.
    if !fs::metadata(path).map_err(wrong)?.is_file() {
        let what = "it is no plain file, but a folder, a pipe, a socket or a device";
        return Err(wrong(io::Error::other(what)));
    }
    let mut file = File::open(path).map_err(wrong)?;
    let before = state(&file).map_err(wrong)?;
    let bytes = read(&mut file).map_err(wrong)?;
    let after = state(&file).map_err(wrong)?;
    // Half of one version and half of another can look like a good table.
    if before != after || before.0 != bytes.len() as u64 {
        return Err(BadInput {
            code: "changed-while-read",
            file: file_name(path),
            expected: text!(ChangedWhileRead),
            remedy: text!(RunWhenQuiet),
            ..BadInput::default()
        }
        .into());
    }
    Ok(bytes)
}

/// A file's size, and when it was written last, where the system knows.
fn state(file: &File) -> io::Result<(u64, Option<SystemTime>)> {
    let about = file.metadata()?;
    Ok((about.len(), about.modified().ok()))
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
/// When it is of a format that is not read, or broken.
pub(crate) fn table(input: &Input, entry: &InputFile) -> Result<Table, ReadError> {
    let heads = KnownHeads::of(&entry.columns);
    let shape = Shape {
        heads: &heads,
        sheet: entry.sheet.as_deref(),
        header_row: entry.header_row,
        sheet_as: entry.sheet_as.as_deref(),
    };
    let file = &input.file;
    let mut table = match (input.layer()?, &input.bytes[..input.bytes.len().min(4)]) {
        (Some(layer), _) => {
            refuse_sheets(&shape, file)?;
            layer::table(layer, file)?
        }
        (None, [b'P', b'K', ..] | [0xd0, 0xcf, 0x11, 0xe0]) => {
            workbook::table(&input.bytes, file, input.memory, &shape)?
        }
        // Whatever is neither features nor a workbook is text.
        (None, _) => csv::table(&input.bytes, file, &shape)?,
    };
    table.chosen = chosen_columns(&table, entry)?;
    Ok(table)
}

/// Sheets and rows of heads are named only where there are some.
fn refuse_sheets(shape: &Shape<'_>, file: &str) -> Result<(), ReadError> {
    let row = shape.header_row.map(|row| row.to_string());
    let said = shape.sheet.or(shape.sheet_as).map(str::to_owned).or(row);
    if said.is_none() {
        return Ok(());
    }
    Err(BadInput {
        code: "no-sheets",
        file: file.to_owned(),
        found: said,
        expected: text!(HasNoSheets),
        remedy: text!(LeaveSheetOut),
        ..BadInput::default()
    }
    .into())
}

/// The columns that the study file names, each with what it is to mean. All are looked up among the
/// file's own heads before any of them means anything, so that two may change places.
fn chosen_columns(table: &Table, entry: &InputFile) -> Result<Vec<(String, usize)>, ReadError> {
    let chosen = entry.columns.iter().map(|(known, theirs)| {
        let place = column_headed(table, theirs)
            .ok_or_else(|| ReadError::from(no_such_column(table, known, theirs)))?;
        Ok((known.clone(), place))
    });
    chosen.collect()
}

/// The column with this head, or the only one whose head differs in nothing that shows.
fn column_headed(table: &Table, head: &str) -> Option<usize> {
    let exact = table.columns.iter().position(|column| column == head);
    exact.or_else(|| {
        let wanted = folded(head);
        let mut alike =
            (0..table.columns.len()).filter(|&place| folded(&table.columns[place]) == wanted);
        alike.next().filter(|_| alike.next().is_none())
    })
}

fn no_such_column(table: &Table, known: &str, theirs: &str) -> BadInput {
    let heads: Vec<&str> = table.columns.iter().map(String::as_str).collect();
    let all = listed(heads.iter().copied());
    BadInput {
        code: "no-such-column",
        file: table.file.clone(),
        found: Some(theirs.to_owned()),
        expected: text!(NoChosenColumn, known = known),
        remedy: proposal(theirs, &heads, text!(ColumnsAre, columns = all)),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_that_changes_while_it_is_read_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("cells.csv");
        fs::write(&path, "id,lon\na,1\n").expect("written");
        let all = |file: &mut File| {
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).map(|_| bytes)
        };
        assert_eq!(whole(&path, all).expect("nobody writes"), b"id,lon\na,1\n");
        let grown = |file: &mut File| {
            let bytes = all(file)?;
            fs::OpenOptions::new()
                .append(true)
                .open(&path)?
                .write_all(b"b,2\n")?;
            Ok(bytes)
        };
        let rewritten = |file: &mut File| {
            let bytes = all(file)?;
            let writer = fs::OpenOptions::new().write(true).open(&path)?;
            writer.set_modified(SystemTime::UNIX_EPOCH)?;
            Ok(bytes)
        };
        let cut = |file: &mut File| {
            let mut half = [0; 4];
            file.read_exact(&mut half).map(|()| half.to_vec())
        };
        let said = [
            whole(&path, grown),
            whole(&path, rewritten),
            whole(&path, cut),
        ];
        for read in said {
            assert_eq!(
                read.expect_err("it changed").to_string(),
                "cells.csv: the file changed while it was read – run again when no program writes to it"
            );
        }
    }
}
