//! How long plans take, and how good they are: the OR-Library's largest *p*-median instance here, and Porto
//! Alegre's 1,113 places. Needs `WALKSHED_DATA`.
//!
//! `cargo bench --bench plans` measures what is proved in a second or so; with `WALKSHED_SECONDS=60` it also
//! prints what the hard ones come to in so many seconds each, with their gaps.

use std::fs;
use std::hint::black_box;
use std::io::Read;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use walkshed::plan::{Limits, Matrix, Plan, Problem, Room, Terms, Until, solve};

fn data(name: &str) -> Option<PathBuf> {
    std::env::var_os("WALKSHED_DATA").map(|data| PathBuf::from(data).join("data").join(name))
}

/// The hexagons of Porto Alegre to each other, in metres, as far as 1,125.
fn porto_alegre() -> Option<Matrix> {
    let folder = data("oracle/poa")?;
    let sites = fs::read_to_string(folder.join("facloc_sites.csv")).expect("the file is there");
    let weights: Vec<u64> = sites
        .lines()
        .skip(1)
        .map(|line| {
            line.rsplit(',')
                .next()
                .expect("a field")
                .parse()
                .expect("people")
        })
        .collect();
    let packed = fs::File::open(folder.join("facloc_cost_m_i32le.bin.gz")).expect("there");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_end(&mut bytes)
        .expect("whole");
    let places = u32::try_from(weights.len()).expect("few");
    let pairs: Vec<(u32, u32, u32)> = (0..places)
        .flat_map(|from| (0..places).map(move |to| (from, to)))
        .zip(bytes.chunks_exact(4))
        .filter_map(|((from, to), bytes)| {
            let metres = i32::from_le_bytes(bytes.try_into().expect("four"));
            let metres = u32::try_from(metres)
                .ok()
                .filter(|metres| *metres <= 1125)?;
            Some((from, to, metres))
        })
        .collect();
    Some(Matrix::new(weights, places as usize, &pairs).expect("a matrix"))
}

/// The instance pmed40 of the OR-Library: 900 places, 90 sites.
fn pmed40() -> Option<Matrix> {
    let text = fs::read_to_string(data("orlib_pmed")?.join("pmed40.txt")).expect("there");
    let numbers: Vec<u32> = text
        .split_whitespace()
        .map(|word| word.parse().expect("a number"))
        .collect();
    let nodes = numbers[0] as usize;
    let mut far = vec![u32::MAX / 4; nodes * nodes];
    for node in 0..nodes {
        far[node * nodes + node] = 0;
    }
    for edge in numbers[3..].chunks_exact(3) {
        let [a, b] = [edge[0] as usize - 1, edge[1] as usize - 1];
        far[a * nodes + b] = edge[2];
        far[b * nodes + a] = edge[2];
    }
    for via in 0..nodes {
        let row = far[via * nodes..(via + 1) * nodes].to_vec();
        for from in far.chunks_exact_mut(nodes) {
            let first = from[via];
            for (to, rest) in from.iter_mut().zip(&row) {
                *to = (*to).min(first + rest);
            }
        }
    }
    let places = 0..numbers[0];
    let pairs: Vec<(u32, u32, u32)> = places
        .clone()
        .flat_map(|from| places.clone().map(move |to| (from, to)))
        .zip(&far)
        .map(|((from, to), &far)| (from, to, far))
        .collect();
    Some(Matrix::new(vec![1; nodes], nodes, &pairs).expect("a matrix"))
}

fn solved(matrix: &Matrix, problem: Problem, sites: u64, limits: &Limits<'_>) -> Plan {
    solve(matrix, problem, &Terms::new(Room::Sites(sites)), limits).expect("a plan")
}

fn plans(criterion: &mut Criterion) {
    let (Some(city), Some(library)) = (porto_alegre(), pmed40()) else {
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
