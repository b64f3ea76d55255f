//! What measures cost, and how much there is.

use crate::score::Remedy;

/// So much may be spent on measures, whatever their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// What all measures of a list cost at most.
    pub most: u64,
    /// What each costs.
    pub costs: MeasureCosts,
}

/// What a measure costs, by its kind, in any unit in which all are whole and their sum is exact; by default 1 each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeasureCosts {
    /// An item is pushed down to a site.
    pub push: u64,
    /// A site is open when people come.
    pub hours: u64,
    /// What has run out at a site goes on.
    pub renew: u64,
    /// A site has a helper.
    pub helper: u64,
    /// A site serves everybody with an item (跨区通办).
    pub reach: u64,
}

impl MeasureCosts {
    /// What a remedy costs; what is no measure of a list costs nothing.
    #[must_use]
    pub const fn of(&self, remedy: Remedy) -> u64 {
        match remedy {
            Remedy::HandDown => self.push,
            Remedy::LongerHours => self.hours,
            Remedy::Renew => self.renew,
            Remedy::Helper => self.helper,
            Remedy::CrossArea => self.reach,
            Remedy::BuildSite | Remedy::MendData => 0,
        }
    }
}

impl Default for MeasureCosts {
    fn default() -> Self {
        Self {
            push: 1,
            hours: 1,
            renew: 1,
            helper: 1,
            reach: 1,
        }
    }
}
