//! One run: it finds what the rooms find one by one, tells how far it is, and owns its results.

use std::sync::Mutex;

use walkshed::assess::{self, EarlierRun, Snapshot, difference};
use walkshed::model::{Change, Memory, Study, apply};
use walkshed::score::{self, Setting};
use walkshed::search::walks;
use walkshed::{Options, Progress, Results, Silent, Stage, draw};

/// One character is 100 m: of a, b and c (1, 2 and 4 people) two are within 1,000 m of s.
fn town() -> Study {
    draw::town("A-a--s--b-------------c-B", 100.0, "s")
}

fn closed(study: &Study) -> Study {
    let close = Change::CloseSite {
        site: "s".to_owned(),
    };
    let (after, _) = apply(study, &close).expect("the site is there");
    after
}

#[test]
fn a_run_is_what_the_rooms_find_one_by_one() {
    let study = town();
    let walks = walks(&study, study.target().search, &Silent);
    let now = score::coverage(&walks);
    let earlier = EarlierRun::from(Snapshot::default());
    let options = Options {
        assessment: true,
        changed: Some(closed(&study)),
        earlier: std::slice::from_ref(&earlier),
        ..Options::default()
    };
    let results = walkshed::run(&study, &options).expect("a small study");
    let snapshot = Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref());
    assert_eq!(snapshot, Snapshot::of(&walks, &now, None));
    let cards = results.assessment.expect("it was asked for").people.cards;
    assert_eq!(cards, assess::assess(&walks, &now, None).people.cards);
    let change = results.change.expect("it was asked for");
    assert_eq!(change.total.no_longer_covered, now.total().covered());
    let trend = difference(&earlier.snapshot, &Snapshot::of(&walks, &now, None));
    assert_eq!(results.trend, Some(trend));
}

#[test]
fn what_is_not_asked_for_is_not_there() {
    let results = walkshed::run(&town(), &Options::default()).expect("a small study");
    assert!(results.assessment.is_none() && results.change.is_none() && results.trend.is_none());
}

#[test]
fn a_setting_is_that_of_the_coverage() {
    let online = Setting {
        online: true,
        ..Setting::default()
    };
    let options = Options {
        setting: Some(online),
        ..Options::default()
    };
    let results = walkshed::run(&town(), &options).expect("a small study");
    assert_eq!(results.coverage.setting(), online);
}

/// Kept by another thread, longer than what it was made of.
fn kept() -> Results {
    let study = town();
    let run = std::thread::spawn(move || walkshed::run(&study, &Options::default()));
    run.join().expect("no panic").expect("a small study")
}

#[test]
fn results_outlive_what_they_were_made_of() {
    let results = kept();
    assert_eq!(results.study().cells().len(), 3);
    assert_eq!(results.walks.study().name(), results.study().name());
    let why = assess::explain(
        &results.coverage,
        walkshed::ids::CellId::new(0),
        results.coverage.items()[0],
    );
    drop(results);
    assert_eq!(why.study.sites().len(), 1);
}

#[test]
#[should_panic(expected = "the walks are of the study that is broken down")]
fn walks_of_another_study_are_no_breakdown() {
    let results = kept();
    let _ = score::breakdown(&kept().walks, &results.coverage, None);
}

#[test]
fn too_many_pairs_end_a_run() {
    let none = town().with(|parts| parts.memory = Memory::of_mb(0));
    let none = none.expect("still a study");
    let wrong = walkshed::run(&none, &Options::default()).expect_err("no memory");
    assert_eq!((wrong.sites, wrong.cells), (1, 3));
    // Whatever is compared has to have it as well.
    let compared = Options {
        changed: Some(none),
        ..Options::default()
    };
    assert!(walkshed::run(&town(), &compared).is_err());
}

#[derive(Default)]
struct Told(Mutex<Vec<(Stage, u64)>>);

impl Progress for Told {
    fn start(&self, stage: Stage, total: u64) {
        self.0.lock().expect("unpoisoned").push((stage, total));
    }

    fn advance(&self, by: u64) {
        let mut told = self.0.lock().expect("unpoisoned");
        let (_, left) = told.last_mut().expect("a stage began");
        *left -= by;
    }
}

#[test]
fn every_stage_is_told_to_its_end() {
    let told = Told::default();
    let study = town();
    let options = Options {
        progress: &told,
        changed: Some(closed(&study)),
        ..Options::default()
    };
    walkshed::run(&study, &options).expect("a small study");
    let stages = [Stage::Snap, Stage::Search, Stage::Score].map(|stage| (stage, 0));
    let told = told.0.into_inner().expect("unpoisoned");
    assert_eq!(told, [stages, stages].concat());
}
