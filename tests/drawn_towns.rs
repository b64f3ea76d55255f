//! Small towns whose answer one can see. Each test is named by the question it answers.

use walkshed::draw::town;
use walkshed::model::{Cell, Cells, Network, Site, Sites, Study, StudyParts};
use walkshed::plane::Position;
use walkshed::score::{Coverage, VerdictKind};
use walkshed::search::{TravelTimes, Work, travel_times};
use walkshed::snap::{Linkage, Snap, link};
use walkshed::{Options, People, Share, TravelTime};

/// Seconds from a cell to a site, by their letters.
fn seconds(study: &Study, cell: &str, site: &str) -> Option<f64> {
    let links = link(study);
    let times = travel_times(&links, TravelTime::from_minutes(60));
    let (cell, _) = study
        .cells()
        .iter()
        .find(|(_, c)| c.id == cell)
        .expect("the cell is drawn");
    let site = study.sites().find(site).expect("the site is drawn");
    times
        .of(cell)
        .iter()
        .find(|reach| reach.site == site)
        .map(|reach| reach.time.seconds())
}

fn judged<T>(study: &Study, ask: impl FnOnce(&Coverage) -> T) -> T {
    let results = walkshed::run(study, &Options::default()).expect("a small study");
    ask(&results.coverage)
}

/// 4 km/h.
fn walk_of(metres: f64) -> f64 {
    metres * 0.9
}

fn close(found: Option<f64>, metres: f64) {
    let expected = walk_of(metres);
    assert!(
        found.is_some_and(|s| (s - expected).abs() < 0.01),
        "{found:?} s, not {expected} s ({metres} m)"
    );
}

#[test]
fn c1_does_a_point_hang_on_the_street_and_not_on_its_junction() {
    let study = town("A----x------s----B", 50.0, "s");
    close(seconds(&study, "x", "s"), 350.0);
}

#[test]
fn c2_do_both_gaps_count() {
    let study = town("x\n\nA---------B\n\n\n          s", 50.0, "s");
    close(seconds(&study, "x", "s"), 100.0 + 500.0 + 150.0);
}

#[test]
fn c3_is_a_home_mid_street_reached_from_both_ends() {
    let around = "
        A-----x--B
        |        |
        |        |
        C---s----D
    ";
    let study = town(around, 10.0, "s");
    close(seconds(&study, "x", "s"), 30.0 + 30.0 + 50.0);
}

#[test]
fn c3_are_two_points_on_one_street_joined_directly_or_round_the_block() {
    // Along their own street 60 m; round the short block 20 m + 10 m + 10 m + … is longer.
    let study = town("A--x-----s--B", 10.0, "s");
    close(seconds(&study, "x", "s"), 60.0);
}

#[test]
fn c4_is_the_shorter_of_two_parallel_edges_taken_and_can_the_way_round_be_shorter_than_along() {
    let at = |lon: f64| Position::new(lon, 0.0).expect("valid");
    let nodes = vec![at(0.0), at(0.001)];
    // A U-shaped edge of 900 m, a straight one of 111 m, and a loop at the first end.
    let edges = [(0, 1, 900.0), (0, 1, 111.0), (0, 0, 50.0)];
    let parts = StudyParts {
        network: Network::new(nodes, &edges).expect("valid"),
        ..town("", 1.0, "").into_parts()
    };
    let graph = parts.network.to_petgraph();
    assert_eq!(graph.edge_count(), 3);
    let site = Site::at("s", at(0.0));
    let cell = Cell {
        id: "x".into(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at(0.001)),
    };
    let study = study_of(StudyParts {
        sites: Sites::new(vec![site]),
        cells: Cells::new(vec![cell]),
        ..parts
    });
    close(seconds(&study, "x", "s"), 111.0);
}

fn study_of(parts: StudyParts) -> Study {
    let parts = StudyParts {
        catalogue: walkshed::model::Catalogue::implicit(parts.sites.len()),
        ..parts
    };
    Study::new(parts).expect("a study")
}

#[test]
fn c4_do_edges_without_length_and_loops_harm() {
    let at = |lon: f64| Position::new(lon, 0.0).expect("valid");
    let network = Network::new(
        vec![at(0.0), at(0.0), at(0.001)],
        &[(0, 1, 0.0), (1, 2, 111.3), (2, 2, 0.0)],
    );
    let mut parts = town("", 1.0, "").into_parts();
    parts.network = network.expect("valid");
    let site = Site::at("s", at(0.0));
    let cell = Cell {
        id: "x".into(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at(0.001)),
    };
    let study = study_of(StudyParts {
        sites: Sites::new(vec![site]),
        cells: Cells::new(vec![cell]),
        ..parts
    });
    close(seconds(&study, "x", "s"), 111.3);
}

#[test]
fn c5_is_the_nearest_site_by_street_found_where_it_is_not_the_nearest_by_air() {
    let map = "
        A---x-----------------B------s
                              |
        C---t-----------------D
    ";
    let study = town(&map.replace('s', "s-E"), 10.0, "st");
    close(seconds(&study, "x", "s"), 250.0);
    close(seconds(&study, "x", "t"), 380.0);
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(30));
    let nearest = times
        .nearest(walkshed::ids::CellId::new(0))
        .map(|reach| reach.site);
    assert_eq!(nearest, study.sites().find("s"), "t is 20 m away by air");
}

#[test]
fn c6_may_a_point_be_snapped_across_a_river() {
    let mut parts = town("A---------B\n\n     x\n\n\n\nC---------D", 10.0, "s").into_parts();
    let at = |x: f64, y: f64| Position::new(x / 111_319.49, -y / 110_574.28).expect("valid");
    parts.barriers = vec![[at(-50.0, 10.0), at(150.0, 10.0)]];
    let study = study_of(parts);
    let links = link(&study);
    let (cell, _) = study.cells().iter().next().expect("drawn");
    assert_eq!(
        links.cell(cell).and_then(Snap::gap).map(f64::round),
        Some(40.0),
        "the far bank is out of bounds"
    );
    let mut parts = study.into_parts();
    parts.barriers.push([at(-50.0, 50.0), at(150.0, 50.0)]);
    let study = study_of(parts);
    let stranded = link(&study).cell(cell);
    assert!(
        matches!(stranded, Some(Snap::Stranded { nearest: Some(m) }) if (m - 20.0).abs() < 0.1),
        "{stranded:?}"
    );
}

#[test]
fn c9_is_the_unreachable_a_verdict_and_never_a_number() {
    let study = town("A--s--B\n\n\n\nC--x--D", 10.0, "s");
    assert_eq!(seconds(&study, "x", "s"), None);
    judged(&study, |now| {
        assert_eq!(now.total().cells_with(VerdictKind::OutOfReach), 1);
        assert_eq!(now.share().value(), Some(0.0));
    });
}

#[test]
fn c10_are_islands_kept_and_only_left_out_on_request() {
    let study = town("A--x--B\n\nC--s--D\n|     |\nE-----F", 10.0, "s");
    assert_eq!(
        seconds(&study, "x", "s"),
        None,
        "x hangs on its own small island"
    );
    let study = study
        .with(|parts| parts.walk.min_component = 3)
        .expect("still a study");
    close(seconds(&study, "x", "s"), 20.0);
}

#[test]
fn c14_is_exactly_fifteen_minutes_in_and_a_tick_more_out() {
    for (metres, verdict) in [
        (1000.0, VerdictKind::Covered),
        (1_000.000_2, VerdictKind::TooFar),
    ] {
        let at = |lon: f64| Position::new(lon, 0.0).expect("valid");
        let mut parts = town("", 1.0, "").into_parts();
        parts.network = Network::new(vec![at(0.0), at(0.009)], &[(0, 1, metres)]).expect("valid");
        let site = Site::at("s", at(0.0));
        let cell = Cell {
            id: "x".into(),
            name: String::new(),
            unit: None,
            people: People::whole(7),
            at: Some(at(0.009)),
        };
        let study = study_of(StudyParts {
            sites: Sites::new(vec![site]),
            cells: Cells::new(vec![cell]),
            ..parts
        });
        judged(&study, |now| {
            assert_eq!(
                now.total().people_with(verdict),
                People::whole(7),
                "{metres} m"
            );
        });
    }
}

#[test]
fn c15_do_ten_thousand_short_edges_add_up() {
    let at = |i: u32| Position::new(f64::from(i) * 1.26e-5, 0.0).expect("valid");
    let edges: Vec<_> = (0..10_000).map(|i| (i, i + 1, 1.4)).collect();
    let mut parts = town("", 1.0, "").into_parts();
    parts.network = Network::new((0..=10_000).map(at).collect(), &edges).expect("valid");
    let site = Site::at("s", at(0));
    let cell = Cell {
        id: "x".into(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(at(10_000)),
    };
    let study = study_of(StudyParts {
        sites: Sites::new(vec![site]),
        cells: Cells::new(vec![cell]),
        ..parts
    });
    let speed = walkshed::Speed::from_kmh(4.7).expect("valid");
    let study = study
        .with(|parts| parts.walk.speed = speed)
        .expect("still a study");
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(240));
    let found = times
        .nearest(walkshed::ids::CellId::new(0))
        .map_or(0.0, |reach| reach.time.seconds());
    assert!((found - 14_000.0 * 3.6 / 4.7).abs() < 1.0, "{found}");
}

#[test]
fn c19_does_a_cell_without_people_make_a_nan() {
    let mut parts = town("A--x--s--B", 10.0, "s").into_parts();
    let mut cells: Vec<Cell> = parts.cells.as_slice().to_vec();
    cells[0].people = People::ZERO;
    parts.cells = Cells::new(cells);
    judged(&study_of(parts), |now| {
        assert_eq!(
            (now.share(), now.total().score()),
            (Share::of(0, 0), Share::of(0, 0))
        );
        assert_eq!(now.total().cells(), 1);
    });
}

#[test]
fn c21_c22_are_all_sites_kept_however_many_there_are() {
    let letters: String = ('a'..='w').collect();
    let study = town(&format!("A-{letters}-x-B"), 1.0, &letters);
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(30));
    let row: Vec<String> = times
        .of(walkshed::ids::CellId::new(0))
        .iter()
        .map(|reach| {
            study
                .sites()
                .iter()
                .nth(reach.site.index())
                .map_or(String::new(), |(_, s)| s.id.clone())
        })
        .collect();
    let expected: Vec<String> = letters.chars().rev().map(String::from).collect();
    assert_eq!(row, expected);
}

#[test]
fn c26_is_a_tie_broken_by_id() {
    let study = town("A--t--x--s--B", 10.0, "st");
    let links = link(&study);
    let times = travel_times(&links, TravelTime::from_minutes(30));
    let nearest = times
        .nearest(walkshed::ids::CellId::new(0))
        .expect("both are near");
    assert_eq!(study.sites().find("s"), Some(nearest.site));
    assert_eq!(times.len(), 2);
}

#[test]
fn what_if_there_are_no_sites_no_streets_no_cells() {
    let no_sites = town("A--x--B", 10.0, "s");
    judged(&no_sites, |now| {
        assert_eq!(now.total().cells_with(VerdictKind::OutOfReach), 1);
    });
    let no_streets = town("x   s", 10.0, "s");
    judged(&no_streets, |now| {
        assert_eq!(now.total().cells_with(VerdictKind::Stranded), 1);
    });
    let no_cells = town("A--s--B", 10.0, "s");
    judged(&no_cells, |now| {
        assert_eq!((now.total().cells(), now.share().value()), (0, None));
    });
}

#[test]
fn is_a_point_on_a_junction_as_near_as_the_junction() {
    let links_of = |study: &Study| -> Linkage { link(study) };
    let study = town("A----B----s\n     |\n     C", 10.0, "s");
    let mut parts = study.into_parts();
    let junction = parts.network.nodes()[1];
    let cell = Cell {
        id: "x".into(),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(junction),
    };
    parts.cells = Cells::new(vec![cell]);
    let study = study_of(parts);
    let snap = links_of(&study).cell(walkshed::ids::CellId::new(0));
    assert!(matches!(snap, Some(Snap::Snapped { gap, .. }) if gap < 1e-6));
}

#[test]
fn is_a_rejected_cell_unknown_and_still_in_the_denominator() {
    let mut parts = town("A--x--s--y--B", 10.0, "s").into_parts();
    let mut cells = parts.cells.as_slice().to_vec();
    cells[1].at = None;
    parts.cells = Cells::new(cells);
    judged(&study_of(parts), |now| {
        assert_eq!(
            now.total().people_with(VerdictKind::Unknown),
            People::whole(2)
        );
        assert_eq!(
            (now.total().people(), now.total().covered()),
            (People::whole(3), People::whole(1))
        );
    });
}

#[test]
fn how_much_work_is_a_bounded_walk() {
    // Within 600 m lie four junctions: 200, 300, 400 and 400 m away. Of the streets that meet there 13
    // lead on; bends and dead ends are no work.
    let study = town(
        "
            A----+----+----B
            |    |    |    |
            +--s-+----+-a--+
            |    |    |    |
            C--+-+----+----D
               |
               E---F
        ",
        100.0,
        "s",
    );
    let links = link(&study);
    let times: TravelTimes = travel_times(&links, TravelTime::from_minutes(9));
    assert_eq!(
        times.work(),
        Work {
            settled: 4,
            relaxed: 13,
            pushed: 4
        }
    );
    assert!(times.is_empty());
}
