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

/// Eight lanes. Aligned, so that none lies across two cache lines.
#[derive(Clone, Copy)]
#[repr(align(32))]
pub(super) struct Eight(pub [i32; 8]);

impl Eight {
    /// No time in any lane.
    pub(super) const EMPTY: Self = Self([FAR; 8]);
}

/// One row: the same vertex in each search.
pub(super) type Row<const W: usize> = [Eight; W];

/// The time of one lane.
pub(super) fn lane<const W: usize>(row: &mut Row<W>, lane: usize) -> &mut i32 {
    &mut row[lane / 8].0[lane % 8]
}

/// Lane by lane the smaller of what is there and what comes along an arc.
#[inline]
pub(super) fn relax<const W: usize>(row: &mut Row<W>, other: &Row<W>, ticks: i32) {
    for (to, from) in row.iter_mut().zip(other) {
        for (to, from) in to.0.iter_mut().zip(&from.0) {
            *to = (*to).min(*from + ticks);
        }
    }
}

/// The smallest time of any lane.
fn least<const W: usize>(row: &Row<W>) -> i32 {
    let mut least = [Eight::EMPTY];
    for &eight in row {
        relax(&mut least, &[eight], 0);
    }
    least[0].0.into_iter().fold(FAR, Ord::min)
}

fn is_empty<const W: usize>(row: &Row<W>) -> bool {
    row.iter().all(|eight| eight.0.iter().fold(FAR, |all, ticks| all & ticks) == FAR)
}

/// From low to high: a vertex hands its times to those above it.
pub(super) fn climb<const W: usize>(arcs: &Arcs, rows: &mut [Row<W>]) {
    for vertex in 0..arcs.vertices() {
        let row = rows[vertex];
        // Most of the low vertices lie between the sites, and have nothing to hand on yet.
        if is_empty(&row) {
            continue;
        }
        for arc in arcs.at(vertex) {
            relax(&mut rows[arc.to as usize], &row, arc.ticks);
        }
    }
}

/// From high to low: a vertex takes the best of those above it.
pub(super) fn descend<const W: usize>(arcs: &Arcs, rows: &mut [Row<W>]) {
    for vertex in (0..arcs.vertices()).rev() {
        let mut row = rows[vertex];
        for arc in arcs.at(vertex) {
            relax(&mut row, &rows[arc.to as usize], arc.ticks);
        }
        rows[vertex] = row;
    }
}

/// As [`descend`], where most rows stay past the budget: arcs that lead from such are skipped. The
/// smallest time of each row.
pub(super) fn descend_within<const W: usize>(arcs: &Arcs, rows: &mut [Row<W>], budget: i32) -> Vec<i32> {
    let mut smallest = vec![FAR; rows.len()];
    for vertex in (0..arcs.vertices()).rev() {
        let mut row = rows[vertex];
        for arc in arcs.at(vertex) {
            if smallest[arc.to as usize] + arc.ticks <= budget {
                relax(&mut row, &rows[arc.to as usize], arc.ticks);
            }
        }
        rows[vertex] = row;
        smallest[vertex] = least(&row);
    }
    smallest
}
