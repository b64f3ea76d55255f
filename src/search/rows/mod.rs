//! From what each site found to what each cell reaches: the sparse matrix, turned (*transposed*).
//!
//! ```text
//!   by site, along the curve          by slot, along the curve          by cell, as the caller has them
//!   s7: c2 c9 c4                      shelf 0: | s7 s1 | s7 | ...       c1: shelf 2, from 5, 1 long
//!   s1: c9 c1            count,       shelf 1: | s3    |                c2: shelf 0, from 2, 1 long
//!   ...                  fill, sort   ...        c9      c2             ...
//! ```
//!
//! Sites and slots are both in the order of the curve, so a shelf of neighbouring slots needs a few runs
//! of sites only, and is written within a small piece of memory. Shelves are made in parallel and do not
//! depend on the number of threads. Rows stay where they are; what the caller asks by is an index to
//! them. O(p log r) for p pairs in rows of r.

mod index;
mod patch;
mod shelves;
mod transpose;

pub(super) use patch::Patch;
pub(super) use shelves::Rows;
pub(super) use transpose::{Block, by_cell};
