//! A shape of polygons that is asked whether it holds points.

use geo_types::{LineString, MultiPolygon};

use crate::plane::{Position, nearest_on_segment, squared_distance};

/// A shape that is asked whether it holds points of the plane.
///
/// ```
/// use walkshed::geo_types::{MultiPolygon, Rect};
/// use walkshed::isochrone::Shape;
/// use walkshed::plane::Position;
/// let square = Rect::new((116.0, 29.0), (117.0, 30.0)).to_polygon();
/// let shape = Shape::new(&MultiPolygon::from(square));
/// let holds = [116.5, 117.5].map(|lon| shape.holds(Position::new(lon, 29.5).unwrap()));
/// assert_eq!(holds, [true, false]);
/// ```
pub struct Shape {
    /// By ring its corners on the plane, closed.
    rings: Vec<Vec<[f64; 2]>>,
    low: [f64; 2],
    high: [f64; 2],
}

impl Shape {
    /// The shape of some polygons in degrees. O(corners).
    #[must_use]
    pub fn new(polygons: &MultiPolygon) -> Self {
        let rings: Vec<Vec<[f64; 2]>> = polygons
            .iter()
            .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
            .map(on_plane)
            .collect();
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        for corner in rings.iter().flatten() {
            for axis in [0, 1] {
                low[axis] = low[axis].min(corner[axis]);
                high[axis] = high[axis].max(corner[axis]);
            }
        }
        Self { rings, low, high }
    }

    /// The corners of the box around it on the plane; infinite where it is empty.
    #[must_use]
    pub const fn bounds(&self) -> [[f64; 2]; 2] {
        [self.low, self.high]
    }

    /// Whether it holds a point, by how often a line from there to the east crosses rings. O(corners).
    #[must_use]
    pub fn holds(&self, at: Position) -> bool {
        let [x, y] = at.on_plane();
        if !(self.low[0]..=self.high[0]).contains(&x) || !(self.low[1]..=self.high[1]).contains(&y)
        {
            return false;
        }
        let crossings = self.edges().filter(|[a, b]| {
            let spans = (a[1] > y) != (b[1] > y);
            spans && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])
        });
        crossings.count() % 2 == 1
    }

    /// How far a point lies from its border, in metres; infinite where it has none. O(corners).
    #[must_use]
    pub fn metres_to_border(&self, at: Position) -> f64 {
        let point = at.on_plane();
        let squared = self
            .edges()
            .map(|[a, b]| squared_distance(point, nearest_on_segment(point, a, b).1))
            .fold(f64::INFINITY, f64::min);
        squared.sqrt() / at.scale()
    }

    fn edges(&self) -> impl Iterator<Item = [[f64; 2]; 2]> {
        let rings = self.rings.iter();
        rings.flat_map(|ring| ring.windows(2).map(|pair| [pair[0], pair[1]]))
    }
}

fn on_plane(ring: &LineString) -> Vec<[f64; 2]> {
    ring.0
        .iter()
        .filter_map(|corner| Position::new(corner.x, corner.y))
        .map(Position::on_plane)
        .collect()
}

#[cfg(test)]
mod tests {
    use geo_types::polygon;

    use super::*;

    #[test]
    fn a_shape_holds_what_is_in_its_outer_ring_and_not_in_its_hole() {
        // Squares of 0.009° and 0.003° around the same middle, on the equator.
        let square = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 0.009, y: 0.0), (x: 0.009, y: 0.009), (x: 0.0, y: 0.009)],
            interiors: [[(x: 0.003, y: 0.003), (x: 0.003, y: 0.006), (x: 0.006, y: 0.006), (x: 0.006, y: 0.003)]],
        );
        let shape = Shape::new(&MultiPolygon::new(vec![square]));
        let at = |lon, lat| Position::new(lon, lat).expect("on the globe");
        let places = [
            at(0.001, 0.001),
            at(0.0045, 0.0045),
            at(-0.001, 0.001),
            at(0.008, 0.004),
        ];
        assert_eq!(
            places.map(|place| shape.holds(place)),
            [true, false, false, true]
        );
        // A thousandth of a degree of longitude on the equator.
        let metres = places.map(|place| shape.metres_to_border(place).round());
        assert_eq!(format!("{metres:?}"), "[111.0, 166.0, 111.0, 111.0]");
        assert!(
            Shape::new(&MultiPolygon::new(Vec::new()))
                .metres_to_border(places[0])
                .is_infinite()
        );
    }
}
