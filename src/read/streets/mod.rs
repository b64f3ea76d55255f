//! From OSM extracts and lines with tags to the walking network, with heights where they are asked.

pub(crate) mod build_network;
pub(crate) mod compounds;
pub(crate) mod elevation;
pub(crate) mod extent;
pub(crate) mod lines;
pub(crate) mod osm;
pub(crate) mod public;
pub(crate) mod source;
pub(crate) mod steep;
pub(crate) mod tags;
pub(crate) mod walkable;
pub(crate) mod way_attributes;
pub(crate) mod ways;
#[cfg(test)]
mod words_tests;
