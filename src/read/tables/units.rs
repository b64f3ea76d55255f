//! Units, from a table, or from what cells and sites name.

use std::collections::BTreeSet;

use super::columns::{find, near_or};
use super::rows::{Columns, Ids};
use crate::model::{UnitError, UnitRow, Units};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::Table;
use crate::read::formats::values::text;
use crate::read::row_policy::Door;

/// The tree of units in a table.
///
/// # Errors
/// At a bad row, unless bad rows are skipped; and always when the rows are no tree.
pub(crate) fn units(mut table: Table, door: &mut Door<'_>) -> Result<Units, ReadError> {
    let columns = Columns::of(&table, &["id", "name", "parent"], door)?;
    door.reject_unreadable(&mut table)?;
    let mut ids = Ids::new(&columns, door);
    let mut rows = Vec::with_capacity(table.records.len());
    for record in &table.records {
        match ids.take(&columns, record, &table, door) {
            Ok(id) => {
                let parent =
                    Some(columns.text(record, "parent")).filter(|parent| !parent.is_empty());
                rows.push(UnitRow {
                    id,
                    name: columns.text(record, "name"),
                    parent,
                });
            }
            Err(bad) => door.reject(bad)?,
        }
    }
    Units::new(rows.clone())
        .map_err(|wrong| no_tree(&wrong, &rows, (&table, &columns), door).into())
}

/// Why the rows are no tree, at the row that is to be mended.
fn no_tree(
    wrong: &UnitError,
    rows: &[UnitRow],
    (table, columns): (&Table, &Columns),
    door: &Door<'_>,
) -> BadInput {
    let row = |id: &str| {
        table
            .records
            .iter()
            .find(|record| columns.text(record, "id") == *id)
    };
    let (id, place) = match wrong {
        UnitError::NoSuchParent { id, .. }
        | UnitError::Cycle { id, .. }
        | UnitError::TooDeep { id } => (id, row(id)),
        UnitError::Twice { id, .. } => (id, None),
    };
    let place = place.map_or(Place::File, |record| record.place);
    if let UnitError::NoSuchParent { parent, .. } = wrong {
        let ids: Vec<&str> = rows
            .iter()
            .map(|row| row.id.as_str())
            .filter(|other| other != id)
            .collect();
        let remedy = match rows.iter().find(|row| row.name == *parent) {
            Some(named) => format!("write the id of that unit: {}", plain(&named.id)),
            None => near_or(
                parent,
                &ids,
                "add that unit, or leave the parent empty at the top",
            ),
        };
        return door.bad(
            "no-tree",
            place,
            columns.written(table, "parent"),
            parent,
            "the id of a unit",
            &remedy,
        );
    }
    let (file, expected) = (door.file.clone(), wrong.to_string());
    let remedy = "mend the parent column, or leave it empty at the top".to_owned();
    BadInput {
        code: "no-tree",
        file,
        place,
        expected: expected.into(),
        remedy: remedy.into(),
        ..BadInput::default()
    }
}

/// The units that these tables name, side by side, for a study without a units table.
///
/// # Errors
/// When two columns could be the unit.
pub(crate) fn named_units(tables: &[&Table]) -> Result<Units, ReadError> {
    let mut names = BTreeSet::new();
    for table in tables {
        let column =
            find(table, "unit").map_err(|wrong| wrong.at(&table.file, Place::File, None))?;
        let values = column.into_iter().flat_map(|place| {
            table
                .records
                .iter()
                .map(move |record| &record.values[place])
        });
        names.extend(values.filter_map(text));
    }
    let rows = names.into_iter().map(|id| UnitRow {
        name: id.clone(),
        id,
        parent: None,
    });
    Ok(Units::new(rows.collect()).unwrap_or_default())
}
