//! `by`: how people go, in `[walk]`, `[[zone]]`, `[[group]]` and `[others]`.

use super::wrong::Wrong;
use crate::model::Mode;
use crate::read::error::ReadError;
use crate::words::text;

/// The way of moving that is written, if one is.
///
/// # Errors
/// When the word means none.
pub(super) fn mode(written: Option<&str>, wrong: &Wrong) -> Result<Option<Mode>, ReadError> {
    let Some(written) = written else {
        return Ok(None);
    };
    let mode = Mode::named(written);
    mode.map(Some).ok_or_else(|| unknown(written, wrong))
}

/// The error about a word that means no way of moving.
pub(super) fn unknown(written: &str, wrong: &Wrong) -> ReadError {
    wrong.unknown(("by", written), text!(ModeWord), &Mode::ALL.map(Mode::word))
}
