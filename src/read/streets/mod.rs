//! From OSM extracts and lines with tags to the walking network, with heights where they are asked.

pub(crate) mod attributes;
pub(crate) mod build_network;
pub(crate) mod class_column;
pub(crate) mod compounds;
pub(crate) mod elevation;
pub(crate) mod extent;
pub(crate) mod knots;
pub(crate) mod lines;
pub(crate) mod node_rule;
pub(crate) mod not_understood;
pub(crate) mod osm;
pub(crate) mod permission;
pub(crate) mod public;
pub(crate) mod source;
pub(crate) mod steep;
pub(crate) mod street_class;
pub(crate) mod street_columns;
pub(crate) mod street_values;
#[cfg(test)]
mod tag_table_tests;
pub(crate) mod tags;
pub(crate) mod walk_rule;
pub(crate) mod walkable;
pub(crate) mod walled;
pub(crate) mod way_attributes;
pub(crate) mod ways;
#[cfg(test)]
mod words_tests;
