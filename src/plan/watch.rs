//! Who watches a search, and when it ends.

use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How far a search is.
///
/// ```
/// use walkshed::plan::Standing;
/// // 800 people are covered by the best plan so far; no plan covers more than 1,000.
/// let standing = Standing { objective: 800, bound: 1000 };
/// assert_eq!(standing.bound - standing.objective, 200);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What the best plan so far comes to.
    pub objective: u64,
    /// No plan is better than this.
    pub bound: u64,
}

/// Told how far a search is, and asked whether it may go on.
///
/// ```
/// use std::sync::Mutex;
/// use walkshed::plan::{Limits, Matrix, Problem, Room, Standing, Terms, Watch, solve};
///
/// /// Keeps the last that it heard.
/// #[derive(Default)]
/// struct Last(Mutex<Option<Standing>>);
/// impl Watch for Last {
///     fn hear(&self, standing: Standing) { *self.0.lock().unwrap() = Some(standing); }
///     fn stop(&self) -> bool { false }
/// }
///
/// let matrix = Matrix::new(vec![300, 200], 2, &[(0, 0, 5), (1, 1, 5)]).unwrap();
/// let last = Last::default();
/// let limits = Limits { watch: &last, ..Limits::NONE };
/// let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &Terms::new(Room::Sites(1)), &limits).unwrap();
/// // What it heard, if the plan was not known at once, is no better than the bound.
/// let heard = last.0.into_inner().unwrap();
/// assert!(heard.is_none_or(|heard| heard.objective <= plan.bound));
/// ```
pub trait Watch: Sync {
    /// How far it is now.
    fn hear(&self, standing: Standing);
    /// Whether to stop, with the best plan so far and its bound.
    fn stop(&self) -> bool;
}

/// How long to search.
///
/// ```
/// use walkshed::plan::{Limits, Patient};
/// // The same end on every machine: so many pairs are looked at, and then the best plan so far is told.
/// let limits = Limits { work: 1_000_000, watch: &Patient };
/// assert!(limits.work < Limits::NONE.work);
/// ```
pub struct Limits<'a> {
    /// Pairs of client and candidate to look at, at most: the same end on every machine.
    pub work: u64,
    /// Told and asked on the way. A clock that stops it makes the end depend on the machine.
    pub watch: &'a dyn Watch,
}

/// Waits for the proof, and says nothing.
///
/// ```
/// use walkshed::plan::{Patient, Watch};
/// assert!(!Patient.stop());
/// ```
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
///
/// ```
/// use std::sync::atomic::{AtomicBool, Ordering};
/// use std::time::Duration;
/// use walkshed::plan::{Until, Watch};
/// let cancelled = AtomicBool::new(false);
/// let until = Until::new(Some(Duration::from_secs(3600)), Some(&cancelled));
/// assert!(!until.stop());
/// cancelled.store(true, Ordering::Relaxed);
/// assert!(until.stop());
/// ```
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
