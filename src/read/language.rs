//! In which language a study is to be spoken of, even when it cannot be read.

use std::path::Path;

use super::input::bytes_of;
use crate::words::Language;

/// The language that a study file asks for; English where it asks for none or cannot be read.
///
/// What is wrong with a study is said in its own language, so this asks nothing of the rest of the
/// file.
///
/// ```
/// use walkshed::{model::Language, read};
/// assert_eq!(read::language("fixtures/hukou/study.toml"), Language::Chinese);
/// assert_eq!(read::language("no such file"), Language::English);
/// ```
#[must_use]
pub fn language(path: impl AsRef<Path>) -> Language {
    let bytes = bytes_of(path.as_ref()).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    // The key stands before all tables; what comes after may be broken.
    let lines = text
        .lines()
        .take_while(|line| !line.trim_start().starts_with('['));
    let asked = lines.filter_map(|line| {
        let (key, value) = line.trim_start_matches('\u{feff}').split_once('=')?;
        (key.trim() == "language").then_some(value)
    });
    match asked.last() {
        Some(value) if value.contains("zh") => Language::Chinese,
        _ => Language::English,
    }
}
