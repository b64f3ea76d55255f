//! How much memory answers take at most, building included, counted by an allocator of this test's own.
//!
//! The only test here, since whatever runs beside it would be counted too.

#[path = "common/bent.rs"]
mod bent;

use peak_alloc::PeakAlloc;
use rayon::ThreadPoolBuilder;
use walkshed::ids::SiteId;
use walkshed::model::{SiteSet, Study};
use walkshed::search::{Engine, Weights};
use walkshed::snap::link;
use walkshed::{Silent, TravelTime};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// Bytes a node of the network that a run takes at most, above what there was before.
fn bytes_a_node<T: Send>(study: &Study, run: impl FnOnce() -> T + Send) -> usize {
    let pool = ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    drop(pool.install(run));
    (MEMORY.peak_usage() - before) / study.network().nodes().len()
}

#[test]
fn of_a_flat_town_from_its_streets_to_the_answer() {
    let study = bent::bent_town(120);
    let (links, profile, budget) = (
        link(&study),
        study.walk().profile(),
        TravelTime::from_minutes(15),
    );
    let sites = study.sites().len();
    let by_turns = |count: usize| -> Vec<SiteSet> {
        (0..count)
            .map(|first| SiteSet::of((first..sites).step_by(count).map(SiteId::new)))
            .collect()
    };
    let (five, many, ones) = (by_turns(5), by_turns(32), vec![1; study.cells().len()]);
    let engine = || Engine::new(&links, &profile);
    let most = [
        bytes_a_node(&study, || engine().nearest_at_nodes(budget, &five).ticks()),
        bytes_a_node(&study, || engine().nearest_at_nodes(budget, &many).ticks()),
        bytes_a_node(&study, || {
            engine().cumulative_opportunities(budget, Weights::Cells(&ones))
        }),
        bytes_a_node(&study, || engine().counts(budget)),
        bytes_a_node(&study, || engine().travel_times(budget, &Silent)),
    ];
    // Every node's five or 32 answers of 4 bytes are among them. A few bytes more than were counted, as the
    // test's own threads are counted too.
    let known = [86, 206, 112, 102, 103];
    assert!(
        most.iter().zip(known).all(|(&most, known)| most <= known),
        "{most:?} bytes a node, past {known:?}"
    );
    assert!(
        most[0] > 5 * 4 && most[1] > 32 * 4,
        "the counting counts: {most:?}"
    );
}
