//! One file that a study names: a path, or a table that says more about it.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{
    Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
    value::MapAccessDeserializer,
};

use crate::read::formats::encoding::is_known;
use crate::words::{Text, text};

/// How a file is written, in an error about a value that is none.
pub(super) const EXAMPLE: &str = "{ path = \"…\", crs = \"…\" }";

/// How tags are written, in an error about a value that is none.
pub(super) const TAGS_EXAMPLE: &str = "[\"amenity=bank\", …]";

/// One file of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct InputFile {
    /// As written; relative to the study file.
    pub path: String,
    /// Its coordinate system, when it differs from the study's.
    pub crs: Option<String>,
    /// The encoding of its text, where it is not to be found out.
    pub encoding: Option<String>,
    /// Which layer of the file is meant, where it has several.
    pub layer: Option<String>,
    /// Which sheet of a workbook is meant.
    pub sheet: Option<String>,
    /// The row of a table's head, as a spreadsheet counts it.
    pub header_row: Option<u64>,
    /// The column that the names of a workbook's sheets become.
    pub sheet_as: Option<String>,
    /// Which column of the file holds what: known name → the file's column.
    pub columns: Vec<(String, String)>,
    /// Streets only: what values of the file mean: the file's value → ours.
    pub values: Vec<(String, String)>,
    /// Streets only: a part of the file may be lost.
    pub incomplete: bool,
    /// Cells of a raster only: about how large a cell is to be, in metres.
    pub resample_m: Option<f64>,
    /// Cells of a raster only: further rasters on the same pixels, by the names of their counts.
    pub counts: Vec<(String, String)>,
    /// Cells only: its areas are buildings.
    pub buildings: bool,
    /// Cells of buildings only: no cell of several houses is to have more people than this.
    pub most_people: Option<f64>,
    /// Cells only: larger areas are spread over their streets, in parts of so many metres.
    pub split_m: Option<f64>,
    /// Sites only: by which tags of a map, or categories of a table of points of interest, they are
    /// known, each with its kind where the study says one; nothing: by the usual ones.
    pub tags: Vec<(String, Option<String>)>,
    /// Units only: whether the cells are scaled to their totals; none: where the cells are estimates.
    pub scale_cells: Option<bool>,
}

/// What is wrong with the name of an encoding, if something is.
pub(super) fn strange_encoding(name: &str) -> Option<Text> {
    (!is_known(name)).then(|| text!(NoEncoding, found = name))
}

impl<'de> Deserialize<'de> for InputFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InputFileVisitor)
    }
}

struct InputFileVisitor;

impl<'de> Visitor<'de> for InputFileVisitor {
    type Value = InputFile;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(&text!(PathOrTable, example = EXAMPLE), f)
    }

    fn visit_str<E>(self, path: &str) -> Result<InputFile, E> {
        Ok(InputFile {
            path: path.to_owned(),
            ..InputFile::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<InputFile, A::Error> {
        #[derive(serde::Deserialize)]
        struct Full {
            path: String,
            crs: Option<String>,
            encoding: Option<String>,
            layer: Option<String>,
            sheet: Option<String>,
            header_row: Option<u64>,
            sheet_as: Option<String>,
            #[serde(default)]
            columns: BTreeMap<String, String>,
            #[serde(default)]
            values: BTreeMap<String, String>,
            #[serde(default)]
            incomplete: bool,
            resample_m: Option<f64>,
            #[serde(default)]
            counts: BTreeMap<String, String>,
            #[serde(default)]
            buildings: bool,
            most_people: Option<f64>,
            split_m: Option<f64>,
            #[serde(default)]
            tags: Tags,
            scale_cells: Option<bool>,
        }
        let full = Full::deserialize(MapAccessDeserializer::new(map))?;
        // Told here, where the key is known, and not when the file is read.
        if let Some(wrong) = full.encoding.as_deref().and_then(strange_encoding) {
            return Err(A::Error::custom(wrong));
        }
        Ok(InputFile {
            path: full.path,
            crs: full.crs,
            encoding: full.encoding,
            layer: full.layer,
            sheet: full.sheet,
            header_row: full.header_row,
            sheet_as: full.sheet_as,
            columns: full.columns.into_iter().collect(),
            values: full.values.into_iter().collect(),
            incomplete: full.incomplete,
            resample_m: full.resample_m,
            counts: full.counts.into_iter().collect(),
            buildings: full.buildings,
            most_people: full.most_people,
            split_m: full.split_m,
            tags: full.tags.0,
            scale_cells: full.scale_cells,
        })
    }
}

/// Tags in a list, or each with its kind.
#[derive(Debug, Default)]
struct Tags(Vec<(String, Option<String>)>);

impl<'de> Deserialize<'de> for Tags {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TagsVisitor)
    }
}

struct TagsVisitor;

impl<'de> Visitor<'de> for TagsVisitor {
    type Value = Tags;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(&text!(TagsOrKinds, example = TAGS_EXAMPLE), f)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tags, A::Error> {
        let mut tags = Vec::new();
        while let Some(tag) = list.next_element()? {
            tags.push((tag, None));
        }
        Ok(Tags(tags))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut table: A) -> Result<Tags, A::Error> {
        let mut tags = Vec::new();
        while let Some((tag, kind)) = table.next_entry()? {
            tags.push((tag, Some(kind)));
        }
        Ok(Tags(tags))
    }
}
