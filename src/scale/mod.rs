//! One study on many machines: its walks in tiles, each a byte string that stands for itself.
//!
//! ```text
//!                      ┌─ tile 1 ─ score_tile ─ rows 1 ─┐
//!   study ─ plan_tiles ┼─ tile 2 ─ score_tile ─ rows 2 ─┼─ merge ─ Walks ─ run_on ─ Results
//!                      └─ tile 3 ─ score_tile ─ rows 3 ─┘
//! ```
//!
//! A tile holds some sites and everything within the budget of them: streets, contracted, and the cells
//! on them. It needs neither the study's files nor the other tiles. [`score_tile`] takes bytes and
//! gives bytes, and always the same for the same tile, so any engine may run it anywhere, and again
//! after a failure. What the rules make of the walks is worked out after [`TilePlan::merge`], on the
//! whole study, so each of them holds as in one run, byte for byte.
//!
//! ```
//! use walkshed::{Options, Silent, draw, scale};
//! let study = draw::town("A-a--s--b--t----c-B", 100.0, "st");
//! let plan = scale::plan_tiles(&study, 2, &Silent);
//! // Each on a machine of its own, in any order:
//! let rows: Vec<Vec<u8>> = (0..plan.len())
//!     .map(|number| scale::score_tile(&plan.tile(number)))
//!     .collect::<Result<_, _>>()?;
//! let walks = plan.merge(&rows)?;
//! let merged = walkshed::run_on(walks, &Options::default())?;
//! let whole = walkshed::run(&study, &Options::default())?;
//! assert_eq!(merged.coverage.total(), whole.coverage.total());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The bytes
//!
//! Both kinds of byte string are: eight letters (`walktile` or `walkrows`), the version (2 bytes, little
//! endian), a body of numbers, and the SHA-256 of all before it. Numbers are of 7 bits a byte, low bits
//! first, the high bit set on all bytes but the last (LEB128). A byte string that was cut, changed, or
//! made by another version is refused with a [`TileError`]; no content of one makes [`score_tile`] panic
//! or take more memory than its length and the tile's own ceiling of pairs allow.

#[cfg(feature = "c-abi")]
pub mod c_abi;
mod error;
mod id;
mod numbers;
mod plan;
mod rows;
mod sealed;
mod tile;

pub use error::{MergeError, TileError};
pub use plan::{TilePlan, plan_tiles};
pub use tile::score_tile;
