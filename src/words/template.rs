//! Words with values in them.

#[cfg(test)]
use std::collections::BTreeSet;

use super::Key;
use super::english;

/// The words with each `{name}` replaced by its value, and each `{name#one|many}` by the word for
/// its count.
pub(super) fn filled(words: &str, value: impl Fn(&str) -> String) -> String {
    let mut text = String::with_capacity(words.len() + 32);
    let mut rest = words;
    while let Some((before, name, after)) = next_name(rest) {
        text.push_str(before);
        match name.split_once('#') {
            Some((count, forms)) => text.push_str(form(&value(count), forms)),
            None => text.push_str(&value(name)),
        }
        rest = after;
    }
    text + rest
}

/// The first word for one, the second for any other count.
fn form<'a>(count: &str, forms: &'a str) -> &'a str {
    let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
    if count == "1" { one } else { many }
}

/// The names of the values that stand in words, each once.
#[cfg(test)]
pub(super) fn names(words: &str) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    let mut rest = words;
    while let Some((_, name, after)) = next_name(rest) {
        names.insert(name.split('#').next().unwrap_or(name));
        rest = after;
    }
    names
}

/// The words up to the next value, its name, and the words after it.
fn next_name(words: &str) -> Option<(&str, &str, &str)> {
    let (before, from_name) = words.split_once('{')?;
    let (name, after) = from_name.split_once('}')?;
    Some((before, name, after))
}

/// Whether these are just the values that the words of a key name, none missing and none too many.
///
/// Asked while the crate is compiled, where no allocation is possible: so it compares bytes.
pub(crate) const fn names_are(key: Key, given: &[&str]) -> bool {
    let words = english::words(key).as_bytes();
    let mut used = 0_usize;
    let mut at = 0;
    while at < words.len() {
        if words[at] == b'{' {
            match position(words, at + 1, given) {
                Some(place) => used |= 1 << place,
                None => return false,
            }
        }
        at += 1;
    }
    used.count_ones() as usize == given.len()
}

/// Which of the names stands in the words from this byte on.
const fn position(words: &[u8], from: usize, names: &[&str]) -> Option<usize> {
    let mut place = 0;
    while place < names.len() {
        if stands(words, from, names[place].as_bytes()) {
            return Some(place);
        }
        place += 1;
    }
    None
}

/// Whether the name stands in the words from this byte on, and ends there.
const fn stands(words: &[u8], from: usize, name: &[u8]) -> bool {
    if from + name.len() >= words.len() {
        return false;
    }
    let mut letter = 0;
    while letter < name.len() {
        if words[from + letter] != name[letter] {
            return false;
        }
        letter += 1;
    }
    matches!(words[from + name.len()], b'}' | b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_chooses_its_word() {
        let shown = |count: &str| filled("{n} {n#row|rows} left out", |_| count.to_owned());
        assert_eq!(shown("1"), "1 row left out");
        assert_eq!(shown("20"), "20 rows left out");
    }

    #[test]
    fn values_must_be_those_that_the_words_name() {
        assert!(names_are(Key::Verbatim, &["text"]));
        assert!(!names_are(Key::Verbatim, &[]));
        assert!(!names_are(Key::Verbatim, &["text", "other"]));
        assert!(!names_are(Key::Verbatim, &["tex"]));
    }

    #[test]
    fn names_are_found_once_each() {
        let found = names("{a} of {b}: {a#one|many}");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }
}
