//! The numbered examples: each is short, runs, and prints what it says.

#[path = "common/built.rs"]
#[allow(dead_code, reason = "several examples are run here, each once")]
mod built;

use std::fs;
use std::path::Path;
use std::process::Command;

/// What an example prints.
fn printed(name: &str) -> String {
    let run = Command::new(built::built(name))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it starts");
    let told = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success() && told.is_empty(), "{name}: {told}");
    String::from_utf8(run.stdout).expect("it prints text")
}

#[test]
fn a_study_from_vectors() {
    let expected = "\
1 item within 15 min 00 s, 1 site, 3 cells: 49.0 % of the people are within reach
home 1: covered
home 2: too-far
home 3: too-far
";
    assert_eq!(printed("01_from_vectors"), expected);
}

#[test]
fn a_study_from_files() {
    let out = printed("02_read_a_study");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines[0], "湖口县 15 分钟政务服务圈: 45.7 % are covered");
    assert_eq!(lines[1], "双钟镇: 50.7 %, 34491.05 left out");
    assert_eq!(lines.len(), 1 + 13 + 1, "{out}");
    assert_eq!(lines[14], "13 findings about the data");
}

#[test]
fn who_is_left_out() {
    let expected = "\
a (1 people): covered; to do: nothing
b (2 people): covered; to do: nothing
c (4 people): too-far; to do: build-site
d (8 people): out-of-reach; to do: build-site
e (16 people): stranded; to do: mend-data
9.7 % of the people are covered
";
    assert_eq!(printed("03_who_is_left_out"), expected);
}

#[test]
fn a_site_that_opens() {
    let expected = "\
now 20.0 % of the people are covered
with a site at a: 20.0 %
with a site at b: 20.0 %
with a site at c: 46.7 %
with a site at d: 73.3 %
";
    assert_eq!(printed("04_what_if_a_site_opens"), expected);
}

#[test]
fn the_nearest_of_each_kind() {
    let expected = "\
village-station: 2326 of 3300 cells
post-office: 1133 of 3300 cells
bank-terminal: 1253 of 3300 cells
C00001 to a village-station: 9 min 40 s
C00001 to a post-office: 8 min 30 s
C00001 to a bank-terminal: 7 min 34 s
";
    assert_eq!(printed("05_nearest_of_each_kind"), expected);
}

#[test]
fn one_cell_explained() {
    let out = printed("06_explain_one_cell");
    let head = "\
why: C00932 柘港畈村33组 × I31 个体工商户登记
verdict: out of reach, nobody within the search does it for these people
";
    assert!(out.starts_with(head), "{out}");
    assert!(
        out.contains(": does not count: it has no helper\n"),
        "{out}"
    );
    assert!(
        out.contains("what would cure it: build or move a site"),
        "{out}"
    );
}

#[test]
fn each_is_short_and_tested_here() {
    let tests = include_str!("numbered_examples.rs");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut seen = 0;
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path
            .file_stem()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !name.starts_with(|first: char| first.is_ascii_digit()) {
            continue;
        }
        let lines = fs::read_to_string(&path).expect("readable").lines().count();
        assert!(lines < 40, "{name}: {lines} lines");
        assert!(
            tests.contains(&format!("printed(\"{name}\")")),
            "{name} is not tested"
        );
        seen += 1;
    }
    assert!(seen >= 6, "{seen}");
}

#[test]
fn each_command_is_little_over_the_library() {
    for command in [
        "coverage",
        "assess",
        "explain",
        "coverage_picture",
        "synthetic_county",
    ] {
        let main =
            Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("examples/{command}/main.rs"));
        let lines = fs::read_to_string(main).expect("readable").lines().count();
        assert!(lines <= 60, "{command}: {lines} lines");
    }
}
