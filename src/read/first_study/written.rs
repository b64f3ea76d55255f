//! A first study file on the disk: whole or not at all.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file under a passing name beside its place and moves it there when it is complete.
///
/// The passing name cannot be guessed, and nothing stands under it: a link that was laid there would
/// lead the text elsewhere.
///
/// # Errors
/// `AlreadyExists` where the file is there and may not be replaced; what the system says otherwise.
pub(super) fn write(path: &Path, text: &str, overwrite: bool) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut passing = tempfile::Builder::new();
    passing.prefix(".study.toml.");
    readable(&mut passing);
    let mut passing = passing.tempfile_in(folder)?;
    passing.write_all(text.as_bytes())?;
    passing.as_file().sync_all()?;
    if overwrite {
        passing.persist(path)?;
    } else {
        passing.persist_noclobber(path)?;
    }
    // The folder on the disk, too; systems that cannot do that lose nothing but a name at a crash.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// As readable as any file that the person makes, and not for her alone as passing files are.
#[cfg(unix)]
fn readable(file: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;

    // What the umask leaves of it.
    file.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
const fn readable(_: &mut tempfile::Builder<'_, '_>) {}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::ErrorKind;

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
