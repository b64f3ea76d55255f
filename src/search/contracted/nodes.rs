//! Where each node of the network lies on the contracted streets.

use super::access::AccessPoint;
use super::streets::ContractedStreets;
use crate::ids::EdgeId;
use crate::model::Network;
use crate::search::cost_model::CostModel;
use crate::search::sentinel::NO_NUMBER;

/// Where a node lies on the contracted streets.
#[derive(Clone, Copy)]
pub(in crate::search) enum NodePlace {
    /// No open edge meets it.
    Nowhere,
    Junction(u32),
    /// At the near or (`true`) the far end of an edge.
    OnEdge(EdgeId, bool),
}

/// Where each node of the network lies. O(V + E).
pub(in crate::search) fn places(streets: &ContractedStreets, network: &Network) -> Vec<NodePlace> {
    let mut places = vec![NodePlace::Nowhere; network.nodes().len()];
    // What lies at the near end of an edge is known without the edge's own ticks: it is written last.
    for far in [true, false] {
        for (number, edge) in network.edges().iter().enumerate() {
            if streets.is_open(number) {
                let id = EdgeId::new(number);
                // The near end is the one towards the street's first end, however the edge was
                // drawn.
                let end = streets.near_end(id) ^ usize::from(far);
                let node = [edge.from, edge.to][end];
                places[node.index()] = NodePlace::OnEdge(id, far);
            }
        }
    }
    // Junctions last: edges that end there wrote over them.
    for (junction, &node) in (0..).zip(&streets.nodes) {
        places[node as usize] = NodePlace::Junction(junction);
    }
    places
}

/// Where each node hangs, as if it were a point that stands on the street; none where no open edge
/// meets it. O(V + E).
pub(in crate::search) fn node_points(
    streets: &ContractedStreets,
    cost_model: &CostModel<'_>,
) -> Vec<Option<AccessPoint>> {
    let ends = streets_at_junctions(streets);
    places(streets, cost_model.network())
        .into_iter()
        .map(|place| match place {
            NodePlace::Nowhere => None,
            NodePlace::OnEdge(edge, far) => streets.vertex(cost_model, edge, far),
            NodePlace::Junction(junction) => {
                // Any of its streets will do: it takes no ticks to the end of each.
                let [street, end] = ends[junction as usize];
                // A loop that is closed both ways makes a junction too, and no street meets there.
                (street != NO_NUMBER).then(|| streets.at_end(street, end as usize))
            }
        })
        .collect()
}

/// By junction a street that ends there, and at which of its ends. O(streets).
fn streets_at_junctions(streets: &ContractedStreets) -> Vec<[u32; 2]> {
    let mut ends = vec![[NO_NUMBER; 2]; streets.junctions as usize];
    for (number, street) in (0_u32..).zip(&streets.streets) {
        for (end, junction) in (0_u32..).zip(street.ends) {
            // The tip of a dead end is no junction.
            if let Some(known) = ends.get_mut(junction as usize) {
                *known = [number, end];
            }
        }
    }
    ends
}
