//! A packed R-tree of street pieces: nothing but boxes over runs of pieces along a Hilbert curve
//! (Kamel and Faloutsos 1993), and boxes over runs of boxes.
//!
//! ```text
//!   level 1  [———————————————— box ————————————————] [——— …
//!   level 0  [—— box ——] [—— box ——] … [—— box ——]   [——— …
//!   pieces    / \ _ | /   _ / | _ \      _ _ | /      …       along the curve
//! ```
//!
//! A network that was read has its edges along the curve already; then building is one pass over
//! them, where an R-tree loaded in bulk sorts them again on every level. No pointers, no gaps: 42
//! bytes a piece.

use rayon::prelude::*;

use crate::ids::EdgeId;
use crate::model::Network;
use crate::plane::{nearest_on_segment, squared_distance};

/// How many pieces or boxes stand in a box.
const WIDE: usize = 16;
/// Boxes are so many metres wider than what is in them, many times what rounding can move the foot
/// of a perpendicular (4e-9 m): no piece is nearer to a point than its box is.
const MARGIN: f64 = 1e-6;

/// A street piece on the conformal plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub from: [f64; 2],
    pub to: [f64; 2],
    pub edge: EdgeId,
}

impl Piece {
    fn squared_distance(&self, point: [f64; 2]) -> f64 {
        squared_distance(point, nearest_on_segment(point, self.from, self.to).1)
    }
}

/// The least and the most x and y.
#[derive(Debug, Clone, Copy)]
struct Area {
    low: [f64; 2],
    high: [f64; 2],
}

impl Area {
    const NONE: Self = Self {
        low: [f64::INFINITY; 2],
        high: [f64::NEG_INFINITY; 2],
    };

    fn of(pieces: &[Piece]) -> Self {
        let ends = pieces.iter().flat_map(|piece| [piece.from, piece.to]);
        let tight = ends.fold(Self::NONE, |area, end| {
            area.with(Self {
                low: end,
                high: end,
            })
        });
        Self {
            low: tight.low.map(|x| x - MARGIN),
            high: tight.high.map(|x| x + MARGIN),
        }
    }

    fn with(self, other: Self) -> Self {
        let [a, b] = [0, 1].map(|axis| {
            (
                self.low[axis].min(other.low[axis]),
                self.high[axis].max(other.high[axis]),
            )
        });
        Self {
            low: [a.0, b.0],
            high: [a.1, b.1],
        }
    }

    fn squared_distance(&self, point: [f64; 2]) -> f64 {
        let [x, y] = [0, 1].map(|axis| {
            (self.low[axis] - point[axis])
                .max(point[axis] - self.high[axis])
                .max(0.0)
        });
        x * x + y * y
    }
}

/// A box still to be looked into.
#[derive(Clone, Copy)]
struct Open {
    distance_2: f64,
    level: usize,
    place: usize,
}

/// The pieces along the curve and the boxes over them, the lowest level first.
pub(super) struct Tree {
    pieces: Vec<Piece>,
    levels: Vec<Vec<Area>>,
}

impl Tree {
    /// A tree of these edges of a network. O(E) for edges along the curve, O(E log E) for others.
    pub(super) fn new(network: &Network, edges: Vec<EdgeId>) -> Self {
        let plane: Vec<[f64; 2]> = network
            .nodes()
            .par_iter()
            .map(|node| node.on_plane())
            .collect();
        let piece = |edge: EdgeId| {
            let ends = network.edge(edge);
            Piece {
                from: plane[ends.from.index()],
                to: plane[ends.to.index()],
                edge,
            }
        };
        Self::packed(
            along_the_curve(network, edges)
                .into_par_iter()
                .map(piece)
                .collect(),
        )
    }

    fn packed(pieces: Vec<Piece>) -> Self {
        let mut levels = vec![pieces.par_chunks(WIDE).map(Area::of).collect::<Vec<_>>()];
        while let Some(below) = levels.last().filter(|below| below.len() > WIDE) {
            levels.push(
                below
                    .chunks(WIDE)
                    .map(|areas| areas.iter().copied().fold(Area::NONE, Area::with))
                    .collect(),
            );
        }
        Self { pieces, levels }
    }

    /// The nearest of the pieces that fit, at a squared distance of at most `within`; of several
    /// equally near ones that with the smallest id. O(log E) as a rule.
    pub(super) fn nearest(
        &self,
        point: [f64; 2],
        within: f64,
        fits: impl Fn(&Piece) -> bool,
    ) -> Option<&Piece> {
        let (mut best, mut bound): (Option<&Piece>, f64) = (None, within);
        let mut open = Vec::with_capacity(4 * WIDE);
        self.look_into(self.levels.len(), 0, (point, bound), &mut open);
        while let Some(next) = open.pop() {
            if next.distance_2 > bound {
                continue;
            }
            if next.level > 0 {
                self.look_into(next.level, next.place, (point, bound), &mut open);
                continue;
            }
            for piece in run(&self.pieces, next.place) {
                let distance_2 = piece.squared_distance(point);
                let nearer = distance_2 < bound
                    || distance_2 <= bound && best.is_none_or(|best| piece.edge < best.edge);
                if nearer && fits(piece) {
                    (best, bound) = (Some(piece), distance_2);
                }
            }
        }
        best
    }

    /// Opens the boxes in a box that may hold something as near as the bound, the nearest last.
    fn look_into(
        &self,
        level: usize,
        place: usize,
        (point, bound): ([f64; 2], f64),
        open: &mut Vec<Open>,
    ) {
        let before = open.len();
        let areas = run(&self.levels[level - 1], place).iter();
        let boxes = areas.zip(place * WIDE..).map(|(area, place)| Open {
            distance_2: area.squared_distance(point),
            level: level - 1,
            place,
        });
        open.extend(boxes.filter(|open| open.distance_2 <= bound));
        open[before..].sort_unstable_by(|a, b| b.distance_2.total_cmp(&a.distance_2));
    }
}

/// What stands in the box at this place.
fn run<T>(below: &[T], place: usize) -> &[T] {
    let start = (place * WIDE).min(below.len());
    &below[start..below.len().min(start + WIDE)]
}

/// Edges by the place of their first ends along the curve; untouched if they stand so already.
fn along_the_curve(network: &Network, edges: Vec<EdgeId>) -> Vec<EdgeId> {
    let keys: Vec<u64> = network
        .nodes()
        .par_iter()
        .map(|node| node.on_curve())
        .collect();
    let key = |edge: &EdgeId| keys[network.edge(*edge).from.index()];
    if edges.is_sorted_by_key(key) {
        return edges;
    }
    let mut keyed: Vec<(u64, EdgeId)> = edges.into_iter().map(|edge| (key(&edge), edge)).collect();
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, edge)| edge).collect()
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
