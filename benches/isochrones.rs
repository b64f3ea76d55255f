//! Isochrones of 15 minutes on counties of 10,000 and 1,000,000 street vertices.
//!
//! `cargo bench --bench isochrones` measures, `-- 1000000` the large county alone; with `-- --test`
//! everything runs once, on the small one.
//!
//! * `isochrones-ready`: what it costs to make the streets ready, once for all sites
//! * `isochrones-pieces`: the reached stretches of street of all sites, on all threads
//! * `isochrones-polygons`: the polygons of 50 sites around stretches that are known, on one thread:
//!   `first` where the land of the streets is not known yet, `bands` where it is, and as others draw them
//!   from the same stretches (`examples/isochrones/rivals`): `grid-contour`, `concave-hull`, `buffers`
//! * `isochrones-threads`: `bands` of the same sites on one thread and on two

mod common;
#[path = "../examples/isochrones/rivals/mod.rs"]
mod rivals;

use std::hint::black_box;

use common::{county_file, study};
use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use geo_types::MultiPolygon;
use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};
use walkshed::TravelTime;
use walkshed::isochrone::{Drawing, Isochrones};
use walkshed::model::Study;
use walkshed::search::ReachedStreets;
use walkshed::snap::Snap;

const LIMIT: TravelTime = TravelTime::from_minutes(15);
/// So many sites are drawn, evenly picked.
const DRAWN: usize = 50;
/// The width of a cell of the grid: what Valhalla takes for walks.
const CELL_M: f64 = 100.0;
/// Half the width of a buffer.
const WIDTH_M: f64 = 50.0;

fn all(criterion: &mut Criterion) {
    let tried = std::env::args().any(|word| word == "--test");
    let counties: &[usize] = if tried {
        &[10_000]
    } else {
        &[10_000, 1_000_000]
    };
    for &nodes in counties {
        measure(criterion, nodes, &study(&county_file(nodes)));
    }
}

fn measure(criterion: &mut Criterion, nodes: usize, county: &Study) {
    let drawing = Drawing::of(county);
    let isochrones = Isochrones::new(county, &drawing);
    ready(criterion, nodes, county, &drawing);

    let sites = county.sites().iter();
    let places: Vec<Snap> = sites.map(|(_, site)| isochrones.snap(site.at)).collect();
    pieces(criterion, nodes, &isochrones, &places);

    let reached: Vec<ReachedStreets> = places
        .iter()
        .step_by((places.len() / DRAWN).max(1))
        .take(DRAWN)
        .map(|&place| isochrones.reached(place, LIMIT))
        .collect();
    let known = Known {
        nodes,
        county,
        drawing: &drawing,
        isochrones: &isochrones,
        reached: &reached,
    };
    known.polygons(criterion);
    known.threads(criterion);
}

fn ready(criterion: &mut Criterion, nodes: usize, county: &Study, drawing: &Drawing) {
    let mut group = criterion.benchmark_group("isochrones-ready");
    group.throughput(Throughput::Elements(county.network().nodes().len() as u64));
    group.bench_function(BenchmarkId::from_parameter(nodes), |b| {
        b.iter_with_large_drop(|| Isochrones::new(county, drawing));
    });
    group.finish();
}

fn pieces(criterion: &mut Criterion, nodes: usize, isochrones: &Isochrones<'_>, places: &[Snap]) {
    let mut group = criterion.benchmark_group("isochrones-pieces");
    group.throughput(Throughput::Elements(places.len() as u64));
    group.bench_function(BenchmarkId::new("reached", nodes), |b| {
        b.iter(|| {
            let reached = places
                .par_iter()
                .map(|&place| isochrones.reached(place, LIMIT));
            let stretches = reached.map(|streets| streets.stretches.len());
            stretches.sum::<usize>()
        });
    });
    group.finish();
}

/// A way to draw what is reached.
type Draw<'a> = fn(&Known<'a>) -> Vec<MultiPolygon>;

/// What is known before polygons are drawn.
struct Known<'a> {
    nodes: usize,
    county: &'a Study,
    drawing: &'a Drawing,
    isochrones: &'a Isochrones<'a>,
    /// By site that is drawn.
    reached: &'a [ReachedStreets],
}

impl Known<'_> {
    fn polygons(&self, criterion: &mut Criterion) {
        let one = threads(1);
        let mut group = criterion.benchmark_group("isochrones-polygons");
        group.throughput(Throughput::Elements(self.reached.len() as u64));
        group.bench_function(BenchmarkId::new("first", self.nodes), |b| {
            one.install(|| {
                b.iter_batched_ref(
                    || Isochrones::new(self.county, self.drawing),
                    |unused| bands(unused, self.reached),
                    BatchSize::PerIteration,
                );
            });
        });
        let ways: [(&str, Draw<'_>); 4] = [
            ("bands", Self::bands),
            ("grid-contour", Self::grid_contours),
            ("concave-hull", Self::concave_hulls),
            ("buffers", Self::buffers),
        ];
        for (name, draw) in ways {
            // Once before it is measured: from here on the land is known.
            assert!(
                self.are_drawn(&draw(self)),
                "{name} at {} nodes",
                self.nodes
            );
            group.bench_function(BenchmarkId::new(name, self.nodes), |b| {
                one.install(|| b.iter(|| black_box(draw(self))));
            });
        }
        group.finish();
    }

    fn threads(&self, criterion: &mut Criterion) {
        let mut group = criterion.benchmark_group("isochrones-threads");
        group.throughput(Throughput::Elements(self.reached.len() as u64));
        for count in [1, 2] {
            let pool = threads(count);
            group.bench_function(BenchmarkId::new(count.to_string(), self.nodes), |b| {
                pool.install(|| b.iter(|| black_box(self.bands())));
            });
        }
        group.finish();
    }

    fn bands(&self) -> Vec<MultiPolygon> {
        bands(self.isochrones, self.reached)
    }

    fn grid_contours(&self) -> Vec<MultiPolygon> {
        let network = self.county.network();
        let reached = self.reached.iter();
        reached
            .map(|streets| rivals::grid_contour(streets, network, LIMIT, CELL_M))
            .collect()
    }

    fn concave_hulls(&self) -> Vec<MultiPolygon> {
        let network = self.county.network();
        let reached = self.reached.iter();
        reached
            .map(|streets| rivals::concave_hull(streets, network, LIMIT))
            .collect()
    }

    fn buffers(&self) -> Vec<MultiPolygon> {
        let network = self.county.network();
        let reached = self.reached.iter();
        reached
            .map(|streets| rivals::buffers(streets, network, LIMIT, WIDTH_M))
            .collect()
    }

    /// Whether there is a polygon wherever several streets are reached.
    fn are_drawn(&self, drawn: &[MultiPolygon]) -> bool {
        let mut both = self.reached.iter().zip(drawn);
        both.all(|(reached, polygons)| reached.nodes.len() < 10 || !polygons.0.is_empty())
    }
}

/// The polygons of some places, on the threads of the pool that it runs in.
fn bands(isochrones: &Isochrones<'_>, reached: &[ReachedStreets]) -> Vec<MultiPolygon> {
    reached
        .par_iter()
        // As the library draws: a town takes many times what a village takes.
        .with_max_len(1)
        .flat_map_iter(|streets| isochrones.bands(streets, &[LIMIT]))
        .map(|band| band.polygons())
        .collect()
}

fn threads(count: usize) -> ThreadPool {
    let pool = ThreadPoolBuilder::new().num_threads(count);
    pool.build().expect("threads are made")
}

criterion_group! { name = benches; config = common::short(); targets = all }
criterion_main!(benches);
