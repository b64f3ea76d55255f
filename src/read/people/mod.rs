//! Cells that are made: of what a county has where it has no table of them.
//!
//! ```text
//!   a grid of people ──[ clip ]── pixels within the boundary
//!                        │
//!                   [ pixels ]── who lives there, exactly; what stands for nobody is told
//!                        │
//!                   [ blocks ]── several pixels together, where their people are
//!                        │
//!                     Cells
//! ```

mod blocks;
mod clip;
mod pixels;
pub(crate) mod raster;
