//! Why results could not be written, and what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use crate::text::plain;

/// Why results could not be written. Unless it is [`Broken`](Self::Broken), nothing was changed: the
/// outputs of an earlier run are whole still.
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
    /// Files that are not results of walkshed, or no longer are, bear the names of results.
    #[error(
        "{}: files are in the way: {} – choose another directory; with --overwrite they are replaced or removed",
        shown(dir),
        in_groups(files)
    )]
    Foreign {
        /// The directory.
        dir: PathBuf,
        /// All such files, each with why it is not taken for a result.
        files: Vec<(&'static str, Foreign)>,
    },
    /// The results do not fit on the disk.
    #[error(
        "{}: the results take at least {} MB and {} MB are free – free some space, or choose another directory",
        shown(dir),
        needed.div_ceil(1_000_000),
        free / 1_000_000
    )]
    NoSpace {
        /// The directory.
        dir: PathBuf,
        /// How many bytes the results take at least.
        needed: u64,
        /// How many bytes are free.
        free: u64,
    },
    /// The switch from the files of an earlier run to those of this one broke off.
    #[error("{}: {source} – {left}", shown(path))]
    Broken {
        /// The file or directory that it broke off at.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What the directory holds now.
        left: Left,
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

/// Why a file with the name of a result is not taken for one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Foreign {
    /// No manifest in the directory lists it.
    Unlisted,
    /// It is not as the run left it that the manifest tells of.
    Changed,
    /// `manifest.json` is none of walkshed's, or damaged.
    NoManifest,
}

impl Foreign {
    const ALL: [Self; 3] = [Self::NoManifest, Self::Unlisted, Self::Changed];

    const fn told(self) -> &'static str {
        match self {
            Self::Unlisted => "not listed by a manifest of walkshed",
            Self::Changed => "changed since walkshed wrote them",
            Self::NoManifest => "no manifest of walkshed, or a damaged one",
        }
    }
}

/// What a switch that broke off leaves in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// Files of this run and of an earlier one, without a manifest.
    Mixed,
    /// All files of this run, which a crash of the machine may still undo.
    Complete,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mixed => {
                "the directory holds files of this run and of an earlier one now, and no manifest; \
                 mend the cause and run again, which replaces them all"
            }
            Self::Complete => {
                "all files of this run are in their places, but a power cut may still undo that; \
                 mend the cause and run again"
            }
        })
    }
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

/// The files of each group, after what the group is.
fn in_groups(files: &[(&'static str, Foreign)]) -> String {
    let group = |why: Foreign| {
        let names: Vec<&str> = files
            .iter()
            .filter(|(_, of)| *of == why)
            .map(|(name, _)| *name)
            .collect();
        (!names.is_empty()).then(|| format!("{} ({})", names.join(", "), why.told()))
    };
    let groups: Vec<String> = Foreign::ALL.into_iter().filter_map(group).collect();
    groups.join("; ")
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
