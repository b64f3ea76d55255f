//! What the study file says of the columns and the values of a file of streets.

use std::borrow::Cow;

use super::attributes::{self, Attribute, hstore, of_list, plain_value};
use super::class_column;
use super::not_understood::{NotUnderstood, Oddity};
use super::street_class::of_geofabrik;
use super::street_values::Values;
use crate::model::WalkRule;
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::feature::Feature;
use crate::read::formats::table::Value;
use crate::read::listed::listed;
use crate::read::plan::study_file::InputFile;
use crate::read::tables::columns::proposal;
use crate::words::text;

/// What a column of streets may mean: `fclass` is Geofabrik's name of `highway`.
const KNOWN: [&str; 36] = [
    "highway",
    "fclass",
    "name",
    "access",
    "foot",
    "bicycle",
    "vehicle",
    "wheelchair",
    "bridge",
    "tunnel",
    "layer",
    "level",
    "oneway",
    "oneway:foot",
    "oneway:bicycle",
    "foot:forward",
    "foot:backward",
    "conveying",
    "crossing",
    "footway",
    "path",
    "cycleway",
    "bridleway",
    "junction",
    "motorroad",
    "area",
    "barrier",
    "kerb",
    "locked",
    "railway",
    "public_transport",
    "route",
    "place",
    "abandoned",
    "disused",
    "construction",
];

/// The columns of a file of streets, and what their values mean.
#[derive(Debug, Default)]
pub(crate) struct StreetColumns {
    /// The file's column of each attribute that the study names, and whether a line has it.
    chosen: Vec<(String, String, bool)>,
    /// What the study says that values mean.
    pub values: Values,
    /// The names of columns that were seen, where the study names some.
    heads: Vec<String>,
    /// Lines whose class was read from Geofabrik's column by itself.
    pub geofabrik: u64,
}

/// So many names of columns are kept for an error about one.
const HEADS: usize = 200;

impl StreetColumns {
    /// What the study says of this file.
    ///
    /// # Errors
    /// When it names an attribute that is none, or a value means nothing that is known.
    pub(crate) fn of(entry: &InputFile, file: &str) -> Result<Self, ReadError> {
        if let Some((known, _)) = entry
            .columns
            .iter()
            .find(|(known, _)| !KNOWN.contains(&known.as_str()))
        {
            let all = text!(KnownAttributes, names = listed(KNOWN));
            let bad = BadInput {
                code: "no-such-attribute",
                file: file.to_owned(),
                found: Some(known.clone()),
                expected: text!(NoStreetAttribute),
                remedy: proposal(known, &KNOWN, all),
                ..BadInput::default()
            };
            return Err(bad.into());
        }
        Ok(Self {
            values: Values::of(entry, file)?,
            chosen: entry
                .columns
                .iter()
                .map(|(known, theirs)| (known.clone(), theirs.clone(), false))
                .collect(),
            ..Self::default()
        })
    }

    /// Checks, when all lines are read, that every column that the study names is there.
    ///
    /// # Errors
    /// When one is not.
    pub(crate) fn check_seen(&self, file: &str) -> Result<(), ReadError> {
        let Some((known, theirs, _)) = self.chosen.iter().find(|(_, _, seen)| !seen) else {
            return Ok(());
        };
        let heads: Vec<&str> = self.heads.iter().map(String::as_str).collect();
        let all = text!(ColumnsAre, columns = listed(heads.iter().copied()));
        let bad = BadInput {
            code: "no-such-column",
            file: file.to_owned(),
            found: Some(theirs.clone()),
            expected: text!(NoStreetColumn, known = known),
            remedy: proposal(theirs, &heads, all),
            ..BadInput::default()
        };
        Err(bad.into())
    }

    /// The attributes of a feature, by a rule: W2 takes texts as they stand.
    pub(crate) fn attributes<'a>(
        &mut self,
        feature: &'a Feature,
        rule: WalkRule,
        odd: &mut NotUnderstood,
        place: impl Fn() -> String,
    ) -> Vec<Attribute<'a>> {
        let mut read = Vec::with_capacity(feature.properties.len());
        for (name, value) in &feature.properties {
            // The study takes another column for what this one is called.
            let Some(key) = self.key(name) else { continue };
            let written = crate::read::formats::values::text(value).unwrap_or_default();
            if let Some(explained) = self.values.explained(&key, &written) {
                read.extend(explained);
                continue;
            }
            match rule {
                WalkRule::W2 => {
                    if let Value::Text(text) = value {
                        read.push((key.into(), text.as_str().into()));
                    }
                }
                WalkRule::W3 => normalised((&key, value), &mut read, odd, &place),
            }
        }
        if rule == WalkRule::W3 {
            // Geofabrik's class first, or its column would be told as one that nobody reads.
            self.as_geofabrik(feature, &mut read);
            class_column::tell(feature, &read, odd, &place);
        }
        read
    }

    /// What a column is called here; none where the study takes another column for that.
    fn key(&mut self, name: &str) -> Option<String> {
        if self.chosen.is_empty() {
            return Some(name.to_owned());
        }
        if self.heads.len() < HEADS && !self.heads.iter().any(|head| head == name) {
            self.heads.push(name.to_owned());
        }
        if let Some((known, _, seen)) = self.chosen.iter_mut().find(|(_, theirs, _)| theirs == name)
        {
            *seen = true;
            return Some(known.clone());
        }
        let is_taken = self.chosen.iter().any(|(known, _, _)| known == name);
        (!is_taken).then(|| name.to_owned())
    }

    /// Reads Geofabrik's class, and what its letters in `oneway` say.
    fn as_geofabrik(&mut self, feature: &Feature, read: &mut Vec<Attribute<'_>>) {
        let Some(place) = read.iter().position(|(key, _)| key == "fclass") else {
            return;
        };
        let (_, class) = read.remove(place);
        if attributes::value_of(read, "highway").is_none() {
            // One that was named by the study needs no telling.
            let is_named = self.chosen.iter().any(|(known, _, _)| known == "fclass");
            self.geofabrik += u64::from(!is_named);
            let class = of_geofabrik(&class).to_owned();
            read.insert(0, ("highway".into(), class.into()));
        }
        letters_of_geofabrik(feature, read);
    }
}

/// `B` is both ways, `F` the way the line is drawn, `T` the other.
fn letters_of_geofabrik(feature: &Feature, read: &mut [Attribute<'_>]) {
    let letter = feature.properties.iter().find(|(key, _)| key == "oneway");
    let Some((_, Value::Text(letter))) = letter else {
        return;
    };
    let way = match letter.as_str() {
        "B" => "no",
        "F" => "yes",
        "T" => "-1",
        _ => return,
    };
    // Read from the file's own letter: in plain words `F` is no and `T` is yes.
    for (_, value) in read.iter_mut().filter(|(key, _)| key == "oneway") {
        *value = way.into();
    }
}

/// Adds an attribute in plain words; `other_tags` are as many as they say.
fn normalised<'a>(
    (key, value): (&str, &'a Value),
    read: &mut Vec<Attribute<'a>>,
    odd: &mut NotUnderstood,
    place: impl Fn() -> String,
) {
    let key = key.to_ascii_lowercase();
    if let ("other_tags" | "tags", Value::Text(text)) = (key.as_str(), value) {
        match hstore(text) {
            Some(tags) => more_tags(tags, read),
            None if key == "other_tags" => odd.see(Oddity::Attributes, key, place),
            // Any file may have a column of that name.
            None => {}
        }
        return;
    }
    let plain = match value {
        Value::Empty => None,
        Value::Text(text) => plain_value(&key, text),
        Value::List(list) => of_list(&key, list),
        Value::Bool(_) | Value::Number(_) => {
            let written = crate::read::formats::values::text(value).unwrap_or_default();
            plain_value(&key, &written).map(|value| value.into_owned().into())
        }
    };
    // A column of its own says more than what is packed with others.
    if let Some(plain) = plain {
        read.retain(|(other, _)| *other != key);
        read.push((key.into(), plain));
    }
}

fn more_tags(tags: Vec<(String, String)>, read: &mut Vec<Attribute<'_>>) {
    for (key, value) in tags {
        let plain = plain_value(&key, &value).map(Cow::into_owned);
        if let Some(plain) = plain
            && attributes::value_of(read, &key).is_none()
        {
            read.push((key.into(), plain.into()));
        }
    }
}
