//! A contour through a grid of times, as Valhalla draws isochrones.
//!
//! Valhalla (`src/thor/isochrone.cc`) lays a grid of 0.001° over the streets, walks along every reached
//! edge in steps of a quarter of a cell, and gives each cell that it meets the least time. Between the
//! middles of the cells it draws the contour of the limit (`valhalla/midgard/gridded_data.h`, after
//! Bourke's CONREC 1987); a cell that no street crosses counts as a minute too late.
//!
//! ```text
//!   -3 min    -1 min     +1 min, as no street crosses the cell
//!     •─────────•────┼────•
//!     │         │     \   │      in time: where between the middles the
//!     •─────────•──────┼──•      time is the limit, if it grew evenly
//!   -4 min    -2 min     +1 min
//! ```
//!
//! What is done otherwise here, always to the better: all rings are kept (Valhalla keeps the largest one
//! unless `denoise` is below 1), none is simplified, and cells are of metres and square. Valhalla's own
//! search goes ten minutes past the limit, so that fewer cells next to the border count as unknown: so
//! does this one if what it is given does.

use std::collections::BTreeMap;

use geo::{Area, Contains};
use geo_types::{Coord, Line, LineString, MultiPolygon, Polygon};
use walkshed::TravelTime;
use walkshed::model::Network;
use walkshed::search::ReachedStreets;

use super::plane::LocalPlane;

/// How late a cell is that no street crosses.
const UNKNOWN_S: f64 = 60.0;
/// No middle of a cell lies on the contour, so that rings do not touch: it is at least so early or late.
const LEAST_S: f64 = 1.0;
/// Steps along a street for the width of a cell.
const STEPS: f64 = 4.0;

/// The contour of a limit through a grid of the least times on reached streets.
///
/// `reached` may go past the limit. O(stretches + cells in the box around them).
pub fn grid_contour(
    reached: &ReachedStreets,
    network: &Network,
    limit: TravelTime,
    cell_m: f64,
) -> MultiPolygon {
    let Some(plane) = LocalPlane::around(reached, network) else {
        return MultiPolygon::new(Vec::new());
    };
    let lines: Vec<Line> = reached
        .stretches
        .iter()
        .map(|stretch| plane.line(network, stretch))
        .collect();
    let mut grid = Grid::around(&lines, cell_m);
    for (line, stretch) in lines.iter().zip(&reached.stretches) {
        let late = stretch.times.map(|time| time.seconds() - limit.seconds());
        grid.mark(line, late);
    }
    plane.degrees(&polygons(grid.rings()))
}

/// How late one is in each cell of a grid.
struct Grid {
    cell_m: f64,
    /// The middle of the first cell.
    low: Coord,
    columns: usize,
    rows: usize,
    /// By row, by column, seconds past the limit; below zero in time.
    late: Vec<f64>,
}

/// Where the contour crosses the line from the middle of a cell to that of the next one: its row, its
/// column, and where the next one lies.
type Crossing = (usize, usize, Next);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Next {
    East,
    North,
}

impl Grid {
    /// The cells that lines lie in, and one more on every side: nobody is in time there, so that rings
    /// close. The origin is the middle of a cell.
    fn around(lines: &[Line], cell_m: f64) -> Self {
        let ends = lines.iter().flat_map(|line| [line.start, line.end]);
        let mut low: Coord = Coord::zero();
        let mut high: Coord = Coord::zero();
        for end in ends {
            low = Coord {
                x: low.x.min(end.x),
                y: low.y.min(end.y),
            };
            high = Coord {
                x: high.x.max(end.x),
                y: high.y.max(end.y),
            };
        }
        let first = [low.x, low.y].map(|least| (least / cell_m).round() - 1.0);
        let last = [high.x, high.y].map(|most| (most / cell_m).round() + 1.0);
        let [columns, rows] = [0, 1].map(|axis| whole(last[axis] - first[axis]) + 1);
        Self {
            cell_m,
            low: Coord {
                x: first[0] * cell_m,
                y: first[1] * cell_m,
            },
            columns,
            rows,
            late: vec![UNKNOWN_S; columns * rows],
        }
    }

    /// Gives the cells along a line the least of their time and the line's.
    fn mark(&mut self, line: &Line, late: [f64; 2]) {
        let length = line.dx().hypot(line.dy());
        let steps = (length / self.cell_m * STEPS).ceil().max(1.0);
        for step in 0..=whole(steps) {
            let part = float(step) / steps;
            let late = late[0] + (late[1] - late[0]) * part;
            let at = line.start + line.delta() * part;
            let column = whole(((at.x - self.low.x) / self.cell_m).round());
            let row = whole(((at.y - self.low.y) / self.cell_m).round());
            let known = &mut self.late[row * self.columns + column];
            *known = known.min(late);
        }
    }

    /// How late one is in a cell: never quite in time.
    fn late(&self, row: usize, column: usize) -> f64 {
        let late = self.late[row * self.columns + column];
        if late <= 0.0 {
            late.min(-LEAST_S)
        } else {
            late.max(LEAST_S)
        }
    }

    fn in_time(&self, row: usize, column: usize) -> bool {
        self.late(row, column) < 0.0
    }

    /// The rings of the contour, what is in time to their left (*marching squares*).
    fn rings(&self) -> Vec<LineString> {
        let mut after = BTreeMap::new();
        for row in 1..self.rows {
            for column in 1..self.columns {
                self.cut(row - 1, column - 1, &mut after);
            }
        }
        // Each crossing has one piece of contour that comes and one that goes: what begins ends there.
        let mut rings = Vec::new();
        while let Some((start, mut at)) = after.pop_first() {
            let mut ring = vec![self.place(start)];
            while at != start {
                ring.push(self.place(at));
                let Some(next) = after.remove(&at) else {
                    break;
                };
                at = next;
            }
            let mut ring = LineString::new(ring);
            ring.close();
            rings.push(ring);
        }
        rings
    }

    /// Puts in the pieces of contour in the square between four cells, of which the south-western one is
    /// told. Round the square, counter-clockwise, a piece begins where time runs out.
    fn cut(&self, row: usize, column: usize, after: &mut BTreeMap<Crossing, Crossing>) {
        let corners = [
            (row, column),
            (row, column + 1),
            (row + 1, column + 1),
            (row + 1, column),
        ];
        let sides = [
            (row, column, Next::East),
            (row, column + 1, Next::North),
            (row + 1, column, Next::East),
            (row, column, Next::North),
        ];
        let in_time = corners.map(|(row, column)| self.in_time(row, column));
        let late: f64 = corners
            .iter()
            .map(|&(row, column)| self.late(row, column))
            .sum();
        // Where two opposite corners are in time, they meet in the middle if their mean is in time: then
        // each piece goes round the late corner that comes next, else round the corner it begins at.
        let order = if late < 0.0 { [1, 2, 3] } else { [3, 2, 1] };
        for side in 0..4 {
            if !in_time[side] || in_time[(side + 1) % 4] {
                continue;
            }
            let mut others = order.iter().map(|on| (side + on) % 4);
            let end = others.find(|&other| !in_time[other] && in_time[(other + 1) % 4]);
            if let Some(end) = end {
                after.insert(sides[side], sides[end]);
            }
        }
    }

    /// Where a crossing lies, if the time grows evenly between the cells.
    fn place(&self, (row, column, next): Crossing) -> Coord {
        let (to_row, to_column) = match next {
            Next::East => (row, column + 1),
            Next::North => (row + 1, column),
        };
        let from = self.late(row, column);
        let part = from / (from - self.late(to_row, to_column));
        let middle = self.middle(row, column);
        middle + (self.middle(to_row, to_column) - middle) * part
    }

    fn middle(&self, row: usize, column: usize) -> Coord {
        let steps = Coord {
            x: float(column),
            y: float(row),
        };
        self.low + steps * self.cell_m
    }
}

/// Rings that do not touch as polygons: those that run clockwise are holes in the smallest one around them.
fn polygons(rings: Vec<LineString>) -> MultiPolygon {
    let rings = rings.into_iter().map(|ring| Polygon::new(ring, Vec::new()));
    let (mut outer, holes): (Vec<Polygon>, Vec<Polygon>) =
        rings.partition(|ring| ring.signed_area() > 0.0);
    outer.sort_by(|one, other| one.unsigned_area().total_cmp(&other.unsigned_area()));
    for hole in holes {
        let corner = hole.exterior().0[0];
        let around = outer.iter_mut().find(|outer| outer.contains(&corner));
        if let Some(around) = around {
            around.interiors_push(hole.exterior().clone());
        }
    }
    MultiPolygon::new(outer)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "cells of a grid around a walk: whole, not negative, and a few thousand"
)]
const fn whole(cells: f64) -> usize {
    cells as usize
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
const fn float(cells: usize) -> f64 {
    cells as f64
}
