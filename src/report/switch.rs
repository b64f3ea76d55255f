//! The switch from the files of an earlier run to those of this one.
//!
//! Many files cannot take their places at once. What a reader goes by is the manifest, so it goes first and
//! comes last, and each of these steps is on the disk before the next one begins:
//!
//! 1. A journal lists the earlier and the new files by their hashes.
//! 2. The earlier manifest goes.
//! 3. Outdated files go, and new ones take their places.
//! 4. The new manifest takes its place.
//! 5. The journal goes.
//!
//! So at no moment a manifest stands beside files that it does not describe. Wherever a run is killed, the next
//! one knows the files by the journal, takes them for ours, and replaces them.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::claims::{JOURNAL, List, Listed, MANIFEST, Standing};
use super::error::Left;
use super::lock::{OutDir, sync};
use super::manifest::VERSION;
use super::{ReportError, WrittenFile};

/// A file that is on the disk under a passing name.
pub(super) type Complete = (NamedTempFile, WrittenFile);

/// A step that failed, and at what.
struct Fault(PathBuf, io::Error);

impl Fault {
    fn leaves(self, left: Left) -> ReportError {
        ReportError::Broken {
            path: self.0,
            source: self.1,
            left,
        }
    }

    fn changed_nothing(self) -> ReportError {
        ReportError::io(&self.0)(self.1)
    }
}

/// A switch in one directory.
pub(super) struct Switch<'a> {
    pub(super) dir: &'a OutDir,
    /// Asked before each step, with the path that it changes; a test lets one fail here.
    pub(super) before: &'a mut dyn FnMut(&Path) -> io::Result<()>,
}

impl Switch<'_> {
    /// Puts complete files into their places, the manifest last; says which earlier ones are gone.
    pub(super) fn run(
        mut self,
        standing: &Standing,
        mut tables: Vec<Complete>,
    ) -> Result<Vec<&'static str>, ReportError> {
        let manifest = tables.pop().expect("a batch ends with its manifest");
        let outdated: Vec<&'static str> = standing
            .names()
            .filter(|name| *name != MANIFEST && tables.iter().all(|(_, file)| file.name != *name))
            .collect();
        // A journal that is left by a failure here lists what stands there, and does no harm.
        self.announce(standing, &tables)
            .and_then(|()| self.remove(MANIFEST))
            .map_err(Fault::changed_nothing)?;
        self.exchange(&outdated, tables)
            .and_then(|()| self.place(manifest))
            .map_err(|fault| fault.leaves(Left::Mixed))?;
        self.sync()
            .and_then(|()| self.remove(JOURNAL))
            .map_err(|fault| fault.leaves(Left::Complete))?;
        Ok(outdated)
    }

    /// Writes the journal.
    fn announce(&mut self, standing: &Standing, tables: &[Complete]) -> Result<(), Fault> {
        let earlier = standing
            .ours
            .iter()
            .map(|(name, sha256)| (*name, sha256.clone()));
        let new = tables
            .iter()
            .map(|(_, file)| (file.name, file.sha256.clone()));
        let list = List {
            walkshed: VERSION.to_owned(),
            outputs: earlier
                .chain(new)
                .map(|(name, sha256)| Listed {
                    file: name.to_owned(),
                    sha256,
                })
                .collect(),
        };
        // Whole or not at all, like the tables: half a journal would claim nothing.
        self.step(JOURNAL, |dir, path| {
            let mut file = dir.unfinished()?;
            file.write_all(&serde_json::to_vec(&list)?)?;
            file.as_file().sync_all()?;
            file.persist(path).map(drop).map_err(io::Error::from)
        })?;
        self.sync()
    }

    /// Takes outdated files away and puts new ones into their places, all while no manifest stands there.
    fn exchange(&mut self, outdated: &[&str], tables: Vec<Complete>) -> Result<(), Fault> {
        self.sync()?;
        // That the manifest is gone is on the disk by now: none stands beside a mixture.
        for name in outdated {
            self.remove(name)?;
        }
        for table in tables {
            self.place(table)?;
        }
        self.sync()
    }

    fn place(&mut self, (temp, file): Complete) -> Result<(), Fault> {
        self.step(file.name, |_, path| {
            temp.persist(path).map(drop).map_err(io::Error::from)
        })
    }

    fn remove(&mut self, name: &str) -> Result<(), Fault> {
        self.step(name, |_, path| match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        })
    }

    fn sync(&mut self) -> Result<(), Fault> {
        self.step("", |dir, _| sync(dir.path()))
    }

    /// One step, at a file or, without a name, at the directory.
    fn step(
        &mut self,
        name: &str,
        take: impl FnOnce(&OutDir, &Path) -> io::Result<()>,
    ) -> Result<(), Fault> {
        let path = match name {
            "" => self.dir.path().to_owned(),
            name => self.dir.path().join(name),
        };
        (self.before)(&path)
            .and_then(|()| take(self.dir, &path))
            .map_err(|error| Fault(path, error))
    }
}
