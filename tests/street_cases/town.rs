//! Small towns of our own. Places are in metres east and north of 116.20 E, 29.73 N.

use std::fs;

use walkshed::model::{Findings, Study};
use walkshed::search::travel_times;
use walkshed::snap::link;
use walkshed::{Options, TravelTime, read};

/// The verdict of the first cell, and the seconds of its walk where there is one.
pub fn answer(study: &Study) -> (&'static str, Option<f64>) {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    let (cell, _) = study.cells().iter().next().expect("a cell");
    let verdict = results.coverage.cell(cell).verdict;
    (verdict.word(), walks(study).remove(0))
}

/// The seconds from each cell to its nearest site, none beyond half an hour.
pub fn walks(study: &Study) -> Vec<Option<f64>> {
    let times = travel_times(&link(study), TravelTime::from_minutes(30));
    let nearest = |cell| times.nearest(cell).map(|reach| reach.time.seconds());
    study
        .cells()
        .iter()
        .map(|(cell, _)| nearest(cell))
        .collect()
}
/// A point by its metres east and north.
pub fn at([east, north]: [f64; 2]) -> [f64; 2] {
    [116.20 + east / 96_723.0, 29.73 + north / 110_854.0]
}

/// A file of OSM: nodes by their ids, places and tags; then whatever else there is.
pub fn osm(nodes: &[(i64, [f64; 2], &str)], rest: &str) -> String {
    let node = |(id, place, tags): &(i64, [f64; 2], &str)| {
        let [lon, lat] = at(*place);
        format!(
            r#"<node id="{id}" lat="{lat}" lon="{lon}">{}</node>"#,
            tagged(tags)
        )
    };
    let nodes = nodes.iter().map(node).collect::<Vec<_>>().concat();
    format!("<osm>{nodes}{rest}</osm>")
}

pub fn tagged(tags: &str) -> String {
    let tags = tags
        .split_whitespace()
        .filter_map(|tag| tag.split_once('='));
    let elements = tags.map(|(key, value)| format!(r#"<tag k="{key}" v="{value}"/>"#));
    elements.collect::<Vec<_>>().concat()
}

pub fn way(id: i64, refs: &[i64], tags: &str) -> String {
    let refs = refs.iter().map(|id| format!(r#"<nd ref="{id}"/>"#));
    let refs = refs.collect::<Vec<_>>().concat();
    format!(r#"<way id="{id}">{refs}{}</way>"#, tagged(tags))
}

/// A study of these streets, a home and a hall, with more lines of the study file.
pub fn study(streets: (&str, &str), [home, hall]: [[f64; 2]; 2], rules: &str) -> (Study, Findings) {
    read_study(streets, [home, hall], rules).unwrap_or_else(|wrong| panic!("{wrong}"))
}

pub fn read_study(
    (name, streets): (&str, &str),
    [home, hall]: [[f64; 2]; 2],
    rules: &str,
) -> Result<(Study, Findings), read::ReadError> {
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("written");
    let point = |place: [f64; 2]| {
        let [lon, lat] = at(place);
        format!("id,lon,lat\na,{lon},{lat}\n")
    };
    write(name, streets);
    write("cells.csv", &point(home));
    write("sites.csv", &point(hall));
    let streets = if rules.contains("streets =") {
        String::new()
    } else {
        format!("streets = '{name}'\n")
    };
    let text = format!("[inputs]\nsites = 'sites.csv'\ncells = 'cells.csv'\n{streets}{rules}\n");
    write("study.toml", &text);
    read::study(folder.path().join("study.toml"))
}

pub fn seconds(streets: &str, ends: [[f64; 2]; 2], rules: &str) -> Option<f64> {
    answer(&study(("streets.osm", streets), ends, rules).0).1
}

/// A street of 400 m with a node in its middle, and a way round of 800 m.
pub fn gate(tags: &str) -> String {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [200.0, 0.0], tags),
        (3, [400.0, 0.0], ""),
        (4, [0.0, 200.0], ""),
        (5, [400.0, 200.0], ""),
    ];
    let street = way(1, &[1, 2, 3], "highway=service");
    osm(
        &nodes,
        &(street + &way(2, &[1, 4, 5, 3], "highway=residential")),
    )
}

pub const ENDS: [[f64; 2]; 2] = [[0.0, 0.0], [400.0, 0.0]];
