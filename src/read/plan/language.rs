//! The language of a study's results, as the study file names it.

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::model::Language;
use crate::words::{Text, text};

/// The language of this name.
///
/// # Errors
/// When it is neither Chinese nor English.
pub(super) fn named(name: &str) -> Result<Language, Text> {
    match name {
        "zh" => Ok(Language::Chinese),
        "en" => Ok(Language::English),
        other => Err(text!(NoLanguage, found = other)),
    }
}

/// Reads the language of a study file.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Language, D::Error> {
    named(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
