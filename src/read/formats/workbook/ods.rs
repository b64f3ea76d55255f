//! Sheets of `.ods` workbooks.
//!
//! The crate `calamine` decodes them. It asks for the memory of all fields up to the farthest, as often as
//! they are said to be repeated, and does not tell which fields are merged: both are looked up before
//! ([`Looked`]).

use std::io::{BufRead, BufReader, Cursor};

use calamine::{Ods, OdsError, Reader};
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::fault::{broken, fault, unsupported};
use super::range::{is_shown, rows_of};
use super::unpacked::Unpacked;
use super::xlsx::as_index;
use crate::read::error::ReadError;
use crate::read::formats::header::{most_cells, nearly_empty};
use crate::read::formats::sheet::{Book, Merged, Sheet, Size};
use crate::words::text;

/// The rows and the columns of a sheet, the format's own limits.
const MOST: [u64; 2] = [1 << 20, 1 << 14];

/// The sheets of a workbook that are shown.
///
/// # Errors
/// A file that is broken or protected; sheets that claim to be larger than the file can hold; no sheet
/// that is shown.
pub(super) fn book(bytes: &[u8], file: &str, unpacked: Unpacked) -> Result<Book, ReadError> {
    let length = as_index(unpacked.bytes);
    let looked = looked_at(bytes, length, file)?;
    let mut book = Ods::new(Cursor::new(bytes)).map_err(|error| match error {
        OdsError::Password => unsupported(file, text!(WorkbookWithPassword)),
        other => fault(file, &other),
    })?;
    let mut size = Size::of(file, length);
    // The same order in both: that of the file.
    let all: Vec<_> = book.sheets_metadata().iter().cloned().zip(looked).collect();
    let shown = all.into_iter().filter(|(sheet, _)| is_shown(sheet));
    let mut sheets = Vec::new();
    for (number, (metadata, looked)) in (1..).zip(shown) {
        let range = book.worksheet_range(&metadata.name);
        let range = range.map_err(|error| fault(file, &error))?;
        sheets.push(Sheet {
            name: metadata.name,
            number,
            rows: rows_of(&range, &mut size)?,
            merged: looked.merged,
        });
    }
    if sheets.is_empty() {
        return Err(broken(file, text!(NoVisibleSheet)).into());
    }
    Ok(Book {
        file: file.to_owned(),
        encoding: "",
        is_text: false,
        bytes: length,
        sheets,
    })
}

/// What a look at one sheet shows.
#[derive(Debug, Default)]
struct Looked {
    /// The rows and columns up to the last field that holds something.
    reach: [u64; 2],
    merged: Vec<Merged>,
    /// How many rows, and how many fields of the last of them, have passed.
    passed: [u64; 2],
    /// How often the row that passes is repeated.
    row_repeats: u64,
}

/// All sheets of the workbook, in the order of the file.
///
/// # Errors
/// [`ReadError::TooLarge`] where they claim more fields than so many bytes can mean.
fn looked_at(bytes: &[u8], length: usize, file: &str) -> Result<Vec<Looked>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(file, &e))?;
    let content = archive
        .by_name("content.xml")
        .map_err(|e| fault(file, &e))?;
    let sheets = sheets_in(BufReader::new(content)).map_err(|e| fault(file, &e))?;
    let mut claimed = 0_u64;
    for sheet in &sheets {
        let [rows, columns] = sheet.reach;
        claimed = claimed.saturating_add(rows.saturating_mul(columns));
        if claimed > most_cells(length) as u64 {
            let [rows, columns] = [rows, columns].map(as_index);
            return Err(nearly_empty(columns, rows, length, file));
        }
    }
    Ok(sheets)
}

fn sheets_in(content: impl BufRead) -> Result<Vec<Looked>, quick_xml::Error> {
    let mut xml = XmlReader::from_reader(content);
    // An empty element begins and ends like any other: it may be repeated as well.
    xml.config_mut().expand_empty_elements = true;
    let mut buffer = Vec::new();
    let mut sheets: Vec<Looked> = Vec::new();
    loop {
        let event = xml.read_event_into(&mut buffer)?;
        match event {
            Event::Start(start) if start.name().as_ref() == "table:table" => {
                sheets.push(Looked::default());
            }
            Event::Start(start) => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.take(&start);
                }
            }
            Event::End(end) if end.name().as_ref() == "table:table-row" => {
                if let Some(sheet) = sheets.last_mut() {
                    sheet.passed[0] += sheet.row_repeats;
                }
            }
            Event::Eof => return Ok(sheets),
            _ => {}
        }
        buffer.clear();
    }
}

impl Looked {
    fn take(&mut self, start: &BytesStart<'_>) {
        match start.name().as_ref() {
            "table:table-row" => {
                self.row_repeats = number(start, "table:number-rows-repeated").min(MOST[0]);
                self.passed[1] = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => self.take_field(start),
            // What a field holds is shown: a value without a type is text.
            "text:p" => self.fill(),
            _ => {}
        }
    }

    fn take_field(&mut self, start: &BytesStart<'_>) {
        let repeats = number(start, "table:number-columns-repeated").min(MOST[1]);
        let column = self.passed[1];
        // A field and its repeats pass at once: `fill` reaches to the last of them.
        self.passed[1] = column.saturating_add(repeats);
        if start
            .try_get_attribute("office:value-type")
            .is_ok_and(|a| a.is_some())
        {
            self.fill();
        }
        let rows = number(start, "table:number-rows-spanned");
        let columns = number(start, "table:number-columns-spanned");
        if rows > 1 || columns > 1 {
            let row = self.passed[0] + 1;
            self.merged.push(Merged {
                rows: [row, row.saturating_add(rows - 1)],
                columns: [column, column.saturating_add(columns - 1)].map(as_index),
            });
        }
    }

    /// The field that has passed last holds something.
    fn fill(&mut self) {
        let rows = self.passed[0].saturating_add(self.row_repeats);
        self.reach = [self.reach[0].max(rows), self.reach[1].max(self.passed[1])];
    }
}

/// The number in an attribute, at least 1; that is also what an absent one means.
fn number(start: &BytesStart<'_>, name: &str) -> u64 {
    let attribute = start.try_get_attribute(name).ok().flatten();
    let number = attribute.and_then(|attribute| attribute.value.trim().parse().ok());
    number.unwrap_or(1).max(1)
}
