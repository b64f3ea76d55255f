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
use crate::model::{Islands, Network, WalkedBy};
use crate::plane::{nearest_on_segment, squared_distance};

/// How many pieces or boxes stand in a box.
const WIDE: usize = 16;
/// Boxes are so many metres wider than what is in them, many times what rounding can move the foot
/// of a perpendicular (4e-9 m): no piece is nearer to a point than its box is.
const MARGIN: f64 = 1e-6;

/// A street piece on the conformal plane.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    pub from: [f64; 2],
    pub to: [f64; 2],
    pub edge: EdgeId,
    /// Whether it belongs to an island.
    pub is_island: bool,
    /// Whether those alone walk it who live there: only homes hang on it.
    pub of_residents: bool,
}

impl Piece {
    fn area(&self) -> Area {
        Area::at(self.from).with(Area::at(self.to))
    }

    fn squared_distance(&self, point: [f64; 2]) -> f64 {
        let (_, foot) = nearest_on_segment(point, self.from, self.to);
        squared_distance(point, foot)
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

    /// The box around a run of pieces, wider by the margin.
    fn of(pieces: &[Piece]) -> Self {
        let tight = pieces
            .iter()
            .flat_map(|piece| [piece.from, piece.to])
            .map(Self::at)
            .fold(Self::NONE, Self::with);
        Self {
            // Wider by the margin only here: boxes of boxes have it from those in them.
            low: tight.low.map(|x| x - MARGIN),
            high: tight.high.map(|x| x + MARGIN),
        }
    }

    const fn at(point: [f64; 2]) -> Self {
        Self {
            low: point,
            high: point,
        }
    }

    fn with(self, other: Self) -> Self {
        Self {
            low: [0, 1].map(|axis| self.low[axis].min(other.low[axis])),
            high: [0, 1].map(|axis| self.high[axis].max(other.high[axis])),
        }
    }

    fn wider(self, by: f64) -> Self {
        Self {
            low: self.low.map(|x| x - by),
            high: self.high.map(|x| x + by),
        }
    }

    fn meets(&self, other: Self) -> bool {
        [0, 1]
            .into_iter()
            .all(|axis| self.low[axis] <= other.high[axis] && other.low[axis] <= self.high[axis])
    }

    fn squared_distance(&self, point: [f64; 2]) -> f64 {
        // Past one of its two sides, or 0 between them.
        let [x, y] = [0, 1].map(|axis| {
            let below = self.low[axis] - point[axis];
            let above = point[axis] - self.high[axis];
            below.max(above).max(0.0)
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

/// What is looked for, and the boxes still to be looked into: a stack.
struct Question {
    point: [f64; 2],
    /// The squared distance of the best so far, and of the reach before there is any.
    bound: f64,
    open: Vec<Open>,
}

/// The pieces along the curve and the boxes over them, the lowest level first.
pub(super) struct Tree {
    pieces: Vec<Piece>,
    levels: Vec<Vec<Area>>,
}

impl Tree {
    /// A tree of these edges of a network. O(E) for edges along the curve, O(E log E) for others.
    pub(super) fn new(network: &Network, edges: Vec<EdgeId>) -> Self {
        // Once a vertex, as several pieces meet at most of them.
        let plane: Vec<[f64; 2]> = network
            .nodes()
            .par_iter()
            .map(|node| node.on_plane())
            .collect();
        // A few in order, looked up piece by piece.
        let own = edges_of_residents(network);
        let pieces = along_the_curve(network, edges)
            .into_par_iter()
            .map(|edge| {
                let ends = network.edge(edge);
                Piece {
                    from: plane[ends.from.index()],
                    to: plane[ends.to.index()],
                    edge,
                    is_island: Islands::is_small(network.component_size(edge)),
                    of_residents: own.binary_search(&edge).is_ok(),
                }
            })
            .collect();
        Self::packed(pieces)
    }

    /// All pieces, along the curve.
    pub(super) fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Level by level, until one run of boxes holds all.
    fn packed(pieces: Vec<Piece>) -> Self {
        // No pointers: a box's runs begin at its own place times the width.
        let lowest: Vec<Area> = pieces.par_chunks(WIDE).map(Area::of).collect();
        let mut levels = vec![lowest];
        while let Some(below) = levels.last().filter(|below| below.len() > WIDE) {
            levels.push(below.chunks(WIDE).map(around).collect());
        }
        Self { pieces, levels }
    }

    /// The nearest of the pieces that fit, at a squared distance of at most `within`; of several
    /// equally near ones that with the smallest id. O(log E) as a rule.
    ///
    /// Depth first, the nearest box first. Invariant: every piece that is nearer than the best so
    /// far, or as near, is in an open box or yet to come out of one.
    pub(super) fn nearest(
        &self,
        point: [f64; 2],
        within: f64,
        fits: impl Fn(&Piece) -> bool,
    ) -> Option<&Piece> {
        let mut best: Option<&Piece> = None;
        let mut question = Question {
            point,
            bound: within,
            open: Vec::with_capacity(4 * WIDE),
        };
        // One box around everything, above the highest level.
        self.look_into(self.levels.len(), 0, &mut question);
        while let Some(next) = question.open.pop() {
            // The bound may have come down since the box was opened.
            if next.distance_2 > question.bound {
                continue;
            }
            // A box over boxes; one over pieces is looked through below.
            if next.level > 0 {
                self.look_into(next.level, next.place, &mut question);
                continue;
            }
            for piece in run(&self.pieces, next.place) {
                let distance_2 = piece.squared_distance(point);
                let nearer = distance_2 < question.bound;
                let as_near = distance_2 <= question.bound;
                let better = nearer || as_near && best.is_none_or(|best| piece.edge < best.edge);
                // Whether it fits may take long (barriers): asked last.
                if better && fits(piece) {
                    best = Some(piece);
                    question.bound = distance_2;
                }
            }
        }
        best
    }

    /// Looks at the pieces whose boxes meet that of a line, or come so near to it. O(log E + k) as a rule.
    pub(super) fn meeting<'t>(
        &'t self,
        line: [[f64; 2]; 2],
        near: f64,
        mut visit: impl FnMut(&'t Piece),
    ) {
        let [from, to] = line.map(Area::at);
        let sought = from.with(to).wider(near);
        let mut open = vec![(self.levels.len(), 0)];
        while let Some((level, place)) = open.pop() {
            // A box over pieces: they are narrower than it, and asked one by one.
            let Some(below) = level.checked_sub(1) else {
                let pieces = run(&self.pieces, place).iter();
                pieces
                    .filter(|piece| piece.area().meets(sought))
                    .for_each(&mut visit);
                continue;
            };
            let areas = run(&self.levels[below], place).iter();
            let meet = areas
                .zip(place * WIDE..)
                .filter(|(area, _)| area.meets(sought));
            open.extend(meet.map(|(_, place)| (below, place)));
        }
    }

    /// Opens the boxes in a box that may hold something as near as the bound, the nearest last.
    fn look_into(&self, level: usize, place: usize, question: &mut Question) {
        let known = question.open.len();
        let areas = run(&self.levels[level - 1], place);
        for (area, place) in areas.iter().zip(place * WIDE..) {
            // Never more than the distance to any piece in the box.
            let distance_2 = area.squared_distance(question.point);
            if distance_2 <= question.bound {
                let level = level - 1;
                question.open.push(Open {
                    distance_2,
                    level,
                    place,
                });
            }
        }
        // The nearest last, as it is taken first.
        question.open[known..].sort_unstable_by(|a, b| b.distance_2.total_cmp(&a.distance_2));
    }
}

/// The ways of residents, in order.
fn edges_of_residents(network: &Network) -> Vec<EdgeId> {
    let traits = network.traits().iter();
    let own = traits.filter(|(_, street)| street.walked_by == WalkedBy::Residents);
    own.map(|&(edge, _)| edge).collect()
}

fn around(areas: &[Area]) -> Area {
    areas.iter().copied().fold(Area::NONE, Area::with)
}

/// What stands in the box at this place.
fn run<T>(below: &[T], place: usize) -> &[T] {
    let start = (place * WIDE).min(below.len());
    let end = (start + WIDE).min(below.len());
    &below[start..end]
}

/// Edges by the place of their first ends along the curve; untouched if they stand so already.
fn along_the_curve(network: &Network, edges: Vec<EdgeId>) -> Vec<EdgeId> {
    let keys: Vec<u64> = network
        .nodes()
        .par_iter()
        .map(|node| node.on_curve())
        .collect();
    let key = |edge: &EdgeId| keys[network.edge(*edge).from.index()];
    // A network that was read stands in this order.
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
