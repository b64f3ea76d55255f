//! Yes/no columns of sites and items, which indicators count by.
//!
//! Every further column that holds nothing but yes and no (true, 1, 是, 有 and false, 0, 否, 无) is a
//! property; any other is left alone. Only a column that an indicator names must hold yes and no:
//! there, anything else is an error. An empty field is neither yes nor no.

use std::sync::Arc;

use super::columns::find_called;
use crate::model::Properties;
use crate::read::error::{Place, ReadError};
use crate::read::formats::table::{Record, Table};
use crate::read::formats::values::flag;
use crate::read::row_policy::Door;
use crate::words::text;

/// The properties of every record of a table, in the order of the records.
///
/// `known` columns mean something else and are no properties, unless they are `asked` for, under
/// the name asked. O(fields).
///
/// # Errors
/// When a column that is asked for holds something else than yes and no, unless bad rows are
/// skipped: then the value is reported and not known.
pub(crate) fn properties(
    table: &Table,
    known: &[&'static str],
    asked: &[String],
    door: &mut Door<'_>,
) -> Result<Vec<Properties>, ReadError> {
    let mut columns = asked_columns(table, asked, door)?;
    let further = further_columns(table, known);
    columns.extend(further.filter(|(name, _)| !asked.contains(name)));
    // One list of names for all rows.
    let names: Arc<[String]> = columns.iter().map(|(name, _)| name.clone()).collect();
    let places: Vec<usize> = columns.iter().map(|&(_, place)| place).collect();
    let mut all = Vec::with_capacity(table.records.len());
    for record in &table.records {
        let values = values(record, &places, table, door)?;
        all.push(Properties::new(names.clone(), values));
    }
    Ok(all)
}

/// The columns that are asked for, as far as the table has them, under the names asked.
fn asked_columns(
    table: &Table,
    asked: &[String],
    door: &Door<'_>,
) -> Result<Vec<(String, usize)>, ReadError> {
    let mut columns = Vec::new();
    for name in asked {
        let place =
            find_called(table, name).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
        columns.extend(place.map(|place| (name.clone(), place)));
    }
    Ok(columns)
}

/// The columns that hold nothing but yes and no, and mean nothing else.
fn further_columns<'t>(
    table: &'t Table,
    known: &[&'static str],
) -> impl Iterator<Item = (String, usize)> + use<'t> {
    // Where two columns could be a known one, the reader of that column has said so already.
    let taken: Vec<usize> = known
        .iter()
        .chain(&["lon", "lat"])
        .filter_map(|name| find_called(table, name).ok().flatten())
        .collect();
    (0..table.columns.len())
        .filter(move |place| !taken.contains(place) && only_flags(table, *place))
        .map(|place| (table.columns[place].clone(), place))
}

fn only_flags(table: &Table, place: usize) -> bool {
    let mut flags = table
        .records
        .iter()
        .map(|record| flag(&record.values[place]));
    flags.clone().all(|flag| flag.is_ok()) && flags.any(|flag| matches!(flag, Ok(Some(_))))
}

fn values(
    record: &Record,
    places: &[usize],
    table: &Table,
    door: &mut Door<'_>,
) -> Result<Vec<Option<bool>>, ReadError> {
    let mut values = Vec::with_capacity(places.len());
    for &place in places {
        values.push(match flag(&record.values[place]) {
            Ok(value) => value,
            Err(wrong) => {
                door.forgive(
                    door.wrong(wrong, record.place, &table.columns[place]),
                    text!(CountsAsNotKnown),
                )?;
                None
            }
        });
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::OnBad;

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        Table::of_texts("sites.csv", columns, rows)
    }

    fn read(table: &Table, asked: &[&str], on_bad: OnBad) -> Result<Vec<Properties>, String> {
        let mut findings = Findings::default();
        let mut door = Door {
            file: table.file.clone(),
            on_bad,
            findings: &mut findings,
        };
        let asked: Vec<String> = asked.iter().map(|&a| a.to_owned()).collect();
        properties(table, &["id", "windows"], &asked, &mut door).map_err(|e| e.to_string())
    }

    fn sites() -> Table {
        table(
            &[
                "id",
                "windows",
                "政务外网",
                "Helper",
                "floor",
                "lon",
                "later",
            ],
            &[
                &["1", "1", "是", "yes", "2", "0", ""],
                &["0", "0", "无", "", "1", "1", ""],
            ],
        )
    }

    #[test]
    fn columns_of_nothing_but_yes_and_no_are_properties() {
        let rows = read(&sites(), &[], OnBad::Stop).expect("valid");
        let shown: Vec<Vec<_>> = rows.iter().map(|row| row.iter().collect()).collect();
        let yes = Some(true);
        assert_eq!(
            shown,
            [
                [("政务外网", yes), ("Helper", yes)],
                [("政务外网", Some(false)), ("Helper", None)]
            ]
        );
    }

    #[test]
    fn an_asked_column_is_found_by_any_of_its_names_and_may_be_empty() {
        let rows = read(&sites(), &["helper", "窗口", "later"], OnBad::Stop).expect("valid");
        assert_eq!(
            (
                rows[0].get("helper"),
                rows[0].get("windows"),
                rows[0].get("窗口")
            ),
            (Some(true), None, Some(true))
        );
        assert!(rows[1].knows("later") && rows[1].get("later").is_none());
    }

    #[test]
    fn an_asked_column_must_hold_yes_and_no() {
        let error = read(&sites(), &["floor"], OnBad::Stop).expect_err("2 is no flag");
        assert!(
            error.starts_with("sites.csv, row 2: column \"floor\" is \"2\", expected yes or no"),
            "{error}"
        );
        let rows = read(&sites(), &["floor"], OnBad::Skip).expect("skipped");
        assert_eq!(
            (rows[0].get("floor"), rows[1].get("floor")),
            (None, Some(true))
        );
    }
}
