//! All other EPSG codes, through PROJ with its own database. Works without files and network.
//!
//! Shifts that need a grid file are made without it, by the best method that needs none.

/// Converts from one EPSG code through PROJ. Neither `Send` nor `Sync`, and slow to make (about
/// 20 ms): keep one a thread.
#[derive(Debug)]
pub(super) struct Converter {
    there: proj::Proj,
    back: proj::Proj,
}

impl Converter {
    /// For this code; what PROJ says about it otherwise.
    pub(super) fn new(code: u16) -> Result<Self, String> {
        let code = format!("EPSG:{code}");
        let made = |from: &str, to: &str| {
            proj::Proj::new_known_crs(from, to, None).map_err(|error| error.to_string())
        };
        Ok(Self {
            there: made(&code, "EPSG:4326")?,
            back: made("EPSG:4326", &code)?,
        })
    }

    /// Longitude and latitude in degrees.
    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.there.convert((x, y)).ok().map(|(lon, lat)| [lon, lat])
    }

    /// The other way: x and y of a longitude and latitude in degrees.
    pub(super) fn forward(&self, [lon, lat]: [f64; 2]) -> Option<[f64; 2]> {
        self.back.convert((lon, lat)).ok().map(|(x, y)| [x, y])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::crs::epsg;
    use crate::read::crs::epsg::Route;
    use crate::read::crs::gcj02::tests::{apart, spread};

    /// The area of use in degrees: west, south, east (perhaps above 180), north.
    fn area(code: u16) -> [f64; 4] {
        let system = proj::Proj::new(&format!("EPSG:{code}")).expect("a code that PROJ knows");
        let found = system
            .area_of_use()
            .ok()
            .and_then(|(area, _)| area)
            .expect("every code has an area of use");
        let turn = if found.east < found.west { 360.0 } else { 0.0 };
        [
            found.west,
            found.south.max(-88.9),
            found.east + turn,
            found.north.min(88.9),
        ]
    }

    /// How far the two ways are apart at so many points of the code's area, in metres; infinite
    /// where one of them has no answer.
    fn differences(code: u16, count: u32) -> Vec<f64> {
        let Route::Here(definition) = epsg::route(code) else {
            panic!("EPSG:{code} is not converted by default")
        };
        let (ours, theirs) = (epsg::Converter::new(&definition), Converter::new(code));
        let (ours, theirs) = (
            ours.expect("a known definition"),
            theirs.expect("a code that PROJ knows"),
        );
        let both = |at| {
            let [x, y] = ours.forward(at)?;
            Some(apart(ours.to_wgs84(x, y)?, theirs.to_wgs84(x, y)?))
        };
        let degrees = |[lon, lat]: [f64; 2]| [if lon > 180.0 { lon - 360.0 } else { lon }, lat];
        spread(count, area(code))
            .map(|at| both(degrees(at)).unwrap_or(f64::INFINITY))
            .collect()
    }

    /// The codes that do not agree to a millimetre.
    fn disagreeing(codes: impl Iterator<Item = u16>, count: u32) -> Vec<(u16, f64)> {
        let worst = |code| {
            (
                code,
                differences(code, count).into_iter().fold(0.0, f64::max),
            )
        };
        codes.map(worst).filter(|&(_, most)| most >= 1e-3).collect()
    }

    #[test]
    fn both_agree_at_20_000_points_of_every_chinese_zone_and_many_utm_zones() {
        let utm = (32601..=32660)
            .chain(32701..=32760)
            .step_by(7)
            .chain([32649, 32650, 32651]);
        // Xi'an 1980 and New Beijing: PROJ has no shift either.
        let codes = (4491..=4554)
            .chain(2327..=2390)
            .chain(4568..=4589)
            .chain(utm)
            .chain([3857, 3395, 2326]);
        assert_eq!(disagreeing(codes, 20_000), []);
    }

    #[test]
    fn every_code_of_the_default_build_agrees() {
        let ours =
            |code: &u16| matches!(epsg::route(*code), Route::Here(_)) && !epsg::unshifted(*code);
        let codes: Vec<u16> = (2000..=32767).filter(ours).collect();
        assert!(codes.len() > 1_500, "{}", codes.len());
        assert_eq!(disagreeing(codes.into_iter(), 200), []);
    }

    #[test]
    fn beijing_1954_differs_only_where_proj_has_a_local_shift() {
        let mut same = 0;
        for code in (2401..=2442)
            .chain(21413..=21423)
            .chain(21453..=21463)
            .chain(21473..=21483)
            .chain([4214])
        {
            let all = differences(code, 20_000);
            assert!(
                all.iter().all(|&d| !(1e-3..20.0).contains(&d) && d < 120.0),
                "EPSG:{code}"
            );
            same += usize::from(all.iter().filter(|&&d| d < 1e-3).count() > 10_000);
        }
        assert!(same > 40, "{same}");
    }

    #[test]
    fn the_rest_goes_through_proj_on_every_thread() {
        // The Ordnance Survey's worked example without its grid: good to a few metres.
        let check = || {
            let at = Converter::new(27700)
                .ok()
                .and_then(|c| c.to_wgs84(651_409.903, 313_177.270))
                .expect("inside");
            assert!(apart(at, [1.716_073_973, 52.658_007_833]) < 5.0, "{at:?}");
            assert!(Converter::new(9).is_err());
        };
        let threads: Vec<_> = (0..4).map(|_| std::thread::spawn(check)).collect();
        assert!(threads.into_iter().all(|thread| thread.join().is_ok()));
    }
}
