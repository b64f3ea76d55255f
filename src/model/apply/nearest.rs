//! Which street a place means.

use std::collections::BTreeSet;

use super::error::{ChangeError, STREET_REACH_M};
use crate::ids::EdgeId;
use crate::model::network::Network;
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
    // Every vertex once, not once a piece.
    let plane: Vec<[f64; 2]> = network.nodes().iter().map(|node| node.on_plane()).collect();
    let mut least = f64::INFINITY;
    let mut nearest = None;
    // One boards a link at its ends: no place means it.
    let links: BTreeSet<EdgeId> = network.links().map(|(edge, _)| edge).collect();
    for (edge, ends) in network.edges().iter().enumerate() {
        if links.contains(&EdgeId::new(edge)) {
            continue;
        }
        let from = plane[ends.from.index()];
        let to = plane[ends.to.index()];
        let (along, foot) = nearest_on_segment(point, from, to);
        let off = squared_distance(point, foot);
        // Only what is nearer than all before it: of equals the first counts.
        if off < least {
            least = off;
            nearest = Some((EdgeId::new(edge), along, foot));
        }
    }
    let (edge, along, foot) = nearest?;
    let at = Position::from_plane(foot);
    Some(NearStreet {
        edge,
        along,
        at,
        metres: place.distance(at),
    })
}

/// The nearest point, when it is near enough to be meant.
pub(super) fn meant(network: &Network, at: Position) -> Result<NearStreet, ChangeError> {
    let near = near_street(network, at);
    let nearest = near.map(|near| near.metres);
    near.filter(|near| near.metres <= STREET_REACH_M)
        .ok_or(ChangeError::NoStreet { at, nearest })
}
