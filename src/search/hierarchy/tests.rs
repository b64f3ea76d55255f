//! Every variant beside an integer Dijkstra on random streets, and the size of known hierarchies.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use proptest::prelude::*;

use super::Weights;
use super::nearest_rows::{Question, answer, junctions_settled};
use super::tables::{ticks, worth_contracting};
use crate::ids::{CellId, EdgeId, NodeId, SiteId};
use crate::model::{
    Catalogue, Cell, Cells, Network, NetworkParts, OneWay, Profile, Site, SiteSet, Sites,
    StreetKind, StreetRules, Study, StudyParts, Traits, Walk,
};
use crate::plane::Position;
use crate::progress::Silent;
use crate::search::Search;
use crate::search::cost_model::CostModel;
use crate::search::engine::Engine;
use crate::snap::{Linkage, Snap, link_as};
use crate::units::{People, Speed, TravelTime};

/// Streets anywhere on a patch of about 2 km, with points beside them.
#[derive(Debug, Clone)]
struct Town {
    nodes: Vec<(u16, u16)>,
    /// Between places in the list; without length where the flag says so.
    edges: Vec<(usize, usize, bool, Traits)>,
    points: Vec<(u16, u16)>,
    rules: StreetRules,
}

fn spot((x, y): (u16, u16)) -> Position {
    Position::new(116.2 + f64::from(x) * 1e-6, 29.7 + f64::from(y) * 1e-6).expect("near Hukou")
}

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
    let link = prop::option::weighted(0.1, 0_u32..3_000_000);
    (kind, one_way, ride_way, link).prop_map(|(kind, one_way, ride_way, link)| Traits {
        kind,
        one_way,
        ride_way,
        link: link.map(TravelTime::from_ticks),
        ..Traits::default()
    })
}

fn towns() -> impl Strategy<Value = Town> {
    let point = || (0_u16..20_000, 0_u16..20_000);
    let rules = (any::<[bool; 4]>(), 0_u32..2).prop_map(
        |([stairs_closed, one_way, slope, rides], delay)| StreetRules {
            stairs_closed,
            one_way,
            slope,
            crossing_delay: TravelTime::from_ticks(delay * 123_457),
            pushes_at: Speed::from_kmh(1.7).filter(|_| rides),
            ..StreetRules::default()
        },
    );
    // Half of all towns have no rules: undirected streets.
    let rules = prop_oneof![Just(StreetRules::default()), rules];
    (prop::collection::vec(point(), 2..40), rules).prop_flat_map(move |(nodes, rules)| {
        let end = 0..nodes.len();
        let edges = prop::collection::vec(
            (end.clone(), end, prop::bool::weighted(0.1), traits()),
            1..80,
        );
        (
            Just(nodes),
            edges,
            prop::collection::vec(point(), 2..30),
            Just(rules),
        )
            .prop_map(|(nodes, edges, points, rules)| Town {
                nodes,
                edges,
                points,
                rules,
            })
    })
}

impl Town {
    /// The first point is a site, and so is every third; the others are cells.
    fn study(&self) -> Study {
        let nodes: Vec<Position> = self.nodes.iter().map(|&node| spot(node)).collect();
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
                .map(|&(a, b, none, _)| (a, b, if none { 0.0 } else { metres(a, b) }))
                .collect(),
            traits: self.edges.iter().map(|edge| edge.3).enumerate().collect(),
            heights: self
                .nodes
                .iter()
                .map(|node| Some(f32::from(node.0 % 100)))
                .collect(),
            nodes,
            ..NetworkParts::default()
        });
        let points = |keep: fn(usize) -> bool| {
            self.points
                .iter()
                .enumerate()
                .filter(move |(i, _)| keep(*i))
                .map(|(i, &at)| (i, spot(at)))
                .collect()
        };
        study(
            network.expect("valid"),
            points(|i| i % 3 == 0),
            points(|i| i % 3 != 0),
        )
    }

    fn profile(&self) -> Profile {
        Profile {
            speed: Walk::default().speed,
            rules: self.rules,
        }
    }
}

fn study(network: Network, sites: Vec<(usize, Position)>, cells: Vec<(usize, Position)>) -> Study {
    let cell = |(i, at): (usize, Position)| Cell {
        id: format!("{i:03}"),
        name: String::new(),
        unit: None,
        people: People::whole(u32::try_from(i + 1).expect("few")),
        at: Some(at),
    };
    let sites: Vec<Site> = sites
        .into_iter()
        .map(|(i, at)| Site::at(&format!("{i:03}"), at))
        .collect();
    let parts = StudyParts {
        catalogue: Catalogue::implicit(sites.len()),
        sites: Sites::new(sites),
        cells: Cells::new(cells.into_iter().map(cell).collect()),
        network,
        ..StudyParts::default()
    };
    Study::new(parts).expect("a study")
}

/// Ticks from each node to the nearest of these sites: Dijkstra on the whole network.
fn oracle(study: &Study, links: &Linkage, profile: Profile, sites: &SiteSet) -> Vec<u64> {
    let (network, cost_model) = (study.network(), CostModel::new(study.network(), profile));
    let mut best = vec![u64::MAX; network.nodes().len()];
    let mut queue = BinaryHeap::new();
    for site in sites
        .iter()
        .take_while(|site| site.index() < study.sites().len())
    {
        if let Snap::Snapped { edge, offset, gap } = links.site(site) {
            let (ends, gap) = (network.edge(edge), profile.speed.time(gap).ticks());
            for (end, leg) in [ends.from, ends.to]
                .into_iter()
                .zip(cost_model.on(edge).legs(offset).arrive)
            {
                queue
                    .extend(leg.map(|leg| Reverse((u64::from(leg) + u64::from(gap), end.index()))));
            }
        }
    }
    while let Some(Reverse((ticks, node))) = queue.pop() {
        if ticks >= best[node] {
            continue;
        }
        best[node] = ticks;
        for (number, edge) in network.edges().iter().enumerate() {
            let [forth, back] = cost_model.on(EdgeId::new(number)).whole();
            let ways = [(edge.to, edge.from, forth), (edge.from, edge.to, back)];
            for (_, from, leg) in ways.into_iter().filter(|way| way.0.index() == node) {
                queue.extend(leg.map(|leg| Reverse((ticks + u64::from(leg), from.index()))));
            }
        }
    }
    best
}

fn categories(study: &Study, count: usize) -> Vec<SiteSet> {
    let of = |place: usize| {
        SiteSet::of(
            (0..study.sites().len())
                .filter(|site| site % count == place)
                .map(SiteId::new),
        )
    };
    // One that everybody belongs to, and one that nobody does.
    let all = SiteSet::of((0..study.sites().len()).map(SiteId::new));
    (0..count)
        .map(of)
        .chain([all, SiteSet::default()])
        .collect()
}

type Times = Vec<Option<TravelTime>>;

/// All times of an answer: by node, then by cell, each by category.
fn all(
    engine: &Engine<'_>,
    study: &Study,
    budget: TravelTime,
    categories: &[SiteSet],
) -> [Vec<Times>; 2] {
    let (nodes, cells) = (
        engine.nearest_at_nodes(budget, categories),
        engine.nearest(budget, categories),
    );
    let in_a_row = |times: &[Times]| -> Vec<u32> {
        times
            .iter()
            .flatten()
            .map(|time| time.map_or(u32::MAX, TravelTime::ticks))
            .collect()
    };
    let at_nodes =
        (0..study.network().nodes().len()).map(|node| nodes.times(NodeId::new(node)).collect());
    let at_cells = (0..study.cells().len()).map(|cell| cells.times(CellId::new(cell)).collect());
    let all: [Vec<Times>; 2] = [at_nodes.collect(), at_cells.collect()];
    assert_eq!(
        [nodes.ticks(), cells.ticks()],
        [in_a_row(&all[0]), in_a_row(&all[1])],
        "read out at once"
    );
    all
}

/// An engine that has a hierarchy, and one that shall do without.
fn both(links: &Linkage, profile: Profile, budget: TravelTime) -> [Engine<'_>; 2] {
    let [contracted, plain] = [0, 1].map(|_| Engine::new(links, &profile));
    contracted.contract(budget);
    [contracted, plain]
}

/// Both ways equal the oracle at every node, and the sites' own walks at every cell.
fn check(study: &Study, profile: Profile, budget: TravelTime, count: usize) {
    let links = link_as(study, &profile.rules, &Silent);
    let categories = categories(study, count);
    let [contracted, plain] = both(&links, profile, budget);
    let swept = all(&contracted, study, budget, &categories);
    // One category after the other: so few sites are walked from, unless the town is small.
    let walked = plain.tables.plain(&plain.study);
    let walked_answer = |readers, sites| {
        let question = Question {
            table: walked,
            readers,
            budget: ticks(budget),
        };
        answer(&plain.study, question, std::slice::from_ref(sites))
    };
    for (category, sites) in categories.iter().enumerate() {
        let answer = walked_answer(walked.nodes(&plain.study), sites);
        for (node, times) in swept[0].iter().enumerate() {
            assert_eq!(answer.time(node, 0), times[category], "node {node}");
        }
        let answer = walked_answer(walked.cells(&plain.study), sites);
        for (cell, times) in swept[1].iter().enumerate() {
            assert_eq!(answer.time(cell, 0), times[category], "cell {cell}");
        }
    }
    assert_eq!(
        all(&plain, study, budget, &categories),
        swept,
        "left to choose"
    );
    let times = Search {
        profile: Some(profile),
        budget,
        progress: &Silent,
    }
    .travel_times(&links);
    for (category, sites) in categories.iter().enumerate() {
        let known = oracle(study, &links, profile, sites);
        for (node, &ticks) in known.iter().enumerate() {
            let ticks = u32::try_from(ticks)
                .ok()
                .filter(|&ticks| ticks <= budget.ticks());
            assert_eq!(
                swept[0][node][category].map(TravelTime::ticks),
                ticks,
                "node {node}"
            );
        }
        for (cell, _) in study.cells().iter() {
            let first = times
                .of(cell)
                .iter()
                .find(|reach| sites.contains(reach.site));
            assert_eq!(
                swept[1][cell.index()][category],
                first.map(|reach| reach.time),
                "cell {cell:?}"
            );
        }
    }
}

fn on_threads<T: Send>(threads: usize, run: impl Fn() -> T + Send + Sync) -> T {
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .expect("threads")
        .install(run)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_nearest_equals_an_integer_dijkstra(town in towns(), minutes in 1_u32..70, count in 1_usize..40) {
        check(&town.study(), town.profile(), TravelTime::from_minutes(minutes), count);
    }

    #[test]
    fn balls_are_the_sums_of_all_walks(town in towns(), minutes in 1_u32..70, heavy in any::<bool>()) {
        let (study, profile, budget) = (town.study(), town.profile(), TravelTime::from_minutes(minutes));
        // Every cell is a site of its own as well, so that walks from cell to cell are known.
        let cells: Vec<(usize, Position)> = study.cells().iter().filter_map(|(id, cell)| Some((id.index(), cell.at?))).collect();
        let study = self::study(study.network().clone(), cells.clone(), cells);
        let links = link_as(&study, &profile.rules, &Silent);
        let times = Search { profile: Some(profile), budget, progress: &Silent }.travel_times(&links);
        let weights: Vec<u64> = (0..study.cells().len() as u64).map(|i| (i * i + 1) << if heavy { 40 } else { 3 }).collect();
        let engine = Engine::new(&links, &profile);
        let run = |threads, weights| on_threads(threads, || engine.cumulative_opportunities(budget, weights));
        let (to_cells, to_sites) = (run(1, Weights::Cells(&weights)), run(1, Weights::Sites(&weights)));
        prop_assert_eq!(&to_cells, &run(2, Weights::Cells(&weights)));
        for (cell, _) in study.cells().iter() {
            let known: u64 = times.of(cell).iter().map(|reach| weights[reach.site.index()]).sum();
            prop_assert_eq!(to_sites[cell.index()], known);
            let hung = matches!(links.cell(cell), Some(Snap::Snapped { edge, .. }) if engine.study.streets().is_open(edge.index()));
            let missed = hung && times.of(cell).iter().all(|reach| reach.site.index() != cell.index());
            prop_assert_eq!(to_cells[cell.index()], known + if missed { weights[cell.index()] } else { 0 });
        }
    }

    #[test]
    fn what_lies_at_the_budget_to_the_tick_is_in(town in towns(), pick in any::<prop::sample::Index>()) {
        let (study, profile) = (town.study(), town.profile());
        let links = link_as(&study, &profile.rules, &Silent);
        let all = SiteSet::of((0..study.sites().len()).map(SiteId::new));
        let known = oracle(&study, &links, profile, &all);
        let most = u64::from(Engine::LONGEST.ticks());
        let reached: Vec<_> = known.iter().enumerate().filter(|(_, ticks)| (1..most).contains(*ticks)).collect();
        if !reached.is_empty() {
            let (node, &ticks) = reached[pick.index(reached.len())];
            let exact = u32::try_from(ticks).expect("below the longest");
            let at = |ticks| {
                let budget = TravelTime::from_ticks(ticks);
                let engine = Engine::new(&links, &profile);
                engine.nearest_at_nodes(budget, std::slice::from_ref(&all)).time(NodeId::new(node), 0)
            };
            prop_assert_eq!(at(exact), Some(TravelTime::from_ticks(exact)));
            prop_assert_eq!(at(exact - 1), None);
        }
    }

    #[test]
    fn threads_change_nothing(town in towns()) {
        let (study, profile) = (town.study(), town.profile());
        let run = |threads| on_threads(threads, || {
            let links = link_as(&study, &profile.rules, &Silent);
            let budget = TravelTime::from_minutes(15);
            let engine = Engine::new(&links, &profile);
            engine.contract(budget);
            (all(&engine, &study, budget, &categories(&study, 3)), engine.hierarchy())
        });
        prop_assert_eq!(run(1), run(2));
    }

    #[test]
    fn the_numbers_of_the_nodes_change_nothing(mut town in towns(), seed in any::<u64>()) {
        // No site hangs on a link: each would stand within a street where a vertex has nothing else.
        town.edges.iter_mut().for_each(|edge| edge.3.link = None);
        let mut order: Vec<usize> = (0..town.nodes.len()).collect();
        order.sort_by_key(|&node| (node as u64 + 1).wrapping_mul(seed | 1).rotate_left(23));
        let mut number = vec![0; order.len()];
        order.iter().enumerate().for_each(|(new, &old)| number[old] = new);
        let mut shuffled = town.clone();
        shuffled.nodes = order.iter().map(|&old| town.nodes[old]).collect();
        shuffled.edges.iter_mut().for_each(|edge| (edge.0, edge.1) = (number[edge.0], number[edge.1]));
        shuffled.edges.reverse();
        // Sites stand at vertices, so that no street's rounding depends on the end it is read from.
        let nodes: Vec<Position> = town.nodes.iter().map(|&node| spot(node)).collect();
        let ends: Vec<usize> = town.edges.iter().flat_map(|edge| [edge.0, edge.1]).collect();
        let sites: Vec<usize> = town.points.iter().map(|point| ends[usize::from(point.0) % ends.len()]).collect();
        let run = |town: &Town| {
            let sites = sites.iter().enumerate().map(|(id, &site)| (id, nodes[site])).collect();
            let study = study(town.study().network().clone(), sites, Vec::new());
            let links = link_as(&study, &StreetRules::default(), &Silent);
            let profile = Profile { speed: Walk::default().speed, rules: StreetRules::default() };
            let engine = Engine::new(&links, &profile);
            engine.nearest_at_nodes(TravelTime::from_minutes(12), &categories(&study, 5))
        };
        let (before, after) = (run(&town), run(&shuffled));
        for (node, &number) in number.iter().enumerate() {
            for category in 0..7 {
                let [before, after] =
                    [before.time(NodeId::new(node), category), after.time(NodeId::new(number), category)];
                prop_assert_eq!(before, after);
            }
        }
    }
}

/// A town of `size` × `size` junctions, 100 m apart, a bend between each two.
fn grid(size: usize) -> Study {
    let at = |x: usize, y: usize| {
        let part = |n: usize| f64::from(u32::try_from(n).expect("small")) * 5e-4;
        Position::new(116.0 + part(x), 29.7 + part(y)).expect("valid")
    };
    let side = 2 * size - 1;
    let nodes: Vec<Position> = (0..side * side).map(|i| at(i % side, i / side)).collect();
    let across = (0..side * side)
        .filter(|&i| (i / side).is_multiple_of(2) && i % side + 1 < side)
        .map(|i| (i, i + 1, 50.0));
    let down = (0..side * (side - 1))
        .filter(|&i| (i % side).is_multiple_of(2))
        .map(|i| (i, i + side, 50.0));
    let edges: Vec<_> = across.chain(down).collect();
    let middle = nodes[side * side / 2];
    study(
        Network::new(nodes, &edges).expect("valid"),
        vec![(0, middle)],
        vec![(0, middle)],
    )
}

#[test]
fn a_road_of_a_thousand_bends_stays_exact() {
    let nodes: Vec<(u16, u16)> = (0..1_000_u16).map(|i| (i * 20, i % 7)).collect();
    let mut edges: Vec<_> = (0..999)
        .map(|i| (i, i + 1, i % 10 == 0, Traits::default()))
        .collect();
    // A ring of its own beside it, as long again.
    let ring = (0..300_u16).map(|i| (i * 60, 4_000 + i % 5));
    edges.extend((0..300).map(|i| (1_000 + i, 1_000 + (i + 1) % 300, false, Traits::default())));
    let points = (0..90_u16).map(|i| (i * 211, 300 * (i % 14)));
    let rules = StreetRules::default();
    let town = Town {
        nodes: nodes.into_iter().chain(ring).collect(),
        edges,
        points: points.collect(),
        rules,
    };
    let study = town.study();
    check(&study, town.profile(), TravelTime::from_minutes(15), 4);
}

#[test]
fn a_town_without_streets_has_no_times() {
    let none = study(
        Network::default(),
        vec![(0, spot((0, 0)))],
        vec![(1, spot((1, 1)))],
    );
    let links = link_as(&none, &StreetRules::default(), &Silent);
    let engine = Engine::new(&links, &none.profiles(None)[0]);
    let budget = TravelTime::from_minutes(15);
    assert_eq!(
        engine
            .nearest(budget, &categories(&none, 1))
            .time(CellId::new(0), 0),
        None
    );
    assert_eq!(
        engine.cumulative_opportunities(budget, Weights::Sites(&[1])),
        [0]
    );
}

#[test]
fn the_size_of_a_grids_hierarchy_is_known() {
    let town = grid(40);
    let links = link_as(&town, &StreetRules::default(), &Silent);
    let size = |minutes| {
        let engine = Engine::new(&links, &town.profiles(None)[0]);
        engine.contract(TravelTime::from_minutes(minutes));
        engine
            .hierarchy()
            .map(|size| (size.junctions, size.arcs, size.shortcuts))
    };
    // Without the four corners, which only lead on.
    let junctions = 40 * 40 - 4;
    assert_eq!(size(5), Some((junctions, 6_389, 3_273)));
    assert_eq!(size(15), Some((junctions, 13_517, 10_401)));
}

#[test]
fn a_hierarchy_is_kept_and_made_anew_only_for_longer_walks() {
    let town = grid(20);
    let links = link_as(&town, &StreetRules::default(), &Silent);
    let engine = Engine::new(&links, &town.profiles(None)[0]);
    let arcs = |engine: &Engine<'_>| engine.hierarchy().map(|size| size.arcs);
    let [five, ten] = [5, 10].map(TravelTime::from_minutes);
    let sites = SiteSet::of([SiteId::new(0)]);
    assert!(
        engine
            .nearest(ten, std::slice::from_ref(&sites))
            .time(CellId::new(0), 0)
            .is_some(),
        "the site's own place"
    );
    assert_eq!(arcs(&engine), None, "one site is walked from");
    engine.contract(ten);
    let made = arcs(&engine);
    engine.contract(five);
    assert_eq!(arcs(&engine), made);
    engine.contract(TravelTime::from_minutes(15));
    assert!(arcs(&engine) > made);
}

#[test]
fn contracting_pays_when_walks_would_settle_more_than_there_is() {
    let town = grid(40);
    let links = link_as(&town, &StreetRules::default(), &Silent);
    let engine = Engine::new(&links, &town.profiles(None)[0]);
    let sites = |count: usize| SiteSet::of((0..count).map(SiteId::new));
    let worth = |categories: &[usize]| {
        let categories: Vec<SiteSet> = categories.iter().map(|&count| sites(count)).collect();
        worth_contracting(1_596, junctions_settled(&engine.study, &categories))
    };
    assert!(
        !worth(&[5_000; 4]),
        "four walks settle each junction four times at most"
    );
    assert!(!worth(&[15, 15, 15, 15]), "6,000 junctions");
    assert!(
        !worth(&[16; 4]),
        "no walk settles more junctions than there are"
    );
    assert!(worth(&[5_000; 5]));
}
