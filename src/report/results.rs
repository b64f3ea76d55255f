//! What is written of a study: its coverage, and what its rules make of it.

use crate::score::{Breakdown, Coverage};

/// What is written of a study.
#[derive(Debug, Clone, Copy)]
pub struct Results<'r, 'a> {
    /// The coverage that the study is about.
    pub now: &'r Coverage<'a>,
    /// The same by group, channel, theme, other counts, hour and with its bounds.
    pub told: &'r Breakdown<'a>,
}
