//! Streets as read, before they become a network.

/// Walkable street pieces between positions on WGS 84.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct RawStreets {
    /// Longitude and latitude of each vertex, in degrees, checked to be on the globe.
    pub nodes: Vec<[f64; 2]>,
    /// Pairs of neighbouring vertices, as places in `nodes`.
    pub pieces: Vec<[u32; 2]>,
    /// Ways or lines seen.
    pub lines: u64,
    /// Ways or lines that may be walked.
    pub walkable: u64,
    /// References to vertices that the file does not hold (an extract cut at its edge).
    pub missing_vertices: u64,
}
