//! Files written whole or not at all.
//!
//! Every file is first written beside its place under another name, flushed, hashed as its bytes go by, and
//! synced while the next ones are written.
//! Only when all of them are complete do they take their places. So a full disk leaves the outputs of an
//! earlier run whole.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::thread::{self, JoinHandle};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::claims::{NAMES, hex};
use super::lock::OutDir;
use super::switch::Switch;
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
        debug_assert!(NAMES.contains(&name), "{name} is a name of ours");
        let complete = unfinished(self.dir, name, fill)
            .map_err(ReportError::io(&self.dir.path().join(name)))?;
        self.files.push(complete);
        Ok(())
    }

    /// The files so far.
    pub(super) fn files(&self) -> impl Iterator<Item = &WrittenFile> {
        self.files.iter().map(|unfinished| &unfinished.file)
    }

    /// Puts all files into their places, the last of which is the manifest, and takes outdated ones away.
    pub(super) fn commit(self) -> Result<Switched, ReportError> {
        self.commit_with(&mut |_| Ok(()))
    }

    /// The same, asking before each step of the switch.
    fn commit_with(
        mut self,
        before: &mut dyn FnMut(&Path) -> io::Result<()>,
    ) -> Result<Switched, ReportError> {
        let mut complete = Vec::with_capacity(self.files.len());
        for unfinished in std::mem::take(&mut self.files) {
            let file = unfinished.file.clone();
            let temp = unfinished
                .synced()
                .map_err(ReportError::io(&self.dir.path().join(file.name)))?;
            complete.push((temp, file));
        }
        let files = complete.iter().map(|(_, file)| file.clone()).collect();
        // Looked at anew: the work may have taken hours since the directory was opened.
        let standing = self.dir.standing()?;
        let switch = Switch {
            dir: self.dir,
            before,
        };
        let removed = switch.run(&standing, complete)?;
        Ok(Switched { files, removed })
    }
}

/// What a batch put into its places, and which files of an earlier run it took away.
pub(super) struct Switched {
    pub(super) files: Vec<WrittenFile>,
    pub(super) removed: Vec<&'static str>,
}

fn unfinished(
    dir: &OutDir,
    name: &'static str,
    fill: impl FnOnce(&mut dyn Out) -> io::Result<()>,
) -> io::Result<Unfinished> {
    let temp = dir.unfinished()?;
    let hashing = Hashing {
        file: temp.as_file(),
        bytes: 0,
        sha256: Sha256::new(),
    };
    let mut out = BufWriter::with_capacity(1 << 16, hashing);
    fill(&mut out)?;
    let Hashing { bytes, sha256, .. } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::report::ReportOptions;

    #[test]
    fn a_disk_that_fills_up_leaves_the_old_files_whole() {
        let temp = tempfile::tempdir().expect("a temporary directory");
        let (old, full) = (temp.path().join("old.csv"), io::ErrorKind::StorageFull);
        fs::write(&old, "old").expect("it is writable");
        let dir = OutDir::open(temp.path(), &ReportOptions::default()).expect("it is nobody else's");
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
