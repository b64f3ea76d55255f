//! Isochrones for tests.

use geo_types::{MultiPolygon, polygon};

use super::feature::Feature;

/// A site's isochrone with a hole and a second part, and one of several sites merged.
pub(super) fn two() -> [Feature<'static>; 2] {
    let holed = polygon!(
        exterior: [(x: 116.24, y: 29.73), (x: 116.26, y: 29.73), (x: 116.26, y: 29.75), (x: 116.24, y: 29.75)],
        interiors: [[(x: 116.245, y: 29.735), (x: 116.245, y: 29.745), (x: 116.255, y: 29.74)]],
    );
    let beside = polygon![(x: 116.3, y: 29.73), (x: 116.310_000_1, y: 29.73), (x: 116.3, y: 29.74)];
    let far = polygon![(x: -0.1, y: 51.5), (x: -0.05, y: 51.5), (x: -0.1, y: 51.6)];
    let site = Feature {
        site: Some("S1"),
        name: "湖口县政务服务中心",
        kind: "county",
        zone: "石钟山",
        minutes: 15.0,
        area_km2: 1.25,
        people: 1234.5,
        firms: Some(67.0),
        polygons: MultiPolygon(vec![holed, beside]),
    };
    let merged = Feature {
        site: None,
        name: "",
        kind: "",
        zone: "",
        minutes: 7.5,
        area_km2: 0.0,
        people: 0.0,
        firms: None,
        polygons: MultiPolygon(vec![far]),
    };
    [site, merged]
}

/// An isochrone of a place from which nothing is reached.
pub(super) fn landless() -> Feature<'static> {
    let [_, mut feature] = two();
    feature.name = "nowhere";
    feature.polygons = MultiPolygon(Vec::new());
    feature
}
