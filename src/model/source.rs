//! Where a study comes from, and in which language it is told.

pub use crate::words::Language;

/// One input file: what it was for, and what it held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// `study`, `streets`, `sites`, …
    pub role: &'static str,
    /// The path as the study file names it.
    pub path: String,
    /// The coordinate system it was read in; empty where it has no coordinates.
    pub crs: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}
