//! The outline around a county.

use super::shape::{Pt, pt};

/// How far the outline keeps from what it holds, in metres.
const MARGIN_M: f64 = 350.0;

/// The convex outline around all points, some way off, counter-clockwise and closed; empty for fewer than three.
pub fn around(mut points: Vec<Pt>) -> Vec<Pt> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return Vec::new();
    }
    let mut hull = half(points.iter());
    hull.pop();
    let upper = half(points.iter().rev());
    hull.extend(&upper[..upper.len() - 1]);
    let sum = hull.iter().fold(pt(0.0, 0.0), |sum, &p| sum.plus(p, 1.0));
    let middle = pt(sum.x / hull.len() as f64, sum.y / hull.len() as f64);
    let mut ring: Vec<Pt> = hull
        .iter()
        .map(|p| p.plus(p.minus(middle).unit(), MARGIN_M))
        .collect();
    ring.extend(ring.first().copied());
    ring
}

/// One side of the hull (Andrew's monotone chain).
fn half<'a>(points: impl Iterator<Item = &'a Pt>) -> Vec<Pt> {
    let mut side: Vec<Pt> = Vec::new();
    for &p in points {
        while let [.., a, b] = side[..] {
            let (u, v) = (b.minus(a), p.minus(a));
            if u.x * v.y - u.y * v.x > 0.0 {
                break;
            }
            side.pop();
        }
        side.push(p);
    }
    side
}
