//! What coverage means for those who answer for it: how it differs from an earlier run.

pub mod difference;

pub use difference::{Difference, Snapshot, difference};
