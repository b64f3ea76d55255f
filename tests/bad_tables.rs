//! Tables that read well and mean something else: columns that change places, rows inside a quote,
//! heads that are not understood, encodings by chance, files that are none.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;
use walkshed::model::{Severity, Study};
use walkshed::read::{self, OnBad, Options, ReadError};
use walkshed::{Silent, report};

const STREETS: &str =
    r#"{"type":"LineString","coordinates":[[116.2,29.73],[116.21,29.73],[116.22,29.73]]}"#;
const SITES: &str = "id,lon,lat\ns0,116.2,29.73\n";
const CELLS: &str = "id,lon,lat,population\na,116.201,29.73,10\nb,116.219,29.73,30\n";

/// A small good study, of which each test spoils something.
struct Town(TempDir);

impl Town {
    fn new() -> Self {
        let town = Self(TempDir::new().expect("a folder"));
        town.file("streets.geojson", STREETS);
        town.file("sites.csv", SITES);
        town.file("cells.csv", CELLS);
        town.study("", "");
        town
    }

    /// The town with these cells.
    fn cells(content: impl AsRef<[u8]>) -> Self {
        let town = Self::new();
        town.file("cells.csv", content);
        town
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("written");
    }

    /// Writes a study file in which the cells have these keys more, and the inputs these lines.
    fn study(&self, keys: &str, inputs: &str) {
        let text = format!(
            "[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\ncells = {{ path = 'cells.csv'{keys} }}\n{inputs}"
        );
        self.file("study.toml", text);
    }

    /// The same with this map of columns.
    fn columns(self, map: &str) -> Self {
        self.study(&format!(", columns = {{ {map} }}"), "");
        self
    }

    fn read(&self, on_bad: OnBad) -> Result<Study, ReadError> {
        read::study_with(&self.path("study.toml"), &Options { on_bad }, &Silent)
    }

    fn good(&self) -> Study {
        self.read(OnBad::Stop).expect("a study")
    }

    fn error(&self) -> String {
        self.read(OnBad::Stop).expect_err("an error").to_string()
    }

    /// What skipping says.
    fn skipped(&self) -> Result<Study, String> {
        self.read(OnBad::Skip).map_err(|error| error.to_string())
    }
}

/// Each cell's id and people.
fn people(study: &Study) -> BTreeMap<String, String> {
    study
        .cells()
        .iter()
        .map(|(_, cell)| (cell.id.clone(), cell.people.to_string()))
        .collect()
}

fn pairs(all: &[(&str, &str)]) -> BTreeMap<String, String> {
    all.iter()
        .map(|&(id, people)| (id.to_owned(), people.to_owned()))
        .collect()
}

fn told(study: &Study, code: &str) -> Vec<(Severity, String)> {
    study
        .findings()
        .iter()
        .filter(|finding| finding.code == code)
        .map(|finding| (finding.severity, finding.message.to_string()))
        .collect()
}

/// What the summary on the screen says.
fn screen(study: &Study) -> String {
    let results = walkshed::run(study, &walkshed::Options::default()).expect("a small study");
    report::summary(&results).to_text()
}

#[test]
fn columns_that_change_places_are_not_renamed_one_after_the_other() {
    let counts = "id,lon,lat,population,households\na,116.201,29.73,3,10\nb,116.219,29.73,9,30\n";
    let swapped =
        Town::cells(counts).columns("households = 'population', population = 'households'");
    let study = swapped.good();
    assert_eq!(people(&study), pairs(&[("a", "10"), ("b", "30")]));
    let households: Vec<String> = study
        .cells()
        .counts("households")
        .expect("counted")
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(households, ["3", "9"]);

    let named = "id,code,lon,lat,population\n甲,a,116.201,29.73,10\n乙,b,116.219,29.73,30\n";
    let study = Town::cells(named)
        .columns("id = 'code', name = 'id'")
        .good();
    assert_eq!(people(&study), pairs(&[("a", "10"), ("b", "30")]));
    let names: Vec<&str> = study
        .cells()
        .iter()
        .map(|(_, cell)| cell.name.as_str())
        .collect();
    assert_eq!(names, ["甲", "乙"]);
    assert!(told(&study, "no-id-column").is_empty());
}

#[test]
fn two_columns_that_mean_the_same_are_an_error_whose_cure_works() {
    let heads = [
        ("id,lon,lat,population,人口", "population"),
        ("id,lon,lat,总人口,常住人口（人）", "population"),
        ("id,lon,lat,2020年人口,2024年人口", "population"),
        ("id,lon,lat,x,population", "lon"),
        ("id,lon,lat,fid,population", "id"),
    ];
    for (head, means) in heads {
        let rows = "\na,116.201,29.73,10,10\nb,116.219,29.73,30,30\n";
        let mut town = Town::cells(format!("{head}{rows}"));
        let error = town.error();
        assert!(
            error.contains(&format!("both mean {means} – write columns = {{ ")),
            "{error}"
        );
        let (_, map) = error.split_once("columns = { ").expect("a cure");
        let (map, _) = map.split_once(" }").expect("a cure");
        town = town.columns(map);
        assert_eq!(
            people(&town.good()),
            pairs(&[("a", "10"), ("b", "30")]),
            "{head}: {map}"
        );
    }
}

#[test]
fn the_column_that_is_not_meant_stays_an_ordinary_property() {
    let town = Town::new();
    town.file("sites.csv", "id,编号,lon,lat\ns0,是,116.2,29.73\n");
    let text = fs::read_to_string(town.path("study.toml")).expect("readable");
    let sites = "{ path = 'sites.csv', columns = { id = 'id' } }";
    town.file("study.toml", text.replace("'sites.csv'", sites));
    let study = town.good();
    let site = study
        .sites()
        .iter()
        .next()
        .map(|(_, site)| site.properties.get("编号"));
    assert_eq!(site, Some(Some(true)));
}

/// What a table holds: five columns, each with what it is to mean.
const MEANT: [(&str, [&str; 2]); 5] = [
    ("id", ["a", "b"]),
    ("lon", ["116.201", "116.219"]),
    ("lat", ["29.73", "29.7301"]),
    ("population", ["10", "30"]),
    ("households", ["3", "9"]),
];

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..Default::default() })]

    /// Whatever heads the five columns have, their own in any order: chains and swaps included.
    #[test]
    fn neither_the_order_of_columns_nor_that_of_the_map_matters(
        heads in Just([0, 1, 2, 3, 4_usize]).prop_shuffle(),
        places in Just([0, 1, 2, 3, 4_usize]).prop_shuffle(),
        map in Just([0, 1, 2, 3, 4_usize]).prop_shuffle(),
    ) {
        let column = |take: &dyn Fn(usize) -> String| {
            let all: Vec<String> = places.iter().map(|&place| take(place)).collect();
            all.join(",")
        };
        let table = [
            column(&|place| MEANT[heads[place]].0.to_owned()),
            column(&|place| MEANT[place].1[0].to_owned()),
            column(&|place| MEANT[place].1[1].to_owned()),
        ];
        let map: Vec<String> = map
            .iter()
            .map(|&place| format!("{} = '{}'", MEANT[place].0, MEANT[heads[place]].0))
            .collect();
        let study = Town::cells(table.join("\n")).columns(&map.join(", ")).good();
        prop_assert_eq!(people(&study), pairs(&[("a", "10"), ("b", "30")]));
        let households = study.cells().counts("households").expect("counted");
        let households: Vec<String> = households.iter().map(ToString::to_string).collect();
        prop_assert_eq!(households, ["3", "9"]);
    }
}

#[test]
fn rows_inside_a_quote_are_an_error_that_names_the_row() {
    let swallowed = "id,name,population,lon,lat\nZ,z,1,116.2,29.73\nA,\"村A,10,116.201,29.73\nB,村B,171,116.202,29.73\nC,村C\",30,116.219,29.73\n";
    assert_eq!(
        Town::cells(swallowed).error(),
        "cells.csv, row 3: a quote opens in this row and closes in a later one, and what lies between looks like rows – close it in its own row, or write a quote inside text twice"
    );
    let honest = "id,name,population,lon,lat\nA,\"双钟镇\n中山路 1 号\",10,116.201,29.73\n";
    assert_eq!(people(&Town::cells(honest).good()), pairs(&[("A", "10")]));
}

#[test]
fn our_own_tables_are_read_back_whatever_a_name_holds() {
    let area = |name: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"{name}","population":3}},"geometry":{{"type":"Point","coordinates":[116.201,29.73]}}}}"#
        )
    };
    let cells = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        area(r"a,\nb"),
        area("＝1")
    );
    let study = Town::cells(cells).good();
    let results = walkshed::run(&study, &walkshed::Options::default()).expect("a small study");
    let out = TempDir::new().expect("a folder");
    report::write(&results, out.path()).expect("written");
    let written = fs::read_to_string(out.path().join("cells.csv")).expect("there");
    assert!(written.contains("\n'＝1,"), "{written}");
    let earlier = walkshed::read::earlier(out.path()).expect("our own");
    let same =
        walkshed::assess::Snapshot::of(&results.walks, &results.coverage, results.firms.as_ref());
    assert!(walkshed::assess::difference(&earlier, &same).is_nothing());
}

#[test]
fn heads_of_population_are_understood() {
    for head in [
        "人口（人）",
        "人口(人)",
        "总人口",
        "户籍人口",
        "人口数量",
        "2024年人口",
        "2024年末常住人口",
        "population\u{200b}",
        "\u{feff}population",
        "Ｐｏｐｕｌａｔｉｏｎ（人）",
    ] {
        let town = Town::cells(CELLS.replace("population", head));
        let study = town.good();
        assert_eq!(
            people(&study),
            pairs(&[("a", "10"), ("b", "30")]),
            "{head:?}"
        );
        assert!(told(&study, "no-population-column").is_empty());
    }
}

#[test]
fn ten_thousands_of_people_are_multiplied_and_told() {
    let cells = CELLS
        .replace("population", "人口数（万人）")
        .replace(",10\n", ",1.2\n");
    let study = Town::cells(&cells).good();
    assert_eq!(people(&study), pairs(&[("a", "12000"), ("b", "300000")]));
    let said = "column \"人口数（万人）\" is in a larger unit: its numbers count 10000 times";
    assert_eq!(
        told(&study, "larger-unit"),
        [(Severity::Suspicious, said.to_owned())]
    );
    let chosen = Town::cells(&cells)
        .columns("population = '人口数（万人）'")
        .good();
    assert_eq!(people(&chosen), people(&study));
}

#[test]
fn a_population_that_is_not_recognised_is_told_first_with_a_cure_that_works() {
    for head in ["populaton", "流动人口", "人口（亩）", "居住人口 (2024)"] {
        let mut town = Town::cells(CELLS.replace("population", head));
        let study = town.good();
        assert_eq!(people(&study), pairs(&[("a", "1"), ("b", "1")]));
        let found = told(&study, "no-population-column");
        let [(Severity::Suspicious, message)] = &found[..] else {
            panic!("{head}: {found:?}");
        };
        assert!(
            message.starts_with("there is no population column: each cell counts as one person; "),
            "{message}"
        );
        let shown = screen(&study);
        let lines: Vec<&str> = shown.lines().collect();
        let place = lines.iter().position(|line| *line == "look at this first:");
        let place = place.expect("it is on the screen");
        assert!(lines[place + 1].ends_with(message.as_str()), "{shown}");
        assert!(lines[place + 2].contains("people in 2 cells"), "{shown}");
        let (_, map) = message.split_once("columns = { ").expect("a cure");
        let (map, _) = map.split_once(" }").expect("a cure");
        town = town.columns(map);
        assert_eq!(
            people(&town.good()),
            pairs(&[("a", "10"), ("b", "30")]),
            "{map}"
        );
    }
}

#[test]
fn a_table_that_counts_something_else_is_suspicious_and_one_of_places_is_not() {
    let severity = |cells: &str| {
        let found = told(&Town::cells(cells).good(), "no-population-column");
        found
            .into_iter()
            .map(|(severity, _)| severity)
            .collect::<Vec<_>>()
    };
    let places = "id,lon,lat,note\n1,116.201,29.73,x\n2,116.219,29.73,7\n";
    assert_eq!(severity(places), [Severity::Note]);
    let counted = "id,lon,lat,rooms\n1,116.201,29.73,\n2,116.219,29.73,7\n";
    assert_eq!(severity(counted), [Severity::Suspicious]);
}

/// Cells of which the first `bad` have no number of people.
fn spoilt(bad: usize, all: usize) -> String {
    let row = |i: usize| {
        let people = if i < bad { "many" } else { "1" };
        format!(
            "c{i},{},29.73,{people}\n",
            116.2 + 1e-4 * f64::from(u32::try_from(i).expect("few"))
        )
    };
    let rows: String = (0..all).map(row).collect();
    format!("id,lon,lat,population\n{rows}")
}

#[test]
fn too_many_rejected_rows_are_an_error_that_says_how_to_allow_them() {
    assert!(
        Town::cells(spoilt(2, 20)).skipped().is_ok(),
        "a tenth may go"
    );
    let town = Town::cells(spoilt(3, 20));
    let error = town.skipped().expect_err("too many");
    assert_eq!(
        error,
        "cells.csv: 3 of 20 rows cannot be used, more than 10 %: the rest would not stand for the whole – mend the rows (run without --on-bad skip to see them), or write max_rejects = 15 in [inputs]"
    );
    town.study("", "max_rejects = 15\n");
    assert!(town.skipped().is_ok());
    town.study("", "max_rejects = 14.9\n");
    assert!(town.skipped().is_err());
    town.study("", "max_rejects = 101\n");
    assert!(
        town.error().contains("inputs.max_rejects"),
        "{}",
        town.error()
    );
}

#[test]
fn every_table_counts_its_own_rejected_rows() {
    let town = Town::new();
    town.file("sites.csv", "id,lon,lat\ns0,116.2,29.73\ns1,,29.73\n");
    assert!(
        town.skipped()
            .expect_err("half")
            .starts_with("sites.csv: 1 of 2 rows")
    );
    town.file("sites.csv", SITES);
    town.file("items.csv", "id,name\n1,x\n");
    town.file("offers.csv", "site,item\ns0,1\ns0,9\n");
    town.study("", "items = 'items.csv'\noffers = 'offers.csv'\n");
    let error = town.skipped().expect_err("half");
    assert!(error.starts_with("offers.csv: 1 of 2 rows"), "{error}");
    town.study("", "");
    let line = |at: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":{at}}}}}"#
        )
    };
    let lines = [line("[[116.2,29.73],[116.22,29.73]]"), line("[[1],[2]]")].join(",");
    town.file(
        "streets.geojson",
        format!(r#"{{"type":"FeatureCollection","features":[{lines}]}}"#),
    );
    let error = town.skipped().expect_err("half");
    assert!(error.starts_with("streets.geojson: 1 of 2 rows"), "{error}");
}

#[test]
fn a_study_of_which_nothing_is_left_is_an_error() {
    let town = Town::cells("id,lon,lat,population\n");
    assert_eq!(
        town.error(),
        "cells.csv: no cell is left, so there is nothing to tell – give the table at least one usable cell"
    );
    let town = Town::new();
    town.file("sites.csv", "id,lon,lat\n");
    assert!(
        town.error().starts_with("sites.csv: no site is left"),
        "{}",
        town.error()
    );
    town.file("sites.csv", "id,lon,lat\ns0,,29.73\n");
    assert!(
        town.skipped()
            .expect_err("none")
            .starts_with("sites.csv: 1 of 1 rows cannot be used")
    );
    town.study("", "max_rejects = 100\n");
    assert!(
        town.skipped()
            .expect_err("none")
            .starts_with("sites.csv: no site is left")
    );
    town.file(
        "streets.geojson",
        r#"{"type":"FeatureCollection","features":[]}"#,
    );
    assert!(town.error().contains("none of its 0 lines can be walked"));
}

#[test]
fn words_in_two_encodings_are_asked_about_and_the_cure_works() {
    let cells = "id,name,lon,lat,population\na,石山,116.201,29.73,10\nb,平石,116.219,29.73,30\n";
    let town = Town::cells(encoding_rs::GB18030.encode(cells).0);
    let error = town.error();
    assert!(
        error.starts_with("cells.csv, line 2: \"ʯɽ\" in UTF-8 is \"石山\" in GB18030"),
        "{error}"
    );
    for (encoding, name) in [("GB18030", "石山"), ("GBK", "石山"), ("UTF-8", "ʯɽ")] {
        town.study(&format!(", encoding = '{encoding}'"), "");
        let study = town.good();
        let first = study
            .cells()
            .iter()
            .next()
            .map(|(_, cell)| cell.name.clone());
        assert_eq!(first.as_deref(), Some(name), "{encoding}");
    }
    town.study(", encoding = 'GKB'", "");
    assert!(
        town.error().contains("\"GKB\" is no known encoding"),
        "{}",
        town.error()
    );
    let utf8 = Town::cells(
        CELLS
            .replace("\na,", "\nMüller,")
            .replace("\nb,", "\n20 m²,"),
    );
    assert_eq!(people(&utf8.good()).len(), 2);
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    /// A folder, a device that never ends, a pipe that nobody writes to and a socket.
    fn strange_files(folder: &Path) -> Vec<std::path::PathBuf> {
        let pipe = folder.join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo runs").success());
        let socket = folder.join("socket");
        drop(UnixListener::bind(&socket).expect("a socket"));
        let link = folder.join("link");
        symlink("/dev/zero", &link).expect("a link");
        vec![folder.to_path_buf(), "/dev/zero".into(), pipe, socket, link]
    }

    #[test]
    fn what_is_no_plain_file_is_refused_without_waiting() {
        let town = Town::new();
        let text = fs::read_to_string(town.path("study.toml")).expect("readable");
        for strange in strange_files(town.0.path()) {
            let refused = |read: Result<Study, ReadError>| {
                let error = read.expect_err("no plain file");
                assert!(matches!(error, ReadError::Io { .. }), "{error}");
                let error = error.to_string();
                assert!(error.contains("it is no plain file"), "{error}");
                assert!(error.contains(strange.to_str().expect("a name")), "{error}");
            };
            let path = strange.to_str().expect("a name");
            for role in ["streets.geojson", "sites.csv", "cells.csv"] {
                town.file("study.toml", text.replace(role, path));
                refused(town.read(OnBad::Stop));
            }
            refused(read::study_with(&strange, &Options::default(), &Silent));
        }
    }

    #[test]
    fn a_link_to_a_plain_file_is_one() {
        let town = Town::new();
        fs::rename(town.path("cells.csv"), town.path("real")).expect("moved");
        symlink("real", town.path("cells.csv")).expect("a link");
        assert_eq!(people(&town.good()).len(), 2);
    }
}
