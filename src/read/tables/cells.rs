//! Cells, from any table.

use geo::Geometry;

use super::columns::{aliases, find, is_known, naming, nearest};
use super::coordinates::Placer;
use super::counts::{Counts, tell_factor};
use super::further::Further;
use super::heads::folded;
use super::rows::{Columns, Ids, Row, unit};
use crate::model::{Attributes, Cell, Cells, Outline, Severity, Units};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{Problem, number, shown};
use crate::read::listed::quoted;
use crate::read::row_policy::{Door, OnBad};
use crate::units::People;
use crate::words::{Key, Part, Text, text};

const KNOWN: [&str; 4] = ["id", "name", "unit", "population"];

/// The cells of a table, in its order, with the counts that are `wanted` and the known denominators.
///
/// A row that cannot be used becomes a cell without a place under `--on-bad skip`, so that its
/// people stay in the denominator.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn cells(
    mut table: Table,
    placer: &Placer,
    units: &Units,
    wanted: &[String],
    door: &mut Door<'_>,
) -> Result<(Cells, Vec<Place>), ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    if columns.has("population") {
        let factor = columns.factor(&table, "population");
        tell_factor(columns.written(&table, "population"), factor, door);
    } else {
        tell_no_population(&table, door);
    }
    let counts = Counts::of(&table, wanted, door)?;
    // Each with the place of its record, whose counts are its own.
    let mut cells: Vec<(Place, Option<usize>, Cell)> = table
        .bad
        .places
        .iter()
        .map(|&place| (place, None, nowhere(place)))
        .collect();
    door.reject_unreadable(&mut table)?;
    let ids = Ids::new(&columns, door);
    let mut reader = CellReader {
        table: &table,
        columns,
        units,
        placer,
        ids,
        counts,
        unread: cells.len() as u64,
    };
    for (row, record) in table.records.iter().enumerate() {
        cells.push((record.place, Some(row), reader.cell(record, door)?));
    }
    reader.tell_unread(door);
    tell_few_people(&reader, &cells, door);
    let are_numeric = table
        .records
        .iter()
        .all(|record| reader.columns.has_numeric_id(record));
    let counts = reader.counts;
    // Rows that could not be read take their places among the others again.
    cells.sort_by_key(|&(place, ..)| place);
    let rows: Vec<Option<usize>> = cells.iter().map(|&(_, row, _)| row).collect();
    let places = cells.iter().map(|&(place, ..)| place).collect();
    let areas = Areas {
        table: &table,
        placer,
        rows: &rows,
    };
    let cells = Cells::new(cells.into_iter().map(|(.., cell)| cell).collect());
    let outlines = areas.outlines(&cells);
    let cells = cells
        .with_counts(counts.in_order(&rows, door))
        .with_outlines(outlines)
        .with_attributes(areas.attributes())
        .with_numeric_ids(are_numeric);
    Ok((cells, places))
}

/// Says when a whole column of people says nothing, or so little that it counts in another unit.
fn tell_few_people(
    reader: &CellReader<'_>,
    cells: &[(Place, Option<usize>, Cell)],
    door: &mut Door<'_>,
) {
    let table = reader.table;
    let mut values = table
        .records
        .iter()
        .map(|record| reader.columns.value(record, "population"));
    if !reader.columns.has("population") || table.records.is_empty() {
        return;
    }
    if values.all(|value| *value == Value::Empty) {
        let column = quoted(&plain(reader.columns.written(table, "population")));
        door.doubt(
            "population-empty",
            text!(AllPopulationEmpty, column = column),
        );
        return;
    }
    let people: People = cells.iter().map(|(.., cell)| cell.people).sum();
    let least = People::whole(u32::try_from(cells.len()).unwrap_or_default());
    // A few cells of nobody are a town; hundreds of parts of a person are another unit.
    if people > People::ZERO && people + people < least {
        let (people, cells) = (people.to_string(), cells.len());
        door.doubt(
            "few-people",
            text!(FewPeople, people = people, cells = cells),
        );
    }
}

/// What the maps show of cells beside the results: their outlines, and what else the input tells.
struct Areas<'a> {
    table: &'a Table,
    placer: &'a Placer,
    /// The record of each cell.
    rows: &'a [Option<usize>],
}

impl Areas<'_> {
    fn record(&self, row: Option<usize>) -> Option<&Record> {
        row.map(|row| &self.table.records[row])
    }

    /// The outline of each cell that is an area; nothing at all where all are points.
    fn outlines(&self, cells: &Cells) -> Vec<Option<Outline>> {
        if !self.table.records.iter().any(is_area) {
            return Vec::new();
        }
        let each = self.rows.iter().zip(cells.as_slice());
        each.map(|(&row, cell)| self.outline(row, cell)).collect()
    }

    fn outline(&self, row: Option<usize>, cell: &Cell) -> Option<Outline> {
        // A cell whose row was rejected is nowhere.
        cell.at?;
        self.placer.outline(self.record(row)?)
    }

    /// What else the input tells of each cell; nothing at all where it tells nothing of any.
    fn attributes(&self) -> Vec<Attributes> {
        let further = Further::of(self.table, &KNOWN);
        if further.is_nothing() {
            return Vec::new();
        }
        let records = self.rows.iter().map(|&row| self.record(row));
        records
            .map(|record| record.map(|record| further.take(record)))
            .map(Option::unwrap_or_default)
            .collect()
    }
}

fn is_area(record: &Record) -> bool {
    matches!(
        record.geometry,
        Some(Geometry::Polygon(_) | Geometry::MultiPolygon(_))
    )
}

/// Says that there is no population column, and which columns look like it. A table that counts
/// something else is suspicious: then it is likelier that a head was not understood.
fn tell_no_population(table: &Table, door: &mut Door<'_>) {
    // What says where or which a cell is may be a number too.
    let named: Vec<usize> = ["id", "name", "unit", "lon", "lat"]
        .iter()
        .filter_map(|known| find(table, known).ok().flatten())
        .collect();
    let counted: Vec<usize> = (0..table.columns.len())
        .filter(|place| !named.contains(place) && holds_numbers(table, *place))
        .collect();
    // A list of places alone counts each as one; a table that counts something means people.
    let severity = if counted.is_empty() {
        Severity::Note
    } else {
        Severity::Suspicious
    };
    let heads = counted.iter().map(|&place| table.columns[place].as_str());
    let alike: Vec<&str> = heads.filter(|head| looks_like_people(head)).collect();
    let message = text!(NoPopulation, cure = population_column(&alike));
    door.say(
        severity,
        "no-population-column",
        Place::File,
        "population",
        message,
    );
}

/// The columns that look like people, and how a study names the first of them.
fn population_column(alike: &[&str]) -> Option<Text> {
    let first = alike.first()?;
    let heads = alike.iter().map(|head| quoted(&plain(head)));
    Some(text!(
        LooksLikePopulation,
        heads = Part::Joined(heads.collect(), Key::OrSeparator),
        naming = naming("population", first),
    ))
}

/// Whether every value of a column is a number, and there is one.
fn holds_numbers(table: &Table, place: usize) -> bool {
    let mut values = table
        .records
        .iter()
        .map(|record| number(&record.values[place]));
    values.clone().all(|value| value.is_ok()) && values.any(|value| matches!(value, Ok(Some(_))))
}

/// Whether a head could mean people: it holds a word for them, or is nearly a name of the column.
fn looks_like_people(head: &str) -> bool {
    const WORDS: [&str; 5] = ["人口", "人数", "popul", "resident", "inhabitant"];
    /// Words of what counts some people only, or is no count at all.
    const NOT_ALL: [&str; 15] = [
        "密度", "率", "占比", "比例", "%", "岁", "老年", "儿童", "脱贫", "参保", "窗口", "工作",
        "户", "density", "rate",
    ];
    let head = folded(head);
    // Of short names every other short word is near.
    let long = aliases("population")
        .iter()
        .chain(&["population"])
        .filter(|name| name.chars().count() >= 4)
        .copied()
        .collect::<Vec<_>>();
    let is_part = NOT_ALL.iter().any(|word| head.contains(word));
    !is_known(&head)
        && !is_part
        && (WORDS.iter().any(|word| head.contains(word)) || !nearest(&head, &long).is_empty())
}

/// The cell of a row of which nothing is known.
fn nowhere(place: Place) -> Cell {
    Cell {
        id: place.to_string(),
        name: String::new(),
        unit: None,
        people: People::ZERO,
        at: None,
    }
}

struct CellReader<'a> {
    table: &'a Table,
    columns: Columns,
    units: &'a Units,
    placer: &'a Placer,
    ids: Ids,
    counts: Counts,
    /// How many rows there are whose people nobody knows.
    unread: u64,
}

impl CellReader<'_> {
    /// Says of how many rows the people are unknown, as it makes every total too small.
    fn tell_unread(&self, door: &mut Door<'_>) {
        if self.unread > 0 && door.on_bad == OnBad::Skip {
            let message = text!(PeopleUnknown, count = self.unread);
            door.doubt("people-unknown", message);
        }
    }

    /// The row's cell. Under `--on-bad skip` each bad value is reported, and the cell has no place.
    fn cell(&mut self, record: &Record, door: &mut Door<'_>) -> Result<Cell, ReadError> {
        let row = Row {
            record,
            table: self.table,
            columns: &self.columns,
        };
        // A cell of which anything is bad stays without a place: its people are unknown, not lost.
        let mut whole = true;
        let id = or_reject(self.ids.take(row, door), &mut whole, door)?;
        let id = id.unwrap_or_else(|| record.place.to_string());
        let unit = or_reject(unit(row, self.units, door), &mut whole, door)?;
        let people = or_reject(people(row, &id, door), &mut whole, door)?;
        self.unread += u64::from(people.is_none());
        for column in 0..self.counts.len() {
            let count = self.counts.take(column, record, self.table, door);
            or_reject(count, &mut whole, door)?;
        }
        let at = self.placer.place(record, self.table, door);
        let at = or_reject(at, &mut whole, door)?;
        Ok(Cell {
            id,
            name: row.text("name"),
            unit: unit.flatten(),
            people: people.unwrap_or_default(),
            at: at.filter(|_| whole),
        })
    }
}

/// The people of a row: one where the table does not say, with a finding where only the row does not.
fn people(row: Row<'_>, id: &str, door: &mut Door<'_>) -> Result<People, BadInput> {
    if !row.columns.has("population") {
        return Ok(People::whole(1));
    }
    let Some(count) = row.read("population", number, door)? else {
        let column = row.columns.written(row.table, "population");
        let message = text!(PopulationEmpty, column = column);
        let place = row.record.place;
        door.say(Severity::Suspicious, "empty-population", place, id, message);
        return Ok(People::whole(1));
    };
    let factor = row.columns.factor(row.table, "population");
    People::new(count * factor).ok_or_else(|| {
        let wrong = Problem::of(
            "bad-population",
            &shown(count),
            text!(PeopleInRange),
            text!(CorrectNumber),
        );
        row.wrong("population", wrong, door)
    })
}

/// The value, or none when it was bad and bad rows are skipped.
fn or_reject<T>(
    value: Result<T, BadInput>,
    whole: &mut bool,
    door: &mut Door<'_>,
) -> Result<Option<T>, ReadError> {
    match value {
        Ok(value) => Ok(Some(value)),
        Err(bad) => {
            *whole = false;
            door.reject(bad).map(|()| None)
        }
    }
}
