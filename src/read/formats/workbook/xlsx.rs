//! Sheets of `.xlsx` workbooks.
//!
//! The crate `calamine` decodes them, cell by cell as they stand in the sheet: its `worksheet_range`
//! asks for the memory of the whole range, 549 GB for a legal workbook of 2 KB
//! (`the_farthest_cell_costs_nothing`).

use std::io::Cursor;

use calamine::{Cell, DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx};

use super::cell::value;
use super::fault::{broken, too_large, unreadable};
use super::unpacked::Unpacked;
use crate::model::Memory;
use crate::read::error::ReadError;
use crate::read::formats::sheet::{Book, Merged, Sheet, SheetRow, Size};
use crate::read::formats::table::Value;
use crate::words::text;

/// The rows of a sheet, Excel's own limit.
const MOST_ROWS: u32 = 1 << 20;
/// The columns of a sheet, Excel's own limit.
const MOST_COLUMNS: u32 = 1 << 14;

/// The sheets of a workbook that are shown.
///
/// # Errors
/// A workbook that is broken or protected, without such a sheet, or with texts that are repeated past
/// [`Memory::unpacked`].
pub(super) fn book(
    bytes: &[u8],
    file: &str,
    (unpacked, memory): (Unpacked, Memory),
) -> Result<Book, ReadError> {
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(file, &e))?;
    let mut room = Room {
        file,
        size: Size::of(file, as_index(unpacked.bytes)),
        text_left: memory.unpacked(unpacked.bytes),
    };
    let mut sheets = Vec::new();
    for (number, name) in (1..).zip(visible_sheets(&book)) {
        let mut sheet = sheet(&mut book, name, &mut room)?;
        sheet.number = number;
        // The crate reads the sheet once more for these, which most sheets do not have.
        if unpacked.has_merged {
            let merged = book.merge_cells_by_sheet_name(&sheet.name);
            let merged = merged.map_err(|e| unreadable(file, &e))?;
            sheet.merged = merged.into_iter().map(block).collect();
        }
        sheets.push(sheet);
    }
    if sheets.is_empty() {
        return Err(broken(file, text!(NoVisibleSheet)).into());
    }
    Ok(Book {
        file: file.to_owned(),
        encoding: "",
        is_text: false,
        bytes: as_index(unpacked.bytes),
        sheets,
    })
}

fn visible_sheets(book: &Xlsx<Cursor<&[u8]>>) -> Vec<String> {
    let sheets = book.sheets_metadata().iter();
    sheets
        .filter(|s| s.visible == SheetVisible::Visible && s.typ == SheetType::WorkSheet)
        .map(|s| s.name.clone())
        .collect()
}

/// Merged fields, counted as rows are.
pub(super) fn block(dimensions: Dimensions) -> Merged {
    let (first, last) = (dimensions.start, dimensions.end);
    Merged {
        rows: [first.0, last.0].map(|row| u64::from(row) + 1),
        columns: [first.1, last.1].map(as_index),
    }
}

/// What room there is for what a workbook holds.
struct Room<'a> {
    file: &'a str,
    size: Size<'a>,
    /// How many more bytes of text there is room for: cells may share a long one, and each copies it.
    text_left: u64,
}

fn sheet(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: String,
    room: &mut Room<'_>,
) -> Result<Sheet, ReadError> {
    let file = room.file;
    let mut rows = Rows {
        room,
        done: Vec::new(),
        row: 0,
        cells: Vec::new(),
    };
    let mut cells = book
        .worksheet_cells_reader(&name)
        .map_err(|e| unreadable(file, &e))?;
    while let Some(cell) = cells.next_cell().map_err(|e| unreadable(file, &e))? {
        rows.take(&cell)?;
    }
    rows.end_row()?;
    Ok(Sheet {
        name,
        rows: rows.done,
        ..Sheet::default()
    })
}

/// The rows of a sheet while they are read.
struct Rows<'a, 'b> {
    room: &'a mut Room<'b>,
    done: Vec<SheetRow>,
    /// The row that is being read, counted from 0, and its cells so far.
    row: u32,
    cells: Vec<(usize, Result<Value, String>)>,
}

impl Rows<'_, '_> {
    fn take(&mut self, cell: &Cell<DataRef<'_>>) -> Result<(), ReadError> {
        let file = self.room.file;
        let (row, column) = cell.get_position();
        if row >= MOST_ROWS || column >= MOST_COLUMNS {
            return Err(broken(file, text!(CellOutside)).into());
        }
        // A row that comes back later would be a second record of the same number.
        if row < self.row {
            return Err(broken(file, text!(RowsOutOfOrder)).into());
        }
        if row > self.row {
            self.end_row()?;
            self.row = row;
        }
        self.take_text(cell.get_value())?;
        match value(cell.get_value()) {
            Ok(Value::Empty) => (),
            value => self.cells.push((as_index(column), value)),
        }
        Ok(())
    }

    fn take_text(&mut self, value: &DataRef<'_>) -> Result<(), ReadError> {
        let DataRef::SharedString(text) = value else {
            return Ok(());
        };
        let left = self.room.text_left.checked_sub(text.len() as u64);
        self.room.text_left =
            left.ok_or_else(|| too_large(self.room.file, text!(RepeatedTexts)))?;
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), ReadError> {
        let mut cells = std::mem::take(&mut self.cells);
        if cells.is_empty() {
            return Ok(());
        }
        // A damaged sheet may hold its cells in any order, or one of them twice: the first counts.
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        let row = row_of(u64::from(self.row) + 1, cells);
        self.room.size.take(row.values.len())?;
        self.done.push(row);
        Ok(())
    }
}

/// A row of these cells, which stand in the order of their columns.
pub(super) fn row_of(number: u64, cells: Vec<(usize, Result<Value, String>)>) -> SheetRow {
    let mut row = SheetRow {
        number,
        ..SheetRow::default()
    };
    for (column, value) in cells {
        row.values.resize(column, Value::Empty);
        match value {
            Ok(value) => row.values.push(value),
            Err(error) => {
                row.values.push(Value::Empty);
                row.faults.push((column, error));
            }
        }
    }
    row
}

/// A count as an index; the largest where it is none.
pub(super) fn as_index(count: impl TryInto<usize>) -> usize {
    count.try_into().unwrap_or(usize::MAX)
}
