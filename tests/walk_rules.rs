//! Stairs, crossings, wheelchairs, one-way passages and hills, from files to seconds.

mod walk_town;

use std::path::PathBuf;

use walk_town::{Line, STEP, found, geojson, line, osm, plain, seconds, study, take, walks};
use walkshed::ids::{EdgeId, GroupId};
use walkshed::model::{Severity, StreetKind, Study, Walk};
use walkshed::read;

/// Home at 0 and the office at 4, on a straight street whose second piece has these tags. A way
/// round it leads over two meridians of 0.001° (110.574 m each).
fn town(tags: &'static str) -> Vec<Line> {
    vec![
        line("highway=residential name=秀江路", &[(0.0, 0.0), (1.0, 0.0)]),
        line(tags, &[(1.0, 0.0), (1.5, 0.0), (2.0, 0.0)]),
        line(
            "highway=residential name=秀江路",
            &[(2.0, 0.0), (3.0, 0.0), (4.0, 0.0)],
        ),
        line(
            "highway=footway",
            &[(1.0, 0.0), (1.0, 1.0), (2.0, 1.0), (2.0, 0.0)],
        ),
    ]
}

const ENDS: [f64; 2] = [0.0, 4.0];
const STRAIGHT: f64 = 4.0 * STEP;
const ROUND: f64 = 4.0 * STEP + 2.0 * 110.574_276;

/// The town as GeoJSON and as OSM XML, read with these tables.
fn both(tags: &'static str, tables: &str) -> [Study; 2] {
    let lines = town(tags);
    let files = [
        ("streets.geojson", geojson(&lines)),
        ("streets.osm", osm(&lines)),
    ];
    files.map(|(name, text)| study(&[(name, text.as_bytes())], ENDS, tables).expect("a good study"))
}

#[track_caller]
fn expect(tags: &'static str, tables: &str, metres: [f64; 2], more: f64) {
    for study in both(tags, tables) {
        take(walks(&study), metres.map(|metres| plain(metres) + more));
    }
}

#[test]
fn stairs_are_closed_or_cost_their_seconds_once_a_flight() {
    let stairs = "highway=steps";
    expect(stairs, "", [STRAIGHT; 2], 0.0);
    expect(stairs, "[walk]\nno_stairs = true\n", [ROUND; 2], 0.0);
    expect(stairs, "[walk]\nstairs_seconds = 40\n", [STRAIGHT; 2], 40.0);
    expect(stairs, "[walk]\nstairs_seconds = 300\n", [ROUND; 2], 0.0);
    expect(
        stairs,
        "[walk]\ncrossing_seconds = 300\n",
        [STRAIGHT; 2],
        0.0,
    );
}

#[test]
fn a_crossing_costs_its_wait_once_though_its_line_has_two_pieces() {
    let crossing = "highway=footway footway=crossing";
    expect(
        crossing,
        "[walk]\ncrossing_seconds = 30\n",
        [STRAIGHT; 2],
        30.0,
    );
    expect(
        crossing,
        "[walk]\ncrossing_seconds = 3600\nno_stairs = true\n",
        [ROUND; 2],
        0.0,
    );
    expect(
        "highway=tertiary crossing=zebra",
        "[walk]\ncrossing_seconds = 30\n",
        [STRAIGHT; 2],
        0.0,
    );
}

#[test]
fn a_one_way_passage_is_walked_one_way_and_a_one_way_street_both_ways() {
    let rule = "[walk]\none_way = true\n";
    for forward in [
        "highway=footway oneway:foot=yes",
        "highway=steps conveying=forward",
        "highway=path foot:backward=no",
    ] {
        expect(forward, "", [STRAIGHT; 2], 0.0);
        expect(forward, rule, [STRAIGHT, ROUND], 0.0);
    }
    for backward in [
        "highway=footway oneway:foot=-1",
        "highway=steps conveying=backward",
        "highway=path foot:forward=no",
    ] {
        expect(backward, rule, [ROUND, STRAIGHT], 0.0);
    }
    for vehicles in [
        "highway=residential oneway=yes",
        "highway=footway oneway=yes",
        "highway=residential oneway=-1 oneway:foot=no",
    ] {
        expect(vehicles, rule, [STRAIGHT; 2], 0.0);
    }
}

#[test]
fn wheelchair_users_go_round_stairs_and_what_is_tagged_no() {
    let groups = "[[group]]\nid = 'w'\nshare = 0.1\nwheelchair = true\n[[group]]\nid = 'n'\nshare = 0.1\nno_stairs = true\n";
    for (tags, expected) in [
        ("highway=steps", [ROUND, ROUND]),
        ("highway=footway wheelchair=no", [ROUND, STRAIGHT]),
    ] {
        for study in both(tags, groups) {
            take(walks(&study), [plain(STRAIGHT); 2]);
            for (group, metres) in expected.into_iter().enumerate() {
                let profile = study.profiles(Some(GroupId::new(group)))[0];
                take(seconds(&study, &profile), [plain(metres); 2]);
            }
        }
    }
}

/// Seconds for so many metres at 16 km/h.
fn ridden(metres: f64) -> f64 {
    metres * 0.225
}

#[test]
fn an_e_bike_takes_15_minutes_for_1_km_of_stairs() {
    let stairs = [line("highway=steps", &[(0.0, 0.0), (1000.0 / STEP, 0.0)])];
    let file = geojson(&stairs);
    let read = |tables: &str| {
        study(
            &[("s.geojson", file.as_bytes())],
            [0.0, 1000.0 / STEP],
            tables,
        )
        .expect("a good study")
    };
    let by = |by: &str| walks(&read(&format!("[walk]\nby = '{by}'\n")));
    for riding in ["bicycle", "e-bike", "电动车", "自行车"] {
        take(by(riding), [900.0; 2]);
    }
    assert_eq!(by("轮椅"), [None; 2]);
    let plain = [line("highway=path", &[(0.0, 0.0), (1000.0 / STEP, 0.0)])];
    let file = geojson(&plain);
    let ends = [0.0, 1000.0 / STEP];
    for (by, seconds) in [("bicycle", 300.0), ("e-bike", 240.0), ("walk", 900.0)] {
        let tables = format!("[walk]\nby = '{by}'\n");
        let study = study(&[("s.geojson", file.as_bytes())], ends, &tables);
        take(walks(&study.expect("a good study")), [seconds; 2]);
    }
}

#[test]
fn riders_push_where_bicycles_are_forbidden_and_against_the_traffic() {
    let rule = "[walk]\nby = 'e-bike'\nspeed_kmh = 16\non_foot_kmh = 4\n";
    let whole = ridden(STRAIGHT);
    // The town's way round is a footway, and shorter than 111 m pushed.
    let around = ridden(ROUND);
    for (tags, expected) in [
        ("highway=residential", [whole, whole]),
        ("highway=pedestrian", [whole, whole]),
        ("highway=steps", [around, around]),
        ("highway=residential bicycle=no", [around, around]),
        ("highway=footway bicycle=dismount", [around, around]),
        ("highway=residential oneway=yes", [whole, around]),
        ("highway=residential oneway=-1", [around, whole]),
        (
            "highway=residential oneway=yes oneway:bicycle=no",
            [whole, whole],
        ),
        (
            "highway=residential oneway=yes cycleway=opposite_lane",
            [whole, whole],
        ),
    ] {
        for study in both(tags, rule) {
            take(walks(&study), expected);
        }
        expect(tags, "", [STRAIGHT; 2], 0.0);
    }
    // Where there is no way round, they push: 3 pieces ridden and 1 at 4 km/h.
    let mut lines = town("highway=residential oneway=yes");
    lines.pop();
    let pushed = ridden(3.0 * STEP) + plain(STEP);
    let study = study(&[("s.geojson", geojson(&lines).as_bytes())], ENDS, rule);
    take(walks(&study.expect("a good study")), [whole, pushed]);
}

#[test]
fn groups_and_zones_have_their_own_way_of_moving() {
    let tables = "[[group]]\nid = 'b'\nshare = 0.1\nby = 'bicycle'\nspeed_kmh = 16\n\
                  [[group]]\nid = 'w'\nshare = 0.1\nby = 'wheelchair'\n\
                  [[group]]\nid = 'k'\nshare = 0.1\nwheelchair = true\n\
                  [[group]]\nid = 'f'\nshare = 0.1\nby = 'walk'\n\
                  [[zone]]\nname = 'z'\ncells = ['e0']\nby = '电动自行车'\n";
    for study in both("highway=steps", tables) {
        let of = |group: Option<usize>, zone: usize| {
            let profile = study.profiles(group.map(GroupId::new))[zone];
            (
                profile.speed.kmh(),
                profile.rules.wheelchair,
                profile.rules.pushes_at.is_some(),
            )
        };
        assert_eq!(
            [of(None, 0), of(None, 1)],
            [(4.0, false, false), (15.0, false, true)]
        );
        assert_eq!([of(Some(0), 0), of(Some(0), 1)], [(16.0, false, true); 2]);
        // Both keys of wheelchairs agree, in the zone too.
        assert_eq!(
            [of(Some(1), 0), of(Some(1), 1)],
            [(4.0, true, false), (15.0, true, false)]
        );
        assert_eq!(
            [of(Some(2), 0), of(Some(2), 1)],
            [of(Some(1), 0), of(Some(1), 1)]
        );
        assert_eq!([of(Some(3), 0), of(Some(3), 1)], [(4.0, false, false); 2]);
        assert_eq!(found(&study, "stairs").len(), 1);
    }
}

#[test]
fn who_rides_no_faster_than_one_walks_is_a_walker() {
    let slow = "[walk]\nby = 'bicycle'\nspeed_kmh = 4\n";
    for study in both("highway=residential oneway=yes", slow) {
        let walking = study.clone().with(|parts| parts.walk = Walk::default());
        let walking = walking.expect("still a study");
        assert_eq!(study.profiles(None), walking.profiles(None));
    }
}

#[test]
fn riders_mind_slopes_only_where_they_push() {
    let height = |x: f64| if x > 1.0 { STEP / 10.0 } else { 0.0 } + 100.0;
    let rule = "[walk]\nby = 'bicycle'\nspeed_kmh = 16\nslope = true\n";
    let up = plain(STEP) * 5.0367 / 3.5493;
    for (tags, climb) in [
        ("highway=path", ridden(STEP)),
        ("highway=path bicycle=no", up),
    ] {
        let mut lines = town(tags);
        lines.pop();
        lines[1].vertices.remove(1);
        for (x, _, z) in lines.iter_mut().flat_map(|line| &mut line.vertices) {
            *z = Some(height(*x));
        }
        let study = study(&[("s.geojson", geojson(&lines).as_bytes())], ENDS, rule);
        let walks = walks(&study.expect("a good study"));
        let seconds = walks[0].expect("a way");
        assert!(
            (seconds - ridden(3.0 * STEP) - climb).abs() < 0.1,
            "{seconds}"
        );
    }
}

#[test]
fn a_hill_is_slower_up_than_down_unless_a_bridge_spans_it() {
    let climb = |tags| {
        // 11.132 m up on the way of 111.320 m: a slope of 1 in 10.
        let height = |x: f64| if x > 1.0 { STEP / 10.0 } else { 0.0 };
        let mut lines = town(tags);
        lines.pop();
        lines[1].vertices.remove(1);
        for (x, _, z) in lines.iter_mut().flat_map(|line| &mut line.vertices) {
            *z = Some(height(*x) + 100.0);
        }
        lines
    };
    let read = |tags, tables: &str| {
        study(
            &[("s.geojson", geojson(&climb(tags)).as_bytes())],
            ENDS,
            tables,
        )
    };
    let (flat, up, down) = (plain(STEP), plain(STEP) * 5.0367 / 3.5493, plain(STEP));
    let hill = read("highway=path", "[walk]\nslope = true\n").expect("a good study");
    take(walks(&hill), [3.0 * flat + up, 3.0 * flat + down]);
    let bridge = read("highway=path bridge=yes", "[walk]\nslope = true\n").expect("a good study");
    take(walks(&bridge), [4.0 * flat; 2]);
    let off = read("highway=path", "").expect("a good study");
    take(walks(&off), [4.0 * flat; 2]);
    assert_eq!(found(&off, "slope-off").len(), 1);
}

#[test]
fn a_slope_without_heights_is_an_error_with_its_cure() {
    let lines = geojson(&town("highway=path"));
    let error = study(
        &[("s.geojson", lines.as_bytes())],
        ENDS,
        "[walk]\nslope = true\n",
    )
    .expect_err("no heights");
    assert_eq!(
        error,
        "study.toml: key \"walk.slope\" is \"true\", expected a height other than 0 at some vertex of the streets – name a GeoTIFF (elevation = \"dem.tif\" in [inputs]), or give the streets' vertices a third coordinate"
    );
}

/// All edges with their traits, heights and names.
fn described(study: &Study) -> Vec<String> {
    let network = study.network();
    let edges = network.edges().iter().enumerate().map(|(place, edge)| {
        let id = EdgeId::new(place);
        let heights = [network.height(edge.from), network.height(edge.to)];
        format!(
            "{edge:?} {:?} {heights:?} {:?}",
            network.traits_of(id),
            network.street_name(id)
        )
    });
    edges.collect()
}

/// A town with everything in it, two parallel lines, and lines that disagree about a height.
fn busy() -> Vec<Line> {
    let mut lines = town("highway=steps oneway:foot=yes name=石阶");
    lines.push(line(
        "highway=footway footway=crossing name=斑马线",
        &[(2.0, 0.0), (1.5, 0.0), (1.0, 0.0)],
    ));
    lines.push(line(
        "highway=footway wheelchair=no",
        &[(1.0, 0.0), (1.5, 0.0)],
    ));
    lines[0].vertices[1].2 = Some(14.5);
    lines[1].vertices[0].2 = Some(12.0);
    lines[3].vertices[1].2 = Some(-9999.0);
    lines
}

#[test]
fn the_order_of_lines_changes_nothing() {
    let mut lines = busy();
    let read = |lines: &[Line]| {
        study(&[("s.geojson", geojson(lines).as_bytes())], ENDS, "").expect("a good study")
    };
    let first = read(&lines);
    for _ in 0..lines.len() {
        lines.rotate_left(1);
        let other = read(&lines);
        assert_eq!(described(&first), described(&other));
        lines.swap(0, 3);
        assert_eq!(described(&first), described(&read(&lines)));
    }
    assert_eq!(
        found(&first, "uneven-heights"),
        [
            "lines that meet at 1 vertex give it different heights, up to 2.50 m apart: the lower counts"
        ]
    );
    assert_eq!(found(&first, "strange-heights").len(), 1);
}

#[test]
fn tags_without_a_rule_change_nothing() {
    let tagged = busy();
    let mut bare = tagged.clone();
    for line in &mut bare {
        line.tags = "";
        line.vertices.iter_mut().for_each(|vertex| vertex.2 = None);
    }
    let [tagged, bare] = [tagged, bare].map(|lines| {
        study(&[("s.geojson", geojson(&lines).as_bytes())], ENDS, "").expect("a good study")
    });
    assert!(tagged.network().traits().len() > 4 && bare.network().traits().is_empty());
    assert_eq!(
        (tagged.network().nodes(), tagged.network().edges()),
        (bare.network().nodes(), bare.network().edges())
    );
    assert_eq!(walks(&tagged), walks(&bare));
}

#[test]
fn names_are_kept_and_shared() {
    for study in both("highway=path", "") {
        let network = study.network();
        let named = (0..network.edges().len())
            .filter(|&edge| network.street_name(EdgeId::new(edge)) == Some("秀江路"));
        assert_eq!(named.count(), 3);
        assert_eq!(network.edges().len(), 8);
    }
}

#[test]
fn what_a_rule_minds_is_counted_or_missed() {
    let rules = "[walk]\nno_stairs = true\none_way = true\ncrossing_seconds = 5\n";
    for study in both("highway=steps oneway:foot=yes", rules) {
        assert_eq!(found(&study, "stairs"), ["stairs: 0.111 km in 2 pieces"]);
        assert_eq!(
            found(&study, "one-way"),
            ["one-way passages for walkers: 0.111 km in 2 pieces"]
        );
        assert_eq!(
            found(&study, "crossings"),
            [
                "a rule minds crossings, but the streets have none: are they tagged (footway=crossing)?"
            ]
        );
        let missed = study
            .findings()
            .iter()
            .find(|finding| finding.code == "crossings");
        assert_eq!(
            missed.map(|finding| finding.severity),
            Some(Severity::Suspicious)
        );
        assert!(found(&study, "no-wheelchair").is_empty(), "nobody minds");
    }
}

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("WALKSHED_DATA").map(|folder| PathBuf::from(folder).join("data"));
    if folder.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    folder.map(|folder| {
        folder
            .canonicalize()
            .expect("WALKSHED_DATA names the data folder")
    })
}

/// A real map, with one site and one cell in it.
fn real(map: &str, lon: f64, lat: f64, tables: &str) -> Option<Study> {
    let map = data()?.join("osm").join(map);
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    write("sites.csv", format!("id,lon,lat\ns,{lon},{lat}\n"));
    write(
        "cells.csv",
        format!("id,lon,lat,population\nc,{lon},{lat},1\n"),
    );
    write(
        "study.toml",
        format!(
            "[inputs]\nstreets = '{}'\nsites = 'sites.csv'\ncells = 'cells.csv'\n{tables}",
            map.display()
        ),
    );
    Some(
        read::study(folder.path().join("study.toml"))
            .expect("a real map")
            .0,
    )
}

fn count(study: &Study, kind: StreetKind) -> usize {
    study
        .network()
        .traits()
        .iter()
        .filter(|(_, street)| street.kind == kind)
        .count()
}

#[test]
fn real_maps_have_stairs_crossings_and_names() {
    let rules = "[walk]\nno_stairs = true\none_way = true\ncrossing_seconds = 15\n";
    let maps = [
        ("heidelberg_ors.osm.pbf", 8.69, 49.41),
        ("andorra_dockervalhalla.osm.pbf", 1.5218, 42.5063),
    ];
    for (map, lon, lat) in maps {
        let Some(study) = real(map, lon, lat, rules) else {
            return;
        };
        let (stairs, crossings) = (
            count(&study, StreetKind::Stairs),
            count(&study, StreetKind::Crossing),
        );
        let edges = study.network().edges().len();
        let named = (0..edges)
            .filter(|&edge| study.network().street_name(EdgeId::new(edge)).is_some())
            .count();
        eprintln!(
            "{map}: {edges} pieces, {stairs} of stairs, {crossings} of crossings, {named} with names"
        );
        assert!(stairs > 100 && crossings > 0 && named * 5 > edges, "{map}");
        assert!(found(&study, "stairs")[0].starts_with("stairs: "), "{map}");
    }
    let Some(gushi) = real("gushi_seat.osm.pbf", 115.65, 32.17, "") else {
        return;
    };
    assert!(gushi.network().edges().len() > 1000);
}
