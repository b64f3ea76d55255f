//! How results are written as CSV: a byte order mark and heads as the study asks, and both read back.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use tempfile::TempDir;
use walkshed::assess::Snapshot;
use walkshed::model::{CsvForm, Heads, Language, Study};
use walkshed::report::ReportOptions;
use walkshed::{Options, Results, read, report};

const MARK: &str = "\u{feff}";

fn town(language: Language, csv: CsvForm) -> Study {
    let study = walkshed::draw::town("A-a--s-B", 100.0, "s");
    let study = study.with(|parts| {
        parts.language = language;
        parts.csv = csv;
    });
    study.expect("still a study")
}

fn results(study: &Study) -> Results {
    walkshed::run(study, &Options::default()).expect("a small study")
}

/// A folder with a run of a town in this form.
fn run(language: Language, csv: CsvForm) -> TempDir {
    let out = TempDir::new().expect("a folder");
    report::write(&results(&town(language, csv)), out.path()).expect("written");
    out
}

fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).expect("written")
}

/// The tables of a folder, each with its first line.
fn heads(folder: &Path) -> Vec<(String, String)> {
    let names = fs::read_dir(folder).expect("readable").map(|entry| {
        let name = entry.expect("readable").file_name();
        name.into_string().expect("a name of ours")
    });
    let mut heads: Vec<_> = names
        .filter(|name| {
            Path::new(name)
                .extension()
                .is_some_and(|ending| ending == "csv")
        })
        .map(|name| {
            let table = text(folder, &name);
            let head = table.lines().next().expect("it has a head").to_owned();
            assert_eq!(
                table.matches(MARK).count(),
                head.matches(MARK).count(),
                "{name}"
            );
            (name, head)
        })
        .collect();
    heads.sort();
    assert!(heads.len() >= 4, "{heads:?}");
    heads
}

const WORDS: CsvForm = CsvForm {
    bom: None,
    heads: Heads::Words,
};

#[test]
fn a_chinese_study_has_marks_and_an_english_one_none_unless_asked() {
    let asked = |bom| CsvForm {
        bom,
        ..CsvForm::default()
    };
    let cases = [
        (Language::Chinese, None, true),
        (Language::English, None, false),
        (Language::Chinese, Some(false), false),
        (Language::English, Some(true), true),
    ];
    for (language, bom, marked) in cases {
        let out = run(language, asked(bom));
        for (name, head) in heads(out.path()) {
            assert_eq!(
                head.starts_with(MARK),
                marked,
                "{name} {language:?} {bom:?}"
            );
        }
        let cells = text(out.path(), "cells.csv");
        let bare = cells.trim_start_matches(MARK);
        assert!(bare.starts_with("cell,unit,population,verdict,"), "{bare}");
    }
}

#[test]
fn heads_are_words_where_asked_and_the_manifest_has_the_names() {
    let begins = [
        (Language::English, "cell,unit,population,"),
        (Language::Chinese, "\u{feff}居民点编号,单位编号,人口,"),
    ];
    for (language, begin) in begins {
        let out = run(language, WORDS);
        let head = text(out.path(), "cells.csv");
        assert!(head.starts_with(begin), "{head}");
        let manifest: serde_json::Value =
            serde_json::from_str(&text(out.path(), "manifest.json")).expect("JSON");
        let codes = run(language, CsvForm::default());
        let by_code = heads(codes.path());
        for (name, head) in heads(out.path()) {
            let outputs = manifest["outputs"].as_array().expect("a list");
            let listed = outputs.iter().find(|output| output["file"] == *name);
            let columns = listed.expect("it is listed")["columns"].as_array();
            let columns: Vec<&str> = columns
                .expect("its names are")
                .iter()
                .filter_map(serde_json::Value::as_str)
                .collect();
            let (_, codes) = by_code
                .iter()
                .find(|(other, _)| *other == name)
                .expect("as well");
            assert_eq!(columns.join(","), codes.trim_start_matches(MARK), "{name}");
            assert!(!head.contains('_'), "{name}: {head}");
        }
        // Where the heads are codes, the manifest is as it was.
        assert!(!text(codes.path(), "manifest.json").contains("\"columns\""));
    }
}

#[test]
fn a_run_in_any_form_is_read_back_the_same() {
    let forms = [None, Some(true), Some(false)];
    for bom in forms {
        for heads in Heads::ALL {
            for language in [Language::Chinese, Language::English] {
                let csv = CsvForm { bom, heads };
                let results = results(&town(language, csv));
                let out = TempDir::new().expect("a folder");
                report::write(&results, out.path()).expect("written");
                let earlier = read::earlier(out.path()).expect("it was just written");
                let now = Snapshot::of(&results.walks, &results.coverage, None);
                assert_eq!(earlier, now, "{csv:?} {language:?}");
            }
        }
    }
}

#[test]
fn a_manifest_that_lists_other_columns_is_refused() {
    let out = run(Language::English, WORDS);
    let manifest = text(out.path(), "manifest.json");
    let (before, after) = manifest.split_once("\"cell\",").expect("the first column");
    fs::write(out.path().join("manifest.json"), format!("{before}{after}")).expect("written");
    let error = read::earlier(out.path())
        .expect_err("a column is gone")
        .to_string();
    assert!(
        error.contains("manifest.json") && error.contains("columns of cells.csv"),
        "{error}"
    );
}

#[test]
fn a_packed_table_begins_as_a_plain_one() {
    let out = TempDir::new().expect("a folder");
    let options = ReportOptions {
        items: true,
        most_item_rows: 0,
        ..ReportOptions::default()
    };
    let results = results(&town(Language::Chinese, WORDS));
    report::write_with(&results, out.path(), &options).expect("written");
    let packed = fs::File::open(out.path().join("item_times.csv.gz")).expect("written");
    let mut table = String::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_string(&mut table)
        .expect("UTF-8");
    let plain = text(run(Language::Chinese, WORDS).path(), "item_times.csv");
    assert_eq!(table, plain);
    assert!(
        table.starts_with("\u{feff}居民点编号,事项编号,判定"),
        "{table}"
    );
}

#[test]
fn the_study_file_says_which() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("study.toml");
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    put(
        "streets.geojson",
        r#"{"type":"LineString","coordinates":[[116.24,29.73],[116.26,29.73]]}"#,
    );
    put("points.csv", "id,lon,lat\np,116.25,29.73\n");
    let inputs =
        "[inputs]\nstreets = 'streets.geojson'\nsites = 'points.csv'\ncells = 'points.csv'\n";
    let read = |keys: &str| {
        put("study.toml", &format!("{keys}\n{inputs}"));
        read::study(&path).map(|(study, _)| study.csv())
    };
    assert_eq!(read("").expect("good"), CsvForm::default());
    let asked = read("csv_bom = false\nheads = 'words'").expect("good");
    assert_eq!((asked.bom, asked.heads), (Some(false), Heads::Words));
    let wrong = read("heads = 'letters'")
        .expect_err("no such heads")
        .to_string();
    assert!(wrong.contains("\"codes\" or \"words\""), "{wrong}");
    let wrong = read("csv_boom = true")
        .expect_err("no such key")
        .to_string();
    assert!(wrong.contains("csv_bom"), "{wrong}");
}
