//! Fixed links: a village minibus, a ferry, that takes its time whatever one's speed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Network, NetworkError, NetworkParts};
use crate::ids::{EdgeId, NodeId};
use crate::model::street::{OneWay, Traits};
use crate::plane::Position;
use crate::units::TravelTime;

/// A ride between two places of the streets that takes so long, whoever goes.
///
/// ```
/// use walkshed::model::Link;
/// use walkshed::{Options, People, TravelTime, draw, ids::EdgeId};
/// // The ferry takes 4 minutes from C, where b lives, to the site's bank.
/// let town = draw::town("A-a-s-B\n\n\n\n\n\n\n\n\n\n\n\n\nC-b-D", 100.0, "s");
/// let ferry = Link {
///     name: "渡口".to_owned(),
///     ends: [(EdgeId::new(0), 0.0), (EdgeId::new(1), 0.0)],
///     time: TravelTime::from_minutes(4),
///     both_ways: true,
/// };
/// let linked = town.clone().with(|parts| {
///     parts.network = std::mem::take(&mut parts.network).with_links(&[ferry]).unwrap();
/// })?;
/// let covered = |study| walkshed::run(study, &Options::default()).unwrap().coverage.total().covered();
/// assert_eq!([&town, &linked].map(covered), [1, 3].map(People::whole));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Its name, told as that of a street; empty for none.
    pub name: String,
    /// Where one boards and alights: a piece of street, and metres along it from its first end.
    pub ends: [(EdgeId, f64); 2],
    /// How long it takes, waiting included.
    pub time: TravelTime,
    /// Whether it runs back as well.
    pub both_ways: bool,
}

/// Nearer than this to a vertex, in metres along the street, a link ends at that vertex.
const END_M: f64 = 0.01;

impl Network {
    /// The same streets with these links between them.
    ///
    /// A street is split where a link ends within it. Its parts take what it took, but for the rounding
    /// of each part to a tick (0.1 ms). A link has the length of the straight line between its ends, and
    /// its streets become one component. O(V + E) for all links together; without links the network
    /// stays as it is.
    ///
    /// ```
    /// use walkshed::ids::EdgeId;
    /// use walkshed::model::Link;
    /// use walkshed::{TravelTime, draw};
    /// let study = draw::town("A----B----C", 100.0, "");
    /// let minibus = Link {
    ///     name: "小巴".to_owned(),
    ///     ends: [(EdgeId::new(0), 0.0), (EdgeId::new(1), 250.0)],
    ///     time: TravelTime::from_minutes(5),
    ///     both_ways: true,
    /// };
    /// let network = study.network().clone().with_links(&[minibus]).unwrap();
    /// // The second street in two, and the link.
    /// assert_eq!((network.edges().len(), network.links().count()), (4, 1));
    /// ```
    ///
    /// # Errors
    /// When there are too many vertices, or a link is longer than 1,000 km.
    ///
    /// # Panics
    /// When a link ends at an edge that the network does not have.
    pub fn with_links(self, links: &[Link]) -> Result<Self, NetworkError> {
        if links.is_empty() {
            return Ok(self);
        }
        let mut links: Vec<&Link> = links.iter().collect();
        // In whatever order they come, they are laid in one.
        links.sort_by(|a, b| order_key(a).cmp(&order_key(b)));
        let joining = Joining::new(&self, &links);
        let ends = links.iter().map(|link| link.ends);
        let laid: Vec<[usize; 2]> = ends
            .map(|ends| ends.map(|end| joining.vertex(end)))
            .collect();
        let mut streets = joining.split();
        if streets.names.is_empty() && links.iter().any(|link| !link.name.is_empty()) {
            streets.names.resize(streets.edges.len(), None);
        }
        for (link, ends) in links.iter().zip(laid) {
            lay(&mut streets, link, ends);
        }
        Self::with_traits(streets)
    }

    /// The fixed links among the pieces of street.
    pub fn links(&self) -> impl Iterator<Item = (EdgeId, &Traits)> {
        let traits = self
            .traits
            .iter()
            .filter(|(_, street)| street.link.is_some());
        traits.map(|(edge, street)| (*edge, street))
    }
}

/// A total order of links.
fn order_key(link: &Link) -> impl Ord + '_ {
    let ends = link.ends.map(|(edge, along)| (edge, along.to_bits()));
    (ends, link.time, link.both_ways, &link.name)
}

/// Where links end within streets.
struct Joining<'a> {
    network: &'a Network,
    /// By edge, the places along it in metres, ascending, and the new vertex at each.
    stops: BTreeMap<EdgeId, Vec<(f64, usize)>>,
}

impl<'a> Joining<'a> {
    /// Gives every place within a street a vertex: in the order of edges and places.
    fn new(network: &'a Network, links: &[&Link]) -> Self {
        let mut stops: BTreeMap<EdgeId, Vec<(f64, usize)>> = BTreeMap::new();
        for (edge, along) in links.iter().flat_map(|link| link.ends) {
            if end_at(network, edge, along).is_none() {
                stops.entry(edge).or_default().push((along, 0));
            }
        }
        let mut next = network.nodes.len();
        for places in stops.values_mut() {
            places.sort_by(|a, b| a.0.total_cmp(&b.0));
            // Ends that are one place to the centimetre share a vertex.
            places.dedup_by(|later, before| later.0 - before.0 <= END_M);
            for (_, vertex) in places {
                *vertex = next;
                next += 1;
            }
        }
        Self { network, stops }
    }

    /// The vertex at a place.
    fn vertex(&self, (edge, along): (EdgeId, f64)) -> usize {
        if let Some(end) = end_at(self.network, edge, along) {
            return end.index();
        }
        let places = self.stops.get(&edge).map_or(&[][..], Vec::as_slice);
        // The last vertex that is not beyond the place: its own, or the one it shares.
        let after = places.partition_point(|&(place, _)| place <= along);
        places[after.saturating_sub(1)].1
    }

    /// The streets, each split at its stops; the first part keeps the number of the piece.
    fn split(&self) -> NetworkParts {
        let network = self.network;
        let mut streets = network.clone().into_parts();
        for (edge, stops) in &self.stops {
            // In the order in which they were numbered: new vertices follow all others.
            for &(along, _) in stops {
                let part = along / network.edge(*edge).metres;
                streets.nodes.push(between(network, *edge, part));
                if network.has_heights() {
                    streets.heights.push(height(network, *edge, part));
                }
            }
            split_one(&mut streets, network, (*edge, stops));
        }
        streets
    }
}

/// The end of an edge that a place of it is, if it is one.
fn end_at(network: &Network, edge: EdgeId, along: f64) -> Option<NodeId> {
    let piece = network.edge(edge);
    if along <= END_M {
        return Some(piece.from);
    }
    (piece.metres - along <= END_M).then_some(piece.to)
}

/// Replaces an edge by its parts; they keep its name and its traits, each with its part of the line.
fn split_one(
    streets: &mut NetworkParts,
    network: &Network,
    (edge, stops): (EdgeId, &[(f64, usize)]),
) {
    let piece = network.edge(edge);
    let street = network.traits_of(edge);
    let first = edge.index();
    // Put in again below, for each part with its share of the line.
    streets.traits.retain(|&(other, _)| other != first);
    let mut start = (0.0, piece.from.index());
    let last = (piece.metres, piece.to.index());
    for (number, &stop) in stops.iter().chain([&last]).enumerate() {
        let part = (start.1, stop.1, stop.0 - start.0);
        // The first part keeps the number of the piece, so that all other numbers stay.
        let place = if number == 0 {
            streets.edges[first] = part;
            first
        } else {
            streets.edges.push(part);
            if !streets.names.is_empty() {
                streets.names.push(streets.names[first].clone());
            }
            streets.edges.len() - 1
        };
        if !street.is_plain() {
            let along = [start.0, stop.0].map(|metres| metres / piece.metres);
            streets.traits.push((place, part_of(street, along)));
        }
        start = stop;
    }
}

/// The traits of a part of a piece.
pub(super) fn part_of(street: Traits, along: [f64; 2]) -> Traits {
    let [begin, end] = street.span;
    // Rounding must not carry a part beyond its line.
    let span =
        along.map(|part| (begin + (end - begin) * part).clamp(begin.min(end), begin.max(end)));
    Traits { span, ..street }
}

/// Lays a link as a piece of street between two vertices, with its time, name and direction.
fn lay(streets: &mut NetworkParts, link: &Link, [from, to]: [usize; 2]) {
    let metres = streets.nodes[from].distance(streets.nodes[to]);
    let one_way = if link.both_ways {
        OneWay::No
    } else {
        OneWay::Forward
    };
    let traits = Traits {
        link: Some(link.time),
        one_way,
        level: true,
        ..Traits::default()
    };
    streets.traits.push((streets.edges.len(), traits));
    streets.edges.push((from, to, metres));
    if !streets.names.is_empty() {
        let name = Some(link.name.as_str()).filter(|name| !name.is_empty());
        streets.names.push(name.map(Arc::from));
    }
}

/// The position at a part of an edge.
fn between(network: &Network, edge: EdgeId, part: f64) -> Position {
    let piece = network.edge(edge);
    let [[x, y], [u, v]] = [piece.from, piece.to].map(|end| network.node(end).on_plane());
    Position::from_plane([x + (u - x) * part, y + (v - y) * part])
}

/// The height there, where it is known.
fn height(network: &Network, edge: EdgeId, part: f64) -> Option<f32> {
    let piece = network.edge(edge);
    let low = network.height(piece.from)?;
    let high = network.height(piece.to)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "heights are kept so finely and no finer"
    )]
    let height = (low + (high - low) * part) as f32;
    Some(height)
}
