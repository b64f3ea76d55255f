//! Which sheets of a workbook are the table: the one that is named, or all that are headed alike.

use super::head_rows::{self, Head, meanings};
use super::{Shape, header_of};
use crate::model::Severity;
use crate::read::error::{BadInput, ReadError, plain};
use crate::read::formats::sheet::{Book, Sheet};
use crate::read::formats::table::Remark;
use crate::read::listed::quoted;
use crate::words::{Text, text};

/// A sheet and its head.
pub(super) struct Headed {
    pub sheet: Sheet,
    pub head: Head,
}

/// The sheets that are read, and what there is to tell.
pub(super) struct Chosen {
    pub sheets: Vec<Headed>,
    pub remarks: Vec<Remark>,
}

/// The sheets of the table. The first that names two known columns, else the first that holds anything;
/// and all others whose heads mean the same.
///
/// # Errors
/// No sheet that holds anything, none of the asked name, no such row.
pub(super) fn chosen(book: &mut Book, shape: &Shape<'_>) -> Result<Chosen, ReadError> {
    let all = std::mem::take(&mut book.sheets);
    let first_name = all
        .first()
        .map(|sheet| sheet.name.clone())
        .unwrap_or_default();
    let mut sheets = named(all, shape.sheet, &book.file)?;
    sheets.retain(|sheet| !sheet.rows.is_empty());
    if sheets.is_empty() {
        return Err(nothing(book, shape.sheet.unwrap_or(&first_name)).into());
    }
    let mut headed = Vec::new();
    for sheet in sheets {
        let (head, remarks) = headed_by(&sheet, shape, &book.file)?;
        headed.push((Headed { sheet, head }, remarks));
    }
    let base = headed.iter().position(|(sheet, _)| sheet.head.known >= 2);
    Ok(alike(headed, base.unwrap_or(0), shape))
}

/// All sheets, or the one of this name.
fn named(all: Vec<Sheet>, name: Option<&str>, file: &str) -> Result<Vec<Sheet>, ReadError> {
    let Some(name) = name else { return Ok(all) };
    if all.iter().all(|sheet| sheet.name.is_empty()) {
        return Err(no_sheets(name, file).into());
    }
    let names: Vec<Text> = all
        .iter()
        .map(|sheet| quoted(&plain(&sheet.name)))
        .collect();
    let mut meant = all;
    meant.retain(|sheet| sheet.name.trim() == name.trim());
    if meant.is_empty() {
        return Err(no_such_sheet(name, names, file).into());
    }
    Ok(meant)
}

fn headed_by(
    sheet: &Sheet,
    shape: &Shape<'_>,
    file: &str,
) -> Result<(Head, Vec<Remark>), ReadError> {
    let place = match shape.header_row {
        Some(asked) => {
            let place = sheet.rows.iter().position(|row| row.number == asked);
            place.ok_or_else(|| no_such_row(asked, file))?
        }
        None => head_rows::find(sheet, shape.heads),
    };
    if let Some((_, error)) = sheet.rows[place].faults.first() {
        return Err(error_in_header(error, sheet.rows[place].number, file).into());
    }
    Ok(head_rows::at(sheet, place, shape.heads))
}

/// The sheet in this place, and those after it that are headed alike.
fn alike(headed: Vec<(Headed, Vec<Remark>)>, base: usize, shape: &Shape<'_>) -> Chosen {
    let meant = meanings(&headed[base].0.head.names, shape.heads);
    let counts = counted(&headed[base].0.head.names, shape);
    let mut chosen = Chosen {
        sheets: Vec::new(),
        remarks: Vec::new(),
    };
    let mut left_out = Vec::new();
    for (place, (sheet, remarks)) in headed.into_iter().enumerate() {
        // Where no head means anything, that two are alike tells nothing.
        let fits = !meant.is_empty()
            && meanings(&sheet.head.names, shape.heads) == meant
            && counted(&sheet.head.names, shape) == counts;
        if place == base || fits {
            // Each sheet may tell the same of its head: once is enough.
            for remark in remarks {
                if !chosen.remarks.contains(&remark) {
                    chosen.remarks.push(remark);
                }
            }
            chosen.sheets.push(sheet);
        } else {
            left_out.push(sheet);
        }
    }
    if chosen.sheets.len() > 1 {
        let severity = if chosen.sheets.iter().any(may_be_a_copy) {
            Severity::Suspicious
        } else {
            Severity::Repaired
        };
        let sheets = numbered(&chosen.sheets);
        chosen.remarks.push(Remark {
            severity,
            code: "sheets-joined",
            message: text!(SheetsJoined, sheets = sheets),
        });
    }
    if !left_out.is_empty() {
        let sheets = numbered(&left_out);
        let severity = if left_out.iter().any(is_table) {
            Severity::Suspicious
        } else {
            Severity::Note
        };
        chosen.remarks.push(Remark {
            severity,
            code: "sheets-left-out",
            message: text!(SheetsLeftOut, sheets = sheets),
        });
    }
    chosen
}

/// The heads of what is counted: people beside ten thousands of people are two things.
fn counted(names: &[String], shape: &Shape<'_>) -> Vec<String> {
    let counts = names.iter().filter(|name| shape.heads.is_counted(name));
    let mut counts: Vec<String> = counts.cloned().collect();
    counts.sort();
    counts
}

/// Whether the name of a sheet is one of a year, a copy or a sum: the same rows may stand in another.
fn may_be_a_copy(headed: &Headed) -> bool {
    let name = headed.sheet.name.to_lowercase();
    let words = [
        "汇总", "合计", "总表", "副本", "备份", "copy", "total", "all",
    ];
    name.chars().any(char::is_numeric) || words.iter().any(|word| name.contains(word))
}

/// Whether a sheet holds more than a column of texts, such as an explanation.
fn is_table(headed: &Headed) -> bool {
    headed.sheet.rows.iter().any(|row| row.filled() > 1)
}

/// The sheets by number and name.
fn numbered(sheets: &[Headed]) -> Vec<Text> {
    let named = sheets.iter().map(|headed| {
        let sheet = &headed.sheet;
        text!(
            SheetOfNumber,
            number = sheet.number,
            name = quoted(&plain(&sheet.name))
        )
    });
    named.collect()
}

/// The columns of all these sheets, in order of first appearance.
///
/// # Errors
/// A head of which two columns have the same name, or that names none.
pub(super) fn columns(sheets: &[Headed], file: &str) -> Result<Vec<String>, ReadError> {
    let mut columns: Vec<String> = Vec::new();
    for headed in sheets {
        let header = header_of(&headed.head.names, headed.head.row, file)?;
        for name in header.names {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
    }
    Ok(columns)
}

fn nothing(book: &Book, sheet: &str) -> BadInput {
    if book.is_text {
        return BadInput {
            code: "empty-file",
            file: book.file.clone(),
            expected: text!(FileEmpty),
            remedy: text!(GiveHeader),
            ..BadInput::default()
        };
    }
    BadInput {
        code: "bad-xlsx",
        file: book.file.clone(),
        expected: text!(SheetEmpty, sheet = sheet),
        remedy: text!(ResaveWorkbook),
        ..BadInput::default()
    }
}

fn error_in_header(error: &str, row: u64, file: &str) -> BadInput {
    BadInput {
        code: "bad-xlsx",
        file: file.to_owned(),
        expected: text!(ErrorInHeader, error = error, row = row),
        remedy: text!(ResaveWorkbook),
        ..BadInput::default()
    }
}

fn no_sheets(name: &str, file: &str) -> BadInput {
    BadInput {
        code: "no-sheets",
        file: file.to_owned(),
        found: Some(name.to_owned()),
        expected: text!(HasNoSheets),
        remedy: text!(LeaveSheetOut),
        ..BadInput::default()
    }
}

fn no_such_sheet(name: &str, names: Vec<Text>, file: &str) -> BadInput {
    BadInput {
        code: "no-such-sheet",
        file: file.to_owned(),
        found: Some(name.to_owned()),
        expected: text!(ASheetOfIt),
        remedy: text!(SheetsAre, sheets = names),
        ..BadInput::default()
    }
}

fn no_such_row(row: u64, file: &str) -> BadInput {
    BadInput {
        code: "no-header",
        file: file.to_owned(),
        found: Some(row.to_string()),
        expected: text!(AHeaderRow),
        remedy: text!(CorrectHeaderRow),
        ..BadInput::default()
    }
}
