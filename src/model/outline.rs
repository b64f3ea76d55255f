//! The outline of an area that a cell stands for.

use geo_types::{Coord, LineString, MultiPolygon, Polygon};

use crate::plane::Position;

/// The outline of a cell: one polygon or several, with or without holes, on WGS 84.
///
/// Kept to seven decimals of a degree, a centimetre, in eight bytes a vertex. Outlines run
/// counter-clockwise and holes clockwise, as RFC 7946 asks.
///
/// ```
/// use walkshed::geo_types::{MultiPolygon, Rect};
/// use walkshed::model::Outline;
/// let block = Rect::new((116.24, 29.73), (116.25, 29.74)).to_polygon();
/// let outline = Outline::new(&MultiPolygon::from(block)).unwrap();
/// assert_eq!(outline.to_multi_polygon().0.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline(Box<[Rings]>);

/// The rings of a polygon, its outline first.
type Rings = Box<[Ring]>;
/// Places in 1e-7 degrees: longitude, latitude.
type Ring = Box<[[i32; 2]]>;

/// So many steps are a degree.
const STEPS: f64 = 1e7;

impl Outline {
    /// The outline of these areas; none where there is no area or a vertex is nowhere on the globe.
    #[must_use]
    pub fn new(areas: &MultiPolygon<f64>) -> Option<Self> {
        let polygons: Option<Box<[Rings]>> = areas.iter().map(rings).collect();
        polygons.filter(|polygons| !polygons.is_empty()).map(Self)
    }

    /// The polygons, longitude and latitude in degrees.
    #[must_use]
    pub fn to_multi_polygon(&self) -> MultiPolygon<f64> {
        self.0.iter().map(polygon).collect()
    }
}

impl Outline {
    /// The south-western and the north-eastern corner of the rectangle around it.
    #[must_use]
    pub fn corners(&self) -> Option<[Position; 2]> {
        let vertices = || self.0.iter().flatten().flatten();
        let least = |axis: usize| vertices().map(|at| at[axis]).min();
        let most = |axis: usize| vertices().map(|at| at[axis]).max();
        let low = Position::new(degrees(least(0)?), degrees(least(1)?))?;
        let high = Position::new(degrees(most(0)?), degrees(most(1)?))?;
        Some([low, high])
    }

    /// How wide and how high it is, in metres: from its westernmost to its easternmost place, and
    /// from its southernmost to its northernmost.
    #[must_use]
    pub fn size_m(&self) -> Option<[f64; 2]> {
        let [south_west, north_east] = self.corners()?;
        let south_east = Position::new(north_east.lon(), south_west.lat())?;
        Some([
            south_west.distance(south_east),
            south_east.distance(north_east),
        ])
    }
}

fn rings(polygon: &Polygon<f64>) -> Option<Rings> {
    let outline = std::iter::once((polygon.exterior(), true));
    let holes = polygon.interiors().iter().map(|hole| (hole, false));
    let each = outline.chain(holes);
    each.map(|(line, is_outline)| ring(line, is_outline))
        .collect()
}

/// A ring that runs the right way round.
fn ring(line: &LineString<f64>, is_outline: bool) -> Option<Ring> {
    let mut ring: Vec<[i32; 2]> = line.coords().map(steps).collect::<Option<_>>()?;
    if is_counter_clockwise(&ring) != is_outline {
        ring.reverse();
    }
    Some(ring.into())
}

fn degrees(steps: i32) -> f64 {
    f64::from(steps) / STEPS
}

fn steps(at: &Coord<f64>) -> Option<[i32; 2]> {
    let place = Position::new(at.x, at.y)?;
    #[expect(clippy::cast_possible_truncation, reason = "at most 180e7")]
    let steps = [place.lon(), place.lat()].map(|degrees| (degrees * STEPS).round() as i32);
    Some(steps)
}

/// By the sign of its area (the shoelace formula).
fn is_counter_clockwise(ring: &[[i32; 2]]) -> bool {
    let twice_area: i128 = ring
        .windows(2)
        .map(|pair| {
            let [[x, y], [next_x, next_y]] = [pair[0], pair[1]].map(|at| at.map(i128::from));
            x * next_y - next_x * y
        })
        .sum();
    twice_area > 0
}

fn polygon(rings: &Rings) -> Polygon<f64> {
    let mut lines = rings.iter().map(line);
    let outline = lines.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(outline, lines.collect())
}

fn line(ring: &Ring) -> LineString<f64> {
    ring.iter()
        .map(|&[lon, lat]| (degrees(lon), degrees(lat)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring_of(places: &[(f64, f64)]) -> LineString<f64> {
        places.iter().copied().collect()
    }

    #[test]
    fn outlines_run_counter_clockwise_and_holes_clockwise() {
        let clockwise = ring_of(&[(0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (0.0, 0.0)]);
        let hole = ring_of(&[(0.5, 1.0), (1.0, 2.0), (0.5, 2.0), (0.5, 1.0)]);
        let given = Polygon::new(clockwise.clone(), vec![hole.clone()]);
        let outline = Outline::new(&MultiPolygon(vec![given])).expect("an outline");
        let mut turned = [clockwise, hole];
        for ring in &mut turned {
            ring.0.reverse();
        }
        let [outer, inner] = turned;
        let expected = MultiPolygon(vec![Polygon::new(outer, vec![inner])]);
        assert_eq!(outline.to_multi_polygon(), expected);
        assert_eq!(Outline::new(&expected), Some(outline));
    }

    #[test]
    fn vertices_keep_seven_decimals() {
        let fine = ring_of(&[
            (116.203_456_78, -0.000_000_01),
            (116.3, 0.0),
            (116.3, 1.0),
            (116.203_456_78, -0.000_000_01),
        ]);
        let given = MultiPolygon(vec![Polygon::new(fine, Vec::new())]);
        let kept = Outline::new(&given).expect("an outline").to_multi_polygon();
        let first = kept.0[0].exterior().0[0];
        assert_eq!((first.x, first.y.to_bits()), (116.203_456_8, 0));
    }

    #[test]
    fn what_is_nowhere_is_no_outline() {
        let far = ring_of(&[(0.0, 0.0), (0.0, 300.0), (3.0, 3.0), (0.0, 0.0)]);
        let far = MultiPolygon(vec![Polygon::new(far, Vec::new())]);
        assert_eq!(Outline::new(&far), None);
        assert_eq!(Outline::new(&MultiPolygon(Vec::new())), None);
    }
}
