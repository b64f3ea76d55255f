//! Real places, checked against an independent computation. Runs when `WALKSHED_DATA` names the
//! data folder, and then fails if a file is missing.

mod common;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use common::oracle_seconds;
use walkshed::ids::ItemId;
use walkshed::model::{Catalogue, Cell, Cells, Network, Site, Sites, Study, StudyParts, Target, Walk};
use walkshed::plane::Position;
use walkshed::score::{VerdictKind, coverage};
use walkshed::search::travel_times;
use walkshed::snap::link;
use walkshed::{People, TravelTime, read};

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("data"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    // Studies name their files relative to themselves; these stand elsewhere.
    folder.map(|folder| folder.canonicalize().expect("WALKSHED_DATA names the data folder"))
}

/// A study of files of the data folder.
fn study_of(data: &Path, streets: &str, sites: &str, cells: &str) -> Result<Study, read::ReadError> {
    let folder = tempfile::tempdir().expect("a folder for the study");
    let path = |file: &str| data.join(file).to_string_lossy().into_owned();
    let text =
        format!("[inputs]\nstreets = '{}'\nsites = '{}'\ncells = '{}'\n", path(streets), path(sites), path(cells));
    let file = folder.path().join("study.toml");
    fs::write(&file, text).expect("written");
    read::study(&file).map(|(study, _)| study)
}

/// Compares every walk with petgraph's, and returns how many there were.
fn agrees(study: &Study) -> usize {
    let links = link(study);
    let budget = TravelTime::from_minutes(30);
    let times = travel_times(study, &links, budget);
    let oracle = oracle_seconds(study, f64::INFINITY);
    let mut walks = 0;
    for (cell, described) in study.cells().iter() {
        for (site, _) in study.sites().iter() {
            let found = times.of(cell).iter().find(|reach| reach.site == site).map(|reach| reach.time.seconds());
            let exact = oracle[site.index()][cell.index()];
            let id = &described.id;
            match (found, exact) {
                (Some(found), Some(exact)) => assert!((found - exact).abs() <= 1.0, "{id}: {found} s, not {exact} s"),
                (None, Some(exact)) => assert!(exact > budget.seconds() - 1.0, "{id}: {exact} s were not found"),
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
    let study = study_of(&data, "osm/gushi_seat.osm.pbf", "gushi/services.csv", "gushi/origins.csv").expect("valid");
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
        findings.iter().filter(|f| f.code == "other-datum").map(|f| f.message.clone()).collect()
    };
    assert_eq!(suspects("WGS84"), Vec::<String>::new());
    for crs in ["GCJ-02", "BD-09"] {
        let messages = suspects(crs);
        assert_eq!(messages.len(), 2, "sites and cells: {messages:?}");
        assert!(messages.iter().all(|m| m.contains("look like WGS84")), "{messages:?}");
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
    let links = link(&study);
    let times = travel_times(&study, &links, study.target.search);
    let now = coverage(&study, &times, &study.target);
    let people = VerdictKind::ALL.map(|kind| now.total().people_with(kind)).into_iter().sum::<People>();
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
        let name = entry.expect("readable").file_name().to_string_lossy().into_owned();
        if !name.contains("osm") {
            continue;
        }
        // The only point lies in the Gulf of Guinea: a map that is read ends in that error.
        let refused =
            study_of(&data, &format!("osm/{name}"), &points, &points).expect_err("nobody lives there").to_string();
        assert!(refused.contains("none of the sites is within 500 m of a street"), "{name}: {refused}");
        maps += 1;
    }
    assert_eq!(maps, 16);
}

fn gunzipped(path: &Path) -> String {
    let mut text = String::new();
    let file = fs::File::open(path).expect("the file is there");
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).expect("whole");
    text
}

/// The published graph as a study: a site at each service vertex, a cell at each vertex.
fn published_graph(folder: &Path, services: &[usize]) -> Study {
    let nodes: Vec<Position> = gunzipped(&folder.join("nodes.csv.gz"))
        .lines()
        .skip(1)
        .map(|line| {
            let fields: Vec<&str> = line.split(',').collect();
            let number = |place: usize| fields[place].parse().expect("degrees");
            Position::new(number(2), number(3)).expect("on the globe")
        })
        .collect();
    let edges: Vec<(usize, usize, f64)> = gunzipped(&folder.join("edges.csv.gz"))
        .lines()
        .skip(1)
        .map(|line| {
            let numbers: Vec<u32> = line.split(',').map(|n| n.parse().expect("a number")).collect();
            (numbers[0] as usize, numbers[1] as usize, f64::from(numbers[2]) / 1000.0)
        })
        .collect();
    let site = |&node: &usize| Site { name: String::new(), ..Site::new(&format!("{node:06}"), nodes[node]) };
    let cell = |(place, &at): (usize, &Position)| Cell {
        id: place.to_string(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at),
    };
    let parts = StudyParts {
        sites: Sites::new(services.iter().map(site).collect()),
        cells: Cells::new(nodes.iter().enumerate().map(cell).collect()),
        catalogue: Catalogue::implicit(services.len()),
        network: Network::new(nodes, &edges).expect("valid"),
        ..StudyParts::default()
    };
    let limit = TravelTime::from_minutes(15);
    Study::new(parts, Walk::default(), Target { limit, search: limit, items: vec![ItemId::new(0)], date: None })
}

/// At 4 km/h a millimetre is nine ticks, so the published sums are met to the millimetre.
#[test]
fn the_published_distances_of_porto_alegre_are_met_to_the_millimetre() {
    let Some(data) = data() else { return };
    let folder = data.join("oracle/poa");
    let text = fs::read_to_string(folder.join("expected.json")).expect("the file is there");
    let expected: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let services: Vec<usize> = expected["services"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(serde_json::Value::as_u64)
        .filter_map(|n| usize::try_from(n).ok())
        .collect();
    let study = published_graph(&folder, &services);
    assert_eq!(study.network().nodes().len() as u64, expected["nodes"].as_u64().expect("a number"));
    assert_eq!(study.network().component_sizes().len() as u64, expected["components"].as_u64().expect("a number"));
    let links = link(&study);
    // The farthest is 5,315,261 mm away: 80 minutes.
    let times = travel_times(&study, &links, TravelTime::from_minutes(120));
    let nearest: Vec<u64> = study
        .cells()
        .iter()
        .filter_map(|(cell, _)| times.nearest(cell))
        .map(|reach| u64::from(reach.time.ticks()))
        .collect();
    let ticks = |millimetres: &serde_json::Value| millimetres.as_u64().expect("a number") * 9;
    assert_eq!((study.cells().len() - nearest.len()) as u64, expected["unreachable"].as_u64().expect("a number"));
    assert_eq!(nearest.iter().sum::<u64>(), ticks(&expected["sum_dist_mm"]));
    assert_eq!(nearest.iter().max().copied(), Some(ticks(&expected["max_dist_mm"])));
    for metres in [300, 500, 1000, 1125, 1200] {
        let within = nearest.iter().filter(|&&walk| walk <= metres * 9000).count() as u64;
        assert_eq!(Some(within), expected[format!("nodes_within_{metres}m")].as_u64(), "{metres} m");
    }
    let exact = gunzipped(&folder.join("nearest_mm.csv.gz"));
    for ((cell, _), line) in study.cells().iter().zip(exact.lines()) {
        let found = times.nearest(cell).map(|reach| u64::from(reach.time.ticks()));
        let exact = line.parse::<u64>().ok().filter(|&mm| mm < 4_294_967_295).map(|mm| mm * 9);
        assert_eq!(found, exact, "vertex {}", cell.index());
    }
}
