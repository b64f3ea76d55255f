//! A search in parts, each of which stands for itself: some sites, with all that lies within the budget
//! of them.
//!
//! ```text
//!   all sites, along the curve   s s s s | s s s s | s s s s
//!                                   |         |         |
//!   junctions within the budget   . o o o o . |       . o o .      a site walks only through these,
//!                                     ' o o o o o '                so its part finds what the whole finds
//! ```
//!
//! No part needs another one, nor the network: streets are contracted, and points hang on them, before
//! the parts are made. Parts overlap where their sites are near each other; each pair of cell and site
//! is found in one part only.
//!
//! Files import only those that stand before them here: `tile ── source ── joined`.

mod joined;
mod source;
mod tile;

pub(crate) use joined::{joined, pairs_that_fit, too_many_pairs};
pub(crate) use source::TileSource;
pub(crate) use tile::{Pair, Tile, TileNumbers};
