//! BD-09 (百度坐标), the datum of Baidu: GCJ-02, turned and moved once more.
//!
//! The formula in public use. The usual inverse is an approximation, off by up to half a metre;
//! this one is iterated. Outside of GCJ-02's box, nothing moves; at its edges both jump.

use super::gcj02;

const WAVE: f64 = std::f64::consts::PI * 3000.0 / 180.0;

/// From WGS 84 to BD-09 (longitude, latitude in degrees); outside of GCJ-02's box, the same point.
pub(crate) fn from_wgs84(at: [f64; 2]) -> [f64; 2] {
    if gcj02::in_box(at) {
        moved(gcj02::from_wgs84(at))
    } else {
        at
    }
}

/// From BD-09 to WGS 84, below a hundredth of a millimetre; outside of the box, the same point.
pub(crate) fn to_wgs84(at: [f64; 2]) -> [f64; 2] {
    gcj02::origin(gcj02::solve(moved, at)).unwrap_or(at)
}

/// From GCJ-02 to BD-09, without the box.
fn moved([lon, lat]: [f64; 2]) -> [f64; 2] {
    let radius = lon.hypot(lat) + 0.000_02 * (lat * WAVE).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * WAVE).cos();
    [radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::crs::gcj02::tests::{KNOWN, apart, spread};

    #[test]
    fn c17_known_points() {
        for [wgs, _, bd] in KNOWN {
            assert!(apart(from_wgs84(wgs), bd) < 1e-6);
            assert!(apart(to_wgs84(bd), wgs) < 1e-5);
        }
    }

    #[test]
    fn there_and_back_is_below_a_millimetre_all_over_china() {
        for at in spread(20_000, [73.5, 3.4, 135.1, 53.6]) {
            let (there, back) = (
                apart(to_wgs84(from_wgs84(at)), at),
                apart(from_wgs84(to_wgs84(at)), at),
            );
            assert!(there < 1e-4 && back < 1e-4, "{at:?}: {there} {back}");
        }
    }

    #[test]
    fn outside_of_the_box_nothing_moves() {
        for at in [
            [2.35, 48.85],
            [-0.1, 51.5],
            [151.2, -33.9],
            [0.0, 0.0],
            [71.9, 40.0],
        ] {
            assert_eq!((from_wgs84(at), to_wgs84(at)), (at, at));
        }
    }
}
