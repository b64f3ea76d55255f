//! The map as a sheet of its own (`map.svg`).

use std::fs;

use walkshed::model::{Language, Study};
use walkshed::report::{self, ReportOptions};

use crate::drawn::{plainly, town};
use crate::hostile::hostile;
use crate::marks::Marks;

fn map(study: &Study) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let results = walkshed::run(study, &walkshed::Options::default()).expect("it has the memory");
    let options = ReportOptions {
        map: true,
        page: false,
        ..ReportOptions::default()
    };
    report::write_with(&results, folder.path(), &options).expect("written");
    assert!(!folder.path().join("report.html").exists());
    fs::read_to_string(folder.path().join("map.svg")).expect("it is there")
}

#[test]
fn the_sheet_has_title_shares_legend_and_limit_in_one_language() {
    for (language, words) in [
        (Language::Chinese, ["已覆盖", "居民", "服务点", "15 分钟"]),
        (
            Language::English,
            ["covered", "residents", "sites", "15 min"],
        ),
    ] {
        let map = map(&town(plainly, language)).to_lowercase();
        for word in words {
            assert!(map.contains(word), "{word}: {map}");
        }
        let chinese = map
            .chars()
            .any(|sign| ('\u{4e00}'..'\u{9fff}').contains(&sign));
        assert_eq!(chinese, language == Language::Chinese);
    }
}

#[test]
fn names_stay_names_and_nothing_is_fetched() {
    let map = map(&town(hostile, Language::English));
    let page = format!("<!DOCTYPE html>{map}");
    let marks = Marks::of(&page);
    let names: Vec<&str> = marks.names();
    assert!(
        !names.contains(&"script") && !names.contains(&"img"),
        "{names:?}"
    );
    let addresses = map.matches("://").count();
    assert_eq!(addresses, 1, "the name of the format alone");
}
