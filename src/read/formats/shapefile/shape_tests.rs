//! Every type of shape is what GeoJSON would say, and every type of column.

use geo::Geometry;

use super::samples::{Column, dbf, null, parts, point, points, shp};
use super::*;
use crate::read::formats::aside::Part;
use crate::read::formats::table::Value;

fn read(kind: u32, shapes: &[Vec<u8>], columns: &[Column<'_>], rows: &[&[&[u8]]]) -> Vec<Feature> {
    let aside = Aside {
        parts: vec![Part {
            name: "a.dbf".to_owned(),
            bytes: dbf(columns, rows),
        }],
        ..Aside::default()
    };
    let mut features = Vec::new();
    for_each((&shp(kind, shapes), &aside), "a.shp", &mut |_, feature| {
        features.push(feature.expect("a good row"));
    })
    .expect("a good file");
    features
}

/// The shape of a file of one.
fn shape(kind: u32, shape: Vec<u8>) -> Feature {
    let mut features = read(kind, &[shape], &[(b"a", b'C', 1)], &[&[b"x"]]);
    features.pop().expect("one")
}

/// The same as GeoJSON.
fn json(text: &str) -> Feature {
    Feature::of(serde_json::from_str(text).expect("JSON"))
}

fn assert_same(found: &Feature, wanted: &str) {
    let wanted = json(wanted);
    assert_eq!(found.geometry, wanted.geometry);
    assert_eq!(found.heights, wanted.heights);
    assert_eq!(found.flaw, wanted.flaw);
}

#[test]
fn single_and_several_points() {
    let plain = r#"{"type":"Point","coordinates":[1,2]}"#;
    assert_same(&shape(1, point(1, &[1.0, 2.0])), plain);
    assert_same(&shape(11, point(11, &[1.0, 2.0, 30.0, 5.0])), plain);
    assert_same(&shape(21, point(21, &[1.0, 2.0, 5.0])), plain);
    let several = r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#;
    assert_same(&shape(8, points(&[[1.0, 2.0], [3.0, 4.0]])), several);
    assert_same(&shape(1, null()), "null");
    let flaw = shape(1, point(1, &[f64::NAN, 2.0])).flaw.expect("no place");
    assert_eq!(flaw.expected.to_string(), "a position without two numbers");
}

#[test]
fn a_measure_is_no_height() {
    let line = vec![vec![[1.0, 2.0], [3.0, 4.0]]];
    let range = [0.0, 9.0];
    let m = [range.as_slice(), &[100.0, 200.0]].concat();
    let z = [range.as_slice(), &[7.0, 8.5], &m].concat();
    let flat = r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#;
    assert_same(&shape(3, parts(3, &line, &[])), flat);
    assert_same(&shape(23, parts(23, &line, &m)), flat);
    let high = r#"{"type":"LineString","coordinates":[[1,2,7],[3,4,8.5]]}"#;
    assert_same(&shape(13, parts(13, &line, &z)), high);
    // The measures may be left out, and a height may be the mark for none.
    assert_same(&shape(13, parts(13, &line, &z[..4])), high);
    let void = [range.as_slice(), &[-1e39, 8.5]].concat();
    let heights = shape(13, parts(13, &line, &void)).heights;
    assert!(heights[0].is_nan() && heights[1..] == [8.5], "{heights:?}");
}

#[test]
fn lines_and_areas() {
    let two = [vec![[1.0, 2.0], [3.0, 4.0]], vec![[5.0, 6.0], [7.0, 8.0]]];
    let lines = r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]],[[5,6],[7,8]]]}"#;
    assert_same(&shape(3, parts(3, &two, &[])), lines);
    assert_same(&shape(3, parts(3, &[], &[])), "null");
    let ring =
        |from: f64, to: f64| vec![[from, from], [from, to], [to, to], [to, from], [from, from]];
    let rings = [ring(0.0, 9.0), ring(2.0, 4.0), ring(20.0, 30.0)];
    for kind in [5, 15, 25] {
        let vertices = rings.iter().map(Vec::len).sum::<usize>();
        let more = if kind == 5 { 0 } else { vertices + 2 };
        let found = shape(kind, parts(kind, &rings, &vec![1.0; more]));
        let Some(Geometry::MultiPolygon(areas)) = &found.geometry else {
            panic!("{found:?}")
        };
        let holes: Vec<usize> = areas.iter().map(|area| area.interiors().len()).collect();
        assert_eq!(holes, [1, 0]);
        assert!(found.heights.is_empty());
    }
    let short = shape(
        5,
        parts(5, &[vec![[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]], &[]),
    )
    .flaw;
    let told = short.expect("no area").expected.to_string();
    assert_eq!(told, "a ring of fewer than three distinct positions");
}

#[test]
fn every_type_of_column_is_read() {
    let columns: [Column<'_>; 7] = [
        (b"text", b'C', 8),
        (b"number", b'N', 20),
        (b"part", b'F', 6),
        (b"day", b'D', 8),
        (b"flag", b'L', 1),
        (b"whole", b'I', 4),
        (b"memo", b'M', 10),
    ];
    let rows: [&[&[u8]]; 3] = [
        &[
            b"a b",
            b"12.5",
            b"0.25",
            b"20240301",
            b"T",
            &[5, 0, 0, 0],
            b"7",
        ],
        &[b"", b"", b"", b"00000000", b"?", &[0xff; 4], b""],
        &[
            b"x",
            b"36042900100100000007",
            b"1.2W",
            b"soon",
            b"f",
            &[0; 4],
            b"",
        ],
    ];
    let shapes = vec![null(); 3];
    let features = read(1, &shapes, &columns, &rows);
    let text = |text: &str| Value::Text(text.into());
    let of = |row: usize| -> Vec<Value> {
        let properties = features[row].properties.iter();
        properties.map(|(_, value)| value.clone()).collect()
    };
    assert_eq!(
        of(0),
        [
            text("a b"),
            Value::Number(12.5),
            Value::Number(0.25),
            text("2024-03-01"),
            Value::Bool(true),
            Value::Number(5.0),
            Value::Empty
        ]
    );
    assert_eq!(of(1)[..5], vec![Value::Empty; 5]);
    assert_eq!(of(1)[5], Value::Number(-1.0));
    // What is no number stays as it is written: the column's reader knows what to say.
    assert_eq!(
        of(2)[1..4],
        [text("36042900100100000007"), text("1.2W"), text("soon")]
    );
    assert_eq!(of(2)[4], Value::Bool(false));
}

#[test]
fn what_does_not_belong_together_is_refused() {
    let said = |shp: &[u8], parts: Vec<Part>| {
        let aside = Aside {
            parts,
            ..Aside::default()
        };
        let read = for_each((shp, &aside), "a.shp", &mut |_, _| {});
        read.expect_err("wrong").to_string()
    };
    let part = |bytes: Vec<u8>| {
        vec![Part {
            name: "a.dbf".to_owned(),
            bytes,
        }]
    };
    let one = shp(1, &[point(1, &[1.0, 2.0])]);
    assert_eq!(
        said(&one, Vec::new()),
        "a.shp: the .dbf beside it is missing, which holds the attributes of the shapes – put the .shp, .dbf, .prj and .cpg of one name in one folder, or in one zip file"
    );
    let two_rows = dbf(&[(b"a", b'C', 1)], &[&[b"x"], &[b"y"]]);
    assert_eq!(
        said(&one, part(two_rows.clone())),
        "a.shp: 1 shape and 2 rows in a.dbf: they do not belong together – export it again"
    );
    let cut = two_rows[..two_rows.len() - 2].to_vec();
    assert_eq!(
        said(&one, part(cut)),
        "a.dbf: it says that it has 2 rows and has 1 – export it again"
    );
    let twice = dbf(&[(b"a", b'C', 1), (b"a", b'C', 1)], &[&[b"x", b"y"]]);
    assert_eq!(
        said(&one, part(twice)),
        "a.dbf: \"a\": two columns have this name – rename or remove one of them"
    );
}
