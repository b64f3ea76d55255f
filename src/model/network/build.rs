//! Making a network: every check that keeps a wrong one from being.

use super::components::components;
use super::gates;
use super::{Edge, Network, NetworkError, NetworkParts};
use crate::ids::{EdgeId, NodeId};
use crate::model::street::Traits;
use crate::model::walked_by::WalkedBy;
use crate::plane::Position;
use crate::words::{Text, text};

/// The most vertices, or edges, of a network.
const MOST: usize = 2_000_000_000;
/// The longest edge in metres.
const LONGEST_M: f64 = 1e6;

impl Network {
    /// A network of vertices and of edges `(from, to, metres)` between places in that list.
    ///
    /// Vertices and edges keep their order. O(V + E α(V)).
    ///
    /// # Errors
    /// When a vertex lies nowhere, or an edge names a vertex that does not exist or has an
    /// impossible length.
    pub fn new(nodes: Vec<Position>, edges: &[(usize, usize, f64)]) -> Result<Self, NetworkError> {
        check_size(text!(NetworkVertices), nodes.len())?;
        check_size(text!(NetworkEdges), edges.len())?;
        // Before the edges, which are checked against vertices that are there.
        if let Some(node) = nodes.iter().position(|node| !node.is_on_globe()) {
            return Err(NetworkError::NoPlace { node });
        }
        let edges: Vec<Edge> = edges
            .iter()
            .enumerate()
            .map(|(place, &edge)| checked(place, edge, nodes.len()))
            .collect::<Result<_, _>>()?;
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
        check_count(
            text!(NetworkHeights),
            parts.heights.len(),
            parts.nodes.len(),
        )?;
        check_count(text!(NetworkNames), parts.names.len(), parts.edges.len())?;
        // Before anything is numbered: gates add vertices and edges at the ends of the lists.
        let parts = gates::with_gates(parts);
        let network = Self::new(parts.nodes, &parts.edges)?;
        let mut traits = parts
            .traits
            .into_iter()
            .map(|(edge, traits)| placed(edge, traits, &parts.edges))
            .collect::<Result<Vec<_>, _>>()?;
        // Stable, so that of traits listed twice for one edge the first count.
        traits.sort_by_key(|&(edge, _)| edge);
        traits.dedup_by_key(|&mut (edge, _)| edge);
        // A plain street is told by having no traits: the list holds only what somebody may mind.
        traits.retain(|(_, traits)| !traits.is_plain());
        Ok(Self {
            slowed: traits.iter().any(|(_, traits)| is_always_different(traits)),
            traits,
            heights: parts.heights,
            names: parts.names,
            ..network
        })
    }
}

/// Whether a piece costs something else than a plain one even where no rule is on.
fn is_always_different(street: &Traits) -> bool {
    let is_own = street.link.is_some() || street.is_elevator();
    street.slower > 1.0 || is_own || street.walked_by == WalkedBy::Gate
}

fn check_size(what: Text, count: usize) -> Result<(), NetworkError> {
    if count > MOST {
        Err(NetworkError::TooLarge { what, count })
    } else {
        Ok(())
    }
}

fn check_count(what: Text, count: usize, expected: usize) -> Result<(), NetworkError> {
    if count == 0 || count == expected {
        return Ok(());
    }
    Err(NetworkError::WrongCount {
        what,
        count,
        expected,
    })
}

/// An edge that begins at the smaller of its ends.
fn checked(
    edge: usize,
    (a, b, metres): (usize, usize, f64),
    nodes: usize,
) -> Result<Edge, NetworkError> {
    // Edges begin at their smaller end, so that equal networks are equal edge by edge.
    let node = a.max(b);
    if node >= nodes {
        let node = if a >= nodes { a } else { node };
        return Err(NetworkError::NoSuchNode { edge, node, nodes });
    }
    if !(0.0..=LONGEST_M).contains(&metres) {
        return Err(NetworkError::BadLength { edge, metres });
    }
    Ok(Edge {
        from: NodeId::new(a.min(b)),
        to: NodeId::new(node),
        metres,
    })
}

/// Traits at their edge, turned where the edge was turned.
fn placed(
    edge: usize,
    traits: Traits,
    edges: &[(usize, usize, f64)],
) -> Result<(EdgeId, Traits), NetworkError> {
    let within = traits.span.iter().all(|end| (0.0..=1.0).contains(end));
    let slower = (1.0..=Traits::SLOWEST).contains(&traits.slower);
    let ends = edges.get(edge).filter(|_| within && slower);
    let Some(&(from, to, _)) = ends else {
        return Err(NetworkError::BadTraits {
            edge,
            edges: edges.len(),
            span: traits.span,
            slower: traits.slower,
        });
    };
    // An edge begins at its smaller vertex: its traits turn with it.
    let turned = if from > to { traits.reversed() } else { traits };
    Ok((EdgeId::new(edge), turned))
}
