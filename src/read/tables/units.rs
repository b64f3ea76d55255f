//! Units, from a table, or from what cells and sites name.

use std::collections::BTreeSet;

use super::columns::{find, proposal};
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

/// The units that these tables name, side by side, for a study without a units table.
///
/// # Errors
/// When two columns could be the unit.
pub(crate) fn named_units(tables: &[&Table]) -> Result<Units, ReadError> {
    let mut names = BTreeSet::new();
    let mut are_numeric = true;
    for table in tables {
        let column =
            find(table, "unit").map_err(|wrong| wrong.at(&table.file, Place::File, None))?;
        let values = column.into_iter().flat_map(|place| {
            table
                .records
                .iter()
                .map(move |record| &record.values[place])
        });
        for value in values.filter(|value| **value != Value::Empty) {
            are_numeric &= matches!(value, Value::Number(_));
            names.extend(text(value));
        }
    }
    let rows = names.into_iter().map(|id| UnitRow {
        name: id.clone(),
        id,
        parent: None,
    });
    let units = Units::new(rows.collect()).unwrap_or_default();
    Ok(units.with_numeric_ids(are_numeric))
}
