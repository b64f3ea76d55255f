//! What stands above the columns of results, as the study file names it.

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::model::Heads;
use crate::words::{Text, text};

/// The heads of this name.
///
/// # Errors
/// When it is neither codes nor words.
pub(super) fn named(name: &str) -> Result<Heads, Text> {
    Heads::named(name).ok_or_else(|| text!(NoSuchHeads, found = name))
}

/// Reads the heads of a study file.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Heads, D::Error> {
    named(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}
