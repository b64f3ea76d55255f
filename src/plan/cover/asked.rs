//! What is asked of a cover.

use crate::plan::solver::Listener;

/// What is asked of a cover.
#[derive(Clone, Copy)]
pub(in crate::plan) struct Asked<'a> {
    /// By candidate what it costs.
    pub(in crate::plan) prices: &'a [u64],
    /// Whether there is a cover as cheap as this is all that is asked.
    pub(in crate::plan) enough: Option<u64>,
    /// Pairs to look at, at most.
    pub(in crate::plan) work: u64,
    pub(in crate::plan) listener: &'a dyn Listener,
}
