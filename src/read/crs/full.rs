//! EPSG codes through PROJ itself (feature `proj`): everything that proj4rs is not trusted with.

use proj::Proj;

use super::CrsError;

/// A converter of one EPSG system through PROJ. Costs milliseconds to make; neither `Send` nor `Sync`.
pub(super) struct Full(Proj);

impl Full {
    pub(super) fn new(code: u16) -> Result<Self, CrsError> {
        // Normalised for visualisation: east first, whatever the authority's axis order.
        let proj = Proj::new_known_crs(&format!("EPSG:{code}"), "EPSG:4326", None);
        proj.map(Self).map_err(|_| CrsError::NoSuchCode { code })
    }

    pub(super) fn to_wgs84(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.0.convert((x, y)).ok().map(|(lon, lat): (f64, f64)| [lon, lat])
    }
}
