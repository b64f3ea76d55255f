//! Why files are not read through the crate `geojson` 1.0: each test shows one fault of it, and what
//! is read instead. When one fails, the crate is mended, and the reader here may go.

use std::panic::catch_unwind;

use ::geojson::{FeatureCollection, FeatureReader};

use geo::Geometry;

use super::*;
use crate::read::formats::layer::table;
use crate::read::formats::table::Table;

/// A ring with a position of one number, in a collection whose second feature is good.
const SHORT: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1],[1,1],[0,0]]]}},
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#;

fn ours(text: &str) -> Result<Table, ReadError> {
    table(text.as_bytes(), "a.geojson")
}

#[test]
fn a_position_of_one_number_makes_the_crate_panic() {
    let by_the_crate = catch_unwind(|| {
        let collection: FeatureCollection = SHORT.parse().ok()?;
        let first = collection.features.into_iter().next()?;
        Geometry::<f64>::try_from(first.geometry?).ok()
    });
    assert!(by_the_crate.is_err(), "{by_the_crate:?}");
    let table = ours(SHORT).expect("one feature is good");
    let flaw = table.records[0].flaw.as_deref().expect("the other is not");
    assert_eq!(
        flaw.to_string(),
        "a.geojson, feature 1: a position without two numbers – give longitude and latitude"
    );
    assert!(table.records[1].geometry.is_some());
}

#[test]
fn a_cut_file_gives_the_crates_reader_errors_for_ever() {
    let cut = &SHORT[..SHORT.len() - 20];
    let features = FeatureReader::from_reader(cut.as_bytes()).features();
    let errors = features.filter(Result::is_err).take(10_000);
    assert_eq!(errors.count(), 10_000);
    let error = ours(cut).expect_err("cut").to_string();
    assert!(error.contains("ends too early"), "{error}");
}

#[test]
fn the_crate_loses_the_order_of_properties_and_those_named_twice() {
    let ordered = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","geometry":null,"properties":{"z":1,"a":2}}]}"#;
    let collection: FeatureCollection = ordered.parse().expect("GeoJSON");
    let names = |table: Table| table.columns;
    let by_the_crate = table(&collection, "a.geojson").map(names).expect("read");
    assert_eq!(by_the_crate, ["a", "z"]);
    assert_eq!(ours(ordered).map(names).expect("read"), ["z", "a"]);

    let twice = ordered.replace("\"a\"", "\"z\"");
    let collection: FeatureCollection = twice.parse().expect("no word of it");
    assert_eq!(collection.features[0].properties_iter().len(), 1);
    let bad = ours(&twice).expect("read").bad;
    assert_eq!(bad.examples[0].code, "same-name-twice");
}

#[test]
fn one_wrong_feature_ends_the_crates_collection() {
    let text = SHORT.replace("\"Polygon\"", "\"Circle\"");
    assert!(text.parse::<FeatureCollection>().is_err());
    assert_eq!(ours(&text).expect("read").records.len(), 2);
}
