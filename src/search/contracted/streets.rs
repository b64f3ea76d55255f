//! All streets between junctions, for one walking profile.

use std::borrow::Cow;

use rayon::prelude::*;

use super::dead_ends;
use super::order::along_the_curve;
use super::street::{BothWays, DeadEnd, InArc, Place, Street};
use super::trace::Tracer;
use crate::ids::EdgeId;
use crate::model::Network;
use crate::search::cost_model::CostModel;
use crate::search::csr::Csr;
use crate::search::sentinel::{NO_NUMBER, NO_WAY, short};

/// The streets between junctions, for one walking profile.
pub(in crate::search) struct ContractedStreets {
    /// How many junctions there are; as a number of one, the tip of every dead end.
    pub junctions: u32,
    /// The network's node at each junction.
    pub nodes: Vec<u32>,
    pub streets: Vec<Street>,
    pub(super) dead_ends: Vec<DeadEnd>,
    /// By edge of the network.
    pub(super) places: Vec<Place>,
    /// By the junction that they lead to: a walk is searched from its end.
    pub inward: Csr<InArc>,
    /// Whether every street takes as long back as forth.
    pub symmetric: bool,
}

impl ContractedStreets {
    /// Contracts a network. O(V + E + J log J) for J junctions, partly in parallel.
    pub(in crate::search) fn new(network: &Network, cost_model: &CostModel<'_>) -> Self {
        let costs: Vec<BothWays> = (0..network.edges().len())
            .into_par_iter()
            .map(|edge| edge_ticks(cost_model, EdgeId::new(edge)))
            .collect();
        // Dead ends first: what they hang on may then be no junction any more, and the streets that
        // are followed afterwards are longer.
        let mut tracer = Tracer::new(network, costs);
        dead_ends::take_off(&mut tracer);
        tracer.follow_all();
        let dead_ends = dead_ends::attach(&mut tracer);

        // Until here streets end at nodes; from here on at junctions, numbered along the curve.
        let nodes = junction_nodes(network, &tracer);
        let mut streets = tracer.streets;
        number_ends(&mut streets, &nodes, network.nodes().len());
        let junctions = short(nodes.len());
        Self {
            places: tracer.places,
            ..Self::of_parts(junctions, nodes, streets, dead_ends)
        }
    }

    /// From streets whose ends are junctions. Edges have no places on them. O(streets).
    pub(super) fn of_parts(
        junctions: u32,
        nodes: Vec<u32>,
        streets: Vec<Street>,
        dead_ends: Vec<DeadEnd>,
    ) -> Self {
        Self {
            junctions,
            // Both follow from the streets: who sends streets to another machine leaves them out.
            inward: inward(junctions, &streets),
            symmetric: streets
                .iter()
                .all(|street| street.ticks[0] == street.ticks[1]),
            nodes,
            streets,
            dead_ends,
            places: Vec::new(),
        }
    }

    /// The arcs by the junction that they lead away from. O(streets), but O(1) where all is symmetric.
    pub(in crate::search) fn outward(&self) -> Cow<'_, Csr<InArc>> {
        // Every arc has its twin with as many ticks: to and from are the same list.
        if self.symmetric {
            return Cow::Borrowed(&self.inward);
        }
        let away = (0..self.junctions).flat_map(|other| {
            let arcs = self.inward.row(other).iter();
            arcs.map(move |arc| {
                let ticks = arc.ticks;
                (arc.other, InArc { other, ticks })
            })
        });
        Cow::Owned(Csr::new(self.junctions as usize, away))
    }

    /// The streets that lead from one junction to another one. Rings and dead ends lead nowhere new.
    pub(in crate::search) fn through_streets(&self) -> impl Iterator<Item = &Street> {
        through(self.junctions, &self.streets)
    }

    /// Whether an edge is open at least one way.
    pub(in crate::search) fn is_open(&self, edge: usize) -> bool {
        self.places[edge].street != NO_NUMBER
    }

    /// Which end of an edge lies towards its street's first end: 0 or 1.
    pub(in crate::search) fn near_end(&self, edge: EdgeId) -> usize {
        usize::from(self.places[edge.index()].is_turned())
    }

    /// Bytes that stay in memory.
    pub(in crate::search) fn bytes(&self) -> usize {
        size_of_val(&*self.nodes)
            + size_of_val(&*self.streets)
            + size_of_val(&*self.dead_ends)
            + size_of_val(&*self.places)
            + self.inward.bytes()
    }
}

/// Ticks of an edge forward and backward.
pub(super) fn edge_ticks(cost_model: &CostModel<'_>, edge: EdgeId) -> BothWays {
    let whole = cost_model.on(edge).whole();
    // However slow, an open way is not to be taken for a closed one.
    whole.map(|way| way.map_or(NO_WAY, |ticks| ticks.min(NO_WAY - 1)))
}

/// The junctions' nodes, in the order of their numbers.
fn junction_nodes(network: &Network, tracer: &Tracer<'_>) -> Vec<u32> {
    let nodes = (0_u32..)
        .zip(&tracer.vertices)
        .filter(|(_, vertex)| vertex.is_junction())
        .map(|(node, _)| node)
        .collect();
    along_the_curve(network, nodes)
}

/// Ends that were nodes become junctions; what is none gets the number past the last one.
fn number_ends(streets: &mut [Street], junction_nodes: &[u32], nodes: usize) {
    let tip = short(junction_nodes.len());
    // Nodes that are no junctions, and the missing end of a dead end, count as a tip.
    let mut junction_at = vec![tip; nodes];
    for (junction, &node) in (0_u32..).zip(junction_nodes) {
        junction_at[node as usize] = junction;
    }
    for end in streets.iter_mut().flat_map(|street| &mut street.ends) {
        *end = junction_at.get(*end as usize).copied().unwrap_or(tip);
    }
}

fn through(junctions: u32, streets: &[Street]) -> impl Iterator<Item = &Street> + Clone {
    streets.iter().filter(move |street| {
        let [a, b] = street.ends;
        // A ring leads back to where it begins, and a dead end leads nowhere.
        a != b && a < junctions && b < junctions
    })
}

fn inward(junctions: u32, streets: &[Street]) -> Csr<InArc> {
    let arcs = through(junctions, streets)
        .flat_map(|street| both_arcs(*street))
        .filter(|(_, arc)| arc.ticks != NO_WAY);
    Csr::new(junctions as usize, arcs)
}

/// The arcs of a street, each with the junction that it leads to.
const fn both_arcs(street: Street) -> [(u32, InArc); 2] {
    let [first, second] = street.ends;
    let [ahead, back] = street.ticks;
    let from_first = InArc {
        other: first,
        ticks: ahead,
    };
    let from_second = InArc {
        other: second,
        ticks: back,
    };
    [(second, from_first), (first, from_second)]
}
