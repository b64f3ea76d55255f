//! Rings that cross themselves or each other: a sweep over their sides by a tree of boxes.
//!
//! A ring may touch itself or another ring, as outlines of districts do: what is inside stays clear.
//! Where it crosses, it does not. `geo`'s own validation refuses both, and compares each side with
//! each (quadratic: minutes for a county's outline of 100,000 vertices).

use geo::kernels::RobustKernel;
use geo::{Coord, Kernel, LineString, Orientation};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, RTree, RTreeObject};

/// Up to so many sides each is compared with each.
const FEW: usize = 32;

/// The vertices of a ring, each once: without the last one that closes it, repeated ones and
/// spikes. Whether there were spikes, where the ring runs back upon itself.
///
/// O(n).
pub(crate) fn trimmed(ring: &LineString) -> (Vec<Coord>, bool) {
    let mut kept: Vec<Coord> = Vec::with_capacity(ring.0.len());
    let mut spiked = false;
    for &next in &ring.0 {
        // A spike that is cut may leave the tip of another one.
        while let [.., before, tip] = kept[..]
            && is_spike(before, tip, next)
        {
            kept.pop();
            spiked = true;
        }
        if kept.last() != Some(&next) {
            kept.push(next);
        }
    }
    // Across the seam, where the end meets the beginning.
    let mut start = 0;
    while let [first, second, .., before, last] = kept[start..] {
        if last == first {
            kept.pop();
        } else if is_spike(before, last, first) {
            kept.pop();
            spiked = true;
        } else if is_spike(last, first, second) {
            start += 1;
            spiked = true;
        } else {
            break;
        }
    }
    (kept.split_off(start), spiked)
}

/// Whether the way from one point to another and on to a third turns right back.
fn is_spike(before: Coord, tip: Coord, next: Coord) -> bool {
    let (back, on) = (before - tip, next - tip);
    turn(before, tip, next) == 0 && back.x * on.x + back.y * on.y > 0.0
}

/// 1 where the third point lies left of the way from the first to the second, −1 right, else 0.
fn turn(from: Coord, to: Coord, at: Coord) -> i8 {
    match RobustKernel::orient2d(from, to, at) {
        Orientation::CounterClockwise => 1,
        Orientation::Clockwise => -1,
        Orientation::Collinear => 0,
    }
}

/// Where one of these rings, as [`trimmed`] leaves them, crosses itself or another one.
///
/// O(n log n), and one step for each two sides whose boxes meet.
pub(crate) fn crossing(rings: &[Vec<Coord>]) -> Option<Coord> {
    let sides: Vec<Side<'_>> = rings
        .iter()
        .flat_map(|ring| (0..ring.len()).map(move |place| Side { ring, place }))
        .collect();
    if sides.len() <= FEW {
        let others = |first: usize| sides[first + 1..].iter();
        return (0..sides.len())
            .find_map(|first| others(first).find_map(|other| sides[first].crossing(other)));
    }
    // Only sides whose boxes meet can cross: a tree of boxes finds them.
    let boxed = sides.iter().enumerate();
    let tree = RTree::bulk_load(
        boxed
            .map(|(number, side)| GeomWithData::new(side.line(), number))
            .collect(),
    );
    sides.iter().enumerate().find_map(|(number, side)| {
        let near: AABB<[f64; 2]> = side.line().envelope();
        tree.locate_in_envelope_intersecting(near)
            .filter(|other| other.data > number)
            .find_map(|other| side.crossing(&sides[other.data]))
    })
}

/// A side of a ring: from a vertex to the next one.
#[derive(Clone, Copy)]
struct Side<'a> {
    ring: &'a [Coord],
    place: usize,
}

impl Side<'_> {
    /// The vertex so many places after its beginning.
    fn vertex(&self, after: usize) -> Coord {
        self.ring[(self.place + after) % self.ring.len()]
    }

    fn line(&self) -> Line<[f64; 2]> {
        let point = |at: Coord| [at.x, at.y];
        Line::new(point(self.vertex(0)), point(self.vertex(1)))
    }

    /// Where it crosses another side, or one of them crosses the other's ring at its end.
    fn crossing(&self, other: &Self) -> Option<Coord> {
        let [a, b] = [self.vertex(0), self.vertex(1)];
        let [c, d] = [other.vertex(0), other.vertex(1)];
        // A true crossing: the ends of each lie on both sides of the other.
        if turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0 {
            return Some(a);
        }
        let at_an_end = self.crosses_at_its_end(other) || other.crosses_at_its_end(self);
        at_an_end.then_some(b)
    }

    /// Whether the ring passes through the other one where this side ends.
    fn crosses_at_its_end(&self, other: &Self) -> bool {
        let [before, here, after] = [self.vertex(0), self.vertex(1), self.vertex(2)];
        let [from, to] = [other.vertex(0), other.vertex(1)];
        if here == to {
            // Both end here; the other ring goes on to its next vertex.
            let sides = [from, other.vertex(2)].map(|at| side_of(before, here, after, at));
            return sides[0] * sides[1] < 0;
        }
        let inside = here != from
            && turn(from, to, here) == 0
            && (here - from).x * (here - to).x + (here - from).y * (here - to).y < 0.0;
        inside && turn(from, to, before) * turn(from, to, after) < 0
    }
}

/// 1 where a point lies left of a way with a bend, −1 right, 0 where it lies on it.
fn side_of(before: Coord, bend: Coord, after: Coord, at: Coord) -> i8 {
    let on_ray = |end: Coord| {
        let (ray, to) = (end - bend, at - bend);
        turn(bend, end, at) == 0 && ray.x * to.x + ray.y * to.y > 0.0
    };
    if on_ray(before) || on_ray(after) {
        return 0;
    }
    let legs = [turn(before, bend, at), turn(bend, after, at)];
    // Inside of the bend a point lies on the same side of both legs.
    match turn(before, bend, after) {
        -1 if legs == [-1, -1] => -1,
        -1 => 1,
        _ if legs == [1, 1] => 1,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(points: &[[f64; 2]]) -> LineString {
        let mut ring = LineString::from(points.to_vec());
        ring.close();
        ring
    }

    fn crosses(rings: &[&[[f64; 2]]]) -> bool {
        let rings: Vec<Vec<Coord>> = rings
            .iter()
            .map(|points| trimmed(&ring(points)).0)
            .collect();
        crossing(&rings).is_some()
    }

    const SQUARE: [[f64; 2]; 4] = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];

    #[test]
    fn bow_ties_cross_with_and_without_a_vertex_where_they_do() {
        let tie = [[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [0.0, 4.0]];
        let knotted = [
            [0.0, 0.0],
            [2.0, 2.0],
            [4.0, 4.0],
            [4.0, 0.0],
            [2.0, 2.0],
            [0.0, 4.0],
        ];
        // The second stroke has a vertex in the middle of the first.
        let half = [[0.0, 0.0], [4.0, 4.0], [4.0, 0.0], [2.0, 2.0], [0.0, 4.0]];
        for points in [&tie[..], &knotted, &half] {
            for turned in 0..points.len() {
                let mut points = points.to_vec();
                points.rotate_left(turned);
                assert!(crosses(&[&points]), "{points:?}");
                points.reverse();
                assert!(crosses(&[&points]), "{points:?}");
            }
        }
    }

    #[test]
    fn rings_that_only_touch_do_not_cross() {
        // Two triangles that meet in a point, a pocket that closes, and a slit to a hole.
        let meeting = [
            [0.0, 0.0],
            [2.0, 2.0],
            [4.0, 0.0],
            [4.0, 4.0],
            [2.0, 2.0],
            [0.0, 4.0],
        ];
        let pocket = [
            [0.0, 0.0],
            [2.0, 0.0],
            [1.0, 1.0],
            [3.0, 1.0],
            [2.0, 0.0],
            [4.0, 0.0],
            [4.0, 4.0],
            [0.0, 4.0],
        ];
        let slit = [
            [0.0, 0.0],
            [4.0, 0.0],
            [4.0, 4.0],
            [1.0, 1.0],
            [1.0, 0.5],
            [0.5, 1.0],
            [1.0, 1.0],
            [4.0, 4.0],
            [0.0, 4.0],
        ];
        for points in [&meeting[..], &pocket, &slit, &SQUARE] {
            assert!(!crosses(&[points]), "{points:?}");
        }
        let tangent = [[0.0, 2.0], [2.0, 1.0], [2.0, 3.0]];
        assert!(!crosses(&[&SQUARE, &tangent]));
        assert!(!crosses(&[&SQUARE, &SQUARE]));
    }

    #[test]
    fn a_hole_that_leaves_its_outline_crosses_it() {
        assert!(crosses(&[&SQUARE, &[[3.0, 1.0], [5.0, 2.0], [3.0, 3.0]]]));
        // Through a corner, and through a vertex on a side.
        assert!(crosses(&[
            &SQUARE,
            &[[3.0, 3.0], [4.0, 4.0], [5.0, 5.0], [3.5, 4.5]]
        ]));
        assert!(crosses(&[
            &SQUARE,
            &[[3.0, 1.0], [4.0, 2.0], [5.0, 2.5], [4.0, 3.0]]
        ]));
        assert!(!crosses(&[&SQUARE, &[[1.0, 1.0], [2.0, 1.0], [2.0, 2.0]]]));
    }

    /// A wheel of so many spokes, each a narrow triangle: long, and nowhere crossing.
    fn wheel(spokes: u32) -> Vec<[f64; 2]> {
        let at = |part: f64, radius: f64| {
            let angle = part / f64::from(spokes) * std::f64::consts::TAU;
            [radius * angle.cos(), radius * angle.sin()]
        };
        (0..spokes)
            .flat_map(|spoke| [at(f64::from(spoke), 1.0), at(f64::from(spoke) + 0.5, 2.0)])
            .collect()
    }

    #[test]
    fn a_long_ring_is_judged_as_a_short_one() {
        let mut points = wheel(5000);
        assert!(!crosses(&[&points]));
        points.swap(4000, 4002);
        assert!(crosses(&[&points]));
    }

    #[test]
    fn spikes_are_cut_and_repeated_vertices_dropped() {
        let count = |points: &[[f64; 2]]| {
            let (vertices, spiked) = trimmed(&ring(points));
            (vertices.len(), spiked)
        };
        assert_eq!(count(&SQUARE), (4, false));
        let repeated = [
            SQUARE[0], SQUARE[0], SQUARE[1], SQUARE[2], SQUARE[3], SQUARE[3],
        ];
        assert_eq!(count(&repeated), (4, false));
        // A vertex in the middle of a side is no spike, a way there and back is one.
        let mut spiked = vec![[0.0, 0.0], [2.0, 0.0], [4.0, 0.0], [4.0, 2.0], [9.0, 2.0]];
        assert_eq!(count(&spiked), (5, false));
        spiked.extend([[4.0, 2.0], [4.0, 4.0], [0.0, 4.0]]);
        for _ in 0..spiked.len() {
            spiked.rotate_left(1);
            let (vertices, is_spiked) = count(&spiked);
            assert!(is_spiked && vertices == 6, "{spiked:?}");
        }
        let line = [[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [1.0, 1.0]];
        assert!(count(&line).0 < 3);
    }
}
