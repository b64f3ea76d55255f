//! Where a new street joins an old one: a vertex of it, or a new one that splits a piece in two.

use super::super::{Network, NetworkParts, Traits};
use super::street::{NearStreet, between, put_together};

/// Nearer than this to an end of a piece, in metres along it, the end is meant.
const END_M: f64 = 0.01;

/// The network with a vertex at this point of it, and which vertex that is.
///
/// A piece that is split keeps its length: each part has its share of it. Both keep its name and
/// its traits, each with its own part of the line; the height in between follows from the ends.
pub(super) fn join(network: Network, near: NearStreet) -> (Network, usize) {
    let ends = network.edge(near.edge);
    let gone = near.along * ends.metres;
    let (from, to) = (ends.from.index(), ends.to.index());
    if near.along <= 0.0 || gone <= END_M {
        return (network, from);
    }
    if near.along >= 1.0 || ends.metres - gone <= END_M {
        return (network, to);
    }
    let (edge, traits) = (near.edge.index(), network.traits_of(near.edge));
    let mut streets = network.into_parts();
    let middle = streets.nodes.len();
    streets.nodes.push(near.at);
    streets.edges[edge] = (from, middle, gone);
    streets.edges.push((middle, to, ends.metres - gone));
    raise(&mut streets, [from, to], near.along);
    if !streets.names.is_empty() {
        streets.names.push(streets.names[edge].clone());
    }
    split(&mut streets, edge, traits, near.along);
    (put_together(streets), middle)
}

fn raise(streets: &mut NetworkParts, [from, to]: [usize; 2], along: f64) {
    if !streets.heights.is_empty() {
        let height = streets.heights[from].zip(streets.heights[to]);
        streets
            .heights
            .push(height.map(|(low, high)| between(low, high, along)));
    }
}

/// Gives both parts of a piece its traits.
fn split(streets: &mut NetworkParts, edge: usize, traits: Traits, along: f64) {
    if traits.is_plain() {
        return;
    }
    let [begin, end] = traits.span;
    let middle = (begin + (end - begin) * along).clamp(begin.min(end), begin.max(end));
    streets.traits.retain(|&(other, _)| other != edge);
    streets.traits.push((
        edge,
        Traits {
            span: [begin, middle],
            ..traits
        },
    ));
    streets.traits.push((
        streets.edges.len() - 1,
        Traits {
            span: [middle, end],
            ..traits
        },
    ));
}
