//! What sites, cells, items and offers have in common: ids, units, columns by name.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::columns::{factor_of, find, proposal};
use super::joins::of_several;
use crate::ids::UnitId;
use crate::model::Units;
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{Problem, short, text};
use crate::read::listed::quoted;
use crate::read::row_policy::Door;
use crate::words::{Key, Part, Text, text};

/// The known columns of a table: canonical name → place.
pub(crate) struct Columns(HashMap<&'static str, usize>);

impl Columns {
    /// Finds those of these columns that the table has; says which are read as what, and which are left.
    ///
    /// # Errors
    /// When two columns could be meant.
    pub(crate) fn of(
        table: &Table,
        known: &[&'static str],
        door: &mut Door<'_>,
    ) -> Result<Self, ReadError> {
        let mut places = HashMap::new();
        for &name in known {
            let found =
                find(table, name).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
            places.extend(found.map(|place| (name, place)));
        }
        let columns = Self(places);
        columns.tell(table, known, door);
        Ok(columns)
    }

    /// Says which columns are read as what, in the order of the known ones, and which are further ones;
    /// nothing where all are called as they are known.
    fn tell(&self, table: &Table, known: &[&'static str], door: &mut Door<'_>) {
        // Where a row stands is read by another.
        let place_of = |name: &&'static str| Some((*name, find(table, name).ok().flatten()?));
        let standing = ["lon", "lat"].iter().filter_map(place_of);
        let known = known
            .iter()
            .filter_map(|name| Some((*name, *self.0.get(name)?)));
        let all: Vec<(&str, usize)> = known.chain(standing).collect();
        let mut read = Vec::new();
        for &(name, place) in &all {
            let head = table.columns[place].as_str();
            if head != name {
                read.push(text!(
                    ColumnReadAs,
                    head = quoted(&plain(head)),
                    name = name
                ));
            }
        }
        if read.is_empty() {
            return;
        }
        let is_read = |place: &usize| all.iter().any(|(_, known)| known == place);
        let further = (0..table.columns.len()).filter(|place| !is_read(place));
        let further = further.map(|place| quoted(&plain(&table.columns[place])));
        let further: Vec<Text> = further.collect();
        let read = Part::Joined(read, Key::ListSeparator);
        let message = if further.is_empty() {
            text!(ColumnsRead, read = read)
        } else {
            let further = Part::Joined(further, Key::ListSeparator);
            text!(ColumnsReadAndFurther, read = read, further = further)
        };
        door.note("columns", "", message);
    }

    /// Whether the table has this column.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// The value in a column; empty where the table has no such column.
    pub(crate) fn value<'r>(&self, record: &'r Record, name: &str) -> &'r Value {
        static EMPTY: Value = Value::Empty;
        self.0
            .get(name)
            .and_then(|&place| record.values.get(place))
            .unwrap_or(&EMPTY)
    }

    /// What the numbers of a column are to be multiplied with, as its head says; 1 where there is none.
    pub(crate) fn factor(&self, table: &Table, name: &str) -> f64 {
        self.0
            .get(name)
            .map_or(1.0, |&place| factor_of(table, name, place))
    }

    /// Whether a row's id is a number in the input, as it is in a map then.
    pub(crate) fn has_numeric_id(&self, record: &Record) -> bool {
        matches!(self.value(record, "id"), Value::Number(_))
    }

    /// The column's name as the file writes it.
    pub(crate) fn written<'t>(&self, table: &'t Table, name: &'t str) -> &'t str {
        self.0
            .get(name)
            .map_or(name, |&place| &table.columns[place])
    }
}

/// One row of a table whose columns are known.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    pub record: &'a Record,
    pub table: &'a Table,
    pub columns: &'a Columns,
}

impl<'a> Row<'a> {
    /// The value in a column; empty where the table has no such column.
    pub(crate) fn value(&self, column: &str) -> &'a Value {
        self.columns.value(self.record, column)
    }

    /// The text in a column; empty where there is none.
    pub(crate) fn text(&self, column: &str) -> String {
        text(self.value(column)).unwrap_or_default()
    }

    /// The text in a column, a short one without memory of its own.
    fn short(&self, column: &str) -> SmolStr {
        short(self.value(column))
    }

    /// The column's name as the file writes it.
    pub(crate) fn head(&self, column: &'a str) -> &'a str {
        self.columns.written(self.table, column)
    }

    /// What `parse` makes of the value in a column.
    ///
    /// # Errors
    /// What is wrong with it, at its place in the file.
    pub(crate) fn read<T>(
        &self,
        column: &str,
        parse: impl Fn(&Value) -> Result<T, Problem>,
        door: &Door<'_>,
    ) -> Result<T, BadInput> {
        parse(self.value(column)).map_err(|wrong| self.wrong(column, wrong, door))
    }

    /// A bad value in a column, ready for [`Door::reject`].
    pub(crate) fn wrong(&self, column: &str, wrong: Problem, door: &Door<'_>) -> BadInput {
        door.wrong(
            wrong,
            self.record.place,
            self.columns.written(self.table, column),
        )
    }
}

/// Gives each row an id of its own.
pub(crate) struct Ids {
    seen: HashMap<SmolStr, Place>,
    numbered: bool,
}

impl Ids {
    /// Starts; says in a finding that the rows are numbered where the table has no ids.
    pub(crate) fn new(columns: &Columns, door: &mut Door<'_>) -> Self {
        let numbered = !columns.has("id");
        if numbered {
            door.note("no-id-column", "", text!(NoIds));
        }
        Self {
            seen: HashMap::new(),
            numbered,
        }
    }

    /// The id of a row.
    ///
    /// # Errors
    /// When it is empty, or another row has it.
    pub(crate) fn take(&mut self, row: Row<'_>, door: &Door<'_>) -> Result<String, BadInput> {
        let id = if self.numbered {
            (self.seen.len() + 1).to_string().into()
        } else {
            row.short("id")
        };
        if id.is_empty() {
            let empty = Problem::of("empty-id", "", text!(IdEmpty), text!(GiveIds));
            return Err(row.wrong("id", empty, door));
        }
        if let Some(first) = self.seen.get(&id) {
            let expected = text!(IdTaken, first = first.text());
            let remedy = match [*first, row.record.place] {
                // The same places, as they were in another year.
                [
                    Place::SheetRow { sheet: one, .. },
                    Place::SheetRow { sheet: other, .. },
                ] if one != other => {
                    text!(OneSheetOrIds)
                }
                _ => text!(GiveIds),
            };
            let twice = Problem::of("same-id-twice", &id, expected, remedy);
            return Err(row.wrong("id", twice, door));
        }
        let taken = id.to_string();
        self.seen.insert(id, row.record.place);
        Ok(taken)
    }
}

/// The unit that a row names, by id or by a name that only one unit has.
///
/// # Errors
/// When there is no such unit.
pub(crate) fn unit(
    row: Row<'_>,
    units: &Units,
    door: &Door<'_>,
) -> Result<Option<UnitId>, BadInput> {
    let named = row.short("unit");
    if named.is_empty() {
        return Ok(None);
    }
    // Offices fill in the name as often as the code.
    units.called(&named).map(Some).ok_or_else(|| {
        let of_name = units.iter().filter(|(_, unit)| unit.name == named.as_str());
        let ids: Vec<&str> = of_name.map(|(_, unit)| unit.id.as_str()).collect();
        if ids.len() > 1 {
            return row.wrong("unit", of_several(&named, ids), door);
        }
        let known: Vec<&str> = units
            .iter()
            .flat_map(|(_, unit)| [unit.id.as_str(), unit.name.as_str()])
            .collect();
        let remedy = proposal(&named, &known, text!(AddToUnits));
        let unknown = Problem::of("no-such-unit", &named, text!(UnitOfTable), remedy);
        row.wrong("unit", unknown, door)
    })
}
