//! The boundary of a study: up to where its streets and sites are known.

use std::collections::BTreeMap;
use std::f64::consts::PI;

use rstar::primitives::Line;
use rstar::{AABB, PointDistance, RTree};

use crate::plane::{Position, nearest_on_segment};

/// The line up to which streets and sites are complete. What lies beyond is not known.
///
/// One area or several, with or without holes. Where two areas share a stretch of their outlines, as
/// townships of one county do, no boundary runs; overlapping areas count as one where they overlap,
/// though their outlines stay. Between neighbouring vertices the line is straight on the conformal
/// plane ([`crate::plane`]).
///
/// ```
/// use walkshed::model::Boundary;
/// use walkshed::plane::Position;
/// let at = |lon, lat| Position::new(lon, lat).unwrap();
/// let ring = vec![at(116.0, 29.0), at(116.1, 29.0), at(116.1, 29.1), at(116.0, 29.1)];
/// let boundary = Boundary::new(vec![vec![ring]]).unwrap();
/// assert!(boundary.contains(at(116.05, 29.05)) && !boundary.contains(at(116.05, 29.2)));
/// // The border lies 0.001° north of here, some 111 m.
/// assert!(boundary.within(at(116.05, 29.099), 112.0) && !boundary.within(at(116.05, 29.099), 105.0));
/// ```
#[doc(alias = "分析范围")]
#[derive(Debug, Clone)]
pub struct Boundary {
    /// Pieces of the boundary on the plane, the inside at their left.
    pieces: RTree<Line<[f64; 2]>>,
}

/// Farther east than any point of the plane.
const EAST: f64 = 6_378_138.0 * PI;
/// Metres added to every distance, for what rounding may take away.
const SLACK_M: f64 = 1.0;
/// Fewer metres than any degree of latitude has.
const DEGREE_M: f64 = 110_000.0;

impl Boundary {
    /// The boundary of these areas, each a list of rings: the outline, then its holes. Rings need not
    /// be closed, and may run either way round. O(n log n).
    ///
    /// None when no area has an outline of three distinct positions or more.
    #[must_use]
    pub fn new(areas: Vec<Vec<Vec<Position>>>) -> Option<Self> {
        let mut pieces: BTreeMap<[[u64; 2]; 2], usize> = BTreeMap::new();
        for rings in areas {
            for (place, ring) in rings.iter().enumerate() {
                for [from, to] in oriented(ring, place == 0) {
                    // Where two areas touch, one runs there and the other back: no boundary is left.
                    let back = [to, from].map(bits);
                    match pieces.get_mut(&back) {
                        Some(count) if *count > 0 => *count -= 1,
                        _ => *pieces.entry([from, to].map(bits)).or_default() += 1,
                    }
                }
            }
        }
        let lines = pieces
            .into_iter()
            .flat_map(|(ends, count)| std::iter::repeat_n(line(ends), count));
        let pieces = RTree::bulk_load(lines.collect());
        (pieces.size() > 0).then_some(Self { pieces })
    }

    /// Whether a position lies inside. O(log n) and one step for each piece due east of it.
    ///
    /// Counts the windings of the outlines around it (Sunday 2001). On the line itself either
    /// answer may be given.
    #[must_use]
    pub fn contains(&self, at: Position) -> bool {
        let [x, y] = at.on_plane();
        let east = AABB::from_corners([x, y], [EAST.max(x), y]);
        let windings: i64 = self
            .pieces
            .locate_in_envelope_intersecting(east)
            .map(|line| crossing(line, [x, y]))
            .sum();
        windings > 0
    }

    /// The vertices of its outlines, in no order that means anything.
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "asked by readers"))]
    pub(crate) fn vertices(&self) -> impl Iterator<Item = Position> {
        self.pieces
            .iter()
            .map(|line| Position::from_plane(line.from))
    }

    /// The pieces of its outlines on the plane, from end to end, in an order that rests on them alone.
    /// O(n log n).
    #[cfg_attr(not(feature = "report"), allow(dead_code, reason = "drawn by reports"))]
    pub(crate) fn pieces(&self) -> Vec<[[f64; 2]; 2]> {
        let mut pieces: Vec<[[f64; 2]; 2]> = self
            .pieces
            .iter()
            .map(|line| [line.from, line.to])
            .collect();
        pieces.sort_by(|a, b| {
            let numbers = a.as_flattened().iter().zip(b.as_flattened());
            numbers.fold(std::cmp::Ordering::Equal, |so_far, (a, b)| {
                so_far.then(a.total_cmp(b))
            })
        });
        pieces
    }

    /// The corners of the rectangle around it on the plane, west and south first.
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "asked by readers"))]
    pub(crate) fn corners(&self) -> [[f64; 2]; 2] {
        let around = self.pieces.root().envelope();
        [around.lower(), around.upper()]
    }

    /// The squared distance of the nearest place of the outlines on the plane. O(log n).
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "asked by readers"))]
    pub(crate) fn plane_distance_2(&self, at: Position) -> f64 {
        let point = at.on_plane();
        let nearest = self.pieces.nearest_neighbor(point);
        nearest.map_or(f64::INFINITY, |line| line.distance_2(&point))
    }

    /// How far the nearest place of the outlines is, in metres, in a straight line. O(log n).
    #[cfg_attr(not(feature = "read"), allow(dead_code, reason = "asked by readers"))]
    pub(crate) fn metres_to(&self, at: Position) -> f64 {
        let point = at.on_plane();
        // A boundary has three pieces at least.
        let nearest = self.pieces.nearest_neighbor(point);
        nearest.map_or(f64::INFINITY, |line| {
            let (_, foot) = nearest_on_segment(point, line.from, line.to);
            at.distance(Position::from_plane(foot))
        })
    }

    /// Whether the boundary is within so many metres of a position, in a straight line. O(log n).
    ///
    /// Errs only towards yes, by about a metre and one in ten thousand.
    #[must_use]
    pub fn within(&self, at: Position, metres: f64) -> bool {
        let point = at.on_plane();
        let metres = metres + SLACK_M;
        // No way of so many metres gets to where the plane stretches more than this.
        let polewards = (at.lat().abs() + metres / DEGREE_M).min(89.0);
        let scale = Position::new(at.lon(), polewards).map_or(f64::INFINITY, Position::scale);
        let nearest = self.pieces.nearest_neighbor(point);
        nearest.is_some_and(|line| line.distance_2(&point).sqrt() <= metres * scale)
    }
}

/// The pieces of a ring, counter-clockwise for an outline, clockwise for a hole.
fn oriented(ring: &[Position], outline: bool) -> Vec<[[f64; 2]; 2]> {
    let mut points: Vec<[f64; 2]> = ring.iter().map(|at| at.on_plane()).collect();
    points.dedup();
    // A ring may repeat its first vertex at its end, or leave that out.
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return Vec::new();
    }
    // The inside is to lie at the left, of holes too.
    if (twice_area(&points) > 0.0) != outline {
        points.reverse();
    }
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .map(|(&from, &to)| [from, to])
        .collect()
}

/// Twice the area on the plane, positive when the ring runs counter-clockwise.
fn twice_area(points: &[[f64; 2]]) -> f64 {
    // About the first vertex, so that far from the origin no digits are lost.
    let [x, y] = points[0];
    let cross = |pair: &[[f64; 2]]| {
        (pair[0][0] - x) * (pair[1][1] - y) - (pair[1][0] - x) * (pair[0][1] - y)
    };
    points.windows(2).map(cross).sum()
}

fn bits(point: [f64; 2]) -> [u64; 2] {
    // Adding zero makes −0 the same as 0.
    point.map(|number| (number + 0.0).to_bits())
}

fn line(ends: [[u64; 2]; 2]) -> Line<[f64; 2]> {
    let [from, to] = ends.map(|point| point.map(f64::from_bits));
    Line::new(from, to)
}

/// 1 where the piece passes east of the point upward, −1 downward, else 0.
fn crossing(line: &Line<[f64; 2]>, [x, y]: [f64; 2]) -> i64 {
    let ([x0, y0], [x1, y1]) = (line.from, line.to);
    let left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0);
    // A vertex at the point's own height counts as below, so that no ray passes it twice.
    match (y0 <= y, y1 <= y) {
        (true, false) if left > 0.0 => 1,
        (false, true) if left < 0.0 => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(lon: f64, lat: f64) -> Position {
        Position::new(lon, lat).expect("a valid test position")
    }

    fn rectangle(west: f64, south: f64, east: f64, north: f64) -> Vec<Position> {
        vec![
            at(west, south),
            at(east, south),
            at(east, north),
            at(west, north),
            at(west, south),
        ]
    }

    fn reversed(mut ring: Vec<Position>) -> Vec<Position> {
        ring.reverse();
        ring
    }

    #[test]
    fn a_ring_may_run_either_way_and_has_holes() {
        for (outline, hole) in [(false, false), (false, true), (true, false), (true, true)] {
            let turn = |ring, back| if back { reversed(ring) } else { ring };
            let rings = vec![
                turn(rectangle(116.0, 29.0, 116.3, 29.3), outline),
                turn(rectangle(116.1, 29.1, 116.2, 29.2), hole),
            ];
            let boundary = Boundary::new(vec![rings]).expect("an area");
            assert!(boundary.contains(at(116.05, 29.15)) && boundary.contains(at(116.25, 29.15)));
            assert!(!boundary.contains(at(116.15, 29.15)), "in the hole");
            assert!(!boundary.contains(at(115.9, 29.15)) && !boundary.contains(at(116.4, 29.15)));
            assert!(
                boundary.within(at(116.15, 29.201), 150.0),
                "at the hole's edge"
            );
        }
    }

    #[test]
    fn townships_make_one_county() {
        let (west, east) = (
            rectangle(116.0, 29.0, 116.1, 29.1),
            rectangle(116.1, 29.0, 116.2, 29.1),
        );
        let between = at(116.1001, 29.05);
        for areas in [[west.clone(), east.clone()], [west.clone(), reversed(east)]] {
            let county = Boundary::new(areas.map(|ring| vec![ring]).into()).expect("two areas");
            assert!(county.contains(between) && !county.within(between, 1000.0));
            assert!(county.within(between, 6000.0));
        }
        let twice = Boundary::new(vec![vec![west.clone()], vec![west]]).expect("one area twice");
        assert!(twice.contains(at(116.05, 29.05)) && twice.within(at(116.05, 29.099), 150.0));
    }

    #[test]
    fn overlapping_areas_are_inside() {
        let areas = [
            rectangle(116.0, 29.0, 116.2, 29.1),
            rectangle(116.1, 29.0, 116.3, 29.1),
        ];
        let county = Boundary::new(areas.map(|ring| vec![ring]).into()).expect("two areas");
        assert!(
            [116.05, 116.15, 116.25]
                .iter()
                .all(|&lon| county.contains(at(lon, 29.05)))
        );
    }

    #[test]
    fn no_area_is_no_boundary() {
        assert!(Boundary::new(vec![]).is_none());
        assert!(
            Boundary::new(vec![vec![vec![at(1.0, 1.0), at(2.0, 2.0), at(1.0, 1.0)]]]).is_none()
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_distance_never_misses(
            lat in -80.0..80.0_f64, east in -0.05..0.05_f64, north in -0.05..0.05_f64, along in 0.0..1.0_f64,
            turn in -0.05..0.05_f64,
        ) {
            // A point, and a place on a boundary: the way between them, and no less, is within.
            let (from, to) = (at(20.0 + east, lat + north), at(20.0 + east + 0.03, lat + north + turn));
            let third = at(20.0 + east, lat + north + 0.2);
            let boundary = Boundary::new(vec![vec![vec![from, to, third]]]).expect("a triangle");
            let (a, b) = (from.on_plane(), to.on_plane());
            let place = Position::from_plane([a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])]);
            let home = at(20.0, lat);
            prop_assert!(boundary.within(home, home.distance(place)));
            // And when it says within, some vertex or place on the line is not much farther.
            let samples = (0..=1000).flat_map(|step| {
                let t = f64::from(step) / 1000.0;
                [(from, to), (to, third), (third, from)].map(|(p, q)| {
                    let (p, q) = (p.on_plane(), q.on_plane());
                    home.distance(Position::from_plane([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]))
                })
            });
            let nearest = samples.fold(f64::INFINITY, f64::min);
            prop_assert!(!boundary.within(home, nearest * 0.98 - 40.0), "{}", nearest);
        }
    }
}
