//! From walkable ways and nodes to street pieces.

use std::collections::HashMap;

use crate::plane::Position;
use crate::read::raw_streets::RawStreets;

/// A walkable way: its id and the ids of its nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MapWay {
    pub id: i64,
    pub nodes: Vec<i64>,
}

/// A node: its id, longitude and latitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spot {
    pub id: i64,
    pub at: [f64; 2],
}

/// The ids of all nodes that ways use, in order.
pub(super) fn used_nodes(ways: &[MapWay]) -> Vec<i64> {
    let mut used: Vec<i64> = ways.iter().flat_map(|way| way.nodes.iter().copied()).collect();
    used.sort_unstable();
    used.dedup();
    used
}

/// The street pieces of these ways: nodes by id, pieces in the order of the ways.
///
/// Of several ways or nodes with one id (merged extracts) the last counts. A way is split where the
/// file does not hold a node.
///
/// # Errors
/// A sentence about the first used node that lies nowhere on the globe.
pub(super) fn streets(ways: Vec<MapWay>, mut spots: Vec<Spot>, ways_seen: u64) -> Result<RawStreets, String> {
    spots.reverse();
    spots.sort_by_key(|spot| spot.id);
    spots.dedup_by_key(|spot| spot.id);
    if let Some(spot) = spots.iter().find(|spot| Position::new(spot.at[0], spot.at[1]).is_none()) {
        let [lon, lat] = spot.at;
        return Err(format!("node {} lies at longitude {lon}, latitude {lat}: outside of −180..180, −89..89", spot.id));
    }
    let last: HashMap<i64, usize> = ways.iter().enumerate().map(|(place, way)| (way.id, place)).collect();
    let mut raw = RawStreets { lines: ways_seen, ..RawStreets::default() };
    let mut seen_missing = Vec::new();
    let number = |id: i64| spots.binary_search_by_key(&id, |spot| spot.id).ok().and_then(|n| u32::try_from(n).ok());
    for way in ways.iter().enumerate().filter(|(place, way)| last.get(&way.id) == Some(place)).map(|(_, way)| way) {
        raw.walkable += 1;
        let nodes: Vec<Option<u32>> = way.nodes.iter().map(|&id| number(id)).collect();
        seen_missing.extend(way.nodes.iter().zip(&nodes).filter(|(_, n)| n.is_none()).map(|(&id, _)| id));
        let pairs = nodes.windows(2).filter_map(|pair| Some([pair[0]?, pair[1]?]));
        raw.pieces.extend(pairs.filter(|[a, b]| a != b));
    }
    seen_missing.sort_unstable();
    seen_missing.dedup();
    raw.missing_vertices = seen_missing.len() as u64;
    raw.nodes = spots.into_iter().map(|spot| spot.at).collect();
    Ok(raw)
}
