//! Between which two junctions something hangs, and how far it is to each.
//!
//! ```text
//!            ● cell
//!            ┊ gap                          access: the two junctions, and the ticks to each
//!    A───────┴──────────b──────────D                 A: gap + leave     D: gap + leave + b to D
//! ```
//!
//! The time of whatever hangs there is the smaller of two sums: a vertex, a cell, a site; one in a dead
//! end hangs where that does.

use super::lane_time::{FAR, clipped};
use crate::search::contracted::{AccessPoint, ContractedStreets};

/// The two junctions between which something hangs, and the ticks to or from them.
#[derive(Debug, Clone, Copy)]
pub(super) struct JunctionAccess {
    /// By rank.
    pub ends: [u32; 2],
    pub ticks: [i32; 2],
}

impl JunctionAccess {
    /// Nowhere: at the first junction, and too far from it.
    pub(super) const NOWHERE: Self = Self {
        ends: [0; 2],
        ticks: [FAR; 2],
    };

    /// On a junction.
    pub(super) const fn at(rank: u32) -> Self {
        Self {
            ends: [rank; 2],
            ticks: [0; 2],
        }
    }

    /// From a point to the junctions.
    pub(super) fn leaving(streets: &ContractedStreets, rank: &[u32], point: &AccessPoint) -> Self {
        let root = streets.on_root_street(point);
        let ticks = root.leave.map(|leg| leg.saturating_add(root.out));
        Self {
            ends: ends_by_rank(streets, rank, root.street),
            ticks: ticks.map(clipped),
        }
    }

    /// From the junctions to a point.
    pub(super) fn arriving(streets: &ContractedStreets, rank: &[u32], point: &AccessPoint) -> Self {
        let root = streets.on_root_street(point);
        let ticks = root.arrive.map(|leg| leg.saturating_add(root.into));
        Self {
            ends: ends_by_rank(streets, rank, root.street),
            ticks: ticks.map(clipped),
        }
    }
}

/// The ranks of the junctions at both ends of a street; a tip has the rank past the last.
pub(super) fn ends_by_rank(streets: &ContractedStreets, rank: &[u32], street: u32) -> [u32; 2] {
    let ends = streets.streets[street as usize].ends;
    ends.map(|end| rank[end as usize])
}
