//! Changes to streets: one more, one piece less, one piece slower.

use super::super::{Network, NetworkParts, Traits};
use super::STREET_REACH_M;
use super::joint::join;
use crate::ids::EdgeId;
use crate::plane::{Position, nearest_on_segment, squared_distance};

/// The point of the streets that is nearest to a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NearStreet {
    /// The piece of street; of several at exactly the same distance the one with the smallest id.
    pub edge: EdgeId,
    /// How far along it from its first end, 0 to 1.
    pub along: f64,
    /// Where the point is.
    pub at: Position,
    /// How far it is from the place in a straight line, in metres.
    pub metres: f64,
}

/// The point of the streets that is nearest to a place, however far; none without streets. O(E).
#[must_use]
pub fn near_street(network: &Network, place: Position) -> Option<NearStreet> {
    let point = place.on_plane();
    let plane: Vec<[f64; 2]> = network.nodes().iter().map(|node| node.on_plane()).collect();
    let feet = network.edges().iter().enumerate().map(|(edge, ends)| {
        let (along, foot) =
            nearest_on_segment(point, plane[ends.from.index()], plane[ends.to.index()]);
        (squared_distance(point, foot), edge, along, foot)
    });
    let (_, edge, along, foot) = feet.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
    let at = Position::from_plane(foot);
    Some(NearStreet {
        edge: EdgeId::new(edge),
        along,
        at,
        metres: place.distance(at),
    })
}

/// The nearest point, when it is near enough to be meant.
pub(super) fn meant(network: &Network, place: Position) -> Option<NearStreet> {
    near_street(network, place).filter(|near| near.metres <= STREET_REACH_M)
}

pub(super) fn cut(network: Network, at: Position) -> Network {
    let Some(near) = meant(&network, at) else {
        return network;
    };
    let gone = near.edge.index();
    rebuilt(network, |streets| {
        streets.edges.remove(gone);
        if !streets.names.is_empty() {
            streets.names.remove(gone);
        }
        streets.traits.retain(|&(edge, _)| edge != gone);
        streets
            .traits
            .iter_mut()
            .filter(|(edge, _)| *edge > gone)
            .for_each(|(edge, _)| *edge -= 1);
    })
}

pub(super) fn slowed(network: Network, at: Position, times: f64) -> Network {
    let Some(near) = meant(&network, at) else {
        return network;
    };
    let (edge, before) = (near.edge.index(), network.traits_of(near.edge));
    let slower = (before.slower * times.max(1.0)).min(Traits::SLOWEST);
    rebuilt(network, |streets| {
        streets.traits.retain(|&(other, _)| other != edge);
        streets.traits.push((edge, Traits { slower, ..before }));
    })
}

pub(super) fn added(mut network: Network, line: &[Position]) -> Network {
    let [Some(&first), Some(&last)] = [line.first(), line.last()] else {
        return network;
    };
    let mut ends = [None; 2];
    for (end, at) in ends.iter_mut().zip([first, last]) {
        if let Some(near) = meant(&network, at) {
            let (joined, node) = join(network, near);
            (network, *end) = (joined, Some(node));
        }
    }
    rebuilt(network, |streets| lay(streets, line, ends))
}

/// Within this many metres of a vertex an end of a new street is that vertex.
const SAME_M: f64 = 0.01;

/// Lays a line between the vertices that its ends join; a free end is a vertex of its own.
fn lay(streets: &mut NetworkParts, line: &[Position], [start, end]: [Option<usize>; 2]) {
    let mut on_the_way = line.to_vec();
    let same = |node: Option<usize>, at: Option<&Position>| {
        node.zip(at)
            .is_some_and(|(node, at)| streets.nodes[node].distance(*at) <= SAME_M)
    };
    if same(end, on_the_way.last()) {
        on_the_way.pop();
    }
    if same(start, on_the_way.first()) {
        on_the_way.remove(0);
    }
    let new = streets.nodes.len()..streets.nodes.len() + on_the_way.len();
    streets.nodes.extend(on_the_way);
    let course: Vec<usize> = start.into_iter().chain(new).chain(end).collect();
    let pieces = course.windows(2).map(|ends| {
        let (from, to) = (ends[0], ends[1]);
        (from, to, streets.nodes[from].distance(streets.nodes[to]))
    });
    let pieces: Vec<(usize, usize, f64)> = pieces.collect();
    raise(streets, &course, &pieces);
    if !streets.names.is_empty() {
        streets.names.extend(pieces.iter().map(|_| None));
    }
    streets.edges.extend(pieces);
}

/// The heights along a new street: it rises evenly between two ends whose heights are known, and
/// else they are not known.
fn raise(streets: &mut NetworkParts, course: &[usize], pieces: &[(usize, usize, f64)]) {
    if streets.heights.is_empty() {
        return;
    }
    let known =
        |node: Option<&usize>| node.and_then(|&node| streets.heights.get(node).copied().flatten());
    let (low, high) = (known(course.first()), known(course.last()));
    let whole: f64 = pieces.iter().map(|piece| piece.2).sum();
    streets.heights.resize(streets.nodes.len(), None);
    let (Some(low), Some(high)) = (low, high) else {
        return;
    };
    let mut gone = 0.0;
    for &(_, to, metres) in &pieces[..pieces.len().saturating_sub(1)] {
        gone += metres;
        streets.heights[to] = Some(between(
            low,
            high,
            if whole > 0.0 { gone / whole } else { 0.0 },
        ));
    }
}

/// The height at a part of the way between two heights.
pub(super) fn between(low: f32, high: f32, part: f64) -> f32 {
    let height = f64::from(low) + (f64::from(high) - f64::from(low)) * part.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are kept so finely and no finer"
    )]
    let height = height as f32;
    height
}

/// The streets taken apart, changed and put together again.
fn rebuilt(network: Network, change: impl FnOnce(&mut NetworkParts)) -> Network {
    let mut streets = network.into_parts();
    change(&mut streets);
    put_together(streets)
}

pub(super) fn put_together(streets: NetworkParts) -> Network {
    Network::with_traits(streets).expect("made from a valid network, by valid pieces")
}
