//! A part of the globe, as valid polygons.
//!
//! What comes out is valid by the OGC's rules: rings do not cross, holes lie within, and the inside is in
//! one piece.

use std::iter;
use std::sync::LazyLock;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geographiclib_rs::{Geodesic, PolygonArea, Winding};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};

use super::touches::taken_apart;
use crate::plane::Position;

/// Units of a degree in what comes out: eight decimals, about a millimetre.
const DEGREE: f64 = 1e8;
/// Shapes below this many square units of what comes out, 10 square centimetres, are nothing but
/// rounding.
const ROUNDING: u64 = 1000;
/// How often an area is put into another one again, or rings that touch are taken apart.
const MOST_TRIES: usize = 8;
/// Square metres that may be left out.
const SLIVER: f64 = 1e-3;

/// The ellipsoid that areas are taken on.
static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// A part of the globe less than 20° wide, its corners in whole hundred-millionths of a degree from an origin.
#[derive(Debug, Clone, Default)]
pub(super) struct Area {
    origin: Option<[i64; 2]>,
    shapes: IntShapes,
}

impl Area {
    /// What lies in outer rings, which run counter-clockwise, and in no hole, which run clockwise. Rings may
    /// touch and cross: what is covered once more than it is cut out remains.
    pub(super) fn of_rings(rings: &[Vec<Position>]) -> Self {
        let Some(&first) = rings.iter().flatten().next() else {
            return Self::default();
        };
        // Counted from the first corner: 32 bits hold 20 degrees.
        let origin = in_units(first);
        let point = |at: &Position| {
            let [lon, lat] = in_units(*at);
            IntPoint::new(near(lon - origin[0]), near(lat - origin[1]))
        };
        // Each ring is a shape of its own: by the way that it runs the overlay knows a hole.
        let shapes: IntShapes = rings
            .iter()
            .map(|ring| vec![ring.iter().map(point).collect()])
            .collect();
        Self {
            origin: Some(origin),
            shapes: overlaid(&shapes, &[], OverlayRule::Subject),
        }
    }

    /// The same shapes from another origin.
    fn moved_to(&self, origin: [i64; 2]) -> IntShapes {
        let from = self.origin.unwrap_or(origin);
        // Whole units: nothing is rounded on the way.
        let by = [0, 1].map(|axis| from[axis] - origin[axis]);
        let moved = |point: &IntPoint| {
            let [x, y] = [i64::from(point.x) + by[0], i64::from(point.y) + by[1]];
            IntPoint::new(near(x), near(y))
        };
        let shapes = self.shapes.iter();
        shapes
            .map(|shape| {
                let rings = shape.iter();
                rings.map(|ring| ring.iter().map(moved).collect()).collect()
            })
            .collect()
    }

    /// Whether the boxes around both meet.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        let (Some(one), Some(other)) = (self.bounds(), other.bounds()) else {
            return false;
        };
        (0..2).all(|axis| one[0][axis] <= other[1][axis] && other[0][axis] <= one[1][axis])
    }

    /// The same in degrees: the least longitude and latitude, then the most.
    pub(super) fn degrees(&self) -> Option<[f64; 4]> {
        let [low, high] = self.bounds()?;
        Some([low[0], low[1], high[0], high[1]].map(|units| whole(units) / DEGREE))
    }

    /// The least and the most of both coordinates; none where it is empty.
    fn bounds(&self) -> Option<[[i64; 2]; 2]> {
        let origin = self.origin?;
        let corners = self.shapes.iter().flatten().flatten();
        let corners = corners.map(|point| [i64::from(point.x), i64::from(point.y)]);
        let around = corners.fold(None, |around: Option<[[i64; 2]; 2]>, corner| {
            let [low, high] = around.unwrap_or([corner; 2]);
            let low = [0, 1].map(|axis| low[axis].min(corner[axis]));
            let high = [0, 1].map(|axis| high[axis].max(corner[axis]));
            Some([low, high])
        });
        around.map(|around| around.map(|end| [0, 1].map(|axis| end[axis] + origin[axis])))
    }

    /// What lies in this or in any of the others.
    pub(super) fn with<'a>(&self, others: impl Iterator<Item = &'a Self>) -> Self {
        self.combined(others, OverlayRule::Union)
    }

    /// This with another area, which it holds but for what straightening and rounding took away.
    ///
    /// Where borders meet a corner is rounded, and may uncover a sliver of what was put in: then it is
    /// put in again, which mostly settles it at once.
    pub(super) fn holding(&self, smaller: &Self) -> Self {
        let mut holding = self.with(iter::once(smaller));
        for _ in 0..MOST_TRIES {
            let left_out = smaller.without(iter::once(&holding));
            if left_out.square_metres() < SLIVER {
                break;
            }
            holding = holding.with(iter::once(smaller));
        }
        holding
    }

    /// What lies in this and in none of the others.
    pub(super) fn without<'a>(&self, others: impl Iterator<Item = &'a Self>) -> Self {
        self.combined(others, OverlayRule::Difference)
    }

    /// What lies in this and in the other.
    pub(super) fn within(&self, other: &Self) -> Self {
        self.combined(iter::once(other), OverlayRule::Intersect)
    }

    /// This with others by a rule of the overlay, all counted from one origin.
    fn combined<'a>(&self, others: impl Iterator<Item = &'a Self>, rule: OverlayRule) -> Self {
        let others: Vec<&Self> = others.filter(|other| !other.is_empty()).collect();
        let mut origins = others.iter().filter_map(|area| area.origin);
        // Nothing at all has no origin, and nothing comes of it.
        let Some(origin) = self.origin.or_else(|| origins.next()) else {
            return Self::default();
        };
        let clip: IntShapes = others
            .iter()
            .flat_map(|area| area.moved_to(origin))
            .collect();
        Self {
            origin: Some(origin),
            shapes: overlaid(&self.moved_to(origin), &clip, rule),
        }
    }

    /// Its geodesic area (Karney 2013, through geographiclib-rs).
    pub(super) fn square_metres(&self) -> f64 {
        let origin = self.origin.unwrap_or_default();
        let rings = self.shapes.iter().flatten();
        // Adding to nothing, not to −0, which a sum of no rings is.
        rings.fold(0.0, |sum, ring| sum + ring_area(&degrees(ring, origin)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// As polygons in degrees, outer rings counter-clockwise, holes clockwise (RFC 7946).
    pub(super) fn polygons(&self) -> MultiPolygon {
        let origin = self.origin.unwrap_or_default();
        self.shapes
            .iter()
            .map(|shape| polygon(shape, origin))
            .collect()
    }
}

/// Lays one set of shapes over another, and takes apart rings that then touch.
fn overlaid(subject: &[IntShape], clip: &[IntShape], rule: OverlayRule) -> IntShapes {
    let options = IntOverlayOptions {
        preserve_input_collinear: true,
        output_direction: ContourDirection::CounterClockwise,
        // Where a corner touches an edge the edge keeps it: both stay the same number in degrees.
        preserve_output_collinear: true,
        min_output_area: ROUNDING,
        ogc: false,
    };
    let mut overlay = Overlay::with_shapes_options(subject, clip, options, Solver::AUTO);
    let mut shapes = overlay.overlay(rule, FillRule::Positive);
    // Cutting corners off may let others touch: mostly one round is enough.
    for _ in 0..MOST_TRIES {
        let Some(apart) = taken_apart(&shapes) else {
            break;
        };
        let mut overlay = Overlay::with_shapes_options(&apart, &[], options, Solver::AUTO);
        shapes = overlay.overlay(OverlayRule::Subject, FillRule::Positive);
    }
    shapes
}

/// The area of an open ring in square metres: below zero for one that runs clockwise, as holes do.
fn ring_area(ring: &LineString) -> f64 {
    let mut polygon = PolygonArea::new(&WGS84, Winding::CounterClockwise);
    for corner in &ring.0 {
        polygon.add_point(corner.y, corner.x);
    }
    let (_, square_metres, _) = polygon.compute(true);
    square_metres
}

fn polygon(shape: &IntShape, origin: [i64; 2]) -> Polygon {
    let mut rings = shape.iter().map(|ring| degrees(ring, origin));
    let outer = rings.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Polygon::new(outer, rings.collect())
}

fn degrees(ring: &IntContour, origin: [i64; 2]) -> LineString {
    ring.iter()
        .map(|point| Coord {
            x: whole(origin[0] + i64::from(point.x)) / DEGREE,
            y: whole(origin[1] + i64::from(point.y)) / DEGREE,
        })
        .collect()
}

#[expect(clippy::cast_possible_truncation, reason = "360° are 3.6e10 of these")]
fn hundred_millionths(degrees: f64) -> i64 {
    (degrees * DEGREE).round() as i64
}

#[expect(clippy::cast_precision_loss, reason = "360° are 3.6e10 of these")]
const fn whole(units: i64) -> f64 {
    units as f64
}

/// A distance from an origin.
fn near(units: i64) -> i32 {
    i32::try_from(units).expect("areas that are put together lie within 20 degrees of each other")
}

fn in_units(at: Position) -> [i64; 2] {
    [at.lon(), at.lat()].map(hundred_millionths)
}
