//! Tests of [`super`].

use crate::model::Memory;
use crate::read::streets::osm::samples::streets;

const TOWN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
  <way id="1"><nd ref="3"/><nd ref="1"/><nd ref="2"/><tag k="highway" v="footway"/><tag k="name" v="A &amp; B"/></way>
  <node id="1" lat="29.7317" lon="116.244"><tag k="a" v="b"/></node>
  <node id="3" lat="29.74" lon="116.25"/>
  <relation id="1"><member type="strange" ref="x"/></relation>
  <way id="2"><nd ref="1"/><nd ref="3"/><tag k="highway" v="motorway"/></way>
  <way id="3" visible="false"><nd ref="1"/><nd ref="3"/><tag k="highway" v="path"/></way>
  <way id="4" action="delete"><nd ref="1"/><nd ref="3"/><tag k="highway" v="path"/></way>
  <node id="2" visible="false"/>
</osm>
"#;

/// What is wrong with a file, as a whole or with one of its nodes.
fn message(text: &str) -> String {
    match streets(text.as_bytes(), "a.osm", Memory::default()) {
        Ok(streets) => streets.bad.first().expect("a bad node").to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn ways_may_come_before_their_nodes() {
    let streets = streets(TOWN.as_bytes(), "a.osm", Memory::default()).expect("a good file");
    assert_eq!(streets.nodes, [[116.244, 29.7317], [116.25, 29.74]]);
    assert_eq!(streets.pieces, [[1, 0]]);
    assert_eq!(
        (streets.lines, streets.walkable, streets.missing_vertices),
        (2, 1, 1)
    );
}

#[test]
fn nodes_may_stand_inside_ways() {
    let text = r#"<osm><way id="1"><nd ref="3" lat="1" lon="2"/><nd ref="9" lat="1.5" lon="2"/><tag k="highway" v="path"/></way></osm>"#;
    assert_eq!(
        streets(text.as_bytes(), "a", Memory::default())
            .map(|s| s.nodes)
            .ok(),
        Some(vec![[2.0, 1.0], [2.0, 1.5]])
    );
}

#[test]
fn nodes_off_the_globe_are_told_with_their_lines() {
    let text = r#"<osm>
<way id="1"><nd ref="3" lat="1" lon="2"/><nd ref="9" lat="91" lon="2"/><tag k="highway" v="path"/></way>
<node id="4" lat="1" lon="181"/>
<node id="5" lat="inf" lon="1"/>

<node id="6" lat="1" lon="1"/><node id="7" lat="NaN" lon="1"/>
<way id="2"><nd ref="4"/><nd ref="5"/><nd ref="6"/><nd ref="7"/><tag k="highway" v="path"/></way>
</osm>"#;
    let streets = streets(text.as_bytes(), "a.osm", Memory::default()).expect("a good file");
    let lines: Vec<String> = streets
        .bad
        .iter()
        .map(|bad| bad.place.to_string())
        .collect();
    assert_eq!(lines, ["line 2", "line 3", "line 4", "line 6"]);
    assert_eq!(streets.missing_vertices, 4);
}

#[test]
fn the_box_is_told_where_it_is_one() {
    let bounds = |element: &str| {
        let text = TOWN.replacen("<way", &format!("{element}<way"), 1);
        streets(text.as_bytes(), "a.osm", Memory::default())
            .expect("a good file")
            .bounds
    };
    let good = r#"<bounds minlat="29" minlon="116" maxlat="30" maxlon="117"/>"#;
    assert_eq!(bounds(good), Some([116.0, 29.0, 117.0, 30.0]));
    assert_eq!(bounds(&good.replace("30", "28")), None);
    assert_eq!(bounds(&good.replace("30", "x")), None);
    assert_eq!(bounds("<bounds/>"), None);
}

#[test]
fn a_cut_file_is_an_error_at_every_byte() {
    for length in 0..TOWN.trim_end().len() {
        assert!(
            streets(&TOWN.as_bytes()[..length], "a.osm", Memory::default()).is_err(),
            "{length}"
        );
    }
    assert!(message(&TOWN[..TOWN.len() - 10]).starts_with("a.osm, line 10: "));
}

#[test]
fn every_error_names_its_line() {
    let cases = [
        (
            "lat=\"29.7317\"",
            "lat=\"29,7317\"",
            "line 4: <node> has lat=\"29,7317\", expected a number of degrees",
        ),
        (
            "lat=\"29.7317\" ",
            "",
            "line 4: <node> has no lat, expected a number of degrees",
        ),
        (
            "lat=\"29.7317\"",
            "lat=\"95\"",
            "line 4: node 1 stands at longitude 116.244, latitude 95",
        ),
        ("lat=\"29.7317\"", "lat=\"NaN\"", "line 4: node 1 stands at"),
        (
            "node id=\"3\"",
            "node id=\"3.5\"",
            "line 5: <node> has id=\"3.5\", expected a whole number",
        ),
        (
            "nd ref=\"3\"",
            "nd ref=\"\"",
            "line 3: <nd> has ref=\"\", expected a whole number",
        ),
        ("&amp;", "&lol9;", "line 3: a damaged attribute"),
        ("&amp;", "&", "line 3: a damaged attribute"),
        (
            "<tag k=\"a\" v=\"b\"/></node>",
            "</way>",
            "line 4: not well-formed XML",
        ),
        ("k=\"highway\" ", "", "line 3: a tag without k or v"),
        (
            "<osm ",
            "<gpx ",
            "line 2: the root is <gpx>, expected <osm>",
        ),
        (
            "<osm ",
            "<osmChange ",
            "line 2: a list of changes, expected a map",
        ),
        (
            "<relation id=\"1\">",
            "<remark/><relation>",
            "line 6: a remark says",
        ),
        (
            "<relation id=\"1\">",
            "<action type=\"create\"/><relation>",
            "line 6: a list of changes",
        ),
        (
            "</osm>\n",
            "</osm>\n<osm>",
            "line 12: a second <osm> begins",
        ),
    ];
    for (from, to, expected) in cases {
        let message = message(&TOWN.replacen(from, to, 1));
        assert!(
            message.starts_with(&format!("a.osm, {expected}")),
            "{message}"
        );
    }
}

#[test]
fn entities_of_a_dtd_are_not_expanded() {
    let text = TOWN
        .replace("<osm v", "<!DOCTYPE osm [<!ENTITY lol \"lol\">]>\n<osm v")
        .replace("&amp;", "&lol;");
    assert!(
        message(&text).contains("line 4: a damaged attribute"),
        "{}",
        message(&text)
    );
}

#[test]
fn text_in_another_encoding_is_refused() {
    let mut bytes = TOWN.as_bytes().to_vec();
    bytes[100] = 0xff;
    let error = streets(&bytes, "a.osm", Memory::default())
        .expect_err("not UTF-8")
        .to_string();
    assert!(
        error.starts_with("a.osm, line 3: the text is not UTF-8"),
        "{error}"
    );
}

#[test]
fn random_damage_never_panics() {
    let mut state = 1_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 40).unwrap_or(0)
    };
    for _ in 0..3000 {
        let mut bytes = TOWN.as_bytes().to_vec();
        for _ in 0..=random() % 3 {
            let place = random() % bytes.len();
            bytes[place] = u8::try_from(random() % 128).unwrap_or(b'<');
        }
        let _ = streets(&bytes, "a.osm", Memory::default());
    }
}

/// A square that may be walked, whose outline has its nodes written in two tags each.
const SQUARE: &str = r#"<osm>
<way id="1"><nd ref="1"></nd><nd ref="2"></nd><nd ref="3"></nd><nd ref="1"></nd></way>
<way id="2"><nd ref="3"/><nd ref="9" lat="95" lon="0"/><tag k="highway" v="footway"/></way>
<node id="1" lat="0" lon="0"/><node id="2" lat="0" lon="0.001"/><node id="3" lat="0.001" lon="0.001"/>
<relation id="7"><member type="way" ref="1" role="outer"/><tag k="type" v="multipolygon"/><tag k="highway" v="pedestrian"/><tag k="area" v="yes"/></relation>
</osm>"#;

#[test]
fn outlines_may_be_written_in_two_tags() {
    let one_tag = SQUARE.replace("></nd>", "/>");
    let pieces = |text: &str| {
        let streets = streets(text.as_bytes(), "a.osm", Memory::default()).expect("a good file");
        streets.pieces
    };
    assert_eq!(pieces(&one_tag).len(), 3, "the ring alone, in three pieces");
    assert_eq!(pieces(SQUARE), pieces(&one_tag));
}

#[test]
fn lines_are_told_right_whatever_is_read_last() {
    let stray = r#"<nd ref="1" lat="99" lon="0"/>"#;
    let text = SQUARE.replacen(r#"<nd ref="1"></nd>"#, stray, 1);
    let streets = streets(text.as_bytes(), "a.osm", Memory::default()).expect("a good file");
    let told: Vec<String> = streets.bad.iter().map(ToString::to_string).collect();
    assert!(told[0].contains("line 2"), "{told:?}");
    assert!(told[1].contains("line 3"), "{told:?}");
}

#[test]
fn a_deleted_node_leaves_no_barrier_to_the_next_of_its_id() {
    let wall =
        r#"<node id="2" visible="false" lat="0" lon="0.001"><tag k="barrier" v="wall"/></node>"#;
    let plain = r#"<node id="2" lat="0" lon="0.001"/>"#;
    let street = r#"<node id="1" lat="0" lon="0"/><node id="3" lat="0" lon="0.002"/><way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="footway"/></way>"#;
    let knots = |nodes: &str| {
        let text = format!("<osm>{nodes}{street}</osm>");
        let streets = streets(text.as_bytes(), "a.osm", Memory::default()).expect("a good file");
        format!("{:?}", (streets.nodes, streets.pieces, streets.stretches))
    };
    assert_ne!(knots(&wall.replace(r#"visible="false""#, "")), knots(plain));
    assert_eq!(knots(&format!("{wall}{plain}")), knots(plain));
}
