//! GCJ-02 (火星坐标), the datum of Amap, Tencent and printed Chinese web maps.
//!
//! The forward formula is the one in public use since 2013 (Krasovsky 1940 ellipsoid). It moves
//! points by 100 to 700 m inside a box around China and leaves all others alone, so it jumps at
//! the edges of the box: within about 0.01° of an edge a point may have two origins or none. The
//! box lies tens of kilometres or more outside of China's own land.

use std::f64::consts::PI;

const A: f64 = 6_378_245.0;
const EE: f64 = 0.006_693_421_622_965_943;
/// How near, in degrees, the forward image of an inverse comes to its point: below 0.01 mm.
const NEAR: f64 = 1e-11;

/// Whether the formula applies to a position on WGS 84 (longitude, latitude).
pub(super) fn in_box(at: [f64; 2]) -> bool {
    (72.004..=137.8347).contains(&at[0]) && (0.8293..=55.8271).contains(&at[1])
}

/// From WGS 84 to GCJ-02 (longitude, latitude in degrees); outside of the box, the same point.
pub(crate) fn from_wgs84(at: [f64; 2]) -> [f64; 2] {
    if in_box(at) { moved(at) } else { at }
}

/// From GCJ-02 to WGS 84, below a hundredth of a millimetre; outside of the box, the same point.
pub(crate) fn to_wgs84(at: [f64; 2]) -> [f64; 2] {
    origin(at).unwrap_or(at)
}

/// The point in the box that the formula takes to `at`, if there is one.
pub(super) fn origin(at: [f64; 2]) -> Option<[f64; 2]> {
    Some(solve(moved, at)).filter(|&origin| in_box(origin))
}

/// The point that `forward`, which moves points little, takes to `image`.
pub(super) fn solve(forward: impl Fn([f64; 2]) -> [f64; 2], image: [f64; 2]) -> [f64; 2] {
    let mut origin = image;
    // Places near each other are moved alike, so each round leaves a small part of the miss.
    for _ in 0..30 {
        let now = forward(origin);
        let miss = [image[0] - now[0], image[1] - now[1]];
        origin = [origin[0] + miss[0], origin[1] + miss[1]];
        if miss[0].abs().max(miss[1].abs()) < NEAR {
            break;
        }
    }
    origin
}

/// The formula itself, without the box.
fn moved([lon, lat]: [f64; 2]) -> [f64; 2] {
    let (east, north) = metres(lon - 105.0, lat - 35.0);
    let phi = lat.to_radians();
    let magic = 1.0 - EE * phi.sin().powi(2);
    let meridian = A * (1.0 - EE) / (magic * magic.sqrt());
    let parallel = A / magic.sqrt() * phi.cos();
    [
        lon + (east / parallel).to_degrees(),
        lat + (north / meridian).to_degrees(),
    ]
}

/// How far the formula moves a point, in metres east and north.
fn metres(x: f64, y: f64) -> (f64, f64) {
    let wave = |amount: f64, turns: f64| amount * (turns * PI).sin() * 2.0 / 3.0;
    let root = x.abs().sqrt();
    let common = wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x);
    let north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root;
    let north = north
        + common
        + wave(20.0, y)
        + wave(40.0, y / 3.0)
        + wave(160.0, y / 12.0)
        + wave(320.0, y / 30.0);
    let east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root;
    let east = east
        + common
        + wave(20.0, x)
        + wave(40.0, x / 3.0)
        + wave(150.0, x / 12.0)
        + wave(300.0, x / 30.0);
    (east, north)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::plane::Position;

    /// WGS 84, GCJ-02 and BD-09 (longitude, latitude) of Hukou and Tiananmen, from `PRCoords`.
    pub(in crate::read::crs) const KNOWN: [[[f64; 2]; 3]; 2] = [
        [
            [116.244, 29.7317],
            [116.249_002_825_873_92, 29.729_164_788_129_694],
            [116.255_488_122_519_13, 29.735_141_637_128_23],
        ],
        [
            [116.391_083, 39.907_333],
            [116.397_324_045_566_46, 39.908_734_163_995_04],
            [116.403_697_138_615_31, 39.915_077_069_635_295],
        ],
    ];

    /// So many points spread evenly over a box: west, south, east, north.
    pub(in crate::read::crs) fn spread(
        count: u32,
        [west, south, east, north]: [f64; 4],
    ) -> impl Iterator<Item = [f64; 2]> {
        // The plastic number's sequence fills the plane evenly.
        (1..=count).map(f64::from).map(move |n| {
            let (u, v) = (
                (n * 0.754_877_666_246_693).fract(),
                (n * 0.569_840_290_998_053_3).fract(),
            );
            [west + u * (east - west), south + v * (north - south)]
        })
    }

    pub(in crate::read::crs) fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
        let at = |p: [f64; 2]| Position::new(p[0], p[1]).expect("a valid test position");
        at(a).distance(at(b))
    }

    #[test]
    fn c17_known_points() {
        for [wgs, gcj, _] in KNOWN {
            assert!(apart(from_wgs84(wgs), gcj) < 1e-6);
            assert!(apart(to_wgs84(gcj), wgs) < 1e-5);
        }
        assert!((apart(KNOWN[0][0], KNOWN[0][1]) - 559.7).abs() < 1.0);
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
    fn the_kink_at_105_east_is_no_trap() {
        for at in spread(2_000, [105.0 - 1e-9, 20.0, 105.0 + 1e-9, 40.0]).chain([[105.0, 35.0]]) {
            assert!(apart(from_wgs84(to_wgs84(at)), at) < 1e-4, "{at:?}");
            assert!(apart(to_wgs84(from_wgs84(at)), at) < 1e-4, "{at:?}");
        }
    }

    #[test]
    fn outside_of_the_box_nothing_moves() {
        for at in [
            [2.35, 48.85],
            [-0.1, 51.5],
            [151.2, -33.9],
            [71.9, 40.0],
            [110.0, 56.0],
        ] {
            assert_eq!((from_wgs84(at), to_wgs84(at)), (at, at));
        }
    }
}
