//! A run of `coverage`, into a new folder and into one with results of an earlier run.

use std::fmt::Debug;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;

use crate::strace::{self, Call, Program};
use crate::{CALLS, Files, assert_well, code, files, path, program, put, study};

/// What the next run knows a half-written set by.
const JOURNAL: &str = ".walkshed-switch.json";

/// A run and the folder that it writes to.
struct Run {
    dir: TempDir,
    program: Program,
    /// What the folder holds before: nothing, or the results of an earlier run.
    earlier: Option<Files>,
    /// What it holds after a run that nothing disturbs.
    whole: Files,
}

impl Run {
    /// Into a folder that is not there.
    fn new() -> Self {
        Self::of(study())
    }

    fn of(dir: TempDir) -> Self {
        let [study, out] = ["study.toml", "out"].map(|name| dir.path().join(name));
        let asked = [path(&study), "--out", path(&out), "--no-report"];
        let program = program("coverage", &asked);
        assert_well(&program.run(), dir.path(), &"the first run");
        let whole = files(&out);
        let run = Self {
            dir,
            program,
            earlier: None,
            whole,
        };
        run.prepare();
        run
    }

    /// The same with cells from a shapefile of one point.
    fn of_a_shapefile() -> Self {
        let dir = study();
        let study = dir.path().join("study.toml");
        let text = fs::read_to_string(&study).expect("text");
        let text = text
            .replace("people.csv", "people.shp")
            .replace("units = 'areas.csv'\n", "");
        fs::write(study, text).expect("written");
        for (ending, bytes) in [
            ("shp", &point_shp()[..]),
            ("dbf", &no_dbf()),
            ("prj", b"GEOGCS[\"WGS 84\"]"),
        ] {
            fs::write(dir.path().join("people").with_extension(ending), bytes).expect("written");
        }
        Self::of(dir)
    }

    /// Into the results of a run with another limit, which wrote more files.
    fn over_others() -> Self {
        let mut run = Self::new();
        let [study, out] = [run.dir.path().join("study.toml"), run.out()];
        let asked = [
            path(&study),
            "--out",
            path(&out),
            "--minutes",
            "25",
            "--xlsx",
        ];
        assert_well(
            &program("coverage", &asked).run(),
            run.dir.path(),
            &"an earlier run",
        );
        let earlier = files(&out);
        assert!(earlier.len() > run.whole.len());
        assert!(
            run.whole
                .iter()
                .any(|(name, bytes)| earlier[name] != *bytes)
        );
        run.earlier = Some(earlier);
        run
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("out")
    }

    /// Sets the folder up as it was before.
    fn prepare(&self) {
        let _ = fs::remove_dir_all(self.out());
        if let Some(earlier) = &self.earlier {
            put(&self.out(), earlier);
        }
    }

    /// The calls on the folder of results, and how many of them have this name.
    fn calls(&self) -> Vec<Call> {
        self.prepare();
        self.program.calls(&CALLS, &self.out())
    }

    /// What a run in which a call failed leaves: the earlier results whole, the new ones whole, or no manifest.
    /// After it a run that nothing disturbs ends with the new ones.
    fn assert_nothing_lost(&self, output: &Output, of: &dyn Debug) {
        let left = left(&self.out());
        let is_new = left == Some(self.whole.clone());
        match code(output, self.dir.path(), of) {
            0 => assert!(is_new, "{of:?}: {left:?}"),
            4 => {
                let has_manifest = |files: &Files| files.contains_key("manifest.json");
                let said = String::from_utf8_lossy(&output.stderr);
                // Half of each, which is said.
                let is_half =
                    !left.as_ref().is_some_and(has_manifest) && said.contains("no manifest");
                let is_earlier =
                    left.clone().unwrap_or_default() == self.earlier.clone().unwrap_or_default();
                assert!(is_new || is_half || is_earlier, "{of:?}: {said}: {left:?}");
            }
            other => panic!("{of:?}: exit code {other}"),
        }
        assert_well(&self.program.run(), self.dir.path(), of);
        assert_eq!(files(&self.out()), self.whole, "after {of:?}");
    }
}

/// A shapefile of one point.
fn point_shp() -> [u8; 128] {
    let mut file = [0; 128];
    // The number of the format, the length in words of two bytes, the version, and the kind: points.
    (file[2], file[3]) = (0x27, 0x0a);
    file[27] = 64;
    (file[28], file[29]) = (0xe8, 3);
    file[32] = 1;
    // The first record, of ten words.
    (file[103], file[107], file[108]) = (1, 10, 1);
    file[112..120].copy_from_slice(&116.203_f64.to_le_bytes());
    file[120..].copy_from_slice(&29.7_f64.to_le_bytes());
    file
}

/// Its table, of one row and no columns.
fn no_dbf() -> [u8; 35] {
    let mut file = [0; 35];
    (file[0], file[1], file[2], file[3]) = (3, 124, 3, 1);
    (file[4], file[8], file[10]) = (1, 33, 1);
    (file[32], file[33], file[34]) = (0x0d, b' ', 0x1a);
    file
}

/// The files of a folder but for hidden ones, where there is one.
fn left(out: &Path) -> Option<Files> {
    let mut left = out.exists().then(|| files(out))?;
    left.retain(|name, _| !name.starts_with('.'));
    Some(left)
}

/// How many calls there were of each name that must not be missing.
fn assert_tried(calls: &[Call], names: &[&str]) {
    for name in names {
        let tried = calls.iter().filter(|call| call.name.starts_with(name));
        let tried = tried.count();
        println!("{name}: {tried}");
        assert!(tried > 0, "no call of {name} was let fail");
    }
}

/// Lets each call on the folder of results fail, one a run.
fn fail_each(run: &Run, names: &[&str]) {
    let calls = run.calls();
    assert_tried(&calls, names);
    for call in &calls {
        run.prepare();
        let output = run.program.failing(call, "EIO");
        // What could not be taken away stays until the next run.
        let most = usize::from(call.name.starts_with("unlink"));
        assert!(unfinished(&run.out()) <= most, "{call:?}");
        run.assert_nothing_lost(&output, call);
    }
}

/// How many files there are that never took their places.
fn unfinished(out: &Path) -> usize {
    let there = if out.exists() {
        files(out)
    } else {
        Files::new()
    };
    let is_unfinished = |name: &&String| name.starts_with(".walkshed-") && *name != JOURNAL;
    there.keys().filter(is_unfinished).count()
}

#[test]
fn any_call_of_the_system_on_a_new_folder_may_fail() {
    if strace::is_there() {
        let names = [
            "openat",
            "write",
            "fsync",
            "flock",
            "rename",
            "unlink",
            "mkdir",
            "statx",
            "getdents64",
        ];
        fail_each(&Run::new(), &names);
    }
}

#[test]
fn any_call_of_the_system_on_earlier_results_may_fail() {
    if strace::is_there() {
        let names = [
            "openat",
            "read",
            "write",
            "fsync",
            "flock",
            "rename",
            "unlink",
            "statx",
            "getdents64",
        ];
        fail_each(&Run::over_others(), &names);
    }
}

#[test]
fn any_open_or_read_of_an_input_may_fail() {
    if !strace::is_there() {
        return;
    }
    let run = Run::over_others();
    for name in [
        "study.toml",
        "streets.geojson",
        "sites.csv",
        "people.csv",
        "areas.csv",
    ] {
        let input = run.dir.path().join(name);
        for call in ["openat", "read", "statx"] {
            let mut tried = 0;
            for nth in 1.. {
                let of = (name, call, nth);
                run.prepare();
                let Some(output) = run.program.failing_at(&input, (call, nth), "EIO") else {
                    break;
                };
                tried += 1;
                let ended = code(&output, run.dir.path(), &of);
                // Not every look at a file matters; but a run ends well or not at all.
                assert!(
                    ended == 4 || call == "statx" && ended == 0,
                    "{of:?}: {ended}"
                );
                run.assert_nothing_lost(&output, &of);
            }
            println!("{name}: {call}: {tried}");
            assert!(tried > 0, "no {call} of {name} was let fail");
        }
    }
}

/// The files that make up a shapefile with its table: one that cannot be looked at is not left out.
#[test]
fn a_file_beside_a_shapefile_that_cannot_be_looked_at_is_told() {
    if !strace::is_there() {
        return;
    }
    let run = Run::of_a_shapefile();
    for (name, call) in [
        ("people.prj", "statx"),
        ("people.prj", "read"),
        ("people.dbf", "statx"),
    ] {
        let beside = run.dir.path().join(name);
        run.prepare();
        let output = run.program.failing_at(&beside, (call, 1), "EIO");
        let output = output.unwrap_or_else(|| panic!("no {call} of {name} was let fail"));
        assert_eq!(code(&output, run.dir.path(), &(name, call)), 4);
        run.assert_nothing_lost(&output, &(name, call));
    }
}

/// A signal that comes in between, as a timer's does: what was broken off is done again.
#[test]
fn calls_that_are_interrupted_are_made_again() {
    if !strace::is_there() {
        return;
    }
    let run = Run::new();
    let mut calls = run.calls();
    // The listing of a folder is opened by the C library, which hands the interruption on; no file system
    // that is known interrupts it.
    calls.retain(|call| {
        ["openat", "read", "write", "fsync"].contains(&&*call.name)
            && !call.shown.contains("O_DIRECTORY")
    });
    assert_tried(&calls, &["openat", "write", "fsync"]);
    for call in &calls {
        run.prepare();
        assert_well(&run.program.failing(call, "EINTR"), run.dir.path(), call);
        assert_eq!(files(&run.out()), run.whole, "{call:?}");
    }
    for name in ["streets.geojson", "people.csv"] {
        for call in ["openat", "read"] {
            run.prepare();
            let input = run.dir.path().join(name);
            let output = run.program.failing_at(&input, (call, 1), "EINTR");
            assert_well(&output.expect("a call"), run.dir.path(), &(name, call));
            assert_eq!(files(&run.out()), run.whole, "{name}: {call}");
        }
    }
}

/// What the file system may say to the lock, and what follows.
#[test]
fn a_lock_that_cannot_be_had_is_told_and_one_that_is_unknown_is_gone_without() {
    if !strace::is_there() {
        return;
    }
    let run = Run::over_others();
    let locks: Vec<Call> = run
        .calls()
        .into_iter()
        .filter(|call| call.name == "flock")
        .collect();
    assert_eq!(locks.len(), 1, "{locks:?}");
    for (error, wanted) in [
        ("EAGAIN", 7),
        ("ENOLCK", 4),
        ("EIO", 4),
        ("EOPNOTSUPP", 0),
        ("ENOSYS", 0),
    ] {
        run.prepare();
        let ended = code(
            &run.program.failing(&locks[0], error),
            run.dir.path(),
            &error,
        );
        assert_eq!(ended, wanted, "{error}");
        let wanted = if wanted == 0 {
            Some(&run.whole)
        } else {
            run.earlier.as_ref()
        };
        assert_eq!(left(&run.out()).as_ref(), wanted, "{error}");
    }
}

/// All files are synced at a time, each by a thread of its own; none of them is on the disk.
#[test]
fn files_that_never_reach_the_disk_change_nothing() {
    if !strace::is_there() {
        return;
    }
    let run = Run::over_others();
    let first = Call {
        name: "fsync".to_owned(),
        nth: 1,
        shown: String::new(),
    };
    for error in ["EIO", "ENOSPC"] {
        run.prepare();
        let output = run.program.failing(&first, error);
        assert_eq!(code(&output, run.dir.path(), &error), 4);
        assert_eq!(left(&run.out()), run.earlier, "{error}");
        run.assert_nothing_lost(&output, &error);
    }
}
