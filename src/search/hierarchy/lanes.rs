//! Sweeps: one pass up and one pass down the hierarchy, for several searches at once.
//!
//! ```text
//!   rank                                                lanes:  one search each, side by side
//!    8        ●          climb: from low to high,       ●  [ 0  7 3 ∞ ∞ 9 2 ∞ ]
//!    7      ╱ │ ╲         each row hands its times up       +  arc's ticks, the same for all
//!    5    ●   │   ●      descend: from high to low,     ●  [ min, lane by lane ]
//!    2   ╱ ╲  │  ╱        each row takes what lies above
//!    0  ●   ● ● ●
//! ```
//!
//! A queue takes most of a search's time, and mispredicted branches the rest. Here is neither: the
//! order is known before, rows are read one after the other, and a row of lanes is a plain loop
//! that any compiler turns into vector instructions. O(V + A) for all lanes together.
//!
//! Delling, Goldberg, Nowatzyk and Werneck (2011), *PHAST: Hardware-accelerated shortest path trees*.

use super::contract::Arcs;
use super::ticks::FAR;

/// One row: the same vertex in each search. Aligned, so that none lies across two cache lines.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(super) struct Row<const L: usize>(pub [i32; L]);

impl<const L: usize> Row<L> {
    /// No time in any lane.
    pub(super) const EMPTY: Self = Self([FAR; L]);

    /// Lane by lane the smaller of what is there and what comes along an arc.
    #[inline]
    pub(super) fn relax(&mut self, other: &Self, ticks: i32) {
        for (to, from) in self.0.iter_mut().zip(&other.0) {
            *to = (*to).min(*from + ticks);
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().fold(FAR, |least, ticks| least & ticks) == FAR
    }
}

/// From low to high: a vertex hands its times to those above it.
pub(super) fn climb<const L: usize>(arcs: &Arcs, rows: &mut [Row<L>]) {
    for vertex in 0..arcs.vertices() {
        let row = rows[vertex];
        // Most of the low vertices lie between the sites, and have nothing to hand on yet.
        if row.is_empty() {
            continue;
        }
        for arc in arcs.at(vertex) {
            rows[arc.to as usize].relax(&row, arc.ticks);
        }
    }
}

/// From high to low: a vertex takes the best of those above it.
pub(super) fn descend<const L: usize>(arcs: &Arcs, rows: &mut [Row<L>]) {
    for vertex in (0..arcs.vertices()).rev() {
        let mut row = rows[vertex];
        for arc in arcs.at(vertex) {
            row.relax(&rows[arc.to as usize], arc.ticks);
        }
        rows[vertex] = row;
    }
}
