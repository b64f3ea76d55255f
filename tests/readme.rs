//! The READMEs, and the manuals, say the same in both languages, and what they say is so.

#[path = "../examples/coverage_picture/lines.rs"]
mod lines;
#[path = "../examples/coverage_picture/picture.rs"]
mod picture;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkshed::assess::{EarlierRun, Snapshot};
use walkshed::model::{Language, Study};
use walkshed::score::{self, VerdictKind};
use walkshed::{Options, read, report};

const READMES: [&str; 2] = ["README.md", "README.zh-CN.md"];
const MANUALS: [&str; 2] = ["src/manual.md", "src/manual.zh-CN.md"];
/// What is written in both languages.
const PAIRS: [[&str; 2]; 3] = [READMES, MANUALS, ["src/codes.md", "src/codes.zh-CN.md"]];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn text(file: &str) -> String {
    fs::read_to_string(root().join(file))
        .expect("it is there")
        .replace('\r', "")
}

fn hukou(language: Language) -> Study {
    let (study, _) =
        read::study(root().join("fixtures/hukou/study.toml")).expect("the fixture is valid");
    study
        .with(|parts| {
            parts.language = language;
        })
        .expect("still a study")
}

/// The code blocks of this kind.
fn blocks(file: &str, kind: &str) -> Vec<String> {
    let text = text(file);
    let fenced = text.split("\n```").skip(1).step_by(2);
    fenced
        .filter_map(|block| {
            block
                .strip_prefix(kind)?
                .strip_prefix('\n')
                .map(str::to_owned)
        })
        .collect()
}

/// The tables, as rows of cells; the rule below the header is left out.
fn tables(file: &str) -> Vec<Vec<Vec<String>>> {
    let mut tables = vec![Vec::new()];
    for line in text(file).lines() {
        match line
            .strip_prefix('|')
            .and_then(|line| line.strip_suffix('|'))
        {
            Some(row) if row.starts_with("---") => {}
            Some(row) => {
                let cells = row.split('|').map(|cell| cell.trim().to_owned()).collect();
                tables.last_mut().expect("never empty").push(cells);
            }
            None => tables.push(Vec::new()),
        }
    }
    tables.retain(|table| !table.is_empty());
    tables
}

/// The first column of the table that has this entry in it.
fn first_column(file: &str, entry: &str) -> Vec<String> {
    let table = tables(file)
        .into_iter()
        .find(|table| table.iter().any(|row| row[0] == entry));
    table
        .expect("the page has this table")
        .into_iter()
        .skip(1)
        .map(|row| row[0].clone())
        .collect()
}

/// What stands in backticks.
fn quoted(text: &str) -> Vec<String> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The flags that commands of the READMEs and manuals may have.
const FLAGS: &str = "--problem --p --candidates --matrix --from --to --limit --pushes --also --within --by \
    --phase --phases --release --example --features -- --out --on-bad --test --against --cell \
    --site --item --path --target --examples --parents --root --bands --merged --at --check \
    --shard --tiles --lib --crate-type --no-default-features --budget --costs";

#[test]
fn both_languages_name_the_same_commands() {
    let [commands, of_manual, _] = PAIRS.map(|pair| {
        let commands = pair.map(|file| blocks(file, "sh").join("\n"));
        assert_eq!(commands[0], commands[1]);
        commands[0].clone()
    });
    assert!(
        commands.starts_with("cargo test\ncargo run --release --example coverage"),
        "{commands}"
    );
    let all = commands + &of_manual;
    for word in all.split_whitespace().filter(|word| word.starts_with("--")) {
        assert!(FLAGS.split(' ').any(|known| known == word), "{word}");
    }
}

#[test]
fn both_languages_quote_the_same_names() {
    for pair in PAIRS {
        let names = pair.map(|file| {
            let prose = text(file).split("\n```").step_by(2).collect::<String>();
            quoted(&prose).into_iter().collect::<BTreeSet<_>>()
        });
        let difference: Vec<_> = names[0].symmetric_difference(&names[1]).collect();
        assert!(
            difference.is_empty(),
            "only in one of {pair:?}: {difference:?}"
        );
    }
}

#[test]
fn the_options_told_of_the_bench_of_peers_are_its_own() {
    let script = text("benches/peers.py");
    for readme in READMES {
        let told = text(readme);
        let line = told
            .lines()
            .find(|line| line.contains("benches/peers.py"))
            .expect("a line about it");
        let spans = line.split('`').skip(1).step_by(2);
        let options: Vec<&str> = spans.filter(|span| span.starts_with("--")).collect();
        assert!(options.len() >= 2, "{readme}: {options:?}");
        for option in options
            .iter()
            .filter_map(|option| option.split_whitespace().next())
        {
            assert!(
                script.contains(&format!("\"{option}\"")),
                "{readme}: {option}"
            );
        }
    }
}

#[test]
fn both_languages_have_the_same_tables() {
    for pair in PAIRS {
        let [english, chinese] = pair.map(tables);
        assert_eq!(english.len(), chinese.len());
        for (ours, theirs) in english.iter().zip(&chinese) {
            same_table(ours, theirs, pair == MANUALS);
        }
    }
}

/// Both have as many rows, which quote the same names and, where the first column is one of names,
/// begin alike.
fn same_table(english: &[Vec<String>], chinese: &[Vec<String>], of_names: bool) {
    let first = |table: &[Vec<String>]| {
        table
            .iter()
            .skip(1)
            .map(|row| row[0].clone())
            .collect::<Vec<_>>()
    };
    if of_names {
        assert_eq!(first(english), first(chinese));
    }
    assert_eq!(english.len(), chinese.len());
    for (ours, theirs) in english.iter().zip(chinese) {
        let columns = |row: &[String]| quoted(&row.join(" ")).into_iter().collect::<BTreeSet<_>>();
        let (ours, theirs) = (columns(ours), columns(theirs));
        assert!(
            ours.is_subset(&theirs) || theirs.is_subset(&ours),
            "{ours:?} is not {theirs:?}"
        );
    }
}

#[test]
fn the_headings_are_as_many_and_as_deep() {
    for pair in PAIRS {
        let depths = pair.map(|file| {
            let prose = text(file).split("\n```").step_by(2).collect::<String>();
            let heading = |line: &str| {
                line.starts_with('#')
                    .then(|| line.chars().take_while(|&c| c == '#').count())
            };
            prose.lines().filter_map(heading).collect::<Vec<_>>()
        });
        assert_eq!(depths[0], depths[1]);
    }
}

#[test]
fn every_column_name_is_in_both_manuals() {
    for file in MANUALS {
        assert!(
            text(file).contains(&read::column_names()),
            "{file}: put in what walkshed::read::column_names() says"
        );
        assert!(
            text(file).contains(&report::column_names()),
            "{file}: put in what walkshed::report::column_names() says"
        );
    }
}

#[test]
fn every_test_that_the_manual_names_is_there() {
    let tables = tables("src/manual.md").into_iter();
    let of_tests: Vec<_> = tables.filter(|table| table[0][0] == "test").collect();
    assert_eq!(of_tests.len(), 2, "promises and faults");
    for row in of_tests.iter().flat_map(|table| &table[1..]) {
        let names = quoted(&row[0]);
        let [file, test] = &names[..] else {
            panic!("{names:?} is no file and test");
        };
        assert!(text(file).contains(&format!("fn {test}(")), "{names:?}");
    }
}

#[test]
fn every_exit_code_is_in_both_manuals() {
    let codes = ["0", "1", "2", "3", "4", "5", "6", "7", "70"];
    for file in MANUALS {
        assert_eq!(first_column(file, "70"), codes, "{file}");
    }
    // Constants like `const MISSED: u8 = 1;`, and the arms of `Failure::code`.
    let mut found = 0;
    for folder in [
        "coverage",
        "assess",
        "explain",
        "coverage_picture",
        "common",
    ] {
        for line in lines_in(&root().join("examples").join(folder)) {
            let constant = line.split_once(": u8 = ").map(|(_, value)| value);
            let arm = line.trim().strip_prefix("| ").unwrap_or(line.trim());
            let arm = arm
                .strip_prefix("Self::")
                .and_then(|arm| arm.split_once(" => "));
            let Some(value) = constant.or(arm.map(|(_, value)| value)) else {
                continue;
            };
            let code = value.trim_end_matches([',', ';']);
            if code.bytes().all(|byte| byte.is_ascii_digit()) {
                assert!(codes.contains(&code), "{line}");
                found += 1;
            }
        }
    }
    assert!(found >= 8, "{found}");
}

/// All lines of the files in a folder.
fn lines_in(folder: &Path) -> Vec<String> {
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).expect("readable") {
        let file = fs::read_to_string(entry.expect("readable").path()).expect("readable");
        lines.extend(file.lines().map(str::to_owned));
    }
    lines
}

#[test]
fn every_verdict_is_in_both_manuals_in_order() {
    let words = VerdictKind::ALL.map(|kind| format!("`{kind}`"));
    for file in MANUALS {
        assert_eq!(first_column(file, "`covered`"), words, "{file}");
    }
}

#[test]
fn a_run_writes_the_files_named_and_no_others() {
    let study = hukou(Language::English);
    let usual = walkshed::run(&study, &Options::default()).expect("it has the memory");
    let same = EarlierRun::from(Snapshot::of(
        &usual.walks,
        &usual.coverage,
        usual.firms.as_ref(),
    ));
    let options = Options {
        assessment: true,
        changed: Some(study.clone()),
        earlier: std::slice::from_ref(&same),
        ..Options::default()
    };
    let all = walkshed::run(&study, &options).expect("it has the memory");
    for file in MANUALS {
        let [named, of_assess] =
            ["`cells.csv`", "`phases.csv`"].map(|entry| first_column(file, entry).concat());
        for (results, named) in [(&usual, named.clone()), (&all, named + &of_assess)] {
            let out = tempfile::tempdir().expect("a folder for the results");
            report::write(results, out.path()).expect("it can be written");
            assert_eq!(
                quoted(&named).into_iter().collect::<BTreeSet<_>>(),
                files_in(out.path()),
                "{file}"
            );
            headers_are_as_told(file, out.path());
        }
    }
}

/// The names of the results in a folder.
fn files_in(folder: &Path) -> BTreeSet<String> {
    let listed = fs::read_dir(folder)
        .expect("readable")
        .map(|entry| entry.expect("readable").file_name());
    let is_result = |name: &String| !name.starts_with('.');
    listed
        .map(|name| name.to_string_lossy().into_owned())
        .filter(is_result)
        .collect()
}

/// Where the README lists a CSV file's columns, the file has them.
fn headers_are_as_told(file: &str, out: &Path) {
    let table = tables(file)
        .into_iter()
        .find(|table| table.iter().any(|row| row[0] == "`cells.csv`"));
    let told = |name: &str| -> Option<String> {
        let row = table
            .iter()
            .flatten()
            .find(|row| row[0] == format!("`{name}`"))?;
        quoted(&row[1])
            .into_iter()
            .find(|quote| quote.contains(','))
    };
    for name in ["cells.csv", "item_times.csv", "findings.csv"] {
        let text = fs::read_to_string(out.join(name)).expect("it was written");
        let (told, head) = (
            told(name).expect("columns are told"),
            text.lines().next().unwrap_or_default(),
        );
        assert!(
            head == told || head.starts_with(&format!("{told},")),
            "{file}, {name}: {head}"
        );
    }
}

#[test]
fn the_summary_shown_is_the_one_printed() {
    for (file, language) in READMES
        .into_iter()
        .zip([Language::English, Language::Chinese])
    {
        let study = hukou(language);
        let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
        let printed = report::summary(&results).to_text();
        assert_eq!(
            blocks(file, "text").concat().trim_end(),
            printed.trim_end(),
            "{file}"
        );
    }
}

/// The program that the READMEs show, but for what it prints.
fn shown_program() -> Result<String, walkshed::Error> {
    let (study, findings) = read::study("fixtures/hukou/study.toml")?;
    let results = walkshed::run(&study, &Options::default())?; // walks, coverage, breakdown
    let now = &results.coverage;
    assert!(!findings.is_empty());
    Ok(now.share().to_string())
}

#[test]
fn the_program_shown_is_the_one_tested() {
    let own_source = text("tests/readme.rs");
    for file in READMES {
        let program = blocks(file, "rust,no_run").concat();
        let bindings: Vec<&str> = program
            .lines()
            .filter_map(|line| line.split("//").next())
            .map(str::trim)
            .filter(|line| line.starts_with("let "))
            .collect();
        assert_eq!(bindings.len(), 3, "{file}: {bindings:?}");
        for line in bindings {
            assert!(own_source.contains(line), "{file}: {line}");
        }
    }
}

#[test]
fn the_program_shown_prints_the_share_that_the_command_prints() {
    let share = shown_program().expect("the fixture is valid");
    assert_eq!(share, "45.7 %");
    let summaries = READMES.map(|file| blocks(file, "text").concat());
    assert!(summaries[0].contains(&format!("share {share}")));
    assert!(summaries[1].contains(&format!("覆盖率 {share}")));
    // What the name of the other function says: without the study's time of day it is another number.
    let study = hukou(Language::English);
    let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
    let unruled = score::coverage_without_rules(results.walks.of(None), study.target());
    assert_eq!(unruled.share().to_string(), "56.9 %");
}

fn picture(study: &Study) -> String {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    picture::svg(&results.coverage)
}

#[test]
fn the_picture_shown_is_the_one_drawn() {
    let study = hukou(Language::Chinese);
    let drawn = picture(&study);
    assert!(drawn.len() < 400_000);
    let kept = fs::read_to_string(root().join("fixtures/hukou/coverage.svg")).expect("it is there");
    assert!(
        drawn == kept,
        "draw it again: cargo run --release --example coverage_picture"
    );
}

#[test]
fn a_name_cannot_break_out_of_the_picture() {
    let study = hukou(Language::Chinese);
    let mut parts = study.into_parts();
    parts.name = "</title><script>\"&\u{1}".to_owned();
    let study = Study::new(parts).expect("still a study");
    let drawn = picture(&study);
    assert!(
        !drawn.contains("<script>") && drawn.contains("&lt;/title&gt;&lt;script&gt;&quot;&amp;<")
    );
}

/// Puts the fixture's files where the README's study file looks for them.
fn files_as_told(folder: &Path) {
    let kept = root().join("fixtures/hukou");
    for name in [
        "streets.geojson",
        "sites.geojson",
        "units.csv",
        "items.csv",
        "offers.csv",
        "barriers.geojson",
    ] {
        fs::copy(kept.join(name), folder.join(name)).expect("copied");
    }
    let head = "from_lon,from_lat,to_lon,to_lat,minutes\n";
    fs::write(folder.join("links.csv"), head).expect("written");
    fs::write(folder.join("departments.csv"), "name,e_seal\n公安局,yes\n").expect("written");
    let area = r#"{"type":"Polygon","coordinates":[[[116,29.5],[116.5,29.5],[116.5,30],[116,30],[116,29.5]]]}"#;
    for name in ["boundary.geojson", "settled.geojson"] {
        fs::write(folder.join(name), area).expect("written");
    }
    let compound = r#"{"type":"Polygon","coordinates":[[[116.2,29.7],[116.21,29.7],[116.21,29.71],[116.2,29.7]]]}"#;
    fs::write(folder.join("compounds.geojson"), compound).expect("written");
    let cells = fs::read_to_string(kept.join("cells.csv")).expect("readable");
    fs::write(
        folder.join("cells.xlsx"),
        cells.replacen("population", "2024年末人口", 1),
    )
    .expect("written");
}

#[test]
fn every_key_shown_is_accepted_and_every_default_is_one() {
    let folder = tempfile::tempdir().expect("a folder");
    files_as_told(folder.path());
    let path = folder.path().join("study.toml");
    let read = |study: &str| {
        fs::write(&path, study).expect("written");
        read::study(&path).map(|(study, _)| study)
    };
    let mut keys = Vec::new();
    for file in MANUALS {
        // The fixture's cells are on WGS 84.
        let shown = blocks(file, "toml").concat().replace("GCJ-02", "WGS84");
        let full = read(&shown).expect("every key is accepted");
        let (needed, _) = shown.split_once("[walk]").expect("it has this section");
        let short = read(needed).expect("the rest is optional");
        assert_eq!(
            (full.walk(), full.target(), full.memory()),
            (short.walk(), short.target(), short.memory()),
            "{file}"
        );
        let named: Vec<&str> = shown
            .lines()
            .filter_map(|line| Some(line.split_once(" = ")?.0))
            .collect();
        for key in &named {
            let wrong = shown.replacen(&format!("\n{key} = "), &format!("\n{key}_x = "), 1);
            if wrong != shown {
                let error = read(&wrong).expect_err("an unknown key").to_string();
                assert!(error.contains("unknown key"), "{key}: {error}");
            }
        }
        keys.push(named.join(" "));
    }
    assert_eq!(keys[0], keys[1]);
    assert_eq!(
        keys[0].split(' ').count(),
        36,
        "name, language, csv_bom, heads, twelve inputs and max_rejects, walk, target, limits: {}",
        keys[0]
    );
}

#[test]
fn every_link_leads_to_a_file() {
    for file in PAIRS.concat() {
        let page = text(file);
        let inline = page.split("](").skip(1);
        let inline = inline.filter_map(|rest| rest.split(')').next());
        // Pages of the docs name other pages at their end: `[guide]: guide.md`.
        let named = page.lines().filter(|line| line.starts_with('['));
        let named = named.filter_map(|line| line.split_once("]: ").map(|(_, link)| link));
        for link in inline.chain(named) {
            let leads = match link.strip_prefix('#') {
                Some(anchor) => page.lines().any(|line| anchor_of(line) == anchor),
                None => root().join(file).with_file_name(link).is_file(),
            };
            assert!(leads, "{file}: {link}");
        }
    }
}

/// What a heading is called in a link.
fn anchor_of(line: &str) -> String {
    let title = line.trim_start_matches('#').trim();
    title.to_lowercase().replace(' ', "-")
}

#[test]
fn every_page_that_a_manual_names_is_a_module() {
    for (file, module) in MANUALS.iter().zip(["src/manual.rs", "src/manual_zh.rs"]) {
        let page = text(file);
        let named = page.lines().filter(|line| line.starts_with('['));
        let named: Vec<&str> = named
            .filter_map(|line| line.split_once("]: ").map(|(name, _)| name))
            .collect();
        assert_eq!(named.len(), 3, "{file}");
        for name in named {
            // The first definition of a name holds, which in the docs is the module's.
            let leads = format!("//! {name}]: crate::{}", &name[1..]);
            assert!(text(module).contains(&leads), "{module}: {leads}");
            assert!(
                page.contains(&format!("][{}]", &name[1..])),
                "{file}: {name}"
            );
        }
    }
}
