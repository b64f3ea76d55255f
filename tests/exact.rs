//! The engine against an integer Dijkstra on the streets as drawn: equal to the tick, on random
//! multigraphs with long streets of many pieces, dead ends, rings, loops, islands, parallel edges and
//! edges without length, one-way, closed and steep ones, and many points on one street.

#[path = "common/ticks.rs"]
mod ticks;

use std::f64::consts::PI;

use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use ticks::oracle_ticks;
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{
    Catalogue, Cell, Cells, Network, NetworkParts, OneWay, Profile, Site, Sites, StreetKind, StreetRules, Study,
    StudyParts, Target, Traits, Walk,
};
use walkshed::plane::Position;
use walkshed::search::{Engine, Reach, TravelTimes, travel_times_as};
use walkshed::snap::{Linkage, link_as};
use walkshed::{People, Silent, Speed, TravelTime};

/// A street between two corners, bent at so many places.
#[derive(Debug, Clone)]
struct Street {
    ends: [usize; 2],
    bends: usize,
    /// What its pieces have: taken in turn.
    traits: Vec<Traits>,
    /// Metres more than the straight line; without length where there is none.
    extra: Option<u16>,
}

#[derive(Debug, Clone)]
struct Town {
    corners: Vec<(u16, u16)>,
    streets: Vec<Street>,
    heights: Vec<u8>,
    /// A piece of street, how far along it, and how far off it.
    points: Vec<(usize, u8, u8)>,
}

const LONG: TravelTime = TravelTime::from_minutes(600);

fn street(corners: usize) -> impl Strategy<Value = Street> {
    let one_way = prop::sample::select(vec![OneWay::No, OneWay::No, OneWay::No, OneWay::Forward, OneWay::Backward]);
    let kind = prop::sample::select(vec![StreetKind::Plain, StreetKind::Plain, StreetKind::Plain, StreetKind::Stairs]);
    let traits = (kind, one_way).prop_map(|(kind, one_way)| Traits { kind, one_way, ..Traits::default() });
    let plain = Just(vec![Traits::default()]);
    let traits = prop_oneof![plain, prop::collection::vec(traits, 1..4)];
    (0..corners, 0..corners, 0_usize..7, traits, prop::option::weighted(0.9, 0_u16..40))
        .prop_map(|(a, b, bends, traits, extra)| Street { ends: [a, b], bends, traits, extra })
}

fn towns() -> impl Strategy<Value = Town> {
    let corners = prop::collection::vec((0_u16..9_000, 0_u16..9_000), 2..9);
    corners.prop_flat_map(|corners| {
        let streets = prop::collection::vec(street(corners.len()), 1..14);
        let points = prop::collection::vec((any::<usize>(), any::<u8>(), 0_u8..3), 2..24);
        (Just(corners), streets, prop::collection::vec(any::<u8>(), 16), points)
            .prop_map(|(corners, streets, heights, points)| Town { corners, streets, heights, points })
    })
}

fn rules() -> impl Strategy<Value = StreetRules> {
    any::<[bool; 3]>().prop_map(|[stairs_closed, one_way, slope]| StreetRules {
        stairs_closed,
        one_way,
        slope,
        ..StreetRules::default()
    })
}

fn spot([x, y]: [f64; 2]) -> Position {
    Position::new(116.2 + x * 1e-6, 29.7 + y * 1e-6).expect("near Hukou")
}

/// Streets cut into pieces: vertices on the town's own grid, and edges.
#[derive(Default)]
struct Pieces {
    nodes: Vec<[f64; 2]>,
    edges: Vec<(usize, usize, f64)>,
    traits: Vec<(usize, Traits)>,
}

impl Town {
    fn pieces(&self) -> Pieces {
        let corners = self.corners.iter().map(|&(x, y)| [f64::from(x), f64::from(y)]).collect();
        let mut pieces = Pieces { nodes: corners, ..Pieces::default() };
        for (number, street) in self.streets.iter().enumerate() {
            street.cut(number, &mut pieces);
        }
        pieces
    }

    /// Every third point is a site, the others are cells.
    fn study(&self) -> Study {
        let Pieces { nodes, edges, traits } = self.pieces();
        let at = |&(piece, along, aside): &(usize, u8, u8)| {
            let ((from, to, _), part) = (edges[piece % edges.len()], f64::from(along) / 255.0);
            let [a, b] = [nodes[from], nodes[to]];
            spot([a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part + f64::from(aside) * 20.0])
        };
        let points: Vec<Position> = self.points.iter().map(at).collect();
        let heights = (0..nodes.len()).map(|node| Some(f32::from(self.heights[node % self.heights.len()]) / 4.0));
        let heights = heights.collect();
        let nodes = nodes.into_iter().map(spot).collect();
        study(&points, NetworkParts { nodes, edges, traits, heights, names: Vec::new() })
    }
}

impl Street {
    /// Adds the street's vertices and edges, a little aside of those with other numbers.
    fn cut(&self, number: usize, pieces: &mut Pieces) {
        let (last, aside) = (self.bends + 1, f64::from(u8::try_from(number).expect("few")));
        let [a, b] = self.ends.map(|end| pieces.nodes[end]);
        let mut from = self.ends[0];
        for piece in 1..=last {
            let part = f64::from(u8::try_from(piece).expect("few")) / f64::from(u8::try_from(last).expect("few"));
            let to = if piece == last { self.ends[1] } else { pieces.nodes.len() };
            if piece < last {
                // A ring goes out from its corner and comes back; other streets are nearly straight.
                let swing = if self.ends[0] == self.ends[1] { 500.0 } else { 9.0 };
                let [east, north] = [1.0, 2.0].map(|turns| swing * (part * turns * PI).sin());
                pieces.nodes.push([
                    a[0] + (b[0] - a[0]) * part + east + aside * 1.7,
                    a[1] + (b[1] - a[1]) * part + north + aside,
                ]);
            }
            let straight = spot(pieces.nodes[from]).distance(spot(pieces.nodes[to]));
            let metres = self.extra.map_or(0.0, |extra| straight + f64::from(extra) * 0.37);
            pieces.traits.push((pieces.edges.len(), self.traits[piece % self.traits.len()]));
            pieces.edges.push((from, to, metres));
            from = to;
        }
    }
}

/// Every third point is a site, the others are cells.
fn study(points: &[Position], network: NetworkParts) -> Study {
    let of = |keep: fn(usize) -> bool| {
        points.iter().enumerate().filter(move |(place, _)| keep(*place)).map(|(place, &at)| (format!("{place:03}"), at))
    };
    let cell = |(id, at)| Cell { id, name: String::new(), unit: None, people: People::whole(1), at: Some(at) };
    let sites = Sites::new(of(|place| place % 3 == 0).map(|(id, at)| Site::new(&id, at)).collect());
    let parts = StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites,
        cells: Cells::new(of(|place| place % 3 != 0).map(cell).collect()),
        network: Network::with_traits(network).expect("valid"),
        ..StudyParts::default()
    };
    let walk = Walk { min_component: 1, ..Walk::default() };
    Study::new(parts, walk, Target { limit: LONG, search: LONG, items: vec![ItemId::new(0)], date: None })
}

fn profile(rules: StreetRules) -> Profile {
    Profile { speed: Speed::from_kmh(4.7).expect("a speed"), rules }
}

/// The oracle's row of a cell, cut at the budget.
fn row(ticks: &[Option<u64>], budget: TravelTime) -> Vec<Reach> {
    let within = |ticks: u64| u32::try_from(ticks).ok().filter(|&ticks| ticks <= budget.ticks());
    let reach = |(site, ticks): (usize, &Option<u64>)| {
        Some(Reach { time: TravelTime::from_ticks(within((*ticks)?)?), site: SiteId::new(site) })
    };
    let mut row: Vec<Reach> = ticks.iter().enumerate().filter_map(reach).collect();
    row.sort_unstable();
    row
}

fn check(oracle: &[Vec<Option<u64>>], times: &TravelTimes<'_>) -> Result<(), TestCaseError> {
    for (cell, ticks) in oracle.iter().enumerate() {
        prop_assert_eq!(times.of(CellId::new(cell)), row(ticks, times.budget()), "cell {}", cell);
    }
    Ok(())
}

/// The same questions to one engine, in another order and with other budgets between.
fn check_engine(
    study: &Study,
    links: &Linkage,
    engine: &Engine<'_>,
    times: &TravelTimes<'_>,
) -> Result<(), TestCaseError> {
    let counts = engine.counts(times.budget());
    for (cell, _) in study.cells().iter() {
        prop_assert_eq!(counts[cell.index()] as usize, times.of(cell).len());
    }
    for (site, _) in study.sites().iter() {
        let reaches = |cell| times.of(cell).iter().find(|reach| reach.site == site).map(|reach| (cell, reach.time));
        let expected: Vec<_> = study.cells().iter().filter_map(|(cell, _)| reaches(cell)).collect();
        prop_assert_eq!(engine.catchment(links.site(site), times.budget()), expected);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_is_an_integer_dijkstra(town in towns(), rules in rules(), pick in any::<prop::sample::Index>()) {
        let (study, profile) = (town.study(), profile(rules));
        let links = link_as(&study, &rules, &Silent);
        let oracle = oracle_ticks(&study, &links, &profile);
        let engine = Engine::new(&study, &links, &profile);
        check(&oracle, &engine.travel_times(LONG, &Silent))?;
        // A budget that is one of the times to the tick, the one below it, and the longest.
        let found: Vec<u64> = oracle.iter().flatten().flatten().copied().collect();
        let exactly = if found.is_empty() { 0 } else { u32::try_from(found[pick.index(found.len())]).unwrap_or(0) };
        for budget in [exactly, exactly.saturating_sub(1), u32::MAX] {
            let times = engine.travel_times(TravelTime::from_ticks(budget), &Silent);
            check(&oracle, &times)?;
            check_engine(&study, &links, &engine, &times)?;
        }
    }

    #[test]
    fn one_thread_or_two_are_the_same(town in towns(), rules in rules()) {
        let (study, profile) = (town.study(), profile(rules));
        let links = link_as(&study, &rules, &Silent);
        let on = |threads| {
            let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
            pool.install(|| travel_times_as(&study, &links, LONG, &profile, &Silent))
        };
        let (one, two) = (on(1), on(2));
        prop_assert_eq!(one.work(), two.work());
        for (cell, _) in study.cells().iter() {
            prop_assert_eq!(one.of(cell), two.of(cell));
        }
    }

    #[test]
    fn the_numbers_of_vertices_and_edges_do_not_matter(town in towns(), seed in any::<u64>()) {
        // Points stand on the ends of edges (off the streets they might be as near to one parallel street as
        // to another of other length), and lengths are whole millimetres: nothing is rounded another way.
        let Pieces { nodes, edges, .. } = town.pieces();
        let ends: Vec<usize> = edges.iter().flat_map(|&(a, b, _)| [a, b]).collect();
        let points: Vec<Position> = town.points.iter().map(|point| spot(nodes[ends[point.0 % ends.len()]])).collect();
        let edges: Vec<_> = edges.into_iter().map(|(a, b, m)| (a, b, (m * 1000.0).round() / 1000.0)).collect();
        let order = shuffled(nodes.len(), seed);
        let mut moved = vec![[0.0; 2]; nodes.len()];
        order.iter().zip(&nodes).for_each(|(&to, &node)| moved[to] = node);
        let turned: Vec<_> = shuffled(edges.len(), !seed)
            .into_iter()
            .map(|edge| edges[edge])
            .map(|(a, b, metres)| (order[b], order[a], metres))
            .collect();
        let times = |nodes: Vec<[f64; 2]>, edges| {
            let nodes = nodes.into_iter().map(spot).collect();
            let study = study(&points, NetworkParts { nodes, edges, ..NetworkParts::default() });
            let profile = Profile { speed: Speed::DEFAULT, rules: StreetRules::default() };
            let links = link_as(&study, &profile.rules, &Silent);
            let times = travel_times_as(&study, &links, LONG, &profile, &Silent);
            study.cells().iter().map(|(cell, _)| times.of(cell).to_vec()).collect::<Vec<_>>()
        };
        prop_assert_eq!(times(nodes.clone(), edges.clone()), times(moved, turned));
    }
}

/// The numbers below a bound in some order.
fn shuffled(bound: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bound).collect();
    order.sort_by_key(|&number| (number as u64 + 1).wrapping_mul(seed | 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 7);
    order
}
