//! Who watches a search, and when it ends.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What the best plan so far comes to.
    pub objective: u64,
    /// No plan is better than this.
    pub bound: u64,
}

/// Told how far a search is, and asked whether it may go on.
pub trait Watch: Sync {
    /// How far it is now.
    fn hear(&self, standing: Standing);
    /// Whether to stop, with the best plan so far and its bound.
    fn stop(&self) -> bool;
}

/// How long to search.
pub struct Limits<'a> {
    /// Pairs of client and candidate to look at, at most: the same end on every machine.
    pub work: u64,
    /// Told and asked on the way. A clock that stops it makes the end depend on the machine.
    pub watch: &'a dyn Watch,
}

/// Waits for the proof, and says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Patient;

impl Watch for Patient {
    fn hear(&self, _: Standing) {}
    fn stop(&self) -> bool {
        false
    }
}

/// Hands on whether to stop. How far one of several searches is tells nothing of the whole.
pub(crate) struct Quiet<'a>(pub(crate) &'a dyn Watch);

impl Watch for Quiet<'_> {
    fn hear(&self, _: Standing) {}

    fn stop(&self) -> bool {
        self.0.stop()
    }
}

impl Limits<'static> {
    /// Until it is proved.
    pub const NONE: Self = Self {
        work: u64::MAX,
        watch: &Patient,
    };
}

/// Stops at a time, or when it is told to.
#[derive(Debug)]
pub struct Until<'a> {
    end: Option<Instant>,
    cancelled: Option<&'a AtomicBool>,
}

impl<'a> Until<'a> {
    /// So long from now on; none for ever.
    #[must_use]
    pub fn new(time: Option<Duration>, cancelled: Option<&'a AtomicBool>) -> Self {
        Self {
            end: time.map(|time| Instant::now() + time),
            cancelled,
        }
    }
}

impl Watch for Until<'_> {
    fn hear(&self, _: Standing) {}

    fn stop(&self) -> bool {
        self.end.is_some_and(|end| Instant::now() >= end)
            || self.cancelled.is_some_and(|told| told.load(Relaxed))
    }
}
