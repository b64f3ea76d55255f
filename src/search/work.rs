//! How much a search did.

use std::iter::Sum;
use std::ops::Add;

/// How much a search did, the same on every machine.
///
/// ```
/// use walkshed::{TravelTime, draw, search, snap};
/// let study = draw::town("A-s-a-B", 100.0, "s");
/// let times = search::travel_times(&snap::link(&study), TravelTime::from_minutes(30));
/// // On one street nothing is settled: cell and site go along it.
/// assert_eq!(times.work(), search::Work::default());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Junctions settled. Vertices that only bend a street, and dead ends, are none.
    pub settled: u64,
    /// Streets looked along from a settled junction.
    pub relaxed: u64,
    /// Pushes to the queue.
    pub pushed: u64,
}

impl Add for Work {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            settled: self.settled + other.settled,
            relaxed: self.relaxed + other.relaxed,
            pushed: self.pushed + other.pushed,
        }
    }
}

impl Sum for Work {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}
