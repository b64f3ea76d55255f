//! The tables of the study file that set rules: who, where, when. One file a table.

pub(crate) mod change;
mod group;
pub(crate) mod indicator;
pub(crate) mod phase;
pub(crate) mod walk;
mod zone;

pub(crate) use group::{GroupTable, OthersTable, groups};
pub(crate) use walk::WalkTable;
pub(crate) use zone::{ZoneTable, zones};

use super::study_file::ItemChoice;
use crate::ids::{ItemId, UnitId};
use crate::model::{Catalogue, Units};
use crate::read::error::{BadInput, ReadError};
use crate::read::tables::columns::{near_or, nearest};
use crate::words::Text;

/// The keys of each table here.
pub(crate) const KEYS: [(&str, &[&str]); 7] = [
    ("change", change::KEYS),
    ("group", group::KEYS),
    ("indicator", indicator::KEYS),
    ("others", &["name", "audience", "online"]),
    ("phase", phase::KEYS),
    ("walk", walk::KEYS),
    ("zone", zone::KEYS),
];

/// The tables of which there may be several.
pub(crate) const SEVERAL: [&str; 5] = ["change", "group", "indicator", "phase", "zone"];

/// What a table of the study file gets wrong.
pub(crate) struct Wrong {
    /// The table's name, with its number where there may be several: `target`, `group[2]`.
    pub table: String,
    /// The file.
    pub file: String,
}

impl Wrong {
    pub(crate) fn of(table: &str, place: usize, file: &str) -> Self {
        Self {
            table: format!("{table}[{place}]"),
            file: file.to_owned(),
        }
    }

    /// The same about a table of which there is one.
    pub(crate) fn one(table: &str, file: &str) -> Self {
        Self {
            table: table.to_owned(),
            file: file.to_owned(),
        }
    }

    /// The error about a key of the table.
    pub(crate) fn key(
        &self,
        key: &str,
        found: &str,
        expected: impl Into<Text>,
        remedy: impl Into<Text>,
    ) -> ReadError {
        BadInput {
            code: "bad-study-file",
            file: self.file.clone(),
            column: Some(format!("{}.{key}", self.table)),
            found: (!found.is_empty()).then(|| found.to_owned()),
            expected: expected.into(),
            remedy: remedy.into(),
            ..BadInput::default()
        }
        .into()
    }

    /// The number, when it lies between these two, both included.
    pub(crate) fn between(
        &self,
        key: &str,
        value: f64,
        least: f64,
        most: f64,
    ) -> Result<f64, ReadError> {
        if (least..=most).contains(&value) {
            return Ok(value);
        }
        let remedy = match value {
            percent if most <= 1.0 && (2.0..=100.0).contains(&percent) => {
                format!("write {} for {percent} %", (percent * 1e4).round() / 1e6)
            }
            _ if most <= 1.0 => "write 0.2 for 20 %".to_owned(),
            _ => "change it".to_owned(),
        };
        Err(self.key(
            key,
            &value.to_string(),
            &format!("a number from {least} to {most}"),
            &remedy,
        ))
    }

    /// The unit of this id, or of this name when only one has it.
    pub(crate) fn unit(&self, key: &str, named: &str, units: &Units) -> Result<UnitId, ReadError> {
        units.called(named).ok_or_else(|| {
            let known: Vec<&str> = units
                .iter()
                .flat_map(|(_, unit)| [unit.id.as_str(), unit.name.as_str()])
                .collect();
            self.key(
                key,
                named,
                "a unit of the units table",
                &near_or(named, &known, "add it to the units table"),
            )
        })
    }

    /// The items that `items` chooses, in the order of their ids, each once.
    pub(crate) fn items(
        &self,
        choice: &ItemChoice,
        catalogue: &Catalogue,
    ) -> Result<Vec<ItemId>, ReadError> {
        let all = || catalogue.iter();
        match choice {
            ItemChoice::All => Ok(all().map(|(id, _)| id).collect()),
            ItemChoice::HighFrequency => Ok(all()
                .filter(|(_, item)| item.high_frequency)
                .map(|(id, _)| id)
                .collect()),
            ItemChoice::Listed(ids) => self.listed(ids, catalogue),
        }
    }

    /// The items of these ids, in the order of their ids, each once.
    pub(crate) fn listed(
        &self,
        ids: &[String],
        catalogue: &Catalogue,
    ) -> Result<Vec<ItemId>, ReadError> {
        let item = |id: &String| {
            catalogue.find(id).ok_or_else(|| {
                let known: Vec<&str> = catalogue.iter().map(|(_, item)| item.id.as_str()).collect();
                self.unknown("items", id, "an item of the study", &known)
            })
        };
        let mut items = ids.iter().map(item).collect::<Result<Vec<_>, _>>()?;
        items.sort_unstable();
        items.dedup();
        Ok(items)
    }

    /// The items chosen, of which there must be one.
    pub(crate) fn some_items(
        &self,
        choice: &ItemChoice,
        catalogue: &Catalogue,
    ) -> Result<Vec<ItemId>, ReadError> {
        let items = self.items(choice, catalogue)?;
        if items.is_empty() {
            let remedy = "write items = \"all\", name some, or mark items high_frequency = yes in the items table";
            return Err(self.key("items", "", "no item is asked", remedy));
        }
        Ok(items)
    }

    /// The error about a name that is none of the known ones.
    pub(crate) fn unknown(
        &self,
        key: &str,
        found: &str,
        expected: &str,
        known: &[&str],
    ) -> ReadError {
        let near = nearest(found, known);
        if near.is_empty() && known.is_empty() {
            return self.key(key, found, expected, "there is none");
        }
        let all = || known.iter().take(8).copied().collect::<Vec<_>>().join(", ");
        let remedy = if near.is_empty() {
            format!("there are: {}", all())
        } else {
            near_or(found, known, "")
        };
        self.key(key, found, expected, &remedy)
    }

    /// The error about a word that is none of these few, with all of them.
    pub(crate) fn unknown_of(
        &self,
        key: &str,
        found: &str,
        expected: &str,
        known: &[&str],
    ) -> ReadError {
        self.key(
            key,
            found,
            &format!("{expected}: {}", known.join(", ")),
            &near_or(found, known, "choose one of them"),
        )
    }
}
