//! Rings of corners on the plane, the last one joined to the first.

use crate::plane::{nearest_on_segment, squared_distance};

/// Twice the area of a ring over its length: how wide it is, where it is long.
pub(super) fn mean_width(ring: &[[f64; 2]]) -> f64 {
    let Some(&first) = ring.first() else {
        return 0.0;
    };
    let nexts = ring.iter().skip(1).chain([&first]);
    let (mut doubled, mut length) = (0.0, 0.0);
    for (a, b) in ring.iter().zip(nexts) {
        // Counted from a corner: products of large numbers would lose what is small.
        let [from, to] = [a, b].map(|corner| [corner[0] - first[0], corner[1] - first[1]]);
        doubled += from[0] * to[1] - to[0] * from[1];
        length += squared_distance(*a, *b).sqrt();
    }
    doubled.abs() / length
}

/// A ring with fewer corners that passes within a tolerance of all of them (Douglas and Peucker 1973).
///
/// It is cut at its first corner and at the one farthest from that. O(n log n) as a rule.
pub(super) fn straightened(ring: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(&first) = ring.first() else {
        return Vec::new();
    };
    let far = (0..ring.len())
        .max_by(|&one, &other| {
            let [one, other] = [one, other].map(|place| squared_distance(first, ring[place]));
            one.total_cmp(&other)
        })
        .unwrap_or(0);
    // The first corner once more at the end, so that the last part is a chord as well.
    let mut closed = ring.to_vec();
    closed.push(first);
    let mut keep = vec![false; closed.len()];
    // The two ends of the first chords stay.
    keep[0] = true;
    keep[far] = true;
    let mut open = vec![[0, far], [far, ring.len()]];
    while let Some([begin, end]) = open.pop() {
        let between = begin + 1..end;
        let off = between.map(|place| {
            let (_, foot) = nearest_on_segment(closed[place], closed[begin], closed[end]);
            (squared_distance(closed[place], foot), place)
        });
        let farthest = off.max_by(|one, other| one.0.total_cmp(&other.0));
        // The farthest corner stays and cuts the chord in two; where it is near enough all go.
        if let Some((_, place)) = farthest.filter(|(squared, _)| *squared > tolerance * tolerance) {
            keep[place] = true;
            open.push([begin, place]);
            open.push([place, end]);
        }
    }
    let corners = ring.iter().zip(&keep);
    corners
        .filter(|(_, keep)| **keep)
        .map(|(corner, _)| *corner)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rectangle of 100 m by 10 m with a corner in the middle of a long side, so far aside.
    fn bulging(aside: f64) -> Vec<[f64; 2]> {
        vec![
            [0.0, 0.0],
            [50.0, -aside],
            [100.0, 0.0],
            [100.0, 10.0],
            [0.0, 10.0],
        ]
    }

    #[test]
    fn a_corner_that_lies_aside_no_farther_than_the_tolerance_goes() {
        assert_eq!(straightened(&bulging(0.1), 0.2).len(), 4);
        assert_eq!(straightened(&bulging(0.3), 0.2), bulging(0.3));
        assert!(straightened(&[], 0.2).is_empty());
    }

    #[test]
    fn a_long_ring_is_as_wide_as_its_short_side() {
        // 2 · 1,000 m² on 220 m.
        assert!((mean_width(&bulging(0.0)) - 9.09).abs() < 0.01);
    }
}
