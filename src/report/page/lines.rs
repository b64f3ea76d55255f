//! Streets and shores as few, long, thinned lines, so that a county fits into a page.

use std::collections::BTreeMap;

use geo_types::MultiPolygon;

use crate::model::{Boundary, Network, Outline, Units};
use crate::plane::{Position, nearest_on_segment, squared_distance};

use super::frame::{Frame, Point};

/// The streets as lines from junction to junction, without fixed links. O(nodes + edges).
pub(super) fn streets(network: &Network, frame: &Frame) -> Vec<Vec<Point>> {
    let mut at: Vec<Vec<usize>> = vec![Vec::new(); network.nodes().len()];
    for (place, edge) in network.edges().iter().enumerate() {
        at[edge.from.index()].push(place);
        at[edge.to.index()].push(place);
    }
    let mut walk = Walk {
        network,
        at,
        drawn: vec![false; network.edges().len()],
    };
    // A fixed link is no street.
    for (link, _) in network.links() {
        walk.drawn[link.index()] = true;
    }
    let mut lines = Vec::new();
    // From junctions first; what is left then are rings without one.
    for from_junctions in [true, false] {
        for start in 0..walk.at.len() {
            if (walk.at[start].len() != 2) != from_junctions {
                continue;
            }
            for first in walk.at[start].clone() {
                if !walk.drawn[first] {
                    lines.push(placed(&walk.follow(start, first), frame));
                }
            }
        }
    }
    lines.retain(|line| line.iter().any(|&point| frame.holds(point)));
    lines
}

/// A walk along pieces of street that were not walked before.
struct Walk<'n> {
    network: &'n Network,
    /// The edges at each vertex.
    at: Vec<Vec<usize>>,
    drawn: Vec<bool>,
}

impl Walk<'_> {
    /// The line from a vertex along an edge, up to the next junction or end.
    fn follow(&mut self, start: usize, first: usize) -> Vec<Position> {
        let mut line = vec![self.network.nodes()[start]];
        let mut node = start;
        let mut next = Some(first);
        while let Some(edge) = next {
            self.drawn[edge] = true;
            let ends = self.network.edges()[edge];
            let far = if ends.from.index() == node {
                ends.to
            } else {
                ends.from
            };
            node = far.index();
            line.push(self.network.nodes()[node]);
            let edges = &self.at[node];
            next = edges
                .iter()
                .copied()
                .find(|&other| edges.len() == 2 && !self.drawn[other]);
        }
        line
    }
}

/// Barriers as lines: pairs of neighbouring vertices put together.
pub(super) fn barriers(pairs: &[[Position; 2]], frame: &Frame) -> Vec<Vec<Point>> {
    let mut lines: Vec<Vec<Position>> = Vec::new();
    for &[from, to] in pairs {
        match lines.last_mut().filter(|line| line.last() == Some(&from)) {
            Some(line) => line.push(to),
            None => lines.push(vec![from, to]),
        }
    }
    let mut lines: Vec<_> = lines.iter().map(|line| placed(line, frame)).collect();
    lines.retain(|line| line.iter().any(|&point| frame.holds(point)));
    lines
}

/// The outlines of a boundary: pieces put together, end to end. O(n log n).
pub(super) fn outlines(boundary: &Boundary, frame: &Frame) -> Vec<Vec<Point>> {
    let pieces = boundary.pieces();
    let pieces = pieces
        .iter()
        .map(|piece| piece.map(|end| frame.on_plane(end)));
    // The pieces that begin at each point; those of no length in whole metres lead nowhere.
    let mut onward: BTreeMap<Point, Vec<Point>> = BTreeMap::new();
    for [from, to] in pieces.filter(|[from, to]| from != to) {
        onward.entry(from).or_default().push(to);
    }
    let mut lines = Vec::new();
    while let Some((&start, _)) = onward.first_key_value() {
        let mut line = vec![start];
        let mut here = start;
        while let Some(next) = step(&mut onward, here) {
            line.push(next);
            here = next;
        }
        lines.push(line);
    }
    lines.retain(|line| line.iter().any(|&point| frame.holds(point)));
    lines
}

/// The outlines of units that are areas, ring by ring. A border of two is in both.
pub(super) fn borders(units: &Units, frame: &Frame) -> Vec<Vec<Point>> {
    let outlines = units.iter().filter_map(|(_, unit)| unit.outline.as_ref());
    let areas = outlines.map(Outline::to_multi_polygon);
    let mut lines: Vec<_> = areas.flat_map(|areas| rings(&areas, frame)).collect();
    lines.retain(|line| meets(line, frame));
    lines
}

/// Whether the rectangle around a ring meets the frame: a ring around all of it has no vertex inside.
fn meets(line: &[Point], frame: &Frame) -> bool {
    (0..2).all(|axis| {
        let values = || line.iter().map(|point| point[axis]);
        values()
            .min()
            .is_some_and(|least| least <= frame.size[axis])
            && values().max().is_some_and(|most| most >= 0)
    })
}

/// The rings of areas, each as it turns.
pub(super) fn rings(areas: &MultiPolygon, frame: &Frame) -> Vec<Vec<Point>> {
    let rings = areas
        .iter()
        .flat_map(|area| std::iter::once(area.exterior()).chain(area.interiors()));
    let ring = |line: &geo_types::LineString<f64>| {
        let places = line.coords().filter_map(|at| Position::new(at.x, at.y));
        places.map(|at| frame.point(at)).collect()
    };
    rings.map(ring).collect()
}

/// Takes one of the pieces that begin at a point, and tells where it leads.
fn step(onward: &mut BTreeMap<Point, Vec<Point>>, from: Point) -> Option<Point> {
    let ends = onward.get_mut(&from)?;
    let next = ends.pop();
    if ends.is_empty() {
        onward.remove(&from);
    }
    next
}

fn placed(line: &[Position], frame: &Frame) -> Vec<Point> {
    line.iter().map(|&at| frame.point(at)).collect()
}

/// The lines with no more than so many points in all: thinned by the least tolerance, doubled from the
/// given one, that gets there; where none does, without lines shorter than the tolerance.
pub(super) fn within(lines: &[Vec<Point>], tolerance: f64, most: usize) -> Vec<Vec<Point>> {
    let mut tolerance = tolerance;
    loop {
        let thinned: Vec<Vec<Point>> = lines
            .iter()
            .map(|line| thinned(line, tolerance))
            .filter(|line| is_seen(line, tolerance))
            .collect();
        let points: usize = thinned.iter().map(Vec::len).sum();
        if points <= most {
            return thinned;
        }
        tolerance *= 2.0;
    }
}

/// Whether a line is longer than the tolerance from end to end, or has a shape of its own.
fn is_seen(line: &[Point], tolerance: f64) -> bool {
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else {
        return false;
    };
    line.len() > 2 || squared_distance(float(first), float(last)) > tolerance * tolerance
}

/// The line without the vertices that lie nearer than the tolerance to it (Douglas and Peucker 1973).
fn thinned(line: &[Point], tolerance: f64) -> Vec<Point> {
    let mut kept = vec![false; line.len()];
    let mut stretches = vec![(0, line.len().saturating_sub(1))];
    // On a stack of our own: a long line would exhaust that of the thread.
    while let Some((from, to)) = stretches.pop() {
        if let Some(end) = line.get(to) {
            kept[from] = true;
            kept[to] = true;
            let [a, b] = [float(line[from]), float(*end)];
            let off = |place: usize| {
                let point = float(line[place]);
                squared_distance(point, nearest_on_segment(point, a, b).1)
            };
            let far = (from + 1..to).max_by(|&i, &j| off(i).total_cmp(&off(j)));
            if let Some(place) = far.filter(|&place| off(place) > tolerance * tolerance) {
                stretches.push((from, place));
                stretches.push((place, to));
            }
        }
    }
    let points = line.iter().zip(kept);
    points
        .filter_map(|(point, kept)| kept.then_some(*point))
        .collect()
}

#[expect(clippy::cast_precision_loss, reason = "no map is 2^52 m wide")]
fn float(point: Point) -> [f64; 2] {
    point.map(|value| value as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw;

    #[test]
    fn each_street_is_drawn_once_from_junction_to_junction() {
        let study = draw::town("A--x--B\n|     |\n+--s--C--D", 50.0, "s");
        let frame = Frame::around(&study).expect("it has a cell");
        let mut lines = streets(study.network(), &frame);
        for line in &mut lines {
            line.sort_unstable();
        }
        lines.sort();
        // The ring from C around and back, and the end at D.
        let lengths: Vec<usize> = lines.iter().map(Vec::len).collect();
        assert_eq!(lengths, [5, 2]);
    }

    #[test]
    fn an_outline_is_one_ring() {
        let study = draw::town("A--x--B\n|     |\n+--s--C", 50.0, "s");
        let frame = Frame::around(&study).expect("it has a cell");
        let corners = [[0.0, 0.0], [0.002, 0.0], [0.002, -0.001], [0.0, -0.001]];
        let at = |[lon, lat]: [f64; 2]| Position::new(lon, lat).expect("it is on the globe");
        let boundary = Boundary::new(vec![vec![corners.map(at).to_vec()]]).expect("an area");
        let lines = outlines(&boundary, &frame);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].len(), 5);
        assert_eq!(lines[0].first(), lines[0].last());
    }

    #[test]
    fn what_hardly_bends_is_straightened_and_the_budget_holds() {
        let wiggle: Vec<Point> = (0..100).map(|x| [10 * x, x % 2]).collect();
        assert_eq!(
            within(std::slice::from_ref(&wiggle), 2.0, 1000),
            [[[0, 0], [990, 1]]]
        );
        assert_eq!(thinned(&wiggle, 0.1).len(), 100);
        let lines = vec![wiggle; 50];
        let few = within(&lines, 0.1, 200);
        assert!(few.iter().map(Vec::len).sum::<usize>() <= 200);
        assert!(
            within(&lines, 0.1, 10).is_empty(),
            "too many for any tolerance"
        );
    }
}
