//! One entry of the sparse matrix of travel times.

use std::cmp::Ordering;

use crate::ids::SiteId;
use crate::units::TravelTime;

/// A site within reach of a cell, and the walk to it, both gaps included.
///
/// ```
/// use walkshed::TravelTime;
/// use walkshed::ids::SiteId;
/// use walkshed::search::Reach;
/// let reach = |site, minutes| Reach { site: SiteId::new(site), time: TravelTime::from_minutes(minutes) };
/// // The nearer comes first, whatever its number; of equally near ones the first by number.
/// let mut row = [reach(2, 9), reach(1, 9), reach(3, 4)];
/// row.sort();
/// assert_eq!(row.map(|reach| reach.site.index()), [3, 1, 2]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reach {
    /// The walk from the cell to the site.
    pub time: TravelTime,
    /// The site.
    pub site: SiteId,
}

impl Reach {
    /// Time and site as one number: sorting rows is a part of every search, and this compares
    /// without a branch.
    fn sort_key(self) -> u64 {
        let time = u64::from(self.time.ticks());
        let site = self.site.index() as u64;
        time << 32 | site
    }
}

impl Ord for Reach {
    /// By time, then by site.
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for Reach {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
