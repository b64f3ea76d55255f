//! How far from a street its own land reaches: the growing ball.
//!
//! From a foot on a street one goes straight away from it. As long as the ball around the point that
//! touches the street at the foot holds no other street, the foot is the nearest place on any street.
//! The land ends where the ball touches another one (*medial axis by shrinking balls*: Ma, Bae and
//! Choi 2012, *3D medial axis point approximation using nearest neighbors and the normal field*):
//!
//! ```text
//!   ════════ another street ════════
//!           .  -  o  -  .              o  where the ball touches it
//!         /       ^       \
//!        |   the centre    |           its radius is how deep the land is here
//!         \       |       /
//!   ════════ - .  foot . - ═════════   this street
//! ```

use crate::ids::EdgeId;
use crate::model::Islands;
use crate::snap::{PlanePiece, StreetIndex};

/// A street must be nearer by so many metres to count as another one: far more than rounding moves a
/// place on the plane (4e-9 m).
const CLEARLY: f64 = 1e-6;
/// How many of the streets that ended the land are tried first at the next foot.
const RIVALS: usize = 4;

/// Balls that grow along one street.
pub(super) struct Ball<'a> {
    index: &'a StreetIndex<'a>,
    /// The street on which the feet lie, or at an end of it.
    own: EdgeId,
    /// Whether that belongs to an island.
    on_island: bool,
    /// No ball grows larger, in metres of the plane.
    limit: f64,
    /// By how much more than its radius the ball keeps off streets of the other kind, island or not: a
    /// point leaves an island for a street that is a little farther off. Below 0 beside an island's
    /// rivals, 0 where no point leaves any.
    lead: f64,
    /// Which streets stopped the balls before: the next one most likely touches one of them.
    rivals: Vec<PlanePiece>,
}

/// How deep the land is at a foot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Depth {
    /// How far the foot is the nearest place on any street.
    pub land: f64,
    /// How far it is seen as well: no barrier lies between.
    pub seen: f64,
}

impl<'a> Ball<'a> {
    /// Balls up to this limit in metres of the plane, of which `scale` make a metre on the ground.
    pub(super) fn new(index: &'a StreetIndex<'a>, own: EdgeId, limit: f64, scale: f64) -> Self {
        let on_island = index.is_island(own);
        let farther = Islands::FARTHER_M * scale;
        // One leaves an island for a street that is up to so much farther: its land ends sooner,
        // and that of the others reaches into it.
        let lead = match (index.leaves_islands(), on_island) {
            (false, _) => 0.0,
            (true, true) => farther,
            (true, false) => -farther,
        };
        Self {
            index,
            own,
            on_island,
            limit,
            lead,
            rivals: Vec::new(),
        }
    }

    /// How deep the land is from a foot in a direction of length one.
    ///
    /// Invariant: the radius is never below the true one, as it is that of a ball which touches some
    /// street. Each street that lies within the ball makes it smaller; where none does, it is the true
    /// one. A few questions to the index, each O(log E) as a rule.
    pub(super) fn depth(&mut self, foot: [f64; 2], away: [f64; 2]) -> Depth {
        let mut radius = self.limit;
        for rival in &self.rivals {
            radius = radius.min(self.touch(foot, away, rival));
        }
        while radius > CLEARLY {
            let centre = [foot[0] + radius * away[0], foot[1] + radius * away[1]];
            let inside = radius - CLEARLY;
            let Some(rival) = self.rival(centre, inside) else {
                break;
            };
            // The touch of a street within the ball is smaller; rounding must not keep it from ending.
            radius = self.touch(foot, away, &rival).min(inside);
            self.remember(rival);
        }
        let land = radius.max(0.0);
        Depth {
            land,
            seen: self.seen(foot, away, land),
        }
    }

    /// A street that comes nearer to the centre than the ball may let it.
    fn rival(&self, centre: [f64; 2], inside: f64) -> Option<PlanePiece> {
        let leaves = self.index.leaves_islands();
        // Streets alike are kept off by the radius, the others by more or less than that.
        let alike = |piece: &PlanePiece| {
            piece.edge != self.own && (!leaves || piece.is_island == self.on_island)
        };
        let rival = self.index.nearest_of(centre, inside, alike);
        let kept_off = inside + self.lead;
        if rival.is_some() || !leaves || kept_off <= 0.0 {
            return rival.copied();
        }
        let unlike = |piece: &PlanePiece| piece.is_island != self.on_island;
        self.index.nearest_of(centre, kept_off, unlike).copied()
    }

    /// The radius at which the ball on a foot touches a street; one of the other kind is touched by a
    /// ball larger by the lead, which is the ball that began to grow so much earlier.
    fn touch(&self, foot: [f64; 2], away: [f64; 2], piece: &PlanePiece) -> f64 {
        if piece.is_island == self.on_island {
            return touching(foot, away, piece);
        }
        let start = [foot[0] - self.lead * away[0], foot[1] - self.lead * away[1]];
        touching(start, away, piece) - self.lead
    }

    fn remember(&mut self, rival: PlanePiece) {
        if self.rivals.iter().all(|known| known.edge != rival.edge) {
            if self.rivals.len() == RIVALS {
                self.rivals.remove(0);
            }
            self.rivals.push(rival);
        }
    }

    /// As much of a depth as lies before the first barrier.
    fn seen(&self, foot: [f64; 2], away: [f64; 2], depth: f64) -> f64 {
        if !self.index.has_barriers() {
            return depth;
        }
        let end = [foot[0] + depth * away[0], foot[1] + depth * away[1]];
        let before = self.index.first_barrier(foot, end);
        before.map_or(depth, |part| depth * part)
    }
}

/// The radius at which a ball that stands on a foot begins to come over a street; infinite where it
/// never does.
///
/// Once a ball comes over a street, every larger one does: it holds the smaller one. So the radius is the
/// least at which it comes over an end or over the line between them.
fn touching(foot: [f64; 2], away: [f64; 2], piece: &PlanePiece) -> f64 {
    let by_end = touching_point(foot, away, piece.from).min(touching_point(foot, away, piece.to));
    by_end.min(touching_line(foot, away, piece))
}

/// The ball around `foot + r · away` meets a point x when |x − foot|² = 2 r (x − foot) · away.
fn touching_point(foot: [f64; 2], away: [f64; 2], point: [f64; 2]) -> f64 {
    let way = [point[0] - foot[0], point[1] - foot[1]];
    let ahead = dot(way, away);
    if ahead <= 0.0 {
        return f64::INFINITY;
    }
    dot(way, way) / (2.0 * ahead)
}

/// The same for the line between the ends: its distance is h + r (away · normal), and is r at the touch.
fn touching_line(foot: [f64; 2], away: [f64; 2], piece: &PlanePiece) -> f64 {
    let line = [piece.to[0] - piece.from[0], piece.to[1] - piece.from[1]];
    let length = dot(line, line).sqrt();
    if length <= 0.0 {
        return f64::INFINITY;
    }
    let along = [line[0] / length, line[1] / length];
    let way = [foot[0] - piece.from[0], foot[1] - piece.from[1]];
    let height = along[0] * way[1] - along[1] * way[0];
    // Seen from the foot's side the line lies below.
    let side = if height < 0.0 { -1.0 } else { 1.0 };
    let rising = side * (along[0] * away[1] - along[1] * away[0]);
    let radius = side * height / (1.0 - rising);
    if !radius.is_finite() {
        return f64::INFINITY;
    }
    // Where the ball meets the line there must be street; a hair further on, for a ball that begins at
    // its end and grows away from it.
    let at = dot(way, along) + (radius + CLEARLY) * dot(away, along);
    if (0.0..=length).contains(&at) {
        radius
    } else {
        f64::INFINITY
    }
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn street(from: [f64; 2], to: [f64; 2]) -> PlanePiece {
        let edge = EdgeId::new(0);
        PlanePiece {
            from,
            to,
            edge,
            of_residents: false,
            is_island: false,
        }
    }

    #[test]
    fn a_ball_ends_half_way_to_a_parallel_street() {
        let other = street([-50.0, 20.0], [50.0, 20.0]);
        assert!((touching([0.0, 0.0], [0.0, 1.0], &other) - 10.0).abs() < 1e-9);
        assert!(touching([0.0, 0.0], [0.0, -1.0], &other).is_infinite());
    }

    #[test]
    fn a_ball_ends_at_the_tip_of_a_street() {
        // (6² + 8²) / (2 · 8) = 6.25
        let tip = street([6.0, 8.0], [6.0, 80.0]);
        assert!((touching([0.0, 0.0], [0.0, 1.0], &tip) - 6.25).abs() < 1e-9);
    }

    #[test]
    fn at_a_corner_the_land_is_a_wedge_within_and_open_without() {
        // A street at a right angle that begins at the end of this one.
        let corner = street([10.0, 0.0], [10.0, 50.0]);
        assert!((touching([7.0, 0.0], [0.0, 1.0], &corner) - 3.0).abs() < 1e-9);
        assert!(touching([7.0, 0.0], [0.0, -1.0], &corner).is_infinite());
        assert!(touching([10.0, 0.0], [0.0, 1.0], &corner) <= 0.0);
        assert!(touching([10.0, 0.0], [0.0, -1.0], &corner).is_infinite());
    }
}
