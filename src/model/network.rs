//! The walking network: vertices, and the pieces of street between them.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use crate::ids::{EdgeId, NodeId};
use crate::plane::Position;

/// A walkable piece of street between two neighbouring vertices, walked both ways.
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
#[doc(alias = "步行路网")]
#[derive(Debug, Clone, Default)]
pub struct Network {
    nodes: Vec<Position>,
    edges: Vec<Edge>,
    component: Vec<u32>,
    component_sizes: Vec<u32>,
}

/// Why a network could not be made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum NetworkError {
    /// An edge names a vertex that does not exist.
    #[error("edge {edge} ends at vertex {node}, but there are only {nodes} vertices")]
    NoSuchNode {
        /// The edge's place in the list.
        edge: usize,
        /// The vertex it names.
        node: usize,
        /// How many vertices there are.
        nodes: usize,
    },
    /// An edge's length is negative, not finite, or above 1,000 km.
    #[error("edge {edge} is {metres} m long; expected a length from 0 to 1,000,000 m")]
    BadLength {
        /// The edge's place in the list.
        edge: usize,
        /// The length found.
        metres: f64,
    },
    /// There are more vertices or edges than 32-bit numbers can count.
    #[error("{count} {what} are too many; the most is 2,000,000,000")]
    TooLarge {
        /// Vertices or edges.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
}

const MOST: usize = 2_000_000_000;

impl Network {
    /// A network of vertices and of edges `(from, to, metres)` between places in that list.
    ///
    /// Vertices and edges keep their order. O(V + E α(V)).
    ///
    /// # Errors
    /// When an edge names a vertex that does not exist or has an impossible length.
    pub fn new(nodes: Vec<Position>, edges: &[(usize, usize, f64)]) -> Result<Self, NetworkError> {
        for (what, count) in [("vertices", nodes.len()), ("edges", edges.len())] {
            if count > MOST {
                return Err(NetworkError::TooLarge { what, count });
            }
        }
        let edges = edges.iter().enumerate().map(|(place, &edge)| checked(place, edge, nodes.len()));
        let edges = edges.collect::<Result<Vec<_>, _>>()?;
        let (component, component_sizes) = components(nodes.len(), &edges);
        Ok(Self { nodes, edges, component, component_sizes })
    }

    /// A network from a petgraph graph whose edges carry metres.
    ///
    /// Node and edge indices stay the same.
    ///
    /// # Errors
    /// When an edge has an impossible length.
    pub fn from_petgraph(graph: &UnGraph<Position, f64>) -> Result<Self, NetworkError> {
        let edges: Vec<_> =
            graph.edge_references().map(|e| (e.source().index(), e.target().index(), *e.weight())).collect();
        Self::new(graph.node_weights().copied().collect(), &edges)
    }

    /// The network as a petgraph graph whose edges carry metres; indices stay the same.
    #[must_use]
    pub fn to_petgraph(&self) -> UnGraph<Position, f64> {
        let mut graph = UnGraph::with_capacity(self.nodes.len(), self.edges.len());
        for &node in &self.nodes {
            graph.add_node(node);
        }
        for edge in &self.edges {
            graph.add_edge(NodeIndex::new(edge.from.index()), NodeIndex::new(edge.to.index()), edge.metres);
        }
        graph
    }

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

    /// How many vertices the connected component of this edge has.
    #[must_use]
    pub fn component_size(&self, edge: EdgeId) -> u32 {
        self.component_sizes[self.component[self.edge(edge).from.index()] as usize]
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

fn checked(place: usize, (a, b, metres): (usize, usize, f64), nodes: usize) -> Result<Edge, NetworkError> {
    if let Some(&node) = [a, b].iter().find(|&&end| end >= nodes) {
        return Err(NetworkError::NoSuchNode { edge: place, node, nodes });
    }
    if !(0.0..=1e6).contains(&metres) {
        return Err(NetworkError::BadLength { edge: place, metres });
    }
    Ok(Edge { from: NodeId::new(a.min(b)), to: NodeId::new(a.max(b)), metres })
}

/// The component of each vertex, numbered in order of first vertex, and each component's size.
fn components(nodes: usize, edges: &[Edge]) -> (Vec<u32>, Vec<u32>) {
    let mut sets = UnionFind::<u32>::new(nodes);
    for edge in edges {
        sets.union(index32(edge.from.index()), index32(edge.to.index()));
    }
    let mut number = vec![u32::MAX; nodes];
    let mut sizes = Vec::new();
    let labels = sets.into_labeling();
    let component = labels.into_iter().map(|root| {
        let slot = &mut number[root as usize];
        if *slot == u32::MAX {
            *slot = index32(sizes.len());
            sizes.push(0);
        }
        sizes[*slot as usize] += 1;
        *slot
    });
    (component.collect(), sizes)
}

fn index32(place: usize) -> u32 {
    u32::try_from(place).expect("at most 2,000,000,000 vertices, checked in Network::new")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(count: u32) -> Vec<Position> {
        (0..count).filter_map(|i| Position::new(116.0 + f64::from(i) * 0.001, 29.7)).collect()
    }

    #[test]
    fn components_count_their_vertices() {
        let edges = [(0, 1, 5.0), (1, 2, 5.0), (4, 5, 1.0), (4, 5, 2.0), (5, 5, 0.0)];
        let network = Network::new(line(6), &edges).expect("valid edges");
        assert_eq!(network.component_sizes(), [3, 1, 2]);
        assert_eq!(network.component_size(EdgeId::new(3)), 2);
    }

    #[test]
    fn bad_edges_are_refused() {
        let nodes = line(2);
        assert_eq!(
            Network::new(nodes.clone(), &[(0, 2, 1.0)]).err(),
            Some(NetworkError::NoSuchNode { edge: 0, node: 2, nodes: 2 })
        );
        for bad in [f64::NAN, -1.0, f64::INFINITY] {
            assert!(matches!(Network::new(nodes.clone(), &[(0, 1, bad)]), Err(NetworkError::BadLength { .. })));
        }
    }

    #[test]
    fn c4_petgraph_and_back_keeps_the_multigraph() {
        let edges = [(0, 1, 5.0), (0, 1, 7.0), (1, 1, 3.0), (1, 2, 0.0)];
        let network = Network::new(line(3), &edges).expect("valid edges");
        let back = Network::from_petgraph(&network.to_petgraph()).expect("valid edges");
        assert_eq!(network.edges(), back.edges());
        assert_eq!(network.nodes(), back.nodes());
    }
}
