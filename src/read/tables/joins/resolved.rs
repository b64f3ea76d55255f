//! The references of a table as ids, wherever it is sure which are meant.

use super::known::{Known, Meant};
use super::unit_path;
use crate::model::Severity;
use crate::read::error::{Place, ReadError, plain};
use crate::read::formats::table::{Table, Value};
use crate::read::formats::values::{Problem, list, text};
use crate::read::listed::{listed, quoted};
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::words::{Key, Part, Text, text as words};

/// What a column's references became.
#[derive(Default)]
struct Told {
    named: Count,
    zeros: Count,
}

/// How many were of a kind, and the first of them.
#[derive(Default)]
struct Count {
    count: u64,
    first: Option<(Place, String, String)>,
}

impl Count {
    fn take(&mut self, at: Place, said: &str, id: &str) {
        self.count += 1;
        let first = || (at, said.to_owned(), id.to_owned());
        self.first.get_or_insert_with(first);
    }
}

/// [`resolve`], where a row that names several is none: an offer of one of two sites is nobody's.
///
/// # Errors
/// As [`resolve`]; at such a row, unless bad rows are skipped.
pub(crate) fn resolve_each(
    table: &mut Table,
    column: &str,
    known: &Known<'_>,
    door: &mut Door<'_>,
) -> Result<(), ReadError> {
    let found = find(table, column).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    if let Some(place) = found {
        refuse_several(table, place, known, door)?;
    }
    resolve(table, column, known, door)
}

/// Writes the ids of the known ones into a column that refers to them: for names that only one has, and
/// for codes that lost their leading zeros. What is not sure stays as it is, for its reader to refuse.
/// Told once a column. O(rows log known).
///
/// # Errors
/// Two columns that could be meant.
pub(crate) fn resolve(
    table: &mut Table,
    column: &str,
    known: &Known<'_>,
    door: &mut Door<'_>,
) -> Result<(), ReadError> {
    let found = find(table, column).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    let Some(place) = found else { return Ok(()) };
    // A column of paths names one unit a row, whatever signs stand in it.
    let is_path = table.columns[place].contains(unit_path::PATH);
    let mut told = Told::default();
    for record in &mut table.records {
        let at = record.place;
        let value = &mut record.values[place];
        // Nearly all name an id as it is.
        if matches!(value, Value::Text(said) if known.has_id(said)) {
            continue;
        }
        let Ok(parts) = list(value) else { continue };
        let whole = text(value).unwrap_or_default();
        let resolved: Vec<String> = if is_path || parts.len() < 2 {
            one(&whole, known, at, &mut told).into_iter().collect()
        } else {
            let each = parts
                .iter()
                .map(|part| one(part, known, at, &mut told).unwrap_or_else(|| part.clone()));
            each.collect()
        };
        // What was not resolved stays as it is written, for its reader to refuse.
        match <[String; 1]>::try_from(resolved) {
            Ok([id]) => *value = Value::Text(id.into()),
            Err(several) if !several.is_empty() => *value = Value::List(several),
            Err(_) => {}
        }
    }
    let head = table.columns[place].clone();
    tell(told, &head, door);
    Ok(())
}

/// Refuses the rows that name several of the known ones by one name; what they say of one nobody knows.
fn refuse_several(
    table: &mut Table,
    place: usize,
    known: &Known<'_>,
    door: &mut Door<'_>,
) -> Result<(), ReadError> {
    let head = table.columns[place].clone();
    let mut kept = Vec::with_capacity(table.records.len());
    for record in std::mem::take(&mut table.records) {
        let said = text(&record.values[place]).unwrap_or_default();
        if let Meant::Several(ids) = known.meant(&said) {
            let problem = of_several(&said, ids);
            door.reject(problem.at(&door.file, record.place, Some(&head)))?;
        } else {
            kept.push(record);
        }
    }
    table.records = kept;
    Ok(())
}

/// A name that several have: which of them is meant nobody knows.
pub(crate) fn of_several(named: &str, ids: Vec<&str>) -> Problem {
    const SHOWN: usize = 5;
    let ids = Part::Joined(listed(ids.into_iter().take(SHOWN)), Key::AndSeparator);
    let expected = words!(NameOfSeveral, ids = ids);
    Problem::of("name-of-several", named, expected, words!(WriteOneId))
}

/// The id that a text means where it is not one itself.
fn one(said: &str, known: &Known<'_>, at: Place, told: &mut Told) -> Option<String> {
    match known.meant(said) {
        Meant::Named(id) => {
            told.named.take(at, said, id);
            Some(id.to_owned())
        }
        Meant::Zeros(id) => {
            told.zeros.take(at, said, id);
            Some(id.to_owned())
        }
        Meant::Id | Meant::Several(_) | Meant::Nothing => None,
    }
}

fn tell(told: Told, head: &str, door: &mut Door<'_>) {
    let said = |(at, said, id): (Place, String, String)| {
        let [said, id] = [said, id].map(|text| quoted(&plain(&text)));
        (at.text().unwrap_or_default(), said, id)
    };
    if let Some((place, said, id)) = told.named.first.map(said) {
        let count = told.named.count;
        let message = words!(
            NamesAsIds,
            said = said,
            place = place,
            id = id,
            count = count
        );
        note(Severity::Note, "names-as-ids", head, message, door);
    }
    if let Some((place, said, id)) = told.zeros.first.map(said) {
        let count = told.zeros.count;
        let message = words!(
            ZerosLost,
            said = said,
            place = place,
            id = id,
            count = count
        );
        note(Severity::Repaired, "zeros-lost", head, message, door);
    }
}

fn note(severity: Severity, code: &'static str, head: &str, message: Text, door: &mut Door<'_>) {
    door.say(severity, code, Place::File, head, message);
}
