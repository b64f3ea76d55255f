//! What the front page and the changelog tell of the crate itself.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];

fn text(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    fs::read_to_string(path).expect("it is there")
}

#[test]
fn the_changelog_names_this_version_and_sorts_what_changed() {
    let changes = text("CHANGELOG.md");
    let versions: Vec<&str> = changes
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert_eq!(versions[0], "[Unreleased]");
    for version in &versions[1..] {
        let (_, date) = version
            .split_once("] - ")
            .expect("each version has its day");
        assert!(
            chrono::NaiveDate::parse_from_str(date, "%Y-%m-%d").is_ok(),
            "{version}"
        );
    }
    let own = concat!("[", env!("CARGO_PKG_VERSION"), "] - ");
    assert!(
        versions.iter().any(|version| version.starts_with(own)),
        "{versions:?}"
    );
    let heads = [
        "Added",
        "Changed",
        "Deprecated",
        "Removed",
        "Fixed",
        "Security",
    ];
    for head in changes.lines().filter_map(|line| line.strip_prefix("### ")) {
        assert!(heads.contains(&head), "{head}");
    }
}

#[test]
fn the_example_from_vectors_is_as_long_as_told() {
    let lines = text("examples/01_from_vectors.rs").lines().count();
    let told = [format!("homes in {lines} lines"), format!("用 {lines} 行")];
    for (file, told) in READMES.into_iter().zip(told) {
        assert!(text(file).contains(&told), "{file}: {told}");
    }
}

#[test]
#[cfg_attr(not(target_os = "linux"), ignore = "other systems need other crates")]
fn the_crates_told_are_as_many_as_cargo_counts() {
    let [core, all] = [&["--no-default-features"][..], &[]].map(crates_beside_ours);
    assert!(core <= 40, "{core}");
    for (file, [of_core, of_all]) in READMES.into_iter().zip([
        [
            format!("rests on {core} crates"),
            format!("by default, on {all}."),
        ],
        [format!("只依赖 {core} 个包"), format!("共 {all} 个")],
    ]) {
        assert!(text(file).contains(&of_core), "{file}: {of_core}");
        assert!(text(file).contains(&of_all), "{file}: {of_all}");
    }
}

/// How many crates the library is made of besides its own.
fn crates_beside_ours(features: &[&str]) -> usize {
    let told = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "-e", "normal", "--prefix", "none"])
        .args(features)
        .output()
        .expect("cargo runs, as it runs this test");
    assert!(told.status.success());
    let told = String::from_utf8(told.stdout).expect("cargo prints text");
    let crates: BTreeSet<&str> = told
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .collect();
    crates.len() - 1
}
