//! The pages for whoever begins: both languages say the same, names are names of ours, the gallery is whole.

#[path = "common/built.rs"]
#[allow(dead_code, reason = "several examples are run here, each once")]
mod built;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is written in both languages.
const PAIRS: [[&str; 2]; 4] = [
    ["tutorial.md", "tutorial.zh-CN.md"],
    ["gallery.md", "gallery.zh-CN.md"],
    ["others.md", "others.zh-CN.md"],
    ["why.md", "why.zh-CN.md"],
];
const GLOSSARY: &str = "glossary.md";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    let text = fs::read_to_string(root().join(path)).expect("it is there");
    text.replace('\r', "")
}

fn page(name: &str) -> String {
    text(&format!("src/pages/{name}"))
}

/// A page without its blocks of code.
fn prose(name: &str) -> String {
    page(name).split("\n```").step_by(2).collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> BTreeSet<String> {
    let spans = text.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

/// The rows of all tables but for their heads, as cells.
fn rows(name: &str) -> Vec<Vec<String>> {
    let page = page(name);
    let mut rows = Vec::new();
    let mut is_body = false;
    for line in page.lines() {
        let inside = line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'));
        match inside {
            Some(rule) if rule.starts_with("---") => is_body = true,
            Some(row) if is_body => {
                rows.push(row.split('|').map(|cell| cell.trim().to_owned()).collect());
            }
            Some(_) => {}
            None => is_body = false,
        }
    }
    rows
}

/// All text below a folder, of files with an ending.
fn all_text(folder: &Path, ending: &str) -> String {
    let mut all = String::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            all += &all_text(&path, ending);
        } else if path
            .extension()
            .is_some_and(|extension| extension == ending)
        {
            all += &fs::read_to_string(&path).expect("readable");
        }
    }
    all
}

#[test]
fn both_languages_say_the_same() {
    for pair in PAIRS {
        let [english, chinese] = pair.map(|name| quoted(&prose(name)));
        let differ: Vec<_> = english.symmetric_difference(&chinese).collect();
        assert!(differ.is_empty(), "{pair:?}: {differ:?}");
        let [english, chinese] = pair.map(|name| {
            let rows = rows(name).into_iter();
            rows.map(|row| quoted(&row.join(" "))).collect::<Vec<_>>()
        });
        assert_eq!(english, chinese);
        let [english, chinese] = pair.map(|name| {
            let prose = prose(name);
            let heads = prose
                .lines()
                .filter(|line| line.starts_with('#') || line.starts_with("**"));
            heads
                .map(|line| {
                    line.chars()
                        .take_while(|sign| "#*".contains(*sign))
                        .collect::<String>()
                })
                .collect::<Vec<_>>()
        });
        assert_eq!(english, chinese, "{pair:?}: headings");
    }
}

#[test]
fn every_link_leads_to_a_file_and_in_the_docs_to_a_page() {
    let module = text("src/pages/mod.rs");
    for name in PAIRS.concat().into_iter().chain([GLOSSARY]) {
        let page = page(name);
        let links = page.lines().filter_map(|line| line.strip_prefix('['));
        let links: Vec<(&str, &str)> = links.filter_map(|line| line.split_once("]: ")).collect();
        for (link, file) in &links {
            assert!(
                root().join("src/pages").join(file).is_file(),
                "{name}: {file}"
            );
            assert!(
                page.contains(&format!("][{link}]")),
                "{name}: {link} is not used"
            );
            let is_picture = Path::new(file)
                .extension()
                .is_some_and(|ending| ending == "svg");
            let leads = format!("\"[{link}]: crate");
            assert!(
                is_picture || module.contains(&leads),
                "{name}: {link} leads nowhere in the docs"
            );
        }
        let used = page
            .split("][")
            .skip(1)
            .filter_map(|rest| rest.split(']').next());
        for used in used {
            assert!(
                links.iter().any(|(link, _)| *link == used),
                "{name}: {used}"
            );
        }
        assert!(
            !page.contains("](") || name == GLOSSARY,
            "{name}: a link without a name"
        );
    }
}

#[test]
fn all_pages_are_linked_from_the_readme_and_the_front_page() {
    let [english, chinese] = ["README.md", "README.zh-CN.md"].map(text);
    let front = text("src/lib.rs");
    for [ours, theirs] in PAIRS.into_iter().chain([[GLOSSARY, GLOSSARY]]) {
        assert!(english.contains(&format!("](src/pages/{ours})")), "{ours}");
        assert!(
            chinese.contains(&format!("](src/pages/{theirs})")),
            "{theirs}"
        );
        let name = ours.trim_end_matches(".md");
        assert!(front.contains(&format!("[`pages::{name}`]")), "{name}");
    }
}

#[test]
fn names_of_ours_are_there() {
    let code = all_text(&root().join("src"), "rs") + &all_text(&root().join("examples"), "rs");
    for row in rows("others.md") {
        for name in quoted(&row[1]) {
            let last = name.rsplit("::").next().expect("at least one part");
            let is_there = if name.contains("::") {
                code.contains(&format!("pub fn {last}("))
            } else {
                name.split(' ').all(|word| {
                    code.contains(word.trim_start_matches("--").trim_end_matches(".csv"))
                        || word.chars().all(|sign| "=.0123456789".contains(sign))
                        || is_flag(&code, word)
                })
            };
            assert!(is_there, "{name}");
        }
    }
}

/// Whether the field of a command line is called like a flag: `--min-share` is `min_share`.
fn is_flag(code: &str, word: &str) -> bool {
    let field = word.trim_start_matches("--").replace('-', "_");
    word.starts_with("--") && code.contains(&format!("pub(crate) {field}:"))
}

#[test]
fn every_place_that_a_why_names_is_there() {
    let named = quoted(&page("why.md"));
    let places: Vec<_> = named.iter().filter(|name| name.contains('/')).collect();
    assert!(places.len() > 10, "{places:?}");
    for place in places {
        assert!(root().join(place).is_file(), "{place}");
    }
}

#[test]
fn the_words_of_the_glossary_are_those_of_the_results() {
    let words = ["english", "chinese"]
        .map(|language| all_text(&root().join("src/words").join(language), "rs"));
    let english = words[0].to_lowercase();
    let rows = rows(GLOSSARY);
    assert!(rows.len() > 30, "{}", rows.len());
    for row in &rows {
        assert_eq!(row.len(), 4, "{row:?}");
        assert!(
            english.contains(&row[0]),
            "{} is no word of the results",
            row[0]
        );
        assert!(words[1].contains(&row[1]), "{} 不是结果用语", row[1]);
    }
    // The tables of words on the front page and in the manual call things the same.
    for file in ["src/lib.rs", "src/manual.md"] {
        let page = text(file);
        let (_, words) = page.split_once("# Words\n").expect("it has such a part");
        let lines = words.lines().take_while(|line| !line.contains("# "));
        let lines: Vec<&str> = lines.collect();
        for row in &rows {
            let start = format!("| {} | ", row[0]);
            let line = lines.iter().find(|line| line.contains(&start));
            assert!(
                line.is_none_or(|line| line.contains(&row[1])),
                "{file}: {line:?}"
            );
        }
        assert!(lines.len() > 10, "{file}");
    }
}

/// The names in the first column of the gallery.
fn listed() -> BTreeSet<String> {
    let rows = rows("gallery.md").into_iter();
    rows.map(|row| row[0].trim_matches('`').to_owned())
        .collect()
}

#[test]
fn every_example_is_in_the_gallery() {
    let entries = fs::read_dir(root().join("examples")).expect("readable");
    let names = entries.map(|entry| entry.expect("readable").file_name());
    let names = names.map(|name| name.to_string_lossy().trim_end_matches(".rs").to_owned());
    let there: BTreeSet<String> = names.filter(|name| name != "common").collect();
    assert_eq!(listed(), there);
}

/// Runs a command of the gallery, in a folder or, as the numbered programs read the fixture, in the project's.
fn runs(command: &str, folder: &Path) {
    let words: Vec<&str> = command.split_whitespace().collect();
    let place = words.iter().position(|word| *word == "--example");
    let name = words[place.expect("an example") + 1];
    let arguments = words
        .iter()
        .position(|word| *word == "--")
        .map_or(&[][..], |at| &words[at + 1..]);
    let is_numbered = name.starts_with('0');
    let told = Command::new(built::built(name))
        .current_dir(if is_numbered {
            root()
        } else {
            folder.to_owned()
        })
        .args(arguments)
        .output()
        .expect("it starts");
    let error = String::from_utf8_lossy(&told.stderr);
    assert!(told.status.success(), "{command}: {error}");
}

#[test]
fn every_command_of_the_gallery_runs_and_its_pictures_are_those_shown() {
    let folder = tempfile::tempdir().expect("a folder");
    let county = folder.path().join("county");
    fs::create_dir(&county).expect("a new folder");
    for entry in fs::read_dir(root().join("fixtures/hukou")).expect("readable") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name");
        if path
            .extension()
            .is_some_and(|ending| ending == "csv" || ending == "geojson")
        {
            fs::copy(&path, county.join(name)).expect("copied");
        }
    }
    let mut count = 0;
    for row in rows("gallery.md") {
        for command in row[2].split('`').skip(1).step_by(2) {
            // Needs a shared library: `.ci/run` makes it, and runs this.
            if !command.starts_with("python3 ") {
                runs(command, folder.path());
                count += 1;
            }
        }
    }
    assert_eq!(count, 20);
    for (made, shown) in [
        ("out/isochrones/isochrones.svg", "isochrones.svg"),
        ("out/report/map.svg", "map.svg"),
    ] {
        let [made, shown] = [
            folder.path().join(made),
            root().join("fixtures/hukou/pictures").join(shown),
        ];
        let [drawn, kept] = [&made, &shown].map(|path| fs::read(path).expect("it was drawn"));
        assert!(
            drawn == kept,
            "{} is another picture now: copy it",
            shown.display()
        );
    }
}
