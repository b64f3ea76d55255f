//! EPSG codes in pure Rust: those that proj4rs turns into WGS 84 as PROJ does, to a millimetre.
//!
//! A code is converted here when its definition is one of the common projections on WGS 84 or
//! GRS 80, in metres, without a datum shift ([`plain`]), unless a comparison with PROJ 9.6 over
//! its area of use found a difference of a millimetre or more ([`DIFFER`]). Chinese datums that
//! nobody has a public shift for are taken as they are ([`unshifted`]). Everything else is left
//! to PROJ. The comparison is a test of the feature `proj`.

use proj4rs::Proj;
use proj4rs::transform::transform;

/// Farther than this from its central meridian, in degrees, no transverse Mercator point is
/// believed: Norway, the widest user of one zone, reaches 16°, and swapped columns land beyond.
const WIDEST: f64 = 20.0;
/// How near, in units of the file, the way back must come to the point.
const NEAR: f64 = 1e-3;

/// Codes (first, last) that look simple but where PROJ knows a shift or is stricter.
///
/// Mostly realisations of NAD 83 and others that PROJ shifts by about a metre. The ranges are
/// generous: a code in between that would agree is refused too.
const DIFFER: [(u16, u16); 35] = [
    (2037, 2038),
    (2139, 2153),
    (2156, 2156),
    (2759, 2993),
    (3071, 3090),
    (3154, 3162),
    (3348, 3364),
    (3402, 3403),
    (3464, 3464),
    (3581, 3581),
    (3740, 3761),
    (3779, 3782),
    (3799, 3815),
    (3969, 3979),
    (4140, 4152),
    (4176, 4176),
    (4339, 4339),
    (4359, 4361),
    (4617, 4617),
    (4764, 4764),
    (4885, 4885),
    (4931, 4931),
    (4955, 4957),
    (5321, 5349),
    (5364, 5367),
    (6098, 6114),
    (6989, 6996),
    (7138, 7139),
    (7372, 7372),
    (7902, 7912),
    (8090, 8225),
    (8449, 8449),
    (8990, 9000),
    (26825, 26835),
    (26891, 26899),
];

/// Who converts a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Route {
    /// This module, by this definition.
    Here(String),
    /// PROJ alone, if it is built in.
    Proj,
    /// Nobody: the system is geocentric or vertical.
    NoMap,
    /// The code is not in the list here.
    Unknown,
}

/// Who converts this code.
pub(super) fn route(code: u16) -> Route {
    let Some(found) = crs_definitions::from_code(code) else {
        return Route::Unknown;
    };
    let definition = found.proj4;
    match value(definition, "proj") {
        None | Some("geocent") => Route::NoMap,
        _ if unshifted(code) => Route::Here(without_shift(definition)),
        // Web Mercator and the Hong Kong grid are not plain, but agree.
        _ if matches!(code, 3857 | 2326) => Route::Here(definition.to_owned()),
        _ if plain(definition)
            && !DIFFER
                .iter()
                .any(|&(first, last)| (first..=last).contains(&code)) =>
        {
            Route::Here(definition.to_owned())
        }
        _ => Route::Proj,
    }
}

/// Whether a code is on Beijing 1954, New Beijing or Xi'an 1980.
///
/// No shift to WGS 84 is public for all of China. PROJ's are for a few oil basins and jump at
/// their edges, so none is applied: the shape of the data is kept, its place may be off.
pub(super) fn unshifted(code: u16) -> bool {
    matches!(code,
        4214 | 2401..=2442 | 21413..=21423 | 21453..=21463 | 21473..=21483
        | 4555 | 4568..=4589 | 4652..=4656 | 4766..=4800 | 4812 | 4822
        | 4610 | 2327..=2390)
}

fn without_shift(definition: &str) -> String {
    let kept: Vec<_> = definition
        .split_whitespace()
        .filter(|part| !part.starts_with("+towgs84"))
        .collect();
    kept.join(" ")
}

/// Whether a definition is a common projection on WGS 84 or GRS 80, in metres, unshifted.
fn plain(definition: &str) -> bool {
    parts(definition).all(|(key, value)| match key {
        "proj" => matches!(value, "longlat" | "utm" | "tmerc" | "lcc" | "merc"),
        "units" => value == "m",
        "datum" => value == "WGS84",
        "ellps" => matches!(value, "GRS80" | "WGS84"),
        "towgs84" => value.split(',').all(|number| number == "0"),
        _ => matches!(
            key,
            "zone"
                | "south"
                | "lat_0"
                | "lon_0"
                | "lat_1"
                | "lat_2"
                | "lat_ts"
                | "k"
                | "k_0"
                | "x_0"
                | "y_0"
                | "no_defs"
        ),
    }) && (value(definition, "datum").is_some() || value(definition, "ellps").is_some())
}

/// The parts of a definition such as `+proj=utm +zone=50 +south`: keys with their values.
fn parts(definition: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = definition
        .split_whitespace()
        .filter_map(|word| word.strip_prefix('+'));
    words.map(|word| word.split_once('=').unwrap_or((word, "")))
}

fn value<'a>(definition: &'a str, name: &str) -> Option<&'a str> {
    parts(definition)
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// Converts from one EPSG code.
#[derive(Debug)]
pub(super) struct Converter {
    from: Proj,
    wgs84: Proj,
    /// The central meridian in degrees, of a transverse Mercator.
    meridian: Option<f64>,
}

impl Converter {
    /// From a definition; what is wrong with it otherwise.
    pub(super) fn new(definition: &str) -> Result<Self, String> {
        let make = |text: &str| Proj::from_proj_string(text).map_err(|error| error.to_string());
        let from = make(definition)?;
        let wgs84 = make("+proj=longlat +datum=WGS84 +no_defs")?;
        let transverse = matches!(from.projname(), "utm" | "tmerc" | "etmerc");
        let meridian = transverse.then(|| from.longitude_of_origin().to_degrees());
        Ok(Self {
            from,
            wgs84,
            meridian,
        })
    }

    /// Longitude and latitude in degrees; `None` where the way back does not lead to the point.
    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        // proj4rs counts angles in radians, on both sides.
        let start = if self.from.is_latlong() {
            (x.to_radians(), y.to_radians(), 0.0)
        } else {
            (x, y, 0.0)
        };
        let mut point = start;
        transform(&self.from, &self.wgs84, &mut point).ok()?;
        let at = [point.0.to_degrees(), point.1.to_degrees()];
        let back = self.forward(at)?;
        let returns = (back[0] - x).abs() < NEAR && (back[1] - y).abs() < NEAR;
        (returns && self.believes(at[0])).then_some(at)
    }

    /// The other way: x and y of a longitude and latitude in degrees.
    pub(super) fn forward(&self, [lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
        let mut point = (lon.to_radians(), lat.to_radians(), 0.0);
        transform(&self.wgs84, &self.from, &mut point).ok()?;
        Some(if self.from.is_latlong() {
            [point.0.to_degrees(), point.1.to_degrees()]
        } else {
            [point.0, point.1]
        })
    }

    fn believes(&self, lon: f64) -> bool {
        self.meridian.is_none_or(|meridian| {
            ((lon - meridian + 180.0).rem_euclid(360.0) - 180.0).abs() <= WIDEST
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn converter(code: u16) -> Converter {
        let Route::Here(definition) = route(code) else {
            panic!("EPSG:{code} is not converted here")
        };
        Converter::new(&definition).expect("a definition that proj4rs knows")
    }

    #[test]
    fn the_rule_takes_what_was_compared_and_leaves_the_rest_to_proj() {
        let here = (4491..=4554)
            .chain(2327..=2390)
            .chain(2401..=2442)
            .chain(32601..=32660)
            .chain(32701..=32760);
        for code in here.chain([3857, 3395, 2326, 3826, 25832, 2154, 4610, 4214]) {
            assert!(matches!(route(code), Route::Here(_)), "{code}");
        }
        for code in [27700, 5514, 28992, 3035, 2263, 4267, 2800] {
            assert_eq!(route(code), Route::Proj, "{code}");
        }
        assert_eq!(
            (route(4978), route(4479), route(9)),
            (Route::NoMap, Route::NoMap, Route::Unknown)
        );
    }

    #[test]
    fn a_point_on_the_central_meridian_is_known_without_any_formula() {
        // GRS 80: the meridian from the equator to 30 degrees north is 3,320,113.398 m long.
        for (code, easting) in [(4526, 38_500_000.0), (4547, 500_000.0)] {
            let at = converter(code)
                .to_wgs84(easting, 3_320_113.398)
                .expect("inside");
            assert!(
                (at[0] - 114.0).abs() < 1e-9 && (at[1] - 30.0).abs() < 1e-8,
                "{code}: {at:?}"
            );
        }
        let at = converter(3857)
            .to_wgs84(6_378_137.0 * 116f64.to_radians(), 0.0)
            .expect("inside");
        assert!((at[0] - 116.0).abs() < 1e-12 && at[1].abs() < 1e-12);
    }

    #[test]
    fn what_the_system_cannot_hold_is_none() {
        let (zone, web) = (converter(4526), converter(3857));
        assert_eq!(
            zone.to_wgs84(500_000.0, 3_290_000.0),
            None,
            "an easting without its zone"
        );
        assert_eq!(
            zone.to_wgs84(3_290_000.0, 38_500_000.0),
            None,
            "swapped columns"
        );
        assert_eq!(
            converter(4547).to_wgs84(3_290_000.0, 500_000.0),
            None,
            "swapped columns"
        );
        assert_eq!(converter(4547).to_wgs84(f64::NAN, 3_290_000.0), None);
        assert_eq!(
            web.to_wgs84(30_000_000.0, 0.0),
            None,
            "beyond the date line"
        );
    }
}
