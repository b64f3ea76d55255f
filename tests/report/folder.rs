//! The folder of the results: what is in it, in the way of it, and left of it.

use super::*;

const FILES: [&str; 11] = [
    "cells.csv",
    "cells.geojson",
    "cells.qml",
    "findings.csv",
    "item_times.csv",
    "manifest.json",
    "report.html",
    "sites.geojson",
    "sites.qml",
    "summary.json",
    "units.csv",
];

#[test]
fn a_directory_is_made_and_holds_the_files_and_nothing_else() -> Tested {
    let dir = tempfile::tempdir()?;
    let out = dir.path().join("deep/er/out");
    fs::create_dir_all(&out)?;
    fs::write(out.join(".walkshed-dead.tmp"), "what a dead run left")?;
    write(&street(), &out)?;
    assert_eq!(names(&out)?, FILES);
    Ok(())
}

#[test]
fn old_outputs_stay_whole_when_a_run_fails() -> Tested {
    let dir = tempfile::tempdir()?;
    write(&street(), dir.path())?;
    fs::remove_file(dir.path().join("summary.json"))?;
    fs::create_dir(dir.path().join("summary.json"))?;
    let before = fs::read(dir.path().join("cells.csv"))?;
    let error = write(&county(&[0]), dir.path())
        .err()
        .ok_or("this must fail")?;
    assert!(matches!(error, ReportError::InTheWay { .. }));
    assert!(
        error
            .to_string()
            .contains("summary.json: this is a directory, and an output file belongs here – "),
        "{error}"
    );
    assert_eq!(fs::read(dir.path().join("cells.csv"))?, before);
    assert_eq!(names(dir.path())?, FILES);
    Ok(())
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_symbolic_link() -> Tested {
    let dir = tempfile::tempdir()?;
    let (victim, out) = (dir.path().join("victim"), dir.path().join("out"));
    fs::write(&victim, "mine")?;
    for name in ["cells.csv", ".walkshed.lock", "item_times.csv.gz"] {
        fs::create_dir_all(&out)?;
        std::os::unix::fs::symlink(&victim, out.join(name))?;
        let error = write(&street(), &out).err().ok_or("this must fail")?;
        assert!(
            error.to_string().contains("this is a symbolic link"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(&victim)?, "mine");
        fs::remove_dir_all(&out)?;
    }
    Ok(())
}

#[test]
fn a_file_is_no_directory() -> Tested {
    let dir = tempfile::tempdir()?;
    let out = dir.path().join("out");
    fs::write(&out, "a file")?;
    assert!(matches!(
        write(&street(), &out),
        Err(ReportError::InTheWay { .. })
    ));
    let below = write(&street(), &out.join("below"));
    assert!(matches!(below, Err(ReportError::Io { .. })), "{below:?}");
    Ok(())
}

#[test]
fn one_run_at_a_time() -> Tested {
    let dir = tempfile::tempdir()?;
    let lock = fs::File::create(dir.path().join(".walkshed.lock"))?;
    lock.lock()?;
    let error = write(&street(), dir.path()).err().ok_or("this must fail")?;
    assert!(matches!(error, ReportError::Locked { .. }));
    assert!(
        error
            .to_string()
            .contains("another run is writing here – wait"),
        "{error}"
    );
    assert_eq!(names(dir.path())?, [".walkshed.lock"]);
    drop(lock);
    write(&street(), dir.path())?;
    Ok(())
}
