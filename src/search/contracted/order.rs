//! The order of junctions: along a Hilbert curve (Hilbert 1891).
//!
//! ```text
//!   5---6   9--10     Two junctions that are near in this order are near on the ground, and
//!   |   |   |   |     mostly the other way round too. A walk of 15 minutes reads and writes
//!   4   7---8  11     a few short runs of memory instead of hundreds of places anywhere.
//!   |           |
//!   3---2  13--12
//!       |   |
//!   0---1  14--15
//! ```

use rayon::prelude::*;

use crate::ids::NodeId;
use crate::model::Network;

/// These nodes in the order of the curve; those in one of its cells by their number. O(n log n).
pub(super) fn along_the_curve(network: &Network, nodes: Vec<u32>) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = nodes
        .into_par_iter()
        .map(|node| {
            let position = network.node(NodeId::new(node as usize));
            (position.on_curve(), node)
        })
        .collect();
    // The node breaks ties, so that the order is always the same one.
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, node)| node).collect()
}
