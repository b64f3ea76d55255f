//! The house rules: imports run one way, files stay small.

use std::fs;
use std::path::{Path, PathBuf};

const ROOMS: [&str; 15] = [
    "units", "ids", "words", "progress", "plane", "model", "draw", "snap", "search", "score",
    "assess", "read", "report", "error", "guide",
];

fn sources(dir: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            found.push(path);
        }
    }
}

fn files_in(folders: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in folders {
        sources(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut found,
        );
    }
    found.sort();
    assert!(found.len() > 3);
    found
}

#[test]
fn imports_run_one_way() {
    for path in files_in(&["src"]) {
        let inside = path
            .strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
            .expect("below src");
        let room = inside
            .iter()
            .next()
            .and_then(|r| r.to_str())
            .map_or("", |r| r.trim_end_matches(".rs"));
        let Some(own) = ROOMS.iter().position(|r| *r == room) else {
            assert_eq!(
                room, "lib",
                "{room} is no room of the house: add it to the list"
            );
            continue;
        };
        let text = fs::read_to_string(&path).expect("readable");
        for (place, other) in ROOMS.iter().enumerate().skip(own + 1) {
            assert!(
                !text.contains(&format!("crate::{other}")),
                "{}: {room} may not import {other} ({place})",
                path.display()
            );
        }
    }
}

#[test]
fn only_the_outer_rooms_touch_files_and_serde() {
    for path in files_in(&["src"]) {
        let text = fs::read_to_string(&path).expect("readable");
        let outer = ["/src/read/", "/src/report/", "/src/error.rs", "/src/lib.rs"];
        if !outer
            .iter()
            .any(|room| path.to_string_lossy().contains(room))
        {
            for word in ["std::fs", "std::io", "serde", "std::path"] {
                assert!(!text.contains(word), "{} uses {word}", path.display());
            }
        }
        for word in ["println!", "eprintln!"] {
            let prints = text
                .lines()
                .any(|line| line.contains(word) && !line.trim_start().starts_with("//"));
            let tests = text
                .find("#[cfg(test)]")
                .is_some_and(|start| text.find(word).is_some_and(|at| at > start));
            let test_file = path.to_string_lossy().contains("tests.rs");
            assert!(!prints || tests || test_file, "{} prints", path.display());
        }
    }
}

#[test]
fn no_file_passes_600_lines() {
    for path in files_in(&["src", "tests", "examples", "benches"]) {
        let lines = fs::read_to_string(&path).expect("readable").lines().count();
        assert!(lines <= 600, "{} has {lines} lines", path.display());
    }
}
