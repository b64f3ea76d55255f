//! What gets done at one site alone.

use super::judge::Judge;
use super::providers::{Provided, Providers};
use super::verdict::VerdictKind;
use crate::ids::SiteId;

impl Judge<'_> {
    /// Whether the item is done within the limit, and would not be without this site.
    /// O(steps × sites reached).
    pub(super) fn rests_on(&self, providers: &Providers, site: SiteId) -> bool {
        self.kind(providers) == VerdictKind::Covered
            && providers
                .provided
                .iter()
                .any(|provided| !self.is_done_without(provided, site))
    }

    /// Whether another site than this one does these steps and counts: within the limit, or at home.
    fn is_done_without(&self, provided: &Provided, site: SiteId) -> bool {
        self.within()
            .filter(|reach| reach.site != site && provided.sites.contains(reach.site))
            .any(|reach| self.admits(provided, reach.site) && self.is_open(reach))
            || self.helpers_for(provided).any(|reach| reach.site != site)
    }
}
