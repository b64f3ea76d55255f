//! Further counts of cells: how many elderly people, households, firms, how many square metres.
//!
//! Kept are the columns that the study asks for by name, and the known denominators
//! ([`Cells::DENOMINATORS`]) where the table has them. A column has one number a row, as population
//! does: negative numbers and text are errors, and an empty field counts as 0, which a finding tells.

use super::columns::{canonical, factor_of, find, find_called, proposal};
use crate::model::{Cells, Severity};
use crate::read::error::{BadInput, Place, ReadError, plain};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::{number, shown};
use crate::read::listed::listed;
use crate::read::row_policy::Door;
use crate::units::People;
use crate::words::{Text, text};

/// The count columns of a table, and the numbers read from them so far.
pub(crate) struct Counts(Vec<Column>);

struct Column {
    /// What the study calls it.
    name: String,
    place: usize,
    /// What its numbers are multiplied with.
    factor: f64,
    /// One a record.
    values: Vec<People>,
    empty: usize,
}

impl Counts {
    /// Finds the wanted columns, by exact name or alias, and the known denominators.
    ///
    /// A denominator that nobody asks for and whose column holds no number at all, such as a
    /// district's name in `area`, is left out with a finding.
    ///
    /// # Errors
    /// When a wanted column is not there, or two columns could be meant.
    pub(crate) fn of(
        table: &Table,
        wanted: &[String],
        door: &mut Door<'_>,
    ) -> Result<Self, ReadError> {
        let mut columns: Vec<Column> = Vec::new();
        for name in wanted {
            if columns.iter().all(|column| column.name != *name) {
                let place = wanted_place(table, name, door)?;
                columns.push(Column::new(table, name, place, door));
            }
        }
        // Households, firms and so on are told beside people wherever they are known.
        for name in Cells::DENOMINATORS {
            if columns.iter().any(|column| column.name == name) {
                continue;
            }
            if let Some(place) = denominator_place(table, name, door) {
                columns.push(Column::new(table, name, place, door));
            }
        }
        Ok(Self(columns))
    }

    /// How many columns there are.
    pub(crate) const fn len(&self) -> usize {
        self.0.len()
    }

    /// Takes in the number in one column of the next record; 0 where it is empty or bad.
    ///
    /// # Errors
    /// When it is no number, negative, or above a thousand million.
    pub(crate) fn take(
        &mut self,
        column: usize,
        record: &Record,
        table: &Table,
        door: &Door<'_>,
    ) -> Result<(), BadInput> {
        let column = &mut self.0[column];
        let count = column.count(record, table, door);
        column.empty += usize::from(matches!(count, Ok(None)));
        column
            .values
            .push(count.as_ref().copied().ok().flatten().unwrap_or_default());
        count.map(drop)
    }

    /// The counts by name, one for each cell, given the record of each cell; 0 where the row could
    /// not be read. Says how many fields were empty, once a column.
    pub(crate) fn in_order(
        self,
        records: &[Option<usize>],
        door: &mut Door<'_>,
    ) -> Vec<(String, Vec<People>)> {
        let of = |values: &[People], record: Option<usize>| {
            record.map_or(People::ZERO, |record| values[record])
        };
        let each = self.0.into_iter().map(|column| {
            // Once a column: a finding each row would hide the others.
            if column.empty > 0 {
                let message = text!(
                    CountEmpty,
                    count = &column.name,
                    empty = column.empty,
                    rows = column.values.len(),
                );
                door.say(
                    Severity::Suspicious,
                    "empty-count",
                    Place::File,
                    &column.name,
                    message,
                );
            }
            (
                column.name,
                records
                    .iter()
                    .map(|&record| of(&column.values, record))
                    .collect(),
            )
        });
        each.collect()
    }
}

impl Column {
    fn new(table: &Table, name: &str, place: usize, door: &mut Door<'_>) -> Self {
        let factor = factor_of(table, canonical(name), place);
        tell_factor(&table.columns[place], factor, door);
        Self {
            name: name.to_owned(),
            place,
            factor,
            values: Vec::new(),
            empty: 0,
        }
    }

    fn count(
        &self,
        record: &Record,
        table: &Table,
        door: &Door<'_>,
    ) -> Result<Option<People>, BadInput> {
        let head = &table.columns[self.place];
        let Some(count) = number(&record.values[self.place])
            .map_err(|wrong| door.wrong(wrong, record.place, head))?
        else {
            return Ok(None);
        };
        People::new(count * self.factor).map(Some).ok_or_else(|| {
            door.bad(
                "bad-count",
                record.place,
                head,
                &shown(count),
                text!(NumberInRange),
                text!(CorrectNumber),
            )
        })
    }
}

/// Says that the numbers of a column are multiplied, because its head gives a larger unit.
pub(crate) fn tell_factor(head: &str, factor: f64, door: &mut Door<'_>) {
    if factor > 1.0 {
        let message = text!(LargerUnit, column = plain(head), times = shown(factor));
        door.say(
            Severity::Suspicious,
            "larger-unit",
            Place::File,
            head,
            message,
        );
    }
}

fn wanted_place(table: &Table, name: &str, door: &Door<'_>) -> Result<usize, ReadError> {
    let found =
        find_called(table, name).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
    found.ok_or_else(|| {
        let known: Vec<&str> = table.columns.iter().map(String::as_str).collect();
        let all = text!(ColumnsAre, columns = listed(known.iter().copied()));
        BadInput {
            code: "no-such-column",
            file: door.file.clone(),
            found: Some(name.to_owned()),
            expected: text!(NoCountColumn),
            remedy: proposal(name, &known, all),
            ..BadInput::default()
        }
        .into()
    })
}

/// Where a denominator stands that nobody asks for: no reason to refuse the table.
fn denominator_place(table: &Table, name: &'static str, door: &mut Door<'_>) -> Option<usize> {
    let place = match find(table, name) {
        Ok(place) => place?,
        Err(wrong) => {
            let why = text!(WhyAndCure, why = wrong.expected, cure = wrong.remedy);
            note_unused(name, why, door);
            return None;
        }
    };
    let is_number = |record: &Record| matches!(number(&record.values[place]), Ok(Some(_)));
    if table.records.iter().any(is_number) {
        return Some(place);
    }
    if !table.records.is_empty() {
        let why = text!(NoNumberInColumn, column = &table.columns[place]);
        note_unused(name, why, door);
    }
    None
}

/// Says why a denominator is left out.
fn note_unused(name: &'static str, why: Text, door: &mut Door<'_>) {
    let message = text!(NotToldBeside, why = why, name = name);
    door.note("no-denominator", name, message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        Table::of_texts("cells.csv", columns, rows)
    }

    type Read = Result<Vec<(String, Vec<People>)>, String>;

    /// What is read of a table, or the error, and the findings.
    fn read(table: &Table, wanted: &[&str]) -> (Read, Vec<String>) {
        let mut findings = Findings::default();
        let mut door = Door {
            file: table.file.clone(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let wanted: Vec<String> = wanted.iter().map(|&w| w.to_owned()).collect();
        let all = |door: &mut Door<'_>| {
            let mut counts = Counts::of(table, &wanted, door).map_err(|e| e.to_string())?;
            for record in &table.records {
                for column in 0..counts.len() {
                    counts
                        .take(column, record, table, door)
                        .map_err(|bad| bad.to_string())?;
                }
            }
            let rows: Vec<Option<usize>> = (0..table.records.len())
                .rev()
                .map(Some)
                .chain([None])
                .collect();
            Ok(counts.in_order(&rows, door))
        };
        let read = all(&mut door);
        (
            read,
            findings
                .iter()
                .map(|f| format!("{}: {}", f.code, f.message))
                .collect(),
        )
    }

    #[test]
    fn wanted_columns_and_known_denominators_are_kept() {
        let cells = table(
            &["id", "over 80", "企业数", "户数", "note"],
            &[&["a", "1", "2", "3.5", "x"], &["b", "", "0", "4", ""]],
        );
        let (counts, findings) = read(&cells, &["Over_80", "企业"]);
        let whole = |numbers: [f64; 3]| numbers.map(|n| People::new(n).expect("valid")).to_vec();
        let expected = vec![
            ("Over_80".to_owned(), whole([0.0, 1.0, 0.0])),
            ("企业".to_owned(), whole([0.0, 2.0, 0.0])),
            ("households".to_owned(), whole([4.0, 3.5, 0.0])),
            ("enterprises".to_owned(), whole([0.0, 2.0, 0.0])),
        ];
        assert_eq!(counts, Ok(expected));
        assert_eq!(
            findings,
            [
                "empty-count: the count \"Over_80\" is empty in 1 of 2 rows: they count as 0 – fill them in, or write 0"
            ]
        );
    }

    #[test]
    fn a_missing_column_names_the_near_ones() {
        let cells = table(&["id", "elderly"], &[&["a", "1"]]);
        let error = |wanted| read(&cells, &[wanted]).0.expect_err("no such column");
        assert_eq!(
            error("eldery"),
            "cells.csv: \"eldery\": there is no such column; the study counts by it – did you mean elderly?"
        );
        assert!(error("pupils").ends_with("the columns are: id, elderly"));
        assert!(
            read(&cells, &["老年人"]).0.is_ok(),
            "another name of the column"
        );
    }

    #[test]
    fn bad_counts_are_errors_with_row_and_value() {
        let negative = table(&["户数"], &[&["5"], &["-1"]]);
        assert_eq!(
            read(&negative, &[]).0,
            Err("cells.csv, row 3: column \"户数\" is \"-1\", expected a number from 0 to 1,000,000,000 – correct the number".into())
        );
        let text = table(&["户数"], &[&["5"], &["约300"]]);
        assert!(
            read(&text, &[])
                .0
                .is_err_and(|e| e.contains("row 3") && e.contains("约300"))
        );
    }

    #[test]
    fn what_nobody_asks_for_does_not_stop_a_table() {
        let district = table(
            &["area", "企业", "企业数"],
            &[&["城东", "1", "2"], &["城西", "1", "2"]],
        );
        let (counts, findings) = read(&district, &[]);
        assert_eq!(counts, Ok(vec![]));
        assert_eq!(findings.len(), 2, "{findings:?}");
        assert!(
            findings.iter().all(|f| f.starts_with("no-denominator")),
            "{findings:?}"
        );
        assert!(
            read(&district, &["area"])
                .0
                .is_err_and(|e| e.contains("城东"))
        );
    }
}
