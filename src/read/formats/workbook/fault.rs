//! What is wrong with a workbook.

use calamine::XlsxError;

use crate::read::error::{BadInput, ReadError};
use crate::words::{Text, text};

fn bad(code: &'static str, file: &str, expected: Text, remedy: Text) -> BadInput {
    BadInput {
        code,
        file: file.into(),
        expected,
        remedy,
        ..BadInput::default()
    }
}

pub(super) fn unsupported(file: &str, what: Text) -> BadInput {
    bad("not-xlsx", file, what, text!(SaveAsXlsx))
}

pub(super) fn broken(file: &str, what: Text) -> BadInput {
    bad("bad-xlsx", file, what, text!(ResaveWorkbook))
}

/// What a library says of the workbook.
pub(super) fn fault(file: &str, error: &impl ToString) -> BadInput {
    broken(file, text!(WorkbookFault, error = error.to_string()))
}

pub(super) fn unreadable(file: &str, error: &XlsxError) -> BadInput {
    match error {
        XlsxError::Password => unsupported(file, text!(WorkbookWithPassword)),
        other => fault(file, other),
    }
}

pub(super) fn too_large(file: &str, what: Text) -> ReadError {
    let bad = bad("table-too-large", file, what, text!(SplitWorkbook));
    ReadError::TooLarge(Box::new(bad))
}

pub(super) fn claims_too_much(file: &str, what: Text) -> ReadError {
    ReadError::TooLarge(Box::new(BadInput {
        code: "too-large",
        ..broken(file, what)
    }))
}
