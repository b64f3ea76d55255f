//! Where points hang on the network as drawn, in times instead of lengths.

use super::cost_model::{CostModel, Legs};
use crate::ids::NodeId;
use crate::model::{Profile, Study};
use crate::snap::Snap;

/// Where a point hangs, in ticks.
#[derive(Debug, Clone, Copy)]
pub(super) struct SnappedPoint {
    pub edge: u32,
    pub ends: [NodeId; 2],
    /// Between the point's street foot and either end of the edge.
    pub legs: Legs,
    /// From the point to its street foot.
    pub gap: u32,
}

pub(super) fn index(node: NodeId) -> u32 {
    u32::try_from(node.index()).expect("node ids are 32-bit")
}

pub(super) fn hook(
    study: &Study,
    cost_model: CostModel<'_>,
    profile: Profile,
    snap: Snap,
) -> Option<SnappedPoint> {
    let Snap::Snapped { edge, offset, gap } = snap else {
        return None;
    };
    let ends = study.network().edge(edge);
    Some(SnappedPoint {
        edge: u32::try_from(edge.index()).expect("edge ids are 32-bit"),
        ends: [ends.from, ends.to],
        legs: cost_model.on(edge).legs(offset),
        gap: profile.speed.time(gap).ticks(),
    })
}

impl SnappedPoint {
    /// The walk from this point to another one on the same street piece, along it, with both gaps.
    pub(super) fn direct(self, to: Self) -> Option<u64> {
        let along = |end: usize| self.legs.leave[end]?.checked_sub(to.legs.leave[end]?);
        let along = [along(0), along(1)].into_iter().flatten().min();
        let along = along.filter(|_| self.edge == to.edge)?;
        Some(u64::from(along) + u64::from(self.gap) + u64::from(to.gap))
    }
}
