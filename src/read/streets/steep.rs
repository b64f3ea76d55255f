//! Heights by which nobody could walk: they are no heights.

use crate::ids::EdgeId;
use crate::model::{Network, StreetKind};
use crate::read::row_policy::Door;
use crate::words::text;

/// The steepest streets on earth rise about as much; stairs rise more.
const STEEPEST: f64 = 0.35;
/// On shorter pieces a height that is a little off makes a wall, in metres.
const SHORT_M: f64 = 5.0;
/// So many may be steep streets, or walls at the edge of a terrace.
const FEW: usize = 3;

/// Says that many streets rise more than anybody walks: their third coordinates may be a measure along
/// the line (M) and no height (Z), or the heights are in feet. O(E log T).
pub(crate) fn doubts(network: &Network, door: &mut Door<'_>) {
    let edges = (0..network.edges().len()).map(EdgeId::new);
    let slopes = edges
        .filter(|&edge| network.edge(edge).metres >= SHORT_M)
        .map(|edge| (edge, network.slope(edge).abs()));
    let steep: Vec<f64> = slopes
        .filter(|&(edge, slope)| slope > STEEPEST && is_on_the_ground(network, edge))
        .map(|(_, slope)| slope)
        .collect();
    if steep.len() <= FEW {
        return;
    }
    let most = steep.iter().copied().fold(0.0, f64::max);
    let most = format!("{:.0}", most * 100.0);
    let message = text!(SteepStreets, count = steep.len(), most = most);
    door.doubt("steep-streets", message);
}

fn is_on_the_ground(network: &Network, edge: EdgeId) -> bool {
    let street = network.traits_of(edge);
    street.kind != StreetKind::Stairs && !street.level && street.link.is_none()
}
