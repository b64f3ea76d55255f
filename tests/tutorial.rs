//! The tutorial: every command of it is run, in order, and prints what the page says.

#[path = "common/built.rs"]
#[allow(dead_code, reason = "several examples are run here, each once")]
mod built;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The pages, and what the first study file of each must be asked for.
const PAGES: [(&str, &str); 2] = [
    ("src/pages/tutorial.md", " --language en"),
    ("src/pages/tutorial.zh-CN.md", ""),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The code blocks of a page: of what kind each is, and its text.
fn blocks(file: &str) -> Vec<(String, String)> {
    let page = fs::read_to_string(root().join(file)).expect("it is there");
    let page = page.replace('\r', "");
    let fenced = page.split("\n```").skip(1).step_by(2);
    fenced
        .map(|block| {
            let (kind, text) = block.split_once('\n').expect("a kind, then lines");
            (kind.to_owned(), text.to_owned())
        })
        .collect()
}

/// Does in a folder what a line of the page says, and gives back what is printed.
fn done(line: &str, folder: &Path) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        ["mkdir", name] => fs::create_dir(folder.join(name)).expect("a new folder"),
        ["cp", ref patterns @ .., to] => {
            for pattern in patterns {
                copy(pattern, &folder.join(to));
            }
        }
        ["cat", from, ">>", to] => {
            let added = fs::read_to_string(folder.join(from)).expect("it was written");
            let there = fs::read_to_string(folder.join(to)).expect("it was written");
            fs::write(folder.join(to), there + &added).expect("written");
        }
        ["cargo", "run", "--release", "--example", name, "--", ..] => {
            return printed(name, &words[6..], folder);
        }
        _ => panic!("the test does not know how to do this: {line}"),
    }
    String::new()
}

/// Copies the files of the project that a pattern such as `fixtures/hukou/*.csv` names.
fn copy(pattern: &str, to: &Path) {
    let (from, ending) = pattern.split_once("/*").expect("all of one ending");
    let entries = fs::read_dir(root().join(from)).expect("readable");
    for entry in entries.map(|entry| entry.expect("readable").path()) {
        let name = entry.file_name().expect("it has one").to_string_lossy();
        if name.ends_with(ending) {
            fs::copy(&entry, to.join(&*name)).expect("copied");
        }
    }
}

/// What an example prints on stdout.
fn printed(example: &str, arguments: &[&str], folder: &Path) -> String {
    let told = Command::new(built::built(example))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it starts");
    let error = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{example} {arguments:?}: {error}");
    String::from_utf8(told.stdout).expect("UTF-8")
}

/// Whether a text is what the page shows of it, where `…` stands for any lines.
fn is_shown(printed: &str, shown: &str) -> bool {
    let lines = |text: &str| -> Vec<String> {
        text.lines()
            .map(|line| line.trim_end().to_owned())
            .collect()
    };
    let (printed, shown) = (lines(printed), lines(shown));
    let parts: Vec<&[String]> = shown.split(|line| line == "…").collect();
    let (first, last) = (parts[0], parts[parts.len() - 1]);
    if parts.len() == 1 {
        return printed == first;
    }
    if !printed.starts_with(first) || !printed[first.len()..].ends_with(last) {
        return false;
    }
    let mut rest = &printed[first.len()..printed.len() - last.len()];
    for part in &parts[1..parts.len() - 1] {
        let found = rest.windows(part.len()).position(|lines| lines == *part);
        match found {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

/// The study file with its table `[target]`, the last one, as the page says.
fn edit(folder: &Path, table: &str) {
    let path = folder.join("county/study.toml");
    let study = fs::read_to_string(&path).expect("init wrote it");
    let (before, _) = study.split_once("[target]\n").expect("it has this table");
    assert!(table.starts_with("[target]\n"));
    fs::write(&path, format!("{before}{table}")).expect("written");
}

fn holds(file: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut output = String::new();
    let mut compared = 0;
    for (kind, text) in blocks(file) {
        match kind.as_str() {
            "sh" => {
                for line in text.lines() {
                    output = done(line, folder.path());
                }
            }
            "text" => {
                assert!(
                    is_shown(&output, &text),
                    "{file} shows\n{text}\nbut it is\n{output}"
                );
                compared += 1;
            }
            "toml" => edit(folder.path(), &text),
            _ => panic!("{file}: a block of {kind}"),
        }
    }
    assert_eq!(compared, 7, "{file}");
}

#[test]
fn each_command_prints_what_the_page_says() {
    holds(PAGES[0].0);
}

#[test]
fn each_command_prints_what_the_chinese_page_says() {
    holds(PAGES[1].0);
}

#[test]
fn both_pages_have_the_same_commands() {
    let [english, chinese] = PAGES.map(|(file, language)| {
        let blocks = blocks(file).into_iter();
        let ours = blocks.filter(|(kind, _)| kind != "text");
        ours.map(|(_, text)| text.replace(language, ""))
            .collect::<Vec<_>>()
    });
    assert_eq!(english, chinese);
}

#[test]
fn what_is_shown_is_compared_line_by_line() {
    let printed = "a\nb\nc\nd\n";
    for shown in [
        "a\nb\nc\nd",
        "…\nd",
        "a\n…",
        "a\n…\nc\n…",
        "…\nb\nc\n…",
        "…",
    ] {
        assert!(is_shown(printed, shown), "{shown}");
    }
    for shown in [
        "a\nb\nc",
        "…\nc",
        "b\n…",
        "a\n…\nd\n…\nc\n…",
        "…\nb\nd\n…",
        "a\nb\nc\n…\nc\nd",
    ] {
        assert!(!is_shown(printed, shown), "{shown}");
    }
}
