//! One `[[change]]` as written: which keys each kind of change takes.

use serde::{Deserialize, Deserializer};

use crate::read::error::ReadError;
use crate::read::formats::table::Value;
use crate::read::plan::rules::Wrong;

/// All keys of `[[change]]`.
pub(in super::super) const KEYS: &[&str] = &[
    "do",
    "site",
    "kind",
    "name",
    "unit",
    "lon",
    "lat",
    "items",
    "theme",
    "like",
    "depth",
    "opening_hours",
    "helper",
    "line",
    "at",
    "times",
];

/// What can be done, the keys that it needs, and those that it may have.
const KINDS: [(&str, &[&str], &[&str]); 9] = [
    (
        "open-site",
        &["site", "lon", "lat"],
        &[
            "name",
            "kind",
            "unit",
            "items",
            "like",
            "opening_hours",
            "helper",
        ],
    ),
    ("close-site", &["site"], &[]),
    ("move-site", &["site", "lon", "lat"], &[]),
    ("hours", &["opening_hours"], &["site", "kind"]),
    ("offer", &[], &["site", "kind", "items", "theme", "depth"]),
    ("withdraw", &[], &["site", "kind", "items", "theme"]),
    ("add-street", &["line"], &[]),
    ("cut-street", &["at"], &[]),
    ("slow-street", &["at", "times"], &[]),
];

/// One `[[change]]`.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ChangeTable {
    pub r#do: String,
    pub site: Option<String>,
    pub kind: Option<String>,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub lon: Option<f64>,
    pub lat: Option<f64>,
    pub items: Option<Vec<String>>,
    pub theme: Option<String>,
    pub like: Option<String>,
    pub depth: Option<Depth>,
    pub opening_hours: Option<String>,
    pub helper: Option<bool>,
    pub line: Option<Vec<[f64; 2]>>,
    pub at: Option<[f64; 2]>,
    pub times: Option<f64>,
}

/// `"whole"`, or the steps as a text or a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Depth(pub Value);

impl<'de> Deserialize<'de> for Depth {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "expected \"whole\" or a list of steps")]
        enum Written {
            Text(String),
            List(Vec<String>),
        }
        Ok(Self(match Written::deserialize(deserializer)? {
            Written::Text(text) => Value::Text(text.into()),
            Written::List(list) => Value::List(list),
        }))
    }
}

impl ChangeTable {
    /// Checks that it can be done, and has the keys that it needs and no others.
    ///
    /// # Errors
    /// With the key that is missing or not needed.
    pub(super) fn check(&self, wrong: &Wrong) -> Result<(), ReadError> {
        let known = KINDS.map(|(name, ..)| name);
        let kind = KINDS.iter().find(|(name, ..)| *name == self.r#do);
        let Some((name, needed, also)) = kind else {
            return Err(wrong.unknown_of("do", &self.r#do, "what is to be done", &known));
        };
        let given = self.given();
        let takes = || {
            needed
                .iter()
                .chain(*also)
                .copied()
                .collect::<Vec<_>>()
                .join(", ")
        };
        if let Some(key) = given
            .iter()
            .find(|key| !needed.contains(key) && !also.contains(key))
        {
            let expected = format!("{name} has no such key");
            return Err(wrong.key(
                key,
                "",
                &expected,
                &format!("leave it out; {name} takes: {}", takes()),
            ));
        }
        if let Some(key) = needed.iter().find(|key| !given.contains(key)) {
            return Err(wrong.key(
                key,
                "",
                &format!("{name} needs this key"),
                &format!("it takes: {}", takes()),
            ));
        }
        Ok(())
    }

    /// The keys that it has, beside `do`.
    fn given(&self) -> Vec<&'static str> {
        let here = [
            self.site.is_some(),
            self.kind.is_some(),
            self.name.is_some(),
            self.unit.is_some(),
            self.lon.is_some(),
            self.lat.is_some(),
            self.items.is_some(),
            self.theme.is_some(),
            self.like.is_some(),
            self.depth.is_some(),
            self.opening_hours.is_some(),
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
            (None, None) => Err(wrong.key(
                first,
                "",
                &format!("neither {first} nor {second} is there"),
                "write one of them",
            )),
            (Some(_), Some(_)) => Err(wrong.key(
                second,
                "",
                &format!("{first} or {second}, not both"),
                "leave one of them out",
            )),
        }
    }
}
