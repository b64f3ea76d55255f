//! One entry of the sparse matrix of travel times.

use std::cmp::Ordering;

use crate::ids::SiteId;
use crate::units::TravelTime;

/// A site within reach of a cell, and the walk to it, both gaps included.
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
