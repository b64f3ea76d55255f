//! Why results could not be written, and what to do about it.

use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use crate::read::plain;

/// Why results could not be written. The outputs of an earlier run are whole still.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The file system refused: missing, read-only, full.
    #[error("{}: {source} – {}", shown(path), remedy(source))]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run is writing to the same directory.
    #[error(
        "{}: another run is writing here – wait until it has ended, or choose another directory",
        shown(path)
    )]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// Something else stands where an output belongs.
    #[error(
        "{}: this is {found}, and {wanted} belongs here – move it away, or choose another directory",
        shown(path)
    )]
    InTheWay {
        /// The path.
        path: PathBuf,
        /// What stands there.
        found: &'static str,
        /// What belongs there.
        wanted: &'static str,
    },
    /// A result would replace an input of the study.
    #[error(
        "{}: this is an input of the study – choose another directory for the results",
        shown(path)
    )]
    Input {
        /// The input.
        path: PathBuf,
    },
}

impl ReportError {
    /// Turns what the system said about a path into an error.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

/// A path, safe for a terminal, with all its parts.
fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .to_string_lossy()
        .split(MAIN_SEPARATOR)
        .map(plain)
        .collect();
    parts.join(MAIN_SEPARATOR_STR)
}

fn remedy(source: &io::Error) -> &'static str {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "free some space and run again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "choose a directory that you may write to, or change its permissions"
        }
        _ => "check the path, or choose another directory",
    }
}
