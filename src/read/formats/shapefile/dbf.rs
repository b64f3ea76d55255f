//! The rows of a `.dbf`.

use super::codepage::Codepage;
use crate::model::Severity;
use crate::read::error::{BadInput, Place, ReadError, damaged};
use crate::read::formats::aside::{Aside, Part};
use crate::read::formats::table::{Remark, Value};
use crate::words::{Text, text};

/// The length of the header, without its columns, and of a column in it.
const HEADER: usize = 32;
/// Ends the list of columns.
const END: u8 = 0x0d;
/// Marks a row as deleted.
const DELETED: u8 = b'*';
/// The integers that a float holds exactly lie below this.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Whether a file is a `.dbf`: a version that is known, a header of columns that ends as it says.
pub(super) fn is_dbf(bytes: &[u8]) -> bool {
    let versions = [0x02, 0x03, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8b, 0xf5, 0xfb];
    let known = bytes.first().is_some_and(|first| versions.contains(first));
    known && columns_end(bytes).is_some()
}

/// Where the columns end, if that lies in the header.
fn columns_end(bytes: &[u8]) -> Option<usize> {
    let header = usize::from(little(bytes, 8)?);
    let mut at = HEADER;
    while at < header.min(bytes.len()) {
        if bytes[at] == END {
            return Some(at);
        }
        at += HEADER;
    }
    None
}

fn little(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

/// A column: its name, its type, and where in a row it stands.
struct Column {
    name: String,
    kind: u8,
    from: usize,
    width: usize,
}

/// The rows of a table, one after the other.
pub(super) struct Rows<'a> {
    file: &'a str,
    columns: Vec<Column>,
    /// All rows, each with its mark of deletion.
    bytes: &'a [u8],
    row_length: usize,
    codepage: Codepage,
    told: Told,
}

/// What is told of the rows when all are read.
#[derive(Default)]
struct Told {
    deleted: u64,
    cut: u64,
    /// Numbers that did not fit in their column, and the first such column.
    too_long: u64,
    too_long_in: Option<String>,
    /// Columns of a type that is not read.
    unread: Vec<String>,
}

impl<'a> Rows<'a> {
    /// Reads the header.
    ///
    /// # Errors
    /// No `.dbf`, one that is shorter than it says, a column twice, or text in no known encoding.
    pub(super) fn of(part: &'a Part, aside: &Aside) -> Result<Self, ReadError> {
        let file = part.name.as_str();
        let bytes = part.bytes.as_slice();
        let wrong = |expected| ReadError::from(damaged("bad-dbf", file, expected));
        if !is_dbf(bytes) {
            return Err(wrong(text!(NoTableOfRows)));
        }
        let header = usize::from(little(bytes, 8).unwrap_or_default());
        let row_length = usize::from(little(bytes, 10).unwrap_or_default());
        let count = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]) as usize;
        let rows = bytes.get(header..).unwrap_or_default();
        let raw = raw_columns(bytes);
        // A row has its mark of deletion at least, so its length is not 0 from here on.
        let widths = widths(&raw, row_length).ok_or_else(|| wrong(text!(RowLength)))?;
        let Some(rows) = rows.get(..count.saturating_mul(row_length)) else {
            let found = rows.len() / row_length;
            let expected = text!(FewerRows, found = found, claimed = count);
            return Err(damaged("cut-off", file, expected).into());
        };
        let codepage = match Codepage::named(aside, bytes[29])? {
            Some(named) => named,
            None => Codepage::of_texts(all_texts(&raw, &widths, (rows, row_length)), file)?,
        };
        let columns = columns(&raw, &widths, codepage, file)?;
        let unread = columns.iter().filter(|column| !is_read(column.kind));
        let unread = unread.map(|column| column.name.clone()).collect();
        Ok(Self {
            file,
            columns,
            bytes: rows,
            row_length,
            codepage,
            told: Told {
                unread,
                ..Told::default()
            },
        })
    }

    /// How many rows there are, those marked as deleted too.
    pub(super) fn count(&self) -> usize {
        self.bytes.len() / self.row_length
    }

    /// The values of a row; none where it is marked as deleted.
    ///
    /// # Errors
    /// Text that is not in the table's encoding.
    pub(super) fn next(
        &mut self,
        number: usize,
    ) -> Result<Option<Vec<(String, Value)>>, ReadError> {
        let start = number * self.row_length;
        let row = &self.bytes[start..start + self.row_length];
        if row[0] == DELETED {
            self.told.deleted += 1;
            return Ok(None);
        }
        let mut values = Vec::with_capacity(self.columns.len());
        for column in &self.columns {
            let field = &row[column.from..column.from + column.width];
            let value = self.told.value(column, field, self.codepage);
            let value = value.ok_or_else(|| self.not_text(number, column))?;
            values.push((column.name.clone(), value));
        }
        Ok(Some(values))
    }

    fn not_text(&self, number: usize, column: &Column) -> ReadError {
        BadInput {
            code: "bad-encoding",
            file: self.file.to_owned(),
            place: Place::Feature(number as u64 + 1),
            column: Some(column.name.clone()),
            found: None,
            expected: text!(NoTextIn, encoding = self.codepage.name()),
            remedy: text!(NameEncoding),
        }
        .into()
    }

    /// The name of the encoding.
    pub(super) fn encoding(&self) -> &'static str {
        self.codepage.name()
    }

    /// What is to be told of the rows.
    pub(super) fn remarks(&self) -> Vec<Remark> {
        let told = &self.told;
        let remark = |severity, code, message: Text| Remark {
            severity,
            code,
            message,
        };
        let mut remarks = Vec::new();
        if told.deleted > 0 {
            let message = text!(DeletedRows, count = told.deleted);
            remarks.push(remark(Severity::Note, "deleted-rows", message));
        }
        if let Some(column) = &told.too_long_in {
            let message = text!(NumbersTooLong, count = told.too_long, column = column);
            remarks.push(remark(Severity::Suspicious, "number-too-long", message));
        }
        if told.cut > 0 {
            let message = text!(TextsCut, count = told.cut);
            remarks.push(remark(Severity::Note, "text-cut", message));
        }
        if !told.unread.is_empty() {
            let all = crate::read::listed::listed(told.unread.iter().map(String::as_str));
            let message = text!(ColumnsNotRead, columns = all);
            remarks.push(remark(Severity::Suspicious, "columns-not-read", message));
        }
        remarks
    }
}

/// The columns as they stand in the header.
fn raw_columns(bytes: &[u8]) -> Vec<&[u8; HEADER]> {
    let end = columns_end(bytes).unwrap_or(HEADER);
    bytes[HEADER..end].as_chunks().0.iter().collect()
}

/// How wide the columns are. Texts of more than 255 bytes have the higher part of their width where
/// numbers have their decimals; the length of the row tells which it is.
fn widths(raw: &[&[u8; HEADER]], row_length: usize) -> Option<Vec<usize>> {
    let plain: Vec<usize> = raw.iter().map(|column| usize::from(column[16])).collect();
    let long = raw.iter().map(|column| match column[11] {
        b'C' => usize::from(column[16]) + 256 * usize::from(column[17]),
        _ => usize::from(column[16]),
    });
    let all = [plain, long.collect()];
    all.into_iter()
        .find(|widths| widths.iter().sum::<usize>() + 1 == row_length)
}

fn name_of(raw: &[u8; HEADER]) -> &[u8] {
    raw[..11]
        .split(|byte| *byte == 0)
        .next()
        .unwrap_or_default()
}

/// Every text of a table: the names of its columns and what stands in them.
fn all_texts<'a>(
    raw: &'a [&'a [u8; HEADER]],
    widths: &'a [usize],
    (rows, row_length): (&'a [u8], usize),
) -> impl Iterator<Item = &'a [u8]> {
    let mut from = 1;
    let mut texts = Vec::new();
    for (raw, width) in raw.iter().zip(widths) {
        texts.extend((raw[11] == b'C').then_some(from..from + width));
        from += width;
    }
    let rows = rows.chunks_exact(row_length);
    let fields = rows.flat_map(move |row| {
        let of_row = texts.clone().into_iter();
        of_row.map(move |range| trimmed(&row[range]))
    });
    raw.iter().map(|raw| name_of(raw)).chain(fields)
}

fn columns(
    raw: &[&[u8; HEADER]],
    widths: &[usize],
    codepage: Codepage,
    file: &str,
) -> Result<Vec<Column>, ReadError> {
    let mut columns: Vec<Column> = Vec::with_capacity(raw.len());
    // The first byte of a row is its mark of deletion.
    let mut from = 1;
    for (raw, &width) in raw.iter().zip(widths) {
        let (name, _) = codepage
            .text(trimmed(name_of(raw)))
            .ok_or_else(|| not_a_name(codepage, file))?;
        if columns.iter().any(|column| column.name == name) {
            return Err(BadInput {
                code: "duplicate-column",
                file: file.to_owned(),
                found: Some(name),
                expected: text!(ColumnTwice),
                remedy: text!(RenameColumn),
                ..BadInput::default()
            }
            .into());
        }
        columns.push(Column {
            name,
            kind: raw[11],
            from,
            width,
        });
        from += width;
    }
    Ok(columns)
}

fn not_a_name(codepage: Codepage, file: &str) -> BadInput {
    BadInput {
        code: "bad-encoding",
        file: file.to_owned(),
        expected: text!(NoNameIn, encoding = codepage.name()),
        remedy: text!(NameEncoding),
        ..BadInput::default()
    }
}

/// Without what fills up a column.
fn trimmed(field: &[u8]) -> &[u8] {
    let filler = |byte: &u8| matches!(byte, b' ' | 0 | b'\t' | b'\r' | b'\n');
    let start = field.iter().position(|byte| !filler(byte));
    let end = field.iter().rposition(|byte| !filler(byte));
    match (start, end) {
        (Some(start), Some(end)) => &field[start..=end],
        _ => &[],
    }
}

/// Whether columns of this type are read.
fn is_read(kind: u8) -> bool {
    matches!(
        kind,
        b'C' | b'N' | b'F' | b'L' | b'D' | b'I' | b'+' | b'O' | b'B' | b'Y'
    )
}

impl Told {
    /// The value of a field; `None` where it is no text of the encoding.
    fn value(&mut self, column: &Column, field: &[u8], codepage: Codepage) -> Option<Value> {
        Some(match column.kind {
            b'N' | b'F' => self.number(column, trimmed(field)),
            b'D' => date(trimmed(field)),
            b'L' => flag(field),
            b'I' | b'+' => field.first_chunk().map_or(Value::Empty, |four| {
                Value::Number(f64::from(i32::from_le_bytes(*four)))
            }),
            b'O' | b'B' => field.first_chunk().map_or(Value::Empty, |eight| {
                Value::of_float(f64::from_le_bytes(*eight))
            }),
            b'Y' => field
                .first_chunk()
                .map_or(Value::Empty, |eight| Value::of_float(money(*eight))),
            b'C' => {
                let (text, is_cut) = codepage.text(trimmed(field))?;
                self.cut += u64::from(is_cut);
                Value::of_text(&text)
            }
            // Told once for the whole column.
            _ => Value::Empty,
        })
    }

    /// A number as it is written. What does not fit in its column is written as stars.
    fn number(&mut self, column: &Column, digits: &[u8]) -> Value {
        let written = String::from_utf8_lossy(digits);
        if digits.contains(&b'*') {
            self.too_long += 1;
            self.too_long_in.get_or_insert_with(|| column.name.clone());
            return Value::Empty;
        }
        match written.parse::<f64>() {
            Ok(number) if number.is_finite() && number.abs() <= EXACT => Value::Number(number),
            // An id of more digits than a number holds, or no number: as it stands.
            Ok(_) | Err(_) => Value::of_text(&written),
        }
    }
}

/// A day as `2024-03-01`; anything else as it stands, for the columns' own readers to refuse.
fn date(digits: &[u8]) -> Value {
    let text = String::from_utf8_lossy(digits);
    let is_day = digits.len() == 8 && digits.iter().all(u8::is_ascii_digit);
    if is_day && *text != *"00000000" {
        let [year, month, day] = [&text[..4], &text[4..6], &text[6..]];
        Value::Text(format!("{year}-{month}-{day}").into())
    } else if is_day {
        Value::Empty
    } else {
        Value::of_text(&text)
    }
}

fn flag(field: &[u8]) -> Value {
    match trimmed(field) {
        b"T" | b"t" | b"Y" | b"y" => Value::Bool(true),
        b"F" | b"f" | b"N" | b"n" => Value::Bool(false),
        b"?" | b"" => Value::Empty,
        other => Value::of_text(&String::from_utf8_lossy(other)),
    }
}

/// An amount in ten-thousandths.
#[expect(
    clippy::cast_precision_loss,
    reason = "amounts of an office lie far below 2^53"
)]
fn money(bytes: [u8; 8]) -> f64 {
    i64::from_le_bytes(bytes) as f64 / 10_000.0
}
