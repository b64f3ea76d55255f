//! Files written whole or not at all.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::error::ReportError;

const PREFIX: &str = ".walkshed-";
const SUFFIX: &str = ".tmp";
const LOCK: &str = ".walkshed.lock";

/// The folder of one run's outputs, locked against other runs.
pub(super) struct OutputFolder {
    path: PathBuf,
    _lock: File,
}

/// A file written and synced, but still under a temporary name.
pub(super) struct Pending {
    pub name: String,
    pub bytes: u64,
    pub sha256: String,
    file: NamedTempFile,
}

impl OutputFolder {
    /// Makes the folder, locks it, and removes what a run that was killed left behind.
    pub(super) fn open(path: &Path) -> Result<Self, ReportError> {
        fs::create_dir_all(path).map_err(|e| ReportError::io(path, e))?;
        let lock_path = path.join(LOCK);
        let lock = File::options().create(true).truncate(false).write(true).open(&lock_path);
        let lock = lock.map_err(|e| ReportError::io(&lock_path, e))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(ReportError::Locked { path: path.to_path_buf() }),
            Err(fs::TryLockError::Error(e)) => return Err(ReportError::io(&lock_path, e)),
        }
        let folder = Self { path: path.to_path_buf(), _lock: lock };
        folder.sweep()?;
        Ok(folder)
    }

    fn sweep(&self) -> Result<(), ReportError> {
        for entry in fs::read_dir(&self.path).map_err(|e| ReportError::io(&self.path, e))? {
            let entry = entry.map_err(|e| ReportError::io(&self.path, e))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with(PREFIX) && name.ends_with(SUFFIX) {
                fs::remove_file(entry.path()).map_err(|e| ReportError::io(&entry.path(), e))?;
            }
        }
        Ok(())
    }

    /// Writes one file under a temporary name: flushed, synced, readable by all.
    pub(super) fn write(
        &self,
        name: &str,
        content: impl FnOnce(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<Pending, ReportError> {
        let target = self.path.join(name);
        if target.is_dir() {
            return Err(ReportError::io(&target, std::io::Error::other("a folder stands where the file should go")));
        }
        let io = |e| ReportError::io(&target, e);
        let file = tempfile::Builder::new().prefix(PREFIX).suffix(SUFFIX).tempfile_in(&self.path).map_err(io)?;
        let hashed = Hashed { file: file.as_file(), hasher: Sha256::new(), bytes: 0 };
        let mut writer = BufWriter::with_capacity(1 << 18, hashed);
        content(&mut writer).map_err(io)?;
        let hashed = writer.into_inner().map_err(|e| io(e.into_error()))?;
        let (bytes, sha256) = (hashed.bytes, hex(&hashed.hasher.finalize()));
        readable_by_all(file.as_file()).map_err(io)?;
        file.as_file().sync_all().map_err(io)?;
        Ok(Pending { name: name.to_owned(), bytes, sha256, file })
    }

    /// Gives all files their names, in order, and syncs the folder.
    pub(super) fn publish(&self, pending: Vec<Pending>) -> Result<(), ReportError> {
        for file in pending {
            let target = self.path.join(&file.name);
            file.file.persist(&target).map_err(|e| ReportError::io(&target, e.error))?;
        }
        if cfg!(unix) {
            File::open(&self.path).and_then(|folder| folder.sync_all()).map_err(|e| ReportError::io(&self.path, e))?;
        }
        Ok(())
    }

    /// Removes an output that this run does not make, so that no old one stands beside new ones.
    pub(super) fn remove(&self, name: &str) -> Result<(), ReportError> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(ReportError::io(&path, e)),
            _ => Ok(()),
        }
    }
}

#[cfg(unix)]
fn readable_by_all(file: &File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &File) -> std::io::Result<()> {
    Ok(())
}

/// Counts and hashes what passes through.
struct Hashed<'a> {
    file: &'a File,
    hasher: Sha256,
    bytes: u64,
}

impl Write for Hashed<'_> {
    fn write(&mut self, data: &[u8]) -> std::io::Result<usize> {
        let written = (&mut &*self.file).write(data)?;
        self.hasher.update(&data[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        (&mut &*self.file).flush()
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
