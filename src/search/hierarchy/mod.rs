//! Many searches at once: a bounded hierarchy over the junctions, and sweeps over it.
//!
//! ```text
//!   contracted streets ── contract ──► hierarchy ──► climb, descend ──► rows, one a junction
//!            │                                                                │
//!   sites, cells, nodes ── access: two junctions, two times ─ nearest · cumulative ◄─┘
//! ```
//!
//! A 15-minute walk is a small ball, of about 620 vertices or 100 junctions in a town. Searching each
//! with a queue is bound by mispredicted branches and cache misses; a sweep has neither. But a
//! hierarchy must be made first, so one question with few sites is answered by walks
//! (`worth_contracting`).
//!
//! Files import only those that stand before them here:
//!
//! ```text
//!   lane_time ── sweep     links     up_arcs ── contract
//!   access ── same_street ── readers ── junction_table
//!   nearest ── nearest_rows      region ── opportunities ── cumulative
//!                            tables
//! ```

mod access;
mod contract;
mod cumulative;
mod junction_table;
mod lane_time;
mod links;
mod nearest;
mod nearest_rows;
mod opportunities;
mod readers;
mod region;
mod same_street;
mod sweep;
mod tables;
#[cfg(test)]
mod tests;
mod up_arcs;

pub use cumulative::Weights;
pub use junction_table::Size;
pub use nearest::{Nearest, NearestAtNodes};
pub(super) use tables::{JunctionTables, LONGEST};
