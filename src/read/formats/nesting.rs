//! From the rings of a shapefile or Esri JSON to polygons: which ring is a hole of which.
//!
//! The formats tell outlines from holes by the sense in which they run, and their writers get it
//! wrong. Rings of one shape do not cross, so that how many others a ring lies in tells it for sure:
//! in none or two it is an outline, in one or three a hole. (The crate `shapefile` gives a hole to
//! the outline before it in the file, whichever it lies in: `a_hole_lies_where_it_lies`.)

use geo::coordinate_position::{CoordPos, CoordinatePosition};
use geo::{BoundingRect, Coord, LineString, Polygon, Rect};

use super::json_coordinates::Coordinates;
use super::json_parts::Part;

/// A ring, closed or not.
pub(crate) type Ring = Vec<[f64; 2]>;

/// The polygon or polygons that these rings make; as GeoJSON has them, a single one by itself.
///
/// O(rings² + rings × vertices) where each lies in the box of each, O(rings²) where none does.
pub(crate) fn polygons(rings: &[Ring]) -> Part {
    let parents = parents(rings);
    let depth = |ring: usize| std::iter::successors(parents[ring], |&up| parents[up]).count();
    let mut polygons: Vec<Vec<Coordinates>> = Vec::new();
    let mut place = vec![0; rings.len()];
    let is_outline: Vec<bool> = (0..rings.len()).map(|ring| depth(ring) % 2 == 0).collect();
    // Outlines first: a hole may stand before its own in the file.
    for ring in (0..rings.len()).filter(|&ring| is_outline[ring]) {
        place[ring] = polygons.len();
        polygons.push(vec![coordinates(&rings[ring])]);
    }
    for ring in (0..rings.len()).filter(|&ring| !is_outline[ring]) {
        let outline = parents[ring].map_or(0, |outline| place[outline]);
        polygons[outline].push(coordinates(&rings[ring]));
    }
    let mut polygons: Vec<Coordinates> = polygons.into_iter().map(Coordinates::List).collect();
    match polygons.pop() {
        Some(only) if polygons.is_empty() => Part::geometry("Polygon", only),
        last => {
            polygons.extend(last);
            Part::geometry("MultiPolygon", Coordinates::List(polygons))
        }
    }
}

/// For each ring the smallest one that it lies in.
fn parents(rings: &[Ring]) -> Vec<Option<usize>> {
    // Most shapes have one ring; and a number that is none is told when the shape is made.
    let is_finite = |ring: &Ring| ring.iter().flatten().all(|number| number.is_finite());
    if rings.len() < 2 || !rings.iter().all(is_finite) {
        return vec![None; rings.len()];
    }
    let areas: Vec<Area> = rings.iter().map(Area::of).collect();
    let smallest_around = |inner: usize| {
        (0..areas.len())
            .filter(|&outer| outer != inner && areas[outer].holds(&areas[inner]))
            .min_by(|&a, &b| areas[a].size.total_cmp(&areas[b].size))
    };
    (0..areas.len()).map(smallest_around).collect()
}

/// What a ring encloses.
struct Area {
    land: Polygon,
    around: Option<Rect>,
    /// Its size in the file's own units.
    size: f64,
}

impl Area {
    fn of(ring: &Ring) -> Self {
        let land = Polygon::new(
            LineString(ring.iter().map(|&[x, y]| Coord { x, y }).collect()),
            Vec::new(),
        );
        Self {
            around: land.bounding_rect(),
            size: size(ring),
            land,
        }
    }

    /// Whether another ring lies inside. Those of one shape may touch, so the first of its vertices
    /// that is not on the outline tells.
    fn holds(&self, other: &Self) -> bool {
        let (Some(own), Some(its)) = (self.around, other.around) else {
            return false;
        };
        let in_box = own.min().x <= its.min().x
            && own.min().y <= its.min().y
            && own.max().x >= its.max().x
            && own.max().y >= its.max().y;
        if !in_box || self.size <= other.size {
            return false;
        }
        let outline = other.land.exterior();
        // Where all vertices touch the outline, the middles of the sides tell.
        let middles = outline.lines().map(|line| (line.start + line.end) / 2.0);
        let mut places = outline.coords().copied().chain(middles);
        let told = places.find_map(|at| match self.land.coordinate_position(&at) {
            CoordPos::Inside => Some(true),
            CoordPos::Outside => Some(false),
            CoordPos::OnBoundary => None,
        });
        told.unwrap_or(false)
    }
}

/// The size of what a ring encloses, counted from its first vertex: far from the origin, as eastings
/// with a zone number are, the products would swallow a small ring.
fn size(ring: &Ring) -> f64 {
    let Some(&[x0, y0]) = ring.first() else {
        return 0.0;
    };
    let next = ring.iter().cycle().skip(1);
    let twice: f64 = ring
        .iter()
        .zip(next)
        .map(|(a, b)| (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0))
        .sum();
    twice.abs() / 2.0
}

fn coordinates(ring: &Ring) -> Coordinates {
    Coordinates::List(ring.iter().map(|&at| position(at, f32::NAN)).collect())
}

/// A position; one with a number that is none is no position.
pub(crate) fn position([x, y]: [f64; 2], height: f32) -> Coordinates {
    if x.is_finite() && y.is_finite() {
        Coordinates::Position([x, y], height)
    } else {
        Coordinates::Short
    }
}

#[cfg(test)]
mod tests {
    use geo::{Geometry, MultiPolygon, coord};

    use super::super::shapes::geometry;
    use super::*;

    fn square(from: f64, to: f64) -> Ring {
        vec![[from, from], [from, to], [to, to], [to, from], [from, from]]
    }

    fn made(rings: &[Ring]) -> Vec<(f64, usize)> {
        let made = geometry(polygons(rings)).expect("good rings");
        let polygons = match made {
            Some(Geometry::Polygon(one)) => MultiPolygon(vec![one]),
            Some(Geometry::MultiPolygon(many)) => many,
            other => panic!("{other:?}"),
        };
        let told = |polygon: &Polygon| (polygon.exterior().0[0].x, polygon.interiors().len());
        polygons.iter().map(told).collect()
    }

    #[test]
    fn a_hole_lies_where_it_lies() {
        let reversed = |mut ring: Ring| {
            ring.reverse();
            ring
        };
        let (outline, hole, island) = (square(0.0, 10.0), square(2.0, 8.0), square(4.0, 6.0));
        let other = square(20.0, 30.0);
        // Whatever the order of the rings and the sense in which they run.
        for hole in [hole.clone(), reversed(hole)] {
            for outline in [outline.clone(), reversed(outline.clone())] {
                let rings = [other.clone(), hole.clone(), outline.clone(), island.clone()];
                assert_eq!(made(&rings), [(20.0, 0), (0.0, 1), (4.0, 0)]);
                assert_eq!(made(&[hole.clone(), outline]), [(0.0, 1)]);
            }
        }
    }

    #[test]
    fn rings_that_touch_are_told_apart() {
        let inside = vec![[0.0, 5.0], [5.0, 0.0], [5.0, 5.0], [0.0, 5.0]];
        assert_eq!(made(&[square(0.0, 10.0), inside]), [(0.0, 1)]);
        let beside = vec![
            [10.0, 0.0],
            [20.0, 0.0],
            [20.0, 10.0],
            [10.0, 10.0],
            [10.0, 0.0],
        ];
        assert_eq!(made(&[square(0.0, 10.0), beside]), [(0.0, 0), (10.0, 0)]);
    }

    #[test]
    fn a_small_ring_far_from_the_origin_has_its_size() {
        let far: Ring = square(0.0, 0.5)
            .iter()
            .map(|[x, y]| [x + 39_500_000.0, y + 3_300_000.0])
            .collect();
        assert!((size(&far) - 0.25).abs() < 1e-9);
    }

    #[test]
    fn a_number_that_is_none_is_told_by_the_shape() {
        let mut broken = square(0.0, 1.0);
        broken[1][0] = f64::NAN;
        let told = geometry(polygons(&[square(5.0, 9.0), broken])).expect_err("NaN");
        assert_eq!(told.expected.to_string(), "a position without two numbers");
        assert_eq!(geometry(polygons(&[])), Ok(None));
        let one = Polygon::new(
            LineString(vec![
                coord! {x: 0.0, y: 0.0},
                coord! {x: 0.0, y: 1.0},
                coord! {x: 1.0, y: 0.0},
                coord! {x: 0.0, y: 0.0},
            ]),
            vec![],
        );
        let ring = vec![[0.0, 0.0], [0.0, 1.0], [1.0, 0.0]];
        assert_eq!(
            geometry(polygons(&[ring])),
            Ok(Some(Geometry::Polygon(one)))
        );
    }
}
