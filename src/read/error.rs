//! What is wrong with an input, where, and what to do about it.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

pub use crate::text::plain;
use crate::text::steady;
use crate::words::{Key, Language, Part, Text, text};

/// Where in a file something stands.
///
/// ```
/// use walkshed::read::Place;
/// assert_eq!([Place::Row(12), Place::Feature(7)].map(|place| place.to_string()), ["row 12", "feature 7"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Place {
    /// The file as a whole.
    #[default]
    File,
    /// A row as a spreadsheet counts it: the header is row 1.
    Row(u64),
    /// A row of one of several sheets of a workbook.
    SheetRow {
        /// Which of those that are shown, from 1.
        sheet: u32,
        /// As a spreadsheet counts it.
        row: u32,
    },
    /// A feature, counted from 1.
    Feature(u64),
    /// A line of text, counted from 1.
    Line(u64),
}

impl Place {
    /// The place in words; none for the file as a whole.
    pub(crate) fn text(self) -> Option<Text> {
        match self {
            Self::File => None,
            Self::Row(number) => Some(text!(PlaceRow, number = number)),
            Self::SheetRow { sheet, row } => Some(text!(PlaceSheetRow, sheet = sheet, row = row)),
            Self::Feature(number) => Some(text!(PlaceFeature, number = number)),
            Self::Line(number) => Some(text!(PlaceLine, number = number)),
        }
    }
}

impl fmt::Display for Place {
    /// In English, as tables write it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().map_or(Ok(()), |place| place.fmt(f))
    }
}

/// One thing wrong with an input.
///
/// Shown as `sites.geojson, feature 12: property "population" is "约300", expected a number –
/// remove the text or leave it empty`.
///
/// ```
/// use walkshed::read::{BadInput, Place};
/// use walkshed::words::Text;
/// let bad = BadInput {
///     code: "not-a-number",
///     file: "sites.geojson".to_owned(),
///     place: Place::Feature(12),
///     column: Some("population".to_owned()),
///     found: Some("约300".to_owned()),
///     expected: Text::verbatim("expected a number"),
///     remedy: Text::verbatim("remove the text or leave it empty"),
/// };
/// assert!(bad.to_string().starts_with("sites.geojson, feature 12: "), "{bad}");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct BadInput {
    /// A short fixed word for machines, such as `not-a-number`.
    pub code: &'static str,
    /// The file's name.
    pub file: String,
    /// Where in it.
    pub place: Place,
    /// The column, property or key, where it is about one.
    pub column: Option<String>,
    /// The value found, where there is one.
    pub found: Option<String>,
    /// What was expected, or what is wrong.
    pub expected: Text,
    /// What to do.
    pub remedy: Text,
}

impl fmt::Display for BadInput {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

impl BadInput {
    /// The whole sentence: file, place, what was found, what was expected, and what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        let file = plain(&self.file);
        let message = self.message();
        if let Some(place) = self.place.text() {
            text!(WrongAtPlace, file = file, place = place, message = message)
        } else {
            text!(WrongInFile, file = file, message = message)
        }
    }

    /// The whole sentence, without control and direction characters.
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        steady(&self.text().in_language(language))
    }

    /// The sentence without the file and the place: what was found, expected, and what to do.
    #[must_use]
    pub fn message(&self) -> Text {
        let remedy = (!self.remedy.is_empty()).then(|| text!(ThenDo, remedy = self.remedy.clone()));
        text!(
            WrongIs,
            subject = self.subject(),
            what = self.expected.clone(),
            remedy = remedy,
        )
    }

    /// The column and the value that it is about, as far as there are any.
    fn subject(&self) -> Option<Text> {
        let noun = match self.place {
            _ if self.code == "bad-study-file" => text!(StudyKeyNoun),
            Place::Feature(_) => text!(PropertyNoun),
            Place::File | Place::Row(_) | Place::SheetRow { .. } | Place::Line(_) => {
                text!(ColumnNoun)
            }
        };
        match (&self.column, &self.found) {
            (Some(column), Some(found)) => Some(text!(
                ValueOfColumn,
                noun = noun,
                column = plain(column),
                found = plain(found),
            )),
            (Some(column), None) => Some(text!(OfColumn, noun = noun, column = plain(column))),
            (None, Some(found)) => Some(text!(OfValue, found = plain(found))),
            (None, None) => None,
        }
    }
}

/// A file of which no more can be believed.
pub(crate) fn damaged(code: &'static str, file: &str, expected: Text) -> BadInput {
    BadInput {
        code,
        file: file.to_owned(),
        expected,
        remedy: text!(ExportAgain),
        ..BadInput::default()
    }
}

/// Something wrong with the study file.
pub(crate) fn bad(
    file: &str,
    column: Option<String>,
    found: Option<String>,
    expected: impl Into<Text>,
    remedy: impl Into<Text>,
) -> BadInput {
    BadInput {
        code: "bad-study-file",
        file: file.to_owned(),
        place: Place::File,
        column,
        found,
        expected: expected.into(),
        remedy: remedy.into(),
    }
}

/// Why a study could not be read.
///
/// ```
/// use walkshed::read::{self, ReadError};
/// match read::study("no-such-study.toml") {
///     Err(ReadError::Io { path, .. }) => assert!(path.ends_with("no-such-study.toml")),
///     Err(other) => panic!("{other}: {:?}", other.bad()),
///     Ok(_) => panic!("there is no such file"),
/// }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// A file is missing or cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data is wrong.
    Bad(Box<BadInput>),
    /// The data is wrong in several rows; in the order of reading.
    Several(Vec<BadInput>),
    /// The data is larger than what can be handled.
    TooLarge(Box<BadInput>),
}

impl ReadError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Io { path, source } => text!(
                ReadIo,
                path = plain(&path.to_string_lossy()),
                source = source.to_string(),
            ),
            Self::Bad(bad) | Self::TooLarge(bad) => bad.text(),
            Self::Several(all) => several(all),
        }
    }

    /// Each thing that is wrong with the data.
    #[must_use]
    pub fn bad(&self) -> &[BadInput] {
        match self {
            Self::Io { .. } => &[],
            Self::Bad(bad) | Self::TooLarge(bad) => std::slice::from_ref(bad),
            Self::Several(all) => all,
        }
    }
}

/// Bad rows, one a line: the first of each kind in each file, and how many more there are.
fn several(all: &[BadInput]) -> Text {
    const SHOWN: usize = 3;
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for bad in all {
        let count = counts.entry((&bad.file, bad.code)).or_default();
        *count += 1;
        if *count <= SHOWN {
            lines.push(bad.text());
        }
    }
    for ((file, code), count) in counts {
        if count > SHOWN {
            let more = count - SHOWN;
            lines.push(text!(
                MoreOfKind,
                file = plain(file),
                count = more,
                code = code
            ));
        }
    }
    lines.push(text!(WrongInAll, count = all.len()));
    text!(Verbatim, text = Part::Joined(lines, Key::LineBreak))
}

impl fmt::Display for ReadError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.text().in_language(Language::English);
        let lines: Vec<String> = text.split('\n').map(steady).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for ReadError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Bad(_) | Self::Several(_) | Self::TooLarge(_) => None,
        }
    }
}

impl From<BadInput> for ReadError {
    fn from(bad: BadInput) -> Self {
        Self::Bad(Box::new(bad))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_file_place_property_value_and_remedy() {
        let bad = BadInput {
            code: "not-a-number",
            file: "sites.geojson".into(),
            place: Place::Feature(12),
            column: Some("population".into()),
            found: Some("约300".into()),
            expected: "a number".into(),
            remedy: "remove the text or leave it empty".into(),
        };
        assert_eq!(
            bad.to_string(),
            "sites.geojson, feature 12: property \"population\" is \"约300\", expected a number – remove the text or leave it empty"
        );
    }
}
