//! Why results could not be written, and what to do about it.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, MAIN_SEPARATOR_STR, Path, PathBuf};

use crate::text::plain;
use crate::words::{Key, Part, Text, text};

/// Why results could not be written. Unless it is [`Broken`](Self::Broken), nothing was changed: the
/// outputs of an earlier run are whole still.
///
/// ```
/// use walkshed::report::{self, ReportError, Foreign};
/// # let folder = tempfile::tempdir()?;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default())?;
/// // Somebody's own file is never replaced unasked.
/// std::fs::write(folder.path().join("cells.csv"), "mine")?;
/// match report::write(&results, folder.path()) {
///     Err(ReportError::Foreign { files, .. }) => assert_eq!(files, [("cells.csv", Foreign::Unlisted)]),
///     other => panic!("not {other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ReportError {
    /// The file system refused: missing, read-only, full.
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another run is writing to the same directory.
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// Something else stands where an output belongs.
    InTheWay {
        /// The path.
        path: PathBuf,
        /// What stands there.
        found: Text,
        /// What belongs there.
        wanted: Text,
    },
    /// Files that are not results of walkshed, or no longer are, bear the names of results.
    Foreign {
        /// The directory.
        dir: PathBuf,
        /// All such files, each with why it is not taken for a result.
        files: Vec<(&'static str, Foreign)>,
    },
    /// The results do not fit on the disk.
    NoSpace {
        /// The directory.
        dir: PathBuf,
        /// How many bytes the results take at least.
        needed: u64,
        /// How many bytes are free.
        free: u64,
    },
    /// The switch from the files of an earlier run to those of this one broke off.
    Broken {
        /// The file or directory that it broke off at.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
        /// What the directory holds now.
        left: Left,
    },
    /// A result would replace an input of the study.
    Input {
        /// The input.
        path: PathBuf,
    },
}

/// Why a file with the name of a result is not taken for one.
///
/// ```
/// use walkshed::report::{Foreign, ReportError, write};
/// # let folder = tempfile::tempdir()?;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default())?;
/// write(&results, folder.path())?;
/// // Somebody has changed a result by hand: it is not replaced unasked.
/// std::fs::write(folder.path().join("cells.csv"), "mine")?;
/// match write(&results, folder.path()) {
///     Err(ReportError::Foreign { files, .. }) => assert_eq!(files, [("cells.csv", Foreign::Changed)]),
///     other => panic!("not {other:?}"),
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
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

    fn text(self) -> Text {
        match self {
            Self::Unlisted => text!(ForeignUnlisted),
            Self::Changed => text!(ForeignChanged),
            Self::NoManifest => text!(ForeignNoManifest),
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

impl Left {
    fn text(self) -> Text {
        match self {
            Self::Mixed => text!(LeftMixed),
            Self::Complete => text!(LeftComplete),
        }
    }
}

impl ReportError {
    /// Whether a file or directory is not there.
    pub(super) fn is_missing(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::NotFound)
    }

    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Io { path, source } => text!(
                ReportIo,
                path = shown(path),
                source = source.to_string(),
                remedy = remedy(source),
            ),
            Self::Locked { path } => text!(ReportLocked, path = shown(path)),
            Self::InTheWay {
                path,
                found,
                wanted,
            } => text!(
                ReportInTheWay,
                path = shown(path),
                found = found.clone(),
                wanted = wanted.clone(),
            ),
            Self::Foreign { dir, files } => {
                text!(ReportForeign, path = shown(dir), groups = groups(files))
            }
            Self::NoSpace { dir, needed, free } => text!(
                ReportNoSpace,
                path = shown(dir),
                needed = needed.div_ceil(1_000_000),
                free = free / 1_000_000,
            ),
            Self::Broken { path, source, left } => text!(
                ReportBroken,
                path = shown(path),
                source = source.to_string(),
                left = left.text(),
            ),
            Self::Input { path } => text!(ReportInput, path = shown(path)),
        }
    }

    /// Turns what the system said about a path into an error.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io {
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for ReportError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for ReportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io { source, .. } | Self::Broken { source, .. } => Some(source),
            Self::Locked { .. }
            | Self::InTheWay { .. }
            | Self::Foreign { .. }
            | Self::NoSpace { .. }
            | Self::Input { .. } => None,
        }
    }
}

/// The files of each group, with what the group is.
fn groups(files: &[(&'static str, Foreign)]) -> Part {
    let mut groups = Vec::new();
    for why in Foreign::ALL {
        let of_group = files.iter().filter(|(_, of)| *of == why);
        let names: Vec<Text> = of_group
            .map(|(name, _)| text!(Verbatim, text = *name))
            .collect();
        if !names.is_empty() {
            groups.push(text!(ForeignGroup, names = names, why = why.text()));
        }
    }
    Part::Joined(groups, Key::ClauseSeparator)
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

fn remedy(source: &io::Error) -> Text {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => text!(RemedyFreeSpace),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => text!(RemedyPermissions),
        _ => text!(RemedyCheckPath),
    }
}
