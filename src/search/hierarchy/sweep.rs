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

use super::lane_time::LaneTime;
use super::up_arcs::UpArcs;

/// Eight lanes. Aligned, so that none lies across more cache lines than it must.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
pub(super) struct Eight<T>(pub [T; 8]);

impl<T: LaneTime> Eight<T> {
    /// No time in any lane.
    pub(super) const EMPTY: Self = Self([T::FAR; 8]);
}

/// One row: the same vertex in each search.
pub(super) type Row<T, const W: usize> = [Eight<T>; W];

/// The time of one lane.
pub(super) fn lane<T, const W: usize>(row: &mut Row<T, W>, lane: usize) -> &mut T {
    &mut row[lane / 8].0[lane % 8]
}

/// Lane by lane the smaller of what is there and what comes along an arc.
#[inline]
fn relax<T: LaneTime, const W: usize>(row: &mut Row<T, W>, other: &Row<T, W>, length: T) {
    for (to, from) in row.iter_mut().zip(other) {
        for (to, from) in to.0.iter_mut().zip(from.0) {
            *to = (from + length).or_sooner(*to);
        }
    }
}

/// Lane by lane the smaller of two rows' times, each with its own way added: what rides between them.
#[inline]
pub(super) fn between<T: LaneTime>(rows: [&Eight<T>; 2], ways: [T; 2]) -> [T; 8] {
    let [first, second] = rows;
    let [to_first, to_second] = ways;
    // One step for all lanes after the other, so that none of them branches.
    let mut times = first.0.map(|time| time + to_first);
    for (time, other) in times.iter_mut().zip(&second.0) {
        *time = (*other + to_second).or_sooner(*time);
    }
    times
}

/// The smallest time of any lane.
fn least<T: LaneTime, const W: usize>(row: &Row<T, W>) -> T {
    // Eight minima side by side, and one over them at the end.
    let mut least = Eight::EMPTY.0;
    for eight in row {
        for (least, time) in least.iter_mut().zip(eight.0) {
            *least = time.or_sooner(*least);
        }
    }
    least.into_iter().fold(T::FAR, LaneTime::or_sooner)
}

/// From low to high: a vertex hands its times to those above it.
pub(super) fn climb<T: LaneTime, const W: usize>(arcs: &UpArcs, rows: &mut [Row<T, W>]) {
    for vertex in 0..arcs.vertices() {
        let row = rows[vertex];
        // Most of the low vertices lie between the sites, and have nothing to hand on yet.
        if least(&row) < T::FAR {
            for arc in arcs.at(vertex) {
                relax(&mut rows[arc.to as usize], &row, T::of(arc.ticks));
            }
        }
    }
}

/// From high to low: a vertex takes the best of those above it.
pub(super) fn descend<T: LaneTime, const W: usize>(arcs: &UpArcs, rows: &mut [Row<T, W>]) {
    for vertex in (0..arcs.vertices()).rev() {
        // Taken out and put back: the row stays in registers while others are read.
        let mut row = rows[vertex];
        for arc in arcs.at(vertex) {
            relax(&mut row, &rows[arc.to as usize], T::of(arc.ticks));
        }
        rows[vertex] = row;
    }
}

/// As [`descend`], where most rows stay past the budget: arcs that lead from such are skipped. The
/// smallest time of each row.
pub(super) fn descend_within<T: LaneTime, const W: usize>(
    arcs: &UpArcs,
    rows: &mut [Row<T, W>],
    smallest: &mut Vec<T>,
    budget: T,
) {
    smallest.clear();
    smallest.resize(rows.len(), T::FAR);
    for vertex in (0..arcs.vertices()).rev() {
        let mut row = rows[vertex];
        for arc in arcs.at(vertex) {
            let length = T::of(arc.ticks);
            // No lane of that row comes within the budget along this arc.
            if smallest[arc.to as usize] + length <= budget {
                relax(&mut row, &rows[arc.to as usize], length);
            }
        }
        rows[vertex] = row;
        smallest[vertex] = least(&row);
    }
}
