//! Isochrones as other tools draw them, from the same reached streets: to see where they differ from
//! what a cell is told.
//!
//! | here | drawn so by | what it shows wrongly |
//! |---|---|---|
//! | [`grid_contour`] | Valhalla | all that lies within a cell of a reached street, or between two |
//! | [`concave_hull`] | openrouteservice, QGIS | all that lies between the outermost reached nodes |
//! | [`buffers`] | GIS tools | the unreached street next door |
//!
//! None of them asks on which street a place hangs. What they give is in degrees on WGS 84, as
//! [`walkshed::isochrone::Isochrone::polygons`] gives it.

mod buffers;
mod grid;
mod hull;
mod plane;

pub use buffers::buffers;
pub use grid::grid_contour;
pub use hull::concave_hull;
