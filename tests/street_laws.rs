//! Laws of walking by rules, tried on random towns with stairs, crossings, one-ways and hills, and
//! petgraph's directed Dijkstra as the oracle.

mod common;

use std::collections::BTreeMap;

use common::Foot;
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use proptest::prelude::*;
use walkshed::ids::EdgeId;
use walkshed::model::{
    Catalogue, Cell, Cells, Edge, Network, NetworkParts, OneWay, Profile, Site, Sites, StreetKind,
    StreetRules, Study, StudyParts, Target, Traits,
};
use walkshed::plane::Position;
use walkshed::search::{Piece, Search, TravelTimes, path, travel_times};
use walkshed::snap::{Linkage, Snap, link, link_as};
use walkshed::{People, Silent, Speed, TravelTime};

/// Streets anywhere on a patch of Hukou of about 2 km, more than half of them with a trait.
#[derive(Debug, Clone)]
struct Town {
    nodes: Vec<(u16, u16)>,
    edges: Vec<(usize, usize, Traits)>,
    heights: Vec<Option<u8>>,
    points: Vec<(u16, u16)>,
}

const HOUR: TravelTime = TravelTime::from_minutes(60);

fn traits() -> impl Strategy<Value = Traits> {
    let kind = prop::sample::select(vec![
        StreetKind::Plain,
        StreetKind::Plain,
        StreetKind::Stairs,
        StreetKind::Crossing,
    ]);
    let one_way = prop::sample::select(vec![
        OneWay::No,
        OneWay::No,
        OneWay::Forward,
        OneWay::Backward,
    ]);
    let ride_way = one_way.clone();
    let span = prop::sample::select(vec![[0.0, 1.0], [0.25, 0.5], [1.0, 0.75]]);
    (
        kind,
        [0.2, 0.2, 0.2].map(prop::bool::weighted),
        [one_way, ride_way],
        span,
    )
        .prop_map(
            |(kind, [no_wheelchair, level, no_riding], [one_way, ride_way], span)| Traits {
                kind,
                no_wheelchair,
                level,
                one_way,
                no_riding,
                ride_way,
                span,
                ..Traits::default()
            },
        )
}

fn rules() -> impl Strategy<Value = StreetRules> {
    let delay = || (0_u32..3).prop_map(|tens| TravelTime::from_ticks(tens * 123_457));
    (any::<[bool; 5]>(), delay(), delay()).prop_map(
        |([stairs_closed, wheelchair, one_way, slope, rides], crossing_delay, stairs_delay)| {
            StreetRules {
                stairs_closed,
                wheelchair,
                one_way,
                slope,
                crossing_delay,
                stairs_delay,
                pushes_at: Speed::from_kmh(1.6).filter(|_| rides),
            }
        },
    )
}

fn towns() -> impl Strategy<Value = Town> {
    let point = || (0_u16..20_000, 0_u16..20_000);
    prop::collection::vec(point(), 2..20).prop_flat_map(move |nodes| {
        let end = 0..nodes.len();
        let heights = prop::collection::vec(prop::option::weighted(0.9, 0_u8..100), nodes.len());
        let edges = prop::collection::vec((end.clone(), end, traits()), 1..50);
        (
            Just(nodes),
            edges,
            heights,
            prop::collection::vec(point(), 2..12),
        )
            .prop_map(|(nodes, edges, heights, points)| Town {
                nodes,
                edges,
                heights,
                points,
            })
    })
}

fn spot((x, y): (u16, u16)) -> Position {
    Position::new(116.2 + f64::from(x) * 1e-6, 29.7 + f64::from(y) * 1e-6).expect("near Hukou")
}

impl Town {
    /// The first point is a site, and so is every third; the others are cells.
    fn study(&self) -> Study {
        let nodes: Vec<Position> = self.nodes.iter().map(|&node| spot(node)).collect();
        // A street from a vertex to itself is a loop of 40 m.
        let metres = |a: usize, b: usize| {
            if a == b {
                40.0
            } else {
                nodes[a].distance(nodes[b])
            }
        };
        let network = Network::with_traits(NetworkParts {
            edges: self
                .edges
                .iter()
                .map(|&(a, b, _)| (a, b, metres(a, b)))
                .collect(),
            traits: self.edges.iter().map(|edge| edge.2).enumerate().collect(),
            heights: self
                .heights
                .iter()
                .map(|height| height.map(f32::from))
                .collect(),
            nodes,
            ..NetworkParts::default()
        });
        let at = |keep: fn(usize) -> bool| {
            self.points
                .iter()
                .enumerate()
                .filter(move |(i, _)| keep(*i))
                .map(|(i, &at)| (format!("{i:02}"), spot(at)))
        };
        let site = |(id, at): (String, Position)| Site::at(&id, at);
        let cell = |(id, at)| Cell {
            id,
            name: String::new(),
            unit: None,
            people: People::whole(1),
            at: Some(at),
        };
        let sites = Sites::new(at(|i| i % 3 == 0).map(site).collect());
        let parts = StudyParts {
            catalogue: Catalogue::implicit(sites.len()),
            sites,
            cells: Cells::new(at(|i| i % 3 != 0).map(cell).collect()),
            network: network.expect("valid"),
            ..StudyParts::default()
        };
        let target = Target {
            search: HOUR,
            ..Target::default()
        };
        Study::new(StudyParts { target, ..parts }).expect("a study")
    }
}

fn walked(links: &Linkage, rules: StreetRules) -> TravelTimes {
    Search {
        profile: Some(profile(rules)),
        budget: HOUR,
        progress: &Silent,
    }
    .travel_times(links)
}

const fn profile(rules: StreetRules) -> Profile {
    Profile {
        speed: Speed::DEFAULT,
        rules,
    }
}

/// Seconds from each cell to each site, with every foot a vertex of its own: `[cell][site]`.
struct Oracle<'a> {
    study: &'a Study,
    rules: StreetRules,
    graph: DiGraph<(), f64>,
}

impl Oracle<'_> {
    fn seconds(study: &Study, links: &Linkage, rules: StreetRules) -> Vec<Vec<Option<f64>>> {
        let mut oracle = Oracle {
            study,
            rules,
            graph: DiGraph::new(),
        };
        let cells = study
            .cells()
            .iter()
            .map(|(id, _)| links.cell(id).and_then(foot));
        let sites = study.sites().iter().map(|(id, _)| foot(links.site(id)));
        let feet: Vec<Option<Foot>> = cells.chain(sites).collect();
        let points = oracle.build(&feet);
        let (cells, sites) = points.split_at(study.cells().len());
        let row = |cell: &Option<NodeIndex>| {
            let reached =
                cell.map(|cell| dijkstra(&oracle.graph, cell, None, |edge| *edge.weight()));
            sites
                .iter()
                .map(|site| reached.as_ref()?.get(&(*site)?).copied())
                .collect()
        };
        cells.iter().map(row).collect()
    }

    fn build(&mut self, feet: &[Option<Foot>]) -> Vec<Option<NodeIndex>> {
        let network = self.study.network();
        let nodes: Vec<NodeIndex> = network
            .nodes()
            .iter()
            .map(|_| self.graph.add_node(()))
            .collect();
        let mut points = vec![None; feet.len()];
        for (place, &edge) in network.edges().iter().enumerate() {
            if self.closed(place) {
                continue;
            }
            // Feet at one place of the street are one vertex.
            let mut stops: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
            for (point, foot) in feet.iter().enumerate() {
                if let Some(foot) = foot.filter(|foot| foot.edge == place) {
                    stops.entry(foot.offset.to_bits()).or_default().push(point);
                }
            }
            let (mut last, mut at) = (nodes[edge.from.index()], 0.0);
            for (offset, on) in stops {
                let (stop, offset) = (self.graph.add_node(()), f64::from_bits(offset));
                self.join(place, edge, [last, stop], offset - at);
                for point in on {
                    let door = self.graph.add_node(());
                    let gap = feet[point].map_or(0.0, |foot| foot.gap) / 1000.0 * 900.0;
                    self.graph.add_edge(door, stop, gap);
                    self.graph.add_edge(stop, door, gap);
                    points[point] = Some(door);
                }
                (last, at) = (stop, offset);
            }
            self.join(
                place,
                edge,
                [last, nodes[edge.to.index()]],
                edge.metres - at,
            );
        }
        points
    }

    fn closed(&self, place: usize) -> bool {
        let (street, rules) = (
            self.study.network().traits_of(EdgeId::new(place)),
            self.rules,
        );
        let stairs = street.kind == StreetKind::Stairs;
        stairs && rules.stairs_closed || rules.wheelchair && (stairs || street.no_wheelchair)
    }

    /// A stretch of an edge, in those directions in which it is open. 1,000 m take 900 s.
    fn join(&mut self, place: usize, edge: Edge, ends: [NodeIndex; 2], metres: f64) {
        let (network, rules) = (self.study.network(), self.rules);
        let street = network.traits_of(EdgeId::new(place));
        let line_delay = match street.kind {
            StreetKind::Plain => 0.0,
            StreetKind::Stairs => rules.stairs_delay.seconds(),
            StreetKind::Crossing => rules.crossing_delay.seconds(),
            StreetKind::Elevator => walkshed::model::ELEVATOR_TIME.seconds(),
        };
        let part = if edge.metres > 0.0 {
            metres / edge.metres
        } else {
            1.0
        };
        let delay = line_delay * (street.span[1] - street.span[0]).abs() * part;
        let rise = match (network.height(edge.from), network.height(edge.to)) {
            (Some(from), Some(to)) if rules.slope && !street.level => to - from,
            _ => 0.0,
        };
        let closed = [(OneWay::Backward, 1.0), (OneWay::Forward, -1.0)];
        for (direction, (closed, sign)) in closed.into_iter().enumerate() {
            if rules.one_way && street.one_way == closed {
                continue;
            }
            let slope = if edge.metres > 0.0 {
                (sign * rise / edge.metres).clamp(-0.5, 0.5)
            } else {
                0.0
            };
            // Tobler's speed on the slope against his speed on the flat.
            let tobler = |slope: f64| 6.0 * (-3.5 * (slope + 0.05_f64).abs()).exp();
            // 4 km/h ridden, 1.6 km/h pushed.
            let against = [OneWay::Backward, OneWay::Forward][direction];
            let dismounts =
                street.kind == StreetKind::Stairs || street.no_riding || street.ride_way == against;
            let on_foot = metres * tobler(0.0) / tobler(slope);
            let along = match (rules.pushes_at.is_some(), dismounts) {
                (true, true) => on_foot * 2.25,
                (true, false) => metres * 0.9,
                (false, _) => on_foot * 0.9,
            };
            let seconds = along + delay;
            self.graph
                .add_edge(ends[direction], ends[1 - direction], seconds);
        }
    }
}

fn foot(snap: Snap) -> Option<Foot> {
    match snap {
        Snap::Snapped { edge, offset, gap } => Some(Foot {
            edge: edge.index(),
            offset,
            gap,
        }),
        Snap::Stranded { .. } => None,
    }
}

/// Whether each walk of the first search is found by the second one too, and takes no longer there.
fn none_longer(study: &Study, long: &TravelTimes, short: &TravelTimes) -> bool {
    study.cells().iter().all(|(cell, _)| {
        let found = |site| short.of(cell).iter().find(|reach| reach.site == site);
        long.of(cell)
            .iter()
            .all(|long| found(long.site).is_some_and(|short| short.time <= long.time))
    })
}

fn same(study: &Study, a: &TravelTimes, b: &TravelTimes) -> bool {
    study
        .cells()
        .iter()
        .all(|(cell, _)| a.of(cell) == b.of(cell))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_search_is_petgraphs_directed_dijkstra(town in towns(), rules in rules(), own_links in any::<bool>()) {
        let study = town.study();
        let links = if own_links { link_as(&study, &rules, &Silent) } else { link(&study) };
        let times = walked(&links, rules);
        let oracle = Oracle::seconds(&study, &links, rules);
        for (cell, _) in study.cells().iter() {
            for (site, _) in study.sites().iter() {
                let found = times.of(cell).iter().find(|r| r.site == site).map(|r| r.time.seconds());
                match (found, oracle[cell.index()][site.index()]) {
                    (Some(found), Some(exact)) => prop_assert!((found - exact).abs() < 0.01, "{found} {exact}"),
                    (None, Some(exact)) => prop_assert!(exact > HOUR.seconds() - 0.01, "{exact} s was not found"),
                    (Some(found), None) => prop_assert!(false, "{found} s out of nothing"),
                    (None, None) => {}
                }
            }
        }
    }

    #[test]
    fn the_path_is_the_walk_that_the_search_found(town in towns(), rules in rules()) {
        let study = town.study();
        let links = link_as(&study, &rules, &Silent);
        let times = walked(&links, rules);
        for (cell, _) in study.cells().iter() {
            for (site, _) in study.sites().iter() {
                let found = times.of(cell).iter().find(|reach| reach.site == site).map(|reach| reach.time);
                let walk = path(&links, &profile(rules), cell, site);
                let Some(walk) = walk else {
                    prop_assert_eq!(found, None);
                    continue;
                };
                prop_assert_eq!(found, Some(walk.time).filter(|&time| time <= HOUR));
                let parts = walk.gaps.iter().map(|gap| gap.time).chain(walk.pieces.iter().map(|piece| piece.time));
                prop_assert_eq!(parts.map(TravelTime::ticks).sum::<u32>(), walk.time.ticks());
                prop_assert!(walk.pieces.windows(2).all(|pair| pair[0].to == pair[1].from), "{walk:?}");
                let ends = |piece: &Piece| study.network().edge(piece.edge);
                let loops = walk.pieces.iter().any(|piece| ends(piece).from == ends(piece).to);
                let straight = walk.pieces.iter().map(|piece| piece.from.distance(piece.to)).sum::<f64>();
                // A place within a piece is found on the plane, whose scale changes by 1 in 5,000 over 2 km here.
                let along = walk.metres() - walk.gaps[0].metres - walk.gaps[1].metres;
                prop_assert!(loops || (along - straight).abs() < 0.1 + along * 1e-4, "{along} m, {straight} m");
                prop_assert!(walk.detour().is_none_or(|times| times > 0.999), "{walk:?}");
            }
        }
    }

    #[test]
    fn with_all_rules_off_traits_and_heights_change_nothing(town in towns()) {
        let study = town.study();
        let bare: Vec<_> =
            study.network().edges().iter().map(|e| (e.from.index(), e.to.index(), e.metres)).collect();
        let network = Network::new(study.network().nodes().to_vec(), &bare).expect("valid");
        let plain = study.clone().with(|parts| parts.network = network).expect("still a study");
        let (links, plain_links) = (link(&study), link(&plain));
        prop_assert_eq!(&links, &plain_links);
        let (times, plain_times) = (travel_times(&links, HOUR), travel_times(&plain_links, HOUR));
        prop_assert!(same(&study, &times, &plain_times));
        prop_assert_eq!(times.work(), plain_times.work());
    }

    #[test]
    fn closing_streets_and_waiting_never_shorten_a_walk(town in towns(), rules in rules()) {
        let study = town.study();
        let links = link(&study);
        let open = StreetRules { slope: rules.slope, pushes_at: rules.pushes_at, ..StreetRules::default() };
        let waiting = StreetRules { crossing_delay: rules.crossing_delay, stairs_delay: rules.stairs_delay, ..open };
        let one_way = StreetRules { one_way: true, ..waiting };
        let (open, waiting) = (walked(&links, open), walked(&links, waiting));
        let (one_way, all) = (walked(&links, one_way), walked(&links, StreetRules { one_way: true, ..rules }));
        prop_assert!(none_longer(&study, &waiting, &open));
        prop_assert!(none_longer(&study, &one_way, &waiting));
        prop_assert!(none_longer(&study, &all, &one_way));
    }

    #[test]
    fn dismounting_never_shortens_a_ride_and_without_tags_there_is_none(town in towns(), rules in rules()) {
        let study = town.study();
        let links = link(&study);
        let walking = StreetRules { slope: false, pushes_at: None, ..rules };
        let riding = StreetRules { pushes_at: Speed::from_kmh(1.6), ..walking };
        prop_assert!(none_longer(&study, &walked(&links, riding), &walked(&links, walking)));
        // Streets that are all ridden are ridden as they are walked, to the tick.
        let mut open = town;
        for (_, _, street) in &mut open.edges {
            let kind = if street.kind == StreetKind::Stairs { StreetKind::Plain } else { street.kind };
            *street = Traits { kind, no_riding: false, ride_way: OneWay::No, ..*street };
        }
        let study = open.study();
        let links = link(&study);
        prop_assert!(same(&study, &walked(&links, walking), &walked(&links, riding)));
    }

    #[test]
    fn a_town_listed_the_other_way_round_is_the_same_town(town in towns(), rules in rules()) {
        let mut turned = town.clone();
        for edge in &mut turned.edges {
            *edge = (edge.1, edge.0, if edge.0 == edge.1 { edge.2 } else { edge.2.reversed() });
        }
        let (study, other) = (town.study(), turned.study());
        let links = link_as(&study, &rules, &Silent);
        let other_links = link_as(&other, &rules, &Silent);
        prop_assert_eq!(&links, &other_links);
        prop_assert!(same(&study, &walked(&links, rules), &walked(&other_links, rules)));
    }
}
