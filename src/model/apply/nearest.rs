//! Which street a place means.

use std::collections::BTreeSet;

use super::error::{ChangeError, STREET_REACH_M};
use crate::ids::EdgeId;
use crate::model::network::Network;
use crate::model::street::Traits;
use crate::model::walked_by::WalkedBy;
use crate::plane::{Position, nearest_on_segment, squared_distance};

/// The point of the streets that is nearest to a place.
///
/// ```
/// use walkshed::model::near_street;
/// let town = walkshed::draw::town("A-----B\n\n   a", 100.0, "");
/// let home = town.cells().as_slice()[0].at.unwrap();
/// // 200 m south of the middle of the only street.
/// let near = near_street(town.network(), home).unwrap();
/// assert_eq!((near.edge.index(), format!("{:.2}", near.along)), (0, "0.50".to_owned()));
/// assert_eq!(near.metres.round(), 200.0);
/// ```
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
///
/// ```
/// use walkshed::model::{Network, near_street};
/// use walkshed::plane::Position;
/// let here = Position::new(116.0, 30.0).unwrap();
/// assert_eq!(near_street(&Network::default(), here), None);
/// let town = walkshed::draw::town("A-----B", 100.0, "");
/// // However far: half way round the globe.
/// assert!(near_street(town.network(), here).is_some_and(|near| near.metres > 1e7));
/// ```
#[must_use]
pub fn near_street(network: &Network, place: Position) -> Option<NearStreet> {
    let point = place.on_plane();
    // Every vertex once, not once a piece.
    let plane: Vec<[f64; 2]> = network.nodes().iter().map(|node| node.on_plane()).collect();
    let mut nearest: Option<(Off, EdgeId, f64, [f64; 2])> = None;
    let others = pieces_with(network, |street| {
        // One boards a link at its ends, and a gate has no length: no place means them.
        street.link.is_some() || street.walked_by == WalkedBy::Gate
    });
    let of_residents = pieces_with(network, |street| street.walked_by == WalkedBy::Residents);
    for (edge, ends) in network.edges().iter().enumerate() {
        let edge = EdgeId::new(edge);
        if others.contains(&edge) {
            continue;
        }
        let from = plane[ends.from.index()];
        let to = plane[ends.to.index()];
        let (along, foot) = nearest_on_segment(point, from, to);
        // At a gate the street of all is meant.
        let off = Off(squared_distance(point, foot), of_residents.contains(&edge));
        // Only what is nearer than all before it: of equals the first counts.
        if nearest.is_none_or(|(least, ..)| off.is_less(least)) {
            nearest = Some((off, edge, along, foot));
        }
    }
    let (_, edge, along, foot) = nearest?;
    let at = Position::from_plane(foot);
    Some(NearStreet {
        edge,
        along,
        at,
        metres: place.distance(at),
    })
}

/// How far off a piece is, squared, and whether it is one of residents.
#[derive(Clone, Copy)]
struct Off(f64, bool);

impl Off {
    fn is_less(self, other: Self) -> bool {
        self.0 < other.0 || (self.0 <= other.0 && !self.1 && other.1)
    }
}

/// The pieces whose traits are such.
fn pieces_with(network: &Network, are_such: impl Fn(&Traits) -> bool) -> BTreeSet<EdgeId> {
    let traits = network.traits().iter();
    traits
        .filter(|(_, street)| are_such(street))
        .map(|&(edge, _)| edge)
        .collect()
}

/// The nearest point, when it is near enough to be meant.
pub(super) fn meant(network: &Network, at: Position) -> Result<NearStreet, ChangeError> {
    let near = near_street(network, at);
    let nearest = near.map(|near| near.metres);
    near.filter(|near| near.metres <= STREET_REACH_M)
        .ok_or(ChangeError::NoStreet { at, nearest })
}
