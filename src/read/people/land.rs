//! Where in an area people live, patch by patch: on its settled land, and along its streets.
//!
//! ```text
//!   +---------------+     Settled land (#) counts by its area, laid out in patches of 25 m; a street
//!   | ##            |     with houses counts as a strip 25 m deep on both sides where it leaves the
//!   | ##-----.      |     settled land (-). Only where there is neither, all streets count so.
//!   +---------------+
//! ```

use geo::{Area, Coord, InteriorPoint, MapCoords, Polygon};
use rstar::primitives::GeomWithData;
use rstar::{AABB, RTree};

use super::settled::SettledLand;
use crate::ids::EdgeId;
use crate::model::{Boundary, Network, Outline};
use crate::plane::{Position, squared_distance};

/// A patch of land: its middle on the plane, with its area in square centimetres.
pub(super) type Patch = GeomWithData<[f64; 2], u64>;

/// Patches of settled land are so many metres wide and high …
const PATCH_M: f64 = 25.0;
/// … or wider, where an area would have more of them than this.
const MOST_PATCHES: f64 = 40_000.0;
/// How wide the strip of land is that a street with houses stands for, in metres.
const STRIP_M: f64 = 50.0;
/// Square centimetres in a square metre.
const CM2: f64 = 1e4;

/// The land of a study.
pub(super) struct Land<'a> {
    settled: &'a SettledLand,
    /// Streets with houses along them; nothing where no file tells which have.
    home_streets: RTree<Patch>,
    all_streets: RTree<Patch>,
}

impl<'a> Land<'a> {
    /// The land, its streets in patches of at most so many metres. O(n log n).
    pub(super) fn new(settled: &'a SettledLand, network: &Network, most_m: f64) -> Self {
        let mut home_streets = Vec::new();
        for line in &settled.streets {
            for ends in line.windows(2) {
                let metres = ends[0].distance(ends[1]);
                strips(ends[0], ends[1], (metres, most_m), &mut home_streets);
            }
        }
        Self {
            settled,
            home_streets: RTree::bulk_load(home_streets),
            all_streets: RTree::bulk_load(all_streets(network, most_m)),
        }
    }

    /// Settled land, without any street.
    pub(super) fn settled_alone(settled: &'a SettledLand) -> Self {
        Self {
            settled,
            home_streets: RTree::new(),
            all_streets: RTree::new(),
        }
    }

    /// The patches in an area, in an order that is the same whatever that of the files; none where
    /// nobody can live there.
    pub(super) fn in_area(&self, outline: &Outline) -> Vec<Patch> {
        let (Some(corners), Some(area)) = (outline.corners(), outline.area()) else {
            return Vec::new();
        };
        let [low, high] = corners.map(Position::on_plane);
        let near = self.settled.near(low, high);
        let mut patches = Vec::new();
        if let Some(near) = &near {
            settled_patches(&near.outline, (&area, corners), &mut patches);
        }
        let settled = near.map(|near| near.area);
        let around = AABB::from_corners(low, high);
        let inside = |patch: &&Patch| area.contains(Position::from_plane(*patch.geom()));
        // The settled land counts by its area already, and the streets in it with it.
        let is_beside = |patch: &&Patch| {
            let at = Position::from_plane(*patch.geom());
            settled.as_ref().is_none_or(|settled| !settled.contains(at))
        };
        let streets = self.home_streets.locate_in_envelope_intersecting(around);
        patches.extend(streets.filter(inside).filter(is_beside).copied());
        // Neither settled land nor a street with houses: any street counts.
        if patches.is_empty() {
            let streets = self.all_streets.locate_in_envelope_intersecting(around);
            patches.extend(streets.filter(inside).copied());
        }
        patches.sort_by(|a, b| {
            let [left, right] = [a, b].map(|patch| *patch.geom());
            let by_place = left[0]
                .total_cmp(&right[0])
                .then(left[1].total_cmp(&right[1]));
            by_place.then(a.data.cmp(&b.data))
        });
        patches
    }
}

/// The streets in patches of at most so many metres. Nobody lives on bridges and in tunnels.
fn all_streets(network: &Network, most_m: f64) -> Vec<Patch> {
    let mut all = Vec::with_capacity(network.edges().len());
    for (number, edge) in network.edges().iter().enumerate() {
        let id = EdgeId::new(number);
        let traits = network.traits_of(id);
        if traits.no_doors || traits.link.is_some() || edge.metres <= 0.0 {
            continue;
        }
        let [from, to] = [0.0, edge.metres].map(|offset| network.along(id, offset));
        strips(from, to, (edge.metres, most_m), &mut all);
    }
    all
}

/// The strip along a straight street of so many metres, in patches of at most so many.
fn strips(from: Position, to: Position, (metres, most_m): (f64, f64), patches: &mut Vec<Patch>) {
    if metres <= 0.0 {
        return;
    }
    let count = (metres / most_m).ceil();
    let [from, to] = [from, to].map(Position::on_plane);
    let steps = std::iter::successors(Some(0.5), |step| Some(step + 1.0));
    for step in steps.take_while(|step| *step < count) {
        let part = step / count;
        let middle = [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
        patches.push(Patch::new(middle, cm2(metres / count * STRIP_M)));
    }
}

/// The patches of settled land in an area, piece by piece: the grid of a wide area would miss hamlets.
fn settled_patches(
    settled: &Outline,
    (area, corners): (&Boundary, [Position; 2]),
    patches: &mut Vec<Patch>,
) {
    let [low, high] = corners.map(Position::on_plane);
    let scale = corners[0].scale();
    let mut before: Vec<Boundary> = Vec::new();
    for polygon in settled.to_multi_polygon() {
        let piece = Outline::new(&polygon.clone().into()).and_then(|piece| piece.area());
        let Some(piece) = piece else {
            continue;
        };
        let around = piece.corners();
        let meets = |other: &&Boundary| {
            let [low, high] = other.corners();
            (0..2).all(|axis| low[axis] <= around[1][axis] && around[0][axis] <= high[axis])
        };
        let ground = Ground {
            piece: &piece,
            // Where pieces overlap the first counts, so that no land counts twice.
            before: before.iter().filter(meets).collect(),
            area,
            scale,
            low: [0, 1].map(|axis| low[axis].max(around[0][axis])),
            high: [0, 1].map(|axis| high[axis].min(around[1][axis])),
        };
        ground.lay_patches(&polygon, patches);
        before.push(piece);
    }
}

/// A piece of settled land in an area.
struct Ground<'a> {
    piece: &'a Boundary,
    /// Pieces that are laid out already, and may overlap it.
    before: Vec<&'a Boundary>,
    area: &'a Boundary,
    /// Metres of the plane in a metre.
    scale: f64,
    /// The rectangle on the plane that both piece and area reach into.
    low: [f64; 2],
    high: [f64; 2],
}

impl Ground<'_> {
    /// Lays the piece out in patches.
    fn lay_patches(&self, polygon: &Polygon, patches: &mut Vec<Patch>) {
        let size = [0, 1].map(|axis| (self.high[axis] - self.low[axis]).max(0.0));
        let least = (size[0] * size[1] / MOST_PATCHES).sqrt();
        let before = patches.len();
        // A hamlet of one house lies between any wider patches.
        for metres in [PATCH_M, PATCH_M / 5.0] {
            if patches.len() == before {
                self.lay(least.max(metres * self.scale), patches);
            }
        }
        // One narrower than any patch is a patch of its own.
        if patches.len() == before {
            let middle = polygon.interior_point();
            let middle = middle.and_then(|at| Position::new(at.x(), at.y()));
            if let Some(at) = middle.filter(|at| self.holds(*at)) {
                patches.push(Patch::new(at.on_plane(), cm2(square_metres(polygon))));
            }
        }
    }

    /// Lays patches so wide on the plane over the rectangle.
    fn lay(&self, side: f64, patches: &mut Vec<Patch>) {
        let middles = |axis: usize| {
            let first = self.low[axis] + side / 2.0;
            let steps = std::iter::successors(Some(first), move |at| Some(at + side));
            steps.take_while(move |at| *at < self.high[axis])
        };
        let metres = side / self.scale;
        for y in middles(1) {
            for x in middles(0) {
                if self.holds(Position::from_plane([x, y])) {
                    patches.push(Patch::new([x, y], cm2(metres * metres)));
                }
            }
        }
    }

    /// Whether a place is on this piece, in the area, and not on a piece before.
    fn holds(&self, at: Position) -> bool {
        let mut before = self.before.iter();
        self.piece.contains(at) && self.area.contains(at) && !before.any(|piece| piece.contains(at))
    }
}

/// The area of a small polygon.
fn square_metres(polygon: &Polygon) -> f64 {
    let at = polygon.exterior().coords().next();
    let scale = at.and_then(|at| Position::new(at.x, at.y));
    let scale = scale.map_or(1.0, Position::scale);
    let on_plane = polygon.map_coords(|at| {
        let [x, y] = Position::new(at.x, at.y).map_or([0.0; 2], Position::on_plane);
        Coord { x, y }
    });
    on_plane.unsigned_area() / (scale * scale)
}

fn cm2(square_metres: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a patch of land"
    )]
    let cm2 = (square_metres * CM2).round() as u64;
    cm2
}

/// The area of patches, in square centimetres.
pub(super) fn sum(patches: &[Patch]) -> u64 {
    patches.iter().map(|patch| patch.data).sum()
}

/// The middle of the patch that is nearest to the middle of all of them, on the plane.
pub(super) fn middle(patches: &[Patch]) -> [f64; 2] {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
    let all = sum(patches).max(1) as f64;
    let mut middle = [0.0; 2];
    for patch in patches {
        #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^53")]
        let part = patch.data as f64 / all;
        for axis in [0, 1] {
            middle[axis] += patch.geom()[axis] * part;
        }
    }
    // The middle itself may lie on a lake, or beyond the area.
    let off = |patch: &&Patch| squared_distance(*patch.geom(), middle);
    let nearest = patches.iter().min_by(|a, b| off(a).total_cmp(&off(b)));
    nearest.map_or(middle, |patch| *patch.geom())
}
