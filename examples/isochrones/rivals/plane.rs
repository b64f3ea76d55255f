//! A plane around reached streets, in metres on the ground.

use geo::MapCoords;
use geo_types::{Coord, Line, MultiPolygon};
use walkshed::model::Network;
use walkshed::plane::Position;
use walkshed::search::{ReachedStreets, Stretch};

/// The conformal plane, moved and scaled so that a metre around its origin is a metre on the ground.
///
/// Over a walk of an hour the scale changes by less than one in a thousand.
#[derive(Debug, Clone, Copy)]
pub struct LocalPlane {
    origin: [f64; 2],
    /// Metres of the conformal plane for a metre on the ground.
    scale: f64,
}

impl LocalPlane {
    /// The plane around the place that streets were reached from; none where nothing was reached.
    pub fn around(reached: &ReachedStreets, network: &Network) -> Option<Self> {
        let soonest = |stretch: &&Stretch| stretch.times[0].min(stretch.times[1]);
        let first = reached.stretches.iter().min_by_key(soonest)?;
        let begin = network.node(network.edge(first.edge).from);
        let beside = Self {
            origin: begin.on_plane(),
            scale: begin.scale(),
        };
        let line = beside.line(network, first);
        let nearest = if first.times[0] <= first.times[1] {
            line.start
        } else {
            line.end
        };
        let place = beside.position(nearest);
        Some(Self {
            origin: place.on_plane(),
            scale: place.scale(),
        })
    }

    /// Where a position lies on it.
    pub fn coord(&self, at: Position) -> Coord {
        let [x, y] = at.on_plane();
        Coord {
            x: (x - self.origin[0]) / self.scale,
            y: (y - self.origin[1]) / self.scale,
        }
    }

    fn position(&self, at: Coord) -> Position {
        Position::from_plane([
            self.origin[0] + at.x * self.scale,
            self.origin[1] + at.y * self.scale,
        ])
    }

    /// A stretch as a part of the straight line between the two nodes of its street. Always finite.
    pub fn line(&self, network: &Network, stretch: &Stretch) -> Line {
        let edge = network.edge(stretch.edge);
        let [from, to] = [edge.from, edge.to].map(|node| self.coord(network.node(node)));
        let [start, end] = stretch.offsets.map(|offset| {
            // 0 / 0 is not a number.
            let share = if edge.metres > 0.0 {
                offset / edge.metres
            } else {
                0.0
            };
            from + (to - from) * share
        });
        Line::new(start, end)
    }

    /// Polygons of this plane in degrees.
    pub fn degrees(&self, polygons: &MultiPolygon) -> MultiPolygon {
        polygons.map_coords(|at| self.position(at).into())
    }
}
