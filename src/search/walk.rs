//! The network as a walk sees it: times instead of lengths, and where the points hang.

use crate::ids::NodeId;
use crate::model::{Network, Study};
use crate::snap::{Linkage, Snap};
use crate::units::{Speed, TravelTime};

/// Where a point hangs, in ticks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hook {
    pub edge: u32,
    pub ends: [NodeId; 2],
    /// From the point's street foot to either end of the edge.
    pub legs: [u32; 2],
    /// From the point to its street foot.
    pub gap: u32,
}

/// A street piece as seen from one of its ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    pub to: u32,
    pub ticks: u32,
}

/// A cell that hangs on a street that ends here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hanging {
    pub cell: u32,
    /// From here to the cell, its gap included.
    pub ticks: u32,
}

/// Lists of things by node, one after the other.
pub(super) struct ByNode<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> ByNode<T> {
    /// Groups `(node, thing)` pairs, in their order. O(V + n).
    fn new(nodes: usize, pairs: impl Iterator<Item = (NodeId, T)> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (node, _) in pairs.clone() {
            starts[node.index() + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let Some((_, filler)) = pairs.clone().next() else { return Self { starts, items: Vec::new() } };
        let mut items = vec![filler; starts[nodes] as usize];
        for (node, item) in pairs {
            items[next[node.index()] as usize] = item;
            next[node.index()] += 1;
        }
        Self { starts, items }
    }

    pub(super) fn at(&self, node: usize) -> &[T] {
        &self.items[self.starts[node] as usize..self.starts[node + 1] as usize]
    }
}

/// All that a walk needs, shared by all threads.
pub(super) struct Walkways {
    pub arcs: ByNode<Arc>,
    pub hanging: ByNode<Hanging>,
    pub sites: Vec<Option<Hook>>,
    pub cells: Vec<Option<Hook>>,
    pub nodes: usize,
}

impl Walkways {
    pub(super) fn new(study: &Study, links: &Linkage) -> Self {
        let (network, speed) = (study.network(), study.walk.speed);
        let nodes = network.nodes().len();
        let hook = |snap: Snap| hook(network, speed, snap);
        let sites = study.sites().iter().map(|(id, _)| hook(links.site(id))).collect();
        let cells: Vec<Option<Hook>> = study.cells().iter().map(|(id, _)| links.cell(id).and_then(hook)).collect();
        let arcs = network.edges().iter().flat_map(|edge| {
            let ticks = speed.time(edge.metres).ticks();
            [(edge.from, arc(edge.to, ticks)), (edge.to, arc(edge.from, ticks))]
        });
        let hanging =
            (0_u32..).zip(&cells).filter_map(|(cell, hook)| Some((cell, (*hook)?))).flat_map(|(cell, hook)| {
                [0, 1].map(|end| (hook.ends[end], Hanging { cell, ticks: hook.legs[end].saturating_add(hook.gap) }))
            });
        Self { arcs: ByNode::new(nodes, arcs), hanging: ByNode::new(nodes, hanging), sites, cells, nodes }
    }
}

fn arc(to: NodeId, ticks: u32) -> Arc {
    Arc { to: u32::try_from(to.index()).expect("node ids are 32-bit"), ticks }
}

/// The legs add up to the edge's own time exactly, so that splitting a street changes no sum.
fn hook(network: &Network, speed: Speed, snap: Snap) -> Option<Hook> {
    let Snap::Snapped { edge, offset, gap } = snap else { return None };
    let ends = network.edge(edge);
    let whole = speed.time(ends.metres);
    let first = speed.time(offset).min(whole);
    Some(Hook {
        edge: u32::try_from(edge.index()).expect("edge ids are 32-bit"),
        ends: [ends.from, ends.to],
        legs: [first.ticks(), whole.saturating_sub(first).ticks()],
        gap: speed.time(gap).ticks(),
    })
}

impl Hook {
    /// The walk between two points on one street piece, along it and with both gaps.
    pub(super) fn direct(self, other: Self) -> Option<TravelTime> {
        let along = TravelTime::from_ticks(self.legs[0].abs_diff(other.legs[0]));
        let gaps = TravelTime::from_ticks(self.gap).saturating_add(TravelTime::from_ticks(other.gap));
        (self.edge == other.edge).then(|| along.saturating_add(gaps))
    }
}
