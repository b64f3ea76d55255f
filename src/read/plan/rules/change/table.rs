//! One `[[change]]` as written: which keys each kind of change takes.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use crate::read::error::ReadError;
use crate::read::formats::table::Value;
use crate::read::listed::listed;
use crate::read::plan::rules::wrong::Wrong;
use crate::read::plan::study_dates::Written;
use crate::words::{Text, text};

/// All keys of `[[change]]`.
pub(in super::super) const KEYS: &[&str] = &[
    "do",
    "site",
    "sites",
    "kind",
    "name",
    "unit",
    "lon",
    "lat",
    "crs",
    "items",
    "theme",
    "like",
    "depth",
    "replaces",
    "until",
    "reach",
    "opening_hours",
    "add",
    "helper",
    "line",
    "at",
    "times",
];

/// What can be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    OpenSite,
    CloseSite,
    MoveSite,
    MergeSites,
    Hours,
    Helper,
    Offer,
    Renew,
    Reach,
    Withdraw,
    AddStreet,
    CutStreet,
    SlowStreet,
}

/// An action with its word in the study file, the keys that it needs, and those that it may have.
struct Kind {
    action: Action,
    word: &'static str,
    needs: &'static [&'static str],
    may_have: &'static [&'static str],
}

const KINDS: [Kind; 13] = [
    Kind {
        action: Action::OpenSite,
        word: "open-site",
        needs: &["site", "lon", "lat"],
        may_have: &[
            "crs",
            "name",
            "kind",
            "unit",
            "items",
            "like",
            "opening_hours",
            "helper",
        ],
    },
    Kind {
        action: Action::CloseSite,
        word: "close-site",
        needs: &["site"],
        may_have: &[],
    },
    Kind {
        action: Action::MoveSite,
        word: "move-site",
        needs: &["site", "lon", "lat"],
        may_have: &["crs"],
    },
    Kind {
        action: Action::Hours,
        word: "hours",
        needs: &["opening_hours"],
        may_have: &["site", "kind", "add"],
    },
    Kind {
        action: Action::Offer,
        word: "offer",
        needs: &[],
        may_have: &["site", "kind", "items", "theme", "depth", "replaces"],
    },
    Kind {
        action: Action::MergeSites,
        word: "merge-sites",
        needs: &["sites"],
        may_have: &[
            "site",
            "at",
            "lon",
            "lat",
            "crs",
            "name",
            "kind",
            "unit",
            "opening_hours",
        ],
    },
    Kind {
        action: Action::Helper,
        word: "helper",
        needs: &[],
        may_have: &["site", "kind", "helper"],
    },
    Kind {
        action: Action::Renew,
        word: "renew",
        needs: &[],
        may_have: &["site", "kind", "items", "theme", "until"],
    },
    Kind {
        action: Action::Reach,
        word: "reach",
        needs: &["reach"],
        may_have: &["site", "kind", "items", "theme"],
    },
    Kind {
        action: Action::Withdraw,
        word: "withdraw",
        needs: &[],
        may_have: &["site", "kind", "items", "theme"],
    },
    Kind {
        action: Action::AddStreet,
        word: "add-street",
        needs: &["line"],
        may_have: &["crs"],
    },
    Kind {
        action: Action::CutStreet,
        word: "cut-street",
        needs: &["at"],
        may_have: &["crs"],
    },
    Kind {
        action: Action::SlowStreet,
        word: "slow-street",
        needs: &["at", "times"],
        may_have: &["crs"],
    },
];

impl Kind {
    /// All keys that it may have, those that it needs first.
    fn keys(&self) -> impl Iterator<Item = &'static str> {
        self.needs.iter().chain(self.may_have).copied()
    }
}

/// One `[[change]]`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChangeTable {
    pub r#do: String,
    pub site: Option<String>,
    pub sites: Option<Vec<String>>,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub crs: Option<String>,
    pub items: Option<Vec<String>>,
    pub theme: Option<String>,
    pub like: Option<String>,
    pub depth: Option<Depth>,
    pub replaces: Option<bool>,
    pub until: Option<Written>,
    pub reach: Option<String>,
    pub opening_hours: Option<String>,
    pub add: Option<bool>,
    pub helper: Option<bool>,
    pub line: Option<Vec<[f64; 2]>>,
    pub at: Option<At>,
    pub times: Option<f64>,
}

/// `"best"`, or a place, longitude or x first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum At {
    Best,
    Place([f64; 2]),
}

impl At {
    /// The place, or that the best is to be looked for.
    ///
    /// # Errors
    /// When it is another word, or no list of two numbers.
    pub(in super::super::super) fn of(value: &toml::Value) -> Result<Self, Text> {
        if value.as_str() == Some("best") {
            return Ok(Self::Best);
        }
        let numbers = value.as_array().map(|list| list.iter().map(number));
        let numbers: Option<Vec<f64>> = numbers.and_then(Iterator::collect);
        match numbers.as_deref() {
            Some(&[x, y]) => Ok(Self::Place([x, y])),
            Some(_) | None => Err(text!(BestOrPlace)),
        }
    }
}

/// A number, whole or not.
fn number(value: &toml::Value) -> Option<f64> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "no place has so many digits before the point"
    )]
    let whole = value.as_integer().map(|whole| whole as f64);
    value.as_float().or(whole)
}

impl<'de> Deserialize<'de> for At {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&toml::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// `"whole"`, or the steps as a text or a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Depth(pub Value);

impl Depth {
    /// The steps that a value of the study file lists, not yet known to be any.
    ///
    /// # Errors
    /// When it is neither a text nor a list of texts.
    pub(in super::super::super) fn of(value: &toml::Value) -> Result<Self, Text> {
        let depth = match value {
            toml::Value::String(text) => Some(Value::Text(text.as_str().into())),
            toml::Value::Array(list) => texts(list).map(Value::List),
            toml::Value::Integer(_)
            | toml::Value::Float(_)
            | toml::Value::Boolean(_)
            | toml::Value::Datetime(_)
            | toml::Value::Table(_) => None,
        };
        depth.map(Self).ok_or_else(|| text!(WholeOrSteps))
    }
}

/// The texts of a list; none when it holds anything else.
fn texts(list: &[toml::Value]) -> Option<Vec<String>> {
    let text = |value: &toml::Value| value.as_str().map(str::to_owned);
    list.iter().map(text).collect()
}

impl<'de> Deserialize<'de> for Depth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::of(&toml::Value::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl ChangeTable {
    /// What is to be done, when it has the keys that this needs and no others.
    ///
    /// # Errors
    /// With the word that names nothing, or the key that is missing or not needed.
    pub(super) fn check(&self, wrong: &Wrong) -> Result<Action, ReadError> {
        let Some(kind) = KINDS.iter().find(|kind| kind.word == self.r#do) else {
            let known = KINDS.map(|kind| kind.word);
            let expected = text!(WhatIsToBeDone, words = listed(known));
            return Err(wrong.unknown_of(("do", &self.r#do), expected, &known));
        };
        // A key that does nothing is told: it says that something else was meant.
        let given = self.given();
        if let Some(key) = given.iter().find(|key| kind.keys().all(|may| may != **key)) {
            let remedy = text!(
                LeaveOutTakes,
                action = kind.word,
                keys = listed(kind.keys())
            );
            return Err(wrong.key(key, text!(NoSuchKeyOfAction, action = kind.word), remedy));
        }
        if let Some(key) = kind.needs.iter().find(|key| !given.contains(key)) {
            let remedy = text!(ItTakes, keys = listed(kind.keys()));
            return Err(wrong.key(key, text!(ActionNeedsIt, action = kind.word), remedy));
        }
        Ok(kind.action)
    }

    /// Whether it names a place.
    pub(super) fn has_place(&self) -> bool {
        let is_at = matches!(self.at, Some(At::Place(_)));
        self.lon.is_some() || self.line.is_some() || is_at
    }

    /// The keys that it has, beside `do`.
    fn given(&self) -> Vec<&'static str> {
        let here = [
            self.site.is_some(),
            self.sites.is_some(),
            self.kind.is_some(),
            self.name.is_some(),
            self.unit.is_some(),
            self.lon.is_some(),
            self.lat.is_some(),
            self.crs.is_some(),
            self.items.is_some(),
            self.theme.is_some(),
            self.like.is_some(),
            self.depth.is_some(),
            self.replaces.is_some(),
            self.until.is_some(),
            self.reach.is_some(),
            self.opening_hours.is_some(),
            self.add.is_some(),
            self.helper.is_some(),
            self.line.is_some(),
            self.at.is_some(),
            self.times.is_some(),
        ];
        KEYS[1..]
            .iter()
            .zip(here)
            .filter(|(_, here)| *here)
            .map(|(key, _)| *key)
            .collect()
    }

    /// The text of one of two keys, of which exactly one must be there: which it is, and the text.
    pub(super) fn either<'a, T: ?Sized>(
        wrong: &Wrong,
        [(first, one), (second, other)]: [(&'static str, Option<&'a T>); 2],
    ) -> Result<(&'static str, &'a T), ReadError> {
        match (one, other) {
            (Some(one), None) => Ok((first, one)),
            (None, Some(other)) => Ok((second, other)),
            (None, None) => {
                let expected = text!(NeitherIsThere, first = first, second = second);
                Err(wrong.key(first, expected, text!(WriteOneOfThem)))
            }
            (Some(_), Some(_)) => {
                let expected = text!(NotBothKeys, first = first, second = second);
                Err(wrong.key(second, expected, text!(LeaveOneOut)))
            }
        }
    }
}
