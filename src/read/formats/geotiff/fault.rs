//! What is wrong with a raster, before its file's name is known.

use crate::read::error::{BadInput, ReadError};
use crate::words::Text;

/// What is wrong with a raster, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    code: &'static str,
    what: Text,
    remedy: Text,
    too_large: bool,
}

impl Fault {
    /// Something that no usable raster holds.
    pub(crate) const fn new(code: &'static str, what: Text, remedy: Text) -> Self {
        Self {
            code,
            what,
            remedy,
            too_large: false,
        }
    }

    /// More than can be unpacked here.
    pub(crate) const fn too_large(what: Text, remedy: Text) -> Self {
        Self {
            code: "too-large",
            what,
            remedy,
            too_large: true,
        }
    }

    /// A TIFF file that cannot be used.
    pub(crate) const fn bad_tiff(what: Text, remedy: Text) -> Self {
        Self::new("bad-tiff", what, remedy)
    }

    /// The error that the user sees.
    pub(crate) fn in_file(self, file: &str) -> ReadError {
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
