use geo::Geometry;

use super::*;
use crate::read::formats::layer::table;
use crate::read::formats::table::Table;

fn read(text: &str) -> Table {
    table(text.as_bytes(), "a.geojson").expect("a table")
}

fn error(text: &str) -> String {
    table(text.as_bytes(), "a.geojson")
        .expect_err("an error")
        .to_string()
}

fn point(properties: &str, id: &str) -> String {
    format!(
        r#"{{"type":"Feature",{id}"properties":{properties},"geometry":{{"type":"Point","coordinates":[116.2,29.7]}}}}"#
    )
}

fn collection(features: &[String]) -> String {
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

#[test]
fn columns_come_in_order_of_first_appearance() {
    let table = read(&collection(&[
        point(r#"{"z":1," a ":" x "}"#, ""),
        point(r#"{"b":[1,"y",null],"z":null}"#, ""),
    ]));
    assert_eq!(table.columns, ["z", "a", "b"]);
    assert_eq!(
        table.records[0].values,
        [Value::Number(1.0), text("x"), Value::Empty]
    );
    assert_eq!(
        table.records[1].values,
        [
            Value::Empty,
            Value::Empty,
            Value::List(vec!["1".into(), "y".into()])
        ]
    );
    assert_eq!(table.records[1].place, Place::Feature(2));
    assert_eq!(
        table.records[0].geometry,
        Some(Geometry::Point((116.2, 29.7).into()))
    );
}

#[test]
fn nested_objects_are_json_text() {
    let table = read(&point(
        r#"{"o":{"b":{"c":[1]},"a":"x"},"n":9007199254740993}"#,
        "",
    ));
    let values = &table.records[0].values;
    assert_eq!(values[0], text(r#"{"b":{"c":[1]},"a":"x"}"#));
    assert_eq!(values[1], text("9007199254740993"));
}

#[test]
fn what_stands_twice_in_a_feature_is_wrong_whichever_of_the_two_counts() {
    let geometry = r#""geometry":{"type":"Point","coordinates":[1,2]}"#;
    let cases = [
        ("k", point(r#"{"k":1,"k":2}"#, "")),
        ("k", point(r#"{"k":null," k ":2}"#, "")),
        ("id", point("{}", r#""id":1,"id":1,"#)),
        ("type", point("{}", r#""type":"Feature","#)),
        ("properties", point("{}", r#""properties":{},"#)),
        ("geometry", point("{}", &format!("{geometry},"))),
        (
            "coordinates",
            point("{}", "").replace("[116.2,29.7]", r#"[116.2,29.7],"coordinates":[1,2]"#),
        ),
    ];
    for (name, feature) in cases {
        let table = read(&collection(&[feature.clone(), point("{}", "")]));
        let flaw = table.records[0].flaw.as_deref();
        let bad = table.bad.examples.first().or(flaw).expect(&feature);
        assert_eq!(
            bad.to_string(),
            format!(
                "a.geojson, feature 1: \"{name}\" stands twice in one object – remove one of the two"
            )
        );
        let good = table.records.iter().filter(|record| record.flaw.is_none());
        assert_eq!(good.count(), 1, "the other feature is whole: {feature}");
    }
}

#[test]
fn what_stands_twice_in_the_file_itself_ends_its_reading() {
    let (a, b) = (point("{}", ""), point("{}", ""));
    let twice = [
        format!(r#"{{"type":"FeatureCollection","features":[{a}],"features":[{b}]}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[],"features":[{b}]}}"#),
        format!(r#"{{"type":"FeatureCollection","features":[{b}],"features":null}}"#),
        r#"{"type":"GeometryCollection","geometries":[],"geometries":[null]}"#.to_owned(),
        r#"{"type":"FeatureCollection","features":[],"crs":null,"crs":{}}"#.to_owned(),
    ];
    for text in twice {
        assert!(
            error(&text).contains("stands twice in one object"),
            "{text}"
        );
    }
    // Members that mean nothing here may be written as anybody likes.
    let foreign = format!(r#"{{"type":"FeatureCollection","x":1,"x":2,"features":[{a}]}}"#);
    assert_eq!(read(&foreign).records.len(), 1);
}

#[test]
fn a_features_id_becomes_a_column_unless_a_property_is_one() {
    let table = read(&collection(&[
        point(r#"{"a":1}"#, r#""id":7,"#),
        point("null", r#""id":"x","#),
    ]));
    assert_eq!(table.columns, ["id", "a"]);
    assert_eq!(
        (&table.records[0].values[0], &table.records[1].values[0]),
        (&Value::Number(7.0), &text("x"))
    );
    let table = read(&point(r#"{"a":1,"id":8}"#, r#""id":7,"#));
    assert_eq!(
        (table.columns.len(), &table.records[0].values[1]),
        (2, &Value::Number(8.0))
    );
    let table = read(&point(r#"{"a":1,"id":null}"#, r#""id":7,"#));
    assert_eq!(
        (table.columns.len(), &table.records[0].values[1]),
        (2, &Value::Number(7.0))
    );
}

#[test]
fn one_wrong_feature_does_not_end_the_file() {
    let wrong = [
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1],[1,1],[0,0]]]}}"#,
        r#"{"type":"Feature","properties":5,"geometry":null}"#,
        r#"{"type":"Feature","properties":{},"geometry":"POINT (1 2)"}"#,
        r#"{"type":"Point","coordinates":[1,2]}"#,
        r#"{"attributes":{},"geometry":{"x":1,"y":2}}"#,
        r#"{"type":"Feature","id":{},"properties":{},"geometry":null}"#,
        "null",
        "[1,[2]]",
        "17.5",
        "-3",
    ];
    let mut features: Vec<String> = wrong.iter().map(|w| (*w).to_string()).collect();
    features.push(point("{}", ""));
    let table = read(&collection(&features));
    let flaws: Vec<String> = table
        .records
        .iter()
        .filter_map(|r| Some(r.flaw.as_ref()?.to_string()))
        .collect();
    assert_eq!(
        (table.records.len(), table.bad.places.len()),
        (1 + flaws.len(), wrong.len() - flaws.len())
    );
    assert_eq!(
        table.records.last().map(|record| record.place),
        Some(Place::Feature(11))
    );
    assert_eq!(
        flaws[0],
        "a.geojson, feature 1: a position without two numbers – give longitude and latitude"
    );
}

#[test]
fn bare_geometries_and_collections_are_features() {
    assert_eq!(
        read(r#"{"coordinates":[1,2,3],"type":"Point"}"#)
            .records
            .len(),
        1
    );
    let text = r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},null,5]}"#;
    let table = read(text);
    assert_eq!(
        (
            table.records.len(),
            table.bad.places.len(),
            table.records[1].geometry.is_none()
        ),
        (2, 1, true)
    );
}

#[test]
fn one_feature_a_line_with_or_without_separators() {
    let (a, b) = (point(r#"{"n":1}"#, ""), point(r#"{"n":2}"#, ""));
    for text in [
        format!("{a}\n{b}\n"),
        format!("\u{1e}{a}\n\u{1e}{b}\n"),
        format!("{a}\r\n\r\n{b}"),
    ] {
        let table = read(&text);
        assert_eq!(
            (table.records.len(), table.records[1].place),
            (2, Place::Feature(2))
        );
    }
    assert!(error(&format!("{a}\n{b}\n{{\"type\":")).contains("line 3"));
    assert!(error(&format!("{}\n{b}", collection(&[a]))).contains("line 2"));
}

#[test]
fn the_members_order_does_not_matter_but_the_type_does() {
    let features = format!(r#""features":[{}]"#, point("{}", ""));
    assert_eq!(
        read(&format!(r#"{{{features},"type":"FeatureCollection"}}"#))
            .records
            .len(),
        1
    );
    assert!(error(&format!("{{{features}}}")).contains("no \"type\""));
    assert!(error(r#"{"type":"Topology","objects":{},"arcs":[]}"#).contains("TopoJSON"));
    assert!(error(r#"{"type":"FeatureCollection"}"#).contains("without features"));
    assert!(
        error(r#"{"type":"FeatureCollection","features":{"a":1}}"#).contains("without features")
    );
    assert!(error(r#"{"type":"nonsense"}"#).contains("of type \"nonsense\""));
    for other in ["[]", "5", "null", "\"x\"", "[{\"type\":\"Feature\"}]"] {
        assert!(error(other).contains("expected GeoJSON"), "{other}");
    }
    assert!(error("").contains("line 1") && error("  \n").contains("too early"));
}

#[test]
fn old_crs_members_are_told() {
    let crs = |member: &str| {
        read(&format!(
            r#"{{"type":"FeatureCollection","features":[],"crs":{member}}}"#
        ))
        .declared_crs
    };
    let named = |name: &str| {
        crs(&format!(
            r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#
        ))
    };
    assert_eq!(
        named("urn:ogc:def:crs:EPSG::4547").as_deref(),
        Some("EPSG:4547")
    );
    assert_eq!(named("EPSG:4490").as_deref(), Some("EPSG:4490"));
    assert_eq!(
        named("http://www.opengis.net/def/crs/EPSG/0/4547").as_deref(),
        Some("EPSG:4547")
    );
    assert_eq!(
        named("urn:ogc:def:crs:OGC:1.3:CRS84").as_deref(),
        Some("WGS84")
    );
    assert_eq!(named("my own grid").as_deref(), Some("my own grid"));
    assert_eq!(
        crs(r#"{"type":"EPSG","properties":{"code":4326}}"#).as_deref(),
        Some("EPSG:4326")
    );
    assert_eq!(crs("null"), None);
    assert_eq!(crs("[1]"), None);
}

#[test]
fn gbk_text_is_read() {
    let bytes = encoding_rs::GB18030
        .encode(&point(r#"{"名称":"双钟镇便民服务中心"}"#, ""))
        .0
        .into_owned();
    let table = table(bytes.as_slice(), "a.geojson").expect("a table");
    assert_eq!(
        (table.encoding, &table.records[0].values[0]),
        ("GB18030", &text("双钟镇便民服务中心"))
    );
}

#[test]
fn deep_nesting_is_an_error_not_an_overflow() {
    for open in [
        "[",
        r#"{"a":"#,
        r#"{"type":"GeometryCollection","geometries":["#,
        r#"{"properties":"#,
    ] {
        for head in [
            "",
            r#"{"type":"Feature","properties":"#,
            r#"{"type":"Feature","geometry":"#,
            r#"{"features":["#,
        ] {
            assert!(
                table(
                    format!("{head}{}", open.repeat(300_000)).as_bytes(),
                    "a.geojson"
                )
                .is_err()
            );
        }
    }
}

#[test]
fn a_property_of_its_own_in_every_feature_cannot_fill_the_memory() {
    let features: Vec<String> = (0..20_000)
        .map(|n| point(&format!(r#"{{"p{n}":1}}"#), ""))
        .collect();
    let error = table(collection(&features).as_bytes(), "a.geojson").expect_err("too large");
    assert!(matches!(error, ReadError::TooLarge(_)));
}

#[test]
fn a_cut_file_is_an_error_at_every_byte() {
    let whole = format!(
        "{}\n",
        collection(&[point(r#"{"名":"x\n"}"#, r#""id":1,"#), point("{}", "")])
    );
    for length in 0..whole.len() - 2 {
        let bytes = whole.as_bytes().get(..length).expect("a cut");
        assert!(table(bytes, "a.geojson").is_err(), "{length}");
    }
}

#[test]
fn damaged_files_never_panic() {
    let polygon = r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}"#;
    let whole = collection(&[
        point(r#"{"名":"x\n","l":[1,{"a":null}]}"#, r#""id":1,"#),
        polygon.into(),
    ]);
    let mut seed = 1_u64;
    for _ in 0..20_000 {
        let mut bytes = whole.clone().into_bytes();
        for _ in 0..2 {
            seed = seed
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            let at = usize::try_from(seed >> 33).expect("31 bits") % bytes.len();
            bytes[at] =
                b"0123456789[]{},:\"eE.-nulltrue\\ \xff"[usize::from(seed.to_le_bytes()[3]) % 32];
        }
        if let Ok(table) = table(bytes.as_slice(), "a.geojson") {
            assert!(
                table
                    .records
                    .iter()
                    .all(|r| r.values.len() == table.columns.len())
            );
        }
    }
}

fn real_files() -> Vec<std::path::PathBuf> {
    let Ok(data) = std::env::var("WALKSHED_DATA") else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return Vec::new();
    };
    let mut files = Vec::new();
    for folder in [
        "geojsonhint/good",
        "georust_geojson",
        "georust_geojson/canonical",
    ] {
        let entries =
            std::fs::read_dir(std::path::Path::new(&data).join("data").join(folder)).expect(folder);
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    files.retain(|path| path.extension().is_some_and(|e| e == "geojson"));
    assert!(files.len() >= 36, "{files:?}");
    files
}

/// The `geojson` crate's own reading, for files that do not make it panic.
fn by_the_crate(text: &str) -> Vec<Option<Geometry<f64>>> {
    let convert = |g: ::geojson::Geometry| Geometry::<f64>::try_from(g).expect("a geometry");
    match text.parse::<::geojson::GeoJson>().expect("GeoJSON") {
        ::geojson::GeoJson::FeatureCollection(c) => c
            .features
            .into_iter()
            .map(|f| f.geometry.map(convert))
            .collect(),
        ::geojson::GeoJson::Feature(f) => vec![f.geometry.map(convert)],
        ::geojson::GeoJson::Geometry(g) => match convert(g) {
            Geometry::GeometryCollection(members) => members.into_iter().map(Some).collect(),
            one => vec![Some(one)],
        },
    }
}

#[test]
fn real_files_are_read_as_the_geojson_crate_reads_them() {
    for path in real_files() {
        let text = std::fs::read_to_string(&path).expect("a file");
        let ours = table(text.as_bytes(), "a.geojson")
            .unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        assert!(
            ours.bad.places.is_empty(),
            "{}: {:?}",
            path.display(),
            ours.bad
        );
        let ours: Vec<_> = ours
            .records
            .into_iter()
            .map(|record| record.geometry)
            .collect();
        assert_eq!(ours, by_the_crate(&text), "{}", path.display());
    }
}
