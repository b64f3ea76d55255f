//! From reached streets to the land from which they are reached.

use std::f64::consts::{FRAC_PI_2, PI};

use super::area::Area;
use super::blocks::Blocks;
use super::canvas::Canvas;
use super::drawing::Outline;
use super::reached::Reached;
use super::voronoi::{HiddenSpot, Land, Voronoi};
use crate::ids::EdgeId;
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
    pub blocks: &'a Blocks,
    pub speed: Speed,
}

impl Painter<'_> {
    /// The land within a limit of the place that these streets were reached from; empty where none was.
    pub(super) fn area(&self, stretches: &[Stretch], limit: TravelTime, outline: Outline) -> Area {
        let within = |stretch: &Stretch| stretch.within(limit);
        let stretches: Vec<Stretch> = stretches.iter().filter_map(within).collect();
        let Some(first) = stretches.first() else {
            return Area::default();
        };
        // The scale of one street serves for all: borders are straightened by it, no more.
        let scale = self.voronoi.line(first.edge).scale;
        let mut canvas = Canvas::default();
        match outline {
            Outline::Exact => self.draw_exactly(&mut canvas, stretches, limit),
            Outline::Streets { width_m } => {
                for stretch in &stretches {
                    self.draw_strip(&mut canvas, stretch, width_m);
                }
            }
        }
        canvas.joined(STRAIGHTER * self.voronoi.fineness().tolerance_m * scale)
    }

    /// Draws streets that are reached with all of their land in blocks, the others stretch by stretch.
    fn draw_exactly(&self, canvas: &mut Canvas, stretches: Vec<Stretch>, limit: TravelTime) {
        let mut stretches = stretches;
        // Walks find the stretches of a piece at different times: here they stand side by side.
        stretches.sort_unstable_by(|one, other| {
            let begin = one.offsets[0].total_cmp(&other.offsets[0]);
            one.edge.cmp(&other.edge).then(begin)
        });
        let mut whole = Vec::new();
        for parts in stretches.chunk_by(|one, next| one.edge == next.edge) {
            match self.blocks.piece(parts[0].edge) {
                // No point may hang on it, so it has no land.
                None => {}
                Some(piece) if self.are_whole(parts, limit) => whole.push(piece),
                Some(_) => {
                    for part in parts {
                        self.draw(canvas, part, limit);
                    }
                }
            }
        }
        // In the order of the blocks, along the curve.
        whole.sort_unstable();
        self.blocks
            .draw(canvas, &whole, &|canvas, edge| self.draw_all(canvas, edge));
    }

    /// Whether the stretches of one piece of street are all of it, with all of its land.
    fn are_whole(&self, parts: &[Stretch], limit: TravelTime) -> bool {
        let [Some(first), Some(last)] = [parts.first(), parts.last()] else {
            return false;
        };
        let metres = self.network.edge(first.edge).metres;
        let mut pairs = parts.windows(2);
        // From one end to the other, without a gap where two ways meet.
        let all = first.offsets[0] <= 0.0
            && last.offsets[1] >= metres
            && pairs.all(|pair| pair[1].offsets[0] <= pair[0].offsets[1]);
        let Some(land) = self.voronoi.land(first.edge).filter(|_| all) else {
            return false;
        };
        let spots = self.voronoi.hidden(first.edge);
        parts
            .iter()
            .all(|part| self.reached(part, land, limit).is_whole())
            // Land behind a barrier hangs on one place of the street, not on all of it.
            && spots.iter().all(|spot| {
                let mut parts = parts.iter();
                parts.any(|part| self.is_within(part, spot, limit))
            })
    }

    /// Draws all the land of a street.
    fn draw_all(&self, canvas: &mut Canvas, edge: EdgeId) {
        let Some(land) = self.voronoi.land(edge) else {
            return;
        };
        let line = self.voronoi.line(edge);
        let fineness = self.voronoi.fineness();
        let all = Reached {
            line,
            land,
            at: [0.0, line.length],
            // No land is deeper.
            left: [fineness.reach_m * line.scale; 2],
            wider: WIDER * fineness.tolerance_m * line.scale,
        };
        canvas.add(all.corners());
        all.add_fan(canvas, 0);
        all.add_fan(canvas, 1);
        for spot in self.voronoi.hidden(edge) {
            canvas.add(corners_of(spot));
        }
    }

    /// A stretch with what is left at its ends.
    fn reached<'l>(&self, stretch: &Stretch, land: &'l Land, limit: TravelTime) -> Reached<'l> {
        let line = self.voronoi.line(stretch.edge);
        let metres = self.network.edge(stretch.edge).metres;
        Reached {
            line,
            land,
            // Offsets are metres as walked; the line has its own length on the plane.
            at: stretch.offsets.map(|offset| offset / metres * line.length),
            left: stretch
                .times
                .map(|time| self.speed.metres(limit.saturating_sub(time)) * line.scale),
            wider: WIDER * self.voronoi.fineness().tolerance_m * line.scale,
        }
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

    /// Draws the land of a stretch: beside it, past its ends, and what hangs on it behind barriers.
    fn draw(&self, canvas: &mut Canvas, stretch: &Stretch, limit: TravelTime) {
        let Some(land) = self.voronoi.land(stretch.edge) else {
            return;
        };
        let reached = self.reached(stretch, land, limit);
        let metres = self.network.edge(stretch.edge).metres;
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
