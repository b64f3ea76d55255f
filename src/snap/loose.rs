//! Where streets should hang together, and do not.
//!
//! ```text
//!   tee              near miss          crossing
//!        |            ---- ----              |
//!        ·            A       B         ─────┼─────
//!   ───────────                              |
//!   no vertex on      two vertices,     no vertex in common,
//!   the street        two places        no bridge, no tunnel
//! ```
//!
//! What hangs together by a short walk around is not told: two legs of a sharp corner lie near each
//! other, too. Ways of residents are not looked at; one that has no gate is an island.

use rayon::prelude::*;
use robust::{Coord, orient2d};

use super::nearby::{Place, is_near_by_walk};
use super::street_index::StreetIndex;
use super::tree::Piece;
use crate::ids::{EdgeId, NodeId};
use crate::model::{Islands, Joint, JointKind, Network, Seam};
use crate::plane::{Position, nearest_on_segment};

/// Which places are looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sought {
    /// Streets so near to each other should join, in metres.
    pub within_m: f64,
    /// Not if one walks from the one to the other in so many metres.
    pub around_m: f64,
    /// Whether streets may miss each other anywhere, as in drawings; else only where a street ends and on
    /// islands, as on maps that join streets by their nodes.
    pub everywhere: bool,
}

/// A place where two streets should hang together, and what would join them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LooseJoint {
    /// Where it is, and how far they miss each other.
    pub joint: Joint,
    /// What joins them; none where lines cross, for one may lead over the other.
    pub seam: Option<Seam>,
}

/// The places where streets of an index should hang together, and do not: in the order of kinds, then
/// along a Hilbert curve.
///
/// Fixed links are no streets, and a bridge or a tunnel (`level`) is joined by its ends alone. In parallel;
/// O(V log E + k) where `everywhere` is asked, k being the pieces whose boxes meet; else O(V + E) and as
/// much for each dead end and each piece of an island.
///
/// ```
/// use walkshed::geo_types::line_string;
/// use walkshed::model::{JointKind, Network};
/// use walkshed::snap::{Sought, StreetIndex, loose_joints};
/// // A lane that ends on a street which has no vertex there.
/// let street = line_string![(x: 0.0, y: 0.0), (x: 0.01, y: 0.0)];
/// let lane = line_string![(x: 0.005, y: 0.0), (x: 0.005, y: 0.01)];
/// let network = Network::from_lines(&[street, lane]).unwrap();
/// let sought = Sought { within_m: 1.0, around_m: 30.0, everywhere: true };
/// let found = loose_joints(&StreetIndex::new(&network, &[], 0), sought);
/// assert_eq!(found.iter().map(|loose| loose.joint.kind).collect::<Vec<_>>(), [JointKind::Tee]);
/// let seams: Vec<_> = found.iter().filter_map(|loose| loose.seam).collect();
/// assert_eq!(network.sewn(&seams).unwrap().component_sizes(), [4]);
/// ```
#[must_use]
pub fn loose_joints(index: &StreetIndex<'_>, sought: Sought) -> Vec<LooseJoint> {
    let looking = Looking { index, sought };
    let (nodes, edges) = looking.candidates();
    let mut found: Vec<LooseJoint> = nodes
        .into_par_iter()
        .flat_map_iter(|node| looking.at_vertex(node))
        .collect();
    found.par_extend(
        edges
            .into_par_iter()
            .flat_map_iter(|edge| looking.across(edge)),
    );
    // Each is found once or twice, from either side.
    found.sort_by_cached_key(order_key);
    found.dedup_by_key(|loose| order_key(loose));
    found
}

/// A total order in which the same place is the same.
fn order_key(loose: &LooseJoint) -> impl Ord + use<> {
    let joint = &loose.joint;
    let [one, other] = joint.streets.map(exact);
    (joint.kind, joint.at.on_curve(), exact(joint.at), one, other)
}

fn exact(at: Position) -> [u64; 2] {
    [at.lon(), at.lat()].map(f64::to_bits)
}

struct Looking<'s, 'a> {
    index: &'s StreetIndex<'a>,
    sought: Sought,
}

/// Ways of residents are left aside: where they come out, their gate is a vertex of its own at the same place.
const fn is_of_all(piece: &Piece) -> bool {
    !piece.of_residents
}

/// A vertex and the streets around it.
struct Around<'s> {
    node: NodeId,
    at: Position,
    /// Those that meet there.
    own: Vec<&'s Piece>,
    /// Those that come near.
    others: Vec<&'s Piece>,
}

impl<'s, 'a> Looking<'s, 'a> {
    fn network(&self) -> &'a Network {
        self.index.network
    }

    /// The vertices and the pieces of street that are looked at.
    fn candidates(&self) -> (Vec<NodeId>, Vec<EdgeId>) {
        let network = self.network();
        // By vertex, how many pieces end there; none at those of bridges and of residents alone.
        let mut ends = vec![0_u8; network.nodes().len()];
        let mut on_island = vec![false; network.nodes().len()];
        let mut edges = Vec::new();
        for piece in self.index.pieces().iter().filter(|piece| is_of_all(piece)) {
            let edge = network.edge(piece.edge);
            for node in [edge.from, edge.to] {
                let count = &mut ends[node.index()];
                *count = count.saturating_add(1);
                on_island[node.index()] |= piece.is_island;
            }
            if self.sought.everywhere || self.is_cut_off(piece) {
                edges.push(piece.edge);
            }
        }
        // A dead end is always asked about: it may have been meant to lead on.
        let everywhere = self.sought.everywhere;
        let is_asked =
            |node: &usize| ends[*node] == 1 || ends[*node] > 1 && (everywhere || on_island[*node]);
        let nodes = (0..ends.len()).filter(is_asked).map(NodeId::new).collect();
        (nodes, edges)
    }

    fn is_cut_off(&self, piece: &Piece) -> bool {
        piece.is_island && !self.is_level(piece)
    }

    fn is_level(&self, piece: &Piece) -> bool {
        let network = self.network();
        !network.traits().is_empty() && network.traits_of(piece.edge).level
    }

    /// What a vertex misses.
    fn at_vertex(&self, node: NodeId) -> Vec<LooseJoint> {
        let around = self.around(node);
        let over = around.own.iter().all(|own| self.is_level(own));
        let is_end = around.own.len() == 1;
        let near = around.others.iter().filter(|piece| {
            // A bridge passes over what is below it, and joins it where it ends.
            let is_level = self.is_level(piece);
            is_level == over || (is_end && !is_level)
        });
        near.filter_map(|piece| self.missed(&around, piece))
            .collect()
    }

    /// The pieces that meet at a vertex, and those near it. O(log E + k) as a rule.
    fn around(&self, node: NodeId) -> Around<'s> {
        let at = self.network().node(node);
        let point = at.on_plane();
        // Metres of the plane, and a little more, as its scale changes on the way: metres on the
        // ground are asked of each piece.
        let reach = self.sought.within_m * at.scale() * 1.01;
        let mut around = Around {
            node,
            at,
            own: Vec::new(),
            others: Vec::new(),
        };
        self.index.tree.meeting([point; 2], reach, |piece| {
            let edge = self.network().edge(piece.edge);
            if [edge.from, edge.to].contains(&node) {
                around.own.push(piece);
            } else if is_of_all(piece) {
                around.others.push(piece);
            }
        });
        around
    }

    /// The joint of a vertex and a piece of street, if it misses it.
    fn missed(&self, around: &Around<'_>, piece: &Piece) -> Option<LooseJoint> {
        let network = self.network();
        let edge = network.edge(piece.edge);
        let (part, foot) = nearest_on_segment(around.at.on_plane(), piece.from, piece.to);
        let metres = around.at.distance(Position::from_plane(foot));
        if metres > self.sought.within_m {
            return None;
        }
        let along = part * edge.metres;
        let places = [(edge.from, along), (edge.to, edge.metres - along)];
        let own = [Place::at(around.node)];
        let theirs = places.map(|(node, metres)| Place { node, metres });
        if is_near_by_walk(self.index, (&own, &theirs), self.sought.around_m) {
            return None;
        }
        // A vertex of the street that is near enough is what is missed.
        let ends = [edge.from, edge.to].map(|end| (around.at.distance(network.node(end)), end));
        let nearer = if ends[1].0 < ends[0].0 {
            ends[1]
        } else {
            ends[0]
        };
        if nearer.0 <= self.sought.within_m {
            return Some(self.near_miss([around.node, nearer.1], nearer.0));
        }
        let seam = Seam::OnStreet {
            node: around.node,
            edge: piece.edge,
            along,
        };
        let joint = Joint {
            kind: JointKind::Tee,
            at: around.at,
            metres,
            streets: [around.at, network.node(edge.from)],
        };
        Some(LooseJoint {
            joint,
            seam: Some(seam),
        })
    }

    /// The same from either side.
    fn near_miss(&self, mut nodes: [NodeId; 2], metres: f64) -> LooseJoint {
        // Both ends find it: in one order it is the same joint, and told once.
        nodes.sort_unstable();
        let streets = nodes.map(|node| self.network().node(node));
        let joint = Joint {
            kind: JointKind::NearMiss,
            at: streets[0],
            metres,
            streets,
        };
        LooseJoint {
            joint,
            seam: Some(Seam::Vertices(nodes)),
        }
    }

    /// The pieces of street that one crosses without a vertex in common.
    fn across(&self, edge: EdgeId) -> Vec<LooseJoint> {
        let network = self.network();
        let ends = network.edge(edge);
        let line = [ends.from, ends.to].map(|node| network.node(node).on_plane());
        let own = Piece {
            from: line[0],
            to: line[1],
            edge,
            is_island: Islands::is_small(network.component_size(edge)),
            of_residents: false,
        };
        let mut found = Vec::new();
        if self.is_level(&own) {
            return found;
        }
        self.index.tree.meeting(line, 0.0, |piece| {
            // From both sides where both are looked at: from the smaller number is enough.
            let is_other_side = self.sought.everywhere && piece.edge < edge;
            if piece.edge != edge && !is_other_side && is_of_all(piece) {
                found.extend(self.crossing(&own, piece));
            }
        });
        found
    }

    /// The joint where two pieces cross, if one does not walk from the one to the other nearby.
    fn crossing(&self, own: &Piece, piece: &Piece) -> Option<LooseJoint> {
        // From whichever side it is looked at, it is the same place to the bit.
        let mut pieces = [own, piece];
        pieces.sort_unstable_by_key(|piece| piece.edge);
        let [line, crossed] = pieces.map(|piece| [piece.from, piece.to]);
        let place = crossing_of(line, crossed)?;
        if self.is_level(piece) {
            return None;
        }
        let network = self.network();
        let at = Position::from_plane(place);
        let [one, other] = pieces.map(|piece| network.edge(piece.edge));
        let ends = [one, other].map(|edge| {
            let ends = [edge.from, edge.to];
            ends.map(|node| Place {
                node,
                metres: at.distance(network.node(node)),
            })
        });
        // An end so near to the crossing misses the other street: that is told of the end.
        let all_far = ends
            .iter()
            .flatten()
            .all(|end| end.metres > self.sought.within_m);
        let around_m = self.sought.around_m;
        if !all_far || is_near_by_walk(self.index, (&ends[0], &ends[1]), around_m) {
            return None;
        }
        let joint = Joint {
            kind: JointKind::Crossing,
            at,
            metres: 0.0,
            streets: [one.from, other.from].map(|node| network.node(node)),
        };
        Some(LooseJoint { joint, seam: None })
    }
}

/// Where two lines cross, each within the other; none where they only touch.
pub(super) fn crossing_of(one: [[f64; 2]; 2], other: [[f64; 2]; 2]) -> Option<[f64; 2]> {
    let [a, b] = other.map(|point| turn(one, point));
    let [c, d] = one.map(|point| turn(other, point));
    if !(differ(a, b) && differ(c, d)) {
        return None;
    }
    let part = c.abs() / (c.abs() + d.abs());
    Some([0, 1].map(|axis| one[0][axis] + (one[1][axis] - one[0][axis]) * part))
}

fn differ(a: f64, b: f64) -> bool {
    a < 0.0 && b > 0.0 || a > 0.0 && b < 0.0
}

/// On which side of a line a point lies, exactly (Shewchuk 1997).
fn turn([from, to]: [[f64; 2]; 2], point: [f64; 2]) -> f64 {
    let coord = |[x, y]: [f64; 2]| Coord { x, y };
    orient2d(coord(from), coord(to), coord(point))
}

#[cfg(test)]
#[path = "loose_tests.rs"]
mod tests;
