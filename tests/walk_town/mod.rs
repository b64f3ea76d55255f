//! A town on the equator, where lengths are known without a computer: a thousandth of a degree east
//! is 6,378,137 m · π / 180,000 = 111.3195 m, which takes 100.19 s at 4 km/h.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fmt::Write as _;
use std::fs;

use walkshed::ids::{CellId, SiteId};
use walkshed::model::{Profile, Study};
use walkshed::search::{Search, path};
use walkshed::snap::link_as;
use walkshed::{Silent, TravelTime, read};

/// Metres in a thousandth of a degree east.
pub const STEP: f64 = 111.319_490_793;

/// Seconds for so many metres at 4 km/h.
pub fn plain(metres: f64) -> f64 {
    metres * 0.9
}

/// A line of the town: its tags, and its vertices in thousandths of a degree from (10, 0), with a
/// height or none.
#[derive(Debug, Clone)]
pub struct Line {
    pub tags: &'static str,
    pub vertices: Vec<(f64, f64, Option<f64>)>,
}

/// A line on the ground.
pub fn line(tags: &'static str, vertices: &[(f64, f64)]) -> Line {
    Line {
        tags,
        vertices: vertices.iter().map(|&(x, y)| (x, y, None)).collect(),
    }
}

fn pairs(tags: &str) -> impl Iterator<Item = (&str, &str)> {
    tags.split_whitespace()
        .filter_map(|tag| tag.split_once('='))
}

const fn degrees(x: f64, y: f64) -> (f64, f64) {
    (10.0 + x / 1000.0, y / 1000.0)
}

/// The lines as GeoJSON.
pub fn geojson(lines: &[Line]) -> String {
    let feature = |line: &Line| {
        let tags: Vec<String> = pairs(line.tags)
            .map(|(key, value)| format!("\"{key}\":\"{value}\""))
            .collect();
        let vertices = line.vertices.iter().map(|&(x, y, height)| {
            let (lon, lat) = degrees(x, y);
            height.map_or_else(
                || format!("[{lon:.7},{lat:.7}]"),
                |height| format!("[{lon:.7},{lat:.7},{height}]"),
            )
        });
        let vertices = vertices.collect::<Vec<_>>().join(",");
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{{}}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{vertices}]}}}}",
            tags.join(",")
        )
    };
    let features: Vec<String> = lines.iter().map(feature).collect();
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        features.join(",\n")
    )
}

/// The lines as OSM XML.
pub fn osm(lines: &[Line]) -> String {
    let mut places: Vec<(String, String)> = Vec::new();
    let mut ways = String::new();
    for (id, line) in lines.iter().enumerate() {
        let _ = write!(ways, "<way id=\"{}\">", id + 1);
        for &(x, y, _) in &line.vertices {
            let (lon, lat) = degrees(x, y);
            let place = (format!("{lon:.7}"), format!("{lat:.7}"));
            let node = places
                .iter()
                .position(|known| *known == place)
                .unwrap_or(places.len());
            if node == places.len() {
                places.push(place);
            }
            let _ = write!(ways, "<nd ref=\"{}\"/>", node + 1);
        }
        for (key, value) in pairs(line.tags) {
            let _ = write!(ways, "<tag k=\"{key}\" v=\"{value}\"/>");
        }
        ways.push_str("</way>\n");
    }
    let mut text = "<osm version=\"0.6\">\n".to_owned();
    for (id, (lon, lat)) in places.iter().enumerate() {
        let _ = writeln!(
            text,
            "<node id=\"{}\" lon=\"{lon}\" lat=\"{lat}\"/>",
            id + 1
        );
    }
    format!("{text}{ways}</osm>\n")
}

/// A study of these street and other files, with a site and a cell at each of two places.
pub fn study(files: &[(&str, &[u8])], ends: [f64; 2], tables: &str) -> Result<Study, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).expect("written");
    for (name, bytes) in files {
        write(name, bytes);
    }
    let rows = ends
        .map(|x| format!("e{x},{:.7},0\n", degrees(x, 0.0).0))
        .concat();
    write("sites.csv", format!("id,lon,lat\n{rows}").as_bytes());
    write(
        "cells.csv",
        format!("id,lon,lat,population\n{}", rows.replace(",0\n", ",0,10\n")).as_bytes(),
    );
    let inputs = format!(
        "[inputs]\nstreets = '{}'\nsites = 'sites.csv'\ncells = 'cells.csv'\n",
        files[0].0
    );
    write("study.toml", format!("{inputs}{tables}").as_bytes());
    read::study(folder.path().join("study.toml"))
        .map(|(study, _)| study)
        .map_err(|error| error.to_string())
}

/// The walks from the first end to the second and back, in seconds to the hundredth.
pub fn seconds(study: &Study, profile: &Profile) -> [Option<f64>; 2] {
    let links = link_as(study, &profile.rules, &Silent);
    let times = Search {
        profile: Some(*profile),
        budget: TravelTime::from_minutes(120),
        progress: &Silent,
    }
    .travel_times(&links);
    [(0, 1), (1, 0)].map(|(cell, site)| {
        let (cell, site) = (CellId::new(cell), SiteId::new(site));
        let time = times
            .of(cell)
            .iter()
            .find(|reach| reach.site == site)
            .map(|reach| reach.time);
        assert_eq!(
            path(&links, profile, cell, site).map(|walk| walk.time),
            time,
            "path and search agree"
        );
        time.map(|time| (time.seconds() * 100.0).round() / 100.0)
    })
}

/// The walks of everybody, by the study's own rules.
pub fn walks(study: &Study) -> [Option<f64>; 2] {
    seconds(study, &study.profiles(None)[0])
}

/// The messages of the findings with this code.
pub fn found(study: &Study, code: &str) -> Vec<String> {
    study
        .findings()
        .iter()
        .filter(|finding| finding.code == code)
        .map(|finding| finding.message.to_string())
        .collect()
}

/// Whether both walks take so many seconds, to a tenth.
#[track_caller]
pub fn take(found: [Option<f64>; 2], expected: [f64; 2]) {
    for (found, expected) in found.into_iter().zip(expected) {
        assert!(
            found.is_some_and(|found| (found - expected).abs() < 0.1),
            "{found:?}, expected {expected}"
        );
    }
}
