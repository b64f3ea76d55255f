//! From reached streets to the land from which they are reached.
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

use std::f64::consts::{FRAC_PI_2, PI};
use std::iter;

use super::area::Area;
use super::canvas::Canvas;
use super::drawing::Outline;
use super::voronoi::{Fan, HiddenSpot, Land, Line, Ray, Voronoi};
use crate::model::Network;
use crate::search::Stretch;
use crate::units::{Speed, TravelTime};

/// Shapes are drawn larger by this part of the tolerance, so that those side by side overlap.
const WIDER: f64 = 0.3;
/// Borders are straightened by this part of the tolerance.
const STRAIGHTER: f64 = 0.2;

/// Corners of a half circle.
const ROUND: u32 = 8;

/// What is drawn, and how.
pub(super) struct Painter<'a> {
    pub network: &'a Network,
    pub voronoi: &'a Voronoi<'a>,
    pub speed: Speed,
}

/// A stretch of street on the plane, with what is left at its ends.
struct Reached<'a> {
    line: Line,
    land: &'a Land,
    /// Metres of the plane along the street.
    at: [f64; 2],
    /// How far one still gets from there off the street, in metres of the plane.
    left: [f64; 2],
    wider: f64,
}

impl Painter<'_> {
    /// The land within a limit of the place that these streets were reached from; empty where none was.
    pub(super) fn area(&self, stretches: &[Stretch], limit: TravelTime, outline: Outline) -> Area {
        let within = |stretch: &Stretch| stretch.within(limit);
        let stretches: Vec<Stretch> = stretches.iter().filter_map(within).collect();
        let Some(first) = stretches.first() else {
            return Area::default();
        };
        let centre = self.voronoi.line(first.edge);
        let mut canvas = Canvas::around(centre.from);
        for stretch in &stretches {
            match outline {
                Outline::Exact => self.draw(&mut canvas, stretch, limit),
                Outline::Streets { width_m } => self.draw_strip(&mut canvas, stretch, width_m),
            }
        }
        let straighten = STRAIGHTER * self.voronoi.fineness().tolerance_m * centre.scale;
        canvas.joined(straighten)
    }

    /// A strip around a stretch, round at its ends.
    fn draw_strip(&self, canvas: &mut Canvas, stretch: &Stretch, width_m: f64) {
        let line = self.voronoi.line(stretch.edge);
        let metres = self.network.edge(stretch.edge).metres;
        let [begin, end] = stretch.offsets.map(|offset| offset / metres * line.length);
        let width = width_m.max(0.01) * line.scale;
        let half_turn = |at: f64, from: f64| {
            (0..=ROUND).map(move |step| {
                let angle = from + PI * f64::from(step) / f64::from(ROUND);
                line.point(at + width * angle.cos(), width * angle.sin())
            })
        };
        canvas.add(half_turn(end, -FRAC_PI_2).chain(half_turn(begin, FRAC_PI_2)));
    }

    fn draw(&self, canvas: &mut Canvas, stretch: &Stretch, limit: TravelTime) {
        let Some(land) = self.voronoi.land(stretch.edge) else {
            return;
        };
        let line = self.voronoi.line(stretch.edge);
        let metres = self.network.edge(stretch.edge).metres;
        let reached = Reached {
            line,
            land,
            at: stretch.offsets.map(|offset| offset / metres * line.length),
            left: stretch
                .times
                .map(|time| self.speed.metres(limit.saturating_sub(time)) * line.scale),
            wider: WIDER * self.voronoi.fineness().tolerance_m * line.scale,
        };
        if stretch.metres() > 0.0 {
            canvas.add(reached.corners());
        }
        // A fan belongs to the end of the street, not to where the time runs out.
        if stretch.offsets[0] <= 0.0 {
            reached.add_fan(canvas, 0);
        }
        if stretch.offsets[1] >= metres {
            reached.add_fan(canvas, 1);
        }
        for spot in self.voronoi.hidden(stretch.edge) {
            if self.is_within(stretch, spot, limit) {
                canvas.add(corners_of(spot));
            }
        }
    }

    /// Whether a spot hangs on a stretch and is within the limit.
    fn is_within(&self, stretch: &Stretch, spot: &HiddenSpot, limit: TravelTime) -> bool {
        let [begin, end] = stretch.offsets;
        if !(begin..=end).contains(&spot.offset) {
            return false;
        }
        let [first, last] = stretch.times.map(TravelTime::seconds);
        let part = (spot.offset - begin) / (end - begin);
        let seconds = first + (last - first) * part + self.speed.time(spot.gap).seconds();
        seconds <= limit.seconds()
    }
}

impl Reached<'_> {
    /// The corners of the land on both sides: along the right side and back along the left one.
    fn corners(&self) -> impl Iterator<Item = [f64; 2]> {
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

    fn add_fan(&self, canvas: &mut Canvas, end: usize) {
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

fn corners_of(spot: &HiddenSpot) -> impl Iterator<Item = [f64; 2]> {
    let HiddenSpot {
        middle: [x, y],
        half,
        ..
    } = *spot;
    [[-half, -half], [half, -half], [half, half], [-half, half]]
        .into_iter()
        .map(move |[dx, dy]| [x + dx, y + dy])
}
