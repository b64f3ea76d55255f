//! How far two parts of a network lie apart: what would have to be built, or drawn, to join them.

use std::sync::Arc;

use super::barrier::Barriers;
use super::street_index::StreetIndex;
use super::tree::Tree;
use crate::ids::EdgeId;
use crate::model::Network;
use crate::plane::Position;

/// The straight-line metres between the nearest places of two components of a network, as
/// [`Network::component`] numbers them; zero where they cross without a vertex in common. None where
/// one of them has no street: a fixed link is none.
///
/// O(E log E).
///
/// ```
/// # use walkshed::{draw, snap};
/// // Streets 400 m long, 300 m apart.
/// let study = draw::town("A---B  C---D", 100.0, "");
/// let apart = snap::metres_apart(study.network(), [0, 1]).unwrap();
/// assert_eq!(apart.round(), 300.0);
/// ```
#[must_use]
pub fn metres_apart(network: &Network, components: [u32; 2]) -> Option<f64> {
    let [here, there] = components.map(|component| streets(network, component));
    if here.is_empty() || there.is_empty() {
        return None;
    }
    if cross(network, &here, &there) {
        return Some(0.0);
    }
    // Where lines do not cross, an end of one of them is the nearest to the other.
    let from_here = nearest(network, &here, there.clone());
    let from_there = nearest(network, &there, here);
    from_here
        .into_iter()
        .chain(from_there)
        .min_by(f64::total_cmp)
}

/// The streets of a component, fixed links left out: nobody stands on those.
fn streets(network: &Network, component: u32) -> Vec<EdgeId> {
    let edges = (0..network.edges().len()).map(EdgeId::new);
    edges
        .filter(|&edge| network.component(edge) == component)
        .filter(|&edge| network.traits_of(edge).link.is_none())
        .collect()
}

fn ends(network: &Network, edge: EdgeId) -> [Position; 2] {
    let edge = network.edge(edge);
    [edge.from, edge.to].map(|end| network.node(end))
}

/// Whether a street of the one lot crosses one of the other.
fn cross(network: &Network, here: &[EdgeId], there: &[EdgeId]) -> bool {
    let lines: Vec<[Position; 2]> = here.iter().map(|&edge| ends(network, edge)).collect();
    let lines = Barriers::new(&lines);
    there.iter().any(|&edge| {
        let [from, to] = ends(network, edge);
        lines.between(from.on_plane(), to.on_plane())
    })
}

/// From the ends of the one lot to the nearest of the other.
fn nearest(network: &Network, from: &[EdgeId], to: Vec<EdgeId>) -> Option<f64> {
    let index = StreetIndex {
        network,
        tree: Arc::new(Tree::new(network, to)),
        barriers: Arc::new(Barriers::new(&[])),
        leaves_islands: false,
    };
    let ends = from.iter().flat_map(|&edge| ends(network, edge));
    ends.filter_map(|end| index.nearest_gap(end))
        .min_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(lines: &[[[f64; 2]; 2]]) -> Network {
        let mut nodes = Vec::new();
        let mut edges = Vec::new();
        for (place, line) in lines.iter().enumerate() {
            // A hundred-thousandth of a degree is about 1.11 m at the equator.
            let [a, b] = line.map(|[x, y]| Position::new(x * 1e-5, y * 1e-5).expect("near 0, 0"));
            nodes.extend([a, b]);
            edges.push((2 * place, 2 * place + 1, a.distance(b)));
        }
        Network::new(nodes, &edges).expect("valid edges")
    }

    #[test]
    fn the_nearest_places_may_lie_within_a_street() {
        // A tee that does not quite touch, 10 units off the middle of the bar.
        let tee = network(&[[[0.0, 0.0], [100.0, 0.0]], [[50.0, 10.0], [50.0, 90.0]]]);
        for pair in [[0, 1], [1, 0]] {
            let metres = metres_apart(&tee, pair).expect("both have streets");
            assert!((metres - 11.06).abs() < 0.05, "{metres}");
        }
    }

    #[test]
    fn streets_that_cross_lie_nowhere_apart() {
        let cross = network(&[[[0.0, 0.0], [100.0, 0.0]], [[50.0, -50.0], [50.0, 50.0]]]);
        assert_eq!(metres_apart(&cross, [0, 1]), Some(0.0));
    }
}
