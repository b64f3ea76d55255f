//! A run in shares, on one machine after the other: the same bytes as in one go, and nothing else.

#[allow(dead_code, reason = "two programs are run here")]
#[path = "common/built.rs"]
mod built;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};
use walkshed::scale::score_tile;

/// The programs, built once.
fn program(name: &str) -> &'static Path {
    static COVERAGE: OnceLock<PathBuf> = OnceLock::new();
    static MERGE: OnceLock<PathBuf> = OnceLock::new();
    let program = if name == "merge" { &MERGE } else { &COVERAGE };
    program.get_or_init(|| built::built(name))
}

fn command(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program(name));
    command.args(arguments).stdin(Stdio::null());
    command
}

fn run(name: &str, arguments: &[&str]) -> Output {
    command(name, arguments).output().expect("it runs")
}

fn done(name: &str, arguments: &[&str]) -> String {
    let output = run(name, arguments);
    assert!(
        output.status.success(),
        "{name} {arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The exit code and what is said of a run that fails.
fn failed(name: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(name, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), said)
}

fn path(dir: &Path) -> &str {
    dir.to_str().expect("a name of our own")
}

/// All files of a folder with their bytes.
fn contents(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(dir).expect("a folder");
    entries
        .map(|entry| {
            let path = entry.expect("readable").path();
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, fs::read(path).expect("readable"))
        })
        .collect()
}

/// A study of a street of about 3 km with two sites, in a folder of its own.
fn study() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(dir.path().join(name), text).expect("written");
    write(
        "study.toml",
        "name = \"a street\"\nlanguage = \"en\"\n[inputs]\nstreets = \"streets.geojson\"\nsites = \"sites.csv\"\ncells = \"cells.csv\"\n",
    );
    write(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.23,29.7]]}"#,
    );
    write(
        "sites.csv",
        "id,name,lon,lat\ns,Centre,116.201,29.7\nt,Post,116.215,29.7\n",
    );
    write(
        "cells.csv",
        "id,population,lon,lat\na,1,116.203,29.7\nb,2,116.229,29.7\n",
    );
    dir
}

/// The files of a small study with a folder for its shares beside them.
struct Town {
    dir: tempfile::TempDir,
}

impl Town {
    fn new() -> Self {
        Self { dir: study() }
    }

    fn at(&self, name: &str) -> String {
        path(&self.dir.path().join(name)).to_owned()
    }

    fn share(&self, share: &str) -> String {
        let [study, shares] = ["study.toml", "shares"].map(|name| self.at(name));
        done(
            "coverage",
            &[&study, "--shard", share, "--out", &shares, "--quiet"],
        )
    }

    fn share_failed(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let [study, shares] = ["study.toml", "shares"].map(|name| self.at(name));
        let mut all = vec![&*study, "--out", &shares];
        all.extend(arguments);
        failed("coverage", &all)
    }

    fn merge_failed(&self) -> (Option<i32>, String) {
        let [shares, out] = ["shares", "out"].map(|name| self.at(name));
        failed("merge", &[&shares, "--out", &out])
    }
}

#[test]
fn shares_of_the_fixture_merge_into_the_bytes_of_one_run() {
    let dir = tempfile::tempdir().expect("a folder");
    let [shares, merged, whole] = ["shares", "merged", "whole"].map(|name| dir.path().join(name));
    for share in ["3/3", "1/3", "2/3"] {
        done(
            "coverage",
            &[
                "--shard",
                share,
                "--out",
                path(&shares),
                "--xlsx",
                "--quiet",
            ],
        );
    }
    let said = done("merge", &[path(&shares), "--out", path(&merged), "--quiet"]);
    let once = done("coverage", &["--out", path(&whole), "--xlsx", "--quiet"]);
    assert_eq!(contents(&merged), contents(&whole));
    let without_folder = |text: &str| text.replace(path(&merged), "").replace(path(&whole), "");
    assert_eq!(without_folder(&said), without_folder(&once));
}

/// What another engine makes of the file of a tile: the same line, the rows, and the checksum of both.
fn share_of(tile: &[u8]) -> Vec<u8> {
    let content = &tile[..tile.len() - 32];
    let line = content
        .iter()
        .position(|&byte| byte == b'\n')
        .expect("a line")
        + 1;
    let mut share = content[..line].to_vec();
    share.extend(score_tile(&content[line..]).expect("a tile"));
    share.extend(Sha256::digest(&share));
    share
}

#[test]
fn tiles_that_are_scored_elsewhere_merge_into_the_bytes_of_one_run() {
    let town = Town::new();
    let [study, shares, merged, whole] =
        ["study.toml", "shares", "merged", "whole"].map(|name| town.at(name));
    let asked = ["--minutes", "20", "--quiet"];
    let said = done(
        "coverage",
        &[&[&*study, "--tiles", "3", "--out", &shares], &asked[..]].concat(),
    );
    assert!(said.contains("3 tiles are in"), "{said}");
    let (code, _) = failed("merge", &[&shares, "--out", &merged]);
    assert_eq!(code, Some(3), "tiles alone are no shares");
    for (name, tile) in contents(Path::new(&shares)) {
        let share = Path::new(&shares).join(name.replace("tile-", "shard-"));
        fs::write(share, share_of(&tile)).expect("written");
    }
    done("merge", &[&shares, "--out", &merged, "--quiet"]);
    done(
        "coverage",
        &[&[&*study, "--out", &whole], &asked[..]].concat(),
    );
    assert_eq!(contents(Path::new(&merged)), contents(Path::new(&whole)));
}

#[test]
fn a_share_that_is_there_is_kept() {
    let town = Town::new();
    let said = town.share("1/2");
    assert!(said.contains("share 1 of 2 is in"), "{said}");
    let shares = town.dir.path().join("shares");
    let before = contents(&shares);
    let said = town.share("1/2");
    assert!(said.contains("already: nothing to do"), "{said}");
    assert_eq!(contents(&shares), before);
}

#[test]
fn a_damaged_share_is_told_and_made_anew() {
    let town = Town::new();
    town.share("1/2");
    town.share("2/2");
    let shares = town.dir.path().join("shares");
    let whole = contents(&shares);
    let file = shares.join("shard-0002-of-0002.walkshed");
    let bytes = &whole["shard-0002-of-0002.walkshed"];
    for damaged in [&bytes[..bytes.len() - 5], &bytes[..10], &[]] {
        fs::write(&file, damaged).expect("written");
        let (code, said) = town.merge_failed();
        assert_eq!(code, Some(3), "{said}");
        assert!(
            said.contains("shard-0002-of-0002.walkshed is damaged"),
            "{said}"
        );
        town.share("2/2");
        assert_eq!(contents(&shares), whole);
    }
}

#[test]
fn missing_shares_are_named() {
    let town = Town::new();
    town.share("2/3");
    let (code, said) = town.merge_failed();
    assert_eq!(code, Some(3));
    assert!(
        said.contains("2 of 3 shares are missing: 1/3 3/3"),
        "{said}"
    );
    assert!(
        !town.dir.path().join("out").exists(),
        "nothing is published"
    );
}

#[test]
fn an_empty_folder_holds_no_share() {
    let town = Town::new();
    fs::create_dir(town.dir.path().join("shares")).expect("a folder");
    let (code, said) = town.merge_failed();
    assert_eq!(code, Some(3));
    assert!(said.contains("holds no share of a run"), "{said}");
}

#[test]
fn other_inputs_and_other_flags_are_refused() {
    let town = Town::new();
    town.share("1/2");
    let (code, said) = town.share_failed(&["--shard", "2/2", "--minutes", "20"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("it was asked with other flags"), "{said}");
    let (code, said) = town.share_failed(&["--shard", "2/3"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("it is of 2 shares, not of 3"), "{said}");

    town.share("2/2");
    let cells = town.dir.path().join("cells.csv");
    let more = fs::read_to_string(&cells).expect("read") + "c,4,116.204,29.7\n";
    fs::write(&cells, more).expect("written");
    let (code, said) = town.share_failed(&["--shard", "2/2"]);
    assert_eq!(code, Some(2));
    assert!(
        said.contains("the input cells.csv is another file"),
        "{said}"
    );
    let (code, said) = town.merge_failed();
    assert_eq!(code, Some(3));
    assert!(
        said.contains("the input cells.csv is another file"),
        "{said}"
    );
}

#[test]
fn a_study_that_moved_is_named_anew() {
    let town = Town::new();
    town.share("1/1");
    let other = study();
    fs::remove_file(town.dir.path().join("study.toml")).expect("removed");
    let (code, _) = town.merge_failed();
    assert_eq!(code, Some(4));
    let [shares, out] = ["shares", "out"].map(|name| town.at(name));
    let moved = other.path().join("study.toml");
    done(
        "merge",
        &[&shares, "--out", &out, "--study", path(&moved), "--quiet"],
    );
    assert!(town.dir.path().join("out/manifest.json").exists());
}

#[test]
fn a_share_is_one_of_so_many() {
    let town = Town::new();
    for share in ["0/3", "4/3", "1", "a/b", "1/0", "1/10000", "-1/3"] {
        let asked = format!("--shard={share}");
        let (code, said) = town.share_failed(&[&asked]);
        assert_eq!(code, Some(2), "{share}");
        assert!(said.contains("as 1/8"), "{said}");
    }
}

#[test]
fn killed_shares_leave_nothing_half_and_go_on() {
    let town = Town::new();
    let [study, shares, merged, whole] =
        ["study.toml", "shares", "merged", "whole"].map(|name| town.at(name));
    // From the start of the work to its end: some kills come before the file, some after it.
    for (turn, share) in (0..24).zip(["1/2", "2/2"].into_iter().cycle()) {
        let arguments = [&*study, "--shard", share, "--out", &shares, "--quiet"];
        let mut child = command("coverage", &arguments).spawn().expect("it starts");
        thread::sleep(Duration::from_millis(turn * 5));
        let _ = child.kill();
        let _ = child.wait();
        for name in contents_if_there(Path::new(&shares)).into_keys() {
            // A name that merge looks at is only ever that of a whole share.
            let is_share = name.ends_with(".walkshed");
            assert!(is_share || name.starts_with(".shard-"), "{name}");
        }
    }
    town.share("1/2");
    town.share("2/2");
    done("merge", &[&shares, "--out", &merged, "--quiet"]);
    done("coverage", &[&study, "--out", &whole, "--quiet"]);
    assert_eq!(contents(Path::new(&merged)), contents(Path::new(&whole)));
}

fn contents_if_there(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    if dir.exists() {
        contents(dir)
    } else {
        BTreeMap::new()
    }
}
