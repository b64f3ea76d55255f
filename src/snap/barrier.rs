//! Barriers: lines that no point may be snapped across, such as river banks and walls.

use robust::{Coord, orient2d};
use rstar::primitives::Line;
use rstar::{AABB, RTree};

use crate::plane::Position;

/// All barriers, ready to be asked.
pub(super) struct Barriers(RTree<Line<[f64; 2]>>);

impl Barriers {
    pub(super) fn new(barriers: &[[Position; 2]]) -> Self {
        let lines = barriers
            .iter()
            .map(|[a, b]| Line::new(a.on_plane(), b.on_plane()))
            .collect();
        Self(RTree::bulk_load(lines))
    }

    /// Whether a barrier lies between two points. O(log B + k).
    ///
    /// A barrier that only touches one of the two points does not lie between them; one whose
    /// corner lies on the way does.
    pub(super) fn between(&self, p: [f64; 2], q: [f64; 2]) -> bool {
        self.separating(p, q).next().is_some()
    }

    /// The barriers that lie between two points.
    fn separating(&self, p: [f64; 2], q: [f64; 2]) -> impl Iterator<Item = &Line<[f64; 2]>> {
        // Whatever crosses the line from p to q meets its box.
        let window = AABB::from_corners(p, q);
        self.0
            .locate_in_envelope_intersecting(window)
            .filter(move |line| separates(line.from, line.to, p, q))
    }

    /// How much of the way from `p` to `q` lies before the first barrier between them, from 0 to 1; none
    /// where there is none.
    pub(super) fn first_between(&self, p: [f64; 2], q: [f64; 2]) -> Option<f64> {
        self.separating(p, q)
            .map(|line| crossing(line.from, line.to, p, q))
            .min_by(f64::total_cmp)
    }

    /// Whether any barrier comes into a box. O(log B).
    pub(super) fn any_in(&self, low: [f64; 2], high: [f64; 2]) -> bool {
        let window = AABB::from_corners(low, high);
        let mut near = self.0.locate_in_envelope_intersecting(window);
        near.next().is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.size() == 0
    }
}

/// Whether `p` and `q` lie strictly on different sides of the segment from `a` to `b`.
fn separates(a: [f64; 2], b: [f64; 2], p: [f64; 2], q: [f64; 2]) -> bool {
    let p_and_q = side(a, b, p) * side(a, b, q);
    let a_and_b = side(p, q, a) * side(p, q, b);
    // The way from p to q may pass through an end of the barrier, but not beside it.
    p_and_q < 0.0 && a_and_b <= 0.0
}

/// How much of the way from `p` to `q` lies before the line through `a` and `b`, which parts them.
fn crossing(a: [f64; 2], b: [f64; 2], p: [f64; 2], q: [f64; 2]) -> f64 {
    let [before, after] = [p, q].map(|end| orient2d(coord(a), coord(b), coord(end)).abs());
    before / (before + after)
}

/// −1, 0 or 1: on which side of the line through `a` and `b` the point lies, exactly (Shewchuk 1997).
fn side(a: [f64; 2], b: [f64; 2], p: [f64; 2]) -> f64 {
    let turn = orient2d(coord(a), coord(b), coord(p));
    // Of plus and minus zero `signum` would make plus and minus one.
    if turn == 0.0 { 0.0 } else { turn.signum() }
}

const fn coord([x, y]: [f64; 2]) -> Coord<f64> {
    Coord { x, y }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_barrier_separates_what_it_crosses_and_not_what_it_touches() {
        let (a, b) = ([0.0, -1.0], [0.0, 1.0]);
        assert!(separates(a, b, [-1.0, 0.0], [1.0, 0.0]));
        assert!(separates(a, b, [-1.0, 1.0], [1.0, 1.0]), "through a corner");
        assert!(
            !separates(a, b, [0.0, 0.0], [1.0, 0.0]),
            "the point stands on it"
        );
        assert!(!separates(a, b, [-1.0, 1.5], [1.0, 1.5]), "past its end");
        assert!(!separates(a, b, [0.0, -2.0], [0.0, 2.0]), "along it");
    }
}
