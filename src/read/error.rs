//! What is wrong with an input, where, and what to do about it.

use std::fmt;
use std::path::PathBuf;

pub use crate::text::plain;
use crate::text::steady;

/// Where in a file something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Place {
    /// The file as a whole.
    #[default]
    File,
    /// A row as a spreadsheet counts it: the header is row 1.
    Row(u64),
    /// A feature, counted from 1.
    Feature(u64),
    /// A line of text, counted from 1.
    Line(u64),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File => Ok(()),
            Self::Row(n) => write!(f, "row {n}"),
            Self::Feature(n) => write!(f, "feature {n}"),
            Self::Line(n) => write!(f, "line {n}"),
        }
    }
}

/// One thing wrong with an input.
///
/// Shown as `sites.geojson, feature 12: property "population" is "约300", expected a number –
/// remove the text or leave it empty`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    pub expected: String,
    /// What to do.
    pub remedy: String,
}

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", plain(&self.file))?;
        if self.place != Place::File {
            write!(f, ", {}", self.place)?;
        }
        f.write_str(": ")?;
        f.write_str(&self.message())
    }
}

impl BadInput {
    /// The sentence without the file and the place: what was found, expected, and what to do.
    #[must_use]
    pub fn message(&self) -> String {
        let noun = match self.place {
            _ if self.code == "bad-study-file" => "key",
            Place::Feature(_) => "property",
            _ => "column",
        };
        let subject = match (&self.column, &self.found) {
            (Some(column), Some(found)) => format!(
                "{noun} \"{}\" is \"{}\", expected ",
                plain(column),
                plain(found)
            ),
            (Some(column), None) => format!("{noun} \"{}\": ", plain(column)),
            (None, Some(found)) => format!("\"{}\": ", plain(found)),
            (None, None) => String::new(),
        };
        let remedy = if self.remedy.is_empty() {
            String::new()
        } else {
            format!(" – {}", self.remedy)
        };
        steady(&format!("{subject}{}{remedy}", self.expected))
    }
}

/// Why a study could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// A file is missing or cannot be read.
    #[error("{}: {source} – check the path and the permissions", plain(&path.to_string_lossy()))]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The data is wrong.
    #[error("{0}")]
    Bad(Box<BadInput>),
    /// The data is larger than what can be handled.
    #[error("{0}")]
    TooLarge(Box<BadInput>),
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
