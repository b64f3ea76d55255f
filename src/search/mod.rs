//! Bounded walks from every site, in parallel: which sites each cell reaches, and how soon.
//!
//! How it is done, with drawings and literature: [`methods`].
//!
//! Files import only those that stand before them here:
//!
//! ```text
//!   sentinel  work  reach  csr  cost_model  bucket_queue           what all others stand on
//!        contracted ── cells_on_streets ── bounded_dijkstra        one walk
//!        rows ── matrix                                            its results
//!        prepared ── prepared_study ── many_to_many                a study's streets, cells and sites
//!        hierarchy                                                 many walks at once
//!        travel_times ── by_group ── best_site                     what others ask
//!        engine ── what_if                                         the same
//!        tiles                                                     the same in parts, on any machine
//!        snapped_point ── route                                    one walk, piece by piece
//!        reached_streets ── street_search                          all that one walk reaches
//! ```
//!
//! ```
//! use walkshed::{Silent, draw, search};
//!
//! // One character is 100 m; 1,000 m are walked in 15 minutes.
//! let study = draw::town("A-a---s-----b-B", 100.0, "s");
//! let walks = search::walks(&study, study.target().search, &Silent);
//! let times = walks.of(None);
//! let minutes = study.cells().iter().map(|(cell, _)| times.nearest(cell).unwrap().time.to_string());
//! assert_eq!(minutes.collect::<Vec<_>>(), ["6 min 00 s", "9 min 00 s"]);
//! ```

mod best_site;
mod bounded_dijkstra;
mod bucket_queue;
mod by_group;
mod cells_on_streets;
mod contracted;
mod cost_model;
mod csr;
mod engine;
mod hierarchy;
mod kinds;
mod many_to_many;
mod matrix;
#[doc = include_str!("methods.md")]
pub mod methods {}
mod prepared;
mod prepared_study;
mod reach;
mod reached_streets;
mod route;
mod rows;
mod sentinel;
mod snapped_point;
mod street_search;
#[cfg(feature = "scale")]
mod tiles;
mod travel_times;
mod what_if;
mod work;

pub use best_site::best_site;
pub use by_group::{TooManyPairs, Walks, try_walks, walks};
pub use cost_model::Direction;
pub(crate) use csr::Csr;
pub use engine::Engine;
pub use hierarchy::{Nearest, NearestAtNodes, Size, Weights};
pub use matrix::TravelTimes;
pub use reach::Reach;
pub use reached_streets::{ReachedStreets, Stretch};
pub use route::{Gap, Path, Piece, path};
pub use street_search::StreetSearch;
#[cfg(feature = "scale")]
pub(crate) use tiles::{
    Pair, Tile, TileNumbers, TileSource, joined, pairs_that_fit, too_many_pairs,
};
pub use travel_times::{Search, travel_times};
pub use what_if::WhatIf;
pub use work::Work;
