//! Coordinate systems, by the names that a study gives them, and the way from each to WGS 84.

mod bd09;
mod epsg;
#[cfg(feature = "proj")]
mod full;
mod gcj02;
pub(crate) mod guess;
#[cfg(all(test, feature = "proj"))]
mod proj_tests;

use super::columns::nearest;

/// A coordinate system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Crs {
    /// WGS 84 longitude and latitude.
    Wgs84,
    /// CGCS2000 longitude and latitude: within centimetres of WGS 84, and taken as equal to it.
    Cgcs2000,
    /// GCJ-02, Chinese web maps.
    Gcj02,
    /// BD-09, Baidu's maps.
    Bd09,
    /// Any other, by its EPSG code.
    Epsg(u16),
}

/// Why a coordinate system cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum CrsError {
    #[error("\"{name}\" is no known coordinate system; expected WGS84, CGCS2000, GCJ-02, BD-09 or EPSG:nnnn{hint}")]
    Unknown { name: String, hint: String },
    #[error("there is no coordinate system EPSG:{code} – check the number")]
    NoSuchCode { code: u16 },
    #[cfg_attr(feature = "proj", allow(dead_code, reason = "only without PROJ"))]
    #[error(
        "EPSG:{code} needs the full PROJ – build with the feature proj (cargo … --features proj; needs cmake, sqlite3 and a C++ compiler), or convert the file to WGS84"
    )]
    NotServed { code: u16 },
}

impl Crs {
    /// The system that a name means, in any case and spelling.
    ///
    /// # Errors
    /// When the name is unknown, or this build cannot serve the code.
    pub(crate) fn parse(name: &str) -> Result<Self, CrsError> {
        let plain: String = name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).collect::<String>().to_uppercase();
        let crs = match plain.as_str() {
            "WGS84" | "EPSG:4326" | "CRS84" | "OGC:CRS84" => Self::Wgs84,
            "CGCS2000" | "EPSG:4490" => Self::Cgcs2000,
            "GCJ02" | "火星坐标" => Self::Gcj02,
            "BD09" | "BD09LL" | "百度坐标" => Self::Bd09,
            other => Self::Epsg(other.strip_prefix("EPSG:").and_then(|n| n.parse().ok()).ok_or_else(|| unknown(name))?),
        };
        crs.converter().map(|_| crs)
    }

    /// The name that files show.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Epsg(code) => format!("EPSG:{code}"),
            other => other.datum_name().unwrap_or_default().to_owned(),
        }
    }

    /// The name of a system of longitude and latitude as this study file would write it.
    pub(crate) const fn datum_name(self) -> Option<&'static str> {
        match self {
            Self::Wgs84 => Some("WGS84"),
            Self::Cgcs2000 => Some("CGCS2000"),
            Self::Gcj02 => Some("GCJ-02"),
            Self::Bd09 => Some("BD-09"),
            Self::Epsg(_) => None,
        }
    }

    /// The systems of longitude and latitude that are taken for one another in China.
    pub(crate) const fn chinese_datums() -> [Self; 3] {
        [Self::Wgs84, Self::Gcj02, Self::Bd09]
    }

    /// What to know about results in this system.
    pub(crate) fn note(self) -> Option<&'static str> {
        let Self::Epsg(code) = self else { return None };
        (epsg::served(code) == epsg::Served::WithoutShift).then_some(
            "the shift between this datum (Beijing 1954 or Xi'an 1980) and WGS 84 is not public: places may be off by tens of metres – use CGCS2000 data where you can",
        )
    }

    /// The way to WGS 84; one a thread.
    ///
    /// # Errors
    /// When this build cannot serve the code.
    pub(crate) fn converter(self) -> Result<Converter, CrsError> {
        let Self::Epsg(code) = self else { return Ok(Converter(Way::Datum(self))) };
        match epsg::served(code) {
            epsg::Served::Exactly | epsg::Served::WithoutShift => {
                Ok(Converter(Way::Epsg(Box::new(epsg::Epsg::new(code)?))))
            }
            #[cfg(feature = "proj")]
            epsg::Served::ByProjOnly | epsg::Served::No => Ok(Converter(Way::Full(full::Full::new(code)?))),
            #[cfg(not(feature = "proj"))]
            epsg::Served::ByProjOnly => Err(CrsError::NotServed { code }),
            #[cfg(not(feature = "proj"))]
            epsg::Served::No => Err(CrsError::NoSuchCode { code }),
        }
    }

    /// The numbers that a WGS 84 place has in this system; `None` for projected systems.
    pub(crate) fn datum_from_wgs84(self, at: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::Wgs84 | Self::Cgcs2000 => Some(at),
            Self::Gcj02 => Some(gcj02::from_wgs84(at)),
            Self::Bd09 => Some(bd09::from_wgs84(at)),
            Self::Epsg(_) => None,
        }
    }
}

fn unknown(name: &str) -> CrsError {
    let near = nearest(name, &["WGS84", "CGCS2000", "GCJ-02", "BD-09", "EPSG:4326"]);
    let hint = near.first().map_or_else(String::new, |near| format!(" – did you mean {near}?"));
    CrsError::Unknown { name: super::error::plain(name), hint }
}

/// The way from one system to WGS 84.
pub(crate) struct Converter(Way);

enum Way {
    Datum(Crs),
    Epsg(Box<epsg::Epsg>),
    #[cfg(feature = "proj")]
    Full(full::Full),
}

impl Converter {
    /// Longitude and latitude on WGS 84 of a point given east (or longitude) first.
    ///
    /// `None` when the system does not hold such a point, or the numbers are not finite.
    pub(crate) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        let degrees = |x: f64, y: f64| x.abs() <= 180.0 && y.abs() <= 90.0;
        let finite = |point: &[f64; 2]| degrees(point[0], point[1]);
        match &self.0 {
            Way::Datum(crs) => degrees(x, y).then(|| match crs {
                Crs::Gcj02 => gcj02::to_wgs84([x, y]),
                Crs::Bd09 => bd09::to_wgs84([x, y]),
                _ => [x, y],
            }),
            Way::Epsg(epsg) => (x.is_finite() && y.is_finite()).then(|| epsg.to_wgs84(x, y))?.filter(finite),
            #[cfg(feature = "proj")]
            Way::Full(full) => (x.is_finite() && y.is_finite()).then(|| full.to_wgs84(x, y))?.filter(finite),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_any_spelling() {
        for (name, crs) in [
            ("wgs 84", Crs::Wgs84),
            ("EPSG:4326", Crs::Wgs84),
            ("cgcs2000", Crs::Cgcs2000),
            ("gcj02", Crs::Gcj02),
            ("BD-09", Crs::Bd09),
            ("epsg:4547", Crs::Epsg(4547)),
        ] {
            assert_eq!(Crs::parse(name), Ok(crs));
        }
        assert!(matches!(Crs::parse("GCJ-2"), Err(CrsError::Unknown { hint, .. }) if hint.contains("GCJ-02")));
    }

    #[test]
    fn cgcs2000_zones_lie_on_their_central_meridian() {
        let converter = Crs::Epsg(4547).converter().expect("served");
        let [lon, lat] = converter.to_wgs84(500_000.0, 3_290_000.0).expect("in the zone");
        assert!((lon - 114.0).abs() < 1e-9 && (lat - 29.73).abs() < 0.05, "{lon}, {lat}");
        let zoned =
            Crs::Epsg(4526).converter().expect("served").to_wgs84(38_500_000.0, 3_290_000.0).expect("in the zone");
        assert!((zoned[0] - 114.0).abs() < 1e-9 && (zoned[1] - lat).abs() < 1e-9);
        assert_eq!(converter.to_wgs84(f64::NAN, 0.0), None);
    }

    #[test]
    fn old_datums_come_with_a_warning() {
        assert!(Crs::Epsg(2437).note().is_some());
        assert!(Crs::Epsg(4547).note().is_none());
    }

    #[cfg(not(feature = "proj"))]
    #[test]
    fn a_code_that_needs_proj_names_the_feature() {
        let refused = Crs::parse("EPSG:27700").expect_err("it needs a datum shift").to_string();
        assert!(refused.contains("EPSG:27700") && refused.contains("--features proj"), "{refused}");
        assert_eq!(Crs::parse("EPSG:9999"), Err(CrsError::NoSuchCode { code: 9999 }));
    }
}
