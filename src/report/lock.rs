//! The output directory, held by one run at a time.

use std::fs::{self, File, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::ReportError;

const LOCK: &str = ".walkshed.lock";
/// What the names of unfinished files begin and end with.
pub(super) const UNFINISHED: [&str; 2] = [".walkshed-", ".tmp"];

/// An output directory that no other run may write to until this is dropped.
///
/// The lock is the system's, so that it ends with its run however that ends; the empty lock file
/// stays. A file system that knows no locks is used without one.
#[derive(Debug)]
pub(super) struct OutDir {
    path: PathBuf,
    _lock: File,
}

impl OutDir {
    /// Makes the directory if it is missing, locks it, and clears away what dead runs left unfinished.
    pub(super) fn open(path: &Path) -> Result<Self, ReportError> {
        if path.exists() && !path.is_dir() {
            return Err(ReportError::InTheWay {
                path: path.to_owned(),
                found: "a file",
                wanted: "a directory",
            });
        }
        fs::create_dir_all(path).map_err(ReportError::io(path))?;
        let dir = Self {
            _lock: locked(path)?,
            path: path.to_owned(),
        };
        dir.clear()?;
        Ok(dir)
    }

    /// The directory.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn clear(&self) -> Result<(), ReportError> {
        for entry in fs::read_dir(&self.path).map_err(ReportError::io(&self.path))? {
            let entry = entry.map_err(ReportError::io(&self.path))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(UNFINISHED[0]) && name.ends_with(UNFINISHED[1]) && is_file(&entry) {
                fs::remove_file(entry.path()).map_err(ReportError::io(&entry.path()))?;
            }
        }
        Ok(())
    }
}

fn is_file(entry: &fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_file())
}

fn locked(dir: &Path) -> Result<File, ReportError> {
    let path = dir.join(LOCK);
    regular_or_absent(&path)?;
    let open = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = open.map_err(ReportError::io(&path))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(ReportError::Locked {
            path: dir.to_owned(),
        }),
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(file),
        Err(TryLockError::Error(source)) => Err(ReportError::Io { path, source }),
    }
}

/// Refuses a path where something other than a plain file stands.
pub(super) fn regular_or_absent(path: &Path) -> Result<(), ReportError> {
    let kind = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(source) => {
            return Err(ReportError::Io {
                path: path.to_owned(),
                source,
            });
        }
    };
    let found = match () {
        () if kind.is_file() => return Ok(()),
        () if kind.is_dir() => "a directory",
        () if kind.is_symlink() => "a symbolic link",
        () => "no plain file",
    };
    Err(ReportError::InTheWay {
        path: path.to_owned(),
        found,
        wanted: "an output file",
    })
}
