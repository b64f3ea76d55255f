//! Whether polygons are valid by the OGC's rules, as the crate `geo` sees it, and wound as RFC 7946 asks.

use geo::Validation;
use walkshed::geo_types::{LineString, MultiPolygon};

/// # Panics
/// When they are not valid.
pub fn assert_valid(polygons: &MultiPolygon) {
    if let Err(wrong) = polygons.check_validation() {
        panic!("{wrong}: {polygons:?}");
    }
    for polygon in polygons {
        assert!(
            doubled_area(polygon.exterior()) > 0.0,
            "outer rings run counter-clockwise"
        );
        for hole in polygon.interiors() {
            assert!(doubled_area(hole) < 0.0, "holes run clockwise: {hole:?}");
        }
    }
}

fn doubled_area(ring: &LineString) -> f64 {
    let origin = ring.0[0];
    let pairs = ring.0.windows(2);
    pairs
        .map(|pair| {
            let [a, b] = [pair[0] - origin, pair[1] - origin];
            a.x * b.y - b.x * a.y
        })
        .sum()
}
