//! Whether one walks from one place of the streets to another in a few steps.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use super::street_index::StreetIndex;
use crate::ids::NodeId;

/// No walk of a few metres has more corners; past them the two count as joined.
const MOST_STEPS: usize = 256;

/// A vertex, and how many metres it is from there to the place that is meant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub node: NodeId,
    pub metres: f64,
}

impl Place {
    pub(super) const fn at(node: NodeId) -> Self {
        Self { node, metres: 0.0 }
    }
}

/// Whether a walk of at most so many metres leads from one of some places to one of others, whatever
/// its direction: Dijkstra's search, which looks up the streets at a vertex in the index. O(k log E) for
/// the k vertices that it comes to.
pub(super) fn is_near_by_walk(
    index: &StreetIndex<'_>,
    (from, to): (&[Place], &[Place]),
    most_m: f64,
) -> bool {
    let mut open: BinaryHeap<Reverse<(Ticks, NodeId)>> = BinaryHeap::new();
    let mut done: BTreeSet<NodeId> = BTreeSet::new();
    open.extend(
        from.iter()
            .map(|place| Reverse((ticks(place.metres), place.node))),
    );
    while let Some(Reverse((walked, node))) = open.pop() {
        // Too far, or settled before by a shorter way.
        if walked > ticks(most_m) || !done.insert(node) {
            continue;
        }
        let left = |place: &&Place| place.node == node;
        let ends = to
            .iter()
            .filter(left)
            .map(|place| walked + ticks(place.metres));
        // A longer way onwards than another vertex has may still be short enough.
        if ends.min().is_some_and(|whole| whole <= ticks(most_m)) || done.len() > MOST_STEPS {
            return true;
        }
        let at = index.network.node(node).on_plane();
        // The index knows pieces by their place: of those here only the ones with this vertex
        // lead on, as a bridge may pass over it.
        index.tree.meeting([at; 2], 0.0, |piece| {
            let edge = index.network.edge(piece.edge);
            for (here, there) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if here == node {
                    open.push(Reverse((walked + ticks(edge.metres), there)));
                }
            }
        });
    }
    false
}

/// Metres that can be sorted: tenths of a millimetre.
type Ticks = u64;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "metres of streets are neither negative nor near 2^49"
)]
fn ticks(metres: f64) -> Ticks {
    (metres * 1e4).round() as Ticks
}
