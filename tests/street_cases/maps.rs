//! Nodes, relations and platforms of maps.

use super::town::{ENDS, gate, osm, read_study, seconds, study, tagged, way};

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
fn squares_are_crossed_straight_where_nothing_lies_between() {
    let across = "[walk]\nsquares = 'across'";
    let walk = |map: &str, rules: &str| seconds(map, ENDS, rules).map(f64::round);
    let open = square("", "highway=pedestrian area=yes");
    assert_eq!(walk(&open, ""), Some(450.0));
    assert_eq!(walk(&open, across), Some(360.0));
    // A ring street is no square.
    let ring = square("", "highway=pedestrian");
    assert_eq!(walk(&ring, across), Some(450.0));
    // The fountain of the relation lies in the way.
    let hidden = square("type=multipolygon highway=pedestrian", "");
    assert_eq!(walk(&hidden, across), Some(450.0));
    let aside = hidden.replace(r#"ref="22"/>"#, r#"ref="23"/>"#).replace(
        "<osm>",
        r#"<osm><node id="23" lat="29.7299" lon="116.2021"/>"#,
    );
    assert_eq!(walk(&aside, across), Some(360.0));
    // Of an outline that lacks a part nobody knows what it holds.
    let lacking = hidden.replace(
        r#"<member type="node""#,
        r#"<member type="way" ref="99" role="outer"/><member type="node""#,
    );
    assert_eq!(walk(&lacking, across), Some(450.0));
}

#[test]
fn how_squares_are_walked_is_said() {
    let codes = |map: &str, rules: &str| {
        let (_, findings) = study(("streets.osm", map), ENDS, rules);
        let squares = findings.iter().filter(|finding| finding.code == "squares");
        squares
            .map(|finding| finding.message.to_string())
            .collect::<Vec<_>>()
    };
    let open = square("", "highway=pedestrian area=yes");
    let across = codes(&open, "[walk]\nsquares = 'across'");
    assert_eq!(across.len(), 1);
    assert!(
        across[0].starts_with("1 square is crossed by 1 straight way "),
        "{across:?}"
    );
    let around = codes(&open, "");
    assert!(around[0].contains("squares = \"across\""), "{around:?}");
    assert!(codes(&open, "[walk]\nrule = 'W2'").is_empty());

    let refused = |rules: &str| {
        let read = read_study(("streets.osm", &open), ENDS, rules);
        read.expect_err("it is refused").to_string()
    };
    let of_w2 = refused("[walk]\nsquares = 'across'\nrule = 'W2'");
    assert!(
        of_w2.contains("leave squares out, or write rule = \"W3\""),
        "{of_w2}"
    );
    let unknown = refused("[walk]\nsquares = 'straight'");
    assert!(unknown.contains("outline or across"), "{unknown}");
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
