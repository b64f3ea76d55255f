//! How much work the engine does on fixed networks, exactly: more of it fails on any machine.

#[path = "common/bent.rs"]
mod bent;

use std::path::Path;

use walkshed::ids::SiteId;
use walkshed::model::SiteSet;
use walkshed::search::{Engine, Size, Weights, Work};
use walkshed::snap::link;
use walkshed::{Silent, TravelTime, draw, read};

/// Four blocks with a dead end, a bend and a lone street.
const BLOCKS: &str = "
    A----+--a-+----B
    |    |    |    |
    |    c    |    b--+--C
    +--s-+----+----+  d
    |    |    |    |  D
    |    t    |    |
    E----+----+----F   G-e-H
";

fn work(settled: u64, relaxed: u64, pushed: u64) -> Work {
    Work {
        settled,
        relaxed,
        pushed,
    }
}

#[test]
fn of_a_drawn_town() {
    let study = draw::town(BLOCKS, 100.0, "st");
    let links = link(&study);
    let engine = Engine::new(&links, &study.walk().profile());
    let done = |minutes| {
        engine
            .travel_times(TravelTime::from_minutes(minutes), &Silent)
            .work()
    };
    assert_eq!(
        engine.size().0,
        8,
        "the corners and the dead end are no junctions"
    );
    assert_eq!(
        [1, 9, 60].map(done),
        [work(0, 0, 0), work(8, 26, 8), work(16, 52, 18)]
    );
}

#[test]
fn of_the_fixture() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/hukou/study.toml");
    let (study, _) = read::study(&file).expect("the study is valid");
    let links = link(&study);
    let engine = Engine::new(&links, &study.walk().profile());
    let (nodes, (junctions, bytes)) = (study.network().nodes().len(), engine.size());
    assert_eq!((nodes, junctions, bytes / nodes), (21_702, 2_817, 41));
    let done = |minutes| {
        engine
            .travel_times(TravelTime::from_minutes(minutes), &Silent)
            .work()
    };
    assert_eq!(
        [15, 30].map(done),
        [work(15_916, 52_773, 19_677), work(33_466, 110_768, 42_401)]
    );
}

/// Streets without slopes and one-ways: every arc has one weight, which the bytes show.
#[test]
fn of_a_flat_town() {
    let study = bent::bent_town(70);
    let (links, profile, budget) = (
        link(&study),
        study.walk().profile(),
        TravelTime::from_minutes(15),
    );
    let nodes = study.network().nodes().len();
    assert_eq!(
        (nodes, study.network().edges().len(), study.sites().len()),
        (11_358, 12_258, 57)
    );
    let engine = Engine::new(&links, &profile);
    let (junctions, bytes) = engine.size();
    assert_eq!(
        (junctions, bytes / nodes),
        (2_366, 57),
        "searches: junctions, bytes a node"
    );
    let done = |minutes| {
        engine
            .travel_times(TravelTime::from_minutes(minutes), &Silent)
            .work()
    };
    assert_eq!(
        [5, 15, 30].map(done),
        [
            work(622, 1_913, 699),
            work(2_038, 6_257, 2_414),
            work(3_846, 11_836, 4_636)
        ]
    );
    engine.contract(budget);
    let size = || engine.hierarchy().expect("it was contracted");
    assert_eq!(
        size(),
        Size {
            junctions,
            arcs: 5_338,
            shortcuts: 1_746,
            bytes: 71_104
        },
        "before the first question"
    );
    let all = [SiteSet::of((0..study.sites().len()).map(SiteId::new))];
    let _ = (
        engine.nearest_at_nodes(budget, &all),
        engine.nearest(budget, &all),
        engine.cumulative_opportunities(budget, Weights::Sites(&vec![1; study.sites().len()])),
    );
    assert_eq!(
        size().bytes / nodes,
        28,
        "with all that questions about nodes and cells need"
    );
}

/// Engines that many threads ask first, again and again: whatever is made at the first question is made once
/// and nobody waits for ever.
#[test]
fn of_many_threads_that_ask_a_new_engine() {
    let study = bent::bent_town(120);
    let (links, profile, budget) = (
        link(&study),
        study.walk().profile(),
        TravelTime::from_minutes(15),
    );
    let known = Engine::new(&links, &profile).travel_times(budget, &Silent);
    assert!(study.sites().len() > 96, "more than three blocks of sites");
    for threads in [3, 4, 8] {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        for _ in 0..20 {
            let times =
                pool.install(|| Engine::new(&links, &profile).travel_times(budget, &Silent));
            assert_eq!((times.len(), times.work()), (known.len(), known.work()));
        }
    }
}
