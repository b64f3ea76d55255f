//! The columns of sites, items, units and departments that indicators count by.
//!
//! Every further column that holds nothing but yes and no (true, 1, 是, 有 and false, 0, 否, 无) is a
//! property; any other is left alone. A column that an indicator names must hold what it asks: yes, no
//! or the day since when, or numbers; there, anything else is an error. An empty field is not known.

use std::sync::Arc;

use super::columns::find_called;
use crate::model::{Decimal, Properties, Property, PropertyColumn, PropertyKind};
use crate::read::error::{Place, ReadError};
use crate::read::formats::table::{Record, Table, Value};
use crate::read::formats::values::{Problem, date, flag, number, shown, text};
use crate::read::row_policy::Door;
use crate::words::text;

/// A column that a rule asks for, and what it must hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Asked {
    /// What the study calls it.
    pub name: String,
    /// What it must hold.
    pub form: Form,
}

/// What a column that is asked for must hold, the strictest of each kind first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// Yes or no.
    Flag,
    /// Yes, no, or the day since when it is so.
    FlagOrDate,
    /// A number that is not below nought, as of what is counted.
    Amount,
    /// A number.
    Number,
}

impl Form {
    const fn kind(self) -> PropertyKind {
        match self {
            Self::Flag | Self::FlagOrDate => PropertyKind::YesNo,
            Self::Amount | Self::Number => PropertyKind::Number,
        }
    }

    fn read(self, value: &Value) -> Result<Property, Problem> {
        match self {
            Self::Flag => Ok(flag(value)?.into()),
            Self::FlagOrDate => flag_or_date(value),
            Self::Amount => amount(value),
            Self::Number => decimal(value),
        }
    }
}

/// These columns, each once for yes and no and once for numbers, with the strictest that is asked.
pub(crate) fn each_once(mut asked: Vec<Asked>) -> Vec<Asked> {
    asked.sort();
    asked.dedup_by(|later, first| {
        later.name == first.name && later.form.kind() == first.form.kind()
    });
    asked
}

/// A column of a table that is a property.
struct Found {
    name: String,
    place: usize,
    form: Form,
}

/// The properties of every record of a table, in the order of the records.
///
/// `known` columns mean something else and are no properties, unless they are `asked` for, under
/// the name asked. O(fields).
///
/// # Errors
/// When a column that is asked for holds something else than what is asked, unless bad rows are
/// skipped: then the value is reported and not known.
pub(crate) fn properties(
    table: &Table,
    known: &[&'static str],
    asked: &[Asked],
    door: &mut Door<'_>,
) -> Result<Vec<Properties>, ReadError> {
    let mut found = asked_columns(table, asked, door)?;
    found.extend(further_columns(table, known, asked));
    // One list of names for all rows.
    let column = |found: &Found| PropertyColumn {
        name: found.name.clone(),
        kind: found.form.kind(),
    };
    let columns: Arc<[PropertyColumn]> = found.iter().map(column).collect();
    let mut all = Vec::with_capacity(table.records.len());
    for record in &table.records {
        let values = values(record, &found, table, door)?;
        all.push(Properties::new(Arc::clone(&columns), values));
    }
    Ok(all)
}

/// The columns that are asked for, as far as the table has them, under the names asked.
fn asked_columns(table: &Table, asked: &[Asked], door: &Door<'_>) -> Result<Vec<Found>, ReadError> {
    let mut columns = Vec::new();
    for Asked { name, form } in asked {
        let place =
            find_called(table, name).map_err(|wrong| wrong.at(&door.file, Place::File, None))?;
        columns.extend(place.map(|place| Found {
            name: name.clone(),
            place,
            form: *form,
        }));
    }
    Ok(columns)
}

/// The columns that hold nothing but yes and no, and mean nothing else.
fn further_columns(table: &Table, known: &[&'static str], asked: &[Asked]) -> Vec<Found> {
    // Where two columns could be a known one, the reader of that column has said so already.
    let taken: Vec<usize> = known
        .iter()
        .chain(&["lon", "lat"])
        .filter_map(|name| find_called(table, name).ok().flatten())
        .collect();
    let is_asked = |name: &String| {
        let mut flags = asked
            .iter()
            .filter(|asked| asked.form.kind() == PropertyKind::YesNo);
        flags.any(|asked| asked.name == *name)
    };
    (0..table.columns.len())
        .filter(|place| !taken.contains(place) && only_flags(table, *place))
        .filter(|&place| !is_asked(&table.columns[place]))
        .map(|place| Found {
            name: table.columns[place].clone(),
            place,
            form: Form::Flag,
        })
        .collect()
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
    columns: &[Found],
    table: &Table,
    door: &mut Door<'_>,
) -> Result<Vec<Property>, ReadError> {
    let mut values = Vec::with_capacity(columns.len());
    for &Found { place, form, .. } in columns {
        values.push(match form.read(&record.values[place]) {
            Ok(value) => value,
            Err(wrong) => {
                door.forgive(
                    door.wrong(wrong, record.place, &table.columns[place]),
                    text!(CountsAsNotKnown),
                )?;
                Property::Unknown
            }
        });
    }
    Ok(values)
}

/// Yes, no, or the day since when.
fn flag_or_date(value: &Value) -> Result<Property, Problem> {
    if let Ok(flag) = flag(value) {
        return Ok(flag.into());
    }
    let since = date(value).map_err(|no_date| Problem {
        code: "not-a-flag",
        expected: text!(YesNoOrDate),
        // A date that is nearly one is to be mended as such.
        remedy: if text(value).is_some_and(|text| text.len() >= 8) {
            no_date.remedy
        } else {
            text!(WriteYesNoOrDate)
        },
        ..no_date
    })?;
    Ok(since.map_or(Property::Unknown, Property::Since))
}

fn decimal(value: &Value) -> Result<Property, Problem> {
    let Some(read) = number(value)? else {
        return Ok(Property::Unknown);
    };
    let within = Decimal::of(read).map(Property::Number);
    within.ok_or_else(|| {
        let expected = text!(
            NumberBetween,
            least = shown(-Decimal::MOST),
            most = shown(Decimal::MOST)
        );
        Problem::of(
            "number-too-large",
            &shown(read),
            expected,
            text!(ChangeNumber),
        )
    })
}

fn amount(value: &Value) -> Result<Property, Problem> {
    let read = decimal(value)?;
    if read.number().is_some_and(|number| number < Decimal::ZERO) {
        let found = text(value).unwrap_or_default();
        let (expected, remedy) = (text!(NotBelowNought), text!(ChangeNumber));
        return Err(Problem::of("below-nought", &found, expected, remedy));
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
        Table::of_texts("sites.csv", columns, rows)
    }

    fn read(table: &Table, asked: &[&str], on_bad: OnBad) -> Result<Vec<Properties>, String> {
        let mut findings = Findings::default();
        let mut door = Door {
            file: table.file.clone(),
            on_bad,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let asked: Vec<Asked> = asked
            .iter()
            .map(|&name| ask(name, Form::FlagOrDate))
            .collect();
        properties(table, &["id", "windows"], &asked, &mut door).map_err(|e| e.to_string())
    }

    fn ask(name: &str, form: Form) -> Asked {
        Asked {
            name: name.to_owned(),
            form,
        }
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

    fn read_as(form: Form, values: &[&str]) -> Result<Vec<Property>, String> {
        let rows: Vec<[&str; 1]> = values.iter().map(|&value| [value]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
        let table = table(&["c"], &rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: table.file.clone(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let asked = [ask("c", form)];
        let all = properties(&table, &[], &asked, &mut door).map_err(|e| e.to_string())?;
        let number = |row: &Properties| row.number("c").map(Property::Number);
        Ok(all
            .iter()
            .map(|row| number(row).unwrap_or_else(|| row.yes_no("c")))
            .collect())
    }

    #[test]
    fn a_day_says_since_when() {
        let day = |y, m, d| chrono::NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert_eq!(
            read_as(Form::FlagOrDate, &["2022-11-30", "", "否", "2023年1月5日"]),
            Ok(vec![
                Property::Since(day(2022, 11, 30)),
                Property::Unknown,
                Property::Flag(false),
                Property::Since(day(2023, 1, 5)),
            ])
        );
        let error = read_as(Form::FlagOrDate, &["2022-11-31"]).expect_err("no such day");
        assert!(error.contains("expected yes or no, or a date"), "{error}");
        assert!(read_as(Form::Flag, &["2022-11-30"]).is_err());
    }

    #[test]
    fn numbers_are_kept_to_six_decimals() {
        let number = |millionths| Property::Number(Decimal::from_millionths(millionths));
        assert_eq!(
            read_as(Form::Number, &["2", "-0.5", "", "0.1234567"]),
            Ok(vec![
                number(2_000_000),
                number(-500_000),
                Property::Unknown,
                number(123_457)
            ])
        );
        for (form, value, told) in [
            (Form::Number, "some", "expected a number"),
            (
                Form::Number,
                "1e13",
                "expected a number from -1000000000000 to",
            ),
            (Form::Amount, "-1", "expected a number that is not below 0"),
        ] {
            let error = read_as(form, &[value]).expect_err(value);
            assert!(
                error.starts_with("sites.csv, row 2: column \"c\""),
                "{error}"
            );
            assert!(error.contains(told), "{error}");
        }
    }

    #[test]
    fn of_what_is_asked_twice_the_strictest_holds() {
        let asked = [Form::Number, Form::FlagOrDate, Form::Amount, Form::Flag];
        let once = each_once(asked.map(|form| ask("c", form)).to_vec());
        assert_eq!(once, [ask("c", Form::Flag), ask("c", Form::Amount)]);
    }
}
