//! A hull around what is reached.

use geo::{ConcaveHull, unary_union};
use geo_types::{Coord, MultiPolygon};
use walkshed::TravelTime;
use walkshed::model::Network;
use walkshed::search::ReachedStreets;

use super::plane::LocalPlane;

/// The concave hull of the nodes that are reached within a limit, and of the ends of stretches between
/// them, as geo draws it by default (a port of mapbox's concaveman, concavity 2).
///
/// Whatever lies between reached nodes lies within, reached or not: a lake, a closed quarter. What lies
/// beside the outermost streets lies without. Of one straight street there is no hull.
///
/// geo panics on points that are not numbers; [`LocalPlane::line`] gives none. Some of its hulls cross
/// themselves (2 of 50 in a made county, geo 0.33.1), so they are resolved. O(n log n) as a rule.
pub fn concave_hull(
    reached: &ReachedStreets,
    network: &Network,
    limit: TravelTime,
) -> MultiPolygon {
    let reached = reached.within(limit);
    let Some(plane) = LocalPlane::around(&reached, network) else {
        return MultiPolygon::new(Vec::new());
    };
    let mut points: Vec<Coord> = reached
        .nodes
        .iter()
        .map(|(node, _)| plane.coord(network.node(*node)))
        .collect();
    for stretch in &reached.stretches {
        let metres = network.edge(stretch.edge).metres;
        let line = plane.line(network, stretch);
        for (offset, point) in stretch.offsets.into_iter().zip([line.start, line.end]) {
            // At its ends are nodes.
            if 0.0 < offset && offset < metres {
                points.push(point);
            }
        }
    }
    points.sort_unstable_by(|one, other| one.x.total_cmp(&other.x).then(one.y.total_cmp(&other.y)));
    points.dedup();
    plane.degrees(&unary_union([&points.concave_hull()]))
}
