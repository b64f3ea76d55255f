//! What gets done at one site alone.

use super::judge::Judge;
use super::providers::{Provided, Providers};
use crate::ids::SiteId;

impl Judge<'_> {
    /// Whether the item is done within the limit, and would not be without this site.
    /// O(steps × sites reached).
    pub(super) fn rests_on(&self, providers: &Providers, site: SiteId) -> bool {
        let last = self.last_step(providers);
        last.is_some_and(|last| last.time <= self.limit)
            && providers
                .provided
                .iter()
                .any(|provided| !self.is_done_without(provided, site))
    }

    /// Whether another site within the limit than this one does these steps and counts.
    fn is_done_without(&self, provided: &Provided, site: SiteId) -> bool {
        self.within()
            .filter(|reach| reach.site != site && provided.sites.contains(reach.site))
            .any(|reach| self.admits(provided, reach.site) && self.is_open(reach))
    }
}
