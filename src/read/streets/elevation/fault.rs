//! What is wrong with an elevation model, before its file's name is known.

use crate::read::error::{BadInput, ReadError};
use crate::words::Text;

/// What is wrong with an elevation model, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    code: &'static str,
    what: Text,
    remedy: Text,
    too_large: bool,
}

impl Fault {
    /// Something that no usable model holds.
    pub(super) const fn new(code: &'static str, what: Text, remedy: Text) -> Self {
        Self {
            code,
            what,
            remedy,
            too_large: false,
        }
    }

    /// More than can be unpacked here.
    pub(super) const fn too_large(what: Text, remedy: Text) -> Self {
        Self {
            code: "too-large",
            what,
            remedy,
            too_large: true,
        }
    }

    /// A TIFF file that cannot be used.
    pub(super) const fn bad_tiff(what: Text, remedy: Text) -> Self {
        Self::new("bad-tiff", what, remedy)
    }

    /// The error that the user sees.
    pub(super) fn in_file(self, file: &str) -> ReadError {
        let bad = BadInput {
            code: self.code,
            file: file.to_owned(),
            expected: self.what,
            remedy: self.remedy,
            ..BadInput::default()
        };
        if self.too_large {
            ReadError::TooLarge(Box::new(bad))
        } else {
            bad.into()
        }
    }
}
