//! Which coordinate system a `.prj` or another well-known text (WKT) means.
//!
//! By its EPSG code where it has one, else by what it computes and not by its name: programs spell
//! the names in many ways, and a system of a city's own may call itself by that of the national one.
//! What is not known stays a name, which is then refused.

use std::collections::BTreeMap;

/// Texts nest no deeper.
const DEEPEST: usize = 32;

/// The name of the system: `WGS84`, `CGCS2000`, `EPSG:nnnn`, or its own name where it is none of
/// those that are known here. None where the text is blank.
pub(crate) fn name(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    if text.is_empty() {
        return None;
    }
    let Some(system) = Parser::of(text).node(0) else {
        return Some(text.chars().take(60).collect());
    };
    let plain = system.plain();
    let known = plain.epsg().or_else(|| plain.computed());
    Some(known.unwrap_or_else(|| plain.values.first().cloned().unwrap_or_default()))
}

/// `KEYWORD["value", 1, CHILD[…]]`.
#[derive(Debug, Default)]
struct Node {
    keyword: String,
    /// Texts and numbers, as written.
    values: Vec<String>,
    children: Vec<Node>,
}

struct Parser<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
}

impl<'a> Parser<'a> {
    fn of(text: &'a str) -> Self {
        Self {
            rest: text.chars().peekable(),
        }
    }

    /// A node with all that it holds; none where this is no WKT, or nests too deep. O(characters).
    fn node(&mut self, depth: usize) -> Option<Node> {
        let keyword = self.word().to_uppercase();
        self.rest.next_if(|c| matches!(c, '[' | '('))?;
        // No system is so deep, and the parser calls itself for each level.
        if depth > DEEPEST {
            return None;
        }
        let mut node = Node {
            keyword,
            ..Node::default()
        };
        loop {
            self.blanks();
            match *self.rest.peek()? {
                '"' => node.values.push(self.quoted()?),
                c if c.is_ascii_alphabetic() => match self.node_or_word(depth)? {
                    Ok(child) => node.children.push(child),
                    Err(word) => node.values.push(word),
                },
                _ => node.values.push(self.word()),
            }
            self.blanks();
            match self.rest.next()? {
                ',' => {}
                ']' | ')' => return Some(node),
                _ => return None,
            }
        }
    }

    /// A child, or a word without brackets such as `north`.
    fn node_or_word(&mut self, depth: usize) -> Option<Result<Node, String>> {
        let mut ahead = Parser {
            rest: self.rest.clone(),
        };
        let word = ahead.word();
        if matches!(ahead.rest.peek(), Some('[' | '(')) {
            return self.node(depth + 1).map(Ok);
        }
        *self = ahead;
        Some(Err(word))
    }

    fn blanks(&mut self) {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
    }

    fn word(&mut self) -> String {
        self.blanks();
        let mut word = String::new();
        while let Some(c) = self.rest.next_if(|c| !"[](),\"".contains(*c)) {
            word.push(c);
        }
        word.trim_end().to_owned()
    }

    /// A text in quotation marks, in which two stand for one.
    fn quoted(&mut self) -> Option<String> {
        self.rest.next()?;
        let mut text = String::new();
        loop {
            match self.rest.next()? {
                '"' if self.rest.next_if_eq(&'"').is_none() => return Some(text),
                c => text.push(c),
            }
        }
    }
}

/// The datums of systems that are known by what they compute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Datum {
    Wgs84,
    Cgcs2000,
    Xian1980,
    Beijing1954,
}

impl Datum {
    fn of_name(name: &str) -> Option<Self> {
        let name = folded(name);
        let has = |part: &str| name.contains(part);
        // The ensemble of WGS 84 names its members; CGCS2000 may name WGS 84 in its remarks.
        if has("china2000") || has("cgcs2000") || has("chinageodeticcoordinatesystem2000") {
            Some(Self::Cgcs2000)
        } else if has("xian1980") || has("xian80") {
            Some(Self::Xian1980)
        } else if has("beijing1954") || has("beijing54") {
            Some(Self::Beijing1954)
        } else if has("wgs1984") || has("wgs84") || has("worldgeodeticsystem1984") {
            Some(Self::Wgs84)
        } else {
            None
        }
    }

    /// The first codes of Gauss–Krüger: 3° by zone (25…45), 3° by meridian (75…135°), 6° by zone
    /// (13…23).
    fn gauss_krueger(self) -> Option<[u32; 3]> {
        match self {
            Self::Wgs84 => None,
            Self::Cgcs2000 => Some([4513, 4534, 4491]),
            Self::Xian1980 => Some([2349, 2370, 2327]),
            Self::Beijing1954 => Some([2401, 2422, 21413]),
        }
    }

    fn in_degrees(self) -> &'static str {
        match self {
            Self::Wgs84 => "WGS84",
            Self::Cgcs2000 => "CGCS2000",
            Self::Xian1980 => "EPSG:4610",
            Self::Beijing1954 => "EPSG:4214",
        }
    }
}

/// A name in small letters and digits alone.
fn folded(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// How a projection computes.
struct Projection {
    method: String,
    parameters: BTreeMap<String, f64>,
}

impl Projection {
    /// A parameter under one of its names; what is not said is nothing.
    fn get(&self, names: [&str; 2], unsaid: f64) -> f64 {
        let found = names.iter().find_map(|name| self.parameters.get(*name));
        found.copied().unwrap_or(unsaid)
    }
}

impl Node {
    fn child(&self, keywords: &[&str]) -> Option<&Self> {
        let mut children = self.children.iter();
        children.find(|child| keywords.contains(&child.keyword.as_str()))
    }

    /// The system of the map alone, without heights or a shift to another datum.
    fn plain(&self) -> &Self {
        let inner = match self.keyword.as_str() {
            "COMPD_CS" | "COMPOUNDCRS" => self.child(&SYSTEMS),
            "BOUNDCRS" => self
                .child(&["SOURCECRS"])
                .and_then(|source| source.child(&SYSTEMS)),
            _ => None,
        };
        inner.unwrap_or(self)
    }

    /// The EPSG code that the system itself has; that of its datum or unit is none.
    fn epsg(&self) -> Option<String> {
        let own = self.child(&["AUTHORITY", "ID"])?;
        let [authority, code, ..] = own.values.as_slice() else {
            return None;
        };
        let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
        (authority.eq_ignore_ascii_case("EPSG") && is_code).then(|| format!("EPSG:{code}"))
    }

    /// The system by what it computes.
    fn computed(&self) -> Option<String> {
        match self.keyword.as_str() {
            "GEOGCS" | "GEOGCRS" | "GEODCRS" | "BASEGEOGCRS" => {
                self.datum().map(|datum| datum.in_degrees().to_owned())
            }
            "PROJCS" | "PROJCRS" => self.projected(),
            _ => None,
        }
    }

    /// The datum of a system in degrees from Greenwich.
    fn datum(&self) -> Option<Datum> {
        let named = self.child(&["DATUM", "GEODETICDATUM", "ENSEMBLE"])?;
        let meridian = self.child(&["PRIMEM", "PRIMEMERIDIAN"]);
        let at_zero = meridian.is_none_or(|meridian| meridian.number(1) == Some(0.0));
        let in_degrees = self
            .unit()
            .is_none_or(|unit| near(unit, 1_f64.to_radians()));
        let name = named.values.first().filter(|_| at_zero && in_degrees)?;
        Datum::of_name(name)
    }

    fn number(&self, place: usize) -> Option<f64> {
        self.values.get(place)?.parse().ok()
    }

    /// How large the unit is, in metres or radians.
    fn unit(&self) -> Option<f64> {
        self.child(&["UNIT", "LENGTHUNIT", "ANGLEUNIT"])?.number(1)
    }

    /// The code of a projected system; none where datum, method or a parameter is of another.
    fn projected(&self) -> Option<String> {
        let datum = self
            .child(&["GEOGCS", "BASEGEOGCRS", "BASEGEODCRS"])?
            .datum()?;
        if !self.unit().is_none_or(|unit| near(unit, 1.0)) {
            return None;
        }
        let projection = self.projection()?;
        let east = projection.get(["falseeasting", "falseeasting"], 0.0);
        let north = projection.get(["falsenorthing", "falsenorthing"], 0.0);
        let meridian = projection.get(["centralmeridian", "longitudeofnaturalorigin"], 0.0);
        let origin = projection.get(["latitudeoforigin", "latitudeofnaturalorigin"], 0.0);
        let scale = projection.get(["scalefactor", "scalefactoratnaturalorigin"], 1.0);
        // The systems that are known here all begin at the equator.
        if origin != 0.0 {
            return None;
        }
        let at_origin = [east, north, meridian]
            .iter()
            .all(|&number| near(number, 0.0));
        if projection.method == "mollweide" {
            return (datum == Datum::Wgs84 && at_origin).then(|| "ESRI:54009".to_owned());
        }
        // 0.9996 is the scale of UTM, and 1 that of Gauss–Krüger.
        let code = match projection.method.as_str() {
            "mercatorauxiliarysphere" | "popularvisualisationpseudomercator" => {
                (datum == Datum::Wgs84 && at_origin).then_some(3857)
            }
            "transversemercator" | "gausskruger" if near(scale, 0.9996) => {
                utm(datum, meridian, [east, north])
            }
            "transversemercator" | "gausskruger" if near(scale, 1.0) && north == 0.0 => {
                gauss_krueger(datum, meridian, east)
            }
            _ => None,
        };
        code.map(|code| format!("EPSG:{code}"))
    }

    fn projection(&self) -> Option<Projection> {
        let holder = self.child(&["CONVERSION"]).unwrap_or(self);
        let method = holder.child(&["PROJECTION", "METHOD"])?;
        let parameters = holder.children.iter();
        let parameters = parameters.filter(|child| child.keyword == "PARAMETER");
        Some(Projection {
            method: folded(method.values.first()?),
            parameters: parameters
                .filter_map(|one| Some((folded(one.values.first()?), one.number(1)?)))
                .collect(),
        })
    }
}

const SYSTEMS: [&str; 5] = ["PROJCS", "PROJCRS", "GEOGCS", "GEOGCRS", "GEODCRS"];

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= b.abs().max(1e-3) * 1e-9
}

/// A whole number from 0 to 200.
fn whole(number: f64) -> Option<u32> {
    (0..=200).find(|&whole| near(number, f64::from(whole)))
}

/// The zones of UTM on WGS 84, north and south.
fn utm(datum: Datum, meridian: f64, [east, north]: [f64; 2]) -> Option<u32> {
    let zone = (1..=60).find(|&zone| near(meridian, f64::from(zone) * 6.0 - 183.0))?;
    match (datum, near(east, 500_000.0), north) {
        (Datum::Wgs84, true, 0.0) => Some(32_600 + zone),
        (Datum::Wgs84, true, 10_000_000.0) => Some(32_700 + zone),
        _ => None,
    }
}

/// Gauss–Krüger, with or without the number of the zone in front of the easting.
fn gauss_krueger(datum: Datum, meridian: f64, east: f64) -> Option<u32> {
    let [by_zone, by_meridian, wide] = datum.gauss_krueger()?;
    let meridian = whole(meridian)?;
    // Without the number of a zone only zones of 3° have codes here.
    if near(east, 500_000.0) {
        let good = meridian.is_multiple_of(3) && (75..=135).contains(&meridian);
        return good.then(|| by_meridian + (meridian - 75) / 3);
    }
    let zone = whole((east - 500_000.0) / 1_000_000.0)?;
    if (25..=45).contains(&zone) && meridian == 3 * zone {
        Some(by_zone + zone - 25)
    } else if (13..=23).contains(&zone) && meridian == 6 * zone - 3 {
        Some(wide + zone - 13)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::Crs;
    use super::*;

    const CGCS: &str = r#"GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const WGS: &str = r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const XIAN: &str = r#"GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;
    const BEIJING: &str = r#"GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#;

    fn transverse(base: &str, (meridian, east): (u32, f64), scale: f64) -> String {
        format!(
            r#"PROJCS["some name",{base},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",{east}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",{meridian}.0],PARAMETER["Scale_Factor",{scale}],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]"#
        )
    }

    fn named(text: &str) -> String {
        name(text).expect("a name")
    }

    #[test]
    fn systems_in_degrees() {
        assert_eq!(named(WGS), "WGS84");
        assert_eq!(named(CGCS), "CGCS2000");
        assert_eq!(named(XIAN), "EPSG:4610");
        assert_eq!(named(BEIJING), "EPSG:4214");
        assert_eq!(name(" \r\n"), None);
        let wkt2 = r#"GEOGCRS["WGS 84",ENSEMBLE["World Geodetic System 1984 ensemble",MEMBER["World Geodetic System 1984 (Transit)"],ELLIPSOID["WGS 84",6378137,298.257223563,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0],CS[ellipsoidal,2],AXIS["latitude",north],ID["EPSG",4326]]"#;
        assert_eq!(named(wkt2), "EPSG:4326");
    }

    /// Every code that is named here computes as the text says: its central meridian has the false
    /// easting.
    #[test]
    fn every_zone_has_the_code_that_computes_the_same() {
        let mut zones = Vec::new();
        zones.extend((25..=45).map(|zone| (3 * zone, f64::from(zone) * 1e6 + 5e5)));
        zones.extend((25..=45).map(|zone| (3 * zone, 5e5)));
        zones.extend((13..=23).map(|zone| (6 * zone - 3, f64::from(zone) * 1e6 + 5e5)));
        for base in [CGCS, XIAN, BEIJING] {
            for &(meridian, east) in &zones {
                let name = named(&transverse(base, (meridian, east), 1.0));
                let converter = Crs::parse(&name).and_then(Crs::converter).expect(&name);
                let at = [f64::from(meridian), 30.0];
                let [x, _] = converter.numbers_of(at).expect("on the globe");
                // The datums lie up to 200 m apart; zones lie 288 km or more apart.
                assert!((x - east).abs() < 300.0, "{name}: {x} for {east}");
            }
        }
        for zone in 1..=60_u32 {
            let meridian = f64::from(zone) * 6.0 - 183.0;
            let text = transverse(WGS, (0, 5e5), 0.9996).replace(
                r#"["Central_Meridian",0.0]"#,
                &format!(r#"["Central_Meridian",{meridian}]"#),
            );
            assert_eq!(named(&text), format!("EPSG:{}", 32_600 + zone));
            let south = text.replace(r#""False_Northing",0.0"#, r#""False_Northing",10000000.0"#);
            assert_eq!(named(&south), format!("EPSG:{}", 32_700 + zone));
        }
    }

    #[test]
    fn web_mercator_and_wkt_2() {
        let web = format!(
            r#"PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",{WGS},PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]"#
        );
        assert_eq!(named(&web), "EPSG:3857");
        let wkt2 = r#"PROJCRS["unnamed",BASEGEOGCRS["China Geodetic Coordinate System 2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101,LENGTHUNIT["metre",1]]],PRIMEM["Greenwich",0,ANGLEUNIT["degree",0.0174532925199433]]],CONVERSION["x",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0],PARAMETER["Longitude of natural origin",117],PARAMETER["Scale factor at natural origin",1],PARAMETER["False easting",500000],PARAMETER["False northing",0]],CS[Cartesian,2],AXIS["(E)",east],LENGTHUNIT["metre",1]]"#;
        assert_eq!(named(wkt2), "EPSG:4548");
        let compound = format!(r#"COMPD_CS["with heights",{wkt2},VERT_CS["h"]]"#);
        assert_eq!(named(&compound), "EPSG:4548");
    }

    #[test]
    fn what_computes_otherwise_stays_a_name() {
        let own = transverse(CGCS, (117, 500_000.0), 1.0);
        for (what, with) in [
            ("117.0", "116.5"),
            ("500000", "520000"),
            (r#""False_Northing",0.0"#, r#""False_Northing",-3000000.0"#),
            (r#""Scale_Factor",1"#, r#""Scale_Factor",1.00001"#),
            (
                r#"UNIT["Meter",1.0]"#,
                r#"UNIT["Foot_US",0.3048006096012192]"#,
            ),
            ("D_China_2000", "D_Unknown"),
            ("Gauss_Kruger", "Lambert_Conformal_Conic"),
        ] {
            let changed = own.replace(what, with);
            assert_ne!(changed, own);
            assert_eq!(named(&changed), "some name", "{with}");
        }
        assert_eq!(named("no text of this kind"), "no text of this kind");
        assert_eq!(named("PROJCS[\"cut"), "PROJCS[\"cut");
        let deep = "A[".repeat(100_000);
        assert_eq!(named(&deep).len(), 60);
    }
}
