//! To and from petgraph.

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use super::{Network, NetworkError};
use crate::plane::Position;

impl Network {
    /// A network from a petgraph graph whose edges carry metres.
    ///
    /// Node and edge indices stay the same.
    ///
    /// # Errors
    /// When an edge has an impossible length.
    pub fn from_petgraph(graph: &UnGraph<Position, f64>) -> Result<Self, NetworkError> {
        let edges: Vec<_> = graph
            .edge_references()
            .map(|e| (e.source().index(), e.target().index(), *e.weight()))
            .collect();
        Self::new(graph.node_weights().copied().collect(), &edges)
    }

    /// The network as a petgraph graph whose edges carry metres; indices stay the same. Traits,
    /// heights and names stay behind.
    #[must_use]
    pub fn to_petgraph(&self) -> UnGraph<Position, f64> {
        let mut graph = UnGraph::with_capacity(self.nodes.len(), self.edges.len());
        for &node in &self.nodes {
            graph.add_node(node);
        }
        for edge in &self.edges {
            graph.add_edge(
                NodeIndex::new(edge.from.index()),
                NodeIndex::new(edge.to.index()),
                edge.metres,
            );
        }
        graph
    }
}
