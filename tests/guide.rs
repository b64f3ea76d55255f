//! The guide to the rules: its tables are accepted, its files are written, its keys are all there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkshed::read;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> String {
    fs::read_to_string(root().join("src/guide.md")).expect("it is there")
}

/// The tables of the study file that the guide shows.
fn tables() -> Vec<String> {
    let text = guide();
    let blocks = text.split("\n```").skip(1).step_by(2);
    blocks
        .filter_map(|block| block.strip_prefix("toml\n").map(str::to_owned))
        .collect()
}

/// The fixture's files in a folder, and what of its study file names them.
fn inputs(folder: &Path) -> String {
    let kept = root().join("fixtures/hukou");
    for entry in fs::read_dir(&kept)
        .expect("readable")
        .map(|entry| entry.expect("readable").path())
    {
        if entry.is_file() {
            fs::copy(&entry, folder.join(entry.file_name().expect("a name"))).expect("copied");
        }
    }
    add_days(folder);
    let study = fs::read_to_string(kept.join("study.toml")).expect("readable");
    let start = study.find("[inputs]").expect("inputs");
    let end = study.find("[walk]").expect("the walk follows");
    study[start..end].to_owned()
}

/// The column that the guide's indicators count, which the fixture does without.
fn add_days(folder: &Path) {
    let path = folder.join("items.csv");
    let text = fs::read_to_string(&path).expect("readable");
    let mut rows = text.lines();
    let head = rows.next().expect("a head");
    let mut with_days = format!("{head},days\n");
    for row in rows {
        with_days.push_str(row);
        with_days.push_str(",3\n");
    }
    fs::write(&path, with_days).expect("written");
}

#[test]
fn the_tables_shown_are_accepted_together_and_each_key_counts() {
    let folder = tempfile::tempdir().expect("a folder");
    let inputs = inputs(folder.path());
    let path = folder.path().join("study.toml");
    let read = |tables: &str| {
        fs::write(&path, format!("{inputs}{tables}")).expect("written");
        read::study(&path)
            .map(|(study, _)| study)
            .map_err(|error| error.to_string())
    };
    // The fixture's terminals are of other kinds than the guide's.
    let all = tables()
        .join("\n")
        .replace("[\"terminal\"]", "[\"bank-terminal\"]");
    let study = read(&all).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        (
            study.groups().count(),
            study.phases().len(),
            study.changes().len()
        ),
        (3, 1, 1)
    );
    assert!(study.time().is_some() && !study.zones().is_empty());
    assert!(study.indicators().len() == 5 && study.mark().is_some());
    for line in all.lines().filter(|line| line.contains(" = ")) {
        let wrong = all.replacen(line, &line.replacen(" = ", "_x = ", 1), 1);
        let error = read(&wrong).expect_err(line);
        assert!(error.contains("unknown key"), "{line}: {error}");
    }
}

#[test]
fn the_files_named_are_those_of_the_manual() {
    let manual = fs::read_to_string(root().join("src/manual.md")).expect("readable");
    let quoted = |text: &str| -> BTreeSet<String> {
        let inside = text.split('`').skip(1).step_by(2);
        inside
            .filter(|name| [".csv", ".json"].iter().any(|end| name.ends_with(end)))
            .map(str::to_owned)
            .collect()
    };
    let (told, known) = (
        quoted(&guide().replace("```", "")),
        quoted(&manual.replace("```", "")),
    );
    let strange: Vec<_> = told.difference(&known).collect();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(told.len() > 15, "{told:?}");
}
