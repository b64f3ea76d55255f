//! Where points hang on the network as drawn, in times instead of lengths.

use super::cost_model::{CostModel, Legs};
use crate::ids::{EdgeId, NodeId};
use crate::model::{Network, Profile};
use crate::snap::Snap;

/// Where a point hangs, in metres and in ticks.
#[derive(Debug, Clone, Copy)]
pub(super) struct SnappedPoint {
    pub edge: EdgeId,
    pub ends: [NodeId; 2],
    /// Between the point's foot on the street and either end of the edge.
    pub legs: Legs,
    /// Metres along the edge to the foot.
    pub offset: f64,
    /// Metres from the point to its foot.
    pub gap_m: f64,
    /// From the point to its foot, in ticks.
    pub gap: u32,
}

impl SnappedPoint {
    /// None when the point is stranded. O(1) without traits, else O(log T) in their number.
    pub(super) fn new(
        network: &Network,
        cost_model: CostModel<'_>,
        profile: Profile,
        snap: Snap,
    ) -> Option<Self> {
        let Snap::Snapped { edge, offset, gap } = snap else {
            return None;
        };
        let ends = network.edge(edge);
        Some(Self {
            edge,
            ends: [ends.from, ends.to],
            legs: cost_model.on(edge).legs(offset),
            offset,
            gap_m: gap,
            gap: profile.speed.time(gap).ticks(),
        })
    }

    /// The walk from this point to another one on the same street piece, along it, with both gaps.
    pub(super) fn direct(self, to: Self) -> Option<u64> {
        if self.edge != to.edge {
            return None;
        }
        // Towards one end it lies ahead, towards the other behind; both where they are one place.
        let along = [self.along(to, 0), self.along(to, 1)]
            .into_iter()
            .flatten()
            .min()?;
        Some(u64::from(along) + u64::from(self.gap) + u64::from(to.gap))
    }

    /// Ticks to a point that lies between this one and an end of the edge.
    fn along(self, to: Self, end: usize) -> Option<u32> {
        let whole = self.legs.leave[end]?;
        let rest = to.legs.leave[end]?;
        whole.checked_sub(rest)
    }
}
