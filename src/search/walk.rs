//! Where points hang on the network as drawn, in times instead of lengths.

use super::pace::{Legs, Pacer};
use crate::ids::NodeId;
use crate::model::{Profile, Study};
use crate::snap::Snap;

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
