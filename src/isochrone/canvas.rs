//! Shapes laid over each other, joined into valid polygons.
//!
//! The joining is `i_overlay`'s, on whole millimetres of the plane around a centre: exact. What is
//! drawn overlaps by a part of the tolerance, so that rounding leaves no slits. What comes out is valid by the OGC's rules: rings do not
//! cross, holes lie within, and the inside is in one piece.

use std::iter;
use std::sync::LazyLock;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use geographiclib_rs::{Geodesic, PolygonArea, Winding};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{ContourDirection, IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};

use super::touches::taken_apart;
use crate::plane::{Position, squared_distance};

/// Units of the canvas for a metre of the plane.
const UNITS: f64 = 1000.0;
/// Units of a degree in what comes out: eight decimals, about a millimetre.
const DEGREE: f64 = 1e8;
/// Holes and islands below this many square units (5 square decimetres) are left out.
const SPECK: u64 = 50_000;

/// Shapes below this many square units of what comes out, 10 square centimetres, are nothing but
/// rounding.
const ROUNDING: u64 = 1000;
/// How often an area is put into another one again, or rings that touch are taken apart.
const MOST_TRIES: usize = 8;
/// Square metres that may be left out.
const SLIVER: f64 = 1e-3;

/// Holes narrower than so many times what borders may be straightened by are filled: they are mostly what is
/// left open between two lands side by side.
const SLIT: f64 = 2.5;

/// The ellipsoid that areas are taken on.
static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

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
        let mut area = Area::default();
        for (number, ring) in rings {
            let plane: Vec<[f64; 2]> = ring.iter().map(|point| self.on_plane(*point)).collect();
            // The first ring of a shape is its outer one.
            if number > 0 && mean_width(&plane) < SLIT * straighten {
                continue;
            }
            let kept = straightened(&plane, straighten);
            if kept.len() >= 3 {
                area.add_ring(kept.into_iter().map(Position::from_plane));
            }
        }
        // Straightened rings may touch or cross: outer ones run one way and holes the other, so what is
        // covered once more than it is cut out is what remains.
        area.resolved()
    }

    fn on_plane(&self, point: IntPoint) -> [f64; 2] {
        [
            self.centre[0] + f64::from(point.x) / UNITS,
            self.centre[1] + f64::from(point.y) / UNITS,
        ]
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "what is drawn lies within 2,000 km, and the cast saturates"
)]
fn rounded(x: f64) -> i32 {
    x.round() as i32
}

/// A part of the globe, its corners in whole hundred-millionths of a degree from an origin.
#[derive(Debug, Clone, Default)]
pub(super) struct Area {
    origin: Option<[i64; 2]>,
    shapes: IntShapes,
}

impl Area {
    fn add_ring(&mut self, ring: impl Iterator<Item = Position>) {
        let contour: IntContour = ring.map(|corner| self.point(corner)).collect();
        self.shapes.push(vec![contour]);
    }

    /// A position from the origin, which is the first position of all.
    fn point(&mut self, at: Position) -> IntPoint {
        let [lon, lat] = [at.lon(), at.lat()].map(hundred_millionths);
        let origin = *self.origin.get_or_insert([lon, lat]);
        IntPoint::new(near(lon - origin[0]), near(lat - origin[1]))
    }

    /// The same as valid polygons.
    fn resolved(self) -> Self {
        let Some(origin) = self.origin else {
            return self;
        };
        let shapes = overlaid(&self.shapes, &[], OverlayRule::Subject);
        Self {
            origin: Some(origin),
            shapes,
        }
    }

    /// The same shapes from another origin.
    fn moved_to(&self, origin: [i64; 2]) -> IntShapes {
        let from = self.origin.unwrap_or(origin);
        let by = [0, 1].map(|axis| near(from[axis] - origin[axis]));
        let moved = |point: &IntPoint| IntPoint::new(point.x + by[0], point.y + by[1]);
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

    fn combined<'a>(&self, others: impl Iterator<Item = &'a Self>, rule: OverlayRule) -> Self {
        let others: Vec<&Self> = others.collect();
        let mut origins = others.iter().filter_map(|area| area.origin);
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

/// A difference on the canvas: areas are less than 20° wide.
fn near(difference: i64) -> i32 {
    i32::try_from(difference).unwrap_or(if difference < 0 { i32::MIN } else { i32::MAX })
}

/// Twice the area of a ring over its length: how wide it is, where it is long.
fn mean_width(ring: &[[f64; 2]]) -> f64 {
    let Some(&first) = ring.first() else {
        return 0.0;
    };
    let nexts = ring.iter().skip(1).chain([&first]);
    let (mut doubled, mut length) = (0.0, 0.0);
    for (a, b) in ring.iter().zip(nexts) {
        let [from, to] = [a, b].map(|corner| [corner[0] - first[0], corner[1] - first[1]]);
        doubled += from[0] * to[1] - to[0] * from[1];
        length += squared_distance(*a, *b).sqrt();
    }
    doubled.abs() / length
}

/// A ring with fewer corners that passes within a tolerance of all of them (Douglas and Peucker 1973).
///
/// It is cut at its first corner and at the one farthest from that. O(n log n) as a rule.
fn straightened(ring: &[[f64; 2]], tolerance: f64) -> Vec<[f64; 2]> {
    let Some(&first) = ring.first() else {
        return Vec::new();
    };
    let far = (0..ring.len())
        .max_by(|&one, &other| {
            let [one, other] =
                [one, other].map(|place| crate::plane::squared_distance(first, ring[place]));
            one.total_cmp(&other)
        })
        .unwrap_or(0);
    let mut closed = ring.to_vec();
    closed.push(first);
    let mut keep = vec![false; closed.len()];
    keep[0] = true;
    keep[far] = true;
    let mut open = vec![[0, far], [far, ring.len()]];
    while let Some([begin, end]) = open.pop() {
        let between = begin + 1..end;
        let off = between.map(|place| {
            let (_, foot) =
                crate::plane::nearest_on_segment(closed[place], closed[begin], closed[end]);
            (crate::plane::squared_distance(closed[place], foot), place)
        });
        let farthest = off.max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((squared, place)) =
            farthest.filter(|(squared, _)| *squared > tolerance * tolerance)
        {
            debug_assert!(squared > 0.0);
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
