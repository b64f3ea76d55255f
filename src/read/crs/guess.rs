//! What coordinates may be that are no degrees.

use crate::words::{Text, text};

/// A hint for coordinates that do not fit longitude and latitude: what they look like, and what to
/// write. `None` when all of them fit.
///
/// The sample is as the file holds it, x first. Points that fit degrees, or are not finite, do not
/// count; the others must agree, else the hint names no system.
pub(crate) fn unprojected_hint(sample: &[[f64; 2]]) -> Option<Text> {
    let finite = || {
        sample
            .iter()
            .copied()
            .filter(|at| at[0].is_finite() && at[1].is_finite())
    };
    let odd: Vec<[f64; 2]> = finite()
        .filter(|&[x, y]| x.abs() > 180.0 || y.abs() > 90.0)
        .collect();
    let first = odd.first()?;
    let shown = text!(OddCoordinates, x = first[0], y = first[1]);
    // Numbers that are degrees the other way round are swapped, whatever else they fit.
    if finite().all(|[x, y]| x.abs() <= 90.0 && y.abs() <= 180.0) {
        return Some(text!(HintSwapped, shown = shown));
    }
    let turned: Vec<[f64; 2]> = odd.iter().map(|&[x, y]| [y, x]).collect();
    // As the file holds them first: surveyors in China call the northing x.
    Some(match (system(&odd), system(&turned)) {
        (Some(system), _) => text!(HintMetres, shown = shown, system = system),
        (None, Some(system)) => text!(HintNorthingFirst, shown = shown, system = system),
        (None, None) => text!(HintUnknown, shown = shown),
    })
}

/// The system that fits all of these points.
fn system(points: &[[f64; 2]]) -> Option<Text> {
    let mercator = points.iter().all(|&at| is_web_mercator(at));
    // A zone first: it names one code, and some of its numbers fit Web Mercator, too.
    if let Some(zone) = one_zone(points) {
        let zone = zone_name(zone);
        return Some(if mercator {
            text!(MercatorOr, zone = zone)
        } else {
            zone
        });
    }
    if mercator {
        return Some(text!(Mercator));
    }
    if points.iter().all(|&at| zone(at).is_some()) {
        return Some(text!(SeveralZones));
    }
    let without = points.iter().all(|&at| is_without_zone(at));
    without.then(|| text!(WithoutZone))
}

/// The Gauss–Krüger zone that all of these points begin with.
fn one_zone(points: &[[f64; 2]]) -> Option<u16> {
    let first = zone(*points.first()?);
    first.filter(|_| points.iter().all(|&at| zone(at) == first))
}

/// The Gauss–Krüger zone that an easting begins with: 13 to 23 are 6° wide, 25 to 45 are 3° wide.
fn zone([easting, northing]: [f64; 2]) -> Option<u16> {
    let inside = (easting.rem_euclid(1e6) - 500_000.0).abs() < 350_000.0;
    let fits = |n: &u16| (f64::from(*n) - (easting / 1e6).floor()).abs() < 0.5;
    let zone = (13..=23).chain(25..=45).find(fits);
    zone.filter(|_| inside && is_northing(northing))
}

/// The CGCS2000 code of a zone, with its name.
fn zone_name(zone: u16) -> Text {
    let (code, width, meridian) = if zone < 24 {
        (4478 + zone, 6, 6 * zone - 3)
    } else {
        (4488 + zone, 3, 3 * zone)
    };
    text!(
        GaussZone,
        code = u32::from(code),
        width = width,
        zone = u32::from(zone),
        meridian = u32::from(meridian),
    )
}

/// Latitudes 3.6 to 56 on a meridian.
fn is_northing(northing: f64) -> bool {
    (400_000.0..=6_200_000.0).contains(&northing)
}

/// An easting of six digits, the zone left off.
fn is_without_zone([easting, northing]: [f64; 2]) -> bool {
    (100_000.0..1_000_000.0).contains(&easting) && is_northing(northing) && northing > 1_000_000.0
}

/// China on Web Mercator.
fn is_web_mercator([x, y]: [f64; 2]) -> bool {
    (8_100_000.0..=15_000_000.0).contains(&x) && (400_000.0..=7_300_000.0).contains(&y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::crs::Crs;

    fn hint(sample: &[[f64; 2]]) -> String {
        unprojected_hint(sample).unwrap_or_default().to_string()
    }

    #[test]
    fn degrees_need_no_hint() {
        assert_eq!(unprojected_hint(&[]), None);
        assert_eq!(
            unprojected_hint(&[[116.2, 29.7], [-180.0, 90.0], [f64::NAN, 1e9]]),
            None
        );
    }

    #[test]
    fn swapped_degrees() {
        let told = hint(&[[29.7317, 116.244], [43.8, 87.6]]);
        assert_eq!(
            told,
            "coordinates such as (29.7317, 116.244): longitude and latitude look swapped – put the longitude first"
        );
    }

    #[test]
    fn an_easting_with_its_zone_names_the_exact_code() {
        assert!(
            hint(&[[38_716_000.5, 3_291_000.0], [38_720_000.0, 3_292_000.0]])
                .contains("EPSG:4526 (CGCS2000, 3-degree zone 38, central meridian 114°E)")
        );
        assert!(
            hint(&[[20_427_000.0, 3_291_000.0]])
                .contains("EPSG:4498 (CGCS2000, 6-degree zone 20, central meridian 117°E)")
        );
        assert!(
            hint(&[[38_716_000.0, 3_291_000.0], [39_300_000.0, 3_291_000.0]]).contains("several")
        );
    }

    #[test]
    fn every_zone_code_is_the_one_that_takes_the_point_to_its_meridian() {
        for number in (13..=23).chain(25..=45) {
            let name = zone_name(number).to_string();
            let code = name.split(' ').next().unwrap_or_default();
            let converter = Crs::parse(code)
                .and_then(Crs::converter)
                .expect("a CGCS2000 zone");
            let easting = f64::from(number) * 1e6 + 500_000.0;
            let at = converter.to_wgs84(easting, 3_300_000.0).expect("inside");
            assert!(
                name.ends_with(&format!("meridian {:.0}°E)", at[0])),
                "{name}: {at:?}"
            );
        }
    }

    #[test]
    fn an_easting_without_zone_gets_examples() {
        let told = hint(&[[716_000.0, 3_291_000.0]]);
        assert!(
            told.contains("EPSG:4547 (CGCS2000, 3-degree zone, central meridian 114°E)")
                && told.contains("EPSG:32650"),
            "{told}"
        );
    }

    #[test]
    fn web_mercator_and_where_it_may_be_a_zone() {
        assert!(hint(&[[12_940_000.0, 3_470_000.0]]).contains("perhaps EPSG:3857 (Web Mercator);"));
        assert!(
            hint(&[[13_520_000.0, 3_660_000.0]]).contains("EPSG:3857 (Web Mercator), or EPSG:4491")
        );
    }

    #[test]
    fn the_surveyors_order_is_recognised() {
        let told = hint(&[[3_291_000.0, 38_716_000.0]]);
        assert!(
            told.contains("swapped") && told.contains("EPSG:4526"),
            "{told}"
        );
        assert!(hint(&[[3_291_000.0, 716_000.0]]).contains("swapped"));
    }

    #[test]
    fn the_unknown_stays_unknown() {
        assert!(hint(&[[2_600_000.0, 1_200_000.0]]).contains("name the file's coordinate system"));
    }
}
