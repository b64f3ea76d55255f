//! Shapes laid over each other on the plane, and joined.
//!
//! The joining is `i_overlay`'s, on whole millimetres: exact. What is drawn overlaps by a
//! part of the tolerance, so that rounding leaves no slits.

use std::iter;

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

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

/// Shapes on the plane, in whole millimetres around the first of them.
#[derive(Default)]
pub(super) struct Canvas {
    /// In millimetres of the plane.
    origin: Option<[i64; 2]>,
    contours: Vec<IntContour>,
}

/// Shapes that were joined: outer rings counter-clockwise, holes clockwise.
#[derive(Default)]
pub(super) struct Rings {
    origin: [i64; 2],
    shapes: IntShapes,
}

impl Canvas {
    /// Adds a shape by its corners on the plane, counter-clockwise.
    ///
    /// # Panics
    /// When it lies 2,000 km from the first one.
    pub(super) fn add(&mut self, corners: impl Iterator<Item = [f64; 2]>) {
        let whole = corners.map(|corner| corner.map(millimetres));
        self.add_whole(whole);
    }

    /// Adds shapes that were joined before.
    pub(super) fn add_rings(&mut self, rings: &Rings) {
        for ring in rings.shapes.iter().flatten() {
            let corners = ring.iter();
            self.add_whole(corners.map(|corner| rings.in_millimetres(*corner)));
        }
    }

    /// Adds a shape by its corners in whole millimetres, counted from the first corner of all.
    fn add_whole(&mut self, mut corners: impl Iterator<Item = [i64; 2]>) {
        let Some(first) = corners.next() else {
            return;
        };
        let origin = *self.origin.get_or_insert(first);
        let near = |corner: [i64; 2]| {
            let [x, y] = [0, 1].map(|axis| near(corner[axis] - origin[axis]));
            IntPoint::new(x, y)
        };
        let contour = iter::once(first).chain(corners).map(near);
        self.contours.push(contour.collect());
    }

    /// What is covered by any of the shapes.
    pub(super) fn rings(self) -> Rings {
        let options = IntOverlayOptions {
            preserve_input_collinear: false,
            output_direction: ContourDirection::CounterClockwise,
            preserve_output_collinear: false,
            min_output_area: SPECK,
            ogc: false,
        };
        let mut overlay = Overlay::with_contours_custom(&self.contours, &[], options, Solver::FRAG);
        Rings {
            origin: self.origin.unwrap_or_default(),
            shapes: overlay.overlay(OverlayRule::Subject, FillRule::Positive),
        }
    }

    /// The same as a part of the globe, with borders straightened by up to so many metres of the plane.
    pub(super) fn joined(self, straighten: f64) -> Area {
        let rings = self.rings();
        let mut kept = Vec::new();
        for shape in &rings.shapes {
            for (number, ring) in shape.iter().enumerate() {
                let plane: Vec<[f64; 2]> = ring.iter().map(|at| rings.on_plane(*at)).collect();
                // The first ring of a shape is its outer one.
                if number > 0 && mean_width(&plane) < SLIT * straighten {
                    continue;
                }
                let straight = straightened(&plane, straighten).into_iter();
                kept.push(straight.map(Position::from_plane).collect());
            }
        }
        Area::of_rings(&kept)
    }
}

impl Rings {
    fn in_millimetres(&self, corner: IntPoint) -> [i64; 2] {
        let [x, y] = self.origin;
        [x + i64::from(corner.x), y + i64::from(corner.y)]
    }

    #[expect(clippy::cast_precision_loss, reason = "half the equator is 2e10 mm")]
    fn on_plane(&self, corner: IntPoint) -> [f64; 2] {
        self.in_millimetres(corner)
            .map(|whole| whole as f64 / UNITS)
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "half the equator is 2e10 mm"
)]
fn millimetres(metres: f64) -> i64 {
    (metres * UNITS).round() as i64
}

fn near(millimetres: i64) -> i32 {
    i32::try_from(millimetres).expect("what is drawn at once lies within 2,000 km")
}
