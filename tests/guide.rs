//! The guide to the rules: its tables are accepted, its files are written, its keys are all there are.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkshed::read;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The page in English and in Chinese.
const PAGES: [&str; 2] = ["src/guide.md", "src/guide.zh-CN.md"];

fn page(file: &str) -> String {
    fs::read_to_string(root().join(file)).expect("it is there")
}

fn guide() -> String {
    page(PAGES[0])
}

/// What a page quotes as code, in order.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// A block of code without its comments.
fn bare(text: &str) -> String {
    let lines = text.lines().map(|line| match line.split_once(" # ") {
        Some((code, _)) => code.trim_end(),
        None => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a heading is called in a link: letters and digits, and a hyphen for a blank.
fn anchor_of(heading: &str) -> String {
    let title = heading.trim_start_matches('#').trim().to_lowercase();
    title
        .chars()
        .filter(|&letter| letter.is_alphanumeric() || letter == '-' || letter == ' ')
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

#[test]
fn both_pages_say_the_same_in_the_same_order() {
    let [english, chinese] = PAGES.map(page);
    let blocks = |text: &str| -> Vec<String> {
        let blocks = text.split("\n```").skip(1).step_by(2);
        blocks.map(bare).collect()
    };
    assert_eq!(blocks(&english), blocks(&chinese));
    let headings = |text: &str| -> Vec<String> {
        let headings = text.lines().filter(|line| line.starts_with("##"));
        headings
            .map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .map(|head| {
                head.trim_end_matches(|sign| !char::is_numeric(sign))
                    .to_owned()
            })
            .collect()
    };
    assert_eq!(headings(&english), headings(&chinese));
    let names = |text: &str| -> BTreeSet<String> {
        let sections = text.replace("\n```", "\n");
        let names = quoted(&sections).into_iter().map(str::to_owned);
        names.filter(|name| name.is_ascii()).collect()
    };
    let (told, meant) = (names(&chinese), names(&english));
    let differ: Vec<_> = told.symmetric_difference(&meant).collect();
    assert!(differ.is_empty(), "{differ:?}");
}

#[test]
fn every_link_within_a_page_leads_to_a_heading() {
    for file in PAGES {
        let text = page(file);
        let anchors: BTreeSet<String> = text
            .lines()
            .filter(|line| line.starts_with('#'))
            .map(anchor_of)
            .collect();
        let links: Vec<&str> = text
            .split("](#")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .collect();
        assert!(links.len() > 15, "{file}");
        for link in links {
            assert!(anchors.contains(link), "{file}: {link}");
        }
    }
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
