//! The two ways through EPSG agree to a millimetre wherever the default build trusts itself.

use super::epsg::{Epsg, Served, served};
use super::full::Full;
use crate::plane::Position;

fn random(state: &mut u64) -> f64 {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    f64::from(u32::try_from(*state >> 32).unwrap_or_default()) / f64::from(u32::MAX)
}

/// The widest distance in metres between the two, over seeded points of a zone.
fn disagreement(code: u16, east: [f64; 2], north: [f64; 2], points: u32) -> f64 {
    let (light, full) = (Epsg::new(code).expect("served"), Full::new(code).expect("known to PROJ"));
    let mut state = u64::from(code);
    let mut widest: f64 = 0.0;
    for _ in 0..points {
        let x = east[0] + (east[1] - east[0]) * random(&mut state);
        let y = north[0] + (north[1] - north[0]) * random(&mut state);
        let place = |p: Option<[f64; 2]>| p.and_then(|[lon, lat]| Position::new(lon, lat));
        let (a, b) = (place(light.to_wgs84(x, y)), place(full.to_wgs84(x, y)));
        widest = widest.max(a.zip(b).map_or(f64::INFINITY, |(a, b)| a.distance(b)));
    }
    widest
}

fn agree(code: u16, east: [f64; 2], north: [f64; 2]) {
    if matches!(served(code), Served::Exactly) {
        let off = disagreement(code, east, north, 20_000);
        assert!(off < 0.001, "EPSG:{code}: {off} m apart");
    }
}

#[test]
fn utm_and_web_mercator() {
    for zone in [1, 30, 32, 50, 51, 60] {
        agree(32_600 + zone, [200_000.0, 800_000.0], [0.0, 9_000_000.0]);
        agree(32_700 + zone, [200_000.0, 800_000.0], [1_000_000.0, 10_000_000.0]);
    }
    assert_eq!((served(32_650), served(3857)), (Served::Exactly, Served::Exactly));
    agree(3857, [-20_000_000.0, 20_000_000.0], [-15_000_000.0, 15_000_000.0]);
}

#[test]
fn all_cgcs2000_zones() {
    for code in 4491..=4554 {
        assert_eq!(served(code), Served::Exactly, "EPSG:{code}");
        agree(code, easting(code), [2_000_000.0, 6_000_000.0]);
    }
}

/// Eastings within 200 km of the central meridian, with the zone's number where the code has one.
fn easting(code: u16) -> [f64; 2] {
    let zone = match code {
        4491..=4501 => f64::from(code - 4491 + 13),
        4513..=4533 => f64::from(code - 4513 + 25),
        2327..=2337 => f64::from(code - 2327 + 13),
        2349..=2369 => f64::from(code - 2349 + 25),
        2401..=2421 => f64::from(code - 2401 + 25),
        21413..=21423 => f64::from(code - 21413 + 13),
        _ => 0.0,
    };
    [zone * 1e6 + 300_000.0, zone * 1e6 + 700_000.0]
}

/// Neither knows a real shift here. Both leave the ellipsoid's own latitude and longitude, or PROJ
/// knows one for a part of China; the width of that is stated in the note that users get.
#[test]
fn old_chinese_zones_agree_or_are_off_by_what_the_note_says() {
    for code in (2327..=2390).chain(2401..=2442).chain(21413..=21423) {
        if served(code) == Served::WithoutShift {
            let off = disagreement(code, easting(code), [2_500_000.0, 4_500_000.0], 2_000);
            assert!(off < 0.001, "EPSG:{code}: {off} m apart");
        }
    }
}
