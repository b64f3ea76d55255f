//! Compounds, which residents leave by their gates and nobody enters.
//!
//! Where a way of residents meets a street of all, it gets a vertex of its own at the same place. From
//! there a gate leads out, without length and one way only:
//!
//! ```text
//!   drawn     A----N----B   street of all         A----N----B
//!                  |                       made        ^        the gate, 0 m
//!                  p        way of residents           N'
//!                                                      |
//!                                                      p
//! ```
//!
//! So a walk may begin in a compound and lead out of it; none leads in, nor through it, and no search
//! needs to know. Two compounds whose ways meet a street at one vertex have a vertex each: residents of
//! the one do not walk through the other.
//!
//! Streets of all from which nothing but a way of residents leads to the others belong to the compound,
//! whose mappers tagged its entrance alone: their people walk out by it.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::districts::Districts;
use super::{Network, NetworkParts};
use crate::ids::{EdgeId, NodeId};
use crate::model::street::{OneWay, Traits};
use crate::model::walked_by::WalkedBy;

/// A way of residents.
struct Way {
    edge: usize,
    /// Which part of its line it is.
    span: [f64; 2],
}

/// An end of a way of residents: the vertex, and the way's place among them.
type End = (usize, usize);

/// The same streets, compounds parted from the streets of all.
///
/// Parts that have gates already stay as they are, as do some that make no network. O(V + E) where
/// there are ways of residents, and O(T) where there are none; and O(R log R) in their number R.
pub(super) fn with_gates(mut parts: NetworkParts) -> NetworkParts {
    let Some(traits) = traits_by_edge(&parts) else {
        return parts;
    };
    let ways = ways_of_residents(&traits);
    let districts = Districts::new(&parts, &traits);
    let mut ends: Vec<End> = Vec::with_capacity(2 * ways.len());
    for (place, way) in ways.iter().enumerate() {
        let (from, to, _) = parts.edges[way.edge];
        ends.extend([(from, place), (to, place)]);
    }
    ends.sort_unstable();
    let compounds = compounds(&parts, &ways, (&ends, &districts));
    // The ends that lie on streets of all: by compound and district, and all alone.
    let meets = |&&(node, _): &&End| districts.of[node].is_some();
    let touching = ends.iter().filter(meets).filter_map(|&(node, place)| {
        let district = districts.of[node]?;
        Some((compounds[place], district))
    });
    let is_outside = districts.outside(touching.collect());
    // In the order of vertices and ways, whatever the numbers of the compounds.
    let mut own: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    for &(node, place) in ends.iter().filter(meets) {
        let compound = compounds[place];
        if districts.of[node].is_some_and(|district| is_outside.contains(&(compound, district))) {
            let gate = own
                .entry((node, compound))
                .or_insert_with(|| add_gate(&mut parts, node, Gate::Inside));
            move_end(&mut parts.edges[ways[place].edge], (node, *gate));
        }
    }
    parts
}

/// The traits by edge; none where residents have no ways or gates already, or edges and traits make no
/// network.
fn traits_by_edge(parts: &NetworkParts) -> Option<Vec<(WalkedBy, [f64; 2])>> {
    let is_any = |walked_by| {
        let mut traits = parts.traits.iter();
        traits.any(|(_, street)| street.walked_by == walked_by)
    };
    if !is_any(WalkedBy::Residents) || is_any(WalkedBy::Gate) {
        return None;
    }
    let is_valid = |&(from, to, _): &(usize, usize, f64)| from.max(to) < parts.nodes.len();
    if !parts.edges.iter().all(is_valid) {
        return None;
    }
    let mut by_edge = vec![(WalkedBy::Everybody, [0.0, 1.0]); parts.edges.len()];
    // Of traits listed twice the first count.
    for (edge, street) in parts.traits.iter().rev() {
        *by_edge.get_mut(*edge)? = (street.walked_by, street.span);
    }
    Some(by_edge)
}

fn ways_of_residents(traits: &[(WalkedBy, [f64; 2])]) -> Vec<Way> {
    let edges = traits.iter().enumerate();
    edges
        .filter(|(_, (walked_by, _))| *walked_by == WalkedBy::Residents)
        .map(|(edge, &(_, span))| Way { edge, span })
        .collect()
}

/// The compound of each way of residents: those that meet away from the streets of all, and the two
/// sides of one line that crosses such a street, are one compound.
fn compounds(
    parts: &NetworkParts,
    ways: &[Way],
    (ends, districts): (&[End], &Districts),
) -> Vec<u32> {
    let mut sets = UnionFind::<u32>::new(ways.len());
    let short = |place: usize| u32::try_from(place).expect("no more ways than a network may have");
    for meeting in ends.chunk_by(|one, other| one.0 == other.0) {
        let (node, first) = meeting[0];
        for (number, &(_, place)) in meeting.iter().enumerate() {
            if districts.of[node].is_none() {
                sets.union(short(first), short(place));
                continue;
            }
            // Few ways meet at one vertex of a street.
            for &(_, other) in &meeting[..number] {
                if is_one_line(parts, node, [&ways[place], &ways[other]]) {
                    sets.union(short(place), short(other));
                }
            }
        }
    }
    sets.into_labeling()
}

/// Whether two ways that meet at a vertex are neighbouring parts of one line: the one begins, by its
/// share of the line's length, where the other ends, to the last bit.
fn is_one_line(parts: &NetworkParts, node: usize, ways: [&Way; 2]) -> bool {
    let [one, other] = ways.map(|way| way.span[usize::from(parts.edges[way.edge].0 != node)]);
    let [name, other_name] = ways.map(|way| parts.names.get(way.edge));
    let inside = 0.0 < one && one < 1.0;
    inside && one.to_bits() == other.to_bits() && name == other_name
}

/// On which side of a gate its new vertex lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::model) enum Gate {
    /// Within the compound.
    Inside,
    /// On the street of all.
    Outside,
}

/// Adds a vertex where this one is, and a gate between both; which vertex that is.
pub(in crate::model) fn add_gate(parts: &mut NetworkParts, node: usize, side: Gate) -> usize {
    let new = parts.nodes.len();
    parts.nodes.push(parts.nodes[node]);
    if !parts.heights.is_empty() {
        parts.heights.push(parts.heights[node]);
    }
    let traits = Traits {
        walked_by: WalkedBy::Gate,
        // From inside to outside: which end is which is told by this alone.
        one_way: OneWay::Forward,
        level: true,
        ..Traits::default()
    };
    parts.traits.push((parts.edges.len(), traits));
    // Without length: a gate costs nothing to pass.
    parts.edges.push(match side {
        Gate::Inside => (new, node, 0.0),
        Gate::Outside => (node, new, 0.0),
    });
    if !parts.names.is_empty() {
        parts.names.push(None);
    }
    new
}

/// Lets a way end at another vertex.
fn move_end((from, to, _): &mut (usize, usize, f64), (before, now): (usize, usize)) {
    for end in [from, to] {
        if *end == before {
            *end = now;
        }
    }
}

impl Network {
    /// Whether ways of residents meet at a vertex, and no street of all. O(E).
    pub(in crate::model) fn is_inside(&self, node: NodeId) -> bool {
        let met = self.edges.iter().enumerate();
        let met = met.filter(|(_, edge)| edge.from == node || edge.to == node);
        let mut walked_by = met.map(|(edge, _)| self.traits_of(EdgeId::new(edge)).walked_by);
        let is_residents = walked_by.clone().any(|by| by == WalkedBy::Residents);
        is_residents && !walked_by.any(|by| by == WalkedBy::Everybody)
    }
}
