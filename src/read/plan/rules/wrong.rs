//! What a table of the study file gets wrong, and what to do about it.

use crate::ids::{ItemId, UnitId};
use crate::model::{Catalogue, Sites, Units};
use crate::read::error::{BadInput, ReadError};
use crate::read::listed::listed;
use crate::read::plan::item_choice::ItemChoice;
use crate::read::tables::columns::proposal;
use crate::words::{Text, text};

/// How many known names an error lists where none is near the one found.
const MOST_NAMES: usize = 8;

/// A table of the study file, for errors about it.
pub(crate) struct Wrong {
    /// The table's name, with its number where there may be several: `target`, `group[2]`.
    pub table: String,
    /// The file.
    pub file: String,
}

impl Wrong {
    /// About one of several tables; the first has number 1.
    pub(crate) fn of(table: &str, number: usize, file: &str) -> Self {
        Self::one(&format!("{table}[{number}]"), file)
    }

    /// About a table of which there is one.
    pub(crate) fn one(table: &str, file: &str) -> Self {
        Self {
            table: table.to_owned(),
            file: file.to_owned(),
        }
    }

    /// The error about a key that is missing, or whose value says nothing.
    pub(crate) fn key(&self, key: &str, expected: Text, remedy: Text) -> ReadError {
        self.value((key, ""), expected, remedy)
    }

    /// The error about the value found at a key.
    pub(crate) fn value(
        &self,
        (key, found): (&str, &str),
        expected: Text,
        remedy: Text,
    ) -> ReadError {
        BadInput {
            code: "bad-study-file",
            file: self.file.clone(),
            column: Some(format!("{}.{key}", self.table)),
            found: (!found.is_empty()).then(|| found.to_owned()),
            expected,
            remedy,
            ..BadInput::default()
        }
        .into()
    }

    /// The number, when it lies between these two, both included.
    pub(crate) fn between(
        &self,
        key: &str,
        value: f64,
        [least, most]: [f64; 2],
    ) -> Result<f64, ReadError> {
        if (least..=most).contains(&value) {
            return Ok(value);
        }
        // A share that was written in percent is the commonest mistake: say what it is as a share.
        let remedy = match value {
            percent if most <= 1.0 && (2.0..=100.0).contains(&percent) => text!(
                WriteShare,
                share = (percent * 1e4).round() / 1e6,
                percent = percent,
            ),
            _ if most <= 1.0 => text!(WriteShare, share = 0.2, percent = 20_u32),
            _ => text!(ChangeNumber),
        };
        let expected = text!(NumberBetween, least = least, most = most);
        Err(self.value((key, &value.to_string()), expected, remedy))
    }

    /// The unit of this id, or of this name when only one has it.
    pub(crate) fn unit(&self, key: &str, named: &str, units: &Units) -> Result<UnitId, ReadError> {
        // A name that two units have names neither.
        units.called(named).ok_or_else(|| {
            let ids_and_names = units
                .iter()
                .flat_map(|(_, unit)| [unit.id.as_str(), unit.name.as_str()]);
            let known: Vec<&str> = ids_and_names.collect();
            let remedy = proposal(named, &known, text!(AddToUnits));
            self.value((key, named), text!(UnitOfTable), remedy)
        })
    }

    /// The items that `items` chooses, in the order of their ids, each once.
    pub(crate) fn items(
        &self,
        choice: &ItemChoice,
        catalogue: &Catalogue,
    ) -> Result<Vec<ItemId>, ReadError> {
        match choice {
            ItemChoice::All => Ok(catalogue.iter().map(|(id, _)| id).collect()),
            // None may be marked: whoever needs one asks `some_items`.
            ItemChoice::HighFrequency => Ok(catalogue
                .iter()
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
        self.listed_at("items", ids, catalogue)
    }

    /// The same, listed under another key.
    pub(crate) fn listed_at(
        &self,
        key: &str,
        ids: &[String],
        catalogue: &Catalogue,
    ) -> Result<Vec<ItemId>, ReadError> {
        let mut items = Vec::with_capacity(ids.len());
        for id in ids {
            let item = catalogue.find(id).ok_or_else(|| {
                let known: Vec<&str> = catalogue.iter().map(|(_, item)| item.id.as_str()).collect();
                self.unknown((key, id), text!(ItemOfStudy), &known)
            })?;
            items.push(item);
        }
        // In the catalogue's order, so that the order of the list changes nothing.
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
            return Err(self.key("items", text!(NoItemAsked), text!(AskSomeItems)));
        }
        Ok(items)
    }

    /// The error about a name that is none of the known ones.
    pub(crate) fn unknown(
        &self,
        (key, found): (&str, &str),
        expected: Text,
        known: &[&str],
    ) -> ReadError {
        // The near names; else the first of all, which show what names look like here.
        let remedy = if known.is_empty() {
            text!(ThereIsNone)
        } else {
            let first = known.iter().take(MOST_NAMES).copied();
            proposal(found, known, text!(ThereAre, names = listed(first)))
        };
        self.value((key, found), expected, remedy)
    }

    /// The error about a word that is none of these few.
    pub(crate) fn unknown_of(
        &self,
        (key, found): (&str, &str),
        expected: Text,
        known: &[&str],
    ) -> ReadError {
        let remedy = proposal(found, known, text!(ChooseOne));
        self.value((key, found), expected, remedy)
    }
}

/// The kinds of sites, in order, each once.
pub(crate) fn kinds_of(sites: &Sites) -> Vec<&str> {
    let mut kinds: Vec<&str> = sites.iter().map(|(_, site)| site.kind.as_str()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
