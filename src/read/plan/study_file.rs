//! The study file: TOML, with every key known and every number in range.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, MapAccess, Visitor, value::MapAccessDeserializer};

use super::calendar::{KEYS as TIME_KEYS, TimeTable};
use super::rules;
use super::rules::indicator::IndicatorTable;
use super::study_dates::Written;
use crate::model::{Language, Memory};
use crate::read::error::{BadInput, Place, ReadError, bad};
use crate::read::formats::encoding::is_known;
use crate::read::tables::columns::nearest;

/// What a study file says.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct StudyFile {
    #[serde(default)]
    pub name: String,
    #[serde(default, deserialize_with = "language")]
    pub language: Language,
    pub inputs: Inputs,
    #[serde(default)]
    pub walk: rules::WalkTable,
    #[serde(default)]
    pub target: TargetTable,
    #[serde(default)]
    pub group: Vec<rules::GroupTable>,
    #[serde(default)]
    pub others: rules::OthersTable,
    #[serde(default)]
    pub zone: Vec<rules::ZoneTable>,
    pub time: Option<TimeTable>,
    #[serde(default)]
    pub indicator: Vec<IndicatorTable>,
    #[serde(default)]
    pub change: Vec<rules::change::ChangeTable>,
    #[serde(default)]
    pub phase: Vec<rules::phase::PhaseTable>,
    #[serde(default)]
    pub limits: LimitsTable,
}

/// What a run may take.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct LimitsTable {
    pub memory_mb: u32,
}

impl Default for LimitsTable {
    fn default() -> Self {
        Self {
            memory_mb: Memory::default().mb(),
        }
    }
}

impl LimitsTable {
    pub(crate) const fn memory(self) -> Memory {
        Memory::of_mb(self.memory_mb)
    }
}

/// The files of a study.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(crate) struct Inputs {
    pub streets: InputFile,
    pub sites: InputFile,
    pub cells: InputFile,
    pub units: Option<InputFile>,
    pub items: Option<InputFile>,
    pub offers: Option<InputFile>,
    pub barriers: Option<InputFile>,
    pub boundary: Option<InputFile>,
    pub elevation: Option<InputFile>,
    pub crs: Option<String>,
    /// How many percent of a table's rows may be rejected under `--on-bad skip`.
    pub max_rejects: Option<f64>,
}

/// One file of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct InputFile {
    /// As written; relative to the study file.
    pub path: String,
    /// Its coordinate system, when it differs from the study's.
    pub crs: Option<String>,
    /// The encoding of its text, where it is not to be found out.
    pub encoding: Option<String>,
    /// Which column of the file holds what: known name → the file's column.
    pub columns: Vec<(String, String)>,
    /// Streets only: a part of the file may be lost.
    pub incomplete: bool,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(default)]
pub(crate) struct TargetTable {
    pub minutes: f64,
    pub items: ItemChoice,
    pub search_minutes: Option<f64>,
    pub date: Option<Written>,
}

impl Default for TargetTable {
    fn default() -> Self {
        Self {
            minutes: 15.0,
            items: ItemChoice::All,
            search_minutes: None,
            date: None,
        }
    }
}

/// Which items are asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum ItemChoice {
    #[default]
    All,
    HighFrequency,
    Listed(Vec<String>),
}

const KEYS: [(&str, &[&str]); 7] = [
    (
        "",
        &[
            "name",
            "language",
            "inputs",
            "walk",
            "target",
            "time",
            "group",
            "others",
            "zone",
            "indicator",
            "phase",
            "change",
            "limits",
        ],
    ),
    (
        "inputs",
        &[
            "streets",
            "sites",
            "cells",
            "units",
            "items",
            "offers",
            "barriers",
            "boundary",
            "elevation",
            "crs",
            "max_rejects",
        ],
    ),
    ("target", &["minutes", "items", "search_minutes", "date"]),
    ("limits", &["memory_mb"]),
    ("time", &TIME_KEYS),
    ("file", &["path", "crs", "columns", "encoding"]),
    (
        "inputs.streets",
        &["path", "crs", "columns", "encoding", "incomplete"],
    ),
];

/// Reads a study file.
///
/// # Errors
/// When it is no TOML, a key is unknown or missing, or a value is out of range.
pub(crate) fn parse(bytes: &[u8], file: &str) -> Result<StudyFile, ReadError> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        bad(
            file,
            None,
            None,
            "the file is not UTF-8 text",
            "save it as UTF-8 in your editor",
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let table: toml::Table = text
        .parse()
        .map_err(|e: toml::de::Error| syntax(file, text, &e))?;
    check_keys(&table, file)?;
    let study: StudyFile = serde_path_to_error::deserialize(table).map_err(|e| {
        let path = e.path().to_string();
        let column = (path != ".").then(|| counted_from_one(&path));
        bad(
            file,
            column,
            None,
            plain_types(e.inner().message()),
            "see the list of keys in the manual",
        )
    })?;
    check_ranges(&study, file)?;
    Ok(study)
}

/// The message with words for the types of numbers.
fn plain_types(message: &str) -> String {
    message
        .replace("expected f64", "expected a number")
        .replace("expected u32", "expected a whole number")
        .replace(
            "expected a sequence",
            "expected a list such as [\"a\", \"b\"]",
        )
}

/// The path with tables counted from one: `group[0].share` is `group[1].share`.
fn counted_from_one(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| {
        match part
            .split_once(']')
            .map(|(number, rest)| (number.parse::<u32>(), rest))
        {
            Some((Ok(number), rest)) => format!("{path}[{}]{rest}", number.saturating_add(1)),
            _ => format!("{path}[{part}"),
        }
    })
}

fn syntax(file: &str, text: &str, error: &toml::de::Error) -> BadInput {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = text.get(..start).unwrap_or_default().lines().count().max(1) as u64;
    let message = error.message().replace('\n', ", ");
    BadInput {
        place: Place::Line(line),
        ..bad(
            file,
            None,
            None,
            message,
            "mend the TOML syntax in this line",
        )
    }
}

fn check_keys(table: &toml::Table, file: &str) -> Result<(), ReadError> {
    known(table, "", file)?;
    for (section, value) in table {
        if value.is_table() && rules::SEVERAL.contains(&section.as_str()) {
            let expected = format!("there may be several, so each stands under [[{section}]]");
            let remedy = format!("write [[{section}]] in double brackets");
            return Err(bad(file, Some(section.clone()), None, expected, &remedy).into());
        }
        let inner = match value {
            toml::Value::Table(one) => vec![one],
            toml::Value::Array(list) => list.iter().filter_map(toml::Value::as_table).collect(),
            _ => continue,
        };
        for table in inner {
            known(table, section, file)?;
        }
    }
    let inputs = table.get("inputs").and_then(toml::Value::as_table);
    for (role, entry) in inputs.into_iter().flatten() {
        let section = if role == "streets" {
            "inputs.streets"
        } else {
            "file"
        };
        if let Some(entry) = entry.as_table() {
            known(entry, section, file)?;
        }
    }
    Ok(())
}

fn known(table: &toml::Table, section: &str, file: &str) -> Result<(), ReadError> {
    let keys = KEYS
        .iter()
        .chain(&rules::KEYS)
        .find(|(name, _)| *name == section)
        .map_or(&[][..], |(_, keys)| keys);
    let Some(key) = table.keys().find(|key| !keys.contains(&key.as_str())) else {
        return Ok(());
    };
    let begins = |known: &&&str| known.starts_with(key.as_str()) || key.starts_with(**known);
    let near = nearest(key, keys)
        .first()
        .copied()
        .or_else(|| keys.iter().find(begins).copied());
    let remedy = near.map_or_else(
        || format!("known keys: {}", keys.join(", ")),
        |near| format!("did you mean {near}?"),
    );
    let place = if section.is_empty() {
        "the top level".to_owned()
    } else {
        format!("[{section}]")
    };
    Err(bad(
        file,
        None,
        Some(key.clone()),
        format!("unknown key in {place}"),
        &remedy,
    )
    .into())
}

fn check_ranges(study: &StudyFile, file: &str) -> Result<(), ReadError> {
    let search = study.target.search_minutes.unwrap_or(study.target.minutes);
    let checks = [
        ("target.minutes", study.target.minutes, 0.01, 1440.0),
        (
            "target.search_minutes",
            search,
            study.target.minutes,
            2880.0,
        ),
        (
            "inputs.max_rejects",
            study.inputs.max_rejects.unwrap_or_default(),
            0.0,
            100.0,
        ),
        (
            "limits.memory_mb",
            f64::from(study.limits.memory_mb),
            64.0,
            1_048_576.0,
        ),
    ];
    for (key, value, least, most) in study.walk.ranges().into_iter().chain(checks) {
        if !(least..=most).contains(&value) {
            let expected = format!("a number from {least} to {most}");
            return Err(bad(
                file,
                Some(key.into()),
                Some(value.to_string()),
                expected,
                "change it",
            )
            .into());
        }
    }
    study
        .target
        .date
        .as_ref()
        .map(|date| date.day("target.date", file))
        .transpose()?;
    Ok(())
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Language, D::Error> {
    match String::deserialize(deserializer)?.as_str() {
        "zh" => Ok(Language::Chinese),
        "en" => Ok(Language::English),
        other => Err(D::Error::custom(format!(
            "\"{other}\" is no known language; expected \"zh\" or \"en\""
        ))),
    }
}

impl<'de> Deserialize<'de> for InputFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(InputFileVisitor)
    }
}

struct InputFileVisitor;

impl<'de> Visitor<'de> for InputFileVisitor {
    type Value = InputFile;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a path, or { path = \"…\", crs = \"…\" }")
    }

    fn visit_str<E>(self, path: &str) -> Result<InputFile, E> {
        Ok(InputFile {
            path: path.to_owned(),
            ..InputFile::default()
        })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<InputFile, A::Error> {
        #[derive(Deserialize)]
        struct Full {
            path: String,
            crs: Option<String>,
            encoding: Option<String>,
            #[serde(default)]
            columns: std::collections::BTreeMap<String, String>,
            #[serde(default)]
            incomplete: bool,
        }
        let full = Full::deserialize(MapAccessDeserializer::new(map))?;
        if let Some(strange) = full.encoding.as_ref().filter(|name| !is_known(name)) {
            return Err(A::Error::custom(format!(
                "\"{strange}\" is no known encoding; expected one such as \"UTF-8\", \"GB18030\", \"UTF-16LE\" or \"Big5\""
            )));
        }
        Ok(InputFile {
            path: full.path,
            crs: full.crs,
            encoding: full.encoding,
            columns: full.columns.into_iter().collect(),
            incomplete: full.incomplete,
        })
    }
}

impl<'de> Deserialize<'de> for ItemChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(deserializer)? {
            toml::Value::String(word) if word == "all" => Ok(Self::All),
            toml::Value::String(word) if word == "high-frequency" => Ok(Self::HighFrequency),
            toml::Value::Array(list) => {
                let texts = list.into_iter().map(|id| match id {
                    toml::Value::String(id) => Ok(id),
                    other => Err(D::Error::custom(format!(
                        "a {} is no item id; expected a text in quotes",
                        other.type_str()
                    ))),
                });
                Ok(Self::Listed(texts.collect::<Result<_, _>>()?))
            }
            other => Err(D::Error::custom(format!(
                "{} is no choice of items; expected \"all\", \"high-frequency\", or a list of item ids",
                other.as_str().unwrap_or(other.type_str())
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INPUTS: &str =
        "[inputs]\nstreets = 's'\nsites = 'p'\ncells = { path = 'c', crs = 'GCJ-02' }\n";

    fn error(text: &str) -> String {
        parse(text.as_bytes(), "study.toml")
            .map_or_else(|e| e.to_string(), |study| panic!("accepted: {study:?}"))
    }

    #[test]
    fn a_short_study_file_has_the_defaults() {
        let study = parse(INPUTS.as_bytes(), "study.toml").expect("it is valid");
        assert_eq!(study.inputs.cells.crs.as_deref(), Some("GCJ-02"));
        assert_eq!(
            (study.walk, study.target),
            (rules::WalkTable::default(), TargetTable::default())
        );
        let listed = parse(
            format!("{INPUTS}[target]\nitems = ['a', 'b']").as_bytes(),
            "study.toml",
        )
        .expect("valid");
        assert_eq!(
            listed.target.items,
            ItemChoice::Listed(vec!["a".into(), "b".into()])
        );
    }

    #[test]
    fn unknown_keys_name_the_nearest_known_key() {
        assert_eq!(
            error("[inputs]\nstreet = 's'"),
            "study.toml: \"street\": unknown key in [inputs] – did you mean streets?"
        );
        assert!(error(&format!("{INPUTS}[walk]\nspeed = 4")).contains("did you mean speed_kmh?"));
        assert!(error(&format!("{INPUTS}[walk]\noneway = true")).contains("did you mean one_way?"));
        assert!(
            error(&format!("{INPUTS}[walk]\nstair_seconds = 5"))
                .contains("did you mean stairs_seconds?")
        );
        assert!(error(&format!("{INPUTS}sites_crs = 'x'")).contains("unknown key"));
    }

    #[test]
    fn wrong_values_name_key_value_and_range() {
        assert_eq!(
            error(&format!("{INPUTS}[walk]\nspeed_kmh = 0.0")),
            "study.toml: key \"walk.speed_kmh\" is \"0\", expected a number from 0.1 to 50 – change it"
        );
        assert!(error(&format!("{INPUTS}[walk]\nspeed_kmh = nan")).contains("NaN"));
        assert_eq!(
            error(&format!("{INPUTS}[walk]\ncrossing_seconds = 3601")),
            "study.toml: key \"walk.crossing_seconds\" is \"3601\", expected a number from 0 to 3600 – change it"
        );
        assert!(error(&format!("{INPUTS}[walk]\nstairs_seconds = -1")).contains("from 0 to 3600"));
        assert!(error(&format!("{INPUTS}[walk]\nslope = 1")).contains("walk.slope"));
        assert!(error(&format!("{INPUTS}[target]\nminutes = 'x'")).contains("target.minutes"));
        assert!(
            error(&format!(
                "{INPUTS}[target]\nminutes = 40\nsearch_minutes = 30"
            ))
            .contains("from 40")
        );
        assert!(error(&format!("language = 'fr'\n{INPUTS}")).contains("\"zh\" or \"en\""));
        assert!(error("[inputs]\nsites = 'p'").contains("streets"));
        assert!(error("name = \n").starts_with("study.toml, line 1"));
        assert!(error(&format!("{INPUTS}[target]\nitems = 'some'")).contains("high-frequency"));
    }
}
