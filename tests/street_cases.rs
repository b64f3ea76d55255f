//! Public reports of wrong walks, made into small studies: the folder `cases` beside the data, and
//! the essence of each as a town of our own. Places are in metres east and north of 116.20 E, 29.73 N.

use std::fs;
use std::path::PathBuf;

use walkshed::model::{Findings, Severity, Study};
use walkshed::search::travel_times;
use walkshed::snap::link;
use walkshed::{Options, TravelTime, read};

/// The verdict of the first cell, and the seconds of its walk where there is one.
fn answer(study: &Study) -> (&'static str, Option<f64>) {
    let results = walkshed::run(study, &Options::default()).expect("it has the memory");
    let (cell, _) = study.cells().iter().next().expect("a cell");
    let verdict = results.coverage.cell(cell).verdict;
    (verdict.word(), walks(study).remove(0))
}

/// The seconds from each cell to its nearest site, none beyond half an hour.
fn walks(study: &Study) -> Vec<Option<f64>> {
    let times = travel_times(&link(study), TravelTime::from_minutes(30));
    let nearest = |cell| times.nearest(cell).map(|reach| reach.time.seconds());
    study
        .cells()
        .iter()
        .map(|(cell, _)| nearest(cell))
        .collect()
}

fn case(file: &str) -> Option<(Study, Findings)> {
    let Some(data) = std::env::var_os("WALKSHED_DATA").map(PathBuf::from) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return None;
    };
    let path = data.join("cases").join(file);
    Some(read::study(&path).unwrap_or_else(|wrong| panic!("{file}: {wrong}")))
}

/// Holds a case against its right answer: the verdict, and the seconds to a tenth where it names some.
fn hold(file: &str, verdict: &str, seconds: Option<f64>) {
    let Some((study, _)) = case(file) else { return };
    let (got, after) = answer(&study);
    assert_eq!(got, verdict, "{file}: {after:?}");
    if let Some(seconds) = seconds {
        let after = after.expect("a walk");
        assert!(
            (after - seconds).abs() <= 1.0,
            "{file}: {after}, not {seconds}"
        );
    }
}

#[test]
fn case_01_private_gates() {
    hold("01/study.toml", "out-of-reach", None);
    hold("01/study_expected.toml", "out-of-reach", None);
    hold("01/study_shortcut.toml", "too-far", Some(1642.7));
    hold("01/study_shortcut_expected.toml", "too-far", Some(1642.7));
}

#[test]
fn case_02_a_square_that_is_a_relation() {
    let Some((study, _)) = case("02/study.toml") else {
        return;
    };
    let (right, _) = case("02/study_closed_way.toml").expect("both are there");
    assert_eq!(walks(&study), walks(&right));
    for (walk, right) in walks(&study).into_iter().zip([522.0, 266.0]) {
        assert!(
            walk.is_some_and(|walk| (walk - right).abs() < 1.0),
            "{walk:?}, not {right}"
        );
    }
}

#[test]
fn case_08_lists() {
    let detour = |file: &str| {
        let Some((study, _)) = case(file) else { return };
        assert!(
            answer(&study).1.is_none_or(|walk| walk > 1500.0),
            "{file}: {:?}",
            answer(&study)
        );
    };
    for file in [
        "study",
        "study_list",
        "study_access",
        "study_access_list",
        "study_steps",
        "study_steps_list",
    ] {
        detour(&format!("08/{file}.toml"));
    }
}

#[test]
fn case_09_bridges_that_are_none() {
    let Some((hill, _)) = case("09/study_hill.toml") else {
        return;
    };
    assert_eq!(answer(&hill).0, "too-far");
    hold("09/study_hill.toml", "too-far", Some(1208.0));
    for none in [
        "hillF", "hb_false", "hb_zero", "hb_num0", "hb_bool", "hb_nan", "hb_none", "hb_fou",
    ] {
        hold(&format!("09/study_{none}.toml"), "too-far", Some(1208.0));
    }
    for bridge in ["hb_T", "hb_num1", "hb_booltrue"] {
        hold(&format!("09/study_{bridge}.toml"), "covered", Some(823.0));
    }
}

#[test]
fn case_09_classes_in_other_columns() {
    let Some((study, findings)) = case("09/study_fclass.toml") else {
        return;
    };
    assert!(answer(&study).1.is_none_or(|walk| walk > 1500.0));
    assert_eq!(findings.count("geofabrik-classes"), 1);
    for file in [
        "09/study.toml",
        "09/study_fsteps.toml",
        "09/study_foot.toml",
        "09/study_columns.toml",
    ] {
        let (study, _) = case(file).expect("all are there");
        assert!(
            answer(&study).1.is_none_or(|walk| walk > 1500.0),
            "{file}: {:?}",
            answer(&study)
        );
    }
    let data = std::env::var_os("WALKSHED_DATA")
        .map(PathBuf::from)
        .expect("it is set");
    let wrong = read::study(data.join("cases/09/study_columns_bad.toml")).expect_err("nonsense");
    assert!(wrong.to_string().contains("\"nonsense\""), "{wrong}");
}

/// A point by its metres east and north.
fn at([east, north]: [f64; 2]) -> [f64; 2] {
    [116.20 + east / 96_723.0, 29.73 + north / 110_854.0]
}

/// A file of OSM: nodes by their ids, places and tags; then whatever else there is.
fn osm(nodes: &[(i64, [f64; 2], &str)], rest: &str) -> String {
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

fn tagged(tags: &str) -> String {
    let tags = tags
        .split_whitespace()
        .filter_map(|tag| tag.split_once('='));
    let elements = tags.map(|(key, value)| format!(r#"<tag k="{key}" v="{value}"/>"#));
    elements.collect::<Vec<_>>().concat()
}

fn way(id: i64, refs: &[i64], tags: &str) -> String {
    let refs = refs.iter().map(|id| format!(r#"<nd ref="{id}"/>"#));
    let refs = refs.collect::<Vec<_>>().concat();
    format!(r#"<way id="{id}">{refs}{}</way>"#, tagged(tags))
}

/// A study of these streets, a home and a hall, with more lines of the study file.
fn study(streets: (&str, &str), [home, hall]: [[f64; 2]; 2], rules: &str) -> (Study, Findings) {
    read_study(streets, [home, hall], rules).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn read_study(
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

fn seconds(streets: &str, ends: [[f64; 2]; 2], rules: &str) -> Option<f64> {
    answer(&study(("streets.osm", streets), ends, rules).0).1
}

/// A street of 400 m with a node in its middle, and a way round of 800 m.
fn gate(tags: &str) -> String {
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

const ENDS: [[f64; 2]; 2] = [[0.0, 0.0], [400.0, 0.0]];

#[test]
fn a_private_gate_parts_a_street_for_strangers() {
    let walk = |tags: &str, rules: &str| seconds(&gate(tags), ENDS, rules).map(f64::round);
    assert_eq!(walk("", ""), Some(360.0));
    assert_eq!(walk("barrier=gate", ""), Some(360.0));
    assert_eq!(walk("barrier=gate access=private", ""), Some(720.0));
    assert_eq!(walk("barrier=wall", ""), Some(720.0));
    assert_eq!(
        walk("barrier=gate access=private foot=yes", ""),
        Some(360.0)
    );
    assert_eq!(
        walk("barrier=gate access=private", "[walk]\nrule = 'W2'"),
        Some(360.0)
    );
    // Wheelchairs take the way round a bollard.
    let wheelchair = "[walk]\nby = 'wheelchair'\nspeed_kmh = 4.0";
    assert_eq!(walk("barrier=bollard", ""), Some(360.0));
    assert_eq!(walk("barrier=bollard", wheelchair), Some(720.0));
}

#[test]
fn a_crossing_that_is_a_node_costs_its_delay_to_whoever_goes_through() {
    let rules = "[walk]\ncrossing_seconds = 30";
    let crossing = gate("highway=crossing");
    let costs = |ends: [[f64; 2]; 2]| {
        let walks = ["", rules].map(|rules| seconds(&crossing, ends, rules).expect("a walk"));
        format!("{:.1} s", walks[1] - walks[0])
    };
    assert_eq!(costs(ENDS), "30.0 s");
    // From house to house on either side, on one side, and up to the crossing itself.
    assert_eq!(costs([[150.0, 0.0], [260.0, 0.0]]), "30.0 s");
    assert_eq!(costs([[20.0, 0.0], [150.0, 0.0]]), "0.0 s");
    assert_eq!(costs([[20.0, 0.0], [200.0, 0.0]]), "15.0 s");
    // Where the crossing is drawn as a line, that alone costs.
    let drawn = gate("highway=crossing").replace(
        "</osm>",
        &(way(3, &[2, 4], "highway=footway footway=crossing") + "</osm>"),
    );
    assert_eq!(seconds(&drawn, ENDS, rules).map(f64::round), Some(360.0));
}

#[test]
fn a_lift_joins_levels_and_takes_a_minute_and_a_half() {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [200.0, 0.0], ""),
        (3, [200.0, 0.0], ""),
        (4, [400.0, 0.0], ""),
    ];
    let lift = |tags: &str| {
        let below = way(1, &[1, 2], "highway=footway");
        let above = way(2, &[3, 4], "highway=footway layer=1");
        osm(&nodes, &(below + &above + &way(3, &[2, 3], tags)))
    };
    assert_eq!(
        seconds(&lift("highway=elevator"), ENDS, "").map(f64::round),
        Some(450.0)
    );
    assert_eq!(
        seconds(&lift("highway=elevator"), ENDS, "[walk]\nrule = 'W2'"),
        None
    );
    assert_eq!(
        seconds(&lift("highway=elevator access=private"), ENDS, ""),
        None
    );
}

/// Two streets end at a square of 100 m, drawn as a relation with a fountain in it.
fn square(tags: &str, outline: &str) -> String {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [150.0, 0.0], ""),
        (3, [250.0, 0.0], ""),
        (4, [400.0, 0.0], ""),
        (10, [150.0, -50.0], ""),
        (11, [250.0, -50.0], ""),
        (12, [250.0, 50.0], ""),
        (13, [150.0, 50.0], ""),
        (20, [190.0, -10.0], ""),
        (21, [210.0, -10.0], ""),
        (22, [210.0, 10.0], ""),
    ];
    let streets = way(1, &[1, 2], "highway=residential") + &way(2, &[3, 4], "highway=residential");
    let rings =
        way(3, &[10, 11, 3, 12, 13, 2, 10], outline) + &way(4, &[20, 21, 22, 20], "natural=water");
    let members = r#"<member type="way" ref="3" role="outer"/><member type="way" ref="4" role="inner"/><member type="node" ref="1" role=""/>"#;
    let relation = format!(r#"<relation id="9">{members}{}</relation>"#, tagged(tags));
    osm(&nodes, &(streets + &rings + &relation))
}

#[test]
fn a_square_that_is_a_relation_is_walked_along_its_outline() {
    let walk =
        |tags: &str, outline: &str| seconds(&square(tags, outline), ENDS, "").map(f64::round);
    // 150 m, round the square 50 + 100 + 50 m, 150 m.
    let around = Some(450.0);
    for tags in [
        "highway=pedestrian",
        "place=square",
        "area:highway=pedestrian",
        "highway=footway area=yes",
    ] {
        assert_eq!(
            walk(&format!("type=multipolygon {tags}"), ""),
            around,
            "{tags}"
        );
    }
    assert_eq!(walk("type=multipolygon landuse=grass", ""), None);
    assert_eq!(
        walk("type=multipolygon highway=pedestrian foot=no", ""),
        None
    );
    // What the outline says of itself counts more.
    assert_eq!(
        walk(
            "type=multipolygon highway=pedestrian",
            "highway=footway access=no"
        ),
        None
    );
    // The fountain's rim joins nothing, and is no island.
    let (study, _) = study(
        (
            "streets.osm",
            &square("type=multipolygon highway=pedestrian", ""),
        ),
        ENDS,
        "",
    );
    assert_eq!(study.network().component_sizes().len(), 1);
}

#[test]
fn a_platform_is_walked_where_it_joins_a_street() {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [200.0, 0.0], ""),
        (3, [400.0, 0.0], ""),
        (4, [0.0, 50.0], ""),
        (5, [90.0, 50.0], ""),
    ];
    for tags in [
        "railway=platform",
        "public_transport=platform",
        "highway=platform",
    ] {
        let joined = way(1, &[1, 2], "highway=footway") + &way(2, &[2, 3], tags);
        assert_eq!(
            seconds(&osm(&nodes, &joined), ENDS, "").map(f64::round),
            Some(360.0),
            "{tags}"
        );
        let alone = way(1, &[1, 2, 3], "highway=footway") + &way(2, &[4, 5], tags);
        let (study, _) = study(("streets.osm", &osm(&nodes, &alone)), ENDS, "");
        assert_eq!(study.network().nodes().len(), 3, "{tags}");
    }
}

#[test]
fn a_ferry_is_no_street() {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [200.0, 0.0], ""),
        (3, [400.0, 0.0], ""),
    ];
    let ferry = way(1, &[1, 2], "highway=footway")
        + &way(2, &[2, 3], "route=ferry foot=yes duration=00:10");
    assert_eq!(
        seconds(&osm(&nodes, &ferry), [[0.0, 0.0], [150.0, 0.0]], "").map(f64::round),
        Some(135.0)
    );
    let (study, _) = study(("streets.osm", &osm(&nodes, &ferry)), ENDS, "");
    assert_eq!(study.network().nodes().len(), 2);
}

/// Lines of GeoJSON: a short cut of 400 m with these properties, and a way round of 800 m.
fn lines(properties: &str) -> String {
    let line = |properties: &str, places: &[[f64; 2]]| {
        let places: Vec<String> = places
            .iter()
            .map(|&place| {
                let [lon, lat] = at(place);
                format!("[{lon},{lat}]")
            })
            .collect();
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"LineString","coordinates":[{}]}}}}"#,
            places.join(",")
        )
    };
    let way_round = [[0.0, 0.0], [0.0, 200.0], [400.0, 200.0], [400.0, 0.0]];
    line(properties, &[[0.0, 0.0], [400.0, 0.0]])
        + "\n"
        + &line(r#"{"highway":"residential","道路等级":"支路"}"#, &way_round)
}

fn short_cut(properties: &str, rules: &str) -> bool {
    let (study, _) = study(("streets.geojson", &lines(properties)), ENDS, rules);
    answer(&study).1.expect("a walk") < 400.0
}

#[test]
fn lists_and_packed_tags_are_read() {
    for closed in [
        r#"{"highway":["motorway","motorway_link"]}"#,
        r#"{"highway":"['motorway', 'motorway_link']"}"#,
        r#"{"highway":"residential;construction"}"#,
        r#"{"highway":"service","access":["yes","no"]}"#,
        r#"{"highway":"service","access":"['private', 'no']"}"#,
        r#"{"highway":"service","other_tags":"\"access\"=>\"private\",\"service\"=>\"driveway\""}"#,
        r#"{"highway":"service","other_tags":{"foot":"no"}}"#,
        r#"{"highway":"primary","foot":false}"#,
        r#"{"highway":"primary","foot":0}"#,
        r#"{"highway":"dismantled"}"#,
        r#"{"fclass":"motorway"}"#,
    ] {
        assert!(!short_cut(closed, ""), "{closed}");
        // The rule before took what is no text for nothing, and walks on.
        if !closed.contains("\"motorway\"") {
            assert!(short_cut(closed, "[walk]\nrule = 'W2'"), "{closed}");
        }
    }
    for open in [
        r#"{"highway":["service","residential"]}"#,
        r#"{"highway":"service","access":"nan"}"#,
        r#"{"highway":"service","access":null}"#,
        r#"{"highway":"primary","foot":true}"#,
        r#"{"highway":"service","access":"private","other_tags":"\"foot\"=>\"yes\""}"#,
        r#"{"fclass":"residential","oneway":"B","bridge":"F"}"#,
    ] {
        assert!(short_cut(open, ""), "{open}");
    }
}

/// The study file's line about the streets, with more of it.
fn streets_with(more: &str) -> String {
    format!("streets = {{ path = 'streets.geojson', {more} }}")
}

#[test]
fn columns_and_values_are_those_that_the_study_names() {
    let columns = "columns = { highway = '道路等级' }";
    let values = "values = { 高速公路 = 'motorway', 内部道路 = 'private', 支路 = 'residential' }";
    let both = streets_with(&format!("{columns}, {values}"));
    assert!(!short_cut(r#"{"道路等级":"高速公路"}"#, &both));
    assert!(!short_cut(r#"{"道路等级":"内部道路"}"#, &both));
    assert!(short_cut(r#"{"道路等级":"支路"}"#, &both));
    // What is not explained is closed and told.
    let (_, findings) = study(
        ("streets.geojson", &lines(r#"{"道路等级":"县道"}"#)),
        ENDS,
        &both,
    );
    assert_eq!(
        findings.gravest("unknown-street-class"),
        Some(Severity::Suspicious)
    );
    assert_eq!(findings.count("unused-values"), 1);
    // A column that nobody named is told, on the screen: about the whole file.
    let (_, findings) = study(
        ("streets.geojson", &lines(r#"{"道路等级":"高速公路"}"#)),
        ENDS,
        "",
    );
    let told = findings
        .iter()
        .find(|finding| finding.code == "street-class-unread")
        .expect("told");
    assert!(told.place.is_empty() && told.severity == Severity::Suspicious);
    assert!(
        told.message
            .to_string()
            .contains("道路等级=高速公路: 1 (feature 1)"),
        "{}",
        told.message
    );
}

#[test]
fn columns_and_values_that_mean_nothing_are_errors() {
    let wrong = |more: &str| {
        let read = read_study(("streets.geojson", &lines("{}")), ENDS, &streets_with(more));
        read.expect_err("an error").to_string()
    };
    let cases = [
        ("columns = { higway = '道路等级' }", "did you mean highway?"),
        ("columns = { nonsense = '道路等级' }", "\"nonsense\""),
        (
            "columns = { highway = '道路等及' }",
            "did you mean 道路等级?",
        ),
        (
            "values = { 高速公路 = 'motorwya' }",
            "did you mean motorway?",
        ),
        ("values = { 高速公路 = '不通' }", "\"不通\""),
    ];
    for (more, said) in cases {
        assert!(wrong(more).contains(said), "{more}: {}", wrong(more));
    }
    let streets = "streets = { path = 'streets.osm', columns = { highway = 'fclass' } }";
    let read = read_study(("streets.osm", &gate("")), ENDS, streets);
    assert!(
        read.expect_err("a map has tags")
            .to_string()
            .contains("leave columns")
    );
    let rule = read_study(("streets.osm", &gate("")), ENDS, "[walk]\nrule = 'W4'");
    let said = rule.expect_err("no rule").to_string();
    assert!(said.contains("W3 or W2"), "{said}");
}

#[test]
fn the_remedy_for_an_unknown_class_opens_it_in_a_map_too() {
    let nodes = [(1, [0.0, 0.0], ""), (2, [400.0, 0.0], "")];
    let map = osm(&nodes, &way(1, &[1, 2], "highway=trail access=restricted"));
    let other = way(2, &[1, 2], "highway=xyz");
    let map = map.replace("</osm>", &(other + "</osm>"));
    let open = "streets = { path = 'streets.osm', values = { trail = 'path', restricted = 'yes', xyz = 'path' } }";
    assert!(
        read_study(("streets.osm", &map), ENDS, "").is_err(),
        "nothing is walked"
    );
    let (study, findings) = study(("streets.osm", &map), ENDS, open);
    assert!(answer(&study).1.is_some());
    assert_eq!(
        findings.count("unknown-street-class") + findings.count("unknown-permission"),
        0
    );
}

#[test]
fn a_barrier_that_is_a_point_parts_the_street_it_stands_on() {
    let barrier = |place: [f64; 2]| {
        let [lon, lat] = at(place);
        format!(
            "\n{{\"type\":\"Feature\",\"properties\":{{\"barrier\":\"gate\",\"access\":\"private\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{lon},{lat}]}}}}"
        )
    };
    let middle = lines("{}").replacen(
        "]]",
        &format!("],[{},{}]]", at([400.0, 0.0])[0] + 0.001, 29.73),
        1,
    );
    let on_it = middle.clone() + &barrier([400.0, 0.0]);
    let walk =
        |text: &str| answer(&study(("streets.geojson", text), [[0.0, 0.0], [450.0, 0.0]], "").0).1;
    assert!(walk(&middle).is_some());
    assert_eq!(
        walk(&on_it),
        None,
        "the gate is at the only vertex that leads there"
    );
    let (_, findings) = study(
        ("streets.geojson", &(lines("{}") + &barrier([200.0, 3.0]))),
        ENDS,
        "",
    );
    assert_eq!(
        findings.gravest("barrier-off-the-streets"),
        Some(Severity::Suspicious)
    );
}

#[test]
fn what_is_not_understood_is_told_with_its_places() {
    let nodes = [
        (1, [0.0, 0.0], ""),
        (2, [200.0, 0.0], "barrier=zzz"),
        (3, [400.0, 0.0], ""),
    ];
    let streets = way(1, &[1, 2, 3], "highway=footway access:conditional=no@(Su)")
        + &way(7, &[1, 2], "highway=xyz")
        + &way(8, &[1, 3], "highway=service access=abc");
    let (_, findings) = study(
        ("streets.osm", &osm(&nodes, &streets)),
        [[0.0, 0.0], [190.0, 0.0]],
        "",
    );
    for (code, severity, thing) in [
        (
            "unknown-street-class",
            Severity::Suspicious,
            "highway=xyz: 1 (way 7)",
        ),
        (
            "unknown-permission",
            Severity::Suspicious,
            "access=abc: 1 (way 8)",
        ),
        (
            "unknown-barrier",
            Severity::Suspicious,
            "barrier=zzz: 1 (node 2)",
        ),
        (
            "conditional-permission",
            Severity::Note,
            "access:conditional: 1 (way 1)",
        ),
    ] {
        let told = findings
            .iter()
            .find(|finding| finding.code == code)
            .expect(code);
        assert_eq!(told.severity, severity, "{code}");
        assert!(told.message.to_string().contains(thing), "{}", told.message);
    }
}
