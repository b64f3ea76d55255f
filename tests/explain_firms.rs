//! Explanations where people and firms share a street: each is told beside the other.

use std::fs;

use tempfile::TempDir;
use walkshed::assess::{Served, explain_beside, site_view};
use walkshed::model::{Study, Who};
use walkshed::score::VerdictKind;
use walkshed::{Options, People, Results, Silent, read, report};

/// One street, on which everything is near. The hall does B1 (for both) and P1 (for persons), the park
/// office nothing but F1 (for firms); F2 is done nowhere.
fn study() -> Study {
    let files = [
        (
            "streets.geojson",
            r#"{"type":"LineString","coordinates":[[116.20,29.7],[116.26,29.7]]}"#,
        ),
        (
            "sites.csv",
            "id,lon,lat,kind,helper\nhall,116.201,29.7,centre,no\noffice,116.203,29.7,centre,yes\n",
        ),
        (
            "cells.csv",
            "id,lon,lat,population,elderly,enterprises\nV,116.202,29.7,100,20,7\nP,116.204,29.7,0,0,50\n",
        ),
        (
            "items.csv",
            "id,audience\nB1,both\nF1,firm\nF2,firm\nP1,person\n",
        ),
        ("offers.csv", "site,item\nhall,B1\nhall,P1\noffice,F1\n"),
        (
            "study.toml",
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n\
             items = 'items.csv'\noffers = 'offers.csv'\n\
             [[group]]\nid = 'elderly'\ncount = 'elderly'\nneeds_helper = true\n",
        ),
    ];
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    let file = folder.path().join("study.toml");
    read::study_with(&file, &read::Options::default(), &Silent).expect("a study")
}

fn run(study: &Study) -> Results {
    walkshed::run(study, &Options::default()).expect("a small study")
}

#[test]
fn the_gravest_group_is_explained_and_the_others_and_firms_are_told() {
    let study = study();
    let results = run(&study);
    let (cell, _) = study
        .cells()
        .iter()
        .find(|(_, cell)| cell.id == "V")
        .expect("V");
    let item = study.catalogue().find("B1").expect("B1");
    let why = explain_beside(&results.coverage, results.firms.as_ref(), cell, item);
    // The hall has no helper, so that only the elderly do not get it done.
    assert_eq!(study.word_of(why.setting.who), "elderly");
    let told: Vec<_> = why
        .others
        .iter()
        .map(|other| (study.word_of(other.who), other.people, other.verdict.kind()))
        .collect();
    assert_eq!(
        told,
        [
            ("others", People::whole(80), VerdictKind::Covered),
            ("firms", People::whole(7), VerdictKind::Covered)
        ]
    );
    // Firms are never asked for what concerns persons.
    let item = study.catalogue().find("P1").expect("P1");
    let why = explain_beside(&results.coverage, results.firms.as_ref(), cell, item);
    assert!(why.others.iter().all(|other| other.who != Who::Firms));
    let text = report::explanation(&why);
    let head = "verdict: nearby, but they cannot use it, ";
    assert!(text.contains(head), "{text}");
}

/// The ids of the items with the number of each.
fn only_there(study: &Study, served: &Served) -> Vec<(String, People)> {
    let rows = served.only_there.iter();
    rows.map(|&(item, number)| (study.catalogue()[item].id.clone(), number))
        .collect()
}

#[test]
fn a_site_is_told_by_its_people_and_its_firms_side_by_side() {
    let study = study();
    let results = run(&study);
    let seen = |id: &str| {
        let site = study.sites().find(id).expect("a site");
        site_view(&results.coverage, results.firms.as_ref(), site)
    };
    let hall = seen("hall");
    let [people, firms] = &hall.served[..] else {
        panic!("people and firms")
    };
    assert_eq!((people.within, people.cells), (People::whole(100), 1));
    assert_eq!((firms.within, firms.cells), (People::whole(57), 2));
    // Without the hall the 80 who need no helper would lose both items, all firms the one for both.
    assert_eq!(people.would_lose, People::whole(80));
    assert_eq!(firms.would_lose, People::whole(57));
    let both = |number| ("B1".to_owned(), People::whole(number));
    assert_eq!(
        only_there(&study, people),
        [both(80), ("P1".to_owned(), People::whole(80))]
    );
    assert_eq!(only_there(&study, firms), [both(57)]);

    // The office has a helper: what it takes on of the hall's brings the elderly something; F2 brings
    // the firms, and nobody else, what is done nowhere.
    let office = seen("office");
    let taken = |served: &Served| -> Vec<(String, People)> {
        let rows = served.could_take.iter();
        rows.map(|row| (study.catalogue()[row.item].id.clone(), row.gain))
            .collect()
    };
    let [people, firms] = &office.served[..] else {
        panic!("people and firms")
    };
    assert_eq!(
        taken(people),
        [both(20), ("P1".to_owned(), People::whole(20))]
    );
    assert_eq!(taken(firms), [("F2".to_owned(), People::whole(57))]);
    let text = report::site_view(&office);
    assert!(
        text.contains("  F2: handing accept+issue down gets it done for 57 firms\n"),
        "{text}"
    );
}
