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
use super::out::{Out, TableForm};
use super::switch::Switch;
use super::{ReportError, WrittenFile};

/// Files complete but not yet in their places; dropped, they vanish.
pub(super) struct Batch<'a> {
    dir: &'a OutDir,
    form: TableForm,
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
    /// Into a directory, its tables in this form.
    pub(super) const fn new(dir: &'a OutDir, form: TableForm) -> Self {
        Self {
            dir,
            form,
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
        let complete = unfinished((self.dir, self.form), name, fill)
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
        // All are waited for, even when one is lost: a thread that still holds a file when the process ends
        // would leave it behind.
        let synced: Vec<_> = std::mem::take(&mut self.files)
            .into_iter()
            .map(|unfinished| (unfinished.file.clone(), unfinished.synced()))
            .collect();
        let mut complete = Vec::with_capacity(synced.len());
        for (file, temp) in synced {
            let temp = temp.map_err(ReportError::io(&self.dir.path().join(file.name)))?;
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
    (dir, form): (&OutDir, TableForm),
    name: &'static str,
    fill: impl FnOnce(&mut dyn Out) -> io::Result<()>,
) -> io::Result<Unfinished> {
    let temp = dir.unfinished()?;
    let file = filled(temp.as_file(), form, name, fill)?;
    let synced = thread::Builder::new().spawn(|| temp.as_file().sync_all().map(|()| temp))?;
    Ok(Unfinished { file, synced })
}

/// Writes the content of a file, hashed as it goes by.
fn filled(
    file: &File,
    form: TableForm,
    name: &'static str,
    fill: impl FnOnce(&mut dyn Out) -> io::Result<()>,
) -> io::Result<WrittenFile> {
    let hashing = Hashing {
        file,
        bytes: 0,
        sha256: Sha256::new(),
    };
    let mut content = Content {
        out: BufWriter::with_capacity(1 << 16, hashing),
        form,
        names: Vec::new(),
    };
    fill(&mut content)?;
    // Not dropped: an error of the last bytes would be lost.
    let hashed = content.out.into_inner();
    let Hashing { bytes, sha256, .. } = hashed.map_err(io::IntoInnerError::into_error)?;
    Ok(WrittenFile {
        name,
        bytes,
        sha256: hex(&sha256.finalize()),
        columns: content.names,
    })
}

/// The content of a file.
struct Content<'a> {
    out: BufWriter<Hashing<'a>>,
    form: TableForm,
    /// The names of the columns that are headed by words.
    names: Vec<String>,
}

impl Write for Content<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Out for Content<'_> {
    fn form(&self) -> TableForm {
        self.form
    }

    fn note_names(&mut self, names: Vec<String>) {
        self.names = names;
    }
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
    use std::collections::BTreeMap;
    use std::fs;

    use tempfile::{TempDir, tempdir};

    use super::*;
    use crate::report::ReportOptions;
    use crate::report::claims::{List, Listed, MANIFEST, hash_of};
    use crate::report::error::Left;

    type Table = (&'static str, &'static str);

    const EARLIER: [Table; 3] = [
        ("cells.csv", "old"),
        ("groups.csv", "old"),
        ("units.csv", "both"),
    ];
    const NEW: [Table; 3] = [
        ("cells.csv", "new"),
        ("units.csv", "both"),
        ("week.csv", "new"),
    ];

    fn open(dir: &Path) -> OutDir {
        OutDir::open(dir, &ReportOptions::default()).expect("nothing is in the way")
    }

    /// Writes tables and their manifest as a run does.
    fn put(
        dir: &Path,
        tables: &[Table],
        before: &mut dyn FnMut(&Path) -> io::Result<()>,
    ) -> Result<Switched, ReportError> {
        batch(&open(dir), tables)?.commit_with(before)
    }

    /// Tables and their manifest, under passing names.
    fn batch<'a>(dir: &'a OutDir, tables: &[Table]) -> Result<Batch<'a>, ReportError> {
        let mut batch = Batch::new(dir, TableForm::default());
        for &(name, text) in tables {
            batch.add(name, |out| out.write_all(text.as_bytes()))?;
        }
        let listed = |file: &WrittenFile| Listed {
            file: file.name.to_owned(),
            sha256: file.sha256.clone(),
        };
        let list = List {
            walkshed: "0".to_owned(),
            outputs: batch.files().map(listed).collect(),
        };
        batch.add(MANIFEST, |out| Ok(serde_json::to_writer(out, &list)?))?;
        Ok(batch)
    }

    /// A folder in which an earlier run ended well.
    fn earlier() -> TempDir {
        let dir = tempdir().expect("a temporary directory");
        put(dir.path(), &EARLIER, &mut |_| Ok(())).expect("it is writable");
        dir
    }

    fn content(dir: &Path) -> BTreeMap<String, Vec<u8>> {
        let file = |entry: io::Result<fs::DirEntry>| {
            let path = entry.expect("it is readable").path();
            let name = path.file_name().expect("it has one").to_string_lossy();
            (name.into_owned(), fs::read(&path).expect("it is readable"))
        };
        let entries = fs::read_dir(dir).expect("it is readable");
        entries.map(file).collect()
    }

    /// The tables that the manifest lists, each with the bytes that it says; none without a manifest.
    fn told(dir: &Path) -> Option<Vec<String>> {
        let manifest = fs::read(dir.join(MANIFEST)).ok()?;
        let list: List = serde_json::from_slice(&manifest).expect("a manifest");
        let mut names = Vec::new();
        for listed in list.outputs {
            let sha256 = hash_of(&dir.join(&listed.file)).expect("what is listed is there");
            assert_eq!(sha256, listed.sha256, "{}", listed.file);
            names.push(listed.file);
        }
        Some(names)
    }

    /// The next run succeeds, and leaves its own files and nothing else.
    fn assert_cured(dir: &Path) {
        put(dir, &NEW, &mut |_| Ok(())).expect("what a broken run left is ours");
        assert_eq!(told(dir), Some(NEW.map(|(name, _)| name.to_owned()).into()));
        assert_eq!(content(dir).len(), NEW.len() + 1, "{:?}", content(dir));
    }

    /// What an error says that the folder holds; nothing when nothing was changed.
    fn state_of(error: &ReportError) -> Option<Left> {
        let message = error.to_string();
        let ReportError::Broken { left, .. } = error else {
            assert!(
                message.ends_with("free some space and run again"),
                "{message}"
            );
            return None;
        };
        let wanted = match left {
            Left::Mixed => "of this run and of an earlier one now, and no manifest; mend",
            Left::Complete => "all files of this run are in their places",
        };
        assert!(message.contains(wanted), "{message}");
        Some(*left)
    }

    #[test]
    fn a_switch_that_fails_at_any_step_says_what_it_leaves_and_is_cured() {
        let mut left = Vec::new();
        for failing in 0.. {
            let dir = earlier();
            let mut step = 0;
            let done = put(dir.path(), &NEW, &mut |_| {
                step += 1;
                if step > failing {
                    return Err(io::ErrorKind::StorageFull.into());
                }
                Ok(())
            });
            let manifest = told(dir.path());
            left.push(match done {
                Ok(switched) => {
                    assert_eq!(switched.removed, ["groups.csv"]);
                    break;
                }
                Err(error) => state_of(&error),
            });
            let names = |tables: [Table; 3]| tables.map(|(name, _)| name.to_owned()).into();
            let wanted = match left.last().expect("just pushed") {
                None => Some(names(EARLIER)),
                Some(Left::Mixed) => None,
                Some(Left::Complete) => Some(names(NEW)),
            };
            assert_eq!(manifest, wanted, "step {failing}");
            // Nor does it matter whether the cure breaks off too.
            let mut again = 0;
            let _ = put(dir.path(), &EARLIER, &mut |_| {
                again += 1;
                if again > 5 {
                    return Err(io::ErrorKind::StorageFull.into());
                }
                Ok(())
            });
            told(dir.path());
            assert_cured(dir.path());
        }
        let [mixed, complete] = [Left::Mixed, Left::Complete].map(Some);
        let count = |wanted| left.iter().filter(|left| **left == wanted).count();
        // Journal, sync, manifest away; sync, a table away, three in place, sync, manifest; sync, journal away.
        assert_eq!([count(None), count(mixed), count(complete)], [3, 7, 2]);
    }

    #[test]
    fn a_run_that_is_killed_between_any_two_steps_leaves_a_folder_that_is_told_right_and_cured() {
        let dir = earlier();
        let mut moments = Vec::new();
        put(dir.path(), &NEW, &mut |_| {
            moments.push(content(dir.path()));
            Ok(())
        })
        .expect("it is writable");
        assert_eq!(moments.len(), 12);
        for moment in moments {
            let killed = tempdir().expect("a temporary directory");
            for (name, bytes) in &moment {
                fs::write(killed.path().join(name), bytes).expect("it is writable");
            }
            told(killed.path());
            assert_cured(killed.path());
        }
    }

    #[test]
    fn what_a_user_edits_in_a_half_placed_set_is_in_the_way() {
        let dir = earlier();
        let broken = put(dir.path(), &NEW, &mut |path| {
            if path.ends_with("units.csv") {
                return Err(io::ErrorKind::StorageFull.into());
            }
            Ok(())
        });
        assert!(matches!(broken, Err(ReportError::Broken { .. })));
        fs::write(dir.path().join("cells.csv"), "mine").expect("it is writable");
        let refused = OutDir::open(dir.path(), &ReportOptions::default());
        let message = refused.expect_err("it is the user's now").to_string();
        assert!(
            message.contains(": files are in the way: cells.csv (changed since"),
            "{message}"
        );
    }

    #[test]
    fn any_file_that_does_not_reach_the_disk_leaves_the_old_ones_whole() {
        let names = [NEW.map(|(name, _)| name).as_slice(), &[MANIFEST]].concat();
        for (failing, name) in names.iter().enumerate() {
            let dir = earlier();
            let before = content(dir.path());
            let out = open(dir.path());
            let mut batch = batch(&out, &NEW).expect("it is writable");
            let lost = thread::spawn(|| Err(io::ErrorKind::StorageFull.into()));
            let synced = std::mem::replace(&mut batch.files[failing].synced, lost);
            drop(synced.join().expect("no panic"));
            let error = batch.commit().err().expect("a file is lost").to_string();
            let path = dir.path().join(name);
            assert!(
                error.starts_with(&format!("{}: ", path.display())),
                "{error}"
            );
            drop(out);
            assert_eq!(content(dir.path()), before, "{name}");
            assert_cured(dir.path());
        }
    }

    #[test]
    fn a_disk_that_fills_up_leaves_the_old_files_whole() {
        let dir = earlier();
        let before = content(dir.path());
        let out = open(dir.path());
        let mut files = Batch::new(&out, TableForm::default());
        files
            .add("cells.csv", |out| out.write_all(b"new"))
            .expect("it is writable");
        let error = files
            .add("units.csv", |_| Err(io::ErrorKind::StorageFull.into()))
            .expect_err("it is full");
        assert!(
            error.to_string().ends_with("free some space and run again"),
            "{error}"
        );
        drop(files);
        drop(out);
        assert_eq!(content(dir.path()), before);
    }
}
