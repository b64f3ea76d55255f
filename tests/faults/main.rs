//! Calls of the system that fail, one after the other, under whole runs: the n-th open, read, write, fsync,
//! lock, rename … for every n that there is. `strace` lets them fail; the programs know nothing of it.
//!
//! Skipped, with a line that says so, where there is no `strace` or it may not trace.
#![cfg(target_os = "linux")]

#[allow(dead_code, reason = "three programs are run here")]
#[path = "../common/built.rs"]
mod built;
mod coverage;
mod shares;
mod strace;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::sync::OnceLock;

use strace::Program;
use tempfile::TempDir;

/// What a folder is read and written by. On some machines `rename` and its like are called `renameat`.
const CALLS: [&str; 14] = [
    "openat",
    "read",
    "write",
    "fsync",
    "flock",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "mkdir",
    "mkdirat",
    "statx",
    "getdents64",
];

/// The files of a folder with their bytes.
type Files = BTreeMap<String, Vec<u8>>;

fn files(dir: &Path) -> Files {
    let entries = fs::read_dir(dir).expect("a folder");
    let file = |entry: std::io::Result<fs::DirEntry>| {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        (name.into_owned(), fs::read(&path).expect("readable"))
    };
    entries.map(file).collect()
}

fn put(dir: &Path, files: &Files) {
    fs::create_dir_all(dir).expect("made");
    for (name, bytes) in files {
        fs::write(dir.join(name), bytes).expect("written");
    }
}

/// The programs, each built once.
fn program(name: &str, arguments: &[&str]) -> Program {
    static COVERAGE: OnceLock<PathBuf> = OnceLock::new();
    static MERGE: OnceLock<PathBuf> = OnceLock::new();
    let program = if name == "merge" { &MERGE } else { &COVERAGE };
    let quiet = ["--threads", "1", "--quiet"];
    Program {
        path: program.get_or_init(|| built::built(name)).clone(),
        arguments: [arguments, &quiet]
            .concat()
            .iter()
            .map(|&a| a.to_owned())
            .collect(),
    }
}

/// A folder with a small study of several inputs.
fn study() -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("written");
    write(
        "study.toml",
        "name = 'a street'\nlanguage = 'en'\n[inputs]\nstreets = 'streets.geojson'\n\
         sites = 'sites.csv'\ncells = 'people.csv'\nunits = 'areas.csv'\n",
    );
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.23,29.7]]}"#,
    );
    write("sites.csv", "id,lon,lat\ns,116.201,29.7\nt,116.215,29.7\n");
    write(
        "people.csv",
        "id,unit,population,lon,lat\na,u,1,116.203,29.7\nb,u,2,116.229,29.7\n",
    );
    write("areas.csv", "id,name,parent\nu,Unit,\n");
    dir
}

fn path(dir: &Path) -> &str {
    dir.to_str().expect("a path of our own")
}

/// The exit code of a run, which says either nothing or one line that names a path here.
fn code(output: &Output, dir: &Path, of: &dyn std::fmt::Debug) -> i32 {
    let said = String::from_utf8_lossy(&output.stderr);
    let code = output.status.code();
    if code == Some(0) {
        assert_eq!(said, "", "{of:?}");
    } else {
        let names_path = said.starts_with(&format!("error: {}", path(dir)));
        assert!(names_path && said.lines().count() == 1, "{of:?}: {said}");
    }
    code.unwrap_or_else(|| panic!("{of:?}: no code: {said}"))
}

/// The same of a run that nothing disturbs.
fn assert_well(output: &Output, dir: &Path, of: &dyn std::fmt::Debug) {
    assert_eq!(code(output, dir, of), 0, "{of:?}");
}
