//! One word out of a few, and the parts of a cell that holds several.

use crate::read::formats::plain_word::plain_word;
use crate::read::listed::listed;
use crate::read::tables::columns::proposal;
use crate::words::{Text, text};

/// What may be chosen, each with the words for it; the first word is the one that is proposed.
pub(super) type Choices<T> = [(T, &'static [&'static str])];

/// The parts of a cell that holds several words.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    let signs = [
        ';', '；', '|', '｜', '、', ',', '，', '/', '／', '+', '＋', '\n', '和', '及', '与',
    ];
    cell.split(signs)
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A word that is none of the known ones, and what to do.
pub(crate) struct Unknown {
    pub found: String,
    pub expected: Text,
    pub remedy: Text,
}

impl Unknown {
    pub(super) fn of<T>(found: &str, choices: &Choices<T>) -> Self {
        let words = choices.iter().flat_map(|(_, words)| words.iter().copied());
        let all: Vec<&str> = words.collect();
        let first = listed(choices.iter().map(|(_, words)| words[0]));
        Self {
            found: found.to_lowercase(),
            expected: text!(TheseWords, words = first),
            remedy: proposal(found, &all, text!(ChooseOne)),
        }
    }
}

/// One of a few words; none where it is none of them.
pub(super) fn find<T: Copy>(word: &str, choices: &Choices<T>) -> Option<T> {
    let word = plain_word(word);
    let found = choices
        .iter()
        .find(|(_, words)| words.contains(&word.as_str()))?;
    Some(found.0)
}

/// One of a few words.
///
/// # Errors
/// When it is none of them.
pub(super) fn choice<T: Copy>(word: &str, choices: &Choices<T>) -> Result<T, Unknown> {
    find(word, choices).ok_or_else(|| Unknown::of(word, choices))
}
