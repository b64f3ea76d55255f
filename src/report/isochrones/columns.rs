//! The columns of a table of isochrones, for all formats.

use super::feature::Feature;

/// A column of a table of isochrones.
pub(super) struct Column {
    pub name: &'static str,
    /// Whether a row may have nothing there.
    pub optional: bool,
    pub of: Of,
}

/// What stands in a column.
pub(super) enum Of {
    Text(for<'a> fn(&Feature<'a>) -> Option<&'a str>),
    Number(fn(&Feature<'_>) -> Option<f64>),
}

/// All columns but the geometry, which is the last.
pub(super) const COLUMNS: [Column; 8] = [
    optional("site", Of::Text(|feature| feature.site)),
    required("name", Of::Text(|feature| Some(feature.name))),
    required("kind", Of::Text(|feature| Some(feature.kind))),
    required("zone", Of::Text(|feature| Some(feature.zone))),
    required("minutes", Of::Number(|feature| Some(feature.minutes))),
    required("area_km2", Of::Number(|feature| Some(feature.area_km2))),
    required("people", Of::Number(|feature| Some(feature.people))),
    optional("firms", Of::Number(|feature| feature.firms)),
];

const fn optional(name: &'static str, of: Of) -> Column {
    Column {
        name,
        optional: true,
        of,
    }
}

const fn required(name: &'static str, of: Of) -> Column {
    Column {
        name,
        optional: false,
        of,
    }
}
