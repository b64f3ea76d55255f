//! What the study file says that values of streets mean: `values = { 内部道路 = "private" }`.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::attributes::Attribute;
use super::permission::{Permission, permission};
use super::street_class::{StreetClass, known_classes, street_class};
use crate::read::error::{BadInput, ReadError};
use crate::read::plan::study_file::InputFile;
use crate::read::tables::columns::proposal;
use crate::words::text;

/// The file's values that the study explains.
#[derive(Debug, Default)]
pub(crate) struct Values {
    means: BTreeMap<String, Meaning>,
}

/// What a value means.
#[derive(Debug)]
struct Meaning {
    ours: String,
    /// Whether the file has it anywhere: several threads read a map.
    is_used: AtomicBool,
}

impl Values {
    /// What the study says of the values of this file.
    ///
    /// # Errors
    /// When one means nothing that is known.
    pub(crate) fn of(entry: &InputFile, file: &str) -> Result<Self, ReadError> {
        let meaning = |(theirs, ours): &(String, String)| {
            check(theirs, ours, file)?;
            let meaning = Meaning {
                ours: ours.clone(),
                is_used: AtomicBool::new(false),
            };
            Ok((theirs.trim().to_owned(), meaning))
        };
        let means = entry.values.iter().map(meaning);
        Ok(Self {
            means: means.collect::<Result<_, ReadError>>()?,
        })
    }

    /// The attributes that a value of a key stands for; none where the study does not explain it.
    pub(crate) fn explained(&self, key: &str, written: &str) -> Option<Vec<Attribute<'static>>> {
        let is_class = matches!(key, "highway" | "fclass");
        let is_asked = is_class || matches!(key, "access" | "foot");
        if self.means.is_empty() || !is_asked {
            return None;
        }
        let Meaning { ours, is_used } = self.means.get(written.trim())?;
        is_used.store(true, Ordering::Relaxed);
        let own = |key: &str, value: &str| (key.to_owned().into(), value.to_owned().into());
        Some(match (is_class, street_class(ours)) {
            // A class that is a permission: an ordinary way that these people walk.
            (true, StreetClass::Unknown) => vec![own("highway", "service"), own("access", ours)],
            (true, _) => vec![own("highway", ours)],
            (false, _) => vec![own(key, ours)],
        })
    }

    /// The values that the file has nowhere.
    pub(crate) fn unused(&self) -> Vec<&str> {
        let unused = self
            .means
            .iter()
            .filter(|(_, meaning)| !meaning.is_used.load(Ordering::Relaxed));
        unused.map(|(theirs, _)| theirs.as_str()).collect()
    }
}

/// Checks that a value of the study means something here.
fn check(theirs: &str, ours: &str, file: &str) -> Result<(), ReadError> {
    let is_class = street_class(ours) != StreetClass::Unknown;
    if is_class || permission(ours) != Permission::Unknown {
        return Ok(());
    }
    let words = ["private", "no", "yes", "destination"];
    let known: Vec<&str> = known_classes().chain(words).collect();
    let bad = BadInput {
        code: "no-such-value",
        file: file.to_owned(),
        found: Some(ours.to_owned()),
        expected: text!(NoSuchStreetWord, theirs = crate::read::plain(theirs)),
        remedy: proposal(ours, &known, text!(WriteStreetWord)),
        ..BadInput::default()
    };
    Err(bad.into())
}
