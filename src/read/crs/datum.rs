//! The systems of longitude and latitude that are taken for one another in China.

use super::{Crs, bd09, gcj02};

impl Crs {
    /// The systems of longitude and latitude that are taken for one another in China.
    pub(crate) const fn chinese_datums() -> [Self; 3] {
        [Self::Wgs84, Self::Gcj02, Self::Bd09]
    }

    /// The name of a system of longitude and latitude as a study file would write it.
    pub(crate) const fn datum_name(self) -> Option<&'static str> {
        match self {
            Self::Wgs84 => Some("WGS84"),
            Self::Cgcs2000 => Some("CGCS2000"),
            Self::Gcj02 => Some("GCJ-02"),
            Self::Bd09 => Some("BD-09"),
            Self::Mollweide | Self::Epsg(_) => None,
        }
    }

    /// The numbers that a WGS 84 place has in this system; `None` for projected systems.
    pub(crate) fn datum_from_wgs84(self, at: [f64; 2]) -> Option<[f64; 2]> {
        match self {
            Self::Wgs84 | Self::Cgcs2000 => Some(at),
            Self::Gcj02 => Some(gcj02::from_wgs84(at)),
            Self::Bd09 => Some(bd09::from_wgs84(at)),
            Self::Mollweide | Self::Epsg(_) => None,
        }
    }
}
