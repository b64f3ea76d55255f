//! The invented county: its outputs are golden, and neither threads nor the order of rows change them.
//!
//! After a change that is meant to change results: `WALKSHED_BLESS=1 cargo test --test fixture`.

#[path = "common/built.rs"]
mod built;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use walkshed::model::changed;
use walkshed::score::VerdictKind;
use walkshed::{Options, People, read, report};

const INPUTS: [&str; 11] = [
    "study.toml",
    "streets.geojson",
    "sites.geojson",
    "cells.csv",
    "units.csv",
    "items.csv",
    "offers.csv",
    "departments.csv",
    "links.csv",
    "barriers.geojson",
    "boundary.geojson",
];

fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures")
        .join("hukou")
}

/// Runs a study into a folder, on so many threads, as the example `coverage` does, or as `assess`.
fn run(study: &Path, out: &Path, threads: usize, assessed: bool) {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads");
    pool.install(|| {
        let (study, _) = read::study(study).expect("the study is valid");
        let compared = assessed && !study.changes().is_empty();
        let options = Options {
            assessment: assessed,
            changed: compared.then(|| changed(&study).expect("as it was read")),
            ..Options::default()
        };
        let results = walkshed::run(&study, &options).expect("it has the memory");
        report::write(&results, out).expect("written");
    });
}

fn text(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The lines of a file, the header first and the rest in order.
fn sorted(folder: &Path, file: &str) -> Vec<String> {
    let mut lines: Vec<String> = text(folder, file).lines().map(str::to_owned).collect();
    lines[1..].sort();
    lines
}

/// Holds files of a run against the golden ones, or makes them the golden ones.
fn hold(out: &Path, folder: &str, files: &[&str]) {
    let golden = fixture().join("golden").join(folder);
    for file in files {
        if std::env::var_os("WALKSHED_BLESS").is_some() {
            fs::create_dir_all(&golden).expect("made");
            fs::copy(out.join(file), golden.join(file)).expect("blessed");
        }
        let expected = fs::read_to_string(golden.join(file)).expect("the golden file is there");
        assert!(
            expected == text(out, file),
            "{file} is not the golden one; see the head of this test"
        );
    }
}

#[test]
fn the_outputs_are_the_golden_ones() {
    let out = tempfile::tempdir().expect("a folder");
    run(&fixture().join("study.toml"), out.path(), 2, false);
    let rules = [
        "groups.csv",
        "channels.csv",
        "themes.csv",
        "denominators.csv",
    ];
    hold(out.path(), "", &rules);
    // The manifest holds the hash of every other output.
    hold(
        out.path(),
        "",
        &["units.csv", "findings.csv", "summary.json", "manifest.json"],
    );
}

#[test]
fn the_assessment_is_the_golden_one() {
    let out = tempfile::tempdir().expect("a folder");
    run(&fixture().join("whatif.toml"), out.path(), 2, true);
    let tables = [
        "phases.csv",
        "indicators.csv",
        "score_cards.csv",
        "departments.csv",
        "red_cells.csv",
    ];
    hold(out.path(), "assess", &tables);
    hold(
        out.path(),
        "assess",
        &["red_items.csv", "change_units.csv", "manifest.json"],
    );
}

#[test]
fn threads_change_no_byte() {
    let [one, two, eight] = [1, 2, 8].map(|threads| {
        let folder = tempfile::tempdir().expect("a folder");
        run(&fixture().join("whatif.toml"), folder.path(), threads, true);
        folder
    });
    let mut files = 0;
    for entry in fs::read_dir(one.path()).expect("readable") {
        let name = entry.expect("readable").file_name();
        let read = |folder: &Path| fs::read(folder.join(&name)).expect("it is in both");
        for other in [&two, &eight] {
            assert!(read(one.path()) == read(other.path()), "{}", name.display());
        }
        files += 1;
    }
    assert!(files > 20, "{files} files");
}

/// Puts rows or features into another order: far apart and back to front.
fn shuffled<T>(rows: Vec<T>) -> Vec<T> {
    let mut rows: Vec<(usize, T)> = rows.into_iter().enumerate().collect();
    let count = rows.len();
    rows.sort_by_key(|(place, _)| std::cmp::Reverse(place * 7919 % count.max(1)));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn shuffle(file: &str, text: &str) -> String {
    if file.contains(".csv") {
        let (header, rows) = text.split_once('\n').expect("a header");
        let rows = shuffled(rows.lines().collect());
        return format!("{header}\n{}\n", rows.join("\n"));
    }
    let mut json: serde_json::Value = serde_json::from_str(text).expect("JSON");
    if let Some(serde_json::Value::Array(features)) = json.get_mut("features") {
        *features = shuffled(std::mem::take(features));
    }
    json.to_string()
}

#[test]
fn the_order_of_rows_changes_nothing() {
    let (inputs, out, again) = (
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
        tempfile::tempdir().expect("a folder"),
    );
    for file in INPUTS {
        let plain = text(&fixture(), file);
        let content = if file == "study.toml" {
            plain
        } else {
            shuffle(file, &plain)
        };
        fs::write(inputs.path().join(file), content).expect("written");
    }
    run(&fixture().join("study.toml"), out.path(), 2, true);
    run(&inputs.path().join("study.toml"), again.path(), 2, true);
    let tables = [
        "groups.csv",
        "themes.csv",
        "week.csv",
        "phases.csv",
        "lacking.csv",
        "score_cards.csv",
    ];
    let lists = [
        "indicators.csv",
        "departments.csv",
        "red_cells.csv",
        "red_items.csv",
        "site_items.csv",
        "level_items.csv",
        "delegations.csv",
    ];
    for file in ["units.csv", "sites.geojson", "summary.json"]
        .into_iter()
        .chain(tables)
        .chain(lists)
    {
        assert!(text(out.path(), file) == text(again.path(), file), "{file}");
    }
    for file in ["cells.csv", "item_times.csv", "findings.csv"] {
        assert!(
            sorted(out.path(), file) == sorted(again.path(), file),
            "{file}"
        );
    }
    assert_ne!(
        text(out.path(), "cells.csv"),
        text(again.path(), "cells.csv"),
        "cells keep the order of the input"
    );
}

#[test]
fn the_county_is_what_its_readme_says() {
    let (study, findings) = read::study(fixture().join("study.toml")).expect("valid");
    let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
    let now = &results.coverage;
    assert_eq!(now.total().people(), People::whole(222_000));
    let rules = (
        study.groups().count(),
        study.zones().iter().count(),
        study.indicators().len(),
    );
    assert_eq!(
        rules,
        (5, 2, 11),
        "groups with all others, zones, indicators"
    );
    assert_eq!((study.phases().len(), study.changes().len()), (5, 0));
    assert!(study.time().is_some() && study.boundary().is_some());
    let rows = now.by_unit();
    let seat = rows
        .iter()
        .find(|row| row.name == "双钟镇")
        .expect("the seat");
    assert_eq!(seat.tally.people(), People::whole(70_000));
    assert_eq!(
        rows.iter()
            .filter(|row| row.depth == 1 && row.id != "360429G")
            .count(),
        13,
        "townships and the park"
    );
    for kind in VerdictKind::ALL
        .into_iter()
        .filter(|&kind| kind != VerdictKind::Unknown)
    {
        assert!(
            now.total().people_with(kind) > People::whole(1_000),
            "{kind}"
        );
    }
    assert!(findings.iter().all(|finding| finding.code != "other-datum"));
    assert_eq!(study.catalogue().len(), 48);
    let readme = text(&fixture(), "README.md");
    assert!(readme.contains("Invented") && readme.contains("虚构"));
    let bytes: u64 = INPUTS
        .iter()
        .map(|file| fs::metadata(fixture().join(file)).expect("there").len())
        .sum();
    assert!(bytes < 2_500_000);
}

#[test]
fn the_what_if_study_covers_more() {
    let covered = |file: &str| {
        let (study, _) = read::study(fixture().join(file)).expect("valid");
        let study = changed(&study).expect("as it was read");
        let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
        results.coverage.total().covered()
    };
    let (study, _) = read::study(fixture().join("whatif.toml")).expect("valid");
    assert_eq!(study.changes().len(), 8);
    assert!(covered("whatif.toml") > covered("study.toml"));
}

#[test]
fn the_generator_makes_the_committed_files() {
    let out = tempfile::tempdir().expect("a folder");
    let made = Command::new(built::example("synthetic_county"))
        .arg("--out")
        .arg(out.path())
        .output()
        .expect("the generator runs");
    assert!(made.status.success());
    for file in INPUTS.iter().chain(&["README.md", "whatif.toml"]) {
        assert!(
            text(out.path(), file) == text(&fixture(), file),
            "{file} is not what the generator makes"
        );
    }
}
