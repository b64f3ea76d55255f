//! What serde says of a value that is of the wrong type, in the words of every language.
//!
//! serde has but one language, and hands on errors as strings. So its sentences are taken apart
//! here, by the forms that they have had since its first release, and those of our own types are
//! made again from the value. A sentence of another form stays as it is.

use serde_path_to_error::{Path, Segment};

use super::heads;
use super::input_file::{EXAMPLE, strange_encoding};
use super::item_choice::ItemChoice;
use super::language;
use super::rules::TakesWord;
use super::rules::change::{At, Depth};
use super::study_dates::Written;
use crate::words::{Text, text};

/// What the message says of the value at this path of the study file.
pub(super) fn said(message: &str, path: &Path, study: &toml::Table) -> Text {
    let own = value_at(path, study).and_then(|value| own_sentence(message, value));
    own.unwrap_or_else(|| serde_sentence(message))
}

/// The value at a path.
fn value_at<'t>(path: &Path, study: &'t toml::Table) -> Option<&'t toml::Value> {
    let mut segments = path.iter();
    let mut value = match segments.next() {
        Some(Segment::Map { key }) => study.get(key)?,
        Some(_) | None => return None,
    };
    // Each step leads to a table's key or to a place in a list.
    for segment in segments {
        value = match segment {
            Segment::Map { key } => value.get(key)?,
            Segment::Seq { index } => value.get(index)?,
            Segment::Enum { .. } | Segment::Unknown => return None,
        };
    }
    Some(value)
}

/// The sentence of ours about this value that reads like the message.
fn own_sentence(message: &str, value: &toml::Value) -> Option<Text> {
    // Which type was asked for is not known here: so each of ours is asked what it would say, and
    // the one that says the same has said it.
    let encoding = value.get("encoding").and_then(toml::Value::as_str);
    let ours = [
        ItemChoice::of(value).err(),
        Written::of(value).err(),
        Depth::of(value).err(),
        At::of(value).err(),
        TakesWord::of(value).err(),
        value.as_str().and_then(|name| heads::named(name).err()),
        value.as_str().and_then(|name| language::named(name).err()),
        encoding.and_then(strange_encoding),
    ];
    ours.into_iter()
        .flatten()
        .find(|text| text.to_string() == message)
}

/// A sentence of serde's own.
fn serde_sentence(message: &str) -> Text {
    // In the order of how often planners meet them.
    let missing = message.strip_prefix("missing field `");
    if let Some(key) = missing.and_then(|rest| rest.strip_suffix('`')) {
        return text!(MissingField, key = key);
    }
    if let Some((found, wanted)) = found_and_wanted(message, "invalid type: ") {
        return text!(
            InvalidType,
            found = kind_found(found),
            wanted = kind_wanted(wanted)
        );
    }
    if let Some((found, wanted)) = found_and_wanted(message, "invalid value: ") {
        return text!(
            InvalidValue,
            found = kind_found(found),
            wanted = kind_wanted(wanted)
        );
    }
    if let Some((found, wanted)) = found_and_wanted(message, "unknown variant ") {
        return text!(UnknownVariant, found = found, wanted = wanted);
    }
    text!(Verbatim, text = message)
}

/// The two parts of `…: found, expected wanted`.
fn found_and_wanted<'m>(message: &'m str, begin: &str) -> Option<(&'m str, &'m str)> {
    // From the right, for what was found may itself hold these words.
    message.strip_prefix(begin)?.rsplit_once(", expected ")
}

/// What was found, an integer and its value in backticks: the name of its type, and the value.
fn kind_found(found: &str) -> Text {
    let (kind, value) = found
        .split_once(['`', '"'])
        .map_or((found, ""), |(kind, _)| {
            (kind.trim_end(), &found[kind.len()..])
        });
    let kind = match kind {
        "string" => text!(TypeString),
        "integer" => text!(TypeInteger),
        "floating point" => text!(TypeFloatingPoint),
        "boolean" => text!(TypeBoolean),
        "sequence" => text!(TypeSequence),
        "map" => text!(TypeMap),
        other => text!(Verbatim, text = other),
    };
    if value.is_empty() {
        return kind;
    }
    text!(KindOfValue, kind = kind, value = value)
}

/// What was wanted, in plain words.
fn kind_wanted(wanted: &str) -> Text {
    match wanted {
        "f64" => text!(ANumber),
        "u32" => text!(WholeNumber),
        "a sequence" => text!(WantedList),
        "a boolean" => text!(WantedBoolean),
        "a string" => text!(WantedString),
        // The words before the example are those of the key.
        other if other.ends_with(EXAMPLE) => text!(PathOrTable, example = EXAMPLE),
        other => text!(Verbatim, text = other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_our_own_are_found_again() {
        let is_found = |value: &str, said: Text| {
            let value = toml::Value::String(value.to_owned());
            let found = own_sentence(&said.to_string(), &value);
            assert_eq!(found, Some(said));
        };
        let value = toml::Value::String("x".to_owned());
        is_found("x", TakesWord::of(&value).expect_err("no such word"));
        is_found("x", heads::named("x").expect_err("no such heads"));
        is_found("x", language::named("x").expect_err("no such language"));
    }
}
