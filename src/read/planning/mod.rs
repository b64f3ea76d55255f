//! What plans are made of beside a study: places where a site could open, and matrices of costs.

mod costs;
mod matrix;
mod places;

pub use matrix::{MatrixFiles, matrix};
pub use places::{map_places, places};
