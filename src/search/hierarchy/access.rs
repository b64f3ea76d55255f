//! Where things ride between two junctions, and what they read there.
//!
//! ```text
//!            ● cell
//!            ┊ gap                          perch: the two junctions, and the ticks to each
//!    A───────┴──────────b──────────D                 A: gap + leave     D: gap + leave + b to D
//! ```
//!
//! The time at a perch is the smaller of two sums, whatever rides there: a vertex, a cell, a site; one
//! in a dead end rides where that hangs. Only what shares a street with a site needs a second look, for
//! the walk that passes neither junction: such walks are known once for all.

use rayon::prelude::*;

use super::lane_time::{FAR, clipped};
use super::same_street::SameStreet;
use crate::ids::EdgeId;
use crate::model::Network;
use crate::search::Engine;
use crate::search::contracted::{AccessPoint, ContractedStreets, NONE};
use crate::search::csr::Csr;

/// The two junctions between which something rides, and the ticks to or from them.
#[derive(Debug, Clone, Copy)]
pub(super) struct JunctionAccess {
    /// By rank.
    pub ends: [u32; 2],
    pub ticks: [i32; 2],
}

impl JunctionAccess {
    /// Nowhere: at the first junction, and too far from it.
    pub(super) const NOWHERE: Self = Self {
        ends: [0; 2],
        ticks: [FAR; 2],
    };

    /// On a junction.
    const fn at(rank: u32) -> Self {
        Self {
            ends: [rank; 2],
            ticks: [0; 2],
        }
    }

    /// From a point to the junctions.
    pub(super) fn leaving(core: &ContractedStreets, rank: &[u32], spot: &AccessPoint) -> Self {
        let AccessPoint {
            street, out, leave, ..
        } = core.grounded(spot);
        Self::on(core, rank, street, leave.map(|leg| leg.saturating_add(out)))
    }

    /// From the junctions to a point.
    pub(super) fn arriving(core: &ContractedStreets, rank: &[u32], spot: &AccessPoint) -> Self {
        let AccessPoint {
            street,
            into,
            arrive,
            ..
        } = core.grounded(spot);
        Self::on(
            core,
            rank,
            street,
            arrive.map(|leg| leg.saturating_add(into)),
        )
    }

    fn on(core: &ContractedStreets, rank: &[u32], street: u32, ticks: [u32; 2]) -> Self {
        let ends = core.streets[street as usize].ends;
        Self {
            ends: ends.map(|end| rank[end as usize]),
            ticks: ticks.map(clipped),
        }
    }
}

/// Things that read their times from the junctions: all cells, or all nodes, in their order.
#[derive(Debug)]
pub(super) struct Readers {
    pub perches: Vec<JunctionAccess>,
    /// Their walks along the sites' streets.
    pub beside: SameStreet,
}

impl Readers {
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.perches) + self.beside.bytes()
    }

    /// All cells. O(cells + sites).
    pub(super) fn cells(engine: &Engine<'_>, rank: &[u32]) -> Self {
        let (core, seats) = (&engine.core(), engine.seats());
        let leaving = |seat: usize| JunctionAccess::leaving(core, rank, &seats.spots[seat]);
        let seated: Vec<JunctionAccess> = (0..seats.spots.len())
            .into_par_iter()
            .map(leaving)
            .collect();
        let mut perches = vec![JunctionAccess::NOWHERE; engine.study.cells().len()];
        for (&cell, perch) in seats.cells.iter().zip(seated) {
            perches[cell as usize] = perch;
        }
        let hung = (0_u32..)
            .zip(&engine.sites)
            .filter_map(|(site, spot)| Some((site, spot.as_ref()?)));
        let walks = hung.flat_map(|(site, spot)| {
            let walk = move |seat| {
                (
                    seats.cells[seat as usize],
                    clipped(seats.along(core, seat, spot)),
                )
            };
            seats
                .of_street(core.grounded(spot).street)
                .map(move |seat| (site, walk(seat)))
        });
        let beside = SameStreet::new(perches.len(), Csr::new(engine.sites.len(), walks));
        Self { perches, beside }
    }

    /// All nodes. O(nodes + sites); linear in one pass over the edges and one over the nodes.
    pub(super) fn nodes(engine: &Engine<'_>, rank: &[u32]) -> Self {
        let (core, network) = (&engine.core(), engine.study.network());
        let places = vertices(core, network);
        let sites = engine.sites_by_street();
        let perched = |node: usize| {
            let spot = match places[node] {
                Vertex::Junction(junction) => {
                    return (JunctionAccess::at(rank[junction as usize]), None);
                }
                Vertex::On(edge, far) => core.vertex(&engine.cost_model, edge, far),
                Vertex::Nowhere => None,
            };
            let Some(spot) = spot else {
                return (JunctionAccess::NOWHERE, None);
            };
            let ground = core.grounded(&spot).street;
            let near = (!sites.at(ground).is_empty()).then_some((spot, ground));
            (JunctionAccess::leaving(core, rank, &spot), near)
        };
        let block = |block: usize| {
            let nodes = block * BLOCK..network.nodes().len().min((block + 1) * BLOCK);
            let (mut perches, mut near) = (Vec::with_capacity(nodes.len()), Vec::new());
            for node in nodes {
                let (perch, beside) = perched(node);
                perches.push(perch);
                near.extend(beside.map(|(spot, ground)| (node, spot, ground)));
            }
            (perches, near)
        };
        let blocks: Vec<(Vec<JunctionAccess>, Vec<_>)> = (0..network.nodes().len().div_ceil(BLOCK))
            .into_par_iter()
            .map(block)
            .collect();
        let walks = blocks
            .iter()
            .flat_map(|(_, near)| near)
            .flat_map(|&(node, spot, ground)| {
                let node = u32::try_from(node).unwrap_or(NONE);
                sites
                    .at(ground)
                    .iter()
                    .map(move |&site| (site, (node, spot)))
            });
        let walks = walks.filter_map(|(site, (node, spot))| {
            Some((
                site,
                (
                    node,
                    clipped(core.along(&spot, engine.sites[site as usize].as_ref()?)),
                ),
            ))
        });
        let walks = Csr::new(engine.sites.len(), walks);
        let mut perches = Vec::with_capacity(network.nodes().len());
        for (part, _) in &blocks {
            perches.extend_from_slice(part);
        }
        let beside = SameStreet::new(perches.len(), walks);
        Self { perches, beside }
    }
}

/// Nodes that one thread looks at in one go.
const BLOCK: usize = 1 << 14;

/// Where a node lies on the contracted streets.
#[derive(Clone, Copy)]
enum Vertex {
    /// No open edge meets it.
    Nowhere,
    Junction(u32),
    /// At the near or far end of an edge.
    On(EdgeId, bool),
}

/// Where each node of the network lies. O(V + E).
fn vertices(core: &ContractedStreets, network: &Network) -> Vec<Vertex> {
    let mut vertices = vec![Vertex::Nowhere; network.nodes().len()];
    // What lies at the near end of an edge is known without the edge's own ticks: this counts.
    for far in [true, false] {
        for (number, edge) in network
            .edges()
            .iter()
            .enumerate()
            .filter(|(number, _)| core.is_open(*number))
        {
            let (ends, near) = ([edge.from, edge.to], core.near_end(EdgeId::new(number)));
            vertices[ends[near ^ usize::from(far)].index()] = Vertex::On(EdgeId::new(number), far);
        }
    }
    for (junction, &node) in (0..).zip(&core.nodes) {
        vertices[node as usize] = Vertex::Junction(junction);
    }
    vertices
}
