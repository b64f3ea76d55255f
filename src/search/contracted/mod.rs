//! The contracted network: junctions, and the streets between them.
//!
//! Three of four vertices of a street network only bend a street. They are left out: what lies
//! between two junctions is one street, and everything on it is known by its ticks to both ends.
//!
//! ```text
//!      o   o               0 ticks                                          total
//!     / \ / \                |----12----|--9--|-----14-----|--------20--------|
//!  --A   o   o---B--   =>    A          .     .    c       .                  B
//!   /             \                                ^ a point: 27 to A, 28 to B
//!
//!  a dead end: A--------o      a street with one end; what it hangs on is no junction for its sake
//!  a ring:     A-o-o-(A)       a street whose two ends are one junction
//!  a lone ring: o-o-o-(o)      one of its vertices is made a junction
//! ```
//!
//! The ticks of a street are the sums of the ticks of its pieces, so nothing is rounded again and
//! every walk takes, to the tick, what it takes on the network as drawn. Either direction has its
//! own sum; a street may be open one way only. Where that changes along the way, and where a sum
//! would pass 59 hours, the vertex between is kept as a junction.
//!
//! Junctions are numbered along a Hilbert curve: neighbours on the ground are neighbours in memory,
//! whatever the order of the input.
//!
//! Building takes O(V + E + J log J) for J junctions; 16 bytes an edge, 8 a junction, 20 a street
//! and 16 bytes for its two arcs. Contraction of vertices that only pass through: Sanders and
//! Schultes (2005), *Highway hierarchies hasten exact shortest path queries*; Delling, Sanders,
//! Schultes and Wagner (2009), *Engineering route planning algorithms*.
//!
//! Files import only those that stand before them here:
//!
//! ```text
//!   street ── vertex_state ── trace ── dead_ends ─┐
//!   order ────────────────────────────────────── streets ── access ── nodes
//!                                                   part       numbers
//! ```

mod access;
mod dead_ends;
mod nodes;
#[cfg(feature = "scale")]
mod numbers;
mod order;
#[cfg(feature = "scale")]
mod part;
mod street;
mod streets;
mod trace;
mod vertex_state;

pub(super) use access::AccessPoint;
pub(super) use nodes::{NodePlace, node_points, places};
#[cfg(feature = "scale")]
pub(super) use part::place_in;
pub(super) use street::{InArc, Street};
pub(super) use streets::ContractedStreets;
