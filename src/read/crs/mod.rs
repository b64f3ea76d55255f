//! Coordinate systems
pub(crate) mod bd09;
pub(crate) mod epsg;
pub(crate) mod gcj02;
