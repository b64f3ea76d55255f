//! Coordinate systems: their names, and the way from each of them to WGS 84.
//!
//! x is always east (longitude) and y north (latitude), whatever the EPSG order of axes is.

pub(crate) mod bd09;
mod datum;
mod epsg;
#[cfg(feature = "proj")]
mod epsg_proj;
pub(crate) mod gcj02;
pub(crate) mod guess;
mod names;
pub(crate) mod wkt;

use std::fmt;

use super::error::plain;
use crate::words::{Text, text};
use epsg::Route;

/// The coordinate system of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) enum Crs {
    /// WGS 84 in degrees (EPSG:4326).
    #[default]
    Wgs84,
    /// The Chinese system of 2000 in degrees (EPSG:4490). Taken as WGS 84: they differ by
    /// centimetres (and by the drift of the plates, some decimetres since the year 2000).
    Cgcs2000,
    /// 火星坐标, of Amap and Tencent.
    Gcj02,
    /// 百度坐标, of Baidu.
    Bd09,
    /// Mollweide's projection of the whole globe (ESRI:54009), of the grids of people of GHS-POP.
    Mollweide,
    /// Another EPSG code.
    Epsg(u16),
}

/// Why a coordinate system cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CrsError {
    /// No system has this name.
    Unknown {
        /// The name as given.
        name: String,
    },
    /// No EPSG code has this number.
    NoSuchCode(String),
    /// The code is of a geocentric or vertical system.
    NoMap(u16),
    /// The code needs PROJ, which is not built in.
    NeedsProj(u16),
    /// The definition could not be used.
    Failed {
        /// The code.
        code: u16,
        /// What the projection library said.
        why: String,
    },
}

impl CrsError {
    /// What is wrong, and what to do.
    pub(crate) fn text(&self) -> Text {
        match self {
            Self::Unknown { name } => {
                text!(UnknownCrs, name = plain(name), near = names::near(name))
            }
            Self::NoSuchCode(code) => text!(NoSuchEpsg, code = code),
            Self::NoMap(code) => text!(EpsgWithoutMap, code = u32::from(*code)),
            Self::NeedsProj(code) => text!(EpsgNeedsProj, code = u32::from(*code)),
            Self::Failed { code, why } => text!(EpsgFailed, code = u32::from(*code), why = why),
        }
    }
}

impl fmt::Display for CrsError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for CrsError {}

impl Crs {
    /// The system of this name, in any case: `WGS84`, `CGCS2000`, `GCJ-02`, `BD-09`, `EPSG:nnnn`.
    ///
    /// A code that this build cannot convert is an error already here.
    pub(crate) fn parse(name: &str) -> Result<Self, CrsError> {
        let key = names::key(name);
        if let Some(known) = names::known(&key) {
            return Ok(known);
        }
        let Some(digits) = names::epsg_digits(&key) else {
            return Err(CrsError::Unknown {
                name: name.trim().into(),
            });
        };
        let code = digits
            .parse()
            .map_err(|_| CrsError::NoSuchCode(digits.into()))?;
        match code {
            4326 => Ok(Self::Wgs84),
            4490 => Ok(Self::Cgcs2000),
            // No EPSG code, but files and people write it as one.
            MOLLWEIDE => Ok(Self::Mollweide),
            _ => usable(code).map(|()| Self::Epsg(code)),
        }
    }

    /// The canonical name.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Wgs84 => "WGS84".into(),
            Self::Cgcs2000 => "CGCS2000".into(),
            Self::Gcj02 => "GCJ-02".into(),
            Self::Bd09 => "BD-09".into(),
            Self::Mollweide => "ESRI:54009".into(),
            Self::Epsg(code) => format!("EPSG:{code}"),
        }
    }

    /// What the user must know about the accuracy of this system, if there is something.
    pub(crate) fn note(self) -> Option<Text> {
        let Self::Epsg(code) = self else { return None };
        if epsg::unshifted(code) {
            return Some(text!(NoPublicShift));
        }
        let whole = matches!(epsg::route(code), Route::Here(_));
        (!whole).then(|| text!(ProjWithoutGrids))
    }

    /// What turns coordinates of this system into WGS 84. One a thread: with the feature `proj`
    /// it cannot be shared or sent.
    pub(crate) fn converter(self) -> Result<Converter, CrsError> {
        Ok(Converter(match self {
            Self::Wgs84 | Self::Cgcs2000 => Way::Same,
            Self::Gcj02 => Way::Formula {
                there: gcj02::to_wgs84,
                back: gcj02::from_wgs84,
            },
            Self::Bd09 => Way::Formula {
                there: bd09::to_wgs84,
                back: bd09::from_wgs84,
            },
            Self::Mollweide => mollweide()?,
            Self::Epsg(code) => way(code)?,
        }))
    }
}

/// Whether this build can convert the code.
fn usable(code: u16) -> Result<(), CrsError> {
    match epsg::route(code) {
        Route::Here(_) => Ok(()),
        Route::NoMap => Err(CrsError::NoMap(code)),
        // PROJ's own list is newer: let it judge.
        Route::Proj | Route::Unknown if cfg!(feature = "proj") => way(code).map(|_| ()),
        Route::Proj => Err(CrsError::NeedsProj(code)),
        Route::Unknown => Err(CrsError::NoSuchCode(code.to_string())),
    }
}

/// The code of ESRI's list, which the list of EPSG does not have.
const MOLLWEIDE: u16 = 54009;

/// Mollweide's projection: on a sphere, whose latitudes are those of WGS 84.
fn mollweide() -> Result<Way, CrsError> {
    let made = epsg::Converter::new("+proj=moll +lon_0=0 +x_0=0 +y_0=0 +datum=WGS84 +units=m");
    made.map(|converter| Way::Here(Box::new(converter)))
        .map_err(|why| CrsError::Failed {
            code: MOLLWEIDE,
            why,
        })
}

fn way(code: u16) -> Result<Way, CrsError> {
    match epsg::route(code) {
        Route::Here(definition) => {
            let made = epsg::Converter::new(&definition);
            made.map(|c| Way::Here(Box::new(c)))
                .map_err(|why| CrsError::Failed { code, why })
        }
        Route::NoMap => Err(CrsError::NoMap(code)),
        #[cfg(feature = "proj")]
        Route::Proj => epsg_proj::Converter::new(code)
            .map(Way::Proj)
            .map_err(|why| CrsError::Failed { code, why }),
        #[cfg(feature = "proj")]
        Route::Unknown => epsg_proj::Converter::new(code)
            .map(Way::Proj)
            .map_err(|_| CrsError::NoSuchCode(code.to_string())),
        #[cfg(not(feature = "proj"))]
        Route::Proj => Err(CrsError::NeedsProj(code)),
        #[cfg(not(feature = "proj"))]
        Route::Unknown => Err(CrsError::NoSuchCode(code.to_string())),
    }
}

/// Turns coordinates into WGS 84.
#[derive(Debug)]
pub(crate) struct Converter(Way);

#[derive(Debug)]
enum Way {
    Same,
    Formula {
        there: fn([f64; 2]) -> [f64; 2],
        back: fn([f64; 2]) -> [f64; 2],
    },
    Here(Box<epsg::Converter>),
    #[cfg(feature = "proj")]
    Proj(epsg_proj::Converter),
}

impl Converter {
    /// Longitude and latitude in degrees on WGS 84 of a point, x east and y north.
    ///
    /// `None` when a number is not finite, or outside of what the system can hold.
    pub(crate) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        if !(x.is_finite() && y.is_finite()) {
            return None;
        }
        let at = match &self.0 {
            Way::Same => Some([x, y]),
            // The formulas move any numbers, and may move strange ones onto the globe.
            Way::Formula { there, .. } => on_earth([x, y]).then(|| there([x, y])),
            Way::Here(converter) => converter.to_wgs84(x, y),
            #[cfg(feature = "proj")]
            Way::Proj(converter) => converter.to_wgs84(x, y),
        };
        at.filter(|&at| on_earth(at))
    }

    /// The other way: x east and y north of a longitude and latitude in degrees on WGS 84. `None`
    /// where the system has no numbers for them.
    pub(crate) fn numbers_of(&self, at: [f64; 2]) -> Option<[f64; 2]> {
        let there = match &self.0 {
            Way::Same => Some(at),
            Way::Formula { back, .. } => Some(back(at)),
            Way::Here(converter) => converter.forward(at),
            #[cfg(feature = "proj")]
            Way::Proj(converter) => converter.forward(at),
        };
        there.filter(|there| on_earth(at) && there.iter().all(|number| number.is_finite()))
    }
}

fn on_earth([lon, lat]: [f64; 2]) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

#[cfg(test)]
mod tests {
    use super::gcj02::tests::{KNOWN, apart};
    use super::*;

    #[test]
    fn names_are_taken_in_many_spellings() {
        for (names, name) in [
            (
                &[
                    "WGS84",
                    " wgs 84 ",
                    "EPSG:4326",
                    "epsg：4326",
                    "CRS84",
                    "urn:ogc:def:crs:OGC:1.3:CRS84",
                ][..],
                "WGS84",
            ),
            (
                &[
                    "CGCS2000",
                    "cgcs 2000",
                    "EPSG:4490",
                    "urn:ogc:def:crs:EPSG::4490",
                ],
                "CGCS2000",
            ),
            (&["GCJ-02", "gcj02", "火星坐标"], "GCJ-02"),
            (&["BD-09", "bd09", "BD09LL", "百度坐标"], "BD-09"),
            (
                &["EPSG:4547", "epsg 4547", "urn:ogc:def:crs:EPSG:8.9:4547"],
                "EPSG:4547",
            ),
        ] {
            for given in names {
                assert_eq!(
                    Crs::parse(given).map(Crs::name),
                    Ok(name.to_owned()),
                    "{given}"
                );
            }
        }
    }

    #[test]
    fn wrong_names_are_told_what_is_near() {
        let told = |name: &str| Crs::parse(name).map_or_else(|error| error.to_string(), Crs::name);
        assert_eq!(
            told("WGS85"),
            "\"WGS85\" is no known coordinate system – did you mean WGS84?"
        );
        assert_eq!(
            told("高德"),
            "\"高德\" is no known coordinate system – did you mean GCJ-02?"
        );
        assert_eq!(
            told("4547"),
            "\"4547\" is no known coordinate system – did you mean EPSG:4547?"
        );
        assert!(told("moon").contains("expected WGS84, CGCS2000, GCJ-02, BD-09 or EPSG:nnnn"));
        for code in ["EPSG:9", "EPSG:99999999"] {
            assert!(
                told(code).contains(&format!("{code}: no such EPSG code")),
                "{}",
                told(code)
            );
        }
        assert!(told("EPSG:4978").contains("no positions on a map"));
        #[cfg(not(feature = "proj"))]
        assert_eq!(
            told("EPSG:27700"),
            "EPSG:27700 needs the full PROJ: build with --features proj (needs cmake, sqlite3 and a C++ compiler), or convert the file to WGS84"
        );
        #[cfg(feature = "proj")]
        assert_eq!(told("EPSG:27700"), "EPSG:27700");
    }

    #[test]
    fn c17_every_datum_comes_home_to_hukou() {
        let home = KNOWN[0];
        for (name, at) in [
            ("WGS84", home[0]),
            ("CGCS2000", home[0]),
            ("GCJ-02", home[1]),
            ("BD-09", home[2]),
        ] {
            let converter = Crs::parse(name)
                .and_then(Crs::converter)
                .expect("a known name");
            assert!(
                apart(converter.to_wgs84(at[0], at[1]).expect("inside"), home[0]) < 1e-3,
                "{name}"
            );
        }
    }

    #[test]
    fn there_and_back_is_the_same_place() {
        for name in [
            "WGS84",
            "CGCS2000",
            "GCJ-02",
            "BD-09",
            "EPSG:4547",
            "EPSG:32650",
            "EPSG:4610",
            "EPSG:3857",
        ] {
            let converter = Crs::parse(name)
                .and_then(Crs::converter)
                .expect("a known name");
            let home = KNOWN[0][0];
            let [x, y] = converter.numbers_of(home).expect("inside");
            assert!(
                apart(converter.to_wgs84(x, y).expect("inside"), home) < 1e-3,
                "{name}"
            );
            assert_eq!(converter.numbers_of([f64::NAN, 30.0]), None, "{name}");
        }
    }

    /// Made by PROJ 9.5: `pyproj.Transformer.from_crs("EPSG:4326", "ESRI:54009", always_xy=True)`.
    #[test]
    fn mollweide_is_where_proj_has_it() {
        let crs = Crs::parse("ESRI:54009").expect("known");
        assert_eq!(Crs::parse("epsg:54009"), Ok(crs), "as many write it");
        assert_eq!((crs, crs.name()), (Crs::Mollweide, "ESRI:54009".to_owned()));
        let converter = crs.converter().expect("known");
        for (at, there) in [
            ([116.25, 29.73], [10_675_845.106_167, 3_612_232.185_447]),
            ([100.0, 45.5], [8_032_473.752_873, 5_394_399.796_378]),
            ([-60.0, -30.0], [-5_500_852.232_360, -3_643_853.564_080]),
            ([0.0, 0.0], [0.0, 0.0]),
        ] {
            let forward = converter.numbers_of(at).expect("inside");
            let off = (forward[0] - there[0]).hypot(forward[1] - there[1]);
            assert!(off < 1e-5, "{at:?}: {forward:?}");
            let back = converter.to_wgs84(there[0], there[1]).expect("inside");
            assert!(apart(back, at) < 1e-5, "{there:?}: {back:?}");
        }
        assert_eq!(
            converter.to_wgs84(18_000_000.0, 8_000_000.0),
            None,
            "off the oval"
        );
    }

    #[test]
    fn what_is_not_finite_or_not_on_earth_is_none() {
        for name in [
            "WGS84",
            "CGCS2000",
            "GCJ-02",
            "BD-09",
            "EPSG:4547",
            "EPSG:4610",
        ] {
            let converter = Crs::parse(name)
                .and_then(Crs::converter)
                .expect("a known name");
            for (x, y) in [
                (f64::NAN, 30.0),
                (116.0, f64::INFINITY),
                (1e300, 1e300),
                (38_500_000.0, 3_300_000.0),
            ] {
                assert_eq!(converter.to_wgs84(x, y), None, "{name} {x} {y}");
            }
        }
        let degrees = Crs::parse("EPSG:4610")
            .and_then(Crs::converter)
            .expect("a known name");
        assert_eq!(degrees.to_wgs84(116.0, -91.0), None);
    }

    #[test]
    fn datums_without_a_public_shift_are_noted() {
        let note = |name: &str| Crs::parse(name).ok().and_then(Crs::note);
        for name in ["EPSG:2401", "EPSG:21453", "EPSG:2390", "EPSG:4610"] {
            assert!(
                note(name).is_some_and(|note| note.to_string().contains("tens of metres")),
                "{name}"
            );
        }
        assert_eq!(
            (note("EPSG:4547"), note("EPSG:32650"), note("GCJ-02")),
            (None, None, None)
        );
    }
}
