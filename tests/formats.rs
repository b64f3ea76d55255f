//! One small place, told in every format: the answers are the same.

use std::fs;
use std::io::Write;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use walkshed::model::Study;
use walkshed::plane::Position;
use walkshed::score::Coverage;
use walkshed::{Options, People, read};

const STREETS: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"residential"},
"geometry":{"type":"LineString","coordinates":[[116.2,29.7],[116.21,29.7],[116.23,29.7]]}}]}"#;
const SITES: &str = "编号,名称,经度,纬度\ns,便民服务站,116.201,29.7001\n";
const CELLS: &str =
    "编号,名称,经度,纬度,人口\na,一组,116.203,29.7001,1\nb,二组,116.229,29.7001,2\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("streets.geojson"), STREETS).expect("written");
    fs::write(folder.path().join("sites.csv"), SITES).expect("written");
    fs::write(folder.path().join("cells.csv"), CELLS).expect("written");
    folder
}

fn study(folder: &Path, streets: &str, sites: &str, cells: &str) -> Study {
    let text = format!("[inputs]\nstreets = {streets}\nsites = {sites}\ncells = {cells}\n");
    fs::write(folder.join("study.toml"), text).expect("written");
    read::study(folder.join("study.toml")).expect("valid").0
}

fn judged(study: &Study) -> Coverage {
    let results = walkshed::run(study, &Options::default());
    results.expect("it has the memory").coverage
}

/// Names, people, and the walk of each cell to its nearest site.
fn answers(study: &Study) -> Vec<(String, People, Option<u32>)> {
    let now = judged(study);
    let walk = |id| now.nearest(id).map(|reach| reach.time.tenths_up());
    study
        .cells()
        .iter()
        .map(|(id, cell)| (cell.name.clone(), cell.people, walk(id)))
        .collect()
}

#[test]
fn csv_in_any_encoding_xlsx_geojson_and_osm_say_the_same() {
    let folder = folder();
    let path = folder.path();
    let plain = answers(&study(
        path,
        "'streets.geojson'",
        "'sites.csv'",
        "'cells.csv'",
    ));
    assert_eq!(plain.len(), 2);
    assert!(
        plain[0]
            .2
            .is_some_and(|tenths| (1_900..2_100).contains(&tenths)),
        "{plain:?}"
    );

    fs::write(path.join("gb.csv"), encoding_rs::GB18030.encode(CELLS).0).expect("written");
    let utf16: Vec<u8> = CELLS
        .replace(',', "\t")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    fs::write(path.join("utf16.csv"), [&[0xff, 0xfe][..], &utf16].concat()).expect("written");
    fs::write(path.join("semicolon.csv"), CELLS.replace(',', ";")).expect("written");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(CELLS.lines()) {
        for (column, text) in (0..).zip(line.split(',')) {
            match text.parse::<f64>() {
                Ok(number) => sheet.write_number(row, column, number).expect("written"),
                Err(_) => sheet.write_string(row, column, text).expect("written"),
            };
        }
    }
    book.save(path.join("book.xlsx")).expect("written");
    let feature = |name: &str, people: u32, lon: f64| {
        format!(
            r#"{{"type":"Feature","properties":{{"名称":"{name}","人口":{people}}},"geometry":{{"type":"Point","coordinates":[{lon},29.7001]}}}}"#
        )
    };
    let features = format!(
        "{},{}",
        feature("一组", 1, 116.203),
        feature("二组", 2, 116.229)
    );
    fs::write(
        path.join("cells.json"),
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#),
    )
    .expect("written");
    for cells in [
        "gb.csv",
        "utf16.csv",
        "semicolon.csv",
        "book.xlsx",
        "cells.json",
    ] {
        let told = answers(&study(
            path,
            "'streets.geojson'",
            "'sites.csv'",
            &format!("'{cells}'"),
        ));
        assert_eq!(told, plain, "{cells}");
    }

    let osm = r#"<osm version="0.6"><node id="1" lon="116.2" lat="29.7"/><node id="2" lon="116.21" lat="29.7"/><node id="3" lon="116.23" lat="29.7"/>
        <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/></way></osm>"#;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(osm.as_bytes()).expect("to memory");
    fs::write(path.join("map.osm.gz"), packer.finish().expect("to memory")).expect("written");
    assert_eq!(
        answers(&study(path, "'map.osm.gz'", "'sites.csv'", "'cells.csv'")),
        plain
    );
}

#[test]
fn a_column_of_another_name_can_be_named() {
    let folder = folder();
    fs::write(
        folder.path().join("own.csv"),
        CELLS.replace("人口", "2024年末人口"),
    )
    .expect("written");
    let cells = "{ path = 'own.csv', columns = { population = '2024年末人口' } }";
    let named = study(folder.path(), "'streets.geojson'", "'sites.csv'", cells);
    assert_eq!(named.cells().people(), People::whole(3));
}

#[test]
fn an_area_stands_at_its_centroid_or_at_a_point_inside_it() {
    let folder = folder();
    let area = |ring: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let square = area("[116.2,29.7],[116.202,29.7],[116.202,29.702],[116.2,29.702],[116.2,29.7]");
    // A narrow U that is open upward: its centroid lies between its arms.
    let horseshoe = area(
        "[116.2,29.7],[116.21,29.7],[116.21,29.71],[116.209,29.71],[116.209,29.701],[116.201,29.701],[116.201,29.71],[116.2,29.71],[116.2,29.7]",
    );
    let cells = format!(r#"{{"type":"FeatureCollection","features":[{square},{horseshoe}]}}"#);
    fs::write(folder.path().join("areas.geojson"), cells).expect("written");
    let study = study(
        folder.path(),
        "'streets.geojson'",
        "'sites.csv'",
        "'areas.geojson'",
    );
    let places: Vec<Position> = study
        .cells()
        .iter()
        .filter_map(|(_, cell)| cell.at)
        .collect();
    assert!(places[0].distance(Position::new(116.201, 29.701).expect("valid")) < 0.01);
    let (lon, lat) = (places[1].lon(), places[1].lat());
    let on_an_arm = (116.2..=116.201).contains(&lon) || (116.209..=116.21).contains(&lon);
    assert!(
        on_an_arm || (29.7..=29.701).contains(&lat),
        "{lon}, {lat} is not inside"
    );
}
