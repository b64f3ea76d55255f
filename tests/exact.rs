//! The engine against an integer Dijkstra on the streets as drawn: equal to the tick, on random
//! multigraphs with long streets of many pieces, dead ends, rings, loops, islands, parallel edges and
//! edges without length, one-way, closed and steep ones, and many points on one street.

#[path = "common/multigraph.rs"]
mod multigraph;
#[path = "common/ticks.rs"]
mod ticks;

use multigraph::{LONG, Pieces, rules, spot, study, towns};
use proptest::prelude::*;
use rayon::ThreadPoolBuilder;
use ticks::oracle_ticks;
use walkshed::ids::{CellId, SiteId};
use walkshed::model::{NetworkParts, Profile, StreetRules, Study};
use walkshed::plane::Position;
use walkshed::search::{Engine, Reach, Search, TravelTimes};
use walkshed::snap::{Linkage, link_as};
use walkshed::{Silent, Speed, TravelTime};

fn profile(rules: StreetRules) -> Profile {
    Profile {
        speed: Speed::from_kmh(4.7).expect("a speed"),
        rules,
    }
}

/// The oracle's row of a cell, cut at the budget.
fn row(ticks: &[Option<u64>], budget: TravelTime) -> Vec<Reach> {
    let within = |ticks: u64| {
        u32::try_from(ticks)
            .ok()
            .filter(|&ticks| ticks <= budget.ticks())
    };
    let reach = |(site, ticks): (usize, &Option<u64>)| {
        Some(Reach {
            time: TravelTime::from_ticks(within((*ticks)?)?),
            site: SiteId::new(site),
        })
    };
    let mut row: Vec<Reach> = ticks.iter().enumerate().filter_map(reach).collect();
    row.sort_unstable();
    row
}

fn check(oracle: &[Vec<Option<u64>>], times: &TravelTimes) -> Result<(), TestCaseError> {
    for (cell, ticks) in oracle.iter().enumerate() {
        prop_assert_eq!(
            times.of(CellId::new(cell)),
            row(ticks, times.budget()),
            "cell {}",
            cell
        );
    }
    Ok(())
}

/// The same questions to one engine, in another order and with other budgets between.
fn check_engine(
    study: &Study,
    links: &Linkage,
    engine: &Engine<'_>,
    times: &TravelTimes,
) -> Result<(), TestCaseError> {
    let counts = engine.counts(times.budget());
    for (cell, _) in study.cells().iter() {
        prop_assert_eq!(counts[cell.index()] as usize, times.of(cell).len());
    }
    for (site, _) in study.sites().iter() {
        let reaches = |cell| {
            times
                .of(cell)
                .iter()
                .find(|reach| reach.site == site)
                .map(|reach| (cell, reach.time))
        };
        let expected: Vec<_> = study
            .cells()
            .iter()
            .filter_map(|(cell, _)| reaches(cell))
            .collect();
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
        let engine = Engine::new(&links, &profile);
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
            pool.install(|| Search { profile: Some(profile), budget: LONG, progress: &Silent }.travel_times(&links))
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
            let times = Search { profile: Some(profile), budget: LONG, progress: &Silent }.travel_times(&links);
            study.cells().iter().map(|(cell, _)| times.of(cell).to_vec()).collect::<Vec<_>>()
        };
        prop_assert_eq!(times(nodes.clone(), edges.clone()), times(moved, turned));
    }
}

/// The numbers below a bound in some order.
fn shuffled(bound: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bound).collect();
    order.sort_by_key(|&number| {
        (number as u64 + 1)
            .wrapping_mul(seed | 1)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15)
            >> 7
    });
    order
}
