//! Offers as a matrix: a row for each site or kind and a column for each item, or the other way round,
//! with √ where it is handled.

use super::known::Known;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::plain_word::{plain_word, yes_or_no};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::text;
use crate::read::listed::listed;
use crate::read::row_policy::Door;
use crate::read::tables::columns::find;
use crate::read::vocabulary::{is_whole, steps};
use crate::words::text as words;

/// What the heads of a matrix may name.
pub(crate) struct MatrixNames<'a> {
    pub sites: &'a Known<'a>,
    pub kinds: &'a Known<'a>,
    pub items: &'a Known<'a>,
}

/// Which way a matrix lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Across {
    /// Its columns are items, its rows sites or kinds.
    Items,
    /// Its columns are sites or kinds, its rows items.
    Offerers,
}

/// A column of a matrix: its place, and what it stands for.
struct Named {
    place: usize,
    column: &'static str,
    id: String,
}

/// Columns of a list of offers that a matrix may have beside its marks: they hold for the whole row.
const BESIDE: [&str; 7] = ["site", "kind", "item", "depth", "reach", "from", "until"];

/// The list of offers that a matrix means: a row for each mark. A table that is a list is left as it is.
/// Told. O(fields).
///
/// # Errors
/// A mark that is not understood; a column of marks whose head nobody knows.
pub(crate) fn unfolded(
    mut table: Table,
    names: &MatrixNames<'_>,
    door: &mut Door<'_>,
) -> Result<Table, ReadError> {
    // Where two columns could be meant, there is one all the same.
    let has = |name: &str| matches!(find(&table, name), Ok(Some(_)) | Err(_));
    // A list names both sides in columns. A matrix names one of them in its heads.
    let across = match [has("item"), has("site") || has("kind")] {
        [false, true] => Across::Items,
        [true, false] => Across::Offerers,
        [true, true] | [false, false] => return Ok(table),
    };
    let named = named_columns(&table, across, names);
    // No head is known: its reader says which column the table lacks.
    if named.is_empty() {
        return Ok(table);
    }
    refuse_unknown_marks(&table, &named, door)?;
    let records = std::mem::take(&mut table.records);
    let mut list = ListOf::new(&table, across, &named);
    for record in records {
        for column in &named {
            match mark(&record.values[column.place]) {
                Some(Mark::No) => {}
                Some(Mark::Yes(depth)) => list.take(&record, column, depth),
                None => {
                    let head = &table.columns[column.place];
                    let found = text(&record.values[column.place]).unwrap_or_default();
                    let (code, at) = ("unknown-mark", record.place);
                    let bad = door.bad(code, at, head, &found, words!(AMark), words!(WriteMark));
                    door.reject(bad)?;
                }
            }
        }
    }
    let message = words!(
        MatrixRead,
        columns = named.len(),
        offers = list.records.len()
    );
    door.say(Severity::Note, "matrix", Place::File, "", message);
    table.columns = list.columns;
    table.chosen = list.chosen;
    table.records = list.records;
    Ok(table)
}

/// The columns whose heads are of the known ones.
fn named_columns(table: &Table, across: Across, names: &MatrixNames<'_>) -> Vec<Named> {
    let known: &[(&'static str, &Known<'_>)] = match across {
        Across::Items => &[("item", names.items)],
        Across::Offerers => &[("kind", names.kinds), ("site", names.sites)],
    };
    let mut named = Vec::new();
    for (place, head) in table.columns.iter().enumerate() {
        let is_taken = BESIDE
            .iter()
            .any(|name| find(table, name) == Ok(Some(place)));
        let mut meant = known
            .iter()
            .filter_map(|&(column, known)| Some((column, known.id(head)?)));
        // Of a head that a kind and a site have, the kind is meant.
        if let Some((column, id)) = meant.next().filter(|_| !is_taken) {
            let id = id.to_owned();
            named.push(Named { place, column, id });
        }
    }
    named
}

/// A column of marks whose head is none of the known ones may be one of these misspelt: nothing of it
/// is dropped silently.
fn refuse_unknown_marks(table: &Table, named: &[Named], door: &Door<'_>) -> Result<(), ReadError> {
    for (place, head) in table.columns.iter().enumerate() {
        let is_known = named.iter().any(|column| column.place == place)
            || BESIDE
                .iter()
                .any(|name| find(table, name) == Ok(Some(place)));
        let mut values = table.records.iter().map(|record| &record.values[place]);
        let is_tick = |value: &Value| text(value).is_some_and(|said| plain_word(&said) == "√");
        if !is_known && values.any(is_tick) {
            let heads = named
                .iter()
                .map(|column| table.columns[column.place].as_str());
            return Err(BadInput {
                code: "unknown-head",
                file: door.file.clone(),
                column: Some(head.clone()),
                expected: words!(AKnownHead),
                remedy: words!(HeadsKnown, heads = listed(heads)),
                ..BadInput::default()
            }
            .into());
        }
    }
    Ok(())
}

/// What a field of a matrix says.
enum Mark {
    No,
    /// How deep; the whole where that is empty.
    Yes(Value),
}

/// What a field says; none where nobody knows.
fn mark(value: &Value) -> Option<Mark> {
    let Some(said) = text(value) else {
        return Some(Mark::No);
    };
    let plain = plain_word(&said);
    if matches!(plain.as_str(), "-" | "—" | "–" | "/" | "——") {
        return Some(Mark::No);
    }
    if matches!(plain.as_str(), "●" | "○" | "◯" | "v" | "★") {
        // A circle that is not filled means no in one office and yes in another.
        return (!matches!(plain.as_str(), "○" | "◯")).then_some(Mark::Yes(Value::Empty));
    }
    match yes_or_no(&said) {
        Some(true) => Some(Mark::Yes(Value::Empty)),
        Some(false) => Some(Mark::No),
        None if is_whole(&said) || steps(std::slice::from_ref(&said)).is_ok() => {
            Some(Mark::Yes(Value::Text(said.into())))
        }
        None => None,
    }
}

/// A list of offers while it is made.
struct ListOf {
    columns: Vec<String>,
    chosen: Vec<(String, usize)>,
    records: Vec<Record>,
    /// The places in the matrix of what holds for the whole row.
    beside: Vec<usize>,
    /// Which of the columns beside holds depths.
    depth: Option<usize>,
    across: Across,
}

impl ListOf {
    fn new(table: &Table, across: Across, named: &[Named]) -> Self {
        let mut list = Self {
            columns: Vec::new(),
            chosen: Vec::new(),
            records: Vec::new(),
            beside: Vec::new(),
            depth: None,
            across,
        };
        // `take` writes the values of a row in this order: what stands beside, the ids, the depth.
        for name in BESIDE {
            if let Ok(Some(place)) = find(table, name) {
                list.beside.push(place);
                list.column(name, &table.columns[place]);
            }
        }
        let head = |column: &str| {
            let first = named.iter().find(|named| named.column == column);
            first.map(|named| table.columns[named.place].clone())
        };
        for name in ["item", "site", "kind"] {
            let is_new = match across {
                Across::Items => name == "item",
                Across::Offerers => name != "item",
            };
            if is_new {
                list.column(name, &head(name).unwrap_or_else(|| name.to_owned()));
            }
        }
        // A column of depths holds for all marks of its row that name none.
        list.depth = list.chosen.iter().position(|(name, _)| name == "depth");
        if list.depth.is_none() {
            list.column("depth", "depth");
        }
        list
    }

    fn column(&mut self, name: &str, head: &str) {
        self.chosen.push((name.to_owned(), self.columns.len()));
        self.columns.push(head.to_owned());
    }

    fn take(&mut self, row: &Record, column: &Named, depth: Value) {
        let mut values: Vec<Value> = self
            .beside
            .iter()
            .map(|&place| row.values[place].clone())
            .collect();
        let id = Value::Text(column.id.as_str().into());
        match self.across {
            Across::Items => values.push(id),
            Across::Offerers if column.column == "site" => values.extend([id, Value::Empty]),
            Across::Offerers => values.extend([Value::Empty, id]),
        }
        // A depth in the mark itself outweighs the row's.
        match self.depth {
            Some(place) if depth != Value::Empty => values[place] = depth,
            Some(_) => {}
            None => values.push(depth),
        }
        self.records.push(Record {
            place: row.place,
            geometry: None,
            flaw: None,
            values,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn list(columns: &[&str], rows: &[&[&str]]) -> Result<(Vec<String>, usize), String> {
        let sites = Known::of([("S1", "县政务服务中心"), ("S2", "双钟镇便民服务中心")]);
        let kinds = Known::of([("village", ""), ("bank", "")]);
        let items = Known::of([("I1", "社保卡补办"), ("I2", "生育登记")]);
        let names = MatrixNames {
            sites: &sites,
            kinds: &kinds,
            items: &items,
        };
        let mut findings = Findings::default();
        let mut door = Door {
            file: "offers.csv".to_owned(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let table = Table::of_texts("offers.csv", columns, rows);
        let list = unfolded(table, &names, &mut door).map_err(|error| error.to_string())?;
        let row = |record: &Record| {
            let said = ["site", "kind", "item", "depth"].map(|name| {
                let place = find(&list, name)
                    .expect("one")
                    .map(|place| &record.values[place]);
                place.and_then(text).unwrap_or_default()
            });
            said.join(",")
        };
        Ok((
            list.records.iter().map(row).collect(),
            findings.iter().count(),
        ))
    }

    #[test]
    fn a_matrix_of_sites_and_items_is_a_list() {
        let rows: &[&[&str]] = &[&["S1", "√", "受理"], &["S2", "×", "全程"], &["S9", "—", ""]];
        let read = list(&["服务点", "社保卡补办", "I2"], rows);
        let wanted = ["S1,,I1,", "S1,,I2,受理", "S2,,I2,全程"].map(str::to_owned);
        assert_eq!(read, Ok((wanted.to_vec(), 1)));
    }

    #[test]
    fn a_matrix_the_other_way_round_is_one_too() {
        let rows: &[&[&str]] = &[&["生育登记", "√", "", "1"], &["I1", "", "√", "否"]];
        let read = list(&["事项", "village", "bank", "县政务服务中心"], rows);
        let wanted = [",village,生育登记,", "S1,,生育登记,", ",bank,I1,"].map(str::to_owned);
        assert_eq!(read, Ok((wanted.to_vec(), 1)));
    }

    #[test]
    fn a_list_is_left_as_it_is() {
        let read = list(&["site", "item", "depth"], &[&["S1", "I1", "受理"]]);
        assert_eq!(read, Ok((vec!["S1,,I1,受理".to_owned()], 0)));
        // Nothing that anybody knows across.
        assert_eq!(
            list(&["site", "备注"], &[&["S1", "甲"]]),
            Ok((vec!["S1,,,".to_owned()], 0))
        );
    }

    #[test]
    fn marks_and_heads_that_nobody_knows_are_refused() {
        let error = list(&["site", "I1"], &[&["S1", "○"]]).expect_err("yes or no?");
        assert!(
            error.starts_with("offers.csv, row 2: column \"I1\" is \"○\", expected a mark"),
            "{error}"
        );
        let error = list(&["site", "I1", "生育登计"], &[&["S1", "√", "√"]]).expect_err("misspelt");
        assert!(error.contains("column \"生育登计\""), "{error}");
    }
}
