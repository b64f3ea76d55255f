//! Files written whole or not at all.
//!
//! Every file is first written beside its place under another name, flushed, hashed as its bytes go by, and
//! synced while the next ones are written.
//! Only when all of them are complete do they take their places, the manifest last. So a full disk
//! leaves the outputs of an earlier run whole.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::thread::{self, JoinHandle};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::lock::{OutDir, UNFINISHED, regular_or_absent};
use super::{ReportError, WrittenFile};

/// Where a file's content goes, from whatever thread.
pub(super) trait Out: Write + Send {}

impl<W: Write + Send> Out for W {}

/// Files complete but not yet in their places; dropped, they vanish.
pub(super) struct Batch<'a> {
    dir: &'a OutDir,
    files: Vec<Unfinished>,
}

impl Drop for Batch<'_> {
    /// Waits until the files have vanished.
    fn drop(&mut self) {
        for unfinished in self.files.drain(..) {
            drop(unfinished.synced());
        }
    }
}

/// A file whose bytes are on their way to the disk.
struct Unfinished {
    file: WrittenFile,
    synced: JoinHandle<io::Result<NamedTempFile>>,
}

impl Unfinished {
    /// The file, once it is on the disk.
    fn synced(self) -> io::Result<NamedTempFile> {
        self.synced
            .join()
            .unwrap_or_else(|_| Err(io::Error::other("the thread that synced it broke off")))
    }
}

impl<'a> Batch<'a> {
    pub(super) const fn new(dir: &'a OutDir) -> Self {
        Self {
            dir,
            files: Vec::new(),
        }
    }

    /// Writes one file under a passing name.
    pub(super) fn add(
        &mut self,
        name: &'static str,
        fill: impl FnOnce(&mut dyn Out) -> io::Result<()>,
    ) -> Result<(), ReportError> {
        let place = self.dir.path().join(name);
        regular_or_absent(&place)?;
        let complete = unfinished(self.dir.path(), name, fill).map_err(ReportError::io(&place))?;
        self.files.push(complete);
        Ok(())
    }

    /// The files so far.
    pub(super) fn files(&self) -> impl Iterator<Item = &WrittenFile> {
        self.files.iter().map(|unfinished| &unfinished.file)
    }

    /// Removes outdated files and puts all files into their places, in the order of writing.
    pub(super) fn commit(mut self, outdated: &[&str]) -> Result<Vec<WrittenFile>, ReportError> {
        let dir = self.dir.path();
        let mut complete = Vec::with_capacity(self.files.len());
        for unfinished in std::mem::take(&mut self.files) {
            let file = unfinished.file.clone();
            let temp = unfinished
                .synced()
                .map_err(ReportError::io(&dir.join(file.name)))?;
            complete.push((temp, file));
        }
        for name in outdated {
            remove(&dir.join(name))?;
        }
        let mut written = Vec::with_capacity(complete.len());
        for (temp, file) in complete {
            let place = dir.join(file.name);
            temp.persist(&place).map_err(|error| ReportError::Io {
                path: place,
                source: error.error,
            })?;
            written.push(file);
        }
        sync(dir).map_err(ReportError::io(dir))?;
        Ok(written)
    }
}

fn unfinished(
    dir: &Path,
    name: &'static str,
    fill: impl FnOnce(&mut dyn Out) -> io::Result<()>,
) -> io::Result<Unfinished> {
    let temp = tempfile::Builder::new()
        .prefix(UNFINISHED[0])
        .suffix(UNFINISHED[1])
        .tempfile_in(dir)?;
    let hashing = Hashing {
        file: temp.as_file(),
        bytes: 0,
        sha256: Sha256::new(),
    };
    let mut out = BufWriter::with_capacity(1 << 16, hashing);
    fill(&mut out)?;
    let Hashing { bytes, sha256, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    readable_by_all(temp.as_file())?;
    let file = WrittenFile {
        name,
        bytes,
        sha256: hex(&sha256.finalize()),
    };
    let synced = thread::Builder::new().spawn(|| temp.as_file().sync_all().map(|()| temp))?;
    Ok(Unfinished { file, synced })
}

/// Hashes what it writes.
struct Hashing<'a> {
    file: &'a File,
    bytes: u64,
    sha256: Sha256,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.sha256.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            write!(text, "{byte:02x}").expect("a string takes any text");
            text
        })
}

fn remove(path: &Path) -> Result<(), ReportError> {
    regular_or_absent(path)?;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(ReportError::io(path)(error)),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn readable_by_all(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn readable_by_all(_: &File) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn sync(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disk_that_fills_up_leaves_the_old_files_whole() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        let (old, full) = (temp.path().join("cells.csv"), io::ErrorKind::StorageFull);
        fs::write(&old, "old").expect("it is writable");
        let dir = OutDir::open(temp.path()).expect("it is nobody else's");
        let mut files = Batch::new(&dir);
        files
            .add("cells.csv", |out| out.write_all(b"new"))
            .expect("it is writable");
        let error = files
            .add("units.csv", |_| Err(full.into()))
            .expect_err("it is full");
        assert!(
            error.to_string().ends_with("free some space and run again"),
            "{error}"
        );
        drop(files);
        assert_eq!(fs::read_to_string(&old).ok().as_deref(), Some("old"));
        assert_eq!(
            fs::read_dir(temp.path()).map(Iterator::count).ok(),
            Some(2),
            "the file and the lock"
        );
    }
}
