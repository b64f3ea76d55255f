//! An earlier run read back, and compared with a later one.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkshed::assess::difference::Part;
use walkshed::assess::{Snapshot, difference};
use walkshed::model::{Cell, Cells, Study};
use walkshed::{Options, People, read, report};

use crate::kinds::change;
use crate::town::{Town, at, offering};

fn snapshot(study: &Study) -> Snapshot {
    let results = walkshed::run(study, &walkshed::Options::default()).expect("a small study");
    Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref())
}

/// A folder with a run of this study.
fn run(study: &Study) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let results = walkshed::run(study, &Options::default()).expect("a small study");
    report::write(&results, folder.path()).expect("written");
    folder
}

/// The study with names that files must guard, people in parts, and a cell that is nowhere.
fn odd(study: Study) -> Study {
    let names = ["=1+1", "+far", "-5", "a \"quoted\", one"];
    let mut cells: Vec<Cell> = study.cells().as_slice().to_vec();
    for (cell, name) in cells.iter_mut().zip(names) {
        name.clone_into(&mut cell.id);
        cell.people = People::new(cell.people.as_f64() / 3.0).expect("a number");
    }
    cells[1].unit = None;
    cells[2].at = None;
    let odd = study.with(|parts| {
        parts.cells = Cells::new(cells);
        "=total".clone_into(&mut parts.name);
    });
    odd.expect("still a study")
}

#[test]
fn a_run_read_back_is_the_same() {
    let timed = Town {
        rules: "[target]\ndate = 2024-03-06\nminutes = 12.3\n[time]\nat = '2024-03-06T10:00:00'\n\
                [walk]\none_way = true\ncrossing_seconds = 12.5\n\
                [[zone]]\nname = 'far; off'\nunits = ['u']\nminutes = 10.5\n"
            .to_owned(),
        ..offering()
    };
    for study in [
        offering().read("").expect("good"),
        timed.read("").expect("good"),
        odd(offering().read("").expect("good")),
    ] {
        let earlier = read::earlier(run(&study).path()).expect("it was just written");
        assert_eq!(earlier, snapshot(&study));
        assert!(difference(&earlier, &snapshot(&study)).is_nothing());
    }
}

#[test]
fn a_later_run_is_told_apart() {
    let before = run(&offering().read("").expect("good"));
    let after = offering().after(&change("do = 'offer'\nsite = 't'\nitems = ['i2']"));
    let change = difference(
        &read::earlier(before.path()).expect("good"),
        &snapshot(&after),
    );
    let told: Vec<_> = change
        .cells
        .iter()
        .map(|cell| (cell.after.id.as_str(), cell.before.verdict.word()))
        .collect();
    assert_eq!(told, [("c", "not-offered")]);
    assert_eq!(
        (change.total.newly_covered, change.total.no_longer_covered),
        (People::whole(4), People::ZERO)
    );
    assert_eq!(
        (change.units[0].id.as_str(), change.units[0].newly_covered),
        ("u", People::whole(4))
    );
    // 1 of 15 people, then 5; a does both items, c one, then both.
    assert_eq!(change.total.share_change(), Some(333_333 - 66_667));
    assert_eq!(change.total.score_change(), Some(333_333 - 200_000));
    assert!(change.unlike.is_empty());
    let mut other = offering();
    other.rules = "[target]\nminutes = 20\nitems = ['i1']\n[walk]\nspeed_kmh = 4.5\n".to_owned();
    let other = difference(
        &read::earlier(before.path()).expect("good"),
        &snapshot(&other.read("").expect("good")),
    );
    let unlike: Vec<_> = other
        .unlike
        .iter()
        .map(|u| format!("{} {} {}", u.what, u.before, u.after))
        .collect();
    assert_eq!(
        unlike,
        [
            "speed_kmh 4 4.5",
            "minutes 15 20",
            "search_minutes 30 40",
            "items i1;i2 i1"
        ]
    );
}

#[test]
fn runs_with_other_streets_weeks_or_zones_are_not_alike() {
    let before = run(&offering().read("").expect("good"));
    let mut other = offering();
    other.rules = "[walk]\nmin_component = 1\ncrossing_seconds = 20\n[time]\nweek = 2024-03-06\n\
                   [[zone]]\nname = 'far'\nunits = ['u']\nspeed_kmh = 15\nby = 'e-bike'\n"
        .to_owned();
    let other = difference(
        &read::earlier(before.path()).expect("good"),
        &snapshot(&other.read("").expect("good")),
    );
    let unlike: Vec<_> = other
        .unlike
        .iter()
        .map(|u| format!("{}: {}", u.what, u.after))
        .collect();
    assert_eq!(
        unlike,
        [
            "min_component: 1",
            "week_of: 2024-03-04",
            "street_rules: crossing_seconds = 20",
            "zones: far: 15 minutes at 15 km/h (e-bike)"
        ]
    );
}

fn edit(folder: &Path, file: &str, change: impl FnOnce(String) -> String) {
    let text = fs::read_to_string(folder.join(file)).expect("it is there");
    fs::write(folder.join(file), change(text)).expect("written");
}

/// Lets the manifest fit the files again, so that what they hold is looked at.
fn bless(folder: &Path, file: &str) {
    let old = fs::read_to_string(folder.join("manifest.json")).expect("it is there");
    let mut manifest: serde_json::Value = serde_json::from_str(&old).expect("JSON");
    let hash = |bytes: Vec<u8>| {
        use sha2::Digest;
        sha2::Sha256::digest(bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect::<Vec<_>>()
            .concat()
    };
    for output in manifest["outputs"].as_array_mut().expect("a list") {
        if output["file"] == file {
            output["sha256"] = hash(fs::read(folder.join(file)).expect("it is there")).into();
        }
    }
    fs::write(folder.join("manifest.json"), manifest.to_string()).expect("written");
}

fn error(folder: &Path) -> String {
    read::earlier(folder).expect_err("it is wrong").to_string()
}

#[test]
fn a_file_that_was_changed_since_is_refused() {
    for file in ["cells.csv", "units.csv"] {
        let folder = run(&offering().read("").expect("good"));
        edit(folder.path(), file, |text| text.replacen(",1,", ",2,", 1));
        let told = error(folder.path());
        let wanted = format!(
            "{}: the file was changed since the run wrote it",
            folder.path().join(file).display()
        );
        assert!(told.starts_with(&wanted), "{told}");
    }
}

type Edit = fn(String) -> String;

#[test]
fn what_is_no_run_says_what_is_wrong() {
    let study = offering().read("").expect("good");
    let cases: [(&str, Edit, &str); 8] = [
        (
            "cells.csv",
            |t| t.replacen("verdict", "answer", 1),
            "cells.csv: there is no column verdict",
        ),
        (
            "cells.csv",
            |t| t.replacen("too-far", "far", 1),
            "cells.csv, row 3: column \"verdict\" is \"far\", expected one of covered",
        ),
        (
            "cells.csv",
            |t| t.replacen("\na,u,1,", "\na,u,many,", 1),
            "cells.csv, row 2: column \"population\" is \"many\", expected a number",
        ),
        (
            "cells.csv",
            |t| t.replacen("\nb,", "\na,", 1),
            "cells.csv, row 3: column \"cell\" is \"a\", expected an id that no other row has",
        ),
        (
            "cells.csv",
            |t| t.replacen("\nb,u,", "\nb,w,", 1),
            "cells.csv, row 3: column \"unit\" is \"w\", expected a unit of units.csv",
        ),
        (
            "units.csv",
            |t| t.replacen("\ntotal,", "\nsum,", 1),
            "units.csv: its last row is not the total",
        ),
        (
            "units.csv",
            |t| t.replacen("\nv,", "\nu,", 1),
            "units.csv, row 3: column \"unit\" is \"u\", expected an id",
        ),
        (
            "units.csv",
            |t| t.replacen("\ntotal,", "\n", 1),
            "units.csv, row 4:",
        ),
    ];
    for (file, change, expected) in cases {
        let folder = run(&study);
        edit(folder.path(), file, change);
        bless(folder.path(), file);
        let told = error(folder.path());
        assert!(told.starts_with(expected), "{told}");
    }
    let folder = run(&study);
    edit(folder.path(), "manifest.json", |text| {
        text.replace("cells.csv", "cell.csv")
    });
    assert!(error(folder.path()).starts_with("manifest.json: it does not list cells.csv"));
    edit(folder.path(), "manifest.json", |_| "[]".to_owned());
    assert!(error(folder.path()).starts_with("manifest.json: it is no manifest of a run"));
    fs::remove_file(folder.path().join("manifest.json")).expect("it is there");
    assert!(
        error(folder.path()).contains("manifest.json: ")
            && error(folder.path()).contains("check the path")
    );
}

#[test]
fn every_change_adds_up_over_the_units() {
    let town = offering();
    let cut = change(&format!("do = 'cut-street'\nat = [{}]", at([2300.0, 0.0])));
    for keys in [
        cut,
        change("do = 'close-site'\nsite = 's'"),
        change("do = 'withdraw'\nsite = 's'\nitems = ['i1']"),
    ] {
        let change = difference(
            &snapshot(&town.read("").expect("good")),
            &snapshot(&town.after(&keys)),
        );
        let top: People = change.units.iter().map(|unit| unit.no_longer_covered).sum();
        assert_eq!(top, change.total.no_longer_covered);
    }
}

#[test]
fn several_earlier_runs_make_a_trend_line() {
    let at = |year: i32| {
        let town = Town {
            rules: format!("[target]\ndate = {year}-12-31\n"),
            ..offering()
        };
        town.read("").expect("good")
    };
    let folders = [2023, 2022].map(|year| run(&at(year)));
    let earlier = folders
        .each_ref()
        .map(|folder| read::earlier_run(folder.path()).expect("it was just written"));
    let options = Options {
        earlier: &earlier,
        ..Options::default()
    };
    let now = walkshed::run(&at(2024), &options).expect("a small study");
    // The latest is compared with, whatever the order; another day is no other rule.
    let trend = now.trend.as_ref().expect("it was asked for");
    assert_eq!(trend.dates, ["2023-12-31", "2024-12-31"]);
    assert_eq!(trend.unlike, []);
    let out = TempDir::new().expect("a folder");
    report::write(&now, out.path()).expect("written");
    let text = fs::read_to_string(out.path().join("trend_line.csv")).expect("written");
    let totals: Vec<Vec<&str>> = text
        .lines()
        .map(|row| row.split(',').collect::<Vec<_>>())
        .filter(|row| row[2] == "total" || row[0] == "run")
        .collect();
    assert_eq!(
        totals[0],
        [
            "run",
            "date",
            "unit",
            "name",
            "people",
            "covered",
            "share",
            "score",
            "asked_otherwise"
        ]
    );
    let name = |run: usize| earlier[run].name.as_str();
    let told: Vec<_> = totals[1..]
        .iter()
        .map(|row| (row[0], row[1], row[4], row[5]))
        .collect();
    assert_eq!(
        told,
        [
            (name(1), "2022-12-31", "15", "1"),
            (name(0), "2023-12-31", "15", "1"),
            ("now", "2024-12-31", "15", "1")
        ]
    );
    // Each run tells of each unit, too.
    let units = text.lines().filter(|row| row.contains(",u,")).count();
    assert_eq!(units, 3);
}

#[test]
fn the_departments_of_an_assessed_run_are_read_back() {
    let study = offering().read("").expect("good");
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    let results = walkshed::run(&study, &options).expect("a small study");
    let folder = TempDir::new().expect("a folder");
    report::write(&results, folder.path()).expect("written");
    let earlier = read::earlier_run(folder.path()).expect("it was just written");
    let departments = results
        .assessment
        .expect("it was asked for")
        .people
        .departments;
    let told: Vec<_> = departments
        .iter()
        .map(|row| (row.name.as_str(), row.share.value().and_then(Part::of)))
        .collect();
    let read: Vec<_> = earlier
        .departments
        .iter()
        .map(|row| (row.name.as_str(), row.share))
        .collect();
    assert!(!told.is_empty());
    assert_eq!(read, told);
    edit(folder.path(), "departments.csv", |text| {
        text.replacen(",0.", ",1.", 1)
    });
    let changed = read::earlier_run(folder.path()).expect_err("it was changed");
    assert!(
        changed
            .to_string()
            .contains("departments.csv: the file was changed"),
        "{changed}"
    );
}
