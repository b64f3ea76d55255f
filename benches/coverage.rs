//! Each stage of a coverage run on counties of 10,000 to 1,000,000 street vertices, and walks
//! from a few sites beside petgraph's Dijkstra.
//!
//! `cargo bench` measures; `cargo bench -- --test` runs everything once.

mod common;

use std::hint::black_box;
use std::path::Path;

use common::{BUDGET, Petgraph, county_file, study, with_few_sites};
use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use rayon::ThreadPoolBuilder;
use walkshed::model::Study;
use walkshed::score::coverage_without_rules;
use walkshed::search::travel_times;
use walkshed::snap::link;

/// Street vertices of each county, and the sites from which petgraph walks.
const COUNTIES: [(usize, usize); 3] = [(10_000, 50), (100_000, 4), (1_000_000, 4)];

fn all(criterion: &mut Criterion) {
    for (nodes, few) in COUNTIES {
        let file = county_file(nodes);
        let study = study(&file);
        stages(criterion, nodes, &file, &study);
        walks(criterion, nodes, &with_few_sites(&study, few));
    }
}

/// The stages in their order, on all threads.
fn stages(criterion: &mut Criterion, nodes: usize, file: &Path, county: &Study) {
    let streets = county.network().nodes().len() as u64;
    let mut group = group(criterion, "read", streets);
    group.bench_function(BenchmarkId::from_parameter(nodes), |b| {
        b.iter_with_large_drop(|| study(file));
    });
    group.finish();

    let points = (county.sites().len() + county.cells().len()) as u64;
    let mut group = self::group(criterion, "snap", points);
    group.bench_function(BenchmarkId::from_parameter(nodes), |b| {
        b.iter_with_large_drop(|| link(county));
    });
    group.finish();

    let links = link(county);
    let search = || travel_times(&links, BUDGET);
    let mut group = self::group(criterion, "search", county.sites().len() as u64);
    group.bench_function(BenchmarkId::from_parameter(nodes), |b| {
        b.iter_with_large_drop(search);
    });
    group.finish();

    let times = search();
    let mut group = self::group(criterion, "score", county.cells().len() as u64);
    let score = || coverage_without_rules(&times, county.target());
    group.bench_function(BenchmarkId::from_parameter(nodes), |b| {
        b.iter_with_large_drop(score);
    });
    group.finish();
}

/// From the same few sites on one thread: ours to the budget (setting up and sorting included),
/// petgraph's through the whole county, and petgraph's on what lies within the budget as the
/// crow flies (graph and part made beforehand).
fn walks(criterion: &mut Criterion, nodes: usize, few: &Study) {
    let links = link(few);
    let petgraph = Petgraph::new(few);
    let (ours, theirs) = (travel_times(&links, BUDGET).len(), petgraph.pairs());
    assert!(
        ours > 0 && ours.abs_diff(theirs) <= ours / 1_000,
        "{ours} and {theirs} pairs within the budget"
    );
    let one = ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("a thread");
    let mut group = group(criterion, "walks", few.sites().len() as u64);
    group.bench_function(BenchmarkId::new("walkshed", nodes), |b| {
        one.install(|| b.iter_with_large_drop(|| travel_times(&links, BUDGET)));
    });
    group.bench_function(BenchmarkId::new("petgraph", nodes), |b| {
        b.iter(|| black_box(petgraph.everywhere()));
    });
    group.bench_function(BenchmarkId::new("petgraph-nearby", nodes), |b| {
        b.iter(|| black_box(petgraph.nearby()));
    });
    group.finish();
}

fn group<'a>(
    criterion: &'a mut Criterion,
    name: &str,
    elements: u64,
) -> BenchmarkGroup<'a, WallTime> {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(elements));
    group
}

criterion_group! { name = benches; config = common::short(); targets = all }
criterion_main!(benches);
