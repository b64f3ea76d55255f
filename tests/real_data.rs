//! Real places, checked against an independent computation. Runs when `WALKSHED_DATA` names the
//! data folder, and then fails if a file is missing.

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::oracle_seconds;
use walkshed::model::Study;
use walkshed::score::VerdictKind;
use walkshed::search::travel_times;
use walkshed::snap::link;
use walkshed::{Options, People, TravelTime, read};

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

/// A study of files of the data folder.
fn study_of(
    data: &Path,
    streets: &str,
    sites: &str,
    cells: &str,
) -> Result<Study, read::ReadError> {
    let folder = tempfile::tempdir().expect("a folder for the study");
    let path = |file: &str| data.join(file).to_string_lossy().into_owned();
    let text = format!(
        "[inputs]\nstreets = '{}'\nsites = '{}'\ncells = '{}'\n[walk]\nislands = 'keep'\n",
        path(streets),
        path(sites),
        path(cells)
    );
    let file = folder.path().join("study.toml");
    fs::write(&file, text).expect("written");
    read::study(&file).map(|(study, _)| study)
}

/// Compares every walk with petgraph's, and returns how many there were.
fn agrees(study: &Study) -> usize {
    let links = link(study);
    let budget = TravelTime::from_minutes(30);
    let times = travel_times(&links, budget);
    let oracle = oracle_seconds(study, f64::INFINITY);
    let mut walks = 0;
    for (cell, described) in study.cells().iter() {
        for (site, _) in study.sites().iter() {
            let found = times
                .of(cell)
                .iter()
                .find(|reach| reach.site == site)
                .map(|reach| reach.time.seconds());
            let exact = oracle[site.index()][cell.index()];
            let id = &described.id;
            match (found, exact) {
                (Some(found), Some(exact)) => assert!(
                    (found - exact).abs() <= 1.0,
                    "{id}: {found} s, not {exact} s"
                ),
                (None, Some(exact)) => assert!(
                    exact > budget.seconds() - 1.0,
                    "{id}: {exact} s were not found"
                ),
                (Some(found), None) => panic!("{id}: {found} s, where there is no way"),
                (None, None) => {}
            }
            walks += usize::from(found.is_some());
        }
    }
    walks
}

#[test]
fn gushi_county_seat() {
    let Some(data) = data() else { return };
    let study = study_of(
        &data,
        "osm/gushi_seat.osm.pbf",
        "gushi/services.csv",
        "gushi/origins.csv",
    )
    .expect("valid");
    assert_eq!((study.sites().len(), study.cells().len()), (99, 935));
    let walks = agrees(&study);
    assert!(walks > 5_000, "{walks} walks");
}

#[test]
fn c17_points_in_another_datum_are_recognised() {
    let Some(data) = data() else { return };
    let folder = tempfile::tempdir().expect("a folder for the study");
    let suspects = |crs: &str| -> Vec<String> {
        let path = |file: &str| data.join(file).to_string_lossy().into_owned();
        let text = format!(
            "[inputs]\nstreets = '{}'\nsites = {{ path = '{}', crs = '{crs}' }}\ncells = {{ path = '{}', crs = '{crs}' }}\n",
            path("osm/gushi_seat.osm.pbf"),
            path("gushi/services.csv"),
            path("gushi/origins.csv")
        );
        let file = folder.path().join("study.toml");
        fs::write(&file, text).expect("written");
        let (_, findings) = read::study(&file).expect("valid");
        findings
            .iter()
            .filter(|f| f.code == "other-datum")
            .map(|f| f.message.to_string())
            .collect()
    };
    assert_eq!(suspects("WGS84"), Vec::<String>::new());
    for crs in ["GCJ-02", "BD-09"] {
        let messages = suspects(crs);
        assert_eq!(messages.len(), 2, "sites and cells: {messages:?}");
        assert!(
            messages.iter().all(|m| m.contains("look like WGS84")),
            "{messages:?}"
        );
    }
}

#[test]
fn porto_alegre() {
    let Some(data) = data() else { return };
    let (streets, sites) = ("osm/poa_osm.pbf", "r5r/poa_points_of_interest.csv");
    let study = study_of(&data, streets, sites, "r5r/poa_hexgrid.csv").expect("valid");
    assert_eq!((study.sites().len(), study.cells().len()), (15, 1227));
    assert_eq!(study.cells().people(), People::whole(812_935));
    let walks = agrees(&study);
    assert!(walks > 300, "{walks} walks");
    let results = walkshed::run(&study, &Options::default()).expect("it has the memory");
    let now = results.coverage;
    let people = VerdictKind::ALL
        .map(|kind| now.total().people_with(kind))
        .into_iter()
        .sum::<People>();
    assert_eq!(people, People::whole(812_935), "everybody has a verdict");
}

#[test]
fn two_packings_of_monaco_are_one_map() {
    let Some(data) = data() else { return };
    let map = |name: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let points = folder.path().join("points.csv");
        fs::write(&points, "id,lon,lat\na,7.4246,43.7384\nb,7.4197,43.7311\n").expect("written");
        let points = points.to_string_lossy().into_owned();
        study_of(&data, &format!("osm/{name}"), &points, &points).expect("valid")
    };
    let (lz4, zlib) = (map("monaco_lz4.osm.pbf"), map("monaco_planetiler.osm.pbf"));
    assert_eq!(lz4.network().nodes(), zlib.network().nodes());
    assert_eq!(lz4.network().edges(), zlib.network().edges());
}

#[test]
fn every_extract_is_read_or_says_why_not() {
    let Some(data) = data() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let points = folder.path().join("points.csv");
    fs::write(&points, "id,lon,lat\na,0.0,0.0\n").expect("written");
    let points = points.to_string_lossy().into_owned();
    let mut maps = 0;
    for entry in fs::read_dir(data.join("osm")).expect("the maps are there") {
        let name = entry
            .expect("readable")
            .file_name()
            .to_string_lossy()
            .into_owned();
        if !name.contains("osm") {
            continue;
        }
        // The only point lies in the Gulf of Guinea: a map that is read ends in that error.
        let refused = study_of(&data, &format!("osm/{name}"), &points, &points)
            .expect_err("nobody lives there")
            .to_string();
        assert!(
            refused.contains("none of the sites is within 500 m of a street"),
            "{name}: {refused}"
        );
        maps += 1;
    }
    assert_eq!(maps, 16);
}
