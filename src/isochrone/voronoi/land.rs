//! The land of one piece of street: its two sides, and the fans at its ends.

use std::f64::consts::{PI, TAU};

use super::Voronoi;
use super::ball::Ball;
use super::line::Line;
use super::outline::Sampling;
use crate::ids::{EdgeId, NodeId};

/// Between the first feet on a street that are looked at, in tolerances: a narrower notch than this may be
/// missed. 4 m at a tolerance of 1 m.
const STEP: f64 = 4.0;
/// The same where a barrier is near, which may be short.
const STEP_AT_BARRIERS: f64 = 1.0;
/// A wedge narrower than this, in radians, holds less than a hand's breadth 100 m out.
const NARROW: f64 = 1e-3;
/// Between the first rays of a fan, in radians.
const FAN_STEP: f64 = PI / 6.0;

/// How deep the land is at one place along a street, or in one direction from a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::isochrone) struct Ray {
    /// Metres of the plane along the street, or radians counted from the east.
    pub at: f64,
    /// Metres of the plane from the street.
    pub depth: f64,
}

/// What hangs on a piece of street past one of its ends.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::isochrone) struct Fan {
    /// By direction, counter-clockwise.
    pub rays: Vec<Ray>,
}

/// The land of one piece of street.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::isochrone) struct Land {
    /// To the left and to the right, along the street.
    pub sides: [Vec<Ray>; 2],
    /// At its first and its second end.
    pub fans: [Option<Fan>; 2],
    /// How deep it is at most, in metres of the plane.
    pub deepest: f64,
}

/// The land of a piece of street; none where no point may hang on it.
pub(super) fn land(voronoi: &Voronoi<'_>, edge: EdgeId) -> Option<Land> {
    let ends = voronoi.network.edge(edge);
    let number = u32::try_from(edge.index()).expect("edge ids are 32-bit");
    let at_first = voronoi.streets_at(ends.from);
    // Closed streets, links and small islands are not in the index.
    at_first.binary_search(&number).ok()?;
    let line = voronoi.line(edge);
    if line.length <= 0.0 {
        return None;
    }
    let sides = [1.0, -1.0].map(|side| rays_of_side(voronoi, edge, &line, side));
    let fans = [ends.from, ends.to].map(|node| fan(voronoi, edge, node));
    let of_fans = fans.iter().flatten().flat_map(|fan| &fan.rays);
    let rays = sides.iter().flatten().chain(of_fans);
    let deepest = rays.map(|ray| ray.depth).fold(0.0, f64::max);
    Some(Land {
        sides,
        fans,
        deepest,
    })
}

/// How deep the land is along one side: `1` to the left, `−1` to the right.
fn rays_of_side(voronoi: &Voronoi<'_>, edge: EdgeId, line: &Line, side: f64) -> Vec<Ray> {
    let away = line.left.map(|x| x * side);
    let fineness = voronoi.fineness;
    let unit = fineness.tolerance_m * line.scale;
    let limit = fineness.reach_m * line.scale;
    let mut ball = Ball::new(&voronoi.index, edge, limit, line.scale);
    // Behind a barrier the depth changes at once from foot to foot, and a short one falls between.
    let step = if near_barrier(voronoi, line, limit) {
        STEP_AT_BARRIERS
    } else {
        STEP
    };
    let sampling = Sampling {
        ends: [0.0, line.length],
        first: parts(line.length, step * unit),
        least: 0.2 * unit,
        tolerance: 0.15 * unit,
        place: &|at, depth: &f64| [at, *depth],
    };
    let points = sampling.points(|at| ball.depth(line.point(at, 0.0), away).seen);
    rays(points)
}

fn rays(points: Vec<(f64, f64)>) -> Vec<Ray> {
    points
        .into_iter()
        .map(|(at, depth)| Ray { at, depth })
        .collect()
}

/// Whether a barrier comes near a street.
pub(super) fn near_barrier(voronoi: &Voronoi<'_>, line: &Line, limit: f64) -> bool {
    if !voronoi.index.has_barriers() {
        return false;
    }
    let ends = [line.from, line.point(line.length, 0.0)];
    let low = [0, 1].map(|axis| ends[0][axis].min(ends[1][axis]) - limit);
    let high = [0, 1].map(|axis| ends[0][axis].max(ends[1][axis]) + limit);
    voronoi.index.barrier_in(low, high)
}

/// Into how many parts of at most this width something is cut: at least one.
pub(super) fn parts(whole: f64, width: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a street's length over a fraction of a metre: positive and far below 2^53"
    )]
    let parts = (whole / width).ceil() as usize;
    parts.max(1)
}

/// What hangs on a street past one of its nodes; none where streets lie all around, or another street
/// with a smaller id meets the node: on that one it hangs.
fn fan(voronoi: &Voronoi<'_>, edge: EdgeId, node: NodeId) -> Option<Fan> {
    let [begin, width] = wedge_at(voronoi, edge, node)?;
    let tip = Line::at(voronoi.network.node(node));
    let foot = tip.from;
    let unit = voronoi.fineness.tolerance_m * tip.scale;
    let limit = voronoi.fineness.reach_m * tip.scale;
    let mut ball = Ball::new(&voronoi.index, edge, limit, tip.scale);
    // At barriers rays are a tolerance apart at the far end of the reach.
    let step = if near_barrier(voronoi, &tip, limit) {
        STEP_AT_BARRIERS * unit / limit
    } else {
        FAN_STEP
    };
    let sampling = Sampling {
        ends: [begin, begin + width],
        first: parts(width, step),
        least: 0.2 * unit / limit,
        tolerance: 0.15 * unit,
        place: &|angle: f64, depth: &f64| [depth * angle.cos(), depth * angle.sin()],
    };
    let points = sampling.points(|angle| ball.depth(foot, [angle.cos(), angle.sin()]).seen);
    Some(Fan { rays: rays(points) })
}

/// Where the directions begin that lie beside no street at a node, and how many there are, in radians.
///
/// A street takes all directions within a right angle of its own. Of the gaps between neighbouring
/// streets only one that is wider than two right angles leaves any.
pub(super) fn wedge_at(voronoi: &Voronoi<'_>, edge: EdgeId, node: NodeId) -> Option<[f64; 2]> {
    let mut angles = Vec::new();
    let node = voronoi.place(node);
    for &street in voronoi.streets_at(node) {
        let street = EdgeId::new(street as usize);
        let line = voronoi.line(street);
        if line.length <= 0.0 {
            continue;
        }
        // Ties go to the streets of all, and of those to the smallest id, as in snapping.
        if voronoi.rank(street) < voronoi.rank(edge) {
            return None;
        }
        let ends = voronoi.network.edge(street);
        let angle = line.along[1].atan2(line.along[0]);
        // A ring of one piece leaves its node in both directions.
        if voronoi.place(ends.from) == node {
            angles.push(angle);
        }
        if voronoi.place(ends.to) == node {
            angles.push((angle + PI).rem_euclid(TAU));
        }
    }
    for angle in &mut angles {
        *angle = angle.rem_euclid(TAU);
    }
    angles.sort_unstable_by(f64::total_cmp);
    let first = *angles.first()?;
    let nexts = angles.iter().copied().skip(1).chain([first + TAU]);
    let gaps = angles.iter().zip(nexts);
    let widest = gaps.map(|(angle, next)| [angle + PI / 2.0, next - angle - PI]);
    widest
        .max_by(|one, other| one[1].total_cmp(&other[1]))
        .filter(|[_, width]| *width > NARROW)
}
