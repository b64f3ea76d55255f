//! What sites, cells, items and offers have in common: ids, units, columns by name.

use std::collections::HashMap;

use super::columns::{find, nearest};
use super::door::Door;
use super::error::{BadInput, Place, ReadError};
use super::table::{Record, Table, Value};
use super::values::text;
use crate::ids::UnitId;
use crate::model::Units;

/// The known columns of a table: canonical name → place.
pub(crate) struct Columns(HashMap<&'static str, usize>);

impl Columns {
    /// Finds those of these columns that the table has.
    ///
    /// # Errors
    /// When two columns could be meant.
    pub(crate) fn of(table: &Table, known: &[&'static str], door: &Door<'_>) -> Result<Self, ReadError> {
        let mut places = HashMap::new();
        for &name in known {
            let found = find(&table.columns, name).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
            places.extend(found.map(|place| (name, place)));
        }
        Ok(Self(places))
    }

    /// Whether the table has this column.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The value in a column; empty where the table has no such column.
    pub(crate) fn value<'r>(&self, record: &'r Record, name: &str) -> &'r Value {
        static EMPTY: Value = Value::Empty;
        self.0.get(name).and_then(|&place| record.values.get(place)).unwrap_or(&EMPTY)
    }

    /// The text in a column; empty where there is none.
    pub(crate) fn text(&self, record: &Record, name: &str) -> String {
        text(self.value(record, name)).unwrap_or_default()
    }

    /// The column's name as the file writes it.
    pub(crate) fn written<'t>(&self, table: &'t Table, name: &'t str) -> &'t str {
        self.0.get(name).map_or(name, |&place| &table.columns[place])
    }
}

/// Gives each row an id of its own.
pub(crate) struct Ids {
    seen: HashMap<String, Place>,
    numbered: bool,
}

impl Ids {
    /// Starts; says in a finding that the rows are numbered where the table has no ids.
    pub(crate) fn new(columns: &Columns, door: &mut Door<'_>) -> Self {
        let numbered = !columns.has("id");
        if numbered {
            door.note("no-id-column", "", "there is no id column: the rows are numbered from 1".to_owned());
        }
        Self { seen: HashMap::new(), numbered }
    }

    /// The id of a row.
    ///
    /// # Errors
    /// When it is empty, or another row has it.
    pub(crate) fn take(
        &mut self,
        columns: &Columns,
        record: &Record,
        table: &Table,
        door: &Door<'_>,
    ) -> Result<String, BadInput> {
        let id = if self.numbered { (self.seen.len() + 1).to_string() } else { columns.text(record, "id") };
        let column = columns.written(table, "id");
        if id.is_empty() {
            return Err(door.bad(
                "empty-id",
                record.place,
                column,
                "",
                "the id is empty",
                "give every row an id of its own",
            ));
        }
        if let Some(first) = self.seen.get(&id) {
            let expected = format!("an id that no other row has (it stands in {first} too)");
            return Err(door.bad(
                "same-id-twice",
                record.place,
                column,
                &id,
                &expected,
                "give every row an id of its own",
            ));
        }
        self.seen.insert(id.clone(), record.place);
        Ok(id)
    }
}

/// The unit of this id, or of this name if only one has it.
pub(crate) fn unit_called(units: &Units, called: &str) -> Option<UnitId> {
    let mut by_name = units.iter().filter(|(_, unit)| unit.name == called).map(|(id, _)| id);
    units.find(called).or_else(|| by_name.next().filter(|_| by_name.next().is_none()))
}

/// The unit that a row names, by id or by a name that only one unit has.
///
/// # Errors
/// When there is no such unit.
pub(crate) fn unit(
    units: &Units,
    columns: &Columns,
    record: &Record,
    table: &Table,
    door: &Door<'_>,
) -> Result<Option<UnitId>, BadInput> {
    let named = columns.text(record, "unit");
    if named.is_empty() {
        return Ok(None);
    }
    unit_called(units, &named).map(Some).ok_or_else(|| {
        let known: Vec<&str> = units.iter().flat_map(|(_, unit)| [unit.id.as_str(), unit.name.as_str()]).collect();
        let near = nearest(&named, &known);
        let remedy =
            near.first().map_or_else(|| "add it to the units table".to_owned(), |near| format!("did you mean {near}?"));
        door.bad(
            "no-such-unit",
            record.place,
            columns.written(table, "unit"),
            &named,
            "a unit of the units table",
            &remedy,
        )
    })
}
