//! Strips along the reached streets.

use geo::Buffer;
use geo_types::{LineString, MultiLineString, MultiPolygon};
use walkshed::TravelTime;
use walkshed::model::Network;
use walkshed::search::ReachedStreets;

use super::plane::LocalPlane;

/// All that lies within so many metres of a street that is reached within a limit, by geo's `Buffer`.
///
/// A street beside it that nobody reaches is swallowed, and whoever stands off the street where the time
/// runs out walks the rest for nothing. O(n log n) in the stretches.
pub fn buffers(
    reached: &ReachedStreets,
    network: &Network,
    limit: TravelTime,
    width_m: f64,
) -> MultiPolygon {
    let reached = reached.within(limit);
    let Some(plane) = LocalPlane::around(&reached, network) else {
        return MultiPolygon::new(Vec::new());
    };
    let lines = reached.stretches.iter().map(|stretch| {
        let line = plane.line(network, stretch);
        LineString::from(vec![line.start, line.end])
    });
    let lines: MultiLineString = lines.collect();
    plane.degrees(&lines.buffer(width_m))
}
