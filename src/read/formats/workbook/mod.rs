//! Tables from workbooks: `.xlsx`, the old `.xls` and `.et`, and `.ods`.

mod cell;
mod fault;
mod ods;
mod range;
mod unpacked;
mod xls;
#[cfg(test)]
mod xls_tests;
mod xlsx;
#[cfg(test)]
mod xlsx_tests;

use std::io::Cursor;

use zip::ZipArchive;

use super::guarded::guarded;
use super::shape::{self, Shape};
use super::sheet::Book;
use super::table::Table;
use crate::model::Memory;
use crate::read::error::ReadError;
use crate::words::text;
use fault::{broken, fault, unsupported};

/// What the compound files of old office programs begin with.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Reads the table of a workbook: of all sheets that are shown and headed alike.
///
/// Which row is the head, the shape says; without known columns it is the first that is not empty. A
/// row's place is its number in the sheet. Dates become text (`2024-03-01`, `2024-03-01T08:30:00`, a
/// time of day alone `08:30:00`), numbers and booleans stay what they are. A row with a formula error
/// becomes [`Table::bad`]. Empty rows are skipped.
///
/// # Errors
///
/// Anything that is no such workbook (also `.xlsb` and protected ones), no visible or an empty sheet, a
/// column name twice, a value in a column without a name, a workbook that unpacks to more than
/// [`Memory::unpacked`] allows, texts that are repeated past it, or more than 50 million cells.
pub(crate) fn table(
    bytes: &[u8],
    file: &str,
    memory: Memory,
    shape: &Shape<'_>,
) -> Result<Table, ReadError> {
    shape::table(caught(bytes, file, memory)?, shape)
}

/// The names of the sheets that are shown.
///
/// # Errors
///
/// As [`table`].
pub(crate) fn sheet_names(
    bytes: &[u8],
    file: &str,
    memory: Memory,
) -> Result<Vec<String>, ReadError> {
    let sheets = caught(bytes, file, memory)?.sheets.into_iter();
    Ok(sheets.map(|sheet| sheet.name).collect())
}

/// The sheets, whatever the library does with a file that is none.
fn caught(bytes: &[u8], file: &str, memory: Memory) -> Result<Book, ReadError> {
    // In builds with overflow checks calamine 0.38 panics on a cell named A99999999999.
    // Nor does it look whether the sheets of an old workbook begin within it.
    let read = guarded(|| book(bytes, file, memory));
    read.unwrap_or_else(|| Err(broken(file, text!(UnreadableReference)).into()))
}

fn book(bytes: &[u8], file: &str, memory: Memory) -> Result<Book, ReadError> {
    if bytes.starts_with(OLE) {
        return xls::book(bytes, file);
    }
    if !bytes.starts_with(b"PK") {
        return Err(unsupported(file, text!(NoWorkbook)).into());
    }
    let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(file, &e))?;
    if archive.index_for_name("xl/workbook.bin").is_some() {
        return Err(unsupported(file, text!(BinaryWorkbook)).into());
    }
    let is_open_document = archive.index_for_name("content.xml").is_some();
    drop(archive);
    let most = memory.unpacked(bytes.len() as u64);
    // Before anything is decoded: only this shows how much it unpacks to.
    let unpacked = unpacked::looked_over(bytes, file, most)?;
    if is_open_document {
        return ods::book(bytes, file, unpacked);
    }
    xlsx::book(bytes, file, (unpacked, memory))
}
