//! Tests of [`super`].

use super::*;

fn feature(properties: &str, kind: &str, coordinates: &str) -> String {
    let geometry = format!(r#"{{"type":"{kind}","coordinates":{coordinates}}}"#);
    format!(r#"{{"type":"Feature","properties":{properties},"geometry":{geometry}}}"#)
}

fn read(features: &[String]) -> PlainLines {
    let how = HowWalked {
        rule: WalkRule::W2,
        ..HowWalked::default()
    };
    let columns = StreetColumns::default();
    lines(
        features.join("\n").as_bytes(),
        "streets.geojson",
        columns,
        how,
    )
    .expect("lines")
}

/// The streets of lines without tags.
fn joined(lines: &[Vec<[f64; 2]>]) -> RawStreets {
    let plain = |vertices: &Vec<[f64; 2]>| PlainLine {
        vertices: vertices.clone(),
        ..PlainLine::default()
    };
    super::joined(&mut PlainLines {
        lines: lines.iter().map(plain).collect(),
        ..PlainLines::default()
    })
}

#[test]
fn lines_are_walked_by_the_walk_rule() {
    let read = read(&[
        feature("{}", "LineString", "[[0,0],[1,0,9]]"),
        feature(r#"{"highway":"motorway"}"#, "LineString", "[[0,0],[1,0]]"),
        feature(
            r#"{"foot":"no"}"#,
            "MultiLineString",
            "[[[0,0],[1,0]],[[0,1],[1,1]]]",
        ),
        feature("{}", "Point", "[0,0]"),
        feature(
            r#"{"highway":"pedestrian"}"#,
            "Polygon",
            "[[[0,0],[1,0],[1,1]]]",
        ),
        feature(
            r#"{"highway":"pedestrian","area":"yes"}"#,
            "Polygon",
            "[[[0,0],[1,0],[1,1]]]",
        ),
        feature("{}", "LineString", "[[0,0],[1]]"),
    ]);
    assert_eq!(
        (read.lines.len(), read.lines_seen, read.bad.places.len()),
        (2, 5, 1)
    );
    let left_out = LeftOut {
        points: 1,
        areas: 1,
        nowhere: 0,
    };
    assert_eq!(read.left_out, left_out);
    assert_eq!(read.lines[0].vertices, [[0.0, 0.0], [1.0, 0.0]]);
    assert!(read.lines[0].heights[0].is_nan());
    assert_eq!(read.lines[0].heights[1..], [9.0]);
    assert_eq!(read.lines[1].vertices.len(), 4);
}

#[test]
fn lines_join_at_shared_vertices_and_not_where_they_cross() {
    let cross = [vec![[0.0, 0.0], [2.0, 2.0]], vec![[0.0, 2.0], [2.0, 0.0]]];
    assert_eq!(joined(&cross).nodes.len(), 4);
    let tee = [
        vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]],
        vec![[1.000_000_04, 0.0], [1.0, 1.0]],
    ];
    let streets = joined(&tee);
    assert_eq!(
        (streets.nodes.len(), &streets.pieces[..]),
        (4, &[[0, 1], [1, 2], [1, 3]][..])
    );
}

#[test]
fn the_nodes_do_not_depend_on_the_order_of_the_lines() {
    let ahead = [
        vec![[116.2, 29.7], [116.300_000_04, 29.7]],
        vec![[116.3, 29.7], [116.3, 29.8]],
    ];
    let mut back = ahead.clone();
    back.reverse();
    let sorted = |lines: &[Vec<[f64; 2]>]| {
        let mut nodes = joined(lines).nodes;
        nodes.sort_by(|a, b| a.partial_cmp(b).expect("finite"));
        nodes
    };
    assert_eq!(sorted(&ahead), sorted(&back));
    assert!(sorted(&ahead).contains(&[116.3, 29.7]));
}

#[test]
fn repeated_vertices_leave_no_piece_and_strange_ones_part_the_line() {
    let lines = [vec![
        [1.0, 1.0],
        [1.0, 1.0],
        [2.0, 1.0],
        [f64::NAN, 0.0],
        [3.0, 1.0],
        [500_000.0, 3e6],
        [4.0, 1.0],
    ]];
    let streets = joined(&lines);
    assert_eq!(
        (
            streets.pieces.len(),
            streets.missing_vertices,
            streets.nodes.len()
        ),
        (1, 2, 4)
    );
    assert_eq!(streets.points, 0);
    assert_eq!(joined(&[]), RawStreets::default());
    let points = [vec![[1.0, 1.0], [1.0, 1.000_000_01]], vec![[1.0, 1.0]; 3]];
    assert_eq!(joined(&points).points, 2);
    assert!(joined(&[vec![], vec![[1.0, 1.0]]]).pieces.is_empty());
}

#[test]
fn tags_stay_with_their_lines_and_the_lowest_height_counts() {
    let mut features = [
        feature(
            r#"{"highway":"steps","name":"A"}"#,
            "MultiLineString",
            "[[[0,0,1],[1,0,2],[1,0,2],[2,0,3]],[[5,5],[6,5]]]",
        ),
        feature(
            r#"{"highway":"path"}"#,
            "LineString",
            "[[2,0,2.5],[3,0,-9999]]",
        ),
        feature(r#"{"wheelchair":"no"}"#, "LineString", "[[2,0,7],[3,0]]"),
        feature(
            r#"{"highway":"motorway","name":"B"}"#,
            "LineString",
            "[[2,0],[3,0]]",
        ),
    ];
    let read = |features: &[String]| super::joined(&mut read(features));
    let streets = read(&features);
    let pieces: Vec<_> = streets
        .stretches
        .iter()
        .map(|stretch| stretch.pieces.clone())
        .collect();
    assert_eq!(pieces, [0..2, 2..3, 4..5]);
    assert_eq!(
        streets.heights,
        [Some(1.0), Some(2.0), Some(2.5), None, None, None]
    );
    assert_eq!(
        streets.doubts,
        Doubts {
            uneven: 1,
            most: 4.5,
            strange: 1
        }
    );
    assert_eq!(
        streets.names.at(0).map(ToString::to_string),
        Some("A".to_owned())
    );
    assert!(streets.names.at(1).is_none(), "nobody walks on B");
    features.reverse();
    assert_eq!(read(&features).doubts, streets.doubts);
    let flat = [feature("{}", "LineString", "[[0,0,0],[1,0,0]]")];
    assert!(read(&flat).heights.is_empty(), "zeros are a filler");
}
