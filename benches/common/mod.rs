//! Synthetic counties of several sizes, and petgraph's Dijkstra on them.

#![allow(dead_code, reason = "each benchmark uses its own part")]

#[path = "../../examples/synthetic_county/county/mod.rs"]
#[allow(dead_code, reason = "the fixture and the counts are of no use here")]
mod county;
#[path = "../../tests/common/mod.rs"]
mod oracle;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use criterion::Criterion;
use oracle::{Foot, Split, split};
use petgraph::algo::dijkstra;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::NodeFiltered;
use walkshed::model::{Catalogue, Site, Sites, Study};
use walkshed::plane::Position;
use walkshed::snap::{Linkage, Snap, link};
use walkshed::{TravelTime, read};

/// Ten samples of a second together: enough for ratios, and short.
pub fn short() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
}

/// How far every search goes.
pub const BUDGET: TravelTime = TravelTime::from_minutes(30);

/// The study file of a county with so many street vertices, written on first use and kept.
pub fn county_file(nodes: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("county-{nodes}"));
    if !folder.exists() {
        let size = county::Size {
            nodes,
            cells: nodes * 3 / 10,
            sites: nodes / 200,
            items: None,
            rules: false,
        };
        let half = folder.with_extension(std::process::id().to_string());
        county::write(&half, Some(&size), county::SEED).expect("the county is written");
        fs::rename(half, &folder).expect("the county is put in place");
    }
    folder.join("study.toml")
}

/// Reads a county.
pub fn study(file: &Path) -> Study {
    read::study(file).expect("the county is sound").0
}

/// The same study with only so many sites, evenly picked, which handle everything.
pub fn with_few_sites(study: &Study, few: usize) -> Study {
    let all = study.sites();
    let kept = all
        .iter()
        .step_by(all.len() / few)
        .take(few)
        .map(|(_, site)| site.clone());
    let kept: Sites = kept.collect();
    let with_few = study.clone().with(|parts| {
        parts.sites = kept;
        parts.catalogue = Catalogue::implicit(few);
        parts.target.items = vec![walkshed::ids::ItemId::new(0)];
    });
    with_few.expect("still a study")
}

/// A study's streets as a petgraph graph in metres, with its sites and cells as vertices.
pub struct Petgraph {
    split: Split,
    sites: Vec<Start>,
    cells: HashSet<NodeIndex>,
    budget_m: f64,
}

/// Where a walk starts, and which of the network's vertices lie within the budget as the crow flies.
struct Start {
    site: NodeIndex,
    near: Vec<bool>,
}

impl Petgraph {
    /// Hangs the points where the library hangs them.
    pub fn new(study: &Study) -> Self {
        Self::within(study, BUDGET)
    }

    /// The same for walks within another budget.
    pub fn within(study: &Study, budget: TravelTime) -> Self {
        let split = split(study.network(), &feet(study, &link(study)));
        let budget_m = budget.seconds() * study.walk().speed.kmh() / 3.6;
        let (sites, cells) = split.points.split_at(study.sites().len());
        let near = |at: Position| {
            study
                .network()
                .nodes()
                .iter()
                .map(|node| node.distance(at) <= budget_m)
                .collect()
        };
        let start = |((_, site), point): ((_, &Site), &Option<_>)| {
            point.map(|point| Start {
                site: point,
                near: near(site.at),
            })
        };
        let sites = study.sites().iter().zip(sites).filter_map(start).collect();
        Self {
            sites,
            cells: cells.iter().flatten().copied().collect(),
            split,
            budget_m,
        }
    }

    /// The streets, every point a vertex of its own.
    pub const fn graph(&self) -> &DiGraph<(), f64> {
        &self.split.graph
    }

    /// The vertices of the sites.
    pub fn sites(&self) -> Vec<usize> {
        self.sites.iter().map(|start| start.site.index()).collect()
    }

    /// The vertices of the cells.
    pub fn cells(&self) -> HashSet<usize> {
        self.cells.iter().map(|cell| cell.index()).collect()
    }

    /// Walks the whole network from each site; how many vertices were reached.
    pub fn everywhere(&self) -> usize {
        let reached = |start: &Start| {
            dijkstra(&self.split.graph, start.site, None, |edge| *edge.weight()).len()
        };
        self.sites.iter().map(reached).sum()
    }

    /// The same on the part of the network that lies within the budget as the crow flies.
    pub fn nearby(&self) -> usize {
        self.sites
            .iter()
            .map(|start| self.near(start).count())
            .sum()
    }

    /// The pairs of site and cell within the budget.
    pub fn pairs(&self) -> usize {
        let counts = |(node, metres): &(NodeIndex, f64)| {
            *metres <= self.budget_m && self.cells.contains(node)
        };
        self.sites
            .iter()
            .map(|start| self.near(start).filter(counts).count())
            .sum()
    }

    fn near(&self, start: &Start) -> impl Iterator<Item = (NodeIndex, f64)> {
        // Vertices past the network's own are points on its edges: as near as the edges' ends.
        let near = |node: NodeIndex| start.near.get(node.index()).copied().unwrap_or(true);
        let graph = NodeFiltered::from_fn(&self.split.graph, near);
        dijkstra(&graph, start.site, None, |edge| *edge.weight()).into_iter()
    }
}

fn feet(study: &Study, links: &Linkage) -> Vec<Option<Foot>> {
    let sites = study.sites().iter().map(|(id, _)| Some(links.site(id)));
    let cells = study.cells().iter().map(|(id, _)| links.cell(id));
    sites.chain(cells).map(|snap| foot(snap?)).collect()
}

fn foot(snap: Snap) -> Option<Foot> {
    match snap {
        Snap::Snapped { edge, offset, gap } => Some(Foot {
            edge: edge.index(),
            offset,
            gap,
        }),
        Snap::Stranded { .. } => None,
    }
}
