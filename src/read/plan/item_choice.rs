//! Which items are asked: `"all"`, `"high-frequency"`, or a list of ids.

use serde::de::{Deserialize, Deserializer, Error as _};

use super::type_names::type_name;
use crate::words::{Text, text};

/// Which items are asked.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) enum ItemChoice {
    #[default]
    All,
    HighFrequency,
    Listed(Vec<String>),
}

impl ItemChoice {
    /// The choice that a value of the study file makes.
    ///
    /// # Errors
    /// What is wrong with the value.
    pub(crate) fn of(value: &toml::Value) -> Result<Self, Text> {
        match value {
            toml::Value::String(word) if word == "all" => Ok(Self::All),
            toml::Value::String(word) if word == "high-frequency" => Ok(Self::HighFrequency),
            // One id alone is no list: it may be a mistyped word.
            toml::Value::String(word) => Err(text!(NoItemChoice, found = word)),
            toml::Value::Array(list) => item_ids(list).map(Self::Listed),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Table(_) => Err(text!(NoItemChoice, found = type_name(value))),
        }
    }
}

/// The ids of a list of the study file.
///
/// # Errors
/// The first value that is no text.
pub(crate) fn item_ids(list: &[toml::Value]) -> Result<Vec<String>, Text> {
    let ids = list.iter().map(|value| {
        let id = value.as_str().map(str::to_owned);
        id.ok_or_else(|| text!(NoItemId, kind = type_name(value)))
    });
    ids.collect()
}

impl<'de> Deserialize<'de> for ItemChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&toml::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
