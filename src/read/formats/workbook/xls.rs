//! Sheets of old `.xls` workbooks, and of the `.et` files of WPS, which are the same inside.
//!
//! The crate `calamine` decodes them. It asks for the memory that a sheet's own statement of its size, or
//! its farthest cell, would take: 137 GB for a legal file of 2 KB. So the records are looked through
//! before ([`check_sizes`]).

use std::io::{Cursor, Read};

use calamine::{Reader, Xls, XlsError};
use cfb::CompoundFile;

use super::fault::{broken, fault, unsupported};
use super::range::{is_shown, rows_of};
use super::xlsx::block;
use crate::read::error::ReadError;
use crate::read::formats::header::{most_cells, nearly_empty};
use crate::read::formats::sheet::{Book, Sheet, Size};
use crate::words::text;

/// The sheets of a workbook that are shown.
///
/// # Errors
/// A file that is broken or protected, or no workbook; sheets that claim to be larger than the file can
/// hold; no sheet that is shown.
pub(super) fn book(bytes: &[u8], file: &str) -> Result<Book, ReadError> {
    let stream = workbook_stream(bytes).ok_or_else(|| unsupported(file, text!(OldWorkbook)))?;
    // Before the crate asks for the memory of what the file states.
    check_sizes(&stream, file)?;
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => unsupported(file, text!(WorkbookWithPassword)),
        other => fault(file, &other),
    })?;
    let mut size = Size::of(file, bytes.len());
    let shown = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| is_shown(sheet));
    let shown: Vec<String> = shown.map(|sheet| sheet.name.clone()).collect();
    let mut sheets = Vec::new();
    for (number, name) in (1..).zip(shown) {
        let range = book.worksheet_range(&name).map_err(|e| fault(file, &e))?;
        let merged = book.merge_cells_by_sheet_name(&name);
        let merged = merged.map_err(|e| fault(file, &e))?;
        sheets.push(Sheet {
            name,
            number,
            rows: rows_of(&range, &mut size)?,
            merged: merged.into_iter().map(block).collect(),
        });
    }
    if sheets.is_empty() {
        return Err(broken(file, text!(NoVisibleSheet)).into());
    }
    Ok(Book {
        file: file.to_owned(),
        encoding: "",
        is_text: false,
        bytes: bytes.len(),
        sheets,
    })
}

/// The stream of records of a workbook; none where the file is no workbook.
fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).ok()?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name))?;
    let mut stream = Vec::new();
    // No stream is longer than the file, whatever it says.
    let most = bytes.len() as u64;
    let opened = file.open_stream(name).ok()?;
    opened.take(most).read_to_end(&mut stream).ok()?;
    Some(stream)
}

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
/// Records that begin with the row and the column of a cell.
const CELLS: [u16; 9] = [
    0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, 0x00FD, 0x00BD, 0x0006, 0x0201,
];

/// Whether every sheet is as small as the bytes of the file allow.
///
/// # Errors
/// [`ReadError::TooLarge`].
fn check_sizes(stream: &[u8], file: &str) -> Result<(), ReadError> {
    let sheets = records(stream)
        .take_while(|(kind, _)| *kind != END)
        .filter(|(kind, _)| *kind == SHEET)
        .filter_map(|(_, data)| Some(u32_at(data, 0)? as usize));
    let starts: Vec<usize> = sheets.collect();
    // All sheets may point at the same large one.
    let most = most_cells(stream.len()) / starts.len().max(1);
    let mut looked_at = 0_usize;
    for start in starts {
        let sheet = stream.get(start..).unwrap_or_default();
        let extent = extent(sheet);
        looked_at = looked_at.saturating_add(extent.records);
        let cells = extent.rows.saturating_mul(extent.columns);
        if cells > most || looked_at > most_cells(stream.len()) {
            return Err(nearly_empty(
                extent.columns,
                extent.rows,
                stream.len(),
                file,
            ));
        }
    }
    Ok(())
}

/// How far a sheet reaches.
#[derive(Default)]
struct Extent {
    rows: usize,
    columns: usize,
    /// How many records were looked at.
    records: usize,
}

/// How far the records of a sheet reach: its cells, and what it states itself.
fn extent(sheet: &[u8]) -> Extent {
    let mut extent = Extent::default();
    // Charts within a sheet have cells of their own.
    let mut depth = 0_usize;
    for (kind, data) in records(sheet) {
        extent.records += 1;
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ => {}
        }
        let reach = match kind {
            DIMENSIONS => stated_end(data),
            _ if CELLS.contains(&kind) => cell_end(kind, data),
            _ => None,
        };
        if let Some([rows, columns]) = reach {
            extent.rows = extent.rows.max(rows);
            extent.columns = extent.columns.max(columns);
        }
    }
    extent
}

/// The rows and columns that a sheet states; older ones in two bytes each. One that ends before it
/// begins would wrap round: it reaches farther than any.
fn stated_end(data: &[u8]) -> Option<[usize; 2]> {
    let [first, end] = if data.len() >= 14 {
        [u32_at(data, 0)?, u32_at(data, 4)?]
    } else {
        [u16_at(data, 0)?.into(), u16_at(data, 2)?.into()]
    };
    let columns = u16_at(data, if data.len() >= 14 { 10 } else { 6 })?;
    let rows = if end > 0 && first > end {
        usize::MAX
    } else {
        end as usize
    };
    Some([rows, columns.max(1).into()])
}

/// The row and the column after a cell; those of several in a row end with the last column.
fn cell_end(kind: u16, data: &[u8]) -> Option<[usize; 2]> {
    const SEVERAL: u16 = 0x00BD;
    let row = usize::from(u16_at(data, 0)?);
    let mut column = usize::from(u16_at(data, 2)?);
    if kind == SEVERAL {
        column = column.max(u16_at(data, data.len().checked_sub(2)?)?.into());
    }
    Some([row + 1, column + 1])
}

/// The records of a stream: each a kind and its data, up to where the stream ends or makes no sense.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let kind = u16_at(rest, 0)?;
        let length = usize::from(u16_at(rest, 2)?);
        let data = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some((kind, data))
    })
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at + 2)?;
    Some(u16::from_le_bytes([bytes[0], bytes[1]]))
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at + 4)?;
    Some(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}
