//! Land that a barrier hides from its street: it hangs on the next street that it sees.
//!
//! ```text
//!   ═══════ another street ═══════
//!              .   .   .            hidden from the nearer street: hangs on the other one,
//!   ───────────── wall ───────────  if that is within reach and seen, else on none
//!   ═══════ street ═══════════════
//! ```
//!
//! Which streets are seen changes from place to place, so such land is looked at spot by spot, half a
//! tolerance wide.

use super::Voronoi;
use super::ball::Ball;
use super::land::{near_barrier, parts, wedge_at};
use crate::ids::EdgeId;
use crate::plane::Position;
use crate::snap::Snap;

/// How wide a spot is, in tolerances.
const WIDTH: f64 = 0.5;

/// A small square of land, and where its middle hangs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::isochrone) struct HiddenSpot {
    /// Its middle on the plane.
    pub middle: [f64; 2],
    /// Half its width, in metres of the plane.
    pub half: f64,
    /// Metres along the street to where it hangs.
    pub offset: f64,
    /// Metres from there to its middle.
    pub gap: f64,
}

/// The spots of a street's land that a barrier hides from it and that hang on another street, each with
/// the number of that one. O(hidden land / tolerance²).
pub(super) fn spots(voronoi: &Voronoi<'_>, edge: EdgeId) -> Vec<(u32, HiddenSpot)> {
    let line = voronoi.line(edge);
    let fineness = voronoi.fineness;
    let limit = fineness.reach_m * line.scale;
    // Most streets have no barrier near: nothing is hidden from them.
    if line.length <= 0.0 || !near_barrier(voronoi, &line, limit) {
        return Vec::new();
    }
    let width = WIDTH * fineness.tolerance_m * line.scale;
    let mut looking = Looking {
        voronoi,
        width,
        found: Vec::new(),
    };
    for side in [1.0, -1.0] {
        let away = line.left.map(|x| x * side);
        let mut ball = Ball::new(&voronoi.index, edge, limit, line.scale);
        // A ray for each width of a spot: so they cover all that is hidden beside the street.
        for at in middles(line.length, width) {
            looking.along(&mut ball, line.point(at, 0.0), away);
        }
    }
    let ends = voronoi.network.edge(edge);
    for node in [ends.from, ends.to] {
        if let Some([begin, wide]) = wedge_at(voronoi, edge, node) {
            let foot = voronoi.network.node(node).on_plane();
            let mut ball = Ball::new(&voronoi.index, edge, limit, line.scale);
            // As close as spots are wide at the far end of the reach; nearer by they overlap.
            for turned in middles(wide, width / limit) {
                let angle = begin + turned;
                looking.along(&mut ball, foot, [angle.cos(), angle.sin()]);
            }
        }
    }
    looking.found
}

/// The middles of the parts of at most this width into which something is cut.
#[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53 parts")]
fn middles(whole: f64, width: f64) -> impl Iterator<Item = f64> {
    let parts = parts(whole, width);
    (0..parts).map(move |part| whole * (part as f64 + 0.5) / parts as f64)
}

struct Looking<'a> {
    voronoi: &'a Voronoi<'a>,
    width: f64,
    found: Vec<(u32, HiddenSpot)>,
}

impl Looking<'_> {
    /// Looks at the hidden spots along one ray.
    fn along(&mut self, ball: &mut Ball<'_>, foot: [f64; 2], away: [f64; 2]) {
        let depth = ball.depth(foot, away);
        let hidden = depth.land - depth.seen;
        if hidden <= 0.0 {
            return;
        }
        // From the barrier outwards, as far as the street's own land would reach.
        for beyond in middles(hidden, self.width) {
            let out = depth.seen + beyond;
            let place = [foot[0] + out * away[0], foot[1] + out * away[1]];
            self.look_at(place);
        }
    }

    fn look_at(&mut self, place: [f64; 2]) {
        let at = Position::from_plane(place);
        let reach_m = self.voronoi.fineness.reach_m;
        let Snap::Snapped { edge, offset, gap } = self.voronoi.index.snap_home(at, reach_m) else {
            return;
        };
        // A point may leave an island for a street that is beyond the reach: then nothing is drawn.
        if gap > reach_m {
            return;
        }
        let spot = HiddenSpot {
            middle: place,
            // Wider than the spot is, so that neighbours along and across overlap.
            half: 0.75 * self.width,
            offset,
            gap,
        };
        let edge = u32::try_from(edge.index()).expect("edge ids are 32-bit");
        self.found.push((edge, spot));
    }
}
