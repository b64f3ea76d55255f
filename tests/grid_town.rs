//! Grid town: n×n blocks, where the answer is a formula.

use walkshed::TravelTime;
use walkshed::ids::CellId;
use walkshed::model::{Catalogue, Cell, Cells, Language, Network, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;
use walkshed::search::{Work, travel_times};
use walkshed::snap::link;
use walkshed::{Options, People, Speed};

/// A town of `size` × `size` junctions a block apart, a cell at each, and a site in the middle.
fn grid(size: usize, block_m: f64) -> Study {
    let step = 0.001;
    let at = |i: usize| {
        let place = |n: usize| f64::from(u32::try_from(n).expect("small")) * step;
        Position::new(116.0 + place(i % size), 29.7 + place(i / size)).expect("valid")
    };
    let across = (0..size * size)
        .filter(|i| i % size + 1 < size)
        .map(|i| (i, i + 1, block_m));
    let down = (0..size * (size - 1)).map(|i| (i, i + size, block_m));
    let nodes: Vec<Position> = (0..size * size).map(at).collect();
    let cell = |(i, &at): (usize, &Position)| Cell {
        id: i.to_string(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at),
    };
    let middle = nodes[size * size / 2];
    let parts = StudyParts {
        name: "grid".into(),
        language: Language::English,
        cells: Cells::new(nodes.iter().enumerate().map(cell).collect()),
        sites: Sites::new(vec![Site::at("s", middle)]),
        network: Network::new(nodes, &across.chain(down).collect::<Vec<_>>()).expect("valid"),
        catalogue: Catalogue::implicit(1),
        ..StudyParts::default()
    };
    Study::new(parts).expect("a study")
}

#[test]
fn travel_time_is_manhattan_blocks() {
    let (size, block) = (21, 100.0);
    let study = grid(size, block);
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(60));
    for i in 0..size * size {
        let blocks = (i % size).abs_diff(size / 2) + (i / size).abs_diff(size / 2);
        let expected = f64::from(u32::try_from(blocks).expect("small")) * block * 0.9;
        let found = times
            .nearest(CellId::new(i))
            .map_or(f64::NAN, |reach| reach.time.seconds());
        assert!(
            (found - expected).abs() < 1e-3,
            "junction {i}: {found} s, not {expected} s"
        );
    }
}

#[test]
fn coverage_is_a_diamond_of_junctions() {
    for (block, speed, radius) in [
        (100.0, 4.0, 10_u32),
        (125.0, 4.0, 8),
        (100.0, 3.6, 9),
        (400.0, 4.0, 2),
    ] {
        let speed_kmh = Speed::from_kmh(speed).expect("valid");
        let study = grid(25, block).with(|parts| parts.walk.speed = speed_kmh);
        let study = study.expect("still a study");
        let now = walkshed::run(&study, &Options::default())
            .expect("a small study")
            .coverage;
        let diamond = 2 * radius * radius + 2 * radius + 1;
        assert_eq!(
            now.total().covered(),
            People::whole(diamond),
            "{block} m blocks at {speed} km/h"
        );
    }
}

#[test]
fn work_is_the_diamond_too() {
    let study = grid(41, 100.0);
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(15));
    let junctions = 2 * 100 + 20 + 1;
    assert_eq!(
        times.work(),
        Work {
            settled: junctions,
            relaxed: 4 * junctions,
            pushed: junctions
        }
    );
}
