//! Persons and firms, each asked for what concerns them: a village without firms, and a park where
//! nobody lives.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkshed::assess::Snapshot;
use walkshed::model::{Study, Who};
use walkshed::{Options, People, Results, Silent, read, report};

/// One street of 6 km: the village at its west end, the park at its east end.
const STREETS: &str = r#"{"type":"LineString","coordinates":[[116.20,29.7],[116.26,29.7]]}"#;
const SITES: &str = "id,lon,lat,unit\nhall,116.201,29.7,v\npark,116.259,29.7,p\n";
const CELLS: &str = "id,lon,lat,unit,population,elderly,enterprises\n\
    V,116.202,29.7,v,100,20,0\nP,116.258,29.7,p,0,0,50\n";
const UNITS: &str = "id,name,parent\ncounty,county,\nv,village,county\np,park,county\n";
const ITEMS: &str =
    "id,audience,theme,department\nF1,firm,founding,market\nP1,person,birth,health\n";
const OFFERS: &str = "site,item\npark,F1\nhall,P1\n";
const RULES: &str = "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'\n\
    units = 'units.csv'\nitems = 'items.csv'\noffers = 'offers.csv'\n\
    [[phase]]\nname = 'pilot'\ndate = 2022-12-31\nunits = ['park']\nshare = 1.0\n\
    [[phase]]\nname = 'all'\ndate = 2023-12-31\nshare = 1.0\n";
const GROUPS: &str = "[[group]]\nid = 'elderly'\ncount = 'elderly'\nspeed_kmh = 3.0\n\
    [[group]]\nid = 'firms'\ncount = 'enterprises'\napart = true\naudience = 'firm'\n";

fn written(folder: &Path, changes: &[(&str, &str)]) {
    let usual = [
        ("streets.geojson", STREETS),
        ("sites.csv", SITES),
        ("cells.csv", CELLS),
        ("units.csv", UNITS),
        ("items.csv", ITEMS),
        ("offers.csv", OFFERS),
        ("study.toml", RULES),
    ];
    for (name, text) in usual.iter().chain(changes) {
        fs::write(folder.join(name), text).expect("written");
    }
}

/// The study whose files are the usual ones but for these.
fn study(changes: &[(&str, &str)]) -> Study {
    let folder = TempDir::new().expect("a folder");
    written(folder.path(), changes);
    let file = folder.path().join("study.toml");
    read::study_with(&file, &read::Options::default(), &Silent).expect("a study")
}

fn assessed(study: &Study) -> Results {
    let options = Options {
        assessment: true,
        ..Options::default()
    };
    walkshed::run(study, &options).expect("a small study")
}

fn table(results: &Results, name: &str) -> Vec<String> {
    let folder = TempDir::new().expect("a folder");
    report::write(results, folder.path()).expect("written");
    let text = fs::read_to_string(folder.path().join(name)).expect("the table is there");
    text.lines().map(str::to_owned).collect()
}

/// The fields of these columns in each row of a table.
fn fields(rows: &[String], columns: &[&str]) -> Vec<String> {
    let head: Vec<&str> = rows[0].split(',').collect();
    let places: Vec<usize> = columns
        .iter()
        .map(|column| {
            head.iter()
                .position(|name| name == column)
                .expect("a column")
        })
        .collect();
    let row = |row: &String| {
        let fields: Vec<&str> = row.split(',').collect();
        places
            .iter()
            .map(|&place| fields[place])
            .collect::<Vec<_>>()
            .join(" ")
    };
    rows.iter().skip(1).map(row).collect()
}

#[test]
fn each_is_asked_for_what_concerns_them() {
    for rules in [RULES.to_owned(), RULES.to_owned() + GROUPS] {
        let results = assessed(&study(&[("study.toml", &rules)]));
        let firms = results.firms.as_ref().expect("there are firms");
        let (people, of_firms) = (results.coverage.total(), firms.total());
        assert_eq!(
            (people.covered(), people.people()),
            (People::whole(100), People::whole(100))
        );
        assert_eq!(
            (of_firms.covered(), of_firms.people()),
            (People::whole(50), People::whole(50))
        );
        assert!(
            results
                .breakdown
                .themes
                .iter()
                .all(|theme| theme.done == People::whole(100))
        );
        assert_eq!(results.breakdown.firm_themes[0].one_stop, People::whole(50));
        let phases = &results.assessment.as_ref().expect("assessed").phases;
        assert_eq!(phases[0].of, Who::Firms, "nobody lives in the park");
        let met: Vec<_> = phases
            .iter()
            .map(|phase| (phase.total.met, phase.total.people))
            .collect();
        assert_eq!(
            met,
            [
                (Some(true), People::whole(50)),
                (Some(true), People::whole(100))
            ]
        );
        let rows = table(&results, "lacking.csv");
        assert_eq!(rows.len(), 1, "nothing is lacking: {rows:?}");
        let rows = table(&results, "departments.csv");
        let columns = [
            "department",
            "asked_person_items",
            "undone_person_items",
            "asked_firm_items",
            "undone_firm_items",
        ];
        assert_eq!(fields(&rows, &columns), ["health 100 0  ", "market   50 0"]);
        let rows = table(&results, "cells.csv");
        let columns = [
            "cell",
            "verdict",
            "covered_population",
            "firms",
            "covered_firms",
            "firms_verdict",
        ];
        assert_eq!(fields(&rows, &columns)[0], "V covered 100 0  ");
        assert_eq!(
            fields(&rows, &columns)[1]
                .split(' ')
                .skip(2)
                .collect::<Vec<_>>()
                .join(" "),
            "0 50 50 covered"
        );
        let rows = table(&results, "denominators.csv");
        assert_eq!(
            rows[1..],
            ["people,100,100,1.0,1.0", "enterprises,50,50,1.0,1.0"]
        );
    }
}

#[test]
fn the_number_of_the_people_is_the_sum_of_their_groups() {
    // 800 m from the hall: 12 minutes for most, 16 minutes for the elderly.
    let cells = CELLS.replace("116.202", "116.2092");
    let rules = RULES.to_owned() + GROUPS;
    let results = assessed(&study(&[("cells.csv", &cells), ("study.toml", &rules)]));
    let total = results.coverage.total();
    assert_eq!(
        (total.covered(), total.people()),
        (People::whole(80), People::whole(100))
    );
    let cell = results.coverage.cell(walkshed::ids::CellId::new(0));
    assert_eq!(
        (cell.verdict.word(), cell.covered),
        ("too-far", People::whole(80))
    );
    let rows = fields(
        &table(&results, "groups.csv"),
        &["group", "unit", "population", "covered_population"],
    );
    let totals: Vec<_> = rows.iter().filter(|row| row.contains(" total ")).collect();
    assert_eq!(
        totals,
        [
            "elderly total 20 0",
            "firms total 50 50",
            "others total 80 80",
            "total total 100 80"
        ]
    );
    let rows = fields(
        &table(&results, "units.csv"),
        &["unit", "covered_population", "covered_firms"],
    );
    assert_eq!(rows.last().map(String::as_str), Some("total 80 50"));
}

#[test]
fn items_for_firms_that_are_nowhere_are_asked_of_nobody() {
    let cells = "id,lon,lat,unit,population\nV,116.202,29.7,v,100\n";
    let study = study(&[("cells.csv", cells)]);
    let told: Vec<_> = study
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert!(told.contains(&"firms-nowhere"), "{told:?}");
    let results = assessed(&study);
    assert!(results.firms.is_none());
    assert_eq!(results.coverage.total().covered(), People::whole(100));
    assert_eq!(results.coverage.items().len(), 1);
}

#[test]
fn who_is_asked_nothing_has_no_share() {
    let items = ITEMS.replace("P1,person", "P1,firm");
    let results = assessed(&study(&[("items.csv", &items)]));
    let total = results.coverage.total();
    assert_eq!(
        (total.share().value(), total.inhabitants()),
        (None, People::whole(100))
    );
    assert_eq!(
        results
            .firms
            .as_ref()
            .and_then(|firms| firms.share().value()),
        Some(0.0)
    );
    let rows = table(&results, "cells.csv");
    assert_eq!(
        fields(
            &rows,
            &[
                "cell",
                "population",
                "verdict",
                "score",
                "covered_population"
            ]
        )[0],
        "V 100   "
    );
    let rows = table(&results, "units.csv");
    let last = fields(&rows, &["unit", "population", "share", "firms_share"]);
    assert_eq!(last.last().map(String::as_str), Some("total 100  0.0"));
}

#[test]
fn a_phase_may_say_of_whom_it_asks() {
    let rules = RULES.replace("name = 'all'", "name = 'all'\nof = 'firms'\nonline = true") + GROUPS;
    let study = study(&[("study.toml", &rules)]);
    assert_eq!(study.phases()[1].of, Some(Who::Firms));
    let results = assessed(&study);
    let rows = fields(
        &table(&results, "phases.csv"),
        &["phase", "unit", "of", "online", "population", "met"],
    );
    assert!(
        rows.contains(&"all total firms yes 50 yes".to_owned()),
        "{rows:?}"
    );
}

#[test]
fn a_run_with_groups_and_firms_is_read_back_as_it_was() {
    let cells = CELLS.replace("116.202", "116.2092");
    let rules = RULES.to_owned() + GROUPS;
    let results = assessed(&study(&[("cells.csv", &cells), ("study.toml", &rules)]));
    let folder = TempDir::new().expect("a folder");
    report::write(&results, folder.path()).expect("written");
    let earlier = read::earlier(folder.path()).expect("our own");
    let now = Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref());
    assert_eq!(earlier.groups, now.groups);
    assert!(walkshed::assess::difference(&earlier, &now).is_nothing());
    assert_eq!(earlier, now);
}

#[test]
fn several_groups_of_firms_apart_count_each_firm_once() {
    let more = "[[group]]\nid = 'shops'\ncount = 'enterprises'\napart = true\naudience = 'firm'\n";
    let rules = RULES.to_owned() + GROUPS + more;
    let study = study(&[("study.toml", &rules)]);
    let told: Vec<_> = study
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert!(told.contains(&"firm-groups-apart"), "{told:?}");
    let firms = assessed(&study).firms.expect("there are firms");
    assert_eq!(firms.total().people(), People::whole(50));
}

#[test]
fn a_trend_line_tells_the_firms_beside_the_people() {
    // A year ago the park's office did not handle F1.
    let then = report_of(&assessed(&study(&[(
        "offers.csv",
        "site,item\nhall,F1\nhall,P1\n",
    )])));
    let earlier = [read::earlier_run(then.path()).expect("it was just written")];
    let options = Options {
        earlier: &earlier,
        ..Options::default()
    };
    let now = walkshed::run(&study(&[]), &options).expect("a small study");
    let rows = table(&now, "trend_line.csv");
    let columns = ["unit", "share", "firms", "covered_firms", "firms_share"];
    assert_eq!(
        fields(&rows, &columns),
        [
            "county 1.0 50 0 0.0",
            "p  50 0 0.0",
            "v 1.0 0 0 ",
            "total 1.0 50 0 0.0",
            "county 1.0 50 50 1.0",
            "p  50 50 1.0",
            "v 1.0 0 0 ",
            "total 1.0 50 50 1.0",
        ]
    );
}

fn report_of(results: &Results) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    report::write(results, folder.path()).expect("written");
    folder
}
