//! Which land hangs on which street: the Voronoi cells of the pieces of street, as far as a reach.
//!
//! A place hangs on the nearest piece of street, barriers aside. What hangs on one piece lies beside it,
//! as deep as [`ball`] tells, and in a fan around an end of it past which no other street goes on:
//!
//! ```text
//!          .----------.
//!        /  side       |\   fan
//!       |              | \
//!   ════•══════════════•  |        depth: metres to where another street is as near,
//!       |              | /                or to the reach
//!        \  side       |/
//!          '----------'
//! ```
//!
//! A street's land does not depend on where anybody walks to: it is found when it is asked for the first
//! time, and kept. Where a barrier hides a street from a part of its land, that part hangs on another
//! street: [`hidden`].
//!
//! Files import only those that stand before them here: `outline`, `ball`, `line`, `land`, `hidden`.

mod ball;
mod hidden;
mod land;
mod line;
mod outline;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rayon::prelude::*;

pub(super) use hidden::HiddenSpot;
pub(super) use land::{Fan, Land, Ray};
pub(super) use line::Line;

use crate::ids::{EdgeId, NodeId};
use crate::model::{Edge, Network, OneWay, WalkedBy};
use crate::search::Csr;
use crate::snap::StreetIndex;

/// How fine the land is drawn, and how far it reaches, in metres on the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Fineness {
    /// No place farther from its street is drawn.
    pub reach_m: f64,
    /// How far a border may be off.
    pub tolerance_m: f64,
}

/// The land of every piece of street on which a point may hang.
pub(super) struct Voronoi<'a> {
    network: &'a Network,
    index: StreetIndex<'a>,
    fineness: Fineness,
    /// By node the pieces of street that meet there and on which a point may hang; those of a compound
    /// meet at its gate what meets outside of it.
    streets_at: Csr<u32>,
    /// The node outside of each gate, by the one inside.
    outside: BTreeMap<NodeId, NodeId>,
    /// By edge, once it was asked for; none where no point may hang on it.
    lands: Vec<OnceLock<Option<Box<Land>>>>,
    /// By edge the places that hang on it across the land of streets that a barrier hides.
    hidden: Csr<HiddenSpot>,
}

impl<'a> Voronoi<'a> {
    /// Lands that are found when they are asked for. O(V + E); where there are barriers, what they hide is
    /// found at once, in parallel.
    pub(super) fn new(network: &'a Network, index: StreetIndex<'a>, fineness: Fineness) -> Self {
        let outside = gates(network);
        let streets_at = streets_at(network, &index, &outside);
        let mut voronoi = Self {
            network,
            index,
            fineness,
            streets_at,
            outside,
            lands: (0..network.edges().len())
                .map(|_| OnceLock::new())
                .collect(),
            hidden: Csr::new(network.edges().len(), std::iter::empty()),
        };
        // Before any land is asked for: what is hidden from one street may hang on any other.
        if voronoi.index.has_barriers() {
            let spots: Vec<(u32, HiddenSpot)> = voronoi
                .index
                .pieces()
                .par_iter()
                .flat_map_iter(|piece| hidden::spots(&voronoi, piece.edge))
                .collect();
            let hidden = Csr::new(network.edges().len(), spots.iter().copied());
            voronoi.hidden = hidden;
        }
        voronoi
    }

    /// On which street a point hangs.
    pub(super) const fn index(&self) -> &StreetIndex<'a> {
        &self.index
    }

    /// The fineness of the land.
    pub(super) const fn fineness(&self) -> Fineness {
        self.fineness
    }

    /// The land of a piece of street; none where no point may hang on it.
    pub(super) fn land(&self, edge: EdgeId) -> Option<&Land> {
        let land = &self.lands[edge.index()];
        land.get_or_init(|| Some(Box::new(land::land(self, edge)?)))
            .as_deref()
    }

    /// The places that hang on a piece of street across what a barrier hides from nearer ones.
    pub(super) fn hidden(&self, edge: EdgeId) -> &[HiddenSpot] {
        let edge = u32::try_from(edge.index()).expect("edge ids are 32-bit");
        self.hidden.row(edge)
    }

    /// The pieces of street that meet at a node and on which a point may hang, in order.
    fn streets_at(&self, node: NodeId) -> &[u32] {
        let node = self.place(node);
        let number = u32::try_from(node.index()).expect("node ids are 32-bit");
        self.streets_at.row(number)
    }

    /// The node itself or, of one inside of a gate, the one outside: they are one place.
    fn place(&self, node: NodeId) -> NodeId {
        self.outside.get(&node).copied().unwrap_or(node)
    }

    /// In which order streets take what is as near to several of them: those of all first, as in snapping.
    fn rank(&self, edge: EdgeId) -> (WalkedBy, EdgeId) {
        (self.network.traits_of(edge).walked_by, edge)
    }

    /// A piece of street on the plane.
    pub(super) fn line(&self, edge: EdgeId) -> Line {
        Line::of(self.network, edge)
    }
}

/// The node outside of each gate, by the one inside.
fn gates(network: &Network) -> BTreeMap<NodeId, NodeId> {
    let traits = network.traits().iter();
    let gates = traits.filter(|(_, street)| street.walked_by == WalkedBy::Gate);
    gates
        .map(|&(edge, street)| {
            let Edge { from, to, .. } = network.edge(edge);
            // A gate leads from inside to outside; edges begin at their smaller vertex.
            match street.one_way {
                OneWay::Backward => (to, from),
                OneWay::Forward | OneWay::No => (from, to),
            }
        })
        .collect()
}

/// By node the indexed pieces of street that meet there. O(V + E).
fn streets_at(
    network: &Network,
    index: &StreetIndex<'_>,
    outside: &BTreeMap<NodeId, NodeId>,
) -> Csr<u32> {
    let number = |place: usize| u32::try_from(place).expect("ids are 32-bit");
    let mut edges: Vec<u32> = index
        .pieces()
        .iter()
        .map(|piece| number(piece.edge.index()))
        .collect();
    // Rows are in order, as they are searched by halves.
    edges.sort_unstable();
    let pairs = edges.iter().flat_map(|&edge| {
        let ends = network.edge(EdgeId::new(edge as usize));
        [ends.from, ends.to].map(|node| {
            let node = outside.get(&node).unwrap_or(&node);
            (number(node.index()), edge)
        })
    });
    Csr::new(network.nodes().len(), pairs)
}
