//! Sites, from any table, each with the items it says it handles.

use super::door::Door;
use super::error::{BadInput, Place, ReadError};
use super::points::Placer;
use super::properties::properties;
use super::rows::{Columns, Ids, unit};
use super::table::{Record, Table, Value};
use super::values::list;
use crate::model::{Properties, Site, Units};

pub(crate) const KNOWN: [&str; 9] =
    ["id", "name", "kind", "unit", "items", "opening_hours", "opened", "closed", "windows"];

/// A site as read, with the items that its own row names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SiteRow {
    pub site: Site,
    /// The item ids of its own `items` column; none when that is absent or empty.
    pub items: Option<Vec<String>>,
    pub place: Place,
}

/// The sites of a table, with those of its yes/no columns that are `asked` for or hold nothing else.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn sites(
    mut table: Table,
    placer: &Placer,
    units: &Units,
    asked: &[String],
    door: &mut Door<'_>,
) -> Result<Vec<SiteRow>, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    let properties = properties(&table, &KNOWN, asked, door)?;
    let mut ids = Ids::new(&columns, door);
    for unused in ["opening_hours", "opened", "closed"] {
        if table.records.iter().any(|record| *columns.value(record, unused) != Value::Empty) {
            let message =
                format!("column \"{}\" is not used yet: every site counts as open", columns.written(&table, unused));
            door.note("not-used", unused, message);
        }
    }
    let mut rows = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        match site(record, &table, &columns, &mut ids, placer, units, door) {
            Ok(row) => rows.push(SiteRow { site: Site { properties, ..row.site }, ..row }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(rows)
}

fn site(
    record: &Record,
    table: &Table,
    columns: &Columns,
    ids: &mut Ids,
    placer: &Placer,
    units: &Units,
    door: &Door<'_>,
) -> Result<SiteRow, BadInput> {
    let id = ids.take(columns, record, table, door)?;
    let name = Some(columns.text(record, "name")).filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
    let items = list(columns.value(record, "items"))
        .map_err(|wrong| door.wrong(wrong, record.place, columns.written(table, "items")))?;
    let site = Site {
        name,
        kind: columns.text(record, "kind"),
        unit: unit(units, columns, record, table, door)?,
        at: placer.place(record, table, door)?,
        id,
        properties: Properties::default(),
    };
    Ok(SiteRow { site, items: Some(items).filter(|items| !items.is_empty()), place: record.place })
}
