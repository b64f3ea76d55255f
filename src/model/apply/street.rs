//! Changes to streets: one more, one piece less, one piece slower.

use super::error::ChangeError;
use super::join::{between, end_at, split};
use super::nearest::meant;
use super::touched::Touched;
use crate::ids::{EdgeId, NodeId};
use crate::model::network::{Gate, Network, NetworkError, NetworkParts, add_gate};
use crate::model::street::Traits;
use crate::model::study::Study;
use crate::plane::Position;

/// Within this many metres of a vertex an end of a new street is that vertex.
const SAME_M: f64 = 0.01;
/// The longest piece of street in metres.
const LONGEST_M: f64 = 1e6;

type Changed = Result<(Study, Touched), ChangeError>;

/// The study without the piece of street nearest to a place. O(E).
pub(super) fn cut(study: &Study, at: Position) -> Changed {
    let near = meant(study.network(), at)?;
    let mut streets = study.network().clone().into_parts();
    let gone = near.edge.index();
    streets.edges.remove(gone);
    if !streets.names.is_empty() {
        streets.names.remove(gone);
    }
    streets.traits.retain(|&(edge, _)| edge != gone);
    // The pieces after it are numbered one less.
    for (edge, _) in &mut streets.traits {
        *edge -= usize::from(*edge > gone);
    }
    let mut touched = Touched::nothing(study.sites(), study.network());
    touched.streets.cut(near.edge);
    Ok((study.with_network(put_together(streets)), touched))
}

/// The study where the piece of street nearest to a place takes so many times longer. O(E).
pub(super) fn slow(study: &Study, at: Position, times: f64) -> Changed {
    if !(times >= 1.0 && times.is_finite()) {
        return Err(ChangeError::BadTimes { times });
    }
    let near = meant(study.network(), at)?;
    let before = study.network().traits_of(near.edge);
    // Slowed twice is slowed by both, up to the most that a search can count with.
    let slower = (before.slower * times).min(Traits::SLOWEST);
    let mut touched = Touched::nothing(study.sites(), study.network());
    // One that is as slow as can be stays as it is.
    if slower.to_bits() != before.slower.to_bits() {
        touched.streets.alter(near.edge);
    }
    let mut streets = study.network().clone().into_parts();
    let edge = near.edge.index();
    streets.traits.retain(|&(other, _)| other != edge);
    streets.traits.push((edge, Traits { slower, ..before }));
    Ok((study.with_network(put_together(streets)), touched))
}

pub(super) fn add(study: &Study, line: &[Position]) -> Changed {
    let [first, .., last] = *line else {
        let vertices = line.len();
        return Err(ChangeError::ShortStreet { vertices });
    };
    check_line(line)?;
    let mut touched = Touched::nothing(study.sites(), study.network());
    let old = study.network().edges().len();
    // The second end may join a piece that the first one has just split.
    let (network, start) = joined(study.network().clone(), first, &mut touched);
    let (network, end) = joined(network, last, &mut touched);
    let mut streets = network.into_parts();
    lay(&mut streets, line, [start, end])?;
    let now = streets.edges.len();
    touched.streets.add((old..now).map(EdgeId::new));
    Ok((study.with_network(put_together(streets)), touched))
}

fn check_line(line: &[Position]) -> Result<(), ChangeError> {
    match line.iter().find(|at| !at.is_on_globe()) {
        Some(&at) => Err(ChangeError::NoPlace { at }),
        None => Ok(()),
    }
}

/// The streets with a vertex where this end joins them, and which one; none where it hangs free.
fn joined(network: Network, end: Position, touched: &mut Touched) -> (Network, Option<usize>) {
    let Ok(near) = meant(&network, end) else {
        return (network, None);
    };
    let (network, node) = match end_at(network.edge(near.edge), near.along) {
        Some(node) => (network, node.index()),
        None => {
            touched.streets.alter(near.edge);
            let (streets, node) = split(&network, near);
            (put_together(streets), node)
        }
    };
    // Where only ways of residents meet, a street of all makes a gate: they come out, nobody goes in.
    if network.is_inside(NodeId::new(node)) {
        let mut streets = network.into_parts();
        let outside = add_gate(&mut streets, node, Gate::Outside);
        return (put_together(streets), Some(outside));
    }
    (network, Some(node))
}

/// Lays a line between the vertices that its ends join; a free end is a vertex of its own.
fn lay(
    streets: &mut NetworkParts,
    line: &[Position],
    [start, end]: [Option<usize>; 2],
) -> Result<(), ChangeError> {
    // An end that lies on the vertex it joins makes no vertex of its own, and no piece without length.
    let mut new = line;
    if let [before @ .., last] = new
        && is_there(streets, end, *last)
    {
        new = before;
    }
    if let [first, after @ ..] = new
        && is_there(streets, start, *first)
    {
        new = after;
    }
    let nodes = streets.nodes.len();
    streets.nodes.extend(new);
    let mut course: Vec<usize> = start.into_iter().collect();
    course.extend(nodes..streets.nodes.len());
    course.extend(end);
    let pieces = course_pieces(streets, &course)?;
    raise(streets, &course, &pieces);
    if !streets.names.is_empty() {
        let names = streets.names.len() + pieces.len();
        streets.names.resize(names, None);
    }
    streets.edges.extend(pieces);
    Ok(())
}

/// Whether an end of a line is the vertex that it joins.
fn is_there(streets: &NetworkParts, node: Option<usize>, end: Position) -> bool {
    node.is_some_and(|node| streets.nodes[node].distance(end) <= SAME_M)
}

/// The pieces between the vertices of a course, measured on the ground.
fn course_pieces(
    streets: &NetworkParts,
    course: &[usize],
) -> Result<Vec<(usize, usize, f64)>, ChangeError> {
    let mut pieces = Vec::with_capacity(course.len());
    for ends in course.windows(2) {
        let metres = streets.nodes[ends[0]].distance(streets.nodes[ends[1]]);
        if metres > LONGEST_M {
            return Err(ChangeError::TooLong { metres });
        }
        pieces.push((ends[0], ends[1], metres));
    }
    Ok(pieces)
}

/// The heights along a new street: it rises evenly between two ends whose heights are known, and
/// else they are not known.
fn raise(streets: &mut NetworkParts, course: &[usize], pieces: &[(usize, usize, f64)]) {
    if streets.heights.is_empty() {
        return;
    }
    let low = height(streets, course.first());
    let high = height(streets, course.last());
    streets.heights.resize(streets.nodes.len(), None);
    let Some((low, high)) = low.zip(high) else {
        return;
    };
    let whole: f64 = pieces.iter().map(|piece| piece.2).sum();
    let mut gone = 0.0;
    // The last piece ends at a vertex whose height stands.
    for &(_, to, metres) in pieces.iter().take(pieces.len().saturating_sub(1)) {
        gone += metres;
        let part = if whole > 0.0 { gone / whole } else { 0.0 };
        streets.heights[to] = Some(between(low, high, part));
    }
}

fn height(streets: &NetworkParts, node: Option<&usize>) -> Option<f32> {
    streets.heights.get(*node?).copied().flatten()
}

fn put_together(streets: NetworkParts) -> Network {
    let network: Result<Network, NetworkError> = Network::with_traits(streets);
    network.expect("made from a valid network, by valid pieces")
}
