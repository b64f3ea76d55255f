//! Zip files: a shapefile or KML packed into one. Workbooks are zip files too, and stay as they are.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::aside::{Part, has_ending};
use super::kind::{other_format, zip_not_read};
use crate::model::Memory;
use crate::read::error::{BadInput, ReadError};
use crate::read::listed::listed;
use crate::words::{Text, text};

/// What stands in a zip file.
pub(crate) enum Unpacked {
    /// A workbook, or what its reader refuses by name.
    Packed(Vec<u8>),
    /// A file, and those that stand beside it.
    File(Vec<u8>, Vec<Part>),
}

/// The files of a shapefile that are looked at.
pub(crate) const BESIDE: [&str; 3] = ["dbf", "cpg", "prj"];

/// Unpacks what is to be read; anything that is no zip file stays as it is.
///
/// Names of members are compared and never used as paths.
///
/// # Errors
/// A zip file that is damaged, unpacks to more than [`Memory::unpacked`] allows, or holds none or
/// several of what could be read.
pub(crate) fn unpacked(
    bytes: Vec<u8>,
    layer: Option<&str>,
    file: &str,
    memory: Memory,
) -> Result<Unpacked, ReadError> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return Ok(Unpacked::Packed(bytes));
    }
    // What cannot be opened is told by the reader of workbooks, as any other damage of one.
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes.as_slice())) else {
        return Ok(Unpacked::Packed(bytes));
    };
    let mut zip = Zip {
        names: Vec::new(),
        archive,
        file,
        most: memory.unpacked(bytes.len() as u64),
        left: memory.unpacked(bytes.len() as u64),
    };
    for place in 0..zip.archive.len() {
        let name = zip.archive.by_index_raw(place).ok();
        let name = name.map(|entry| shown(entry.name_raw()));
        zip.names.push(name.unwrap_or_default());
    }
    if let Some((what, remedy)) = zip_not_read(&zip.names) {
        return Err(other_format(file, what, remedy).into());
    }
    if zip.is_workbook() {
        drop(zip);
        return Ok(Unpacked::Packed(bytes));
    }
    let main = zip.main(layer)?;
    let parts = zip.beside(main)?;
    Ok(Unpacked::File(zip.read(main)?, parts))
}

/// A member's name: in UTF-8, else in GB18030, as programs on Chinese computers write it.
fn shown(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(name).0.into_owned(),
    }
}

struct Zip<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of all members.
    names: Vec<String>,
    file: &'a str,
    /// The most bytes that it may unpack to, and how many of them are left.
    most: u64,
    left: u64,
}

impl Zip<'_> {
    /// Whether it is a workbook or an office document; their readers tell which are read.
    fn is_workbook(&self) -> bool {
        let own = ["[Content_Types].xml", "content.xml", "mimetype"];
        self.names
            .iter()
            .any(|name| own.contains(&name.as_str()) || name.starts_with("xl/"))
    }

    /// The member that is to be read: the shapefile, else the KML; with several, that of the layer.
    fn main(&self, layer: Option<&str>) -> Result<usize, ReadError> {
        for ending in ["shp", "kml"] {
            let ours = |&place: &usize| {
                let name = &self.names[place];
                // What macOS keeps beside each file.
                !stem(name).starts_with("._") && has_ending(name, ending)
            };
            let all: Vec<usize> = (0..self.names.len()).filter(ours).collect();
            let is_named =
                |&place: &usize| layer.is_none_or(|layer| stem(&self.names[place]) == layer);
            let fitting: Vec<usize> = all.iter().copied().filter(is_named).collect();
            return match (all.as_slice(), fitting.as_slice()) {
                ([], _) => continue,
                (_, [only]) => Ok(*only),
                (all, _) => Err(self.which(all)),
            };
        }
        Err(self.bad(
            text!(
                NothingToRead,
                members = self.members(&(0..self.names.len()).collect::<Vec<_>>())
            ),
            text!(UnpackAndName),
        ))
    }

    fn members(&self, places: &[usize]) -> Vec<Text> {
        const MOST: usize = 10;
        let names = places.iter().take(MOST);
        listed(names.map(|&place| self.names[place].as_str()))
    }

    /// Several that could be read.
    fn which(&self, all: &[usize]) -> ReadError {
        let stems = all.iter().map(|&place| stem(&self.names[place]));
        which_layer(self.file, stems.collect())
    }

    /// The files that belong to a shapefile.
    fn beside(&mut self, main: usize) -> Result<Vec<Part>, ReadError> {
        let set = self.names[main]
            .rsplit_once('.')
            .map(|(set, _)| set.to_lowercase());
        let set = set.unwrap_or_default();
        let mut parts = Vec::new();
        // In the same folder and of the same name, but for capitals.
        for ending in BESIDE {
            let own = format!("{set}.{ending}");
            let place = self
                .names
                .iter()
                .position(|name| name.to_lowercase() == own);
            if let Some(place) = place.filter(|_| has_ending(&self.names[main], "shp")) {
                let name = file_of(&self.names[place]).to_owned();
                let bytes = self.read(place)?;
                parts.push(Part { name, bytes });
            }
        }
        Ok(parts)
    }

    /// Unpacks a member: no more of it than the whole file may unpack to, whatever it declares.
    fn read(&mut self, place: usize) -> Result<Vec<u8>, ReadError> {
        let damaged = |file: &str, error: String| BadInput {
            code: "bad-zip",
            file: file.to_owned(),
            expected: text!(ZipDamaged, error = error),
            remedy: text!(PackAgain),
            ..BadInput::default()
        };
        let entry = self.archive.by_index(place);
        let entry = entry.map_err(|error| damaged(self.file, error.to_string()))?;
        let mut bytes = Vec::new();
        // One byte more than is left shows that it is too much, and no more is unpacked.
        let read = entry.take(self.left + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(self.file, error.to_string()))?;
        match self.left.checked_sub(bytes.len() as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(ReadError::TooLarge(Box::new(BadInput {
                    code: "too-large",
                    file: self.file.to_owned(),
                    expected: text!(ZipTooLarge, mb = self.most >> 20),
                    remedy: text!(UnpackIt),
                    ..BadInput::default()
                })));
            }
        }
        Ok(bytes)
    }

    fn bad(&self, expected: Text, remedy: Text) -> ReadError {
        BadInput {
            code: "other-format",
            file: self.file.to_owned(),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into()
    }
}

/// Several layers of which the study names none, or one that is not there.
pub(crate) fn which_layer(file: &str, mut layers: Vec<&str>) -> ReadError {
    layers.sort_unstable();
    let example = format!(
        "{{ path = \"{}\", layer = \"{}\" }}",
        crate::read::plain(file),
        crate::read::plain(layers.first().copied().unwrap_or_default()),
    );
    BadInput {
        code: "which-layer",
        file: file.to_owned(),
        expected: text!(SeveralLayers, layers = listed(layers)),
        remedy: text!(NameLayer, example = example),
        ..BadInput::default()
    }
    .into()
}

/// A member's name without its folders.
fn file_of(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// A member's name without its folders and its ending.
fn stem(name: &str) -> &str {
    let own = file_of(name);
    own.rsplit_once('.').map_or(own, |(stem, _)| stem)
}
