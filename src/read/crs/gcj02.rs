//! GCJ-02, the shifted datum of Chinese web maps: WGS 84 moved by up to 700 m, differently everywhere.
//!
//! The forward formula is the one that circulates publicly (`eviltransform`, `coordtransform`): a
//! shift in degrees made of sines, on the Krasovsky 1940 ellipsoid. It has no closed inverse;
//! [`to_wgs84`] iterates it to below 1 mm.

use std::f64::consts::PI;

/// Semi-major axis and squared eccentricity of the Krasovsky 1940 ellipsoid, as the formula has them.
const A: f64 = 6_378_245.0;
const EE: f64 = 0.006_693_421_622_965_943;

/// The box outside of which GCJ-02 is WGS 84: west, south, east, north. The shift jumps at its edges.
const CHINA: [f64; 4] = [72.004, 0.8293, 137.8347, 55.8271];

/// Whether GCJ-02 shifts here.
pub(crate) fn applies([lon, lat]: [f64; 2]) -> bool {
    (CHINA[0]..=CHINA[2]).contains(&lon) && (CHINA[1]..=CHINA[3]).contains(&lat)
}

/// A WGS 84 position in GCJ-02.
pub(crate) fn from_wgs84(at: [f64; 2]) -> [f64; 2] {
    if !applies(at) {
        return at;
    }
    let [east, north] = shift(at);
    [at[0] + east, at[1] + north]
}

/// The WGS 84 position of a GCJ-02 one: the fixed point of `g − shift(w)`.
///
/// The shift changes by less than 0.5 % of the distance moved, so each round gains two digits.
pub(crate) fn to_wgs84(at: [f64; 2]) -> [f64; 2] {
    if !applies(at) {
        return at;
    }
    let mut wgs = at;
    for _ in 0..20 {
        let [east, north] = shift(wgs);
        let next = [at[0] - east, at[1] - north];
        let moved = (next[0] - wgs[0]).abs().max((next[1] - wgs[1]).abs());
        wgs = next;
        if moved < 1e-12 {
            break;
        }
    }
    wgs
}

/// The shift at a WGS 84 position, in degrees.
fn shift([lon, lat]: [f64; 2]) -> [f64; 2] {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let waves = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let phi = lat.to_radians();
    let w = 1.0 - EE * phi.sin() * phi.sin();
    let meridian = A * (1.0 - EE) / (w * w.sqrt());
    let prime = A / w.sqrt();
    [(east / (prime * phi.cos())).to_degrees(), (north / meridian).to_degrees()]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longitude and latitude on WGS 84, and the same place in GCJ-02.
    const HUKOU: ([f64; 2], [f64; 2]) = ([116.244, 29.7317], [116.249_002_825_873_92, 29.729_164_788_129_694]);

    #[test]
    fn c17_hukou_is_where_the_golden_case_has_it() {
        let [lon, lat] = from_wgs84(HUKOU.0);
        assert!((lon - HUKOU.1[0]).abs() < 1e-11 && (lat - HUKOU.1[1]).abs() < 1e-11, "{lon}, {lat}");
    }

    #[test]
    fn the_inverse_is_exact_to_a_tenth_of_a_millimetre() {
        for i in 0..20_000_u32 {
            let (u, v) = (f64::from(i % 200) / 200.0, f64::from(i / 200) / 100.0);
            let wgs = [75.0 + 60.0 * u, 3.0 + 50.0 * v];
            let back = to_wgs84(from_wgs84(wgs));
            let off = (back[0] - wgs[0]).abs().max((back[1] - wgs[1]).abs());
            assert!(off < 1e-9, "{wgs:?} comes back as {back:?}");
        }
    }

    #[test]
    fn outside_of_china_nothing_is_shifted() {
        assert_eq!(from_wgs84([2.35, 48.85]), [2.35, 48.85]);
        assert_eq!(to_wgs84([2.35, 48.85]), [2.35, 48.85]);
    }
}
