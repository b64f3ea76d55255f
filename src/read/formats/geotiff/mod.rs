//! `GeoTIFF` rasters of one band: elevation models, and grids of people.
//!
//! Read are files that lie north up, in degrees or in any projection that street files may have and
//! in Mollweide's, of whole numbers or floats, stored plainly or packed with deflate or LZW, in
//! strips or tiles, also as `BigTIFF`. Only the part that is asked for is unpacked.

mod fault;
mod geokeys;
mod grid;
mod reader;

pub(crate) use fault::Fault;
pub(crate) use grid::{Grid, Window};
pub(crate) use reader::{GeoTiff, is_tiff};
