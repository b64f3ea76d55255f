//! The walking network: vertices, and the pieces of street between them.

mod build;
mod components;
mod districts;
mod error;
mod gates;
mod lines;
mod links;
mod parts;
mod petgraph;
mod sew;

use std::fmt;
use std::sync::Arc;

use super::street::Traits;
use crate::ids::{EdgeId, NodeId};
use crate::plane::Position;

pub use error::NetworkError;
pub(super) use gates::{Gate, add_gate};
pub use links::Link;
pub use parts::NetworkParts;
pub use sew::Seam;

/// A walkable piece of street between two neighbouring vertices, walked both ways.
///
/// ```
/// use walkshed::ids::EdgeId;
/// let town = walkshed::draw::town("A----B", 100.0, "");
/// let street = town.network().edge(EdgeId::new(0));
/// assert_eq!((street.from.index(), street.to.index(), street.metres), (0, 1, 500.0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// The end with the smaller or equal number.
    pub from: NodeId,
    /// The other end; the same as `from` on a loop.
    pub to: NodeId,
    /// Its length in metres: finite, not negative.
    pub metres: f64,
}

/// The walking network: an undirected multigraph that may hold loops, parallel edges, edges
/// without length, and islands.
///
/// Frozen: it cannot be changed once made, and nothing in it can be wrong.
///
/// ```
/// use walkshed::model::Network;
/// use walkshed::plane::Position;
/// // Three junctions along a street; the last lies on an island.
/// let nodes = [116.0, 116.01, 116.02, 116.03].map(|lon| Position::new(lon, 30.0).unwrap());
/// let network = Network::new(nodes.into(), &[(0, 1, 965.0), (1, 2, 965.0)])?;
/// assert_eq!(network.to_string(), "4 vertices, 2 pieces of street, 1.9 km");
/// assert_eq!(network.component_sizes(), [3, 1]);
/// # Ok::<(), walkshed::model::NetworkError>(())
/// ```
#[doc(alias = "步行路网")]
#[derive(Debug, Clone, Default)]
pub struct Network {
    nodes: Vec<Position>,
    edges: Vec<Edge>,
    component: Vec<u32>,
    component_sizes: Vec<u32>,
    /// Ascending; only the edges that are not plain.
    traits: Vec<(EdgeId, Traits)>,
    /// Whether any of them is slower than a plain street, a fixed link, or a gate.
    slowed: bool,
    /// Empty, or one a vertex.
    heights: Vec<Option<f32>>,
    /// Empty, or one an edge.
    names: Vec<Option<Arc<str>>>,
}

impl Network {
    /// All vertices.
    #[must_use]
    pub fn nodes(&self) -> &[Position] {
        &self.nodes
    }

    /// All edges.
    #[must_use]
    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// Where a vertex is.
    #[must_use]
    pub fn node(&self, id: NodeId) -> Position {
        self.nodes[id.index()]
    }

    /// One edge.
    #[must_use]
    pub fn edge(&self, id: EdgeId) -> Edge {
        self.edges[id.index()]
    }

    /// What sets the pieces of street apart that are not plain, by ascending edge.
    #[must_use]
    pub fn traits(&self) -> &[(EdgeId, Traits)] {
        &self.traits
    }

    /// What sets one piece of street apart; forward is from [`Edge::from`] to [`Edge::to`].
    /// O(log T) in the number of edges that have traits.
    #[must_use]
    pub fn traits_of(&self, edge: EdgeId) -> Traits {
        let place = self.traits.binary_search_by_key(&edge, |&(edge, _)| edge);
        place.map_or_else(|_| Traits::default(), |place| self.traits[place].1)
    }

    /// Whether any piece of street is slower than a plain one, whatever the rules: a fixed link, a lift and
    /// a gate are, too.
    #[must_use]
    pub const fn is_slowed(&self) -> bool {
        self.slowed
    }

    /// Whether any vertex has a height.
    #[must_use]
    pub const fn has_heights(&self) -> bool {
        !self.heights.is_empty()
    }

    /// The height of a vertex in metres, where it is known.
    #[must_use]
    pub fn height(&self, node: NodeId) -> Option<f64> {
        self.heights
            .get(node.index())
            .copied()
            .flatten()
            .map(f64::from)
    }

    /// The rise over length of an edge from its first end to its other; 0 where it is not known.
    #[must_use]
    pub fn slope(&self, edge: EdgeId) -> f64 {
        let Edge { from, to, metres } = self.edge(edge);
        // A piece without length, or without a height at either end, counts as flat.
        match (self.height(from), self.height(to)) {
            (Some(low), Some(high)) if metres > 0.0 => (high - low) / metres,
            _ => 0.0,
        }
    }

    /// The place so many metres along an edge from its first end, straight between its vertices.
    ///
    /// At its ends it is the vertex itself, not what the plane makes of it; so it is past them.
    #[must_use]
    pub fn along(&self, edge: EdgeId, offset: f64) -> Position {
        let Edge { from, to, metres } = self.edge(edge);
        let [start, stop] = [from, to].map(|node| self.node(node));
        if offset <= 0.0 {
            return start;
        }
        if offset >= metres {
            return stop;
        }
        let part = offset / metres;
        let [x, y] = start.on_plane();
        let [u, v] = stop.on_plane();
        Position::from_plane([x + (u - x) * part, y + (v - y) * part])
    }

    /// The name of an edge's street, if names were kept and it has one.
    #[must_use]
    pub fn street_name(&self, edge: EdgeId) -> Option<&str> {
        self.names.get(edge.index())?.as_deref()
    }

    /// How many vertices the connected component of this edge has.
    #[must_use]
    pub fn component_size(&self, edge: EdgeId) -> u32 {
        self.component_sizes[self.component[self.edge(edge).from.index()] as usize]
    }

    /// The connected component of this edge: its place in [`Network::component_sizes`].
    #[must_use]
    pub fn component(&self, edge: EdgeId) -> u32 {
        self.component[self.edge(edge).from.index()]
    }

    /// The connected component of this vertex.
    #[must_use]
    pub fn component_at(&self, node: NodeId) -> u32 {
        self.component[node.index()]
    }

    /// The numbers of vertices of all connected components, isolated vertices included.
    #[must_use]
    pub fn component_sizes(&self) -> &[u32] {
        &self.component_sizes
    }

    /// The length of all edges together, in metres.
    #[must_use]
    pub fn total_metres(&self) -> f64 {
        self.edges.iter().map(|e| e.metres).sum()
    }
}

/// Shown as `388 vertices, 412 pieces of street, 51.2 km`.
impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces = self.edges.len();
        let vertices = self.nodes.len();
        let km = self.total_metres() / 1000.0;
        write!(
            f,
            "{vertices} vertices, {pieces} pieces of street, {km:.1} km"
        )
    }
}

#[cfg(test)]
mod tests;
