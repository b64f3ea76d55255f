//! Walking times by an integer Dijkstra on the streets as drawn, every point a vertex of its own.
//!
//! It shares with the library how one stretch of street is turned into ticks, and where points hang.
//! Nothing is contracted, bucketed or cut short, so equal means equal to the tick.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use walkshed::ids::EdgeId;
use walkshed::model::{OneWay, Profile, StreetKind, Study, WalkedBy, slope_factor};
use walkshed::snap::{Linkage, Snap};

/// Arcs `(to, ticks)` by vertex.
type Graph = Vec<Vec<(usize, u64)>>;

/// Ticks from each cell to each site, however long: `[cell][site]`. Delays are not looked at.
pub fn oracle_ticks(study: &Study, links: &Linkage, profile: &Profile) -> Vec<Vec<Option<u64>>> {
    let cells = study.cells().iter().map(|(id, _)| links.cell(id));
    let sites = study.sites().iter().map(|(id, _)| Some(links.site(id)));
    let snaps: Vec<Option<Snap>> = cells.chain(sites).collect();
    let nodes = study.network().nodes().len();
    let mut graph: Graph = vec![Vec::new(); nodes + snaps.len()];
    for edge in 0..study.network().edges().len() {
        split(study, profile, EdgeId::new(edge), &snaps, &mut graph);
    }
    let row = |cell: usize| {
        let ticks = dijkstra(&graph, nodes + cell);
        (study.cells().len()..snaps.len())
            .map(|site| ticks[nodes + site])
            .collect()
    };
    (0..study.cells().len()).map(row).collect()
}

/// Ticks along the first metres of an edge, forward and backward; none where it is closed.
fn until(study: &Study, profile: &Profile, edge: EdgeId, metres: f64) -> [Option<u64>; 2] {
    let (network, rules) = (study.network(), profile.rules);
    let street = network.traits_of(edge);
    // Nobody hangs on a link, so that it is always ridden as a whole.
    if let Some(time) = street.link {
        let closed = [OneWay::Backward, OneWay::Forward];
        return closed.map(|closed| (street.one_way != closed).then(|| u64::from(time.ticks())));
    }
    // Out of a compound, whatever the rules.
    if street.walked_by == WalkedBy::Gate {
        let closed = [OneWay::Backward, OneWay::Forward];
        return closed.map(|closed| (street.one_way != closed).then_some(0));
    }
    let closed =
        |against: OneWay| rules.closes(&street) || (rules.one_way && street.one_way == against);
    let slope = if rules.slope && !street.level {
        network.slope(edge)
    } else {
        0.0
    };
    [(OneWay::Backward, slope), (OneWay::Forward, -slope)].map(|(against, slope)| {
        let stretch = if slope == 0.0 {
            1.0
        } else {
            1.0 / slope_factor(slope)
        };
        let dismounts =
            street.kind == StreetKind::Stairs || street.no_riding || street.ride_way == against;
        let (speed, stretch) = match rules.pushes_at {
            Some(push) if dismounts => (push, stretch),
            Some(_) => (profile.speed, 1.0),
            None => (profile.speed, stretch),
        };
        (!closed(against)).then(|| u64::from(speed.time(metres * stretch).ticks()))
    })
}

/// Adds an edge to the graph, split at all points that hang on it. Points that are the same to the
/// tick in an open direction are at one place.
fn split(
    study: &Study,
    profile: &Profile,
    edge: EdgeId,
    snaps: &[Option<Snap>],
    graph: &mut Graph,
) {
    let (network, nodes) = (study.network(), study.network().nodes().len());
    let ends = network.edge(edge);
    let whole = until(study, profile, edge, ends.metres);
    let key = |ticks: [Option<u64>; 2]| ticks.map(|ticks| ticks.unwrap_or(0));
    let mut stops: BTreeMap<[u64; 2], usize> = BTreeMap::new();
    for (point, snap) in snaps.iter().enumerate() {
        let Some(Snap::Snapped {
            edge: on,
            offset,
            gap,
        }) = *snap
        else {
            continue;
        };
        if on != edge {
            continue;
        }
        let first = until(study, profile, edge, offset);
        let place = [0, 1].map(|way| key(first)[way].min(key(whole)[way]));
        let stop = *stops.entry(place).or_insert_with(|| {
            graph.push(Vec::new());
            graph.len() - 1
        });
        let gap = u64::from(profile.speed.time(gap).ticks());
        graph[nodes + point].push((stop, gap));
        graph[stop].push((nodes + point, gap));
    }
    let (mut last, mut at) = (ends.from.index(), [0, 0]);
    let between = stops.len();
    let stops = stops.into_iter().chain([(key(whole), ends.to.index())]);
    for (number, (place, stop)) in stops.enumerate() {
        let gone = [place[0] - at[0], place[1] - at[1]];
        let tied = number > 0
            && number < between
            && (0..2).any(|way| whole[way].is_some() && gone[way] == 0);
        let ways = [
            (last, stop, whole[0], gone[0]),
            (stop, last, whole[1], gone[1]),
        ];
        for (from, to, open, ticks) in ways {
            if open.is_some() || tied {
                graph[from].push((to, if tied { 0 } else { ticks }));
            }
        }
        (last, at) = (stop, place);
    }
}

fn dijkstra(graph: &Graph, start: usize) -> Vec<Option<u64>> {
    let mut best = vec![None; graph.len()];
    let mut queue = BinaryHeap::from([Reverse((0, start))]);
    while let Some(Reverse((ticks, vertex))) = queue.pop() {
        if best[vertex].is_some() {
            continue;
        }
        best[vertex] = Some(ticks);
        queue.extend(
            graph[vertex]
                .iter()
                .map(|&(to, more)| Reverse((ticks + more, to))),
        );
    }
    best
}
