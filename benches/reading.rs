//! Reading, snapping and writing: what stands before and after the walking.
//!
//! `cargo bench --bench reading` measures; `-- --test` runs everything once. On a county of 100,000
//! street vertices (GeoJSON and CSV), on one thread and on two:
//!
//! * `read`: the study file and all that it names
//! * `snap`: sites and cells on their nearest streets, the index included
//! * `write`: all outputs, with the table of cells × items where it is asked for

mod common;

use std::hint::black_box;

use common::{county_file, short, study};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rayon::{ThreadPool, ThreadPoolBuilder};
use walkshed::Options;
use walkshed::report::{ReportOptions, write_with};
use walkshed::snap::link;

const NODES: usize = 100_000;
/// Room for 30,000 cells × 40 items.
const ITEM_ROWS: u64 = 2_000_000;

fn all(criterion: &mut Criterion) {
    for threads in [1, 2] {
        let pool = ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads can be had");
        stages(criterion, threads, &pool);
    }
}

fn stages(criterion: &mut Criterion, threads: usize, pool: &ThreadPool) {
    let (file, id) = (county_file(NODES), BenchmarkId::new("threads", threads));
    let county = study(&file);
    let points = (county.sites().len() + county.cells().len()) as u64;

    let mut group = criterion.benchmark_group("read");
    group.throughput(Throughput::Elements(county.network().nodes().len() as u64));
    group.bench_function(id.clone(), |b| {
        b.iter_with_large_drop(|| pool.install(|| study(&file)));
    });
    group.finish();

    let mut group = criterion.benchmark_group("snap");
    group.throughput(Throughput::Elements(points));
    group.bench_function(id, |b| {
        b.iter_with_large_drop(|| pool.install(|| link(&county)));
    });
    group.finish();

    let results = walkshed::run(&county, &Options::default()).expect("it has the memory");
    let out = tempfile::tempdir().expect("a temporary directory");
    let mut group = criterion.benchmark_group("write");
    for (name, most_item_rows) in [("cells", 0), ("items", ITEM_ROWS)] {
        let options = ReportOptions {
            most_item_rows,
            ..ReportOptions::default()
        };
        let write =
            || pool.install(|| write_with(&results, out.path(), &options).expect("there is room"));
        group.throughput(Throughput::Elements(
            write().files.iter().map(|file| file.bytes).sum(),
        ));
        group.bench_function(BenchmarkId::new(name, threads), |b| {
            b.iter(|| black_box(write()));
        });
    }
    group.finish();
}

criterion_group! {
    name = benches;
    config = short();
    targets = all
}
criterion_main!(benches);
