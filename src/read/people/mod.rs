//! Cells that are made: of what a county has where it has no table of them.
//!
//! ```text
//!   a grid of people ──[ clip ]── pixels within the boundary
//!                        │
//!                   [ pixels ]── who lives there, exactly; what stands for nobody is told
//!                        │
//!                   [ blocks ]── several pixels together, where their people are
//!                        │
//!       areas ──[ split ]── Cells along the streets and on the settled land of areas
//!            └──[ settle ]── Cells whose people live on their settled land alone
//!                        │
//!                     Cells ──[ assign ]── in the unit whose area they lie in
//!                        └────[ totals ]── as many as their unit officially has
//! ```

pub(crate) mod assign;
mod blocks;
pub(crate) mod buildings;
mod clip;
mod houses;
mod land;
pub(crate) mod map_buildings;
mod pixels;
pub(crate) mod raster;
pub(crate) mod settle;
pub(crate) mod settled;
pub(crate) mod split;
pub(crate) mod totals;
pub(crate) mod unit_areas;
pub(crate) mod unit_counts;
pub(crate) mod unit_table;
mod window;
