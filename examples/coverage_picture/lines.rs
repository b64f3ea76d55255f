//! Streets and shores as few, long, thinned lines.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use walkshed::model::Network;
use walkshed::plane::{Position, nearest_on_segment, squared_distance};

/// A point of the picture.
pub type Point = [f64; 2];

/// The streets as lines from junction to junction, without fixed links.
pub fn streets(network: &Network) -> Vec<Vec<Position>> {
    let mut at = vec![Vec::new(); network.nodes().len()];
    for (place, edge) in network.edges().iter().enumerate() {
        at[edge.from.index()].push(place);
        at[edge.to.index()].push(place);
    }
    let mut drawn = vec![false; network.edges().len()];
    // A fixed link is no street.
    for (link, _) in network.links() {
        drawn[link.index()] = true;
    }
    let mut lines = Vec::new();
    // Junctions first; what is left then are rings without one.
    for junction in [true, false] {
        for start in (0..at.len()).filter(|&node| (at[node].len() != 2) == junction) {
            for &first in &at[start] {
                if !drawn[first] {
                    lines.push(follow(network, &at, &mut drawn, start, first));
                }
            }
        }
    }
    lines
}

fn follow(
    network: &Network,
    at: &[Vec<usize>],
    drawn: &mut [bool],
    start: usize,
    first: usize,
) -> Vec<Position> {
    let (mut node, mut next, mut line) = (start, Some(first), vec![network.nodes()[start]]);
    while let Some(edge) = next {
        drawn[edge] = true;
        let ends = network.edges()[edge];
        node = if ends.from.index() == node {
            ends.to.index()
        } else {
            ends.from.index()
        };
        line.push(network.nodes()[node]);
        next = at[node]
            .iter()
            .copied()
            .find(|&other| !drawn[other])
            .filter(|_| at[node].len() == 2);
    }
    line
}

/// Pairs of neighbouring vertices as lines.
pub fn joined(pairs: &[[Position; 2]]) -> Vec<Vec<Position>> {
    let mut lines: Vec<Vec<Position>> = Vec::new();
    for &[from, to] in pairs {
        match lines.last_mut().filter(|line| line.last() == Some(&from)) {
            Some(line) => line.push(to),
            None => lines.push(vec![from, to]),
        }
    }
    lines
}

/// The line without the vertices that lie nearer than `tolerance` to it (Douglas and Peucker 1973).
pub fn thinned(line: &[Point], tolerance: f64) -> Vec<Point> {
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else {
        return Vec::new();
    };
    let off = |p: Point| squared_distance(p, nearest_on_segment(p, first, last).1);
    let inner = 1..line.len().saturating_sub(1);
    let far = inner.max_by(|&i, &j| off(line[i]).total_cmp(&off(line[j])));
    match far.filter(|&i| off(line[i]) > tolerance * tolerance) {
        Some(i) => {
            let mut kept = thinned(&line[..=i], tolerance);
            kept.pop();
            kept.extend(thinned(&line[i..], tolerance));
            kept
        }
        None => vec![first, last],
    }
}

/// The `d` of an SVG path: whole numbers, relative steps.
pub fn path(lines: &[Vec<Point>]) -> String {
    let mut path = String::new();
    for line in lines {
        let mut last: Option<[i64; 2]> = None;
        for &point in line {
            let here = whole(point);
            let _ = match last {
                None => write!(path, "M{} {}l", here[0], here[1]),
                Some(there) => write!(path, "{} {} ", here[0] - there[0], here[1] - there[1]),
            };
            last = Some(here);
        }
    }
    path.replace(" -", "-")
        .replace(" M", "M")
        .trim_end()
        .to_owned()
}

/// Dots of each width, as lines without length under round caps.
pub fn dots(points: &[(Point, u32)]) -> BTreeMap<u32, String> {
    let mut by_width: BTreeMap<u32, String> = BTreeMap::new();
    for &(point, width) in points {
        let [x, y] = whole(point);
        let _ = write!(by_width.entry(width).or_default(), "M{x} {y}h0");
    }
    by_width
}

fn whole(point: Point) -> [i64; 2] {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pictures are some thousand points wide"
    )]
    point.map(|value| value.round() as i64)
}
