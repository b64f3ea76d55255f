//! Fixed links, from their table to seconds.

mod walk_town;

use proptest::prelude::*;
use walk_town::{Line, STEP, found, geojson, line, plain, study, take, walks};
use walkshed::assess::explain;
use walkshed::geo_types::LineString;
use walkshed::ids::{CellId, EdgeId, ItemId};
use walkshed::model::{
    Catalogue, Cell, Cells, Link, Network, Site, Sites, Study, StudyParts, near_street,
};
use walkshed::plane::Position;
use walkshed::search::{Search, path};
use walkshed::snap::{Snap, StreetIndex, link};
use walkshed::{People, Silent, TravelTime, report, score, search};

/// Two streets with a lake between them: from 0 to 4, and from 40 to 44, in thousandths of a degree.
fn shores() -> Vec<Line> {
    vec![
        line("highway=residential", &[(0.0, 0.0), (4.0, 0.0)]),
        line("highway=residential", &[(40.0, 0.0), (44.0, 0.0)]),
    ]
}

const ENDS: [f64; 2] = [0.0, 43.0];
/// From the town's end to the boat, and from the boat to the other.
const ON_FOOT: f64 = 2.0 * STEP;
const HEAD: &str = "from_lon,from_lat,to_lon,to_lat,minutes,wait,hours,both_ways,name\n";

/// The town with these links and tables; the links leave 1 and land at 42.
fn read(head: &str, rows: &str, tables: &str) -> Result<Study, String> {
    let links = format!("{head}{rows}");
    let streets = geojson(&shores());
    let files: [(&str, &[u8]); 2] = [
        ("s.geojson", streets.as_bytes()),
        ("links.csv", links.as_bytes()),
    ];
    study(&files, ENDS, &format!("links = 'links.csv'\n{tables}"))
}

fn good(rows: &str, tables: &str) -> Study {
    read(HEAD, rows, tables).expect("a good study")
}

#[test]
fn a_ferry_takes_its_minutes_and_its_wait_whatever_the_speed() {
    let ferry = "10.001,0,10.042,0,8,2,,,渡船\n";
    take(walks(&good(ferry, "")), [plain(ON_FOOT) + 600.0; 2]);
    let riding = good(ferry, "[walk]\nby = 'e-bike'\nspeed_kmh = 16\n");
    take(walks(&riding), [ON_FOOT * 0.225 + 600.0; 2]);
    // Slopes, crossings and stairs are nothing to it.
    let strict = good(
        ferry,
        "[walk]\nno_stairs = true\nstairs_seconds = 90\none_way = true\n",
    );
    take(walks(&strict), [plain(ON_FOOT) + 600.0; 2]);
}

#[test]
fn a_link_that_runs_one_way_leads_back_nowhere() {
    let there = walks(&good("10.001,0,10.042,0,8,,,no,\n", ""));
    assert!(there[0].is_some() && there[1].is_none(), "{there:?}");
    let back = walks(&good("10.042,0,10.001,0,8,,,否,\n", ""));
    assert!(back[0].is_none() && back[1].is_some(), "{back:?}");
}

#[test]
fn columns_may_be_chinese_and_rows_in_any_order() {
    let head = "起点经度,起点纬度,终点经度,终点纬度,用时（分钟）,等候时间,运行时间,双向,名称\n";
    let [one, other] = [
        "10.001,0,10.042,0,8,2,,是,渡船\n",
        "10.003,0,10.041,0,30,,,否,快艇\n",
    ];
    let (first, second) = (format!("{one}{other}"), format!("{other}{one}"));
    let head = head.replace("运行时间", "服务时间");
    let [first, second] = [first, second].map(|rows| read(&head, &rows, "").expect("good"));
    take(walks(&first), [plain(ON_FOOT) + 600.0; 2]);
    assert_eq!(first.network().nodes(), second.network().nodes());
    assert_eq!(first.network().edges(), second.network().edges());
    assert_eq!(first.network().traits(), second.network().traits());
}

#[test]
fn hours_count_where_a_moment_is_asked_and_else_are_told() {
    let row = "10.001,0,10.042,0,8,2,Mo-Fr 08:00-12:00,,渡船\n";
    let at = |moment: &str| good(row, &format!("[time]\nat = '{moment}'\n"));
    assert!(walks(&at("2024-03-04T10:00"))[0].is_some(), "a Monday");
    let idle = at("2024-03-04T13:00");
    assert_eq!(walks(&idle), [None; 2]);
    assert_eq!(
        found(&idle, "links-idle"),
        ["1 link does not run at the moment of leaving, and is left out"]
    );
    for tables in ["", "[time]\nweek = 2024-03-04\n"] {
        let always = good(row, tables);
        assert!(walks(&always)[0].is_some());
        assert_eq!(found(&always, "links-always").len(), 1, "{tables}");
    }
}

#[test]
fn how_far_a_link_is_from_its_streets_is_told() {
    let near = good("10.001,0.0001,10.042,0,8,,,,\n", "");
    assert_eq!(
        found(&near, "links"),
        ["1 fixed link between streets, the farthest end 11 m from its street"]
    );
    let far = good("10.001,0.002,10.042,0,8,,,,渡船\n", "");
    assert_eq!(found(&far, "link-far-off").len(), 1);
    // The minutes hold from the street on.
    take(walks(&far), [plain(ON_FOOT) + 480.0; 2]);
}

#[test]
fn what_is_wrong_with_a_link_is_told_with_its_row() {
    let cases = [
        (
            "10.001,0.1,10.042,0,8,,,,\n",
            "links.csv, row 2: column \"from_lon\" is \"10.001, 0.1\", expected a place within 500 m of a street (the nearest is 11057 m away) – move the end of the link onto the street where people board, or run with --on-bad skip to leave such rows out",
        ),
        (
            "10.001,0,10.042,0,0,,,,\n",
            "links.csv, row 2: column \"minutes\" is \"0\", expected the minutes that the ride takes, more than 0 – fill in the minutes, or run with --on-bad skip to leave such rows out",
        ),
        (
            "10.001,0,10.042,0,8,-3,,,\n",
            "links.csv, row 2: column \"wait\" is \"-3\", expected a number from 0 to 1440 – change it, or run with --on-bad skip to leave such rows out",
        ),
        ("10.001,0,10.042,,8,,,,\n", ""),
        ("10.001,0,10.042,0,8,,,perhaps,\n", ""),
    ];
    for (row, expected) in cases {
        let wrong = read(HEAD, row, "").expect_err("a bad row");
        assert!(expected.is_empty() || wrong == expected, "{wrong}");
        assert!(wrong.starts_with("links.csv, row 2: column"), "{wrong}");
    }
    let hours = read(
        HEAD,
        "10.001,0,10.042,0,8,,soon,,\n",
        "[time]\nat = '2024-03-04T10:00'\n",
    );
    assert!(
        hours
            .expect_err("no hours")
            .contains("column \"hours\" is \"soon\"")
    );
    let missing = read("from_lon,from_lat,to_lon,to_lat\n", "", "").expect_err("no minutes");
    assert!(missing.contains("minutes"), "{missing}");
    assert!(missing.contains("a table of links needs"), "{missing}");
}

#[test]
fn nobody_hangs_on_a_link_and_no_place_means_it() {
    let study = good("10.001,0,10.042,0,8,2,,,渡船\n", "");
    let lake = Position::new(10.02, 0.0).expect("on the globe");
    let index = StreetIndex::new(study.network(), &[], 0);
    assert!(matches!(index.snap(lake, 500.0), Snap::Stranded { .. }));
    let near = near_street(study.network(), lake).expect("streets");
    assert!(near.metres > 1000.0, "{near:?}");
}

#[test]
fn the_way_tells_the_ride() {
    let study = good("10.001,0,10.042,0,8,2,,,渡船\n", "");
    let links = link(&study);
    let ids: Vec<_> = study.sites().iter().map(|(id, _)| id).collect();
    let (cell, _) = study.cells().iter().next().expect("a cell");
    let way = path(&links, &study.walk().profile(), cell, ids[1]).expect("a way");
    let ride = way
        .pieces
        .iter()
        .find(|piece| study.network().traits_of(piece.edge).link.is_some());
    let ride = ride.expect("a ride");
    assert_eq!(ride.time, TravelTime::from_minutes(10));
    assert_eq!(study.network().street_name(ride.edge), Some("渡船"));
    assert!((ride.metres - 41.0 * STEP).abs() < 1.0, "{}", ride.metres);
}

#[test]
fn the_explanation_names_the_ride() {
    let both = good("10.001,0,10.042,0,8,2,,,渡船\n", "");
    let far = both
        .sites()
        .iter()
        .map(|(_, site)| site.clone())
        .next_back();
    let study = both.with(|parts| {
        parts.sites = Sites::new(far.into_iter().collect());
        parts.catalogue = Catalogue::implicit(1);
    });
    let study = study.expect("still a study");
    let walks = search::walks(&study, study.target().search, &Silent);
    let now = score::coverage(&walks);
    let why = explain(&now, CellId::new(0), ItemId::new(0));
    let told = report::explanation(&why);
    assert!(told.contains("ride 渡船"), "{told}");
}

/// Streets round blocks of 200 m, five by five.
fn grid() -> Network {
    let at = |x: u16, y: u16| (116.2 + f64::from(x) * 2e-3, 29.7 + f64::from(y) * 2e-3);
    let row = |y: u16| LineString::from((0..6).map(|x| at(x, y)).collect::<Vec<_>>());
    let column = |x: u16| LineString::from((0..6).map(|y| at(x, y)).collect::<Vec<_>>());
    let lines: Vec<LineString> = (0..6).map(row).chain((0..6).map(column)).collect();
    Network::from_lines(&lines).expect("streets")
}

/// The place of a point along one of the streets.
fn spot((street, along): (u16, u16)) -> Position {
    let (fixed, free) = (street % 6, f64::from(along) * 1e-6);
    let (x, y) = if street < 6 {
        (free, f64::from(fixed) * 2e-3)
    } else {
        (f64::from(fixed) * 2e-3, free)
    };
    Position::new(116.2 + x, 29.7 + y).expect("near Hukou")
}

/// A site and a cell at each of these places.
fn town(network: Network, places: &[(u16, u16)]) -> Study {
    let site = |(number, &place)| Site::at(&format!("{number:02}"), spot(place));
    let cell = |(number, &place)| Cell {
        id: format!("{number:02}"),
        name: String::new(),
        unit: None,
        people: People::whole(1),
        at: Some(spot(place)),
    };
    let sites: Vec<Site> = places.iter().enumerate().map(site).collect();
    Study::new(StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites: Sites::new(sites),
        cells: Cells::new(places.iter().enumerate().map(cell).collect()),
        network,
        ..StudyParts::default()
    })
    .expect("a study")
}

/// Ticks from each place to each.
fn matrix(study: &Study) -> Vec<Vec<i64>> {
    let links = link(study);
    let search = Search {
        profile: None,
        budget: TravelTime::from_minutes(600),
        progress: &Silent,
    };
    let times = search.travel_times(&links);
    let row = |cell| {
        let mut row = vec![i64::MAX / 4; study.sites().len()];
        for reach in times.of(cell).iter() {
            row[reach.site.index()] = i64::from(reach.time.ticks());
        }
        row
    };
    study.cells().iter().map(|(cell, _)| row(cell)).collect()
}

fn end_of(network: &Network, place: (u16, u16)) -> (EdgeId, f64) {
    match StreetIndex::new(network, &[], 0).snap(spot(place), 500.0) {
        Snap::Snapped { edge, offset, .. } => (edge, offset),
        Snap::Stranded { .. } => panic!("every place is on a street"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_walks_or_rides_and_a_link_never_lengthens_a_way(
        places in prop::collection::vec((0_u16..12, 0_u16..10_000), 3..8),
        minutes in 0_u32..12,
        both_ways in any::<bool>(),
    ) {
        let plain = town(grid(), &places);
        let time = TravelTime::from_minutes(minutes);
        let ends = [end_of(plain.network(), places[0]), end_of(plain.network(), places[1])];
        let bus = Link { name: String::new(), ends, time, both_ways };
        let network = plain.network().clone().with_links(&[bus]).expect("joined");
        let linked = town(network, &places);
        let (on_foot, found) = (matrix(&plain), matrix(&linked));
        let ride = i64::from(time.ticks());
        for (from, row) in found.iter().enumerate() {
            for (to, &ticks) in row.iter().enumerate() {
                let there = on_foot[from][0] + ride + on_foot[1][to];
                let back = on_foot[from][1] + ride + on_foot[0][to];
                let back = if both_ways { back } else { i64::MAX };
                let expected = on_foot[from][to].min(there).min(back);
                // Each part of a street that is split is rounded to a tick.
                prop_assert!((ticks - expected).abs() <= 20, "{from} {to}: {ticks} {expected}");
                prop_assert!(ticks <= on_foot[from][to] + 20);
            }
        }
    }
}

#[test]
fn without_links_a_network_stays_as_it_is() {
    let (plain, same) = (grid(), grid().with_links(&[]).expect("nothing to join"));
    assert_eq!((plain.nodes(), plain.edges()), (same.nodes(), same.edges()));
    assert!(same.traits().is_empty() && !same.is_slowed());
}
