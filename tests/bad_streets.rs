//! Streets and shapes that are not whole, lie where nothing can, or mean nothing clear.

use std::fmt::Write as _;
use std::fs;

use tempfile::TempDir;
use walkshed::Silent;
use walkshed::model::{Severity, Study};
use walkshed::read::{self, OnBad, Options, ReadError};

const LON: f64 = 116.2;
const LAT: f64 = 29.73;

/// A small good study on one street of 1 km, of which each test spoils one file.
struct Town {
    folder: TempDir,
    inputs: Vec<(&'static str, String)>,
}

impl Town {
    fn new() -> Self {
        let town = Self {
            folder: TempDir::new().expect("a folder"),
            inputs: Vec::new(),
        };
        town.with(
            "streets",
            "streets.geojson",
            &collection(&[street("0,0", "10,0")]),
        )
        .with("sites", "sites.csv", &csv(&[("s0", 1.0)]))
        .with("cells", "cells.csv", &csv(&[("c0", 2.0), ("c1", 3.0)]))
    }

    /// The same with another file in this role.
    fn with(self, role: &'static str, name: &str, content: &str) -> Self {
        fs::write(self.folder.path().join(name), content).expect("written");
        self.says(role, &format!("\"{name}\""))
    }

    /// The same with other words in the study file for this role.
    fn says(mut self, role: &'static str, words: &str) -> Self {
        self.inputs.retain(|(other, _)| *other != role);
        self.inputs.push((role, words.to_owned()));
        self
    }

    fn read(&self, on_bad: OnBad) -> Result<Study, ReadError> {
        // The places are small: one row of four is a quarter of them.
        let mut text = "[inputs]\nmax_rejects = 50\n".to_owned();
        for (role, words) in &self.inputs {
            writeln!(text, "{role} = {words}").expect("text grows");
        }
        let path = self.folder.path().join("study.toml");
        fs::write(&path, text).expect("written");
        read::study_with(&path, &Options { on_bad }, &Silent)
    }

    fn study(&self) -> Study {
        self.read(OnBad::Stop).expect("a study")
    }

    fn skipped(&self) -> Study {
        self.read(OnBad::Skip).expect("a study")
    }

    fn error(&self) -> String {
        self.read(OnBad::Stop).expect_err("an error").to_string()
    }
}

/// A place so many hundredths of a degree of the corner of the town: "0,0" is the corner.
fn at(place: &str) -> String {
    let numbers: Vec<f64> = place
        .split(',')
        .map(|n| n.parse().expect("a number"))
        .collect();
    format!(
        "[{:.7},{:.7}]",
        LON + numbers[0] * 1e-3,
        LAT + numbers[1] * 1e-3
    )
}

fn feature(properties: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{geometry}}}"#)
}

fn street(from: &str, to: &str) -> String {
    line(&format!("{},{}", at(from), at(to)))
}

fn line(coordinates: &str) -> String {
    feature(
        "",
        &format!(r#"{{"type":"LineString","coordinates":[{coordinates}]}}"#),
    )
}

fn area(properties: &str, ring: &[&str]) -> String {
    let ring: Vec<String> = ring.iter().map(|place| at(place)).collect();
    let ring = ring.join(",");
    feature(
        properties,
        &format!(r#"{{"type":"Polygon","coordinates":[[{ring}]]}}"#),
    )
}

fn collection(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

/// Rows of ten people each, so many thousandths of a degree east along the street.
fn csv(rows: &[(&str, f64)]) -> String {
    let mut text = "id,lon,lat,population\n".to_owned();
    for (id, east) in rows {
        writeln!(text, "{id},{:.7},{LAT},10", LON + east * 1e-3).expect("text grows");
    }
    text
}

/// The messages of all findings with a code, each after its severity.
fn told(study: &Study, code: &str) -> Vec<(Severity, String)> {
    let findings = study.findings().iter();
    findings
        .filter(|finding| finding.code == code)
        .map(|finding| (finding.severity, finding.message.to_string()))
        .collect()
}

fn told_once(study: &Study, code: &str) -> String {
    let all = told(study, code);
    assert_eq!(all.len(), 1, "{code}: {:?}", study.findings());
    all[0].1.clone()
}

/// An OSM map of 40 streets of 11 nodes each, one above the other, without some of its nodes.
fn map(is_there: impl Fn(u32, u32) -> bool) -> String {
    let mut text = "<osm version=\"0.6\">\n".to_owned();
    for street in 0..40_u32 {
        for node in 0..11_u32 {
            let lon = LON + 1e-3 * f64::from(node);
            let lat = LAT + 1e-3 * f64::from(street);
            if is_there(street, node) {
                let id = street * 100 + node + 1;
                writeln!(
                    text,
                    "<node id=\"{id}\" lon=\"{lon:.7}\" lat=\"{lat:.7}\"/>"
                )
                .expect("grows");
            }
        }
    }
    for street in 0..40_u32 {
        write!(text, "<way id=\"{}\">", street + 1).expect("grows");
        for node in 0..11 {
            write!(text, "<nd ref=\"{}\"/>", street * 100 + node + 1).expect("grows");
        }
        text.push_str("<tag k=\"highway\" v=\"path\"/></way>\n");
    }
    text + "</osm>\n"
}

#[test]
fn half_a_map_is_an_error_unless_the_study_says_that_it_is_incomplete() {
    let without = |is_lost: fn(u32, u32) -> bool| {
        Town::new().with(
            "streets",
            "map.osm",
            &map(|street, node| !is_lost(street, node)),
        )
    };
    let whole = without(|_, _| false).study();
    assert!(told(&whole, "missing-vertices").is_empty());
    // Cut at an edge: all streets end early, and one of them comes back.
    let cut = without(|street, node| node > 8 || (street == 7 && node == 5)).study();
    assert!(told_once(&cut, "missing-vertices").starts_with("81 vertices"));
    assert!(told_once(&cut, "broken-streets").contains("of 40 streets 1 misses vertices"));

    let broken: fn(u32, u32) -> bool = |street, node| street > 10 && node % 3 == 1;
    let nowhere: fn(u32, u32) -> bool = |street, _| street > 10;
    let all: fn(u32, u32) -> bool = |_, _| true;
    for lost in [broken, nowhere, all] {
        let error = without(lost).error();
        assert!(error.contains("a part of the map is lost"), "{error}");
        let remedy = "write streets = { path = \"map.osm\", incomplete = true }";
        assert!(error.contains(remedy), "{error}");
    }
    let words = "{ path = \"map.osm\", incomplete = true }";
    for lost in [broken, nowhere] {
        let study = without(lost).says("streets", words).study();
        assert!(told_once(&study, "broken-streets").contains("of 40 streets"));
    }
    let error = without(all).says("streets", words).error();
    assert!(
        error.contains("none of its 40 lines can be walked"),
        "{error}"
    );
    let error = Town::new()
        .says("cells", "{ path = \"cells.csv\", incomplete = true }")
        .error();
    assert!(
        error.contains("unknown key"),
        "only streets may be incomplete: {error}"
    );
}

#[test]
fn vertices_far_off_are_told() {
    let far = [street("0,0", "10,0"), street("10,0", "1500,0")];
    let study = Town::new()
        .with("streets", "far.geojson", &collection(&far))
        .study();
    let message = told_once(&study, "long-pieces");
    assert!(
        message.starts_with("1 piece of street is longer than 100 km"),
        "{message}"
    );

    let boxed = collection(&far[..1]).replacen(
        "\"features\"",
        &format!(
            "\"bbox\":[{LON},{LAT},{},{}],\"features\"",
            LON + 0.001,
            LAT + 0.001
        ),
        1,
    );
    let study = Town::new().with("streets", "boxed.geojson", &boxed).study();
    let told = told(&study, "outside-its-box");
    assert!(
        told[0].0 == Severity::Note && told[0].1.contains("up to 0.9 km"),
        "{told:?}"
    );
}

#[test]
fn features_that_stand_twice_are_an_error_whatever_is_skipped() {
    let cell = |id: &str, place: &str| {
        let point = format!(r#"{{"type":"Point","coordinates":{}}}"#, at(place));
        feature(&format!(r#""id":"{id}","population":10"#), &point)
    };
    let twice = format!(
        r#"{{"type":"FeatureCollection","features":[{}],"features":[{}]}}"#,
        cell("c0", "1,0"),
        cell("c1", "2,0")
    );
    let town = Town::new().with("cells", "cells.geojson", &twice);
    for on_bad in [OnBad::Stop, OnBad::Skip] {
        let error = town
            .read(on_bad)
            .expect_err("half of the cells are lost")
            .to_string();
        assert_eq!(
            error,
            "cells.geojson: \"features\" stands twice in one object – remove one of the two"
        );
    }
    let doubled =
        cell("c0", "1,0").replace("\"population\":10", "\"population\":10,\"population\":90");
    let cells = collection(&[doubled, cell("c1", "2,0")]);
    let town = Town::new().with("cells", "cells.geojson", &cells);
    assert!(
        town.error()
            .starts_with("cells.geojson, feature 1: \"population\" stands twice")
    );
    assert_eq!(told(&town.skipped(), "same-name-twice").len(), 1);
}

#[test]
fn what_is_no_street_is_counted_and_told() {
    let point = feature(
        "",
        &format!(r#"{{"type":"Point","coordinates":{}}}"#, at("1,1")),
    );
    let many = format!(
        r#"{{"type":"MultiPoint","coordinates":[{},{}]}}"#,
        at("1,1"),
        at("2,1")
    );
    let features = [
        street("0,0", "10,0"),
        point,
        feature("", &many),
        area("", &["0,1", "1,1", "1,2", "0,1"]),
        area(
            r#""area":"yes","highway":"pedestrian""#,
            &["0,0", "1,1", "1,2", "0,0"],
        ),
        feature("", "null"),
        feature("", r#"{"type":"LineString","coordinates":[]}"#),
        street("5,5", "5,5"),
    ];
    let town = Town::new().with("streets", "mixed.geojson", &collection(&features));
    let study = town.study();
    let first_words = |code: &str| {
        let message = told_once(&study, code);
        message
            .split(':')
            .next()
            .map(str::to_owned)
            .unwrap_or_default()
    };
    assert_eq!(
        first_words("points-among-streets"),
        "3 points stand among the streets"
    );
    assert_eq!(
        first_words("areas-among-streets"),
        "1 area stands among the streets"
    );
    assert_eq!(
        first_words("streets-without-geometry"),
        "2 features have no geometry"
    );
    assert_eq!(
        first_words("streets-without-length"),
        "1 street leads from a place to itself and nowhere else"
    );
    assert!(told_once(&study, "streets").starts_with("2 of 3 lines can be walked"));
}

#[test]
fn a_street_with_a_vertex_off_the_globe_is_named_and_skipped() {
    let off = line(&format!("{},[{LON},95.5]", at("0,0")));
    let streets = [street("0,0", "10,0"), off, street("5,0", "5,5")];
    let town = Town::new().with("streets", "off.geojson", &collection(&streets));
    let error = town.error();
    assert!(
        error.starts_with("off.geojson, feature 2: \"116.2, 95.5\": a vertex of the street is no place on the globe"),
        "{error}"
    );
    assert!(error.contains("--on-bad skip"), "{error}");
    let study = town.skipped();
    assert_eq!(study.network().edges().len(), 2);
    let rejected = study
        .findings()
        .iter()
        .find(|f| f.severity == Severity::Rejected);
    assert_eq!(rejected.map(|f| f.place.as_str()), Some("feature 2"));

    // Most of them off the globe are no bad rows, but other numbers than they are taken for.
    let swapped = line(&format!("[{LAT},{LON}],[{LAT},{}]", LON + 0.01));
    let town = Town::new().with("streets", "swapped.geojson", &collection(&[swapped]));
    let error = town.read(OnBad::Skip).expect_err("all are off").to_string();
    assert!(
        error.contains("longitude and latitude look swapped"),
        "{error}"
    );

    let map = map(|_, _| true).replacen("lat=\"29.7300000\"", "lat=\"NaN\"", 1);
    let town = Town::new().with("streets", "map.osm", &map);
    let error = town.error();
    assert!(
        error.starts_with("map.osm, line 2: node 1 stands at longitude 116.2, latitude NaN"),
        "{error}"
    );
    assert_eq!(told(&town.skipped(), "off-the-globe").len(), 1);
}

#[test]
fn cells_with_an_outline_that_crosses_itself_are_rejected_and_counted() {
    let cell = |id: &str, ring: &[&str]| area(&format!(r#""id":"{id}","population":10"#), ring);
    let cells = [
        cell("good", &["1,0", "2,0", "2,1", "1,1", "1,0"]),
        cell("tie", &["3,0", "4,1", "4,0", "3,1", "3,0"]),
        cell("open", &["5,0", "6,0", "6,1", "5,1"]),
        cell(
            "spiked",
            &["7,0", "8,0", "8,0.5", "9,0.5", "8,0.5", "8,1", "7,1", "7,0"],
        ),
    ];
    let town = Town::new().with("cells", "cells.geojson", &collection(&cells));
    let error = town.error();
    assert!(
        error.starts_with("cells.geojson, feature 2: its outline crosses itself near 116.203"),
        "{error}"
    );
    let study = town.skipped();
    let placed: Vec<bool> = study
        .cells()
        .iter()
        .map(|(_, cell)| cell.at.is_some())
        .collect();
    assert_eq!(placed, [true, false, true, true], "nobody is lost");
    assert_eq!(
        told(&study, "open-ring"),
        [(
            Severity::Repaired,
            "1 areas have rings that do not close: closed (feature 3)".to_owned()
        )]
    );
    assert!(told_once(&study, "spike").ends_with("cut off (feature 4)"));
}

#[test]
fn a_boundary_with_a_hole_that_is_none_is_refused() {
    let ring = |places: [&str; 4]| {
        let [a, b, c, d] = places.map(at);
        format!("[{a},{b},{c},{d},{a}]")
    };
    let outline = ring(["-5,-5", "15,-5", "15,5", "-5,5"]);
    let hole = |places| {
        let rings = format!("{outline},{}", ring(places));
        let boundary = feature(
            "",
            &format!(r#"{{"type":"Polygon","coordinates":[{rings}]}}"#),
        );
        Town::new().with("boundary", "boundary.geojson", &collection(&[boundary]))
    };
    assert!(
        hole(["1,2", "2,2", "2,3", "1,3"])
            .study()
            .boundary()
            .is_some()
    );
    let outside = "a hole does not lie inside of its outline";
    assert!(
        hole(["20,2", "22,2", "22,3", "20,3"])
            .error()
            .contains(outside)
    );
    assert!(
        hole(["-9,-9", "19,-9", "19,9", "-9,9"])
            .error()
            .contains(outside)
    );
    assert!(
        hole(["14,2", "16,2", "16,3", "14,3"])
            .error()
            .contains("crosses itself")
    );
}

#[test]
fn two_on_one_spot_are_told() {
    let town = Town::new()
        .with(
            "sites",
            "sites.csv",
            &csv(&[("s0", 1.0), ("s1", 2.0), ("s2", 1.0), ("s3", 1.0)]),
        )
        .with(
            "cells",
            "cells.csv",
            &csv(&[("c0", 2.0), ("c1", 3.0), ("c2", 3.0)]),
        );
    let study = town.study();
    let messages: Vec<String> = told(&study, "same-spot")
        .into_iter()
        .map(|(_, m)| m)
        .collect();
    assert_eq!(
        messages,
        [
            "2 of the sites stand on the exact spot of another, first \"s0\" and \"s2\" – is a place there twice?",
            "1 of the cells stand on the exact spot of another, first \"c1\" and \"c2\" – is a place there twice?",
        ]
    );
    assert!(told(&Town::new().study(), "same-spot").is_empty());
}

#[test]
fn streets_across_180_are_refused_and_cut_ones_are_not() {
    let here = |ends: &str, sites: &str| {
        let csv = |id: &str| format!("id,lon,lat,population\n{id},{sites},-17,10\n");
        Town::new()
            .with("streets", "fiji.geojson", &collection(&[line(ends)]))
            .with("sites", "sites.csv", &csv("s0"))
            .with("cells", "cells.csv", &csv("c0"))
    };
    let error = here("[179.99,-17],[-179.99,-17]", "179.995").error();
    assert!(
        error.contains("a street runs across the 180° meridian, from 179.99, -17 to -179.99, -17"),
        "{error}"
    );
    assert!(error.contains("cut the streets at 180°"), "{error}");
    let error = here("[179.99,-17],[180,-17]", "179.995")
        .with(
            "streets",
            "fiji.geojson",
            &collection(&[
                line("[179.99,-17],[180,-17]"),
                line("[-180,-17],[-179.99,-17]"),
            ]),
        )
        .error();
    assert!(
        error.contains("on both sides of the 180° meridian"),
        "{error}"
    );
    here("[179.99,-17],[180,-17]", "179.995").study();
    here("[-179.99,-17],[-180,-17]", "-179.995").study();
    let barrier = collection(&[line("[179.995,-17.1],[-179.995,-17.1]")]);
    let error = here("[179.99,-17],[180,-17]", "179.995")
        .with("barriers", "b.geojson", &barrier)
        .error();
    assert!(
        error.contains("it runs across the 180° meridian"),
        "{error}"
    );
}
