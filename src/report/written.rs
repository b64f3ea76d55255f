//! What was written.

use std::path::PathBuf;

use crate::words::Text;

/// Files that are left out, each with the reason.
pub(super) type LeftOut = Vec<(&'static str, Text)>;

/// What was written.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default())?;
/// let written = walkshed::report::write(&results, folder.path())?;
/// let names: Vec<&str> = written.files.iter().map(|file| file.name).collect();
/// assert!(names.contains(&"cells.csv") && written.removed.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The directory.
    pub dir: PathBuf,
    /// The files in it, the manifest last.
    pub files: Vec<WrittenFile>,
    /// Files that were left out, each with the reason.
    pub left_out: Vec<(&'static str, Text)>,
    /// Files that were taken away, because this run has nothing to put in their places.
    pub removed: Vec<&'static str>,
}

/// One file that was written.
///
/// ```
/// # let folder = tempfile::tempdir()?;
/// let town = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// let results = walkshed::run(&town, &walkshed::Options::default())?;
/// for file in walkshed::report::write(&results, folder.path())?.files {
///     assert_eq!(std::fs::metadata(folder.path().join(file.name))?.len(), file.bytes);
///     assert_eq!(file.sha256.len(), 64);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenFile {
    /// Its name.
    pub name: &'static str,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The names of its columns that programs know, where its heads are words; else empty.
    pub columns: Vec<String>,
}
