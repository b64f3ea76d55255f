//! Shapes laid over each other on the plane, and joined.
//!
//! The joining is `i_overlay`'s, on whole millimetres around a centre: exact. What is drawn overlaps by a
//! part of the tolerance, so that rounding leaves no slits.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

use super::area::Area;
use super::rings::{mean_width, straightened};
use crate::plane::Position;

/// Units of the canvas for a metre of the plane.
const UNITS: f64 = 1000.0;
/// Holes and islands below this many square units (5 square decimetres) are left out.
const SPECK: u64 = 50_000;

/// Holes narrower than so many times what borders may be straightened by are filled: they are mostly what is
/// left open between two lands side by side.
const SLIT: f64 = 2.5;

/// Shapes on the plane around a centre.
pub(super) struct Canvas {
    centre: [f64; 2],
    overlay: Overlay,
    points: Vec<IntPoint>,
}

impl Canvas {
    /// An empty canvas; what is drawn lies within 2,000 km of its centre.
    pub(super) fn around(centre: [f64; 2]) -> Self {
        let options = IntOverlayOptions {
            preserve_input_collinear: false,
            output_direction: ContourDirection::CounterClockwise,
            preserve_output_collinear: false,
            min_output_area: SPECK,
            ogc: false,
        };
        Self {
            centre,
            overlay: Overlay::new_custom(1 << 12, options, Solver::FRAG),
            points: Vec::new(),
        }
    }

    /// Adds a shape by its corners on the plane, counter-clockwise.
    pub(super) fn add(&mut self, corners: impl Iterator<Item = [f64; 2]>) {
        self.points.clear();
        for corner in corners {
            let [x, y] = [0, 1].map(|axis| rounded((corner[axis] - self.centre[axis]) * UNITS));
            self.points.push(IntPoint::new(x, y));
        }
        self.overlay.add_contour(&self.points, ShapeType::Subject);
    }

    /// What is covered by any of the shapes, with borders straightened by up to so many metres of the
    /// plane.
    pub(super) fn joined(mut self, straighten: f64) -> Area {
        let shapes = self
            .overlay
            .overlay(OverlayRule::Subject, FillRule::Positive);
        let rings = shapes.iter().flat_map(|shape| shape.iter().enumerate());
        let mut kept = Vec::new();
        for (number, ring) in rings {
            let plane: Vec<[f64; 2]> = ring.iter().map(|point| self.on_plane(*point)).collect();
            // The first ring of a shape is its outer one.
            if number > 0 && mean_width(&plane) < SLIT * straighten {
                continue;
            }
            let straight = straightened(&plane, straighten).into_iter();
            kept.push(straight.map(Position::from_plane).collect());
        }
        Area::of_rings(&kept)
    }

    fn on_plane(&self, point: IntPoint) -> [f64; 2] {
        [
            self.centre[0] + f64::from(point.x) / UNITS,
            self.centre[1] + f64::from(point.y) / UNITS,
        ]
    }
}

#[expect(clippy::cast_possible_truncation, reason = "checked to lie in range")]
fn rounded(x: f64) -> i32 {
    assert!(
        x.abs() < f64::from(i32::MAX),
        "what is drawn at once lies within 2,000 km"
    );
    x.round() as i32
}
