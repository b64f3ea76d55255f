//! What every file of shapes becomes, whatever its format: one feature after the other.

use geo::Geometry;

use super::json_parts::Part;
use super::shapes::{geometry, has_open_ring, heights};
use super::table::{Remark, Value};
use super::values::Problem;
use crate::read::error::{BadInput, Place};

/// A feature as read.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Feature {
    /// The feature's own `id` (not a property of that name).
    pub id: Value,
    /// Its geometry; `None` for null and for empty coordinates.
    pub geometry: Option<Geometry<f64>>,
    /// The heights of its lines, as [`heights`] has them.
    pub heights: Vec<f32>,
    /// Whether it has a ring that was not closed, and is now.
    pub had_open_ring: bool,
    /// What is wrong with its geometry, which is then `None`.
    pub flaw: Option<Problem>,
    /// Its properties in the order of the file, names trimmed, each once.
    pub properties: Vec<(String, Value)>,
}

impl Feature {
    /// A feature of a geometry, good or bad.
    pub(crate) fn of(part: Part) -> Self {
        // Asked before: the geometry keeps no heights, and closes its rings.
        let heights = heights(&part);
        let had_open_ring = has_open_ring(&part);
        match geometry(part) {
            Ok(geometry) => Self {
                geometry,
                heights,
                had_open_ring,
                ..Self::default()
            },
            Err(flaw) => Self {
                flaw: Some(flaw),
                ..Self::default()
            },
        }
    }
}

/// What a file says of itself, apart from its features.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct About {
    /// As [`super::table::Table::declared_crs`].
    pub declared_crs: Option<String>,
    /// As [`super::table::Table::encoding`].
    pub encoding: &'static str,
    /// The box that a collection names in its own numbers: west, south, east, north.
    pub bounds: Option<[f64; 4]>,
    /// What its reader could not use, or had to take on trust.
    pub remarks: Vec<Remark>,
}

/// Takes each feature as it is read, or what is wrong with it.
pub(crate) type Sink<'a> = &'a mut dyn FnMut(Place, Result<Feature, BadInput>);

/// A name that two properties have.
pub(crate) fn repeated(properties: &[(String, Value)]) -> Option<&str> {
    let mut names: Vec<&str> = properties.iter().map(|(name, _)| name.as_str()).collect();
    names.sort_unstable();
    let pair = names.windows(2).find(|pair| pair[0] == pair[1]);
    pair.map(|pair| pair[0])
}
