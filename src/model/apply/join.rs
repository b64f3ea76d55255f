//! Where a new street joins an old one: a vertex of it, or a new one that splits a piece in two.

use super::nearest::NearStreet;
use crate::ids::NodeId;
use crate::model::network::{Edge, Network, NetworkParts};
use crate::model::street::Traits;

/// Nearer than this to an end of a piece, in metres along it, the end is meant.
const END_M: f64 = 0.01;

/// The end of a piece that a point of it is, if it is one.
pub(super) fn end_at(piece: Edge, along: f64) -> Option<NodeId> {
    let gone = along * piece.metres;
    if along <= 0.0 || gone <= END_M {
        return Some(piece.from);
    }
    (along >= 1.0 || piece.metres - gone <= END_M).then_some(piece.to)
}

/// The streets with a vertex at this point of a piece, which splits it, and which vertex that is.
///
/// Each part has its share of the length. Both keep the piece's name and its traits, each with its
/// own part of the line; the height in between follows from the ends. The first part takes the
/// piece's number, the other one stands last.
pub(super) fn split(network: &Network, near: NearStreet) -> (NetworkParts, usize) {
    let piece = network.edge(near.edge);
    let traits = network.traits_of(near.edge);
    let mut streets = network.clone().into_parts();
    let middle = streets.nodes.len();
    // By share of the length, not by position: both parts together are as long as the piece was.
    let gone = near.along * piece.metres;
    let first = near.edge.index();
    let second = streets.edges.len();
    streets.nodes.push(near.at);
    streets.edges[first] = (piece.from.index(), middle, gone);
    streets
        .edges
        .push((middle, piece.to.index(), piece.metres - gone));
    raise(&mut streets, piece, near.along);
    if !streets.names.is_empty() {
        let name = streets.names[first].clone();
        streets.names.push(name);
    }
    // A plain piece needs no traits: it costs nothing by its place on its line.
    if !traits.is_plain() {
        let [begin, end] = halves(traits, near.along);
        streets.traits.retain(|&(edge, _)| edge != first);
        streets.traits.push((first, begin));
        streets.traits.push((second, end));
    }
    (streets, middle)
}

/// Gives a new vertex on a piece its height, where heights are known at all.
fn raise(streets: &mut NetworkParts, piece: Edge, along: f64) {
    if streets.heights.is_empty() {
        return;
    }
    let low = streets.heights[piece.from.index()];
    let high = streets.heights[piece.to.index()];
    let height = low.zip(high).map(|(low, high)| between(low, high, along));
    streets.heights.push(height);
}

/// The traits of both parts of a piece: all its own, each with its part of the line.
fn halves(traits: Traits, along: f64) -> [Traits; 2] {
    // The line's delay is spread over its span; rounding must not carry a part beyond it.
    let [begin, end] = traits.span;
    let middle = (begin + (end - begin) * along).clamp(begin.min(end), begin.max(end));
    [[begin, middle], [middle, end]].map(|span| Traits { span, ..traits })
}

/// The height at a part of the way between two heights.
pub(super) fn between(low: f32, high: f32, part: f64) -> f32 {
    let rise = f64::from(high) - f64::from(low);
    let height = f64::from(low) + rise * part.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are kept so finely and no finer"
    )]
    let height = height as f32;
    height
}
