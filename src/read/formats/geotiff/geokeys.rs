//! The `GeoKeys` of a `GeoTIFF`: what its coordinates and heights are (OGC 19-008r4, `GeoTIFF` 1.1).

use super::fault::Fault;
use crate::read::crs::wkt;
use crate::words::{Text, text};

const MODEL: u16 = 1024;
const RASTER: u16 = 1025;
const GEOGRAPHIC: u16 = 2048;
const ANGULAR_UNIT: u16 = 2054;
const PROJECTED: u16 = 3072;
const PROJECTED_IN_WORDS: u16 = 3073;
const LINEAR_UNIT: u16 = 3076;
const VERTICAL_UNIT: u16 = 4099;

/// EPSG codes of units.
const METRE: u16 = 9001;
const DEGREE: u16 = 9102;

/// Not in the EPSG list, but told in words and numbers.
const USER_DEFINED: u16 = 32767;

/// The tag of the texts of keys, and what a system is told after that no key has a number for.
const TEXTS: u16 = 34737;
const WELL_KNOWN_TEXT: &str = "ESRI PE String = ";

const WARP: Text = text!(ConvertToDegrees);

/// What the keys say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GeoKeys {
    /// The coordinate system, `EPSG:nnnn`; none where no key names it. What is wrong with it is no
    /// matter to who knows it better.
    pub crs: Result<Option<String>, Fault>,
    /// Whether a pixel's place is its centre instead of its corner.
    pub point: bool,
    /// The unit of its values, where these are heights: a code of EPSG's.
    vertical_unit: Option<u16>,
}

/// Reads the directory of keys: a head of four numbers, then four a key; and the texts of keys.
///
/// # Errors
/// When it is cut.
pub(super) fn read(directory: &[u16], texts: &str) -> Result<GeoKeys, Fault> {
    let (keys, rest) = directory.get(4..).unwrap_or_default().as_chunks::<4>();
    if !rest.is_empty()
        || directory
            .get(3)
            .is_some_and(|&count| usize::from(count) != keys.len())
    {
        return Err(Fault::bad_tiff(text!(GeoKeysCut), text!(ExportTiffAgain)));
    }
    // A key that stands elsewhere (in a list of texts or floats) has no number here.
    let value = |id: u16| {
        keys.iter()
            .find(|key| key[0] == id && key[1] == 0)
            .map(|key| key[3])
    };
    Ok(GeoKeys {
        point: value(RASTER) == Some(2),
        vertical_unit: value(VERTICAL_UNIT),
        crs: in_words(keys, texts).map_or_else(|| crs(value), |named| Ok(Some(named))),
    })
}

/// The projected system that no key has a number for, as its well-known text tells it; none where
/// there is no such text, or it is of a system that is not known here.
fn in_words(keys: &[[u16; 4]], texts: &str) -> Option<String> {
    let numbered = keys.iter().find(|key| key[0] == PROJECTED && key[1] == 0);
    if numbered.is_some_and(|key| key[3] != USER_DEFINED) {
        return None;
    }
    let told = |key: &&[u16; 4]| key[0] == PROJECTED_IN_WORDS && key[1] == TEXTS;
    let &[_, _, length, start] = keys.iter().find(told)?;
    let start = usize::from(start);
    let text = texts.get(start..start + usize::from(length))?;
    let text = text.trim_end_matches(['|', '\0']);
    let Some(well_known) = text.strip_prefix(WELL_KNOWN_TEXT) else {
        // Esri's own name for its own code, and no other system's.
        let name = text.strip_prefix("PCS Name = ").unwrap_or(text);
        return (name == "World_Mollweide").then(|| "ESRI:54009".to_owned());
    };
    let name = wkt::name(well_known)?;
    // A name that stands for no number is its own words.
    let is_known = name.starts_with("EPSG:") || name.starts_with("ESRI:");
    is_known.then_some(name)
}

impl GeoKeys {
    /// Metres in the unit of the heights.
    ///
    /// # Errors
    /// When it is none that is known.
    pub(super) fn metres(&self) -> Result<f64, Fault> {
        metres(self.vertical_unit)
    }
}

/// The system that the keys name by a code of EPSG, if they name any.
fn crs(value: impl Fn(u16) -> Option<u16>) -> Result<Option<String>, Fault> {
    // Files without a model type name either a projected system or, at most, a geographic one.
    let (key, unit, expected) = match (value(MODEL), value(PROJECTED)) {
        (Some(1), _) | (None, Some(_)) => (PROJECTED, LINEAR_UNIT, METRE),
        (Some(2), _) | (None, None) => (GEOGRAPHIC, ANGULAR_UNIT, DEGREE),
        (Some(other), _) => {
            let what = text!(OddModelType, found = other.to_string());
            return Err(Fault::new("bad-crs", what, WARP));
        }
    };
    match (value(key), value(unit)) {
        (Some(0 | USER_DEFINED), _) => Err(Fault::new("bad-crs", text!(TiffWithoutEpsg), WARP)),
        (_, Some(unit)) if unit != expected && unit != 0 => {
            let unit = unit.to_string();
            let expected = expected.to_string();
            let what = text!(OddCoordinateUnit, unit = unit, expected = expected);
            Err(Fault::new("bad-crs", what, WARP))
        }
        (code, _) => Ok(code.map(|code| format!("EPSG:{code}"))),
    }
}

/// Metres in a unit of height: the metre, the foot, the US survey foot.
fn metres(unit: Option<u16>) -> Result<f64, Fault> {
    match unit {
        None | Some(0 | METRE | USER_DEFINED) => Ok(1.0),
        Some(9002) => Ok(0.3048),
        Some(9003) => Ok(1200.0 / 3937.0),
        Some(other) => {
            let what = text!(OddHeightUnit, unit = other.to_string());
            Err(Fault::bad_tiff(what, text!(ConvertToMetres)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(keys: &[[u16; 4]]) -> Result<GeoKeys, String> {
        let count = u16::try_from(keys.len()).expect("few keys");
        let list: Vec<u16> = [1, 1, 0, count]
            .iter()
            .chain(keys.iter().flatten())
            .copied()
            .collect();
        read(&list, "").map_err(|fault| fault.in_file("dem.tif").to_string())
    }

    #[test]
    fn degrees_and_projections_are_told_apart() {
        let crs = |list: &[[u16; 4]]| {
            let crs = keys(list)?.crs;
            let crs = crs.map_err(|fault| fault.in_file("dem.tif").to_string())?;
            Ok::<_, String>(crs.unwrap_or_default())
        };
        assert_eq!(
            crs(&[[1024, 0, 1, 2], [2048, 0, 1, 4490]]),
            Ok("EPSG:4490".into())
        );
        assert_eq!(
            crs(&[[1024, 0, 1, 1], [2048, 0, 1, 4326], [3072, 0, 1, 32650]]),
            Ok("EPSG:32650".into())
        );
        assert_eq!(crs(&[]), Ok(String::new()));
        for bad in [
            &[[1024, 0, 1, 3]][..],
            &[[1024, 0, 1, 1], [3072, 0, 1, 32767]],
            &[[2048, 0, 1, 4326], [2054, 0, 1, 9101]],
        ] {
            assert!(crs(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn points_and_feet_are_known_and_a_cut_list_is_not() {
        let keys = |list| keys(list).expect("good keys");
        assert!(keys(&[[1025, 0, 1, 2]]).point && !keys(&[[1025, 0, 1, 1]]).point);
        let feet = keys(&[[4099, 0, 1, 9002]]).metres();
        assert!((feet.expect("feet are known") - 0.3048).abs() < 1e-12);
        assert!(keys(&[[4099, 0, 1, 9999]]).metres().is_err());
        assert!(read(&[1, 1, 0, 1, 1024, 0, 1], "").is_err());
        assert!(read(&[1, 1, 0, 2, 1024, 0, 1, 2], "").is_err());
    }

    #[test]
    fn mollweide_is_told_in_words_alone() {
        let wgs = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
        let text = |meridian: &str| {
            format!(
                r#"World_Mollweide|ESRI PE String = PROJCS["World_Mollweide",{wgs},PROJECTION["Mollweide"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}],UNIT["Meter",1.0]]|"#
            )
        };
        let crs = |text: &str| {
            let length = u16::try_from(text.len() - 16).expect("short");
            let list = [
                1, 1, 0, 3, 1024, 0, 1, 32767, 3073, 34737, length, 16, 3076, 0, 1, 9001,
            ];
            read(&list, text).expect("a whole list").crs
        };
        assert_eq!(crs(&text("0.0")), Ok(Some("ESRI:54009".to_owned())));
        assert!(crs(&text("10.0")).is_err(), "of another meridian");
        assert!(crs("World_Mollweide|ESRI PE String = ").is_err());
        let short = crs("World_Mollweide|PCS Name = World_Mollweide|");
        assert_eq!(short, Ok(Some("ESRI:54009".to_owned())));
        assert!(crs("World_Mollweide|PCS Name = Another|").is_err());
    }
}
