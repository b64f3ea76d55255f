//! What a network is made of, and a network taken apart again.

use std::sync::Arc;

use super::{Edge, Network};
use crate::model::street::Traits;
use crate::plane::Position;

/// What a network is made of.
///
/// ```
/// use walkshed::model::{Network, StreetKind, Traits};
/// let town = walkshed::draw::town("A----B", 100.0, "");
/// // The only street becomes a flight of stairs.
/// let mut parts = town.network().clone().into_parts();
/// parts.traits.push((0, Traits { kind: StreetKind::Stairs, ..Traits::default() }));
/// let network = Network::with_traits(parts)?;
/// assert_eq!(network.traits_of(walkshed::ids::EdgeId::new(0)).kind, StreetKind::Stairs);
/// # Ok::<(), walkshed::model::NetworkError>(())
/// ```
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

impl Network {
    /// What it is made of again, to make a changed network from; places stay the same. Forward is
    /// from [`Edge::from`] to [`Edge::to`].
    #[must_use]
    pub fn into_parts(self) -> NetworkParts {
        NetworkParts {
            nodes: self.nodes,
            edges: self.edges.iter().map(as_listed).collect(),
            traits: self
                .traits
                .into_iter()
                .map(|(edge, traits)| (edge.index(), traits))
                .collect(),
            heights: self.heights,
            names: self.names,
        }
    }
}

fn as_listed(edge: &Edge) -> (usize, usize, f64) {
    (edge.from.index(), edge.to.index(), edge.metres)
}
