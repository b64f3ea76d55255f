//! What is wrong inside an OSM file, before the file's name is known.

use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// The remedy for a damaged file.
pub(super) const AGAIN: Text = text!(DownloadExtractAgain);
/// The remedy for a file that some other program wrote oddly.
pub(super) const RECODE: Text = text!(ReencodeOsm);

/// One thing wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Fault {
    code: &'static str,
    place: Place,
    what: Text,
    remedy: Text,
    too_large: bool,
}

impl Fault {
    pub(super) fn new(code: &'static str, what: Text, remedy: Text) -> Self {
        Self {
            code,
            place: Place::File,
            what,
            remedy,
            too_large: false,
        }
    }

    /// Something that no whole file holds.
    pub(super) fn damaged(what: Text) -> Self {
        Self::new("bad-osm", what, AGAIN)
    }

    /// More than can be counted here.
    pub(super) fn too_large(what: Text) -> Self {
        Self {
            too_large: true,
            ..Self::new("too-large", what, text!(ExtractStudyArea))
        }
    }

    /// The same, with another remedy.
    pub(super) fn with_remedy(self, remedy: Text) -> Self {
        Self { remedy, ..self }
    }

    /// The same, with the blob it happened in.
    pub(super) fn in_blob(mut self, number: usize, offset: usize) -> Self {
        self.what = text!(InBlob, number = number, offset = offset, what = self.what);
        self
    }

    /// The same, on a line of text.
    pub(super) fn on_line(self, line: u64) -> Self {
        Self {
            place: Place::Line(line),
            ..self
        }
    }

    /// The same, as one thing wrong with a file that is not yet named.
    pub(super) fn bad_input(self) -> BadInput {
        BadInput {
            code: self.code,
            place: self.place,
            expected: self.what,
            remedy: self.remedy,
            ..BadInput::default()
        }
    }

    /// The error that the user sees.
    pub(super) fn in_file(self, file: &str) -> ReadError {
        let too_large = self.too_large;
        let bad = BadInput {
            file: file.into(),
            ..self.bad_input()
        };
        if too_large {
            ReadError::TooLarge(Box::new(bad))
        } else {
            bad.into()
        }
    }
}
