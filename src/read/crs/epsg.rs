//! EPSG codes in pure Rust: those that proj4rs turns into WGS 84 as PROJ does, to a millimetre.

use proj4rs::Proj;
use proj4rs::transform::transform;

/// Farther than this from its central meridian, in degrees, no transverse Mercator point is
/// believed: Norway, the widest user of one zone, reaches 16°, and swapped columns land beyond.
const WIDEST: f64 = 20.0;

/// Who converts a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// This module, by this definition.
    Here(&'static str),
    /// PROJ alone, if it is built in.
    Proj,
    /// Nobody: the code is of a system that is no map (geocentric or vertical).
    NoMap,
    /// The code is not in the list here.
    Unknown,
}

/// Who converts this code.
pub(super) fn route(code: u16) -> Route {
    let Some(def) = crs_definitions::from_code(code) else { return Route::Unknown };
    let kind = part(def.proj4, "proj");
    if kind == Some("geocent") || kind.is_none() {
        return Route::NoMap;
    }
    Route::Here(def.proj4)
}

/// The value of one part of a definition.
fn part(def: &'static str, name: &str) -> Option<&'static str> {
    let mut parts = def.split_whitespace().filter_map(|p| p.strip_prefix('+')).map(|p| p.split_once('=').unwrap_or((p, "")));
    parts.find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// Converts from one EPSG code.
#[derive(Debug)]
pub(super) struct Converter {
    from: Proj,
    wgs84: Proj,
}

impl Converter {
    pub(super) fn new(definition: &str) -> Option<Self> {
        let from = Proj::from_proj_string(definition).ok()?;
        let wgs84 = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").ok()?;
        Some(Self { from, wgs84 })
    }

    /// Longitude and latitude in degrees; `None` where the way back does not lead to the point.
    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let degrees = self.from.is_latlong();
        let start = if degrees { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
        let mut point = start;
        transform(&self.from, &self.wgs84, &mut point).ok()?;
        let at = [point.0.to_degrees(), point.1.to_degrees()];
        Some(at)
    }
    #[cfg(test)]
    pub(super) fn from_wgs84(&self, at: [f64; 2]) -> Option<[f64; 2]> {
        let mut p = (at[0].to_radians(), at[1].to_radians(), 0.0);
        transform(&self.wgs84, &self.from, &mut p).ok()?;
        Some(if self.from.is_latlong() { [p.0.to_degrees(), p.1.to_degrees()] } else { [p.0, p.1] })
    }
}
#[cfg(all(test, feature = "proj"))]
mod scan {
    use super::*;
    use super::super::gcj02::tests::*;
    #[test]
    fn scan() {
        for code in 2000..=32767u16 {
            let Route::Here(def) = route(code) else { continue };
            let Some(c) = Converter::new(def) else { println!("{code} NOPROJ4RS 0 {def}"); continue };
            let name = format!("EPSG:{code}");
            let Ok(src) = proj::Proj::new(&name) else { println!("{code} NOPROJ 0 {def}"); continue };
            let Ok(p) = proj::Proj::new_known_crs(&name, "EPSG:4326", None) else { println!("{code} NOOP 0 {def}"); continue };
            let area = src.area_of_use().ok().and_then(|a| a.0).map_or([-180., -80., 180., 80.], |a| [a.west, a.south, if a.east < a.west { a.east + 360.0 } else { a.east }, a.north]);
            let (mut worst, mut bad, mut sum, mut n) = (0.0f64, 0, 0.0, 0);
            for at in spread(200, area) {
                let at = [if at[0] > 180. { at[0] - 360. } else { at[0] }, at[1]];
                let Some(xy) = c.from_wgs84(at) else { bad += 1; continue };
                let (a, b) = (c.to_wgs84(xy[0], xy[1]), p.convert((xy[0], xy[1])).ok());
                let (Some(a), Some(b)) = (a, b) else { bad += 1; continue };
                if crate::plane::Position::new(a[0], a[1]).is_none() || crate::plane::Position::new(b.0, b.1).is_none() { bad += 1; continue }
                let d = apart(a, [b.0, b.1]); worst = worst.max(d); sum += d; n += 1;
            }
            println!("{code} OK {bad} {worst:.6} {:.4} {area:?} {def}", sum / f64::from(n.max(1)));
        }
    }
}
#[cfg(all(test, feature = "proj"))]
mod scan2 {
    use super::super::gcj02::tests::*;
    #[test]
    fn beijing() {
        let p = proj::Proj::new_known_crs("EPSG:4214", "EPSG:4326", None).unwrap_or_else(|_| panic!());
        let mut h = std::collections::BTreeMap::<String, (u32, [f64;2])>::new();
        for at in spread(1000, [74., 18., 134., 53.]) {
            let b = p.convert((at[0], at[1])).unwrap_or((0., 0.));
            let e = h.entry(format!("{:.0}", apart(at, [b.0, b.1]) / 10.0)).or_insert((0, at)); e.0 += 1;
        }
        println!("{h:?}");
        for (n, at) in [("Hukou", [116.24, 29.73]), ("Beijing", [116.39, 39.9]), ("Guangzhou", [113.3, 23.1]), ("Chengdu", [104.07, 30.6]), ("Ordos", [109.0, 38.5]), ("Urumqi", [87.6, 43.8])] {
            let b = p.convert((at[0], at[1])).unwrap_or((0., 0.));
            println!("{n} {}", apart(at, [b.0, b.1]));
        }
    }
}
