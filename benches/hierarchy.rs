//! The nearest of several sets of sites at every node and cell, and sums over every cell's ball, on
//! counties of 10,000 to 1,000,000 street vertices; petgraph's Dijkstra from all sites beside them.
//!
//! `cargo bench --bench hierarchy` measures; with `-- --test` everything runs once.

mod common;

use std::hint::black_box;

use common::{county_file, study};
use criterion::measurement::WallTime;
use criterion::{
    BenchmarkGroup, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main,
};
use petgraph::algo::dijkstra;
use petgraph::graph::{NodeIndex, UnGraph};
use rayon::{ThreadPool, ThreadPoolBuilder};
use walkshed::TravelTime;
use walkshed::ids::{NodeId, SiteId};
use walkshed::model::{Profile, SiteSet, Study};
use walkshed::search::{Engine, Weights};
use walkshed::snap::{Linkage, Snap, link};

const BUDGET: TravelTime = TravelTime::from_minutes(15);

fn all(criterion: &mut Criterion) {
    for nodes in [10_000, 100_000, 1_000_000] {
        let county = study(&county_file(nodes));
        let links = link(&county);
        let profile = county.profiles(None)[0];
        let ready = Engine::new(&links, &profile);
        ready.contract(BUDGET);
        nearest(criterion, nodes, &county, &links, &ready);
        balls(criterion, nodes, &county, &ready);
    }
}

fn nearest(
    criterion: &mut Criterion,
    nodes: usize,
    county: &Study,
    links: &Linkage,
    ready: &Engine<'_>,
) {
    let profile = &county.profiles(None)[0];
    let [one, five, many] = [1, 5, 32].map(|count| categories(county, count));
    let neighbour = Petgraph::new(county, links, profile);
    neighbour.agrees(ready, &one[0]);
    let _ = (
        ready.nearest(BUDGET, &five),
        ready.nearest_at_nodes(BUDGET, &five),
    );
    let bytes = (ready.size().1 + ready.hierarchy().map_or(0, |size| size.bytes))
        / county.network().nodes().len();
    assert!(bytes <= 250, "{bytes} bytes a node");

    let mut bench = Bench::new(
        criterion.benchmark_group("nearest"),
        nodes,
        county.network().nodes().len(),
    );
    let engine = || Engine::new(links, profile);
    bench.run("ready", || {
        let engine = engine();
        engine.contract(BUDGET);
        engine
    });
    bench.run("5-at-nodes", || ready.nearest_at_nodes(BUDGET, &five));
    bench.run("5-at-nodes-read", || {
        ready.nearest_at_nodes(BUDGET, &five).ticks()
    });
    bench.run("32-at-nodes", || ready.nearest_at_nodes(BUDGET, &many));
    bench.run("32-at-nodes-read", || {
        ready.nearest_at_nodes(BUDGET, &many).ticks()
    });
    bench.run("5-at-cells", || ready.nearest(BUDGET, &five));
    bench.run("32-at-cells", || ready.nearest(BUDGET, &many));
    bench.run("5-one-shot", || engine().nearest_at_nodes(BUDGET, &five));
    bench.run("1-one-shot", || engine().nearest_at_nodes(BUDGET, &one));
    bench.run("1-petgraph", || neighbour.times(&one[0]));
    bench.group.finish();
}

fn balls(criterion: &mut Criterion, nodes: usize, county: &Study, ready: &Engine<'_>) {
    let people: Vec<u64> = county
        .cells()
        .iter()
        .map(|(_, cell)| cell.people.millionths())
        .collect();
    let ones = vec![1; county.sites().len()];
    let mut bench = Bench::new(
        criterion.benchmark_group("balls"),
        nodes,
        county.cells().len(),
    );
    bench.run("people", || {
        ready.cumulative_opportunities(BUDGET, Weights::Cells(&people))
    });
    bench.run("sites", || {
        ready.cumulative_opportunities(BUDGET, Weights::Sites(&ones))
    });
    bench.group.finish();
}

/// One group of benches on one county, all on one core, so that their ratios mean something.
struct Bench<'a> {
    group: BenchmarkGroup<'a, WallTime>,
    nodes: usize,
    one: ThreadPool,
}

impl<'a> Bench<'a> {
    fn new(mut group: BenchmarkGroup<'a, WallTime>, nodes: usize, elements: usize) -> Self {
        group.throughput(Throughput::Elements(elements as u64));
        Self {
            group,
            nodes,
            one: ThreadPoolBuilder::new()
                .num_threads(1)
                .build()
                .expect("a thread"),
        }
    }

    fn run<T: Send>(&mut self, what: &str, work: impl Fn() -> T + Send + Sync) {
        let one = &self.one;
        self.group
            .bench_function(BenchmarkId::new(what, self.nodes), |b| {
                one.install(|| b.iter_with_large_drop(|| black_box(work())));
            });
    }
}

/// Sites by turns.
fn categories(study: &Study, count: usize) -> Vec<SiteSet> {
    let of = |place| {
        SiteSet::of(
            (0..study.sites().len())
                .filter(|site| site % count == place)
                .map(SiteId::new),
        )
    };
    (0..count).map(of).collect()
}

/// The streets as a petgraph graph in ticks, with one more vertex that stands for all sites of a category.
struct Petgraph<'a> {
    streets: UnGraph<(), u64>,
    links: &'a Linkage,
    study: &'a Study,
    profile: &'a Profile,
}

impl<'a> Petgraph<'a> {
    fn new(study: &'a Study, links: &'a Linkage, profile: &'a Profile) -> Self {
        let mut streets = UnGraph::new_undirected();
        let nodes: Vec<NodeIndex> = study
            .network()
            .nodes()
            .iter()
            .map(|_| streets.add_node(()))
            .collect();
        for edge in study.network().edges() {
            let ticks = u64::from(profile.speed.time(edge.metres).ticks());
            streets.add_edge(nodes[edge.from.index()], nodes[edge.to.index()], ticks);
        }
        Self {
            streets,
            links,
            study,
            profile,
        }
    }

    /// Ticks from every node to the nearest site.
    fn times(&self, sites: &SiteSet) -> impl IntoIterator<Item = (NodeIndex, u64)> + Send {
        let mut graph = self.streets.clone();
        let source = graph.add_node(());
        for site in sites
            .iter()
            .filter(|site| site.index() < self.study.sites().len())
        {
            if let Snap::Snapped { edge, offset, gap } = self.links.site(site) {
                let edge = self.study.network().edge(edge);
                let ticks = |metres| u64::from(self.profile.speed.time(metres).ticks());
                let first = ticks(offset);
                for (end, leg) in [(edge.from, first), (edge.to, ticks(edge.metres) - first)] {
                    graph.add_edge(source, NodeIndex::new(end.index()), leg + ticks(gap));
                }
            }
        }
        dijkstra(&graph, source, None, |edge| *edge.weight())
    }

    /// Both find the same time at every node, to the tick.
    fn agrees(&self, ready: &Engine<'_>, sites: &SiteSet) {
        let ours = ready.nearest_at_nodes(BUDGET, std::slice::from_ref(sites));
        let mut theirs = vec![None; self.streets.node_count() + 1];
        for (node, ticks) in self.times(sites) {
            theirs[node.index()] = Some(ticks).filter(|&ticks| ticks <= u64::from(BUDGET.ticks()));
        }
        for (node, &theirs) in theirs.iter().enumerate().take(self.streets.node_count()) {
            let ours = ours
                .time(NodeId::new(node), 0)
                .map(|time| u64::from(time.ticks()));
            assert_eq!(ours, theirs, "node {node}");
        }
    }
}

criterion_group! { name = benches; config = common::short(); targets = all }
criterion_main!(benches);
