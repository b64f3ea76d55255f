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

use fast_hilbert::xy2h;
use rayon::prelude::*;

use crate::ids::NodeId;
use crate::model::Network;

/// These nodes in the order of the curve; those in one of its cells by their number.
///
/// The curve's cells are 65,536 across the network. O(n log n).
pub(super) fn along_the_curve(network: &Network, nodes: Vec<u32>) -> Vec<u32> {
    let at = |node: u32| {
        let at = network.node(NodeId::new(node as usize));
        [at.lon(), at.lat()]
    };
    let none = [f64::INFINITY, f64::NEG_INFINITY];
    let span =
        |axis: usize| nodes.iter().map(|&node| at(node)[axis]).fold(none, |[low, high], x| [low.min(x), high.max(x)]);
    let (lon, lat) = (span(0), span(1));
    let mut keyed: Vec<(u32, u32)> = nodes
        .into_par_iter()
        .map(|node| {
            let [x, y] = at(node);
            (xy2h(cell(x, lon), cell(y, lat), 16), node)
        })
        .collect();
    keyed.par_sort_unstable();
    keyed.into_iter().map(|(_, node)| node).collect()
}

fn cell(x: f64, [low, high]: [f64; 2]) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let cell = ((x - low) / (high - low).max(f64::MIN_POSITIVE) * f64::from(u16::MAX)) as u16;
    cell
}
