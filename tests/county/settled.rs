//! People of villages on their settled land: spread over it, or bounded by it.

use std::fmt::Write as _;

use walkshed::model::Study;
use walkshed::{People, Results, run};

use super::{findings, study_of};

/// Metres to degrees near the equator.
const EAST: f64 = 1.0 / 111_319.490_8;
const NORTH: f64 = 1.0 / 110_574.3;

fn at([east, north]: [f64; 2]) -> [f64; 2] {
    [116.0 + east * EAST, north * NORTH]
}

/// A rectangle of so many metres as a feature.
fn area(corner: [f64; 2], size: [f64; 2], properties: &str) -> String {
    let [west, south] = at(corner);
    let [east, north] = at([corner[0] + size[0], corner[1] + size[1]]);
    format!(
        r#"{{"type":"Feature","properties":{{{properties}}},"geometry":{{"type":"Polygon","coordinates":[[[{west:.7},{south:.7}],[{east:.7},{south:.7}],[{east:.7},{north:.7}],[{west:.7},{north:.7}],[{west:.7},{south:.7}]]]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    let features = features.join(",\n");
    format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}")
}

/// A map in OSM XML, of ways through places in metres.
#[derive(Default)]
struct Map {
    nodes: String,
    ways: String,
    count: usize,
}

impl Map {
    fn way(&mut self, places: &[[f64; 2]], tags: &[(&str, &str)]) {
        let first = self.count;
        for &place in places {
            self.count += 1;
            let [lon, lat] = at(place);
            let id = self.count;
            let _ = write!(
                self.nodes,
                r#"<node id="{id}" lat="{lat:.7}" lon="{lon:.7}"/>"#
            );
        }
        let _ = write!(self.ways, r#"<way id="{}">"#, self.count);
        for id in first + 1..=self.count {
            let _ = write!(self.ways, r#"<nd ref="{id}"/>"#);
        }
        // A ring ends where it begins.
        let is_ring = |(key, _): &(&str, &str)| matches!(*key, "landuse" | "ring");
        if tags.iter().any(is_ring) {
            let _ = write!(self.ways, r#"<nd ref="{}"/>"#, first + 1);
        }
        for (key, value) in tags {
            let _ = write!(self.ways, r#"<tag k="{key}" v="{value}"/>"#);
        }
        self.ways.push_str("</way>");
    }

    fn text(&self) -> String {
        format!("<osm version=\"0.6\">{}{}</osm>", self.nodes, self.ways)
    }
}

/// A village of 2 by 2 km with 1,000 people and 90 elderly; a road crosses it, settled land of 200 by
/// 200 m lies in its west, a street with houses of 800 m in its north-east.
fn village(with_land: bool, with_street: bool) -> Map {
    let mut map = Map::default();
    map.way(
        &[[0.0, 1_000.0], [1_000.0, 1_000.0], [2_000.0, 1_000.0]],
        &[("highway", "tertiary")],
    );
    if with_land {
        let ring = [
            [200.0, 1_000.0],
            [400.0, 1_000.0],
            [400.0, 1_200.0],
            [200.0, 1_200.0],
        ];
        map.way(&ring, &[("landuse", "residential")]);
    }
    if with_street {
        map.way(
            &[[1_900.0, 1_100.0], [1_900.0, 1_900.0]],
            &[("highway", "residential")],
        );
    }
    map
}

fn spread(map: &Map, more: &str) -> Study {
    spread_over(2_000.0, map, more)
}

/// The same of a village that is so many metres wide and high.
fn spread_over(side: f64, map: &Map, more: &str) -> Study {
    let village = r#""id":"v","population":1000,"elderly":90"#;
    let village = collection(&[area([0.0; 2], [side; 2], village)]);
    let text = format!(
        "[inputs]\nstreets = 'map.osm'\nsites = 'sites.csv'\ncells = {{ path = 'v.geojson', split_m = 100 }}\n{more}\n[[group]]\nid = 'elderly'\ncount = 'elderly'\nspeed_kmh = 3.0\n"
    );
    let [lon, lat] = at([300.0, 1_000.0]);
    let study = study_of(&[
        ("map.osm", &map.text()),
        (
            "sites.csv",
            &format!("id,lon,lat\nhall,{lon:.7},{lat:.7}\n"),
        ),
        ("v.geojson", &village),
        (
            "land.geojson",
            &collection(&[area([1_000.0, 900.0], [100.0; 2], "")]),
        ),
        ("study.toml", &text),
    ]);
    study.expect("a good study")
}

/// How many people live west of so many metres.
fn west_of(study: &Study, metres: f64) -> f64 {
    let limit = 116.0 + metres * EAST;
    let cells = study.cells().iter().map(|(_, cell)| cell);
    let west = cells.filter(|cell| cell.at.is_some_and(|at| at.lon() < limit));
    west.map(|cell| cell.people.as_f64()).sum()
}

#[test]
fn people_live_on_settled_land_and_along_streets_with_houses() {
    // 200 m by 200 m are as much as 800 m of a street with a strip of 50 m.
    let both = spread(&village(true, true), "");
    assert!(
        (west_of(&both, 1_000.0) - 500.0).abs() < 25.0,
        "{}",
        west_of(&both, 1_000.0)
    );
    assert!(
        (
            west_of(&both, 150.0),
            west_of(&both, 1_850.0) - west_of(&both, 450.0)
        ) == (0.0, 0.0)
    );
    let land = spread(&village(true, false), "");
    assert!((west_of(&land, 450.0) - 1_000.0).abs() < 1e-6);
    let street = spread(&village(false, true), "");
    assert!(west_of(&street, 1_850.0).abs() < 1e-6);
    // Where the map tells neither, all streets count.
    let none = spread(&village(false, false), "");
    assert!(
        (west_of(&none, 1_000.0) - 500.0).abs() < 60.0,
        "{}",
        west_of(&none, 1_000.0)
    );
    for study in [both, land, street, none] {
        let cells = study.cells();
        assert_eq!(cells.people(), People::whole(1_000));
        let elderly = cells.counts("elderly").expect("a count");
        assert_eq!(elderly.iter().copied().sum::<People>(), People::whole(90));
        assert!(cells.iter().all(|(id, _)| cells.is_estimated(id)));
        assert_eq!(cells.people_estimated(), People::whole(1_000));
        let said = findings(&study, "cells-split");
        assert!(
            said[0].ends_with("where 1000 of 1000 people live is an estimate"),
            "{said:?}"
        );
    }
}

/// Between the patches of a grid over 20 by 20 km, some 95 m wide, a hamlet of 30 by 30 m would be lost.
#[test]
fn hamlets_of_a_wide_village_count_by_their_area() {
    let mut map = Map::default();
    map.way(
        &[[0.0, 1_000.0], [20_000.0, 1_000.0], [10_000.0, 10_000.0]],
        &[("highway", "tertiary")],
    );
    let mut land = |[east, north]: [f64; 2], side: f64| {
        let ring = [[0.0, 0.0], [side, 0.0], [side, side], [0.0, side]];
        let ring = ring.map(|[x, y]| [east + x, north + y]);
        map.way(&ring, &[("landuse", "residential")]);
    };
    land([100.0, 1_000.0], 300.0);
    for step in 0..10 {
        let step = f64::from(step);
        land([10_003.0 + step * 911.0, 1_000.0 + step * 1_777.0], 30.0);
    }
    // One that is a metre wide.
    land([19_900.0, 1_005.0], 1.0);
    let study = spread_over(20_000.0, &map, "");
    // 9,000 of 99,000 m².
    let east = 1_000.0 - west_of(&study, 5_000.0);
    assert!((60.0..=100.0).contains(&east), "{east}");
    let cells = study.cells().iter();
    let last =
        cells.filter(|(_, cell)| cell.at.is_some_and(|at| at.lon() > 116.0 + 19_800.0 * EAST));
    assert_eq!(last.count(), 1);
}

#[test]
fn a_street_that_ends_where_it_begins_has_houses_too() {
    let mut map = village(false, false);
    let ring = [
        [1_700.0, 1_100.0],
        [1_900.0, 1_100.0],
        [1_900.0, 1_300.0],
        [1_700.0, 1_300.0],
    ];
    map.way(&ring, &[("highway", "residential"), ("ring", "yes")]);
    let study = spread(&map, "");
    assert!(west_of(&study, 1_600.0).abs() < 1e-6);
}

#[test]
fn land_that_crosses_itself_is_left_out_and_told() {
    let mut map = village(true, false);
    let bow = [
        [1_200.0, 1_000.0],
        [1_600.0, 1_400.0],
        [1_600.0, 1_000.0],
        [1_200.0, 1_400.0],
    ];
    map.way(&bow, &[("landuse", "residential")]);
    let study = spread(&map, "");
    assert!((west_of(&study, 450.0) - 1_000.0).abs() < 1e-6);
    assert_eq!(
        findings(&study, "map-outlines"),
        [
            "1 outline of the map cross themselves or enclose nothing: left out – correct them in OpenStreetMap"
        ]
    );
}

/// Streets of other formats tell their classes, too: in a column of their own, in words of their own.
#[test]
fn streets_with_houses_are_known_by_their_class() {
    let line = |ends: [[f64; 2]; 2], class: &str| {
        let [[west, south], [east, north]] = ends.map(at);
        format!(
            r#"{{"type":"Feature","properties":{{"等级":"{class}"}},"geometry":{{"type":"LineString","coordinates":[[{west:.7},{south:.7}],[{east:.7},{north:.7}]]}}}}"#
        )
    };
    let streets = collection(&[
        line([[0.0, 1_000.0], [1_900.0, 1_000.0]], "县道"),
        line([[1_900.0, 1_000.0], [1_900.0, 1_900.0]], "村道"),
    ]);
    let village = collection(&[area(
        [0.0; 2],
        [2_000.0; 2],
        r#""id":"v","population":1000"#,
    )]);
    let [lon, lat] = at([300.0, 1_000.0]);
    let share_west = |values: &str| {
        let text = format!(
            "[inputs]\nstreets = {{ path = 's.geojson', columns = {{ highway = '等级' }}, values = {values} }}\nsites = 'sites.csv'\ncells = {{ path = 'v.geojson', split_m = 100 }}\n"
        );
        let study = study_of(&[
            ("s.geojson", &streets),
            (
                "sites.csv",
                &format!("id,lon,lat\nhall,{lon:.7},{lat:.7}\n"),
            ),
            ("v.geojson", &village),
            ("study.toml", &text),
        ]);
        west_of(&study.expect("a good study"), 1_850.0) / 1_000.0
    };
    let houses = share_west("{ 县道 = 'tertiary', 村道 = 'residential' }");
    assert!(houses.abs() < 1e-9, "{houses}");
    let all = share_west("{ 县道 = 'tertiary', 村道 = 'unclassified' }");
    assert!((all - 1_850.0 / 2_800.0).abs() < 0.03, "{all}");
}

/// A zone may still name the village that was spread: it holds for all its parts.
#[test]
fn a_zone_that_names_a_village_holds_for_all_its_parts() {
    let zone = |cell: &str| {
        format!(
            "[[zone]]\nname = 'far'\ncells = ['{cell}']\nminutes = 25\n[target]\nsearch_minutes = 30\n"
        )
    };
    let study = spread(&village(true, true), &zone("v"));
    let cells = study.cells();
    assert!(cells.len() > 5);
    assert!(cells.iter().all(|(id, _)| study.zones().of(id).is_some()));
    let one = spread(&village(true, true), &zone("v/2"));
    let in_zone = one
        .cells()
        .iter()
        .filter(|(id, _)| one.zones().of(*id).is_some());
    assert_eq!(in_zone.count(), 1);
}

#[test]
fn a_file_of_settled_land_wins_over_the_map() {
    let study = spread(&village(true, true), "settlements = 'land.geojson'");
    assert!((west_of(&study, 1_150.0) - west_of(&study, 950.0) - 1_000.0).abs() < 1e-6);
    let files: Vec<&str> = study.sources().iter().map(|source| source.role).collect();
    assert!(files.contains(&"settlements"), "{files:?}");
}

/// A county of 5 by 5 villages of 2 by 2 km, each with three hamlets of 160 m and ten homes in each.
struct County {
    homes: Vec<([f64; 2], u64)>,
    hamlets: Vec<[f64; 2]>,
}

/// Numbers that look like chance, and are the same in every run.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 33).expect("31 bits")) / f64::from(1_u32 << 31)
    }
}

fn county(chance: &mut Chance) -> County {
    let mut county = County {
        homes: Vec::new(),
        hamlets: Vec::new(),
    };
    for village in 0..25_u32 {
        let corner = [village % 5, village / 5].map(|number| f64::from(number) * 2_000.0);
        for _ in 0..3 {
            let hamlet = corner.map(|low| low + 100.0 + 1_600.0 * chance.next());
            county.hamlets.push(hamlet);
            for people in 1..=10 {
                let home = hamlet.map(|low| low + 160.0 * chance.next());
                county.homes.push((home, people));
            }
        }
    }
    county
}

/// Streets every 250 m.
fn grid() -> String {
    let mut lines = Vec::new();
    for line in 0..=40_u32 {
        let off = f64::from(line) * 250.0;
        for is_row in [false, true] {
            let vertex = |step: u32| {
                let along = f64::from(step) * 250.0;
                let [lon, lat] = at(if is_row { [along, off] } else { [off, along] });
                format!("[{lon:.7},{lat:.7}]")
            };
            let vertices: Vec<String> = (0..=40).map(vertex).collect();
            lines.push(format!(
                r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
                vertices.join(",")
            ));
        }
    }
    collection(&lines)
}

fn results(files: &[(&str, &str)], inputs: &str) -> Results {
    let text = format!("[inputs]\nstreets = 'streets.geojson'\nsites = 'sites.csv'\n{inputs}\n");
    let mut files = files.to_vec();
    files.push(("study.toml", &text));
    let study = study_of(&files).expect("a good study");
    run(&study, &walkshed::Options::default()).expect("few pairs")
}

fn share(results: &Results) -> f64 {
    results.coverage.share().value().expect("people")
}

fn bounds(results: &Results) -> [f64; 2] {
    let sizes = results.breakdown.sizes.as_ref().expect("large cells");
    let bounds = [sizes.total.lower_share(), sizes.total.upper_share()];
    bounds.map(|share| share.value().expect("people"))
}

/// Where nobody lives outside of settled land, the bounds of villages look no farther than that: they
/// still hold the truth, and say much more.
#[test]
fn settled_land_makes_the_bounds_of_villages_narrow_and_they_hold_the_truth() {
    for seed in 1..=3 {
        let mut chance = Chance(seed);
        let County { homes, hamlets } = county(&mut chance);
        let mut sites = "id,lon,lat\n".to_owned();
        for site in 0..20 {
            let [lon, lat] = at([chance.next(), chance.next()].map(|part| part * 10_000.0));
            let _ = writeln!(sites, "s{site},{lon:.7},{lat:.7}");
        }
        let mut table = "id,lon,lat,population\n".to_owned();
        for (number, (place, people)) in homes.iter().enumerate() {
            let [lon, lat] = at(*place);
            let _ = writeln!(table, "{number},{lon:.7},{lat:.7},{people}");
        }
        let villages: Vec<String> = (0..25_u32)
            .map(|village| {
                let corner = [village % 5, village / 5].map(|number| f64::from(number) * 2_000.0);
                let said = format!(r#""id":"v{village:02}","population":165"#);
                area(corner, [2_000.0; 2], &said)
            })
            .collect();
        let land: Vec<String> = hamlets
            .iter()
            .map(|low| area(*low, [160.0; 2], ""))
            .collect();
        let [streets, villages, land] = [grid(), collection(&villages), collection(&land)];
        let files = [
            ("streets.geojson", streets.as_str()),
            ("sites.csv", &sites),
            ("homes.csv", &table),
            ("villages.geojson", &villages),
            ("land.geojson", &land),
        ];
        let truth = share(&results(&files, "cells = 'homes.csv'"));
        let anywhere = results(&files, "cells = 'villages.geojson'");
        let on_land = "cells = 'villages.geojson'\nsettlements = 'land.geojson'";
        let on_land = results(&files, on_land);
        let split =
            "cells = { path = 'villages.geojson', split_m = 250 }\nsettlements = 'land.geojson'";
        let split = results(&files, split);
        let [low, high] = bounds(&on_land);
        println!(
            "seed {seed}: truth {truth:.3}; villages {:.3} in {:.3?}; on land {:.3} in {:.3?}; spread {:.3}",
            share(&anywhere),
            bounds(&anywhere),
            share(&on_land),
            [low, high],
            share(&split),
        );
        assert!((low..=high).contains(&truth), "seed {seed}");
        assert!((low..=high).contains(&share(&on_land)), "seed {seed}");
        let width = |[low, high]: [f64; 2]| high - low;
        assert!(width(bounds(&on_land)) < 0.75 * width(bounds(&anywhere)));
        assert!((share(&split) - truth).abs() < 0.05);
        assert_eq!(findings(on_land.study(), "cells-settled").len(), 1);
    }
}

#[test]
fn what_settled_land_does_not_change_is_told() {
    let village = collection(&[area([0.0; 2], [2_000.0; 2], r#""id":"v","population":9"#)]);
    let files = |land: String| {
        let streets = grid();
        let [lon, lat] = at([1_000.0; 2]);
        let site = format!("id,lon,lat\nhall,{lon:.7},{lat:.7}\n");
        let study = "[inputs]\nstreets = 's.geojson'\nsites = 'sites.csv'\ncells = 'v.geojson'\nsettlements = 'land.geojson'\n";
        study_of(&[
            ("s.geojson", &streets),
            ("sites.csv", &site),
            ("v.geojson", &village),
            ("land.geojson", &land),
            ("study.toml", study),
        ])
    };
    let beside = files(collection(&[area([3_000.0; 2], [100.0; 2], "")])).expect("a good study");
    assert_eq!(
        findings(&beside, "cells-not-settled"),
        [
            "1 large cell has no settled land within: people are taken to live anywhere in it – complete inputs.settlements"
        ]
    );
    let point = r#"{"type":"Point","coordinates":[116.001,0.001]}"#;
    let said = files(point.to_owned()).expect_err("no area");
    assert!(said.contains("settled land is an area"), "{said}");
    // A hamlet of one house is found.
    let house = files(collection(&[area([512.0, 512.0], [12.0; 2], "")])).expect("a good study");
    assert_eq!(findings(&house, "cells-settled").len(), 1);
}
