//! One isochrone as files show it.

use geo_types::MultiPolygon;

/// One isochrone as files show it.
pub(in crate::report) struct Feature<'a> {
    /// The id of the site; none where several are merged, or the place is no site.
    pub site: Option<&'a str>,
    /// The name of the place.
    pub name: &'a str,
    /// The kind of the site.
    pub kind: &'a str,
    /// Of which zones the people are that walk so.
    pub zone: &'a str,
    /// The limit.
    pub minutes: f64,
    /// Its geodesic area.
    pub area_km2: f64,
    /// How many people are within the limit.
    pub people: f64,
    /// How many firms; none where the study says of none.
    pub firms: Option<f64>,
    /// The land, in degrees on WGS 84, longitude first.
    pub polygons: MultiPolygon,
}
