//! The output directory, held by one run at a time.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::claims::{Standing, is_regular};
use super::{ReportError, ReportOptions, guard_inputs, space};
use crate::model::Study;
use crate::words::text;

const LOCK: &str = ".walkshed.lock";
/// What the names of unfinished files begin and end with.
const UNFINISHED: [&str; 2] = [".walkshed-", ".tmp"];

/// An output directory that no other run may write to until this is dropped.
///
/// Opened before a study is read, it tells at once what would spoil the run at its end: a directory
/// that cannot be made or written to, that another run holds, or where files are in the way.
///
/// The lock is the system's, so that it ends with its run however that ends. The lock file goes with
/// it, except on systems other than Unix, where the empty file stays. A file system that knows no
/// locks is used without one. A directory that was made for the run and stayed empty goes as well.
///
/// ```
/// # let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
/// use walkshed::report::{self, OutDir, ReportOptions};
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("out");
/// let out = OutDir::open(&path, &ReportOptions::default())?;
/// out.check(&study)?;
/// let results = walkshed::run(&study, &walkshed::Options::default())?;
/// report::write_into(&results, &out, &walkshed::Silent)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct OutDir {
    path: PathBuf,
    options: ReportOptions,
    /// The directories that were made for it, the outermost first.
    made: Vec<PathBuf>,
    lock: File,
}

impl OutDir {
    /// Makes the directory if it is missing, locks it, and clears away what dead runs left unfinished.
    ///
    /// Takes O(bytes of an earlier run's results), which are compared with its manifest.
    ///
    /// # Errors
    /// When the directory cannot be made or written to, another run holds it, or files are in the way
    /// and the options do not say to overwrite them. Nothing is changed then.
    pub fn open(path: impl AsRef<Path>, options: &ReportOptions) -> Result<Self, ReportError> {
        let dir = Self::held(path.as_ref(), options)?;
        dir.standing()?;
        dir.clear()?;
        Ok(dir)
    }

    /// The directory.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the results of a study can be written here, told before they are computed.
    ///
    /// Takes O(cells + items).
    ///
    /// # Errors
    /// When a result would replace an input of the study, which no option allows, or when the disk has
    /// less room than the results take at least.
    pub fn check(&self, study: &Study) -> Result<(), ReportError> {
        guard_inputs::inputs(study.sources(), &self.path)?;
        space::check(study, &self.options, &self.path)
    }

    pub(super) const fn options(&self) -> &ReportOptions {
        &self.options
    }

    /// What stands here under the names of results, all of which may be replaced.
    pub(super) fn standing(&self) -> Result<Standing, ReportError> {
        let standing = Standing::of(&self.path)?;
        if standing.others.is_empty() || self.options.overwrite {
            return Ok(standing);
        }
        Err(ReportError::Foreign {
            dir: self.path.clone(),
            files: standing.others,
        })
    }

    /// A new file under a passing name, which vanishes unless it is put into its place.
    pub(super) fn unfinished(&self) -> io::Result<NamedTempFile> {
        let mut file = tempfile::Builder::new();
        file.prefix(UNFINISHED[0]).suffix(UNFINISHED[1]);
        // As any new file's: readable by all whom the user's umask does not shut out.
        #[cfg(unix)]
        file.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        file.tempfile_in(&self.path)
    }

    fn held(path: &Path, options: &ReportOptions) -> Result<Self, ReportError> {
        /// More often than that nobody takes lock or directory away at the very moment.
        const TRIES: u32 = 100;
        // Before anything is made: a file of that name stays untouched.
        if path.exists() && !path.is_dir() {
            return Err(ReportError::InTheWay {
                path: path.to_owned(),
                found: text!(FoundFile),
                wanted: text!(WantedDirectory),
            });
        }
        let mut made = Vec::new();
        let mut failed = ReportError::Locked {
            path: path.to_owned(),
        };
        for _ in 0..TRIES {
            made.extend(make(path).map_err(ReportError::io(path))?);
            match locked(path) {
                Ok(Some(lock)) => {
                    return Ok(Self {
                        path: path.to_owned(),
                        options: *options,
                        made,
                        lock,
                    });
                }
                Ok(None) => {}
                // The folder went away and came again; where it cannot hold a file, it never does.
                Err(error) if error.is_missing() => failed = error,
                Err(error) => return Err(error),
            }
        }
        Err(failed)
    }

    /// Removes what killed runs have left unfinished. The lock is held: it is nobody's now.
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

impl Drop for OutDir {
    /// Leaves no lock file behind, and no directory that was made for nothing.
    fn drop(&mut self) {
        // The lock is held until the field is dropped, so that nobody can have taken it over meanwhile.
        #[cfg(unix)]
        if stands_at(&self.path.join(LOCK), &self.lock) {
            let _ = fs::remove_file(self.path.join(LOCK));
        }
        for directory in self.made.iter().rev() {
            let _ = fs::remove_dir(directory);
        }
    }
}

fn is_file(entry: &fs::DirEntry) -> bool {
    entry.file_type().is_ok_and(|kind| kind.is_file())
}

/// Makes a directory and those above it that are missing; says which, the outermost first.
fn make(path: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing: Vec<PathBuf> = path
        .ancestors()
        .take_while(|directory| !directory.as_os_str().is_empty() && !directory.exists())
        .map(Path::to_owned)
        .collect();
    missing.reverse();
    fs::create_dir_all(path)?;
    // A new directory is on the disk once the one above it is.
    for directory in &missing {
        match directory.parent() {
            Some(above) if !above.as_os_str().is_empty() => sync(above)?,
            _ => sync(Path::new("."))?,
        }
    }
    Ok(missing)
}

/// The lock file, locked; nothing when it was taken away meanwhile, by the run that held it.
fn locked(dir: &Path) -> Result<Option<File>, ReportError> {
    let path = dir.join(LOCK);
    is_regular(&path)?;
    let open = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path);
    let file = match open {
        // The run that held the lock took away the directory that it had made.
        Err(error) if error.kind() == ErrorKind::NotFound && !dir.exists() => return Ok(None),
        other => other.map_err(ReportError::io(&path))?,
    };
    match file.try_lock() {
        // A lock on a file that was removed meanwhile keeps nobody out.
        Ok(()) => Ok(Some(file).filter(|file| stands_at(&path, file))),
        Err(TryLockError::WouldBlock) => Err(ReportError::Locked {
            path: dir.to_owned(),
        }),
        // Some network file systems know no locks: then nothing keeps two runs apart.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(Some(file)),
        Err(TryLockError::Error(source)) => Err(ReportError::Io { path, source }),
    }
}

/// Whether the file that was opened at a path is the one that stands there still.
#[cfg(unix)]
fn stands_at(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |metadata: fs::Metadata| (metadata.dev(), metadata.ino());
    let there = fs::symlink_metadata(path).map(place).ok();
    there.is_some() && there == file.metadata().map(place).ok()
}

/// Where lock files are never taken away, it always is.
#[cfg(not(unix))]
fn stands_at(_: &Path, _: &File) -> bool {
    true
}

/// Puts what was made, renamed and removed in a directory on the disk.
#[cfg(unix)]
pub(super) fn sync(dir: &Path) -> io::Result<()> {
    match File::open(dir).and_then(|dir| dir.sync_all()) {
        // Some file systems cannot sync a directory, and one that may not be read cannot be opened.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported | ErrorKind::PermissionDenied
            ) =>
        {
            Ok(())
        }
        other => other,
    }
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
