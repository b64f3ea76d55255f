//! How long plans take, and how good they are: the OR-Library's largest *p*-median instance here, and Porto
//! Alegre's 1,113 places. Needs `WALKSHED_DATA`.
//!
//! `cargo bench --bench plans` measures what is proved in a second or so; with `WALKSHED_SECONDS=60` it also
//! prints what the hard ones come to in so many seconds each, with their gaps.

#[path = "../tests/common/matrices.rs"]
mod matrices;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use matrices::{or_library, porto_alegre};
use walkshed::plan::{Limits, Matrix, Plan, Problem, Room, Terms, Until, solve};

fn solved(matrix: &Matrix, problem: Problem, sites: u64, limits: &Limits<'_>) -> Plan {
    solve(matrix, problem, &Terms::new(Room::Sites(sites)), limits).expect("a plan")
}

fn plans(criterion: &mut Criterion) {
    let (Some(city), Some((library, _))) = (porto_alegre(), or_library("40")) else {
        eprintln!("skipped: WALKSHED_DATA is not set");
        return;
    };
    let mut group = criterion.benchmark_group("plans");
    group.sample_size(10);
    for sites in [1, 5, 10] {
        group.bench_function(format!("Porto Alegre, mclp, {sites}"), |bench| {
            let problem = Problem::Mclp { limit: 1125 };
            bench.iter(|| black_box(solved(&city, problem, sites, &Limits::NONE)));
        });
    }
    group.bench_function("pmed40, p-median", |bench| {
        let problem = Problem::PMedian { beyond: 2000 };
        bench.iter(|| black_box(solved(&library, problem, 90, &Limits::NONE)));
    });
    group.bench_function("pmed40, p-center", |bench| {
        bench.iter(|| black_box(solved(&library, Problem::PCenter, 90, &Limits::NONE)));
    });
    group.finish();
    hard(&city);
}

/// What the hard ones come to in the seconds that are given.
fn hard(city: &Matrix) {
    let seconds = std::env::var("WALKSHED_SECONDS").ok();
    let Some(seconds) = seconds.and_then(|text| text.parse().ok()) else {
        return;
    };
    let mclp = Problem::Mclp { limit: 1125 };
    for (problem, sites) in [(mclp, 20), (mclp, 40), (Problem::Lscp { limit: 1125 }, 0)] {
        let began = Instant::now();
        let until = Until::new(Some(Duration::from_secs(seconds)), None);
        let limits = Limits {
            work: u64::MAX,
            watch: &until,
        };
        let plan = solved(city, problem, sites, &limits);
        println!(
            "Porto Alegre, {problem:?}, {sites}: {} bound {} gap {:.2} % in {:.1} s, {} parts",
            plan.objective,
            plan.bound,
            plan.gap() * 100.0,
            began.elapsed().as_secs_f64(),
            plan.nodes
        );
    }
}

criterion_group!(benches, plans);
criterion_main!(benches);
