//! Tables from Excel workbooks.
//!
//! The crate `calamine` decodes them, cell by cell as they stand in the sheet: its `worksheet_range`
//! asks for the memory of the whole range, 549 GB for a legal workbook of 2 KB
//! (`the_farthest_cell_costs_nothing`).

use std::borrow::Cow;
use std::io::{BufReader, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Cell, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::header::{Header, MOST_CELLS, filled, fits, header, in_proportion, unnamed_value};
use super::table::{Record, Table, Value};
use super::values::text;
use crate::model::Memory;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// The rows of a sheet, Excel's own limit.
const MOST_ROWS: u32 = 1 << 20;
/// The columns of a sheet, Excel's own limit.
const MOST_COLUMNS: u32 = 1 << 14;

/// Reads the first visible sheet of an `.xlsx` workbook.
///
/// The first row that is not empty is the header. A row's place is its number in the sheet. Dates
/// become text (`2024-03-01`, `2024-03-01T08:30:00`, a time of day alone `08:30:00`), numbers and
/// booleans stay what they are. A row with a formula error becomes [`Table::bad`]. Empty rows are
/// skipped.
///
/// # Errors
///
/// Anything that is not an `.xlsx` workbook (also `.xls`, `.xlsb`, `.ods` and protected ones), no
/// visible or an empty sheet, a column name twice, a value in a column without a name, a workbook
/// that unpacks to more than [`Memory::unpacked`] allows, texts that are repeated past it, or more
/// than 50 million cells.
pub(crate) fn table(bytes: &[u8], file: &str, memory: Memory) -> Result<Table, ReadError> {
    check_kind(bytes, file)?;
    let unpacked = check_size(bytes, file, memory.unpacked(bytes.len() as u64))?;
    // In builds with overflow checks calamine 0.38 panics on a cell named A99999999999.
    let read = catch_unwind(AssertUnwindSafe(|| {
        sheet(bytes, Rows::new(file, unpacked, memory))
    }));
    filled(read.unwrap_or_else(|_| Err(broken(file, text!(UnreadableReference)).into()))?)
}

fn check_kind(bytes: &[u8], file: &str) -> Result<(), ReadError> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(unsupported(file, text!(OldWorkbook)).into());
    }
    if !bytes.starts_with(b"PK") {
        return Err(unsupported(file, text!(NoWorkbook)).into());
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(file, &e))?;
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Err(unsupported(file, text!(BinaryWorkbook)).into());
    }
    if archive.index_for_name("content.xml").is_some() {
        return Err(unsupported(file, text!(OpenDocumentTable)).into());
    }
    Ok(())
}

/// Unpacks everything once, keeping nothing: what a zip file declares of its size may be a lie.
/// Says how many bytes there are.
fn check_size(bytes: &[u8], file: &str, most: u64) -> Result<u64, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(file, &e))?;
    let mut left = most;
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|e| fault(file, &e))?;
        let of_texts = |name: Cow<'_, str>| name.to_lowercase().ends_with("sharedstrings.xml");
        let holds_texts = entry.name().is_ok_and(of_texts);
        let read = std::io::copy(
            &mut entry.take(left.saturating_add(1)),
            &mut std::io::sink(),
        );
        let size = read.map_err(|e| fault(file, &e))?;
        left = left
            .checked_sub(size)
            .ok_or_else(|| too_large(file, text!(WorkbookTooLarge, mb = most >> 20)))?;
        if holds_texts {
            let texts = archive.by_index(place).map_err(|e| fault(file, &e))?;
            check_texts(texts, size, file)?;
        }
    }
    Ok(most - left)
}

/// Whether so many bytes can hold as many texts as the list of a workbook's texts claims.
///
/// calamine 0.38 asks for the memory of as many as `uniqueCount` says, whatever the file holds. It
/// reads the first element `sst` as is done here.
fn check_texts(list: impl Read, size: u64, file: &str) -> Result<(), ReadError> {
    /// A text takes at least this.
    const SHORTEST: u64 = "<si/>".len() as u64;
    let mut xml = XmlReader::from_reader(BufReader::new(list));
    let mut buffer = Vec::new();
    // What is no XML is left to calamine, which stops there too.
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match event {
            Event::Start(list) | Event::Empty(list) if list.local_name().as_ref() == "sst" => {
                let claimed = claimed_texts(&list);
                if claimed.is_some_and(|claimed| claimed > size / SHORTEST) {
                    let claimed = claimed.unwrap_or_default();
                    let what = text!(ClaimedTexts, claimed = claimed, size = size);
                    return Err(claims_too_much(file, what));
                }
                return Ok(());
            }
            Event::Eof => return Ok(()),
            _ => buffer.clear(),
        }
    }
    Ok(())
}

/// What the list claims, if it claims a number.
fn claimed_texts(list: &BytesStart<'_>) -> Option<u64> {
    let claim = list.try_get_attribute("uniqueCount").ok()??;
    claim.value.trim().parse().ok()
}

fn sheet(bytes: &[u8], mut rows: Rows<'_>) -> Result<Table, ReadError> {
    let file = rows.file;
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(file, &e))?;
    let name = visible_sheet(&book).ok_or_else(|| broken(file, text!(NoVisibleSheet)))?;
    let mut cells = book
        .worksheet_cells_reader(&name)
        .map_err(|e| unreadable(file, &e))?;
    let mut seen = 0_usize;
    while let Some(cell) = cells.next_cell().map_err(|e| unreadable(file, &e))? {
        seen += 1;
        // Counted as they come: what the sheet declares of its size may be a lie.
        if seen > MOST_CELLS {
            return Err(too_large(file, text!(FiftyMillionCells)));
        }
        rows.take(&cell)?;
    }
    rows.end_row()?;
    rows.finish(&name)
}

fn visible_sheet(book: &Xlsx<Cursor<&[u8]>>) -> Option<String> {
    let mut sheets = book.sheets_metadata().iter();
    sheets
        .find(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet)
        .map(|s| s.name.clone())
}

/// The rows of a sheet while they are read.
struct Rows<'a> {
    file: &'a str,
    header: Option<Header>,
    table: Table,
    /// The row that is being read, counted from 0, and its cells so far.
    row: u32,
    cells: Vec<(u32, Result<Value, String>)>,
    /// How many bytes the workbook unpacks to.
    unpacked: u64,
    /// How many more bytes of text there is room for: cells may share a long one, and each copies it.
    text_left: u64,
}

impl<'a> Rows<'a> {
    fn new(file: &'a str, unpacked: u64, memory: Memory) -> Self {
        let table = Table {
            file: file.into(),
            ..Table::default()
        };
        Self {
            file,
            header: None,
            table,
            row: 0,
            cells: Vec::new(),
            unpacked,
            text_left: memory.unpacked(unpacked),
        }
    }

    fn take(&mut self, cell: &Cell<DataRef<'_>>) -> Result<(), ReadError> {
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(broken(self.file, text!(CellOutside)).into());
        }
        // A row that comes back later would be a second record of the same number.
        if row < self.row {
            return Err(broken(self.file, text!(RowsOutOfOrder)).into());
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        self.take_text(cell.get_value())?;
        match value(cell.get_value()) {
            Ok(Value::Empty) => (),
            value => self.cells.push((column, value)),
        }
        Ok(())
    }

    fn take_text(&mut self, value: &DataRef<'_>) -> Result<(), ReadError> {
        let DataRef::SharedString(text) = value else {
            return Ok(());
        };
        let left = self.text_left.checked_sub(text.len() as u64);
        self.text_left = left.ok_or_else(|| too_large(self.file, text!(RepeatedTexts)))?;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let mut cells = std::mem::take(&mut self.cells);
        // A damaged sheet may hold its cells in any order, or one of them twice: the first counts.
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        let number = u64::from(self.row) + 1;
        match &self.header {
            _ if cells.is_empty() => (),
            None => self.header = Some(self.read_header(cells, number)?),
            Some(header) => match record(header, cells, Place::Row(number), self.file)? {
                Ok(record) => self.table.records.push(record),
                Err(bad) => self.table.bad.push(bad),
            },
        }
        let columns = self.header.as_ref().map_or(0, |header| header.names.len());
        let (rows, bytes) = (self.table.records.len(), place(self.unpacked));
        fits(columns, rows, self.file)?;
        in_proportion(columns, rows, bytes, self.file)
    }

    fn read_header(
        &self,
        cells: Vec<(u32, Result<Value, String>)>,
        number: u64,
    ) -> Result<Header, ReadError> {
        let mut fields = Vec::new();
        for (column, value) in cells {
            let value = value.map_err(|error| {
                let what = text!(ErrorInHeader, error = error, row = number);
                broken(self.file, what)
            })?;
            fields.resize(place(column), String::new());
            fields.push(text(&value).unwrap_or_default());
        }
        header(fields.iter().map(String::as_str), self.file, number)
    }

    fn finish(mut self, sheet: &str) -> Result<Table, ReadError> {
        let header = self
            .header
            .ok_or_else(|| broken(self.file, text!(SheetEmpty, sheet = sheet)))?;
        self.table.columns = header.names;
        Ok(self.table)
    }
}

fn place(column: impl TryInto<usize>) -> usize {
    column.try_into().unwrap_or(usize::MAX)
}

/// A record, or what is wrong with the row, or (outside) what is wrong with the file.
fn record(
    header: &Header,
    cells: Vec<(u32, Result<Value, String>)>,
    at: Place,
    file: &str,
) -> Result<Result<Record, BadInput>, ReadError> {
    let mut values = Vec::new();
    let mut bad = None;
    for (column, value) in cells {
        let field = place(column);
        let Some(known) = header.columns.get(field).copied().flatten() else {
            let found = value.map_or_else(|error| error, |value| text(&value).unwrap_or_default());
            return Err(unnamed_value(field, found, file, at).into());
        };
        values.resize(known, Value::Empty);
        match value {
            Ok(value) => values.push(value),
            Err(error) => {
                bad.get_or_insert_with(|| wrong_cell(&header.names[known], error, at, file));
                values.push(Value::Empty);
            }
        }
    }
    Ok(bad.map_or(
        Ok(Record {
            place: at,
            geometry: None,
            flaw: None,
            values,
        }),
        Err,
    ))
}

/// A cell's value, or the text of what cannot be one.
fn value(data: &DataRef<'_>) -> Result<Value, String> {
    Ok(match data {
        DataRef::Empty => Value::Empty,
        #[expect(clippy::cast_precision_loss, reason = "Excel itself knows floats only")]
        DataRef::Int(number) => Value::Number(*number as f64),
        DataRef::Float(number) if number.is_finite() => Value::Number(*number),
        DataRef::Float(number) => return Err(number.to_string()),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            trimmed(text)
        }
        DataRef::SharedString(text) => trimmed(text),
        DataRef::Bool(flag) => Value::Bool(*flag),
        DataRef::DateTime(when) => Value::Text(moment(*when)?.into()),
        DataRef::Error(error) => return Err(error.to_string()),
    })
}

fn trimmed(text: &str) -> Value {
    if text.trim().is_empty() {
        Value::Empty
    } else {
        Value::Text(text.trim().into())
    }
}

/// A date, a date with a time, or a time of day or span alone, in whole seconds.
fn moment(date: ExcelDateTime) -> Result<String, String> {
    let days = date.as_f64();
    // The day after 9999-12-31.
    if !(0.0..2_958_466.0).contains(&days) {
        return Err(days.to_string());
    }
    // Day 0 is no day: a time of day alone.
    if date.is_duration() || days < 1.0 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 2,958,466 days"
        )]
        let seconds = (days * 86_400.0).round() as u64;
        return Ok(format!(
            "{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        ));
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    Ok(match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day}T{hour:02}:{minute:02}:{second:02}"),
    })
}

fn bad(code: &'static str, file: &str, expected: Text, remedy: Text) -> BadInput {
    BadInput {
        code,
        file: file.into(),
        expected,
        remedy,
        ..BadInput::default()
    }
}

fn unsupported(file: &str, what: Text) -> BadInput {
    bad("not-xlsx", file, what, text!(SaveAsXlsx))
}

fn broken(file: &str, what: Text) -> BadInput {
    bad("bad-xlsx", file, what, text!(ResaveWorkbook))
}

/// What a library says of the workbook.
fn fault(file: &str, error: &impl ToString) -> BadInput {
    broken(file, text!(WorkbookFault, error = error.to_string()))
}

fn unreadable(file: &str, error: &XlsxError) -> BadInput {
    match error {
        XlsxError::Password => unsupported(file, text!(WorkbookWithPassword)),
        other => fault(file, other),
    }
}

fn too_large(file: &str, what: Text) -> ReadError {
    let bad = bad("table-too-large", file, what, text!(SplitWorkbook));
    ReadError::TooLarge(Box::new(bad))
}

fn claims_too_much(file: &str, what: Text) -> ReadError {
    ReadError::TooLarge(Box::new(BadInput {
        code: "too-large",
        ..broken(file, what)
    }))
}

fn wrong_cell(column: &str, found: String, place: Place, file: &str) -> BadInput {
    BadInput {
        place,
        column: Some(column.into()),
        found: Some(found),
        ..bad("bad-cell", file, text!(AValue), text!(MendFormula))
    }
}

#[cfg(test)]
#[path = "xlsx_tests.rs"]
mod tests;
