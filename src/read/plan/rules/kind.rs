//! `[[kind]]`: what sites of a kind can take over, and whether people serve themselves there.

use std::collections::BTreeSet;

use serde::de::{Deserialize, Deserializer, Error as _};

use super::wrong::{Wrong, kinds_of};
use crate::model::{Catalogue, Kind, Kinds, Severity, Sites, Takes};
use crate::read::error::{Place, ReadError, plain};
use crate::read::plan::item_choice::item_ids;
use crate::read::plan::type_names::type_name;
use crate::read::row_policy::Door;
use crate::read::tables::columns::nearest;
use crate::words::{Text, text};

pub(super) const KEYS: &[&str] = &["name", "takes", "self_service"];

/// One `[[kind]]`.
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
pub(crate) struct KindTable {
    pub name: String,
    pub takes: Option<TakesWord>,
    pub self_service: Option<bool>,
}

/// What `takes` says: `"all"`, `"none"`, or a list of item ids.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TakesWord {
    All,
    None,
    Listed(Vec<String>),
}

impl TakesWord {
    /// What is taken, as a study file says it.
    ///
    /// # Errors
    /// When it is neither a word of ours nor a list of ids.
    pub(crate) fn of(value: &toml::Value) -> Result<Self, Text> {
        match value {
            toml::Value::String(word) if word == "all" => Ok(Self::All),
            toml::Value::String(word) if word == "none" => Ok(Self::None),
            // One id alone is no list: it may be a mistyped word.
            toml::Value::String(word) => Err(text!(NoTakes, found = word)),
            toml::Value::Array(list) => item_ids(list).map(Self::Listed),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Table(_) => Err(text!(NoTakes, found = type_name(value))),
        }
    }
}

impl<'de> Deserialize<'de> for TakesWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&toml::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The kinds of a study.
///
/// # Errors
/// When a kind is named twice or not at all, its name is near to that of a kind that some site has, or
/// it takes an item that does not exist.
pub(crate) fn kinds(
    tables: &[KindTable],
    (sites, catalogue): (&Sites, &Catalogue),
    door: &mut Door<'_>,
) -> Result<Kinds, ReadError> {
    let mut seen = BTreeSet::new();
    let mut kinds = Vec::with_capacity(tables.len());
    for (place, table) in tables.iter().enumerate() {
        let wrong = Wrong::of("kind", place + 1, &door.file);
        let name = table.name.as_str();
        if !seen.insert(name) || name.trim().is_empty() {
            return Err(wrong.value(("name", name), text!(NameOfOneKind), text!(NameEveryKind)));
        }
        check_name(name, sites, &wrong, door)?;
        kinds.push(Kind {
            name: name.to_owned(),
            takes: takes(table, catalogue, &wrong)?,
            self_service: table.self_service,
        });
    }
    Ok(Kinds::new(kinds))
}

/// A kind that no site has is a slip of the pen when it is near to one that some site has, and else a
/// kind that this place does without.
fn check_name(
    name: &str,
    sites: &Sites,
    wrong: &Wrong,
    door: &mut Door<'_>,
) -> Result<(), ReadError> {
    let known = kinds_of(sites);
    if known.contains(&name) {
        return Ok(());
    }
    if !nearest(name, &known).is_empty() {
        return Err(wrong.unknown(("name", name), text!(KindOfSites), &known));
    }
    let message = text!(KindWithoutSites, kind = plain(name));
    door.say(Severity::Note, "kind-nowhere", Place::File, name, message);
    Ok(())
}

fn takes(
    table: &KindTable,
    catalogue: &Catalogue,
    wrong: &Wrong,
) -> Result<Option<Takes>, ReadError> {
    Ok(match &table.takes {
        None => None,
        Some(TakesWord::All) => Some(Takes::All),
        Some(TakesWord::None) => Some(Takes::None),
        Some(TakesWord::Listed(ids)) => {
            Some(Takes::Items(wrong.listed_at("takes", ids, catalogue)?))
        }
    })
}
