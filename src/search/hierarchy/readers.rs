//! Things that read their times from the junctions: all cells, or all nodes.
//!
//! Only what shares a street with a site needs a second look, for the walk that passes neither
//! junction: such walks are known once for all.

use rayon::prelude::*;

use super::access::JunctionAccess;
use super::lane_time::clipped;
use super::same_street::SameStreet;
use crate::search::contracted::{AccessPoint, NodePlace, places};
use crate::search::csr::Csr;
use crate::search::prepared_study::PreparedStudy;
use crate::search::sentinel::short;

/// Nodes that one thread looks at in one go.
const BLOCK: usize = 1 << 14;

/// Things that read their times from the junctions: all cells, or all nodes, in their order.
#[derive(Debug)]
pub(super) struct Readers {
    pub access: Vec<JunctionAccess>,
    /// Their walks along the sites' streets.
    pub same_street: SameStreet,
}

impl Readers {
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.access) + self.same_street.bytes()
    }

    /// All cells. O(cells + sites).
    pub(super) fn cells(study: &PreparedStudy<'_>, rank: &[u32]) -> Self {
        let cells = study.cells();
        let by_slot: Vec<JunctionAccess> = cells
            .points
            .par_iter()
            .map(|point| JunctionAccess::leaving(study.streets(), rank, point))
            .collect();
        // Back from the order of the streets to the caller's order of cells.
        let mut access = vec![JunctionAccess::NOWHERE; study.study.cells().len()];
        for (&cell, by_slot) in cells.cells.iter().zip(by_slot) {
            access[cell as usize] = by_slot;
        }
        // For each site all cells of its street: few, as most streets have no site.
        let walks = study.hung_sites().flat_map(|(site, point)| {
            let street = study.streets().on_root_street(point).street;
            cells.on_street(street).map(move |slot| {
                let from = &cells.points[slot as usize];
                let along = clipped(study.streets().along_street(from, point));
                (site, (cells.cells[slot as usize], along))
            })
        });
        let walks = Csr::new(study.sites.len(), walks);
        Self {
            same_street: SameStreet::new(access.len(), walks),
            access,
        }
    }

    /// All nodes. O(nodes + sites); linear in one pass over the edges and one over the nodes.
    pub(super) fn nodes(study: &PreparedStudy<'_>, rank: &[u32]) -> Self {
        let nodes = study.study.network().nodes().len();
        // Where nodes lie is found in one pass; what that means in times, in parallel.
        let looking = Nodes {
            study,
            rank,
            places: places(study.streets(), study.study.network()),
            sites: study.sites_by_street(),
        };
        let blocks: Vec<NodeBlock> = (0..nodes.div_ceil(BLOCK))
            .into_par_iter()
            .map(|block| looking.block(block))
            .collect();
        let walks = blocks
            .iter()
            .flat_map(|block| &block.near_sites)
            .flat_map(|near| looking.walks_of(near));
        let walks = Csr::new(study.sites.len(), walks);
        let mut access = Vec::with_capacity(nodes);
        for block in &blocks {
            access.extend_from_slice(&block.access);
        }
        Self {
            same_street: SameStreet::new(access.len(), walks),
            access,
        }
    }
}

/// What is asked about each node.
struct Nodes<'a> {
    study: &'a PreparedStudy<'a>,
    rank: &'a [u32],
    places: Vec<NodePlace>,
    /// By root street.
    sites: Csr<u32>,
}

/// Some nodes in their order, and those of them on a street that a site hangs on.
struct NodeBlock {
    access: Vec<JunctionAccess>,
    near_sites: Vec<NearSites>,
}

/// A node on a root street on which sites hang.
#[derive(Clone, Copy)]
struct NearSites {
    node: u32,
    point: AccessPoint,
    street: u32,
}

impl Nodes<'_> {
    /// A run of neighbouring nodes. O(nodes), and O(depth) for each in a dead end.
    fn block(&self, block: usize) -> NodeBlock {
        let end = self.places.len().min((block + 1) * BLOCK);
        let nodes = block * BLOCK..end;
        let mut found = NodeBlock {
            access: Vec::with_capacity(nodes.len()),
            near_sites: Vec::new(),
        };
        for node in nodes {
            found.access.push(match self.places[node] {
                NodePlace::Junction(junction) => JunctionAccess::at(self.rank[junction as usize]),
                NodePlace::Nowhere => JunctionAccess::NOWHERE,
                // Only between junctions can a walk to a site pass none: at a junction the
                // row holds it already.
                NodePlace::OnEdge(edge, far) => {
                    let streets = self.study.streets();
                    match streets.vertex(&self.study.cost_model, edge, far) {
                        None => JunctionAccess::NOWHERE,
                        Some(point) => {
                            found.near_sites.extend(self.near_sites(node, point));
                            JunctionAccess::leaving(streets, self.rank, &point)
                        }
                    }
                }
            });
        }
        found
    }

    fn near_sites(&self, node: usize, point: AccessPoint) -> Option<NearSites> {
        let street = self.study.streets().on_root_street(&point).street;
        // Only then is there a walk that passes no junction.
        let has_sites = !self.sites.row(street).is_empty();
        has_sites.then(|| NearSites {
            node: short(node),
            point,
            street,
        })
    }

    /// The walks from a node along its street, by site.
    fn walks_of(&self, near: &NearSites) -> impl Iterator<Item = (u32, (u32, i32))> + Clone {
        let NearSites {
            node,
            point,
            street,
        } = *near;
        self.sites.row(street).iter().filter_map(move |&site| {
            let to = self.study.sites[site as usize].as_ref()?;
            let along = self.study.streets().along_street(&point, to);
            Some((site, (node, clipped(along))))
        })
    }
}
