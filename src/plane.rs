//! Where things are: positions on WGS 84, geodesic lengths, and the conformal plane for snapping.
//!
//! The plane is the ellipsoidal Mercator projection. It is conformal: around every point it
//! stretches all directions alike, so "nearest" on the plane is nearest on the ground, at any
//! latitude. Its scale changes with latitude ([`Position::scale`]), so no length is ever read off it.
//!
//! ```
//! use walkshed::plane::{Position, nearest_on_segment};
//!
//! // A house 100 m north of a street along the 30th parallel, just east of its middle.
//! let [start, end, house] = [(116.0, 30.0), (116.01, 30.0), (116.006, 30.0009)]
//!     .map(|(lon, lat)| Position::new(lon, lat).unwrap());
//! let (along, foot) = nearest_on_segment(house.on_plane(), start.on_plane(), end.on_plane());
//! assert_eq!(format!("{along:.3}"), "0.600");
//! // Chosen on the plane, measured on the ground.
//! assert_eq!(house.distance(Position::from_plane(foot)).round(), 100.0);
//! ```

use std::fmt;
use std::sync::LazyLock;

use fast_hilbert::xy2h;
use geo_types::{Coord, Point};
use geographiclib_rs::{Geodesic, InverseGeodesic};

use crate::words::{Text, text};

/// Semi-major axis of the WGS 84 ellipsoid in metres.
const A: f64 = 6_378_137.0;
/// First eccentricity of the WGS 84 ellipsoid, `sqrt(f (2 − f))` with `f = 1 / 298.257223563`.
const E: f64 = 0.081_819_190_842_621_49;
/// The ellipsoid that lengths are taken on.
static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// A position on WGS 84: longitude −180 to 180 and latitude −89 to 89 degrees, both finite.
///
/// The poles' last degree is left out: nobody walks to an office there, and Mercator ends there.
///
/// ```
/// use walkshed::plane::Position;
/// let hall = Position::new(116.2442, 29.7391).unwrap();
/// assert_eq!(hall.to_string(), "116.2442000, 29.7391000");
/// assert_eq!(walkshed::geo_types::Point::from(hall).x(), 116.2442);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Position {
    lon: f64,
    lat: f64,
}

impl Position {
    /// A position in degrees; `None` when either number is not finite or out of range.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// assert!(Position::new(116.2442, 29.7391).is_some());
    /// // Longitude and latitude in the wrong order.
    /// assert!(Position::new(29.7391, 116.2442).is_none());
    /// ```
    #[must_use]
    pub fn new(lon: f64, lat: f64) -> Option<Self> {
        ((-180.0..=180.0).contains(&lon) && (-89.0..=89.0).contains(&lat))
            .then_some(Self { lon, lat })
    }

    /// Degrees east of Greenwich.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// assert_eq!(Position::new(116.2442, 29.7391).map(Position::lon), Some(116.2442));
    /// ```
    #[must_use]
    pub const fn lon(self) -> f64 {
        self.lon
    }

    /// Degrees north of the equator.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// assert_eq!(Position::new(116.2442, 29.7391).map(Position::lat), Some(29.7391));
    /// ```
    #[must_use]
    pub const fn lat(self) -> f64 {
        self.lat
    }

    /// The geodesic distance in metres (Karney 2013, through geographiclib-rs).
    ///
    /// The same in both directions, bit for bit.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// let at = |lon, lat| Position::new(lon, lat).unwrap();
    /// // A thousandth of a degree is 96 m eastward at 30° north, and 111 m northward.
    /// let home = at(116.0, 30.0);
    /// assert_eq!([at(116.001, 30.0), at(116.0, 30.001)].map(|to| home.distance(to).round()), [96.0, 111.0]);
    /// ```
    #[must_use]
    pub fn distance(self, other: Self) -> f64 {
        let (from, to) = if self <= other {
            (self, other)
        } else {
            (other, self)
        };
        WGS84.inverse(from.lat, from.lon, to.lat, to.lon)
    }

    /// Whether the short way between two positions crosses the 180° meridian.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// let [fiji, samoa, hukou] = [179.0, -172.0, 116.0].map(|lon| Position::new(lon, -15.0).unwrap());
    /// assert!(fiji.is_across_180(samoa) && !fiji.is_across_180(hukou));
    /// ```
    #[must_use]
    pub fn is_across_180(self, other: Self) -> bool {
        (self.lon - other.lon).abs() > 180.0
    }

    /// The point on the conformal plane.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// // Mercator: a degree of longitude is as long everywhere.
    /// let x = |lon, lat| Position::new(lon, lat).unwrap().on_plane()[0].round();
    /// assert_eq!([x(1.0, 0.0), x(1.0, 60.0)], [111_319.0, 111_319.0]);
    /// ```
    #[must_use]
    pub fn on_plane(self) -> [f64; 2] {
        let (phi, lambda) = (self.lat.to_radians(), self.lon.to_radians());
        let s = E * phi.sin();
        let psi = phi.tan().asinh() - E * s.atanh();
        [A * lambda, A * psi]
    }

    /// The position of a point on the conformal plane (the inverse of [`Position::on_plane`]).
    ///
    /// A point that is not finite has no position; networks and studies refuse what comes of it.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// let home = Position::new(116.2442, 29.7391).unwrap();
    /// assert!(home.distance(Position::from_plane(home.on_plane())) < 1e-6);
    /// ```
    #[must_use]
    pub fn from_plane(point: [f64; 2]) -> Self {
        let psi = point[1] / A;
        let mut phi = psi.sinh().atan();
        // Each round leaves 0.7 % of the error at most (e²): six leave less than rounding does.
        for _ in 0..6 {
            phi = (psi + E * (E * phi.sin()).atanh()).sinh().atan();
        }
        // Rounding must not carry a place at the rim off the globe.
        let degrees = |radians: f64, most: f64| radians.to_degrees().clamp(-most, most);
        Self {
            lon: degrees(point[0] / A, 180.0),
            lat: degrees(phi, 89.0),
        }
    }

    /// The place on a Hilbert curve over the globe with cells of about a centimetre: places near on the
    /// curve are near on the ground.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// let place = |lon| Position::new(lon, 29.7391).unwrap().on_curve();
    /// let [home, next_door, far] = [116.2442, 116.244_200_5, 26.2442].map(place);
    /// assert!(home.abs_diff(next_door) < home.abs_diff(far));
    /// ```
    #[must_use]
    pub fn on_curve(self) -> u64 {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "degrees fill the range of u32"
        )]
        let cell = |degrees: f64, span: f64| ((degrees / span + 0.5) * f64::from(u32::MAX)) as u32;
        xy2h(cell(self.lon, 360.0), cell(self.lat, 180.0), 32)
    }

    /// Whether both numbers are in range, as they are unless it comes off a plane that is not finite.
    pub(crate) fn is_on_globe(self) -> bool {
        Self::new(self.lon, self.lat).is_some()
    }

    /// Plane metres per ground metre at this latitude.
    ///
    /// ```
    /// use walkshed::plane::Position;
    /// // Mercator stretches by two at 60° north, and by nothing at the equator.
    /// let scale = |lat| format!("{:.1}", Position::new(0.0, lat).unwrap().scale());
    /// assert_eq!([scale(0.0), scale(60.0)], ["1.0", "2.0"]);
    /// ```
    #[must_use]
    pub fn scale(self) -> f64 {
        let phi = self.lat.to_radians();
        (1.0 - (E * phi.sin()).powi(2)).sqrt() / phi.cos()
    }
}

/// Shown in degrees, longitude first, to about a centimetre: `116.2442000, 29.7391000`.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.7}, {:.7}", self.lon, self.lat))
    }
}

/// Why two numbers are no [`Position`].
///
/// ```
/// use walkshed::plane::{Position, PositionError};
/// let swapped = Position::try_from(walkshed::geo_types::Point::new(29.7391, 116.2442));
/// assert_eq!(swapped, Err(PositionError { lon: 29.7391, lat: 116.2442 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PositionError {
    /// The first number, taken for degrees east of Greenwich.
    pub lon: f64,
    /// The second number, taken for degrees north of the equator.
    pub lat: f64,
}

impl PositionError {
    /// The error in words, with what to do.
    ///
    /// ```
    /// use walkshed::plane::PositionError;
    /// use walkshed::words::Language;
    /// let wrong = PositionError { lon: 29.7391, lat: 116.2442 };
    /// assert!(wrong.text().in_language(Language::English).contains("29.7391, 116.2442"));
    /// assert_ne!(wrong.text().in_language(Language::Chinese), wrong.to_string());
    /// ```
    #[must_use]
    pub fn text(&self) -> Text {
        text!(PositionWrong, lon = self.lon, lat = self.lat)
    }
}

impl fmt::Display for PositionError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for PositionError {}

impl TryFrom<Coord> for Position {
    type Error = PositionError;
    fn try_from(at: Coord) -> Result<Self, PositionError> {
        let wrong = PositionError {
            lon: at.x,
            lat: at.y,
        };
        Self::new(at.x, at.y).ok_or(wrong)
    }
}

impl TryFrom<Point> for Position {
    type Error = PositionError;
    fn try_from(at: Point) -> Result<Self, PositionError> {
        Self::try_from(at.0)
    }
}

impl From<Position> for Coord {
    fn from(at: Position) -> Self {
        Self {
            x: at.lon,
            y: at.lat,
        }
    }
}

impl From<Position> for Point {
    fn from(at: Position) -> Self {
        Self(at.into())
    }
}

/// The point of a segment that is nearest to `p`: how far along (0 at `a`, 1 at `b`), and where.
///
/// A segment without length answers 0. Past its ends it is the end itself, to the last bit, so that of
/// two segments which meet there neither is nearer.
///
/// ```
/// use walkshed::plane::nearest_on_segment;
/// let (a, b) = ([0.0, 0.0], [10.0, 0.0]);
/// assert_eq!(nearest_on_segment([3.0, 4.0], a, b), (0.3, [3.0, 0.0]));
/// assert_eq!(nearest_on_segment([30.0, 4.0], a, b), (1.0, b));
/// ```
#[must_use]
pub fn nearest_on_segment(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> (f64, [f64; 2]) {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let squared = dx * dx + dy * dy;
    if squared <= 0.0 {
        return (0.0, a);
    }
    let t = (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / squared).clamp(0.0, 1.0);
    if t >= 1.0 {
        return (1.0, b);
    }
    (t, [a[0] + t * dx, a[1] + t * dy])
}

/// The squared distance of two points of the plane.
///
/// ```
/// use walkshed::plane::squared_distance;
/// assert_eq!(squared_distance([1.0, 1.0], [4.0, 5.0]), 25.0);
/// ```
#[must_use]
pub fn squared_distance(p: [f64; 2], q: [f64; 2]) -> f64 {
    (p[0] - q[0]).powi(2) + (p[1] - q[1]).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).expect("a valid test position")
    }

    #[test]
    fn c16_a_kilometre_is_a_kilometre_in_every_direction_at_30_north() {
        // One kilometre east and one kilometre north of 116 E 30 N, from the radii of curvature.
        let (east, north) = (at(116.010_363_0, 30.0), at(116.0, 30.009_020_5));
        let home = at(116.0, 30.0);
        for to in [east, north] {
            assert!(
                (home.distance(to) - 1000.0).abs() < 0.5,
                "{}",
                home.distance(to)
            );
            let plane = squared_distance(home.on_plane(), to.on_plane()).sqrt() / home.scale();
            assert!((plane - home.distance(to)).abs() < 0.5, "{plane}");
        }
    }

    #[test]
    fn the_plane_keeps_shape_at_any_latitude() {
        for lat in [-70.0, -33.0, 0.0, 29.7, 55.0, 80.0] {
            let home = at(20.0, lat);
            for (lon_step, lat_step) in [(1e-4, 0.0), (0.0, 1e-4), (1e-4, 1e-4), (-1e-4, 1e-4)] {
                let to = at(20.0 + lon_step, lat + lat_step);
                let plane = squared_distance(home.on_plane(), to.on_plane()).sqrt() / home.scale();
                assert!(
                    (plane / home.distance(to) - 1.0).abs() < 2e-5,
                    "{lat}: {plane}"
                );
            }
            let back = Position::from_plane(home.on_plane());
            assert!(home.distance(back) < 1e-6, "{back:?}");
        }
    }

    #[test]
    fn distances_are_the_same_in_both_directions() {
        let (a, b) = (at(116.244, 29.7317), at(116.25, 29.74));
        assert!(a.distance(b).to_bits() == b.distance(a).to_bits());
    }

    #[test]
    fn positions_that_are_none_are_refused() {
        for (lon, lat) in [
            (f64::NAN, 0.0),
            (0.0, f64::INFINITY),
            (181.0, 0.0),
            (0.0, 89.5),
            (29.7, 116.2),
        ] {
            assert!(Position::new(lon, lat).is_none());
        }
    }

    #[test]
    fn points_are_positions_and_back_unless_they_are_off_the_globe() {
        let home = Point::new(116.2442, 29.7391);
        let position = Position::try_from(home).expect("near Hukou");
        assert_eq!(Point::from(position), home);
        assert_eq!(position.to_string(), "116.2442000, 29.7391000");
        let swapped = Position::try_from(Point::new(29.7391, 116.2442));
        let wrong = swapped.expect_err("a latitude of 116°");
        assert!(
            wrong.to_string().contains("29.7391, 116.2442") && wrong.to_string().contains("first")
        );
        assert!(Position::try_from(Point::new(f64::NAN, 0.0)).is_err());
        assert!(!Position::from_plane([f64::NAN, 0.0]).is_on_globe());
    }

    #[test]
    fn the_nearest_point_of_a_segment() {
        let (a, b) = ([0.0, 0.0], [10.0, 0.0]);
        assert_eq!(nearest_on_segment([3.0, 4.0], a, b), (0.3, [3.0, 0.0]));
        assert_eq!(nearest_on_segment([-3.0, 4.0], a, b), (0.0, a));
        assert_eq!(nearest_on_segment([30.0, 4.0], a, b), (1.0, b));
        assert_eq!(nearest_on_segment([30.0, 4.0], a, a), (0.0, a));
    }
}
