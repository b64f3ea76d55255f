//! The engine beside other crates: the sparse matrix of cells and sites within 15 minutes.
//!
//! `cargo bench --bench engine` measures; `-- --test` runs everything once. On counties of 10,000 to
//! 1,000,000 street vertices, on one thread:
//!
//! * `ready`: streets contracted, cells and sites put on them
//! * `counts`, `matrix`: from all sites, on what was made ready
//! * `site`: from a few sites only, beside petgraph (on what is near as the crow flies), pathfinding
//!   (cut at the budget) and, up to 100,000 vertices, `fast_paths` (contraction hierarchies, one question
//!   for each pair that is in reach). Their graphs are made beforehand, and so is ours.
//!
//! `benches/peers.py` compares with scipy, pandana and networkx.

mod common;

use std::collections::HashSet;
use std::hint::black_box;

use common::{Petgraph, county_file, study, with_few_sites};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use pathfinding::directed::dijkstra::dijkstra_reach;
use petgraph::visit::EdgeRef;
use rayon::ThreadPoolBuilder;
use walkshed::model::Study;
use walkshed::search::Engine;
use walkshed::snap::link;
use walkshed::{Silent, TravelTime};

/// Street vertices of each county, and the sites from which the peers walk.
const COUNTIES: [(usize, usize); 3] = [(10_000, 40), (100_000, 40), (1_000_000, 4)];
/// Preparing a larger county takes `fast_paths` minutes.
const MOST_FOR_HIERARCHY: usize = 100_000;
const BUDGET: TravelTime = TravelTime::from_minutes(15);

fn all(criterion: &mut Criterion) {
    ThreadPoolBuilder::new()
        .num_threads(1)
        .build_global()
        .expect("no other pool was made");
    for (nodes, few) in COUNTIES {
        let study = study(&county_file(nodes));
        everywhere(criterion, nodes, &study);
        few_sites(criterion, nodes, &with_few_sites(&study, few));
    }
}

fn everywhere(criterion: &mut Criterion, nodes: usize, study: &Study) {
    let (links, profile) = (link(study), study.walk().profile());
    let engine = Engine::new(&links, &profile);
    let id = BenchmarkId::from_parameter(nodes);
    let mut group = criterion.benchmark_group("ready");
    group.throughput(Throughput::Elements(study.network().nodes().len() as u64));
    group.bench_function(id.clone(), |b| {
        b.iter_with_large_drop(|| Engine::new(&links, &profile));
    });
    group.finish();
    for task in ["counts", "matrix"] {
        let mut group = criterion.benchmark_group(task);
        group.throughput(Throughput::Elements(
            engine.travel_times(BUDGET, &Silent).len() as u64,
        ));
        if task == "counts" {
            group.bench_function(id.clone(), |b| b.iter(|| black_box(engine.counts(BUDGET))));
        } else {
            group.bench_function(id.clone(), |b| {
                b.iter_with_large_drop(|| engine.travel_times(BUDGET, &Silent));
            });
        }
        group.finish();
    }
}

fn few_sites(criterion: &mut Criterion, nodes: usize, few: &Study) {
    let (links, profile) = (link(few), few.walk().profile());
    let engine = Engine::new(&links, &profile);
    let petgraph = Petgraph::within(few, BUDGET);
    let lists = Lists::new(&petgraph);
    let ours = engine.travel_times(BUDGET, &Silent).len();
    for theirs in [petgraph.pairs(), lists.pairs()] {
        assert!(
            ours > 0 && ours.abs_diff(theirs) <= ours / 1_000,
            "{ours} and {theirs} pairs within the budget"
        );
    }
    let mut group = criterion.benchmark_group("site");
    group.throughput(Throughput::Elements(few.sites().len() as u64));
    let sites: Vec<_> = few
        .sites()
        .iter()
        .map(|(site, _)| links.site(site))
        .collect();
    group.bench_function(BenchmarkId::new("walkshed", nodes), |b| {
        b.iter(|| {
            sites
                .iter()
                .map(|&site| engine.catchment(site, BUDGET).len())
                .sum::<usize>()
        });
    });
    group.bench_function(BenchmarkId::new("pathfinding", nodes), |b| {
        b.iter(|| black_box(lists.pairs()));
    });
    group.bench_function(BenchmarkId::new("petgraph-nearby", nodes), |b| {
        b.iter(|| black_box(petgraph.pairs()));
    });
    if nodes <= MOST_FOR_HIERARCHY {
        let hierarchy = lists.hierarchy();
        let pairs = lists.reached();
        assert!(!pairs.is_empty());
        group.bench_function(BenchmarkId::new("fast_paths", nodes), |b| {
            let mut asked = fast_paths::create_calculator(&hierarchy);
            b.iter(|| {
                pairs
                    .iter()
                    .filter_map(|&(site, cell)| asked.calc_path(&hierarchy, cell, site))
                    .map(|path| path.get_weight())
                    .sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Petgraph's graph as lists of neighbours, in ticks at 4 km/h.
struct Lists {
    neighbours: Vec<Vec<(usize, usize)>>,
    sites: Vec<usize>,
    cells: HashSet<usize>,
}

impl Lists {
    fn new(petgraph: &Petgraph) -> Self {
        let graph = petgraph.graph();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "metres of streets"
        )]
        let ticks = |metres: f64| (metres * 9_000.0).round() as usize;
        let of = |node| {
            graph
                .edges(node)
                .map(|edge| (edge.target().index(), ticks(*edge.weight())))
                .collect()
        };
        let neighbours = graph.node_indices().map(of).collect();
        Self {
            neighbours,
            sites: petgraph.sites(),
            cells: petgraph.cells(),
        }
    }

    fn from(&self, site: usize) -> impl Iterator<Item = usize> {
        let reached = dijkstra_reach(&site, |&node| self.neighbours[node].iter().copied());
        let within = reached.take_while(|item| item.total_cost <= BUDGET.ticks() as usize);
        within
            .map(|item| item.node)
            .filter(|node| self.cells.contains(node))
    }

    fn pairs(&self) -> usize {
        self.sites.iter().map(|&site| self.from(site).count()).sum()
    }

    fn reached(&self) -> Vec<(usize, usize)> {
        self.sites
            .iter()
            .flat_map(|&site| self.from(site).map(move |cell| (site, cell)))
            .collect()
    }

    fn hierarchy(&self) -> fast_paths::FastGraph {
        let mut input = fast_paths::InputGraph::new();
        for (from, list) in self.neighbours.iter().enumerate() {
            for &(to, ticks) in list {
                input.add_edge(from, to, ticks.max(1));
            }
        }
        input.freeze();
        fast_paths::prepare(&input)
    }
}

criterion_group! { name = benches; config = common::short(); targets = all }
criterion_main!(benches);
