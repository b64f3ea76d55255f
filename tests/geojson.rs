//! GeoJSON in memory: collections in as files are, results out as files hold them.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use walkshed::geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject};
use walkshed::model::{Attribute, Finding, Study, StudyParts, Units};
use walkshed::read::geojson::{self, Collections};
use walkshed::read::{self, OnBad};
use walkshed::{Options, report};

type Tested = Result<(), Box<dyn Error>>;

const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"highway":"residential","name":"文桥路"},"geometry":{"type":"LineString","coordinates":[[116.2,29.7,5],[116.21,29.7,7],[116.23,29.7,9]]}},
{"type":"Feature","properties":{"highway":"motorway"},"geometry":{"type":"LineString","coordinates":[[116.2,29.71],[116.23,29.71]]}},
{"type":"Feature","properties":{"area":"yes"},"geometry":{"type":"Polygon","coordinates":[[[116.21,29.7],[116.21,29.701],[116.211,29.701],[116.21,29.7]]]}}]}"#;

const SITES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"floors":3,"helper":true,"items":["i1","i2"],"tags":["a","b"],"unit":36,"编号":12,"名称":"便民服务站"},"geometry":{"type":"Point","coordinates":[116.201,29.7001]}},
{"type":"Feature","properties":{"cells":"ours","floors":null,"helper":false,"items":"i1","unit":37,"编号":7},"geometry":{"type":"Point","coordinates":[116.22,29.7001]}}]}"#;

/// A clockwise square with a hole, a point, and two squares.
const CELLS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","id":1,"properties":{"built":1998,"elderly":2,"households":4,"population":10,"seconds":"ours","type":"院落","unit":36},"geometry":{"type":"Polygon","coordinates":[[[116.2,29.7],[116.2,29.702],[116.202,29.702],[116.202,29.7],[116.2,29.7]],[[116.2001,29.7001],[116.2002,29.7001],[116.2002,29.7002],[116.2001,29.7001]]]}},
{"type":"Feature","id":2,"properties":{"population":20,"unit":36},"geometry":{"type":"Point","coordinates":[116.203,29.7001]}},
{"type":"Feature","id":3.5,"properties":{"built":2001.5,"population":30,"unit":37},"geometry":{"type":"MultiPolygon","coordinates":[[[[116.22,29.7],[116.222,29.7],[116.222,29.702],[116.22,29.7]]],[[[116.225,29.7],[116.226,29.7],[116.226,29.701],[116.225,29.7]]]]}}]}"#;

const BOUNDARY: &str = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},
"geometry":{"type":"Polygon","coordinates":[[[116.1,29.6],[116.3,29.6],[116.3,29.8],[116.1,29.8],[116.1,29.6]]]}}]}"#;

fn parsed(text: &str) -> FeatureCollection {
    text.parse().expect("GeoJSON")
}

/// A study of the four files, in a folder.
fn from_files(folder: &Path) -> Study {
    let files = [
        ("streets", STREETS),
        ("sites", SITES),
        ("cells", CELLS),
        ("boundary", BOUNDARY),
    ];
    let mut inputs = "[inputs]\n".to_owned();
    for (role, text) in files {
        fs::write(folder.join(role), text).expect("written");
        writeln!(inputs, "{role} = '{role}'").expect("text grows");
    }
    fs::write(folder.join("study.toml"), inputs).expect("written");
    let (study, _) = read::study(folder.join("study.toml")).expect("valid");
    study
}

fn from_memory() -> StudyParts {
    let [streets, sites, cells, boundary] = [STREETS, SITES, CELLS, BOUNDARY].map(parsed);
    let given = Collections {
        boundary: Some(&boundary),
        ..Collections::new(&streets, &sites, &cells)
    };
    geojson::parts(&given, OnBad::Stop).expect("valid")
}

#[test]
fn a_file_and_the_same_collection_in_memory_give_the_same_study() -> Tested {
    let folder = tempfile::tempdir()?;
    let file = from_files(folder.path());
    let memory = Study::new(from_memory())?;
    assert_eq!(
        format!("{:?}", file.network()),
        format!("{:?}", memory.network())
    );
    assert_eq!(file.sites(), memory.sites());
    assert_eq!(file.cells(), memory.cells());
    assert_eq!(file.units(), memory.units());
    assert_eq!(file.target(), memory.target());
    assert_eq!(
        format!("{:?}", file.catalogue()),
        format!("{:?}", memory.catalogue())
    );
    assert_eq!(
        format!("{:?}", file.boundary()),
        format!("{:?}", memory.boundary())
    );
    // How a study file says that people walk is no matter of the data.
    let of_data = |finding: &&Finding| finding.code != "slope-off";
    let findings: Vec<&Finding> = file.findings().iter().filter(of_data).collect();
    assert_eq!(findings.len(), 5, "{findings:?}");
    assert_eq!(findings, memory.findings().iter().collect::<Vec<_>>());
    Ok(())
}

#[test]
fn each_part_comes_alone_too() -> Tested {
    let [streets, sites, cells, boundary] = [STREETS, SITES, CELLS, BOUNDARY].map(parsed);
    let whole = from_memory();
    let units = geojson::units(&[&sites, &cells])?;
    assert_eq!(units, whole.units);
    let (network, _) = geojson::streets(&streets, OnBad::Stop)?;
    assert_eq!(network.nodes(), whole.network.nodes());
    assert_eq!(geojson::sites(&sites, &units, OnBad::Stop)?.0, whole.sites);
    assert_eq!(geojson::cells(&cells, &units, OnBad::Stop)?.0, whole.cells);
    let (area, _) = geojson::boundary(&boundary, OnBad::Stop)?;
    assert_eq!(format!("{:?}", Some(area)), format!("{:?}", whole.boundary));
    Ok(())
}

#[test]
fn what_is_wrong_in_a_file_is_wrong_in_memory() {
    let none = Units::default();
    let starts = |text: String, expected: &str| {
        let read = geojson::cells(&parsed(&text), &none, OnBad::Stop);
        let error = read.expect_err("wrong").to_string();
        assert!(error.starts_with(expected), "{error}");
    };
    let short = |text: &str| text.replace(r#""unit":36"#, "").replace(",}", "}");
    let bad = short(CELLS).replace(r#""population":20"#, r#""population":"many""#);
    let expected = "cells, feature 2: property \"population\" is \"many\", expected a number";
    starts(bad, expected);
    let expected =
        "cells, feature 1: property \"unit\" is \"36\", expected a unit of the units table";
    starts(CELLS.to_owned(), expected);
    // The crate would panic on it when it is asked for a shape.
    let torn = short(CELLS).replace("[116.202,29.702]", "[116.202]");
    starts(torn, "cells, feature 1: a position without two numbers");
    let metres = short(CELLS).replace(
        r#""type":"FeatureCollection","#,
        r#""type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4547"}},"#,
    );
    starts(
        metres,
        "cells: all its points are in EPSG:4547 by declaration",
    );

    let nan = Feature {
        geometry: Some(Geometry::new_point([f64::NAN, 29.7])),
        properties: Some(JsonObject::new()),
        ..Feature::default()
    };
    let read = geojson::cells(&FeatureCollection::new([nan]), &none, OnBad::Stop);
    let error = read.expect_err("nowhere").to_string();
    assert!(error.starts_with("cells, feature 1: "), "{error}");
}

#[test]
fn a_wrong_feature_can_be_left_out() -> Tested {
    let many: Vec<String> = (0..20)
        .map(|n| format!(r#"{{"type":"Feature","properties":{{"id":{n},"population":1}},"geometry":{{"type":"Point","coordinates":[116.2,29.7{n}]}}}}"#))
        .collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        many.join(",")
    );
    let one = text.replacen("116.2,", "416.2,", 1);
    let (cells, findings) = geojson::cells(&parsed(&one), &Units::default(), OnBad::Skip)?;
    assert_eq!((cells.len(), cells.as_slice()[0].at), (20, None));
    assert!(
        findings
            .iter()
            .any(|finding| finding.code == "not-on-the-globe")
    );
    let all = text.replace("116.2,", "416.2,");
    assert!(geojson::cells(&parsed(&all), &Units::default(), OnBad::Skip).is_err());
    Ok(())
}

/// `cells.geojson` and `sites.geojson` as written, and the collections of the same results.
fn maps(study: &Study) -> Result<[(String, FeatureCollection); 2], Box<dyn Error>> {
    let results = walkshed::run(study, &Options::default())?;
    let folder = tempfile::tempdir()?;
    report::write(&results, folder.path())?;
    let text = |file: &str| fs::read_to_string(folder.path().join(file));
    Ok([
        (text("cells.geojson")?, report::cells_geojson(&results)),
        (text("sites.geojson")?, report::sites_geojson(&results)),
    ])
}

#[test]
fn the_maps_in_memory_are_those_in_files() -> Tested {
    let folder = tempfile::tempdir()?;
    for (text, collection) in maps(&from_files(folder.path()))? {
        assert_eq!(parsed(&text), collection);
        assert_eq!(text.lines().count(), collection.features.len() + 2);
    }
    Ok(())
}

#[test]
fn a_polygon_stays_one_with_its_own_properties_after_ours() -> Tested {
    let folder = tempfile::tempdir()?;
    let [(text, cells), _] = maps(&from_files(folder.path()))?;
    let kinds: Vec<&str> = cells
        .features
        .iter()
        .filter_map(|feature| Some(feature.geometry.as_ref()?.value.type_name()))
        .collect();
    assert_eq!(kinds, ["Polygon", "Point", "MultiPolygon"]);
    let lines: Vec<&str> = text.lines().collect();
    // Counter-clockwise, the hole clockwise.
    let outline = r#"{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[116.2,29.7],[116.202,29.7],[116.202,29.702],[116.2,29.702],[116.2,29.7]],[[116.2001,29.7001],[116.2002,29.7002],[116.2002,29.7001],[116.2001,29.7001]]]},"properties":{"cell":1,"unit":36,"population":10,"#;
    assert!(lines[1].starts_with(outline), "{}", lines[1]);
    let own = r#","built":1998,"elderly":2,"households":4,"type":"院落"}},"#;
    assert!(lines[1].ends_with(own), "{}", lines[1]);
    assert!(!lines[1].contains("ours"), "{}", lines[1]);
    let empty = r#","built":null,"elderly":null,"households":null,"type":null}},"#;
    assert!(lines[2].ends_with(empty), "{}", lines[2]);
    assert!(
        lines[3].contains(r#""cell":3.5,"unit":37,"#) && lines[3].contains(r#""built":2001.5,"#)
    );
    assert!(lines[1].contains(r#""nearest_site":12,"#), "{}", lines[1]);
    Ok(())
}

/// More squares than one block of lines holds, each with a property of its own.
fn many_cells() -> String {
    let square = |n: i32| {
        let (x, y) = (f64::from(n % 100) * 1e-4, f64::from(n / 100) * 1e-4);
        let ring = [[0.0, 0.0], [5e-5, 0.0], [5e-5, 5e-5], [0.0, 0.0]]
            .map(|[dx, dy]| format!("[{},{}]", 116.2 + x + dx, 29.7 + y + dy));
        let ring = ring.join(",");
        format!(
            r#"{{"type":"Feature","id":{n},"properties":{{"population":1,"built":{n}}},"geometry":{{"type":"Polygon","coordinates":[[{ring}]]}}}}"#
        )
    };
    let squares: Vec<String> = (0..5000).map(square).collect();
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        squares.join(",")
    )
}

#[test]
fn threads_change_no_byte_of_the_maps() -> Tested {
    let folder = tempfile::tempdir()?;
    from_files(folder.path());
    fs::write(folder.path().join("cells"), many_cells())?;
    let study = read::study(folder.path().join("study.toml"))?.0;
    let [one, three] = [1, 3].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.expect("threads");
        pool.install(|| maps(&study).map_err(|error| error.to_string()))
    });
    let one = one?;
    assert_eq!(one[0].1.features.len(), 5000);
    assert_eq!(one, three?);
    Ok(())
}

#[test]
fn sites_keep_their_own_properties_and_numbers() -> Tested {
    let folder = tempfile::tempdir()?;
    let study = from_files(folder.path());
    let [_, (text, _)] = maps(&study)?;
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[1].contains(r#""properties":{"id":12,"name":"便民服务站","kind":null,"unit":36,"#)
    );
    // Their items and cells are ours: what is counted there.
    assert!(
        lines[1].ends_with(r#","floors":3,"helper":true,"tags":["a","b"]}},"#),
        "{}",
        lines[1]
    );
    assert!(lines[1].contains(r#""items":2,"cells":"#), "{}", lines[1]);
    let site = &study.sites()[study.sites().find("12").ok_or("site 12")?];
    assert_eq!(site.attributes.get("floors"), Some(&Attribute::Number(3.0)));
    Ok(())
}

#[test]
fn ids_of_which_one_is_a_text_are_all_texts() -> Tested {
    let folder = tempfile::tempdir()?;
    from_files(folder.path());
    fs::write(
        folder.path().join("cells"),
        CELLS.replace(r#""id":3.5"#, r#""id":"3a""#),
    )?;
    let study = read::study(folder.path().join("study.toml"))?.0;
    let [(text, _), _] = maps(&study)?;
    assert!(text.contains(r#""cell":"1""#) && text.contains(r#""cell":"3a""#));
    Ok(())
}

#[test]
fn the_crates_writer_loses_the_order_of_columns() -> Tested {
    // Why the features are written by a serializer of our own: when this fails, the crate's will do.
    let mut properties = JsonObject::new();
    properties.insert("verdict".to_owned(), "covered".into());
    properties.insert("cell".to_owned(), "a".into());
    let feature = Feature {
        properties: Some(properties),
        ..GeometryValue::new_point([1.0, 2.0]).into()
    };
    let mut bytes = Vec::new();
    walkshed::geojson::FeatureWriter::from_writer(&mut bytes).write_feature(&feature)?;
    let text = String::from_utf8(bytes)?;
    assert!(text.find("\"cell\"") < text.find("\"verdict\""), "{text}");
    assert_eq!(text.lines().count(), 1);
    Ok(())
}
