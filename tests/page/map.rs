//! The map as a sheet of its own (`map.svg`).

use std::fs;

use walkshed::model::{Language, Study};
use walkshed::plane::Position;
use walkshed::report::{self, Paper, ReportOptions};

use crate::drawn::{plainly, town};
use crate::hostile::hostile;
use crate::marks::Marks;

fn map(study: &Study) -> String {
    map_of(study, None)
}

fn map_of(study: &Study, changed: Option<Study>) -> String {
    map_on(Paper::A4, study, changed)
}

fn map_on(paper: Paper, study: &Study, changed: Option<Study>) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let options = walkshed::Options {
        changed,
        ..walkshed::Options::default()
    };
    let results = walkshed::run(study, &options).expect("it has the memory");
    let options = ReportOptions {
        map: true,
        paper,
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

/// The town with its kiosk moved from `d` to beside `c`: 4 people are newly covered, 8 no longer.
fn moved(study: &Study) -> Study {
    let cells = study.cells();
    let at = |id: &str| {
        let mut there = cells.iter().filter(|(_, cell)| cell.id.starts_with(id));
        there.next().and_then(|(_, cell)| cell.at).expect("a place")
    };
    let to = at("c");
    let moved = study.clone().with(|parts| {
        let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        for site in sites.iter_mut().filter(|site| site.id == "t") {
            site.at = to;
        }
        parts.sites = walkshed::model::Sites::new(sites);
    });
    moved.expect("a study")
}

/// The shape of a site that opens or moves to where it is, on the map.
const OPENED: &str = "l9 9-9 9-9-9z";
/// That of one that goes.
const GONE: &str = "l6 6-6 6-6-6zm-6 12l12-12";

/// How many marks of this shape a sheet has; each is drawn twice, over a white line.
fn marks(map: &str, shape: &str) -> usize {
    map.matches(shape).count() / 2
}

#[test]
fn changes_are_shown_side_by_side_and_marked() {
    let study = town(plainly, Language::English);
    let map = map_of(&study, Some(moved(&study)));
    assert!(map.contains("width=\"297mm\" height=\"210mm\""), "{map}");
    for said in [
        ">Before the changes<",
        ">After the changes<",
        ">Newly covered<",
        ">No longer covered<",
        ">New or moved site<",
        ">Site that is there no longer<",
    ] {
        assert_eq!(map.matches(said).count(), 1, "{said}: {map}");
    }
    // c gains the kiosk, d loses it; both stand in the second picture alone.
    assert_eq!(marks(&map, "a8 8 0 1 0 16 0"), 1, "{map}");
    assert_eq!(marks(&map, "l12 12m0-12l-12 12"), 1, "{map}");
    let (_, after) = map.split_once(">After the changes<").expect("the second");
    assert_eq!(marks(after, "a8 8 0 1 0 16 0"), 1);
    assert_eq!(map.matches(OPENED).count(), 1, "{map}");
    // On the map, and as large in the legend.
    assert_eq!(map.matches(GONE).count(), 2, "{map}");
    let people = |said: &str| {
        let (_, row) = map.split_once(said).expect("a row");
        let (_, number) = row.split_once("end\">").expect("a number");
        number.split_once('<').expect("its end").0.to_owned()
    };
    assert_eq!(people(">Newly covered<"), "4");
    assert_eq!(people(">No longer covered<"), "8");
}

/// The town with its kiosk moved a degree away, where neither picture shows it.
fn moved_away(study: &Study) -> Study {
    let away = study.clone().with(|parts| {
        let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        for site in sites.iter_mut().filter(|site| site.id == "t") {
            site.at = Position::new(site.at.lon() + 1.0, site.at.lat()).expect("on the globe");
        }
        parts.sites = walkshed::model::Sites::new(sites);
    });
    away.expect("a study")
}

#[test]
fn a_site_that_opens_where_no_picture_shows_it_is_told() {
    for (language, said) in [
        (
            Language::English,
            "1 site that opens, closes or moves lies outside of these pictures.",
        ),
        (
            Language::Chinese,
            "另有 1 个新设、撤销或迁移的服务点不在图内。",
        ),
    ] {
        let study = town(plainly, language);
        let away = moved_away(&study);
        let map = map_of(&study, Some(away.clone()));
        // Where it was is shown still.
        assert_eq!(map.matches(said).count(), 1, "{map}");
        assert_eq!(map.matches(GONE).count(), 2, "{map}");
        assert!(!map.contains(OPENED), "{map}");
        assert!(!map_of(&study, Some(moved(&study))).contains(said));

        let options = walkshed::Options {
            assessment: true,
            changed: Some(away),
            ..walkshed::Options::default()
        };
        let results = walkshed::run(&study, &options).expect("it has the memory");
        let folder = tempfile::tempdir().expect("a folder");
        report::write(&results, folder.path()).expect("written");
        let page = fs::read_to_string(folder.path().join("report.html")).expect("it is there");
        assert_eq!(page.matches(said).count(), 1);
    }
}

#[test]
fn a_cell_that_the_sheet_does_not_show_is_told_on_it() {
    let study = town(plainly, Language::English);
    let far = study.clone().with(|parts| {
        let near = parts.cells.as_slice()[0].clone();
        let mut cells: Vec<_> = (0..400).map(|_| near.clone()).collect();
        for (place, cell) in cells.iter_mut().enumerate() {
            cell.id = place.to_string();
        }
        let at = near.at.expect("a place");
        cells[7].at = Position::new(at.lon() + 1.0, at.lat());
        parts.cells = walkshed::model::Cells::new(cells);
    });
    let map = map(&far.expect("a study"));
    assert!(
        map.contains(">1 cell lies far outside and is not in this picture.<"),
        "{map}"
    );
}

#[test]
fn on_a3_the_map_is_larger_and_its_words_are_not() {
    let study = town(plainly, Language::English);
    for changed in [None, Some(moved(&study))] {
        let [a4, a3] = Paper::ALL.map(|paper| map_on(paper, &study, changed.clone()));
        assert!(
            a3.contains("viewBox=\"0 0 1587 1123\"") || a3.contains("viewBox=\"0 0 1123 1587\"")
        );
        assert!(
            a3.contains("420mm") && a3.contains("297mm") && !a4.contains("420mm"),
            "{a3}"
        );
        // As large on the paper: the picture has more units where the sheet has more.
        let sizes = |map: &str| map.matches("font-size=\"26\"").count();
        assert_eq!((sizes(&a4), sizes(&a3)), (1, 1));
        let inner = |map: &str| -> f64 {
            let (_, inner) = map.split_once("<svg x=").expect("a picture");
            let (_, view) = inner.split_once("viewBox=\"0 0 ").expect("a view");
            let (width, _) = view.split_once(' ').expect("a width");
            width.parse().expect("a number")
        };
        let times = inner(&a3) / inner(&a4);
        assert!((times - std::f64::consts::SQRT_2).abs() < 0.01, "{times}");
    }
}

#[test]
fn what_changes_nothing_has_no_marks() {
    let study = town(plainly, Language::Chinese);
    let map = map_of(&study, Some(study.clone()));
    assert!(map.contains(">调整前<") && map.contains(">新增覆盖<"));
    assert_eq!(marks(&map, "a8 8"), 0, "{map}");
    assert!(!map.contains("新设或迁入"), "{map}");
}

#[test]
fn the_page_has_both_maps_where_changes_are_judged() {
    let study = town(hostile, Language::English);
    let options = walkshed::Options {
        assessment: true,
        changed: Some(moved(&study)),
        ..walkshed::Options::default()
    };
    let results = walkshed::run(&study, &options).expect("it has the memory");
    let folder = tempfile::tempdir().expect("a folder");
    report::write(&results, folder.path()).expect("written");
    let page = fs::read_to_string(folder.path().join("report.html")).expect("it is there");
    let marks = Marks::of(&page);
    let labels = marks.elements.iter().filter_map(|(name, attributes)| {
        (name == "svg")
            .then(|| attributes.get("aria-label"))
            .flatten()
    });
    let labels: Vec<&str> = labels.map(String::as_str).collect();
    assert!(
        labels.ends_with(&["Before the changes", "After the changes"]),
        "{labels:?}"
    );
}
