//! A polygon as far as it lies in a rectangle of the plane: of a town that many cells touch each cell
//! needs its own corner alone.
//!
//! Each ring is cut by one side of the rectangle after the other (Sutherland and Hodgman 1974). Where
//! a ring leaves and comes back its parts stay joined along the rectangle's sides, which encloses
//! nothing more.

use geo::{Coord, LineString, Polygon};

use crate::plane::Position;

/// The part of a polygon on WGS 84 between two corners of the plane; none where no part is. O(vertices).
pub(super) fn within(polygon: &Polygon, [low, high]: [[f64; 2]; 2]) -> Option<Polygon> {
    let part = |line: &LineString| {
        let vertices = line.coords();
        let vertices = vertices.filter_map(|at| Position::new(at.x, at.y));
        let ring: Vec<[f64; 2]> = vertices.map(Position::on_plane).collect();
        let ring = cut(ring, [low, high]);
        (ring.len() > 2).then(|| ring.into_iter().map(on_globe).collect::<LineString>())
    };
    let outline = part(polygon.exterior())?;
    let holes = polygon.interiors().iter().filter_map(part);
    Some(Polygon::new(outline, holes.collect()))
}

fn on_globe(at: [f64; 2]) -> Coord {
    let at = Position::from_plane(at);
    Coord {
        x: at.lon(),
        y: at.lat(),
    }
}

/// A closed ring as far as it lies in a rectangle.
fn cut(mut ring: Vec<[f64; 2]>, [low, high]: [[f64; 2]; 2]) -> Vec<[f64; 2]> {
    for axis in [0, 1] {
        ring = cut_at(&ring, axis, |at| at - low[axis]);
        ring = cut_at(&ring, axis, |at| high[axis] - at);
    }
    ring
}

/// A closed ring as far as it lies on one side of a line across an axis: where `depth` is not negative.
fn cut_at(ring: &[[f64; 2]], axis: usize, depth: impl Fn(f64) -> f64) -> Vec<[f64; 2]> {
    let mut kept = Vec::with_capacity(ring.len());
    for (place, &to) in ring.iter().enumerate() {
        let from = ring[place.checked_sub(1).unwrap_or(ring.len() - 1)];
        let depths = [from, to].map(|at| depth(at[axis]));
        // The side crosses the line: a vertex stands where it does.
        if (depths[0] < 0.0) != (depths[1] < 0.0) {
            let part = depths[0] / (depths[0] - depths[1]);
            kept.push([0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part));
        }
        if depths[1] >= 0.0 {
            kept.push(to);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use geo::Area;
    use proptest::prelude::*;

    use super::*;
    use crate::model::Outline;

    fn plane(lon: f64, lat: f64) -> [f64; 2] {
        Position::new(lon, lat).expect("on the globe").on_plane()
    }

    /// A comb whose teeth point east: the ring leaves a window over its teeth and comes back.
    fn comb() -> Polygon {
        let mut ring = vec![(116.0, 29.0)];
        for tooth in 0..5 {
            let lat = 29.0 + f64::from(tooth) / 100.0;
            ring.extend([(116.05, lat), (116.05, lat + 0.005)]);
            ring.extend([(116.01, lat + 0.005), (116.01, lat + 0.01)]);
        }
        ring.push((116.0, 29.05));
        let hole = vec![(116.002, 29.01), (116.008, 29.01), (116.005, 29.04)];
        Polygon::new(ring.into(), vec![hole.into()])
    }

    #[test]
    fn what_is_far_is_nothing_and_what_is_within_stays() {
        let far = [plane(117.0, 29.0), plane(117.1, 29.1)];
        assert_eq!(within(&comb(), far), None);
        let around = within(&comb(), [plane(115.0, 28.0), plane(117.0, 30.0)]).expect("all");
        assert!((around.unsigned_area() - comb().unsigned_area()).abs() < 1e-9);
        assert_eq!(around.interiors().len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn in_the_window_the_same_is_inside(
            window in prop::array::uniform4(0.0..0.06_f64),
            at in prop::array::uniform2(0.001..0.999_f64),
        ) {
            let [west, south, wide, high] = window;
            let low = [116.0 + west, 29.0 + south];
            let high = [low[0] + wide + 1e-4, low[1] + high + 1e-4];
            let place = [0, 1].map(|axis| low[axis] + (high[axis] - low[axis]) * at[axis]);
            let place = Position::new(place[0], place[1]).expect("on the globe");
            let is_inside = |polygon: Polygon| {
                let area = Outline::new(&polygon.into()).and_then(|outline| outline.area());
                area.is_some_and(|area| area.contains(place))
            };
            let part = within(&comb(), [low, high].map(|[lon, lat]| plane(lon, lat)));
            // Within a centimetre of a line either may be so.
            let whole = Outline::new(&comb().into()).and_then(|outline| outline.area());
            prop_assume!(whole.is_some_and(|area| area.metres_to(place) > 0.1));
            prop_assert_eq!(part.is_some_and(is_inside), is_inside(comb()));
        }
    }
}
