//! Rule *own unit*: a site of a unit serves that unit and everything below it.
//!
//! An item with reach *own unit* is handled only at a site of one's own unit, or of a unit that it
//! lies in: the township centre serves all its villages, a village station serves its village, and
//! the station of the next village does not count however near it is. An item with reach *anywhere*
//! is handled for everybody. An offer may say otherwise for its site alone: a cross-area window serves
//! everybody with an item of one's own unit, and one may be kept for its own unit though the item is
//! handled anywhere. A site without a unit, such as a bank terminal,
//! serves everybody.
//!
//! Worked example: home in village A; the station of village B is 3 minutes away, the township
//! centre 14. A certificate that only one's own unit issues is done after 14 minutes, a
//! cross-area one after 3.

use crate::ids::UnitId;
use crate::model::{SiteSet, Sites, Units};

/// Which sites serve which unit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OwnUnit {
    by_unit: Vec<SiteSet>,
    without_unit: SiteSet,
}

impl OwnUnit {
    /// O(units × depth × sites / 64 + sites).
    pub(super) fn new(units: &Units, sites: &Sites) -> Self {
        let mut own = vec![SiteSet::default(); units.len()];
        let mut without_unit = SiteSet::default();
        for (id, site) in sites.iter() {
            match site.unit {
                Some(unit) => own[unit.index()].insert(id),
                None => without_unit.insert(id),
            }
        }
        // A site serves its unit and all below it; so those that serve a unit are its own
        // and those of all above.
        let mut by_unit = Vec::with_capacity(units.len());
        for (unit, _) in units.iter() {
            let mut serving = without_unit.clone();
            for above in units.upward(unit) {
                serving = serving.with(&own[above.index()]);
            }
            by_unit.push(serving);
        }
        Self {
            by_unit,
            without_unit,
        }
    }

    /// The sites that serve a unit; those without a unit serve people without a unit.
    pub(super) fn of(&self, unit: Option<UnitId>) -> &SiteSet {
        match unit {
            Some(unit) => &self.by_unit[unit.index()],
            None => &self.without_unit,
        }
    }
}
