//! From the rows of a headed sheet to records of a table.

use super::sheets::Headed;
use super::{Shape, header_of, merged};
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError};
use crate::read::formats::header::{Header, unnamed_value};
use crate::read::formats::sheet::SheetRow;
use crate::read::formats::table::{Record, Remark, Table, Value};
use crate::read::formats::values::text;
use crate::words::text as words;

/// Where rows come from.
pub(super) struct At<'a> {
    pub file: &'a str,
    /// Whether every row must have a field for each column.
    pub is_text: bool,
    /// Whether a row is named with its sheet.
    pub is_one_of_several: bool,
}

/// Which column of the table each field of a sheet is.
struct Fields<'a> {
    header: &'a Header,
    columns: Vec<usize>,
}

/// Adds the rows below the head of a sheet to a table that has its columns.
///
/// # Errors
/// A value in a column without a name.
pub(super) fn add(
    mut headed: Headed,
    at: &At<'_>,
    shape: &Shape<'_>,
    table: &mut Table,
) -> Result<(), ReadError> {
    let head = &headed.head;
    let filled = merged::fill(&mut headed.sheet, head, shape.heads, at.file)?;
    if filled.across > 0 {
        let message = words!(MergedAcross, count = filled.across);
        table.remarks.push(Remark {
            severity: Severity::Suspicious,
            code: "merged-across",
            message,
        });
    }
    if filled.fields > 0 {
        let message = words!(MergedFilled, count = filled.fields);
        table.remarks.push(super::repaired("merged-cells", message));
    }
    let header = header_of(&head.names, head.row, at.file)?;
    let place_of = |name: &String| table.columns.iter().position(|column| column == name);
    let fields = Fields {
        columns: header.names.iter().filter_map(place_of).collect(),
        header: &header,
    };
    let named = shape.sheet_as.map(|_| Value::of_text(&headed.sheet.name));
    let mut shared = filled.shared.into_iter().peekable();
    let number = headed.sheet.number;
    let mut repeated = 0_u64;
    for (place, row) in headed.sheet.rows.into_iter().enumerate().skip(head.body) {
        // Tables that were printed on several pages repeat their head.
        if repeats_head(&row, &head.names) {
            repeated += 1;
            continue;
        }
        let stands = at.place(number, row.number);
        // Both lists ascend. A row that was passed over, and further such numbers of one row, are
        // left behind.
        while shared.peek().is_some_and(|&(other, _)| other < place) {
            shared.next();
        }
        if let Some((_, column)) = shared.next_if(|&(other, _)| other == place) {
            let name = &head.names[column];
            let bad = merged::shared_number(row.value(column), (name, stands), at.file);
            table.bad.push(bad);
            continue;
        }
        match record(row, &fields, (stands, at), shape)? {
            Ok(mut record) => {
                if let Some(name) = &named {
                    // The last column is the name of the sheet.
                    record.values.resize(table.columns.len() - 1, Value::Empty);
                    record.values.push(name.clone());
                }
                table.records.push(record);
            }
            Err(bad) => table.bad.push(bad),
        }
    }
    if repeated > 0 {
        let message = words!(RepeatedHead, count = repeated);
        table
            .remarks
            .push(super::repaired("repeated-head", message));
    }
    Ok(())
}

/// Whether a row has the names of the head for its values, at least two of them: on a further page.
fn repeats_head(row: &SheetRow, names: &[String]) -> bool {
    let mut filled = 0;
    for (column, value) in row.values.iter().enumerate() {
        match value {
            Value::Empty => {}
            Value::Text(said) if names.get(column).is_some_and(|name| name == said.as_str()) => {
                filled += 1;
            }
            Value::Text(_) | Value::Number(_) | Value::Bool(_) | Value::List(_) => return false,
        }
    }
    filled >= 2
}

impl At<'_> {
    fn place(&self, sheet: u32, row: u64) -> Place {
        if self.is_one_of_several {
            let row = u32::try_from(row).unwrap_or(u32::MAX);
            return Place::SheetRow { sheet, row };
        }
        Place::Row(row)
    }
}

/// A record, or what is wrong with the row, or (outside) what is wrong with the file.
fn record(
    row: SheetRow,
    fields: &Fields<'_>,
    (place, at): (Place, &At<'_>),
    shape: &Shape<'_>,
) -> Result<Result<Record, BadInput>, ReadError> {
    let header = fields.header;
    // Too many or too few fields: which value belongs to which column is a guess.
    if at.is_text && row.values.len() != header.columns.len() && !is_note(&row, shape) {
        return Ok(Err(wrong_count(
            header.columns.len(),
            row.values.len(),
            (place, at.file),
        )));
    }
    if let Some((column, error)) = row.faults.first() {
        let column = header.columns.get(*column).copied().flatten();
        if let Some(column) = column {
            let name = &header.names[column];
            return Ok(Err(wrong_cell(name, error, place, at.file)));
        }
    }
    let mut values = Vec::with_capacity(fields.columns.len());
    for (field, value) in row.values.into_iter().enumerate() {
        let named = header.columns.get(field).copied().flatten();
        match named.map(|known| fields.columns[known]) {
            // Mostly each column follows the one before it.
            Some(column) if column == values.len() => values.push(value),
            Some(column) => {
                if values.len() <= column {
                    values.resize(column + 1, Value::Empty);
                }
                values[column] = value;
            }
            None if value == Value::Empty => {}
            None => {
                let found = text(&value).unwrap_or_default();
                return Err(unnamed_value(field, found, at.file, place).into());
            }
        }
    }
    Ok(Ok(Record {
        place,
        geometry: None,
        flaw: None,
        values,
    }))
}

/// Whether a row of a text is a note below its table, which needs no further fields.
fn is_note(row: &SheetRow, shape: &Shape<'_>) -> bool {
    let said = text(row.value(0)).unwrap_or_default();
    row.filled() == 1 && shape.heads.is_note(&said)
}

fn wrong_count(expected: usize, found: usize, (place, file): (Place, &str)) -> BadInput {
    BadInput {
        code: "wrong-field-count",
        file: file.into(),
        place,
        expected: words!(WrongFieldCount, header = expected, row = found),
        remedy: words!(QuoteSeparators),
        ..BadInput::default()
    }
}

fn wrong_cell(column: &str, found: &str, place: Place, file: &str) -> BadInput {
    BadInput {
        code: "bad-cell",
        file: file.into(),
        place,
        column: Some(column.into()),
        found: Some(found.into()),
        expected: words!(AValue),
        remedy: words!(MendFormula),
    }
}
