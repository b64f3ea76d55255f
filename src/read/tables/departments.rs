//! Departments, from a table: what is known of them beyond the items that name them.

use super::properties::{Asked, properties};
use super::rows::{Columns, Row};
use crate::model::{DepartmentEntry, Departments, Properties};
use crate::read::error::{BadInput, ReadError};
use crate::read::formats::table::Table;
use crate::read::formats::values::Problem;
use crate::read::row_policy::Door;
use crate::words::text;

/// A table may call the name of a department its name or its department.
const KNOWN: [&str; 3] = ["id", "name", "department"];

/// The departments of a table, with those of its columns that are `asked` for or hold only yes and no.
/// One without an id has its name for one.
///
/// # Errors
/// At the first bad row, unless bad rows are skipped.
pub(crate) fn departments(
    mut table: Table,
    asked: &[Asked],
    door: &mut Door<'_>,
) -> Result<Departments, ReadError> {
    let columns = Columns::of(&table, &KNOWN, door)?;
    door.reject_unreadable(&mut table)?;
    let properties = properties(&table, &KNOWN, asked, door)?;
    let mut entries: Vec<DepartmentEntry> = Vec::with_capacity(table.records.len());
    for (record, properties) in table.records.iter().zip(properties) {
        let row = Row {
            record,
            table: &table,
            columns: &columns,
        };
        match department(row, &entries, door) {
            Ok(entry) => entries.push(DepartmentEntry {
                properties,
                ..entry
            }),
            Err(bad) => door.reject(bad)?,
        }
    }
    Ok(Departments::sorted(entries))
}

fn department(
    row: Row<'_>,
    before: &[DepartmentEntry],
    door: &Door<'_>,
) -> Result<DepartmentEntry, BadInput> {
    let entry = named(row);
    if entry.id.is_empty() {
        let (expected, remedy) = (text!(DepartmentNameless), text!(NameDepartment));
        let empty = Problem::of("empty-id", "", expected, remedy);
        return Err(row.wrong("name", empty, door));
    }
    // A name that two of them have would answer for either.
    let is_taken = |other: &DepartmentEntry| other.id == entry.id || other.name == entry.name;
    if before.iter().any(is_taken) {
        let (expected, remedy) = (text!(DepartmentOnce), text!(KeepOneRow));
        let twice = Problem::of("same-department-twice", &entry.name, expected, remedy);
        return Err(row.wrong("name", twice, door));
    }
    Ok(entry)
}

/// A department by its id and name, each of which stands in for the other; empty where it has neither.
fn named(row: Row<'_>) -> DepartmentEntry {
    let written = KNOWN.map(|column| row.text(column));
    let [id, name, department] = written.each_ref().map(|text| filled(text));
    let name = name.or(department).or(id).unwrap_or_default();
    DepartmentEntry {
        id: id.unwrap_or(name).to_owned(),
        name: name.to_owned(),
        properties: Properties::default(),
    }
}

fn filled(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::properties::Form;
    use super::*;
    use crate::model::Findings;
    use crate::read::row_policy::{OnBad, Stopped};

    fn read(columns: &[&str], rows: &[&[&str]]) -> Result<Departments, String> {
        let table = Table::of_texts("departments.csv", columns, rows);
        let mut findings = Findings::default();
        let mut door = Door {
            file: table.file.clone(),
            on_bad: OnBad::Stop,
            findings: &mut findings,
            stopped: &mut Stopped::default(),
        };
        let asked = [Asked {
            name: "e_seal".to_owned(),
            form: Form::FlagOrDate,
        }];
        departments(table, &asked, &mut door).map_err(|e| e.to_string())
    }

    #[test]
    fn departments_are_known_by_id_and_by_name() {
        let all = read(
            &["编号", "部门", "电子印章"],
            &[
                &["D2", "税务局", "无"],
                &["D1", "公安局", "是"],
                &["", "医保局", ""],
            ],
        )
        .expect("good");
        let seals: Vec<_> = all
            .iter()
            .map(|entry| (&*entry.id, &*entry.name, entry.properties.get("e_seal")))
            .collect();
        assert_eq!(
            seals,
            [
                ("D1", "公安局", Some(true)),
                ("D2", "税务局", Some(false)),
                ("医保局", "医保局", None)
            ]
        );
        assert_eq!(all.called("税务局"), all.called("D2"));
        assert!(all.called("审计局").is_none());
    }

    #[test]
    fn a_department_has_one_row_and_a_name() {
        let twice = read(&["name", "e_seal"], &[&["police", "1"], &["police", "0"]]);
        assert_eq!(
            twice.expect_err("twice"),
            "departments.csv, row 3: column \"name\" is \"police\", expected a department that stands in one row – keep one row, or run with --on-bad skip to leave such rows out"
        );
        let nameless = read(&["name", "e_seal"], &[&["", "1"]]).expect_err("nameless");
        assert!(
            nameless.contains("a department without a name"),
            "{nameless}"
        );
    }
}
