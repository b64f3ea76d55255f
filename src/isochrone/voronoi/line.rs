//! A piece of street on the conformal plane.

use crate::ids::EdgeId;
use crate::model::Network;
use crate::plane::Position;

/// A piece of street on the plane, with directions of length one along it and to its left.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::isochrone) struct Line {
    pub from: [f64; 2],
    pub along: [f64; 2],
    pub left: [f64; 2],
    /// In metres of the plane.
    pub length: f64,
    /// Metres of the plane for a metre on the ground.
    pub scale: f64,
}

impl Line {
    pub(in crate::isochrone) fn of(network: &Network, edge: EdgeId) -> Self {
        let ends = network.edge(edge);
        let [from, to] = [ends.from, ends.to].map(|node| network.node(node));
        Self::between(from, to)
    }

    /// The line between two places; `scale` is that of the first.
    fn between(start: Position, end: Position) -> Self {
        let [from, to] = [start, end].map(Position::on_plane);
        let way = [to[0] - from[0], to[1] - from[1]];
        let length = way[0].hypot(way[1]);
        // Without length any direction will do: such a piece has no land.
        let along = if length > 0.0 {
            [way[0] / length, way[1] / length]
        } else {
            [1.0, 0.0]
        };
        Self {
            from,
            along,
            left: [-along[1], along[0]],
            length,
            scale: start.scale(),
        }
    }

    /// A line of no length: what a fan is around.
    pub(super) fn at(place: Position) -> Self {
        Self::between(place, place)
    }

    /// The point so far along the line, and so far to its left (or, below zero, to its right).
    pub(in crate::isochrone) fn point(&self, at: f64, left: f64) -> [f64; 2] {
        [0, 1].map(|axis| self.from[axis] + at * self.along[axis] + left * self.left[axis])
    }
}
