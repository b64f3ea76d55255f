//! What coordinates that cannot be degrees may be.

/// A sentence about points outside of the range of degrees: what they look like and what to write.
///
/// `None` when nothing fits.
pub(crate) fn unprojected_hint(points: &[[f64; 2]]) -> Option<String> {
    if points.is_empty() {
        return None;
    }
    let all = |test: &dyn Fn(f64, f64) -> bool| points.iter().all(|&[x, y]| test(x, y));
    if all(&|x, y| x.abs() <= 90.0 && y.abs() > 90.0 && y.abs() <= 180.0) {
        return Some("longitude and latitude look swapped: exchange the two columns".to_owned());
    }
    if all(&|x, y| (0.0..1e7).contains(&x) && (1e7..1e8).contains(&y)) {
        return Some(
            "easting and northing look swapped: the easting with the zone's number belongs in the first column"
                .to_owned(),
        );
    }
    if all(&|x, y| (1.3e7..7.6e7).contains(&x) && (1e5..6.5e6).contains(&y)) && one_zone(points) {
        return zone_hint(points[0][0]);
    }
    if all(&|x, y| (1e5..9e5).contains(&x) && (1e5..6.5e6).contains(&y)) {
        return Some(
            "they look like projected metres; name the system, for example crs = \"EPSG:4547\" (CGCS2000, 3-degree zone, central meridian 114°E) or the UTM zone \"EPSG:32650\"".to_owned(),
        );
    }
    if all(&|x, y| x.abs() <= 20_037_509.0 && y.abs() <= 20_048_967.0 && (x.abs() > 1000.0 || y.abs() > 1000.0)) {
        return Some("they look like Web Mercator metres; write crs = \"EPSG:3857\"".to_owned());
    }
    None
}

fn one_zone(points: &[[f64; 2]]) -> bool {
    let zone = |x: f64| (x / 1e6).floor();
    points.iter().all(|&[x, _]| (zone(x) - zone(points[0][0])).abs() < 0.5)
}

/// An easting of eight digits begins with its zone: 3-degree zones 25–45, 6-degree zones 13–23.
fn zone_hint(easting: f64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 13 and 76")]
    let zone = (easting / 1e6) as u32;
    let (code, width, meridian) = match zone {
        25..=45 => (4513 + zone - 25, 3, zone * 3),
        13..=23 => (4491 + zone - 13, 6, zone * 6 - 3),
        _ => return None,
    };
    Some(format!(
        "they look like CGCS2000 metres of the {width}-degree zone {zone} (central meridian {meridian}°E); write crs = \"EPSG:{code}\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(x: f64, y: f64) -> String {
        unprojected_hint(&[[x, y]]).unwrap_or_default()
    }

    #[test]
    fn each_kind_of_metres_is_told_apart() {
        assert!(hint(29.7, 116.2).contains("swapped"));
        assert!(hint(38_520_000.0, 3_290_000.0).contains("EPSG:4526"), "{}", hint(38_520_000.0, 3_290_000.0));
        assert!(hint(20_423_000.0, 3_290_000.0).contains("EPSG:4498"));
        assert!(hint(520_000.0, 3_290_000.0).contains("EPSG:4547"));
        assert!(hint(12_940_000.0, 3_470_000.0).contains("EPSG:3857"));
        assert_eq!(unprojected_hint(&[[1e12, 0.0]]), None);
        assert_eq!(unprojected_hint(&[]), None);
    }
}
