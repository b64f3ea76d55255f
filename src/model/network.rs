//! The walking network: vertices, and the pieces of street between them.

use std::sync::Arc;

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::Traits;
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
    /// Ascending; only the edges that are not plain.
    traits: Vec<(EdgeId, Traits)>,
    /// Whether any of them is slower than a plain street.
    slowed: bool,
    /// Empty, or one a vertex.
    heights: Vec<Option<f32>>,
    /// Empty, or one an edge.
    names: Vec<Option<Arc<str>>>,
}

/// What a network is made of.
#[derive(Debug, Clone, Default)]
pub struct NetworkParts {
    /// The vertices.
    pub nodes: Vec<Position>,
    /// The edges `(from, to, metres)` between places in that list.
    pub edges: Vec<(usize, usize, f64)>,
    /// The traits of those edges that have some, by place in the list of edges. Forward is from
    /// the end listed first to the other, whichever has the smaller number. Of traits listed twice
    /// for one edge the first count.
    pub traits: Vec<(usize, Traits)>,
    /// The height of each vertex in metres, where known; or nothing at all.
    pub heights: Vec<Option<f32>>,
    /// The name of each edge's street, where it has one; or nothing at all.
    pub names: Vec<Option<Arc<str>>>,
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
    /// Traits name an edge that does not exist, a span that does not lie on its line, or a street
    /// that is faster than a plain one.
    #[error(
        "traits are listed for edge {edge} of {edges}, with the span {span:?} and {slower} times slower; expected an edge of the list, a span within 0 to 1, and 1 to 1000 times slower"
    )]
    BadTraits {
        /// The edge's place in the list.
        edge: usize,
        /// How many edges there are.
        edges: usize,
        /// The span found.
        span: [f64; 2],
        /// How many times slower.
        slower: f64,
    },
    /// There are heights or names, but not one for each vertex or edge.
    #[error("there are {count} {what}, but {expected} are needed, or none at all")]
    WrongCount {
        /// Heights or names.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many are needed.
        expected: usize,
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
        let edges = edges
            .iter()
            .enumerate()
            .map(|(place, &edge)| checked(place, edge, nodes.len()));
        let edges = edges.collect::<Result<Vec<_>, _>>()?;
        let (component, component_sizes) = components(nodes.len(), &edges);
        Ok(Self {
            nodes,
            edges,
            component,
            component_sizes,
            ..Self::default()
        })
    }

    /// A network whose streets have traits, heights or names.
    ///
    /// As [`Network::new`]; an edge that is turned to begin at its smaller vertex takes its traits
    /// with it, so that a one-way street stays the right way round. O(V + E α(V) + T log T).
    ///
    /// # Errors
    /// As [`Network::new`], and when traits, heights or names fit no edge or vertex.
    pub fn with_traits(parts: NetworkParts) -> Result<Self, NetworkError> {
        let NetworkParts {
            nodes,
            edges,
            traits,
            heights,
            names,
        } = parts;
        let counts = [
            ("heights", heights.len(), nodes.len()),
            ("names", names.len(), edges.len()),
        ];
        for (what, count, expected) in counts {
            if count != 0 && count != expected {
                return Err(NetworkError::WrongCount {
                    what,
                    count,
                    expected,
                });
            }
        }
        let network = Self::new(nodes, &edges)?;
        let traits = traits
            .into_iter()
            .map(|(edge, traits)| placed(edge, traits, &edges));
        let mut traits = traits.collect::<Result<Vec<_>, _>>()?;
        traits.sort_by_key(|&(edge, _)| edge);
        traits.dedup_by_key(|&mut (edge, _)| edge);
        traits.retain(|(_, traits)| !traits.is_plain());
        let slowed = traits.iter().any(|(_, traits)| traits.slower > 1.0);
        Ok(Self {
            traits,
            slowed,
            heights,
            names,
            ..network
        })
    }

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

    /// What it is made of again, to make a changed network from; places stay the same. Forward is
    /// from [`Edge::from`] to [`Edge::to`].
    #[must_use]
    pub fn into_parts(self) -> NetworkParts {
        let edges = self
            .edges
            .iter()
            .map(|edge| (edge.from.index(), edge.to.index(), edge.metres))
            .collect();
        let traits = self
            .traits
            .into_iter()
            .map(|(edge, traits)| (edge.index(), traits))
            .collect();
        NetworkParts {
            nodes: self.nodes,
            edges,
            traits,
            heights: self.heights,
            names: self.names,
        }
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

    /// Whether any piece of street is slower than a plain one, whatever the rules.
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
        match (self.height(from), self.height(to)) {
            (Some(low), Some(high)) if metres > 0.0 => (high - low) / metres,
            _ => 0.0,
        }
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

fn checked(
    place: usize,
    (a, b, metres): (usize, usize, f64),
    nodes: usize,
) -> Result<Edge, NetworkError> {
    if let Some(&node) = [a, b].iter().find(|&&end| end >= nodes) {
        return Err(NetworkError::NoSuchNode {
            edge: place,
            node,
            nodes,
        });
    }
    if !(0.0..=1e6).contains(&metres) {
        return Err(NetworkError::BadLength {
            edge: place,
            metres,
        });
    }
    Ok(Edge {
        from: NodeId::new(a.min(b)),
        to: NodeId::new(a.max(b)),
        metres,
    })
}

/// Traits at their edge, turned where the edge was turned.
fn placed(
    edge: usize,
    traits: Traits,
    edges: &[(usize, usize, f64)],
) -> Result<(EdgeId, Traits), NetworkError> {
    let fits = traits.span.iter().all(|end| (0.0..=1.0).contains(end))
        && (1.0..=Traits::SLOWEST).contains(&traits.slower);
    match edges.get(edge) {
        Some(&(from, to, _)) if fits => Ok((
            EdgeId::new(edge),
            if from > to { traits.reversed() } else { traits },
        )),
        _ => Err(NetworkError::BadTraits {
            edge,
            edges: edges.len(),
            span: traits.span,
            slower: traits.slower,
        }),
    }
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
    use crate::model::OneWay;

    fn line(count: u32) -> Vec<Position> {
        (0..count)
            .filter_map(|i| Position::new(116.0 + f64::from(i) * 0.001, 29.7))
            .collect()
    }

    #[test]
    fn components_count_their_vertices() {
        let edges = [
            (0, 1, 5.0),
            (1, 2, 5.0),
            (4, 5, 1.0),
            (4, 5, 2.0),
            (5, 5, 0.0),
        ];
        let network = Network::new(line(6), &edges).expect("valid edges");
        assert_eq!(network.component_sizes(), [3, 1, 2]);
        assert_eq!(network.component_size(EdgeId::new(3)), 2);
    }

    #[test]
    fn bad_edges_are_refused() {
        let nodes = line(2);
        assert_eq!(
            Network::new(nodes.clone(), &[(0, 2, 1.0)]).err(),
            Some(NetworkError::NoSuchNode {
                edge: 0,
                node: 2,
                nodes: 2
            })
        );
        for bad in [f64::NAN, -1.0, f64::INFINITY] {
            assert!(matches!(
                Network::new(nodes.clone(), &[(0, 1, bad)]),
                Err(NetworkError::BadLength { .. })
            ));
        }
    }

    #[test]
    fn a_turned_edge_takes_its_traits_with_it() {
        let one_way = Traits {
            one_way: OneWay::Forward,
            span: [0.25, 0.5],
            ..Traits::default()
        };
        let edges = vec![(0, 1, 5.0), (2, 1, 5.0), (1, 2, 7.0)];
        let parts = NetworkParts {
            nodes: line(3),
            edges,
            traits: vec![(2, one_way), (1, one_way)],
            ..NetworkParts::default()
        };
        let network = Network::with_traits(parts).expect("valid");
        let of = |edge| network.traits_of(EdgeId::new(edge));
        assert_eq!(of(0), Traits::default());
        assert_eq!(
            of(1),
            Traits {
                one_way: OneWay::Backward,
                span: [0.5, 0.25],
                ..Traits::default()
            }
        );
        assert_eq!(of(2), one_way);
    }

    #[test]
    fn traits_heights_and_names_must_fit() {
        let parts = |edge, span, heights: usize| NetworkParts {
            nodes: line(2),
            edges: vec![(0, 1, 1.0)],
            traits: vec![(
                edge,
                Traits {
                    span,
                    ..Traits::default()
                },
            )],
            heights: vec![None; heights],
            ..NetworkParts::default()
        };
        let made = |edge, span, heights| Network::with_traits(parts(edge, span, heights));
        assert!(made(0, [1.0, 0.0], 2).is_ok());
        assert!(matches!(
            made(1, [0.0, 1.0], 0),
            Err(NetworkError::BadTraits { .. })
        ));
        assert!(matches!(
            made(0, [0.0, f64::NAN], 0),
            Err(NetworkError::BadTraits { .. })
        ));
        for slower in [0.9, 1001.0, f64::NAN] {
            let mut faster = parts(0, [0.0, 1.0], 0);
            faster.traits[0].1.slower = slower;
            assert!(matches!(
                Network::with_traits(faster),
                Err(NetworkError::BadTraits { .. })
            ));
        }
        assert!(matches!(
            made(0, [0.0, 1.0], 1),
            Err(NetworkError::WrongCount {
                count: 1,
                expected: 2,
                ..
            })
        ));
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
