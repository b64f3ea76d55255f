//! An independent computation of walking times, to check the library against.
//!
//! It shares nothing with the library but the network's edges: points are snapped by a linear
//! scan on a local equirectangular plane, inserted as vertices, and petgraph does the walking.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::collections::BTreeMap;

use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use walkshed::ids::EdgeId;
use walkshed::model::{Network, OneWay, StreetKind, Study, Traits, WalkedBy};
use walkshed::plane::Position;

/// A point on the network: its edge, metres along it, and metres off it.
#[derive(Debug, Clone, Copy)]
pub struct Foot {
    pub edge: usize,
    pub offset: f64,
    pub gap: f64,
}

/// Where a site hangs: on streets of all, and on neither bridges nor tunnels.
pub fn site_hangs(street: &Traits) -> bool {
    street.walked_by == WalkedBy::Everybody && has_doors(street)
}

/// Where a home hangs: on ways of residents as well.
pub fn home_hangs(street: &Traits) -> bool {
    street.walked_by != WalkedBy::Gate && has_doors(street)
}

/// Nobody's door opens on a bridge, in a tunnel or on a lift.
fn has_doors(street: &Traits) -> bool {
    !street.no_doors && street.kind != StreetKind::Elevator
}

/// The nearest point of any street, by looking at every one.
pub fn linear_snap(
    network: &Network,
    at: Position,
    (max_m, hangs): (f64, fn(&Traits) -> bool),
) -> Option<Foot> {
    let plain = network.traits().is_empty();
    let (east, north) = metres_per_degree(at.lat());
    let local = |p: Position| [(p.lon() - at.lon()) * east, (p.lat() - at.lat()) * north];
    let mut best: Option<Foot> = None;
    for (place, edge) in network.edges().iter().enumerate() {
        if !plain && !hangs(&network.traits_of(EdgeId::new(place))) {
            continue;
        }
        let (a, b) = (local(network.node(edge.from)), local(network.node(edge.to)));
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let squared = dx * dx + dy * dy;
        let t = if squared > 0.0 {
            (-(a[0] * dx + a[1] * dy) / squared).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let gap = (a[0] + t * dx).hypot(a[1] + t * dy);
        if gap <= max_m && best.is_none_or(|best| gap < best.gap) {
            best = Some(Foot {
                edge: place,
                offset: t * edge.metres,
                gap,
            });
        }
    }
    best
}

/// Metres in a degree of longitude and of latitude, from the ellipsoid's radii of curvature.
fn metres_per_degree(lat: f64) -> (f64, f64) {
    let (a, e2) = (6_378_137.0_f64, 0.006_694_379_990_141_32_f64);
    let w = 1.0 - e2 * lat.to_radians().sin().powi(2);
    let prime = a / w.sqrt();
    let meridian = a * (1.0 - e2) / w.powf(1.5);
    (
        prime * lat.to_radians().cos() * std::f64::consts::PI / 180.0,
        meridian * std::f64::consts::PI / 180.0,
    )
}

/// A graph in metres in which every foot is a vertex of its own, split into the streets. Arcs lead against
/// the walk: from where it ends to where it begins.
pub struct Split {
    pub graph: DiGraph<(), f64>,
    pub points: Vec<Option<NodeIndex>>,
}

pub fn split(network: &Network, feet: &[Option<Foot>]) -> Split {
    let mut graph = DiGraph::new();
    let nodes: Vec<NodeIndex> = network.nodes().iter().map(|_| graph.add_node(())).collect();
    let mut on_edge: BTreeMap<usize, Vec<(f64, usize)>> = BTreeMap::new();
    for (point, foot) in feet.iter().enumerate() {
        if let Some(foot) = foot {
            on_edge
                .entry(foot.edge)
                .or_default()
                .push((foot.offset, point));
        }
    }
    let mut points = vec![None; feet.len()];
    for (place, edge) in network.edges().iter().enumerate() {
        let mut stops = on_edge.remove(&place).unwrap_or_default();
        stops.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (mut last, mut at) = (nodes[edge.from.index()], 0.0);
        for (offset, point) in stops {
            let stop = graph.add_node(());
            both_ways(&mut graph, [last, stop], offset - at);
            let off_street = graph.add_node(());
            let gap = feet[point].map_or(0.0, |foot| foot.gap);
            both_ways(&mut graph, [stop, off_street], gap);
            points[point] = Some(off_street);
            (last, at) = (stop, offset);
        }
        let ends = [last, nodes[edge.to.index()]];
        let metres = edge.metres - at + metres_in_lift(network, place);
        let street = network.traits_of(EdgeId::new(place));
        match (street.walked_by, street.one_way) {
            (WalkedBy::Gate, OneWay::Forward) => {
                graph.add_edge(ends[1], ends[0], metres);
            }
            (WalkedBy::Gate, OneWay::Backward) => {
                graph.add_edge(ends[0], ends[1], metres);
            }
            _ => both_ways(&mut graph, ends, metres),
        }
    }
    Split { graph, points }
}

fn both_ways(graph: &mut DiGraph<(), f64>, [one, other]: [NodeIndex; 2], metres: f64) {
    graph.add_edge(one, other, metres);
    graph.add_edge(other, one, metres);
}

/// What an edge costs more where it is a lift: a minute and a half, 100 m at 4 km/h.
fn metres_in_lift(network: &Network, edge: usize) -> f64 {
    let street = network.traits_of(EdgeId::new(edge));
    let part = (street.span[1] - street.span[0]).abs();
    if street.kind == StreetKind::Elevator {
        100.0 * part
    } else {
        0.0
    }
}

/// Seconds from each site to each cell within the budget, by petgraph: `[site][cell]`.
pub fn oracle_seconds(study: &Study, budget_seconds: f64) -> Vec<Vec<Option<f64>>> {
    let max_m = study.walk().max_snap_m;
    let snap = |at, hangs| linear_snap(study.network(), at, (max_m, hangs));
    let sites = study.sites().iter();
    let sites = sites.map(|(_, site)| snap(site.at, site_hangs));
    let cells = study.cells().iter();
    let cells = cells.map(|(_, cell)| snap(cell.at?, home_hangs));
    let feet: Vec<Option<Foot>> = sites.chain(cells).collect();
    seconds_between(study, &feet, budget_seconds)
}

/// The same from feet that are already known (sites first, then cells).
pub fn seconds_between(
    study: &Study,
    feet: &[Option<Foot>],
    budget_seconds: f64,
) -> Vec<Vec<Option<f64>>> {
    let split = split(study.network(), feet);
    let speed = study.walk().speed.kmh() / 3.6;
    let (sites, cells) = split.points.split_at(study.sites().len());
    let row = |site: &Option<NodeIndex>| {
        let reached = site.map(|site| dijkstra(&split.graph, site, None, |edge| *edge.weight()));
        let seconds = |cell: &Option<NodeIndex>| Some(reached.as_ref()?.get(&(*cell)?)? / speed);
        cells
            .iter()
            .map(|cell| seconds(cell).filter(|&s| s <= budget_seconds))
            .collect()
    };
    sites.iter().map(row).collect()
}
