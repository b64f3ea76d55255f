//! Islands of streets: who stands beside one hangs on a larger part nearly as near, and is told of.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;
use walkshed::assess::{explain, site_view};
use walkshed::ids::CellId;
use walkshed::model::{Cell, Cells, Islands, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;
use walkshed::score::VerdictKind;
use walkshed::snap::{Snap, link};
use walkshed::{Options, People, Results, read, report};

/// A main street of 61 vertices, 6 km long; beside it, `off` metres north, a lane of 400 m that nothing
/// leads to. On the lane stand a site and a cell of 30 people, on the street another cell of 7.
fn study(off: f64, walk: &str) -> Result<Study, read::ReadError> {
    let at = |east: f64, north: f64| {
        format!(
            "{:.7},{:.7}",
            116.2 + east / 96_770.0,
            29.73 + north / 110_850.0
        )
    };
    let main: Vec<String> = (0..=60)
        .map(|step| format!("[{}]", at(f64::from(step) * 100.0, 0.0)))
        .collect();
    let lane = [0.0, 200.0, 400.0].map(|east| format!("[{}]", at(3000.0 + east, off)));
    let feature = |vertices: &[String]| {
        let vertices = vertices.join(",");
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{vertices}]}}}}"#
        )
    };
    let streets = format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        feature(&main),
        feature(&lane)
    );
    let sites = format!("id,lon,lat\nhall,{}\n", at(3100.0, off + 10.0));
    let cells = format!(
        "id,lon,lat,population\nlane,{},30\nstreet,{},7\n",
        at(3300.0, off + 5.0),
        at(3200.0, -5.0)
    );
    let folder = TempDir::new().expect("a folder");
    let inputs = "streets = 'streets.geojson'\nsites = 'sites.csv'\ncells = 'cells.csv'";
    let file = format!("[inputs]\n{inputs}\n[walk]\n{walk}\n");
    let files = [
        ("streets.geojson", streets),
        ("sites.csv", sites),
        ("cells.csv", cells),
        ("study.toml", file),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("written");
    }
    read::study(folder.path().join("study.toml")).map(|(study, _)| study)
}

fn run(study: &Study) -> Results {
    walkshed::run(study, &Options::default()).expect("a small study")
}

fn cell_named(study: &Study, id: &str) -> CellId {
    let mut cells = study.cells().iter();
    cells
        .find(|(_, cell)| cell.id == id)
        .expect("it is there")
        .0
}

fn covered(results: &Results) -> u64 {
    results.coverage.total().cells_with(VerdictKind::Covered)
}

#[test]
fn points_leave_an_island_for_a_street_that_is_nearly_as_near() {
    // The lane lies 80 m off the street; the hall 90 m, so 80 m farther than the lane.
    let kept = run(&study(80.0, "islands = 'keep'").expect("a study"));
    assert_eq!(covered(&kept), 1, "the lane alone");
    let left = run(&study(80.0, "").expect("a study"));
    assert_eq!(covered(&left), 2);
    let gap = |results: &Results| {
        let site = results.study().sites().find("hall").expect("hall");
        results
            .coverage
            .times()
            .links()
            .site(site)
            .gap()
            .map(f64::round)
    };
    assert_eq!((gap(&kept), gap(&left)), (Some(10.0), Some(90.0)));
    // 101 m farther off is too far.
    let far = run(&study(101.5, "").expect("a study"));
    assert_eq!((covered(&far), gap(&far)), (1, Some(10.0)));
    // Whether it is stranded depends on the nearest street alone.
    let near = run(&study(80.0, "max_snap_m = 50").expect("a study"));
    assert_eq!((covered(&near), gap(&near)), (2, Some(90.0)));
    let none = run(&study(80.0, "max_snap_m = 9").expect("a study"));
    assert_eq!(gap(&none), None);
}

#[test]
fn whoever_stands_beside_an_island_is_told_on_the_screen_and_by_name() {
    for (walk, said, row) in [
        (
            "islands = 'keep'",
            "2 hang on it",
            "cell-on-island,cells.csv,,lane,\"it hangs on an island",
        ),
        (
            "",
            "2 of them hang on a larger part",
            "cell-on-island,cells.csv,,lane,\"its nearest street",
        ),
    ] {
        let results = run(&study(80.0, walk).expect("a study"));
        let screen = report::summary(&results).to_text();
        let told = "1 site and 1 cell with 30 people have an island for their nearest street";
        assert!(screen.contains(told) && screen.contains(said), "{screen}");
        assert!(screen.contains("(sites: hall)"), "{screen}");
        let out = TempDir::new().expect("a folder");
        report::write(&results, out.path().join("out")).expect("written");
        let file =
            |name: &str| fs::read_to_string(out.path().join("out").join(name)).expect("written");
        let table = file("findings.csv");
        assert!(
            table.contains(row) && table.contains("site-on-island,sites.csv,,hall,"),
            "{table}"
        );
        let map: serde_json::Value = serde_json::from_str(&file("islands.geojson")).expect("JSON");
        let island = &map["features"][0];
        assert_eq!(island["properties"]["vertices"], 3);
        assert_eq!(island["properties"]["people"], 30);
        assert_eq!(
            island["geometry"]["coordinates"].as_array().map(Vec::len),
            Some(2)
        );
        let apart = island["properties"]["apart_m"].as_f64().expect("a number");
        assert!((apart - 80.0).abs() < 0.5, "{apart}");
        let word = if walk.is_empty() { "avoid" } else { "keep" };
        assert!(file("manifest.json").contains(&format!(r#""islands": "{word}""#)));
    }
}

#[test]
fn explain_names_the_island_of_a_cell_and_of_a_site() {
    for (walk, said) in [
        ("islands = 'keep'", "island of 3 vertices and 400 m"),
        (
            "",
            "its nearest street is on an island of 3 vertices and 400 m",
        ),
    ] {
        let results = run(&study(80.0, walk).expect("a study"));
        let study = results.study();
        let item = study.catalogue().iter().next().expect("an item").0;
        let cell = cell_named(study, "lane");
        let why = report::explanation(&explain(&results.coverage, cell, item));
        assert!(why.contains(said), "{why}");
        let site = study.sites().find("hall").expect("hall");
        let view = site_view(&results.coverage, None, site);
        let text = report::site_view(&view);
        assert!(text.contains(said), "{text}");
        let json: serde_json::Value =
            serde_json::from_str(&report::site_view_json(&view)).expect("JSON");
        assert_eq!(json["site"]["island"]["vertices"], 3);
        let other = cell_named(study, "street");
        let why = report::explanation(&explain(&results.coverage, other, item));
        // Where all sites are kept elsewhere, the street itself is cut off from them.
        assert_eq!(why.contains("island"), !walk.is_empty(), "{why}");
    }
}

#[test]
fn another_word_is_an_error_and_small_islands_left_aside_are_told_beside_a_border() {
    let error = study(80.0, "islands = 'leave'")
        .expect_err("no such word")
        .to_string();
    assert!(
        error.contains("walk.islands") && error.contains("avoid"),
        "{error}"
    );
    let aside = study(80.0, "min_component = 4").expect("a study");
    let codes: Vec<&str> = aside
        .findings()
        .iter()
        .map(|finding| finding.code)
        .collect();
    assert!(
        !codes.contains(&"bounds-need-all"),
        "no boundary, no bounds"
    );
}

/// Las Palmas, Porto Alegre and Monaco with random sites and cells: nobody is worse off for leaving islands,
/// and nobody hangs on one who has a larger part at hand.
#[test]
fn real_places_are_served_from_no_island() {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return;
    };
    let data = data
        .canonicalize()
        .expect("WALKSHED_DATA names the data folder");
    for place in [
        "las_palmas_2023.osm.pbf",
        "poa_osm.pbf",
        "monaco_planetiler.osm.pbf",
    ] {
        let keep = scattered(&data.join("data/osm").join(place), Islands::Keep);
        let avoid = scattered(&data.join("data/osm").join(place), Islands::Avoid);
        let shares = [&keep, &avoid].map(|study| run(study).coverage.share());
        let torn = link(&avoid).torn().clone();
        let left: usize = torn
            .islands
            .iter()
            .map(|island| island.left.sites.len())
            .sum();
        println!(
            "{place}: {} kept, {} avoided; {left} of 300 sites left one",
            shares[0], shares[1]
        );
        assert!(shares[1].value() >= shares[0].value(), "{place}");
        let links = link(&avoid);
        for island in &torn.islands {
            for &site in &island.hung.sites {
                let gap = links.site(site).gap().expect("it hangs");
                assert!(gap < 500.0, "{place}");
            }
        }
        for site in torn.islands.iter().flat_map(|island| &island.left.sites) {
            let Snap::Snapped { edge, .. } = links.site(*site) else {
                panic!("{place}: it hangs somewhere");
            };
            assert!(avoid.network().component_size(edge) >= 50);
        }
    }
}

/// 300 sites and 1,000 cells up to 60 m beside vertices that look like chance.
fn scattered(streets: &std::path::Path, islands: Islands) -> Study {
    let folder = TempDir::new().expect("a folder");
    let inputs = format!(
        "streets = '{}'\nsites = 's.csv'\ncells = 's.csv'",
        streets.display()
    );
    let nowhere = fs::read(streets).expect("the extract is there");
    assert!(!nowhere.is_empty());
    let file = folder.path().join("study.toml");
    fs::write(
        &file,
        format!("[inputs]\n{inputs}\n[limits]\nmemory_mb = 4096\n"),
    )
    .expect("written");
    // Where the streets are is known only once they are read; a point at a vertex of them is near enough.
    let place = match streets.file_name().and_then(|name| name.to_str()) {
        Some("las_palmas_2023.osm.pbf") => "-15.43,28.12",
        Some("poa_osm.pbf") => "-51.22,-30.03",
        _ => "7.42,43.737",
    };
    fs::write(
        folder.path().join("s.csv"),
        format!("id,lon,lat\n1,{place}\n"),
    )
    .expect("written");
    let (study, _) = read::study(&file).expect("a study");
    let nodes = study.network().nodes().to_vec();
    let mut state = 7_u64;
    let mut chance = move |most: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % most
    };
    let mut point = || {
        let node = nodes[chance(nodes.len())];
        let mut aside = || (f64::from(u32::try_from(chance(1201)).expect("small")) - 600.0) / 1.1e6;
        Position::new(node.lon() + aside(), node.lat() + aside()).expect("on the globe")
    };
    let sites: Vec<Site> = (0..300)
        .map(|place| Site::at(&format!("{place:03}"), point()))
        .collect();
    let cells: Vec<Cell> = (0..1000)
        .map(|place| Cell {
            id: place.to_string(),
            ..Cell::at(point(), People::whole(1))
        })
        .collect();
    let network = study.network().clone();
    let mut parts = StudyParts::new(network, Sites::new(sites), Cells::new(cells));
    parts.walk.islands = islands;
    Study::new(parts).expect("a study")
}
