//! What stands above the columns of results, as the study file names it.

use serde::de::{Deserialize, Deserializer, Error as _};

use crate::model::Heads;
use crate::words::text;

/// Reads the heads of a study file.
pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Heads, D::Error> {
    let word = String::deserialize(deserializer)?;
    Heads::named(&word).ok_or_else(|| D::Error::custom(text!(NoSuchHeads, found = word)))
}
