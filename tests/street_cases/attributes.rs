//! Attributes, as tables and programs write them; and what is told of those not understood.

use walkshed::model::Severity;

use super::town::{ENDS, answer, at, gate, osm, read_study, study, way};

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
