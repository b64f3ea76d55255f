//! A stretch of street with its land, cut where the time runs out.
//!
//! Over a stretch of street the time grows evenly, so what is left of it does too: the land within the
//! limit is the street's own land, cut by one straight line on either side:
//!
//! ```text
//!     depth of its land  .-----.\
//!                       |       \  cut by the time that is left
//!     ════•═════════════════════════>   the time runs out here
//!                       |       /
//!                        '-----'/
//! ```

use std::iter;

use super::canvas::Canvas;
use super::voronoi::{Fan, Land, Line, Ray};

/// A stretch of street on the plane, with what is left at its ends.
pub(super) struct Reached<'a> {
    pub line: Line,
    pub land: &'a Land,
    /// Metres of the plane along the street.
    pub at: [f64; 2],
    /// How far one still gets from there off the street, in metres of the plane.
    pub left: [f64; 2],
    pub wider: f64,
}

impl Reached<'_> {
    /// Whether all the land beside the stretch, and past those of its ends that are ends of the street, is
    /// within the limit.
    pub(super) fn is_whole(&self) -> bool {
        let [begin, end] = self.at;
        let left = [begin, end].map(|at| self.left_at(at));
        // The usual case: time enough for the deepest place everywhere.
        if self.land.deepest <= left[0].min(left[1]) {
            return true;
        }
        // Land and time left are both straight between rays: rays and ends are enough.
        let sides = self.land.sides.iter().all(|rays| {
            let mut between = rays.iter().filter(|ray| begin < ray.at && ray.at < end);
            depth_at(rays, begin) <= left[0]
                && depth_at(rays, end) <= left[1]
                && between.all(|ray| ray.depth <= self.left_at(ray.at))
        });
        // A fan counts only where the stretch comes to that end of the street.
        let fan_is_whole = |end: usize| {
            let mut rays = self.land.fans[end].iter().flat_map(|fan| &fan.rays);
            rays.all(|ray| ray.depth <= left[end])
        };
        sides && (begin > 0.0 || fan_is_whole(0)) && (end < self.line.length || fan_is_whole(1))
    }

    /// The corners of the land on both sides: along the right side and back along the left one.
    pub(super) fn corners(&self) -> impl Iterator<Item = [f64; 2]> {
        let [left, right] = [0, 1].map(|side| self.side(side));
        let right = right.into_iter().map(|[at, depth]| [at, -depth]);
        let left = left.into_iter().rev();
        right
            .chain(left)
            .map(|[at, depth]| self.line.point(at, depth))
    }

    /// How deep the land within the limit is along one side of the stretch.
    fn side(&self, side: usize) -> Vec<[f64; 2]> {
        let rays = &self.land.sides[side];
        let [begin, end] = self.at;
        let between = rays.iter().filter(|ray| begin < ray.at && ray.at < end);
        let places = iter::once(begin)
            .chain(between.map(|ray| ray.at))
            .chain(iter::once(end));
        let mut depths: Vec<[f64; 2]> = Vec::new();
        let mut before: Option<Place> = None;
        for at in places {
            let here = Place {
                at,
                land: depth_at(rays, at),
                left: self.left_at(at),
            };
            // The line of the time that is left may cut the border of the land between two rays.
            depths.extend(before.and_then(|before| before.cut(here)));
            depths.push([at, here.land.min(here.left)]);
            before = Some(here);
        }
        self.widened(depths)
    }

    /// The same drawn wider, past both ends too.
    fn widened(&self, mut depths: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
        for [_, depth] in &mut depths {
            *depth += self.wider;
        }
        let [Some([begin, first]), Some([end, last])] =
            [depths.first(), depths.last()].map(Option::<&_>::copied)
        else {
            return depths;
        };
        // Past its ends too, so that it overlaps the next stretch.
        depths.insert(0, [begin - self.wider, first]);
        depths.push([end + self.wider, last]);
        depths
    }

    fn left_at(&self, at: f64) -> f64 {
        let [begin, end] = self.at;
        let [first, last] = self.left;
        if end <= begin {
            return first;
        }
        first + (last - first) * ((at - begin) / (end - begin)).clamp(0.0, 1.0)
    }

    /// Adds the fan at an end of the street, as far as one still gets from there.
    pub(super) fn add_fan(&self, canvas: &mut Canvas, end: usize) {
        let Some(fan) = &self.land.fans[end] else {
            return;
        };
        let tip = self
            .line
            .point(if end == 0 { 0.0 } else { self.line.length }, 0.0);
        let left = self.left[end];
        let rays = rays_within(fan, left, self.wider);
        let corners = rays.map(|ray| {
            let depth = ray.depth + self.wider;
            [tip[0] + depth * ray.at.cos(), tip[1] + depth * ray.at.sin()]
        });
        canvas.add(iter::once(tip).chain(corners));
    }
}

/// A place along a side: how deep the land is there, and how far one still gets.
#[derive(Clone, Copy)]
struct Place {
    at: f64,
    land: f64,
    left: f64,
}

impl Place {
    /// Where between two places both are the same, if the one is less here and the other there.
    fn cut(self, next: Self) -> Option<[f64; 2]> {
        let [here, there] = [self.land - self.left, next.land - next.left];
        if here * there >= 0.0 {
            return None;
        }
        let part = here / (here - there);
        let at = self.at + (next.at - self.at) * part;
        Some([at, self.left + (next.left - self.left) * part])
    }
}

/// How deep a side's land is at a place, between its rays.
fn depth_at(rays: &[Ray], at: f64) -> f64 {
    let after = rays.partition_point(|ray| ray.at < at);
    let [Some(from), Some(to)] =
        [after.saturating_sub(1), after.min(rays.len() - 1)].map(|place| rays.get(place))
    else {
        return 0.0;
    };
    // Before the first ray and past the last there is one of them alone.
    if to.at <= from.at {
        return to.depth;
    }
    from.depth + (to.depth - from.depth) * ((at - from.at) / (to.at - from.at)).clamp(0.0, 1.0)
}

/// The rays of a fan as far as one still gets, close enough for an arc.
fn rays_within(fan: &Fan, left: f64, sagitta: f64) -> impl Iterator<Item = Ray> {
    // The arc of a chord this wide bulges by half of what shapes are widened.
    let step = 2.0 * (1.0 - (sagitta / 2.0 / left.max(sagitta)).min(1.0)).acos();
    let first = fan.rays.first().copied();
    let pairs = fan.rays.windows(2);
    let rest = pairs.flat_map(move |pair| {
        let [from, to] = [pair[0], pair[1]];
        let parts = ((to.at - from.at) / step).ceil().max(1.0);
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a circle has a few hundred parts"
        )]
        let count = if left < from.depth.max(to.depth) {
            parts as u32
        } else {
            1
        };
        (1..=count).map(move |part| between(from, to, f64::from(part) / f64::from(count)))
    });
    first.into_iter().chain(rest).map(move |ray| Ray {
        depth: ray.depth.min(left),
        ..ray
    })
}

/// The ray at a part of the angle between two, as far as the chord between their tips.
fn between(from: Ray, to: Ray, part: f64) -> Ray {
    let at = from.at + (to.at - from.at) * part;
    let along_chord = from.depth * (at - from.at).sin() + to.depth * (to.at - at).sin();
    let depth = if part >= 1.0 || along_chord <= 0.0 {
        to.depth
    } else {
        from.depth * to.depth * (to.at - from.at).sin() / along_chord
    };
    Ray { at, depth }
}
