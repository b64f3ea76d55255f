//! EPSG codes through proj4rs: only those on which it is known to agree with PROJ to a millimetre.

use proj4rs::Proj;
use proj4rs::transform::transform;

use super::CrsError;

/// A converter of one EPSG system through proj4rs.
pub(super) struct Epsg {
    from: Proj,
    to: Proj,
    degrees: bool,
}

/// What this build can do about a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Served {
    /// proj4rs is exact here.
    Exactly,
    /// The ellipsoid is known, the datum's shift is not (Beijing 1954, Xi'an 1980).
    WithoutShift,
    /// Only PROJ can be trusted with it.
    ByProjOnly,
    /// There is no such code.
    No,
}

/// What this build can do about a code. Conservative: transverse and plain Mercator on WGS 84,
/// GRS 80 or CGCS2000 in metres, without datum shift.
pub(super) fn served(code: u16) -> Served {
    let Some(definition) = crs_definitions::from_code(code) else { return Served::No };
    let words: Vec<&str> = definition.proj4.split_whitespace().collect();
    let value = |key: &str| words.iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='));
    let projected = matches!(value("+proj"), Some("longlat" | "utm" | "tmerc" | "merc"));
    let plain_axes =
        value("+axis").is_none() && value("+pm").is_none() && value("+nadgrids").is_none_or(|g| g == "@null");
    let metres = value("+units").is_none_or(|units| units == "m") && value("+to_meter").is_none();
    if !(projected && plain_axes && metres) {
        return Served::ByProjOnly;
    }
    let no_shift = value("+towgs84").is_none_or(|shift| shift.split(',').all(|number| number == "0"));
    let on_wgs84 =
        value("+datum") == Some("WGS84") || value("+ellps") == Some("WGS84") || value("+a") == Some("6378137");
    let cgcs2000 = matches!(code, 4479..=4480 | 4490..=4554);
    let zeroed = value("+ellps") == Some("GRS80") && value("+towgs84").is_some();
    if no_shift && (on_wgs84 || cgcs2000 || zeroed) {
        return Served::Exactly;
    }
    if is_old_chinese(code) { Served::WithoutShift } else { Served::ByProjOnly }
}

/// Zones and geographic systems of Beijing 1954 and Xi'an 1980.
fn is_old_chinese(code: u16) -> bool {
    matches!(code, 2327..=2390 | 2401..=2442 | 21413..=21423 | 21453..=21463 | 4214 | 4610)
}

impl Epsg {
    pub(super) fn new(code: u16) -> Result<Self, CrsError> {
        let wrong = || CrsError::NotServed { code };
        let definition = crs_definitions::from_code(code).ok_or(CrsError::NoSuchCode { code })?;
        // Old Chinese datums: the ellipsoid's own latitude and longitude, no made-up shift.
        let text: Vec<&str> =
            definition.proj4.split_whitespace().filter(|word| !word.starts_with("+towgs84")).collect();
        let text = if served(code) == Served::WithoutShift { text.join(" ") } else { definition.proj4.to_owned() };
        let from = Proj::from_proj_string(&text).map_err(|_| wrong())?;
        let to = if served(code) == Served::WithoutShift {
            geographic(&text)
        } else {
            "+proj=longlat +datum=WGS84 +no_defs".to_owned()
        };
        let to = Proj::from_proj_string(&to).map_err(|_| wrong())?;
        Ok(Self { degrees: from.is_latlong(), from, to })
    }

    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let mut point = if self.degrees { (x.to_radians(), y.to_radians(), 0.0) } else { (x, y, 0.0) };
        transform(&self.from, &self.to, &mut point).ok()?;
        Some([point.0.to_degrees(), point.1.to_degrees()])
    }
}

/// The geographic system on the same ellipsoid.
fn geographic(projected: &str) -> String {
    let ellipsoid = |word: &&str| ["+ellps", "+a=", "+b=", "+rf"].iter().any(|key| word.starts_with(key));
    let ellipsoid: Vec<&str> = projected.split_whitespace().filter(ellipsoid).collect();
    format!("+proj=longlat {} +no_defs", ellipsoid.join(" "))
}
