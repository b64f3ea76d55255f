//! BD-09, the datum of Baidu's maps: GCJ-02, turned and stretched a little once more.

use std::f64::consts::PI;

use super::gcj02;

const TURN: f64 = PI * 3000.0 / 180.0;

/// A WGS 84 position in BD-09.
pub(crate) fn from_wgs84(at: [f64; 2]) -> [f64; 2] {
    if gcj02::applies(at) { from_gcj02(gcj02::from_wgs84(at)) } else { at }
}

/// The WGS 84 position of a BD-09 one, iterated to below 1 mm.
pub(crate) fn to_wgs84(at: [f64; 2]) -> [f64; 2] {
    if !gcj02::applies(at) {
        return at;
    }
    let mut gcj = [at[0] - 0.0065, at[1] - 0.006];
    for _ in 0..20 {
        let image = from_gcj02(gcj);
        let off = [image[0] - at[0], image[1] - at[1]];
        gcj = [gcj[0] - off[0], gcj[1] - off[1]];
        if off[0].abs().max(off[1].abs()) < 1e-12 {
            break;
        }
    }
    gcj02::to_wgs84(gcj)
}

fn from_gcj02([x, y]: [f64; 2]) -> [f64; 2] {
    let z = x.hypot(y) + 0.00002 * (y * TURN).sin();
    let theta = y.atan2(x) + 0.000_003 * (x * TURN).cos();
    [z * theta.cos() + 0.0065, z * theta.sin() + 0.006]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c17_hukou_is_where_the_golden_case_has_it() {
        let [lon, lat] = from_wgs84([116.244, 29.7317]);
        assert!(
            (lon - 116.255_488_122_512_19).abs() < 1e-11 && (lat - 29.735_141_637_128_23).abs() < 1e-11,
            "{lon}, {lat}"
        );
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
}
