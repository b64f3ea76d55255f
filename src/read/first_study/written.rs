//! A first study file on the disk: whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

/// Writes a file under a passing name beside its place and moves it there when it is complete.
///
/// # Errors
/// `AlreadyExists` where the file is there and may not be replaced; what the system says otherwise.
pub(super) fn write(path: &Path, text: &str, overwrite: bool) -> io::Result<()> {
    let passing = path.with_file_name(format!(".study.toml.{}", std::process::id()));
    let done = complete(&passing, text).and_then(|()| placed(&passing, path, overwrite));
    if done.is_err() {
        // What is left of it is of no use; the first fault is the one to tell.
        let _ = fs::remove_file(&passing);
    }
    done
}

fn complete(passing: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(passing)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn placed(passing: &Path, path: &Path, overwrite: bool) -> io::Result<()> {
    if overwrite {
        fs::rename(passing, path)?;
    } else {
        // A link is made only where nothing stands, in one step.
        match fs::hard_link(passing, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            // Some disks know no links.
            Err(_) => without_links(passing, path)?,
            Ok(()) => fs::remove_file(passing)?,
        }
    }
    synced(path);
    Ok(())
}

fn without_links(passing: &Path, path: &Path) -> io::Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    fs::rename(passing, path)
}

/// The folder on the disk, too; systems that cannot do that lose nothing but a name at a crash.
fn synced(path: &Path) {
    if let Some(folder) = path.parent() {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_stays_unless_it_may_be_replaced() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("study.toml");
        write(&path, "a = 1", false).expect("nothing is there");
        let again = write(&path, "a = 2", false).expect_err("it is there");
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).expect("readable"), "a = 1");
        write(&path, "a = 3", true).expect("it may be replaced");
        assert_eq!(fs::read_to_string(&path).expect("readable"), "a = 3");
        // No passing file is left.
        assert_eq!(fs::read_dir(folder.path()).expect("readable").count(), 1);
        let nowhere = folder.path().join("no/study.toml");
        assert!(write(&nowhere, "", false).is_err());
    }
}
