//! Bad files at the door: what the user is told, and that nobody gets lost.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use tempfile::TempDir;
use walkshed::model::{Severity, Study};
use walkshed::read::{self, OnBad, Options, ReadError};
use walkshed::{Silent, report};

const LON: f64 = 116.2;
const LAT: f64 = 29.73;

/// A small good study, of which each test spoils one file.
struct Town {
    folder: TempDir,
    inputs: String,
}

impl Town {
    fn new() -> Self {
        let town = Self {
            folder: TempDir::new().expect("a folder"),
            inputs: String::new(),
        };
        town.file("streets.geojson", grid(30, 0.001));
        town.file(
            "sites.csv",
            format!(
                "id,lon,lat\ns0,{LON},{LAT}\ns1,{},{}\n",
                LON + 0.004,
                LAT + 0.004
            ),
        );
        town.file(
            "cells.csv",
            format!(
                "id,lon,lat,population\nc0,{},{},10\n",
                LON + 0.001,
                LAT + 0.0001
            ),
        );
        town
    }

    /// The same with this file of cells, in the study file's words.
    fn of_cells(entry: &str, content: impl AsRef<[u8]>) -> Self {
        let town = Self {
            inputs: format!("cells = {entry}\n"),
            ..Self::new()
        };
        town.file("own", content);
        town
    }

    fn cells(content: impl AsRef<[u8]>) -> Self {
        Self::of_cells("\"own\"", content)
    }

    /// The same, where any share of the rows may be rejected.
    fn with_any_rejects(mut self) -> Self {
        self.inputs.push_str("max_rejects = 100\n");
        self
    }

    fn also(mut self, name: &str, content: &str) -> Self {
        self.file(name, content);
        let role = name.split('.').next().unwrap_or_default();
        writeln!(self.inputs, "{role} = \"{name}\"").expect("text grows");
        self
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.folder.path().join(name), content).expect("written");
    }

    fn read(&self, on_bad: OnBad) -> Result<Study, ReadError> {
        let mut text = format!("[inputs]\n{}", self.inputs);
        for (role, file) in [
            ("streets", "streets.geojson"),
            ("sites", "sites.csv"),
            ("cells", "cells.csv"),
        ] {
            if !text.contains(&format!("{role} = ")) {
                writeln!(text, "{role} = \"{file}\"").expect("text grows");
            }
        }
        self.file("study.toml", text);
        read::study_with(
            &self.folder.path().join("study.toml"),
            &Options { on_bad },
            &Silent,
        )
    }

    fn error(&self) -> String {
        self.read(OnBad::Stop).expect_err("an error").to_string()
    }

    fn skipped(&self) -> Study {
        self.read(OnBad::Skip).expect("a study")
    }
}

fn grid(lines: u32, step: f64) -> String {
    let at = |i: u32, j: u32| {
        format!(
            "[{:.7},{:.7}]",
            LON + f64::from(i) * step,
            LAT + f64::from(j) * step
        )
    };
    let line = |points: Vec<String>| {
        let points = points.join(",");
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{points}]}}}}"#
        )
    };
    let rows = (0..lines).map(|j| line((0..lines).map(|i| at(i, j)).collect()));
    let columns = (0..lines).map(|i| line((0..lines).map(|j| at(i, j)).collect()));
    collection(&rows.chain(columns).collect::<Vec<_>>().join(","))
}

fn collection(features: &str) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}

/// Cells a few metres beside the streets, each moved.
fn moved(shift: impl Fn(f64, f64) -> (f64, f64)) -> String {
    let mut text = "id,lon,lat,population\n".to_owned();
    for i in 0..60_u32 {
        let (lon, lat) = (
            LON + 0.008 + 0.00017 * f64::from(i),
            LAT + 0.01 + 0.001 * f64::from(i % 9) + 0.00002 * f64::from(i % 3),
        );
        let (x, y) = shift(lon, lat);
        writeln!(text, "c{i},{x:.7},{y:.7},1").expect("text grows");
    }
    text
}

fn told(study: &Study, code: &str) -> Vec<String> {
    study
        .findings()
        .iter()
        .filter(|f| f.code == code)
        .map(|f| format!("{} {}", f.place, f.message))
        .collect()
}

fn people(study: &Study) -> Vec<(String, String, bool)> {
    study
        .cells()
        .iter()
        .map(|(_, cell)| (cell.id.clone(), cell.people.to_string(), cell.at.is_some()))
        .collect()
}

#[test]
fn swapped_and_projected_coordinates_are_named() {
    assert!(
        Town::cells(moved(|lon, lat| (lat, lon)))
            .error()
            .ends_with("longitude and latitude look swapped – put the longitude first")
    );
    let metres = Town::cells(moved(|lon, lat| (422_600.0 + lon, 3_290_000.0 + lat))).error();
    assert!(
        metres.starts_with("own: 60 of 60 points lie outside of WGS84"),
        "{metres}"
    );
    assert!(
        metres.contains("look like metres, not degrees – perhaps EPSG:4547"),
        "{metres}"
    );
}

#[test]
fn degrees_declared_as_metres_are_named() {
    let entry = "{ path = \"own\", crs = \"EPSG:4547\" }";
    let expected = "all its points are in EPSG:4547 by declaration, but look like degrees – write crs = \"WGS84\" for this file, or the system that it is in";
    assert_eq!(
        Town::of_cells(entry, moved(|lon, lat| (lon, lat))).error(),
        format!("own: {expected}")
    );
    let town = Town::new();
    let crs = r#"{"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}},"#;
    town.file("streets.geojson", grid(5, 0.001).replacen('{', crs, 1));
    assert_eq!(town.error(), format!("streets.geojson: {expected}"));
}

/// What Chinese maps publish for a point on WGS 84.
fn gcj02(lon: f64, lat: f64) -> (f64, f64) {
    use std::f64::consts::PI;
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave =
        |a: f64, u: f64, b: f64, v: f64| (a * (u * PI).sin() + b * (v * PI).sin()) * 2.0 / 3.0;
    let common = wave(20.0, 6.0 * x, 20.0, 2.0 * x) + 0.1 * x * y;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.2 * x.abs().sqrt()
        + common
        + wave(20.0, y, 40.0, y / 3.0)
        + wave(160.0, y / 12.0, 320.0, y / 30.0);
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x.abs().sqrt()
        + common
        + wave(20.0, x, 40.0, x / 3.0)
        + wave(150.0, x / 12.0, 300.0, x / 30.0);
    let (a, e2) = (6_378_245.0, 0.006_693_421_622_965_943);
    let sine = lat.to_radians().sin();
    let w = 1.0 - e2 * sine * sine;
    let (lon_metres, lat_metres) = (
        a / w.sqrt() * lat.to_radians().cos(),
        a * (1.0 - e2) / (w * w.sqrt()),
    );
    (
        lon + (east / lon_metres).to_degrees(),
        lat + (north / lat_metres).to_degrees(),
    )
}

#[test]
fn another_datum_is_found_and_measured() {
    let study = Town::cells(moved(gcj02)).skipped();
    let found = told(&study, "other-datum");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("they look like GCJ-02") && found[0].contains("write crs = \"GCJ-02\""),
        "{found:?}"
    );
    assert!(found[0].contains("almost certainly"), "{found:?}");
    let metres: f64 = found[0]
        .split(' ')
        .find_map(|word| word.parse().ok())
        .expect("a distance");
    assert!((540.0..590.0).contains(&metres), "{metres}");
    for right in [
        Town::cells(moved(|lon, lat| (lon, lat))),
        Town::of_cells("{ path = \"own\", crs = \"GCJ-02\" }", moved(gcj02)),
    ] {
        assert!(told(&right.skipped(), "other-datum").is_empty());
    }
}

#[test]
fn every_bad_row_is_reported_and_keeps_its_people() {
    let rows = "id,lon,lat,population\na,116.201,29.731,7\nb,,29.731,100\nc,116.2\na,116.2,29.731,50\n,116.2,29.731,60\nd,999,29,70\ne,116.2,29.731,NaN\nf,116.2,29.731,1e308\n";
    let study = Town::cells(rows).with_any_rejects().skipped();
    let cell = |id: &str, people: &str, placed| (id.to_owned(), people.to_owned(), placed);
    let expected = [
        cell("a", "7", true),
        cell("b", "100", false),
        cell("row 4", "0", false),
        cell("row 5", "50", false),
        cell("row 6", "60", false),
        cell("d", "70", false),
        cell("e", "0", false),
        cell("f", "0", false),
    ];
    assert_eq!(people(&study), expected);
    assert_eq!(
        study
            .findings()
            .iter()
            .filter(|f| f.severity == Severity::Rejected)
            .count(),
        7
    );
    assert_eq!(
        told(&study, "bad-population"),
        [
            "row 9 column \"population\" is \"1e308\", expected a number of people from 0 to 1,000,000,000 – correct the number"
        ]
    );
    // All at once, the other way out said once.
    let error = Town::cells(rows).error();
    assert_eq!(
        error.lines().collect::<Vec<_>>(),
        [
            "own, row 3: column \"lon\": it is empty – fill in the coordinate, or run with --on-bad skip to leave such rows out",
            "own, row 4: the header has 4 fields, this row has 2 – put text that holds the separator in quotes",
            "own, row 5: column \"id\" is \"a\", expected an id that no other row has (it stands in row 2 too) – give every row an id of its own",
            "own, row 6: column \"id\": the id is empty – give every row an id of its own",
            "own, row 7: \"999, 29\": no place on the globe in WGS84 (x or longitude first) – mend the coordinates",
            "own, row 8: column \"population\" is \"NaN\", expected a number – write plain digits such as 1234.5 or leave it empty",
            "own, row 9: column \"population\" is \"1e308\", expected a number of people from 0 to 1,000,000,000 – correct the number",
            "7 rows or values are wrong in all",
        ]
    );
}

#[test]
fn a_bad_geometry_keeps_its_people() {
    let broken = r#"{"type":"Feature","properties":{"id":"x","population":7},"geometry":{"type":"Polygon","coordinates":[[[1],[1,2],[3,4],[1]]]}}"#;
    let none = r#"{"type":"Feature","properties":{"id":"y","population":8},"geometry":null}"#;
    let town = Town::cells(collection(&format!("{broken},{none}"))).with_any_rejects();
    let error = town.error();
    let first = "own, feature 1: a position without two numbers – give longitude and latitude, or run with --on-bad skip to leave such rows out";
    assert_eq!(error.lines().next(), Some(first));
    assert!(
        error.contains("\nown, feature 2: \"no geometry\""),
        "{error}"
    );
    let study = town.skipped();
    assert_eq!(
        people(&study),
        [
            ("x".into(), "7".into(), false),
            ("y".into(), "8".into(), false)
        ]
    );
    assert_eq!(
        told(&study, "bad-geometry").len() + told(&study, "no-point").len(),
        2
    );
}

#[test]
fn cut_deep_and_strange_files_are_errors() {
    let whole = grid(30, 0.001);
    let town = Town::new();
    for (content, expected) in [
        (whole[..whole.len() / 2].to_owned(), "the file ends too early: fetch or export it again"),
        (format!(r#"{{"type":"FeatureCollection","features":{}"#, "[".repeat(300_000)), "the file ends too early"),
        (r#"<osm version="0.6"><node id="1" lat="999" lon="1"/><node id="2" lat="1" lon="1"/><way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="path"/></way></osm>"#.to_owned(), "999"),
        ("[".repeat(100_000), "the file ends too early"),
        (" \n".to_owned(), "neither GeoJSON, a shapefile"),
        (String::new(), "the streets file is empty"),
    ] {
        town.file("streets.geojson", &content);
        let error = town.error();
        assert!(error.starts_with("streets.geojson") && error.contains(expected), "{error}");
    }
    let deep = format!("{}1{}", r#"{"a":"#.repeat(100_000), "}".repeat(100_000));
    assert!(
        Town::cells(format!(r#"{{"type":"Feature","properties":{deep}"#))
            .error()
            .contains("recursion limit")
    );
    assert!(
        Town::cells(b"PK\x03\x04 no workbook")
            .error()
            .starts_with("own: ")
    );
    assert!(
        Town::cells("id,lon,lat\n\"a,1,2\n")
            .error()
            .contains("row 2: a quote opens")
    );
}

/// Files are read beside each other; what is told first does not depend on which is done first.
#[test]
fn of_several_bad_files_the_streets_are_told_first_then_the_sites_then_the_cells() {
    let (town, good) = (Town::cells("id,lon\n\"a,1\n"), Town::new());
    let open_quote = |file: &str| format!("{file}, row 2: a quote opens");
    town.file("sites.csv", "id,lon,lat\n\"s,1,2\n");
    town.file("streets.geojson", "");
    assert!(
        town.error()
            .starts_with("streets.geojson: the streets file is empty"),
        "{}",
        town.error()
    );
    town.file("streets.geojson", grid(30, 0.001));
    assert!(
        town.error().contains(&open_quote("sites.csv")),
        "{}",
        town.error()
    );
    fs::copy(
        good.folder.path().join("sites.csv"),
        town.folder.path().join("sites.csv"),
    )
    .expect("copied");
    assert!(
        town.error().contains(&open_quote("own")),
        "{}",
        town.error()
    );
    fs::remove_file(town.folder.path().join("own")).expect("removed");
    fs::remove_file(town.folder.path().join("streets.geojson")).expect("removed");
    assert!(town.error().contains("streets.geojson"), "{}", town.error());
}

#[test]
fn a_wide_workbook_and_a_short_gbk_text_are_read() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, text) in (0_u16..).zip(["id", "lon", "lat", "名称"]) {
        sheet.write(0, column, text).expect("written");
    }
    sheet
        .write(1, 0, "a")
        .and_then(|s| s.write(1, 1, LON))
        .and_then(|s| s.write(1, 2, LAT))
        .expect("written");
    sheet.write(1_048_575, 16_383, "far away").expect("written");
    let _ = Town::cells(book.save_to_buffer().expect("a workbook")).read(OnBad::Skip);
    let mut text = b"id,lon,lat,\xc3\xfb\xb3\xc6\na,116.2,29.73,".to_vec();
    text.extend(b"\xba\xfe\xbf\xda\n");
    let study = Town::cells(text).skipped();
    assert_eq!(
        study
            .cells()
            .iter()
            .next()
            .map(|(_, cell)| cell.name.clone()),
        Some("湖口".to_owned())
    );
}

#[test]
fn names_cannot_steer_the_terminal() {
    let error = Town::cells("id,name,\u{1b}[31mfoo,lat\n1,2,3,4\n").error();
    assert!(
        error.contains("\u{fffd}[31mfoo") && !error.contains('\u{1b}'),
        "{error}"
    );
}

#[test]
fn a_question_ends_before_the_next_way_out() {
    let offers = Town::new()
        .also("items.csv", "id,name\npass,a\ncert,b\n")
        .also("offers.csv", "site,item\ns0,pass\ns1,paas\n");
    assert_eq!(
        offers.error(),
        "offers.csv, row 3: column \"item\" is \"paas\", expected an item of the items table – did you mean pass? Or run with --on-bad skip to leave such rows out"
    );
    let cycle = Town::new().also("units.csv", "id,parent\na,b\nb,a\n");
    assert_eq!(
        cycle.error(),
        "units.csv, row 2: unit \"a\" lies within itself: a → b → a – mend the parent column, or leave it empty at the top"
    );
}

#[test]
fn a_study_of_nobody_says_so() {
    let nobody = Town::cells("id,lon,lat,population\na,116.2,29.73,0\n");
    assert_eq!(told(&nobody.skipped(), "nobody-lives-here").len(), 1);
    let empty = Town::cells("id,lon,lat,population\n");
    assert!(
        empty.error().starts_with("own: no cell is left"),
        "{}",
        empty.error()
    );
}

#[test]
fn one_cell_far_from_streets_is_stranded_many_are_an_error() {
    let study = Town::cells(format!("id,lon,lat\na,{},{LAT}\n", LON - 0.01)).skipped();
    assert_eq!(told(&study, "far-from-streets").len(), 1);
    let far = Town::cells(format!("id,lon,lat\na,{},{LAT}\n", LON - 1.0)).error();
    assert!(
        far.starts_with("own: none of the cells is within 500 m of a street; the first is 9"),
        "{far}"
    );
    assert!(far.ends_with("the file's crs"), "{far}");
}

#[test]
fn results_never_replace_an_input() {
    let town = Town::new();
    let study = town.skipped();
    let results = walkshed::run(&study, &walkshed::Options::default()).expect("a small study");
    let before = fs::read(town.folder.path().join("cells.csv")).expect("there");
    let error = report::write(&results, town.folder.path())
        .expect_err("an error")
        .to_string();
    assert!(error.ends_with(
        "cells.csv: this is an input of the study – choose another directory for the results"
    ));
    assert_eq!(
        fs::read(town.folder.path().join("cells.csv")).expect("there"),
        before
    );
    let out: &Path = &town.folder.path().join("out");
    assert!(
        report::write(&results, out)
            .and_then(|_| report::write(&results, out))
            .is_ok()
    );
}
