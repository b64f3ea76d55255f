//! Neighbours close together: vertices along a Hilbert curve.
//!
//! ```text
//!     ┌─┐ ┌─┐      what is near on the curve is near on the ground, and mostly the other way
//!     │ └─┘ │      round; so what a sweep needs next lies in a cache already
//!     └─┐ ┌─┘
//!     ──┘ └──
//! ```
//!
//! Hilbert (1891). O(V log V); nothing is sorted where the caller's order is already so.

use fast_hilbert::xy2h;

use crate::ids::NodeId;
use crate::model::Network;

/// These nodes along the curve; those at one place of the curve by number.
pub(super) fn along_the_curve(network: &Network, nodes: Vec<u32>) -> Vec<u32> {
    let curve = Curve::over(network, &nodes);
    let mut keyed: Vec<(u32, u32)> = nodes.into_iter().map(|node| (curve.place(network, node), node)).collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|(_, node)| node).collect()
}

/// A curve over a box of longitudes and latitudes, of 2¹⁶ steps each way.
struct Curve {
    corner: [f64; 2],
    scale: f64,
}

impl Curve {
    fn over(network: &Network, nodes: &[u32]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for &node in nodes {
            for (axis, value) in degrees(network, node).into_iter().enumerate() {
                low[axis] = low[axis].min(value);
                high[axis] = high[axis].max(value);
            }
        }
        let span = (high[0] - low[0]).max(high[1] - low[1]);
        Self { corner: low, scale: if span > 0.0 { f64::from(u16::MAX) / span } else { 0.0 } }
    }

    fn place(&self, network: &Network, node: u32) -> u32 {
        let at = degrees(network, node);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the box")]
        let step = |axis: usize| ((at[axis] - self.corner[axis]) * self.scale) as u16;
        xy2h(step(0), step(1), 16)
    }
}

fn degrees(network: &Network, node: u32) -> [f64; 2] {
    let at = network.node(NodeId::new(node as usize));
    [at.lon(), at.lat()]
}
