//! Rings that touch are taken apart, so that polygons are valid.
//!
//! Joined shapes may meet in a single corner: a ring with itself, or a hole with its outer ring at two
//! places, which parts the inside. By the OGC's rules neither is a polygon. Such a corner is cut off, two
//! units from it, wherever the land around it is a wedge:
//!
//! ```text
//!    \####/            \####/
//!     \##/              \__/
//!      \/        =>
//!      /\                __
//!     /##\              /##\
//! ```
//!
//! `i_overlay` has an option for such polygons (`ogc`), which loses a hole now and then: version 4.5.2, in
//! differences of areas with several holes.

use std::collections::HashMap;

use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};

/// How far from its corner a wedge is cut off, in units.
const CUT: f64 = 2.0;

/// The same shapes without corners in which rings touch; none where no rings do. Where a wedge is very
/// sharp, what is cut may cross itself: it is to be joined anew. O(corners).
pub(super) fn taken_apart(shapes: &IntShapes) -> Option<IntShapes> {
    let mut times: HashMap<[i32; 2], u32> = HashMap::new();
    for corner in shapes.iter().flatten().flatten() {
        *times.entry([corner.x, corner.y]).or_default() += 1;
    }
    // Mostly nothing touches, and nothing is copied.
    if times.values().all(|&times| times == 1) {
        return None;
    }
    let is_touched = |corner: &IntPoint| times[&[corner.x, corner.y]] > 1;
    let apart = shapes
        .iter()
        .filter_map(|shape| shape_apart(shape, &is_touched));
    Some(apart.collect())
}

/// None where nothing is left of the outer ring.
fn shape_apart(shape: &IntShape, is_touched: &impl Fn(&IntPoint) -> bool) -> Option<IntShape> {
    let mut rings = shape.iter().map(|ring| ring_apart(ring, is_touched));
    let outer = rings.next().flatten()?;
    Some(std::iter::once(outer).chain(rings.flatten()).collect())
}

/// None where nothing is left of it.
fn ring_apart(ring: &IntContour, is_touched: &impl Fn(&IntPoint) -> bool) -> Option<IntContour> {
    let mut apart = Vec::with_capacity(ring.len() + 2);
    for (place, corner) in ring.iter().enumerate() {
        let before = ring[(place + ring.len() - 1) % ring.len()];
        let after = ring[(place + 1) % ring.len()];
        // Only a wedge has a tip that can be cut off; elsewhere the land goes on around the corner.
        if is_touched(corner) && is_wedge(before, *corner, after) {
            for other in [before, after] {
                let cut = towards(*corner, other);
                // The cuts of two neighbouring corners may fall on one place.
                if apart.last() != Some(&cut) {
                    apart.push(cut);
                }
            }
        } else {
            apart.push(*corner);
        }
    }
    (apart.len() >= 3).then_some(apart)
}

/// Whether the land, which lies to the left of its rings, is less than half of all around a corner.
fn is_wedge(before: IntPoint, corner: IntPoint, after: IntPoint) -> bool {
    let into = difference(before, corner);
    let out = difference(corner, after);
    into[0] * out[1] - into[1] * out[0] > 0
}

fn difference(from: IntPoint, to: IntPoint) -> [i64; 2] {
    [
        i64::from(to.x) - i64::from(from.x),
        i64::from(to.y) - i64::from(from.y),
    ]
}

/// Two units from a corner towards another one, or half way where that is nearer.
fn towards(corner: IntPoint, other: IntPoint) -> IntPoint {
    #[expect(clippy::cast_precision_loss, reason = "33 bits fit")]
    let way = difference(corner, other).map(|units| units as f64);
    let length = way[0].hypot(way[1]);
    // No farther than half way, so that cuts from both ends do not pass each other.
    let part = (CUT / length).min(0.5);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "between two corners, whose numbers are 32-bit"
    )]
    let [x, y] = [
        f64::from(corner.x) + way[0] * part,
        f64::from(corner.y) + way[1] * part,
    ]
    .map(|x| x.round() as i32);
    IntPoint::new(x, y)
}
