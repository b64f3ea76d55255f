//! Isochrones: the streets, and the land beside them, from which a place is reached in time.
//!
//! A **stretch** is a part of a piece of street, cut exactly where the time runs out
//! ([`crate::search::StreetSearch`]). A **polygon** is the places from which somebody gets there in
//! time, gap included, by the very rule by which cells are judged:
//!
//! * a place hangs on the nearest piece of street that no barrier hides ([`crate::snap`]),
//! * it is within the polygon if and only if the walk from there, and the gap, take no longer than the
//!   limit, and the gap is no longer than the reach.
//!
//! So a polygon and the verdict on a cell agree everywhere, but for a tolerance at its border: where of
//! two parallel streets one is reached and the other is not, the land of that one is left out, and
//! nothing is drawn across a river or a wall. [`check()`] counts where they do not.
//!
//! Of the ways to draw one, this takes the Voronoi cell of each street, cut by a
//! straight line where the time runs out, and joins what is left. Buffers around streets
//! swallow the unreached street next door; grids and hulls show land that nobody reaches.
//!
//! Files import only those that stand before them here:
//!
//! ```text
//!   voronoi   touches ── area   rings ── canvas ── blocks   drawing      land, shapes, how it is drawn
//!        reached ── catchment ── isochrones    the land of one place
//!   request                                    what is asked
//!   joining   envelope   window   walkers                which is nearest, when it is open, who walks alike
//!        sources ── inside ── job ── catchments   all that is asked
//!        check
//! ```
//!
//! ```
//! use walkshed::isochrone::{Request, check, isochrones};
//! use walkshed::{Silent, draw};
//!
//! let study = draw::town("A--a-s--b-----B", 100.0, "s");
//! let catchments = isochrones(&study, &Request::of(&study), &Silent);
//! assert!(catchments.drawn[0].isochrone.area_km2() > 0.0);
//! // Polygon and rule agree at a hundred points, but for a metre at the border.
//! assert_eq!(check(&catchments, 100).beyond(1.0).count(), 0);
//! ```

mod area;
mod blocks;
mod canvas;
mod catchment;
mod catchments;
mod check;
mod drawing;
mod envelope;
mod inside;
mod isochrones;
mod job;
mod joining;
mod reached;
mod request;
mod rings;
mod sources;
mod touches;
mod voronoi;
mod walkers;
mod window;

pub use catchments::{Catchment, CatchmentStreet, Catchments, isochrones};
pub use check::{Checked, Disagreement, Shape, check};
pub use drawing::{Drawing, Outline};
pub use isochrones::{Isochrone, Isochrones};
pub use request::{Join, Places, Request};
