//! The network as a walk sees it: times instead of lengths, and where the points hang.

use super::pace::{Legs, Pacer};
use crate::ids::{EdgeId, NodeId};
use crate::model::{Profile, Study};
use crate::snap::{Linkage, Snap};

/// Where a point hangs, in ticks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hook {
    pub edge: u32,
    pub ends: [NodeId; 2],
    /// Between the point's street foot and either end of the edge.
    pub legs: Legs,
    /// From the point to its street foot.
    pub gap: u32,
}

/// A street piece as seen from the end that it is walked to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arc {
    /// Where the walk along it begins.
    pub from: u32,
    pub ticks: u32,
}

/// A cell that hangs on a street that ends here.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hanging {
    pub cell: u32,
    /// From the cell to here, its gap included.
    pub ticks: u32,
}

/// Lists of things by node, one after the other.
pub(super) struct ByNode<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> ByNode<T> {
    /// Groups `(node, thing)` pairs, in their order. O(V + n).
    pub(super) fn new(nodes: usize, pairs: impl Iterator<Item = (NodeId, T)> + Clone) -> Self {
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
    /// The arcs by the node that they lead to: a walk is searched from its end.
    pub arcs: ByNode<Arc>,
    pub hanging: ByNode<Hanging>,
    pub sites: Vec<Option<Hook>>,
    pub cells: Vec<Option<Hook>>,
    pub nodes: usize,
}

impl Walkways {
    pub(super) fn new(study: &Study, links: &Linkage, profile: Profile) -> Self {
        let network = study.network();
        let pacer = Pacer::new(network, profile);
        let nodes = network.nodes().len();
        let hook = |snap: Snap| hook(study, pacer, profile, snap);
        let sites = study.sites().iter().map(|(id, _)| hook(links.site(id))).collect();
        let cells: Vec<Option<Hook>> = study.cells().iter().map(|(id, _)| links.cell(id).and_then(hook)).collect();
        let arcs = network.edges().iter().enumerate().flat_map(|(place, edge)| {
            let [forward, backward] = pacer.on(EdgeId::new(place)).whole();
            let arc =
                |to: NodeId, from: NodeId, ticks: Option<u32>| Some((to, Arc { from: index(from), ticks: ticks? }));
            [arc(edge.from, edge.to, backward), arc(edge.to, edge.from, forward)].into_iter().flatten()
        });
        let hanging =
            (0_u32..).zip(&cells).filter_map(|(cell, hook)| Some((cell, (*hook)?))).flat_map(|(cell, hook)| {
                let at = move |end: usize| {
                    let ticks = hook.legs.leave[end]?.saturating_add(hook.gap);
                    Some((hook.ends[end], Hanging { cell, ticks }))
                };
                [at(0), at(1)].into_iter().flatten()
            });
        Self { arcs: ByNode::new(nodes, arcs), hanging: ByNode::new(nodes, hanging), sites, cells, nodes }
    }
}

pub(super) fn index(node: NodeId) -> u32 {
    u32::try_from(node.index()).expect("node ids are 32-bit")
}

pub(super) fn hook(study: &Study, pacer: Pacer<'_>, profile: Profile, snap: Snap) -> Option<Hook> {
    let Snap::Snapped { edge, offset, gap } = snap else { return None };
    let ends = study.network().edge(edge);
    Some(Hook {
        edge: u32::try_from(edge.index()).expect("edge ids are 32-bit"),
        ends: [ends.from, ends.to],
        legs: pacer.on(edge).legs(offset),
        gap: profile.speed.time(gap).ticks(),
    })
}

impl Hook {
    /// The walk from this point to another one on the same street piece, along it, with both gaps.
    pub(super) fn direct(self, to: Self) -> Option<u64> {
        let along = |end: usize| self.legs.leave[end]?.checked_sub(to.legs.leave[end]?);
        let along = [along(0), along(1)].into_iter().flatten().min();
        let along = along.filter(|_| self.edge == to.edge)?;
        Some(u64::from(along) + u64::from(self.gap) + u64::from(to.gap))
    }
}
