//! Why results could not be written.

use std::path::{Path, PathBuf};

use crate::read::plain;

/// Why results could not be written. What was there before still is.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// The file system said no: missing, read-only, full.
    #[error("{}: {source} – check the folder, its permissions and the free space", plain(&path.to_string_lossy()))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another run is writing to the same folder.
    #[error("{}: another run is writing here – wait for it, or choose another folder", plain(&path.to_string_lossy()))]
    Locked {
        /// The folder.
        path: PathBuf,
    },
    /// A result would replace an input of the study.
    #[error("{}: this is an input of the study – choose another folder for the results", plain(&path.to_string_lossy()))]
    Input {
        /// The input.
        path: PathBuf,
    },
}

impl ReportError {
    pub(super) fn io(path: &Path, source: std::io::Error) -> Self {
        Self::Io { path: path.to_path_buf(), source }
    }
}
