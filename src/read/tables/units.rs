//! Units, from a table, or from what cells and sites name.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{find, proposal};
use super::joins::{PATH, without_zeros};
use super::properties::{Asked, properties};
use super::rows::{Columns, Ids, Row};
use crate::model::{UnitError, UnitRow, Units};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::text;
use crate::read::row_policy::Door;
use crate::words::{Text, text};

const KNOWN: [&str; 3] = ["id", "name", "parent"];

/// The tree of units in a table, with those of its columns that are `asked` for or hold only yes and no.
///
/// # Errors
/// At a bad row, unless bad rows are skipped; and always when the rows are no tree.
pub(crate) fn units(
    mut table: Table,
    asked: &[Asked],
    door: &mut Door<'_>,
) -> Result<Units, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    let properties = properties(&table, &KNOWN, asked, door)?;
    let mut told = Vec::with_capacity(table.records.len());
    let mut ids = Ids::new(&columns, door);
    let mut rows = Vec::with_capacity(table.records.len());
    let mut are_numeric = true;
    for (record, properties) in table.records.iter().zip(properties) {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        match ids.take(row, door) {
            Ok(id) => {
                // Ids that are numbers in the file are numbers in its maps.
                are_numeric &= columns.has_numeric_id(record);
                told.push((id.clone(), properties));
                rows.push(UnitRow {
                    id,
                    name: row.text("name"),
                    parent: Some(row.text("parent")).filter(|parent| !parent.is_empty()),
                });
            }
            Err(bad) => door.reject(bad)?,
        }
    }
    // The rows are kept to name the one that is to be mended.
    Units::new(rows.clone())
        .map(|units| units.with_numeric_ids(are_numeric).with_properties(told))
        .map_err(|wrong| no_tree(&wrong, &rows, (&table, &columns), door).into())
}

/// Why the rows are no tree, at the row that is to be mended.
fn no_tree(
    wrong: &UnitError,
    rows: &[UnitRow],
    (table, columns): (&Table, &Columns),
    door: &Door<'_>,
) -> BadInput {
    // Of two rows with one id none is the wrong one.
    let place = id_to_mend(wrong).map_or(Place::File, |id| place_of(id, table, columns));
    if let UnitError::NoSuchParent { id, parent } = wrong {
        let column = columns.written(table, "parent");
        let remedy = parent_instead(id, parent, rows);
        return door.bad("no-tree", place, column, parent, text!(IdOfUnit), remedy);
    }
    BadInput {
        code: "no-tree",
        file: door.file.clone(),
        place,
        expected: what_is_wrong(wrong),
        remedy: text!(MendParents),
        ..BadInput::default()
    }
}

/// The unit whose row is to be mended; none where two rows have one id.
fn id_to_mend(wrong: &UnitError) -> Option<&str> {
    match wrong {
        UnitError::NoSuchParent { id, .. }
        | UnitError::Cycle { id, .. }
        | UnitError::TooDeep { id } => Some(id),
        UnitError::Twice { .. } => None,
    }
}

/// Where the row of a unit stands.
fn place_of(id: &str, table: &Table, columns: &Columns) -> Place {
    let mut records = table.records.iter();
    let is_meant = |record: &&Record| text(columns.value(record, "id")).as_deref() == Some(id);
    let row = records.find(is_meant);
    row.map_or(Place::File, |record| record.place)
}

/// What to write for a parent that is no unit: often it is a unit's name, or nearly an id.
fn parent_instead(id: &str, parent: &str, rows: &[UnitRow]) -> Text {
    if let Some(named) = rows.iter().find(|row| row.name == *parent) {
        return text!(WriteUnitId, id = plain(&named.id));
    }
    let others = rows.iter().map(|row| row.id.as_str());
    let others: Vec<&str> = others.filter(|&other| other != id).collect();
    proposal(parent, &others, text!(AddParent))
}

fn what_is_wrong(wrong: &UnitError) -> Text {
    match wrong {
        UnitError::Twice { id, first, second } => text!(
            UnitTwice,
            id = format!("{id:?}"),
            first = *first,
            second = *second,
        ),
        UnitError::NoSuchParent { id, parent } => text!(
            ParentNoUnit,
            parent = format!("{parent:?}"),
            id = format!("{id:?}"),
        ),
        UnitError::Cycle { id, path } => text!(
            UnitWithinItself,
            id = format!("{id:?}"),
            path = path.join(" → "),
        ),
        UnitError::TooDeep { id } => {
            text!(UnitTooDeep, id = format!("{id:?}"), levels = Units::DEEPEST,)
        }
    }
}

/// The units that these tables name, for a study without a units table: side by side, or below each
/// other where they stand in several columns. Codes that differ in leading zeros alone are one: the
/// longest.
///
/// # Errors
/// When two columns could be the unit.
pub(crate) fn named_units(tables: &[&Table]) -> Result<Units, ReadError> {
    let mut names = BTreeSet::new();
    let mut are_numeric = true;
    let mut are_paths = false;
    for table in tables {
        let column =
            find(table, "unit").map_err(|wrong| wrong.at(&table.file, Place::File, None))?;
        let Some(place) = column else { continue };
        are_paths |= table.columns[place].contains(PATH);
        let values = table.records.iter().map(|record| &record.values[place]);
        for value in values.filter(|value| **value != Value::Empty) {
            are_numeric &= matches!(value, Value::Number(_));
            names.extend(text(value));
        }
    }
    let names = with_zeros(names);
    let rows = if are_paths {
        path_rows(&names)
    } else {
        let row = |id: String| UnitRow {
            name: id.clone(),
            id,
            parent: None,
        };
        names.into_iter().map(row).collect()
    };
    let units = Units::new(rows).unwrap_or_default();
    Ok(units.with_numeric_ids(are_numeric))
}

/// The names without those that are others cut off from their leading zeros.
fn with_zeros(names: BTreeSet<String>) -> BTreeSet<String> {
    let mut longest: BTreeMap<String, String> = BTreeMap::new();
    let mut kept = BTreeSet::new();
    for name in names {
        let Some(bare) = without_zeros(&name).map(str::to_owned) else {
            kept.insert(name);
            continue;
        };
        let known = longest.entry(bare).or_default();
        if name.len() > known.len() {
            *known = name;
        }
    }
    kept.extend(longest.into_values());
    kept
}

/// A unit for each beginning of each path; its name is the last part.
fn path_rows(paths: &BTreeSet<String>) -> Vec<UnitRow> {
    let mut rows = BTreeMap::new();
    for path in paths {
        let mut parent = None;
        for (end, _) in path.match_indices(PATH).chain([(path.len(), "")]) {
            let id = path[..end].to_owned();
            let name = id.rsplit(PATH).next().unwrap_or_default().to_owned();
            let row = UnitRow {
                name,
                id: id.clone(),
                // `replace` hands back the beginning that is one part shorter: the unit above.
                parent: parent.replace(id.clone()),
            };
            rows.entry(id).or_insert(row);
        }
    }
    rows.into_values().collect()
}

/// What each unit may be called, with its id: its name, and its path from the unit above, by names and
/// by ids.
pub(crate) fn called(units: &Units) -> Vec<(String, String)> {
    let mut called = Vec::new();
    for (id, unit) in units.iter() {
        called.push((unit.id.clone(), unit.name.clone()));
        let above: Vec<_> = units
            .upward(id)
            .skip(1)
            .map(|above| &units[above])
            .collect();
        for own in [&unit.id, &unit.name] {
            if let Some(parent) = above.first() {
                called.push((unit.id.clone(), format!("{}{PATH}{own}", parent.name)));
                called.push((unit.id.clone(), format!("{}{PATH}{own}", parent.id)));
            }
            if let [parent, county, ..] = above[..] {
                let path = format!("{}{PATH}{}{PATH}{own}", county.name, parent.name);
                called.push((unit.id.clone(), path));
            }
        }
    }
    called
}
