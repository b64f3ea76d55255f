//! What is undone in a coverage, and what would bring how many people what.

use super::by_unit::Units;
use super::classes::Class;
use super::gains::{Gains, gains};
use super::lacking::LackingList;
use super::needs::{NeedSums, needs};
use super::places::Places;
use crate::ids::UnitId;
use crate::model::Study;
use crate::score::Coverage;

/// What is undone in a coverage, and what would bring how many people what.
pub(super) struct Advice<'c> {
    study: &'c Study,
    pub(super) needs: Units<NeedSums>,
    gains: Units<Gains>,
    places: Places,
}

impl<'c> Advice<'c> {
    /// The advice for all units, and for these units together where they stand for one. Two passes over
    /// the cells that are not covered, and one search from a place for each unit that needs a site.
    pub(super) fn of(coverage: &'c Coverage, together: &[Option<UnitId>]) -> Self {
        let study = coverage.study();
        let needs = needs(coverage);
        let gains = gains(coverage, &needs.total());
        let mut places = Vec::new();
        let units = study.units().iter().map(|(unit, _)| Some(unit));
        // The gain of a new site takes a search: each place is asked once, whoever asks for it.
        for unit in units.chain([None]) {
            places.extend(needs.unit(unit).place.as_ref().map(|place| place.cell));
        }
        let together = needs.together(together.iter().copied());
        // Units that stand for one may need it elsewhere than each by itself.
        places.extend(together.place.map(|place| place.cell));
        Self {
            study,
            needs,
            gains,
            places: Places::of(coverage, places),
        }
    }

    /// What is lacking in a unit, or among the cells without one.
    pub(super) fn list(&self, unit: Option<UnitId>, classes: &[Class]) -> LackingList {
        let needs = self.needs.unit(unit);
        self.listed(needs, self.gains.unit(unit), &[unit], classes)
    }

    /// What is lacking in several units, none of which lies in another.
    pub(super) fn list_together(&self, units: &[Option<UnitId>], classes: &[Class]) -> LackingList {
        let needs = self.needs.together(units.iter().copied());
        let gains = self.gains.together(units.iter().copied());
        self.listed(&needs, &gains, units, classes)
    }

    fn listed(
        &self,
        needs: &NeedSums,
        gains: &Gains,
        units: &[Option<UnitId>],
        classes: &[Class],
    ) -> LackingList {
        let site = needs.place.as_ref().map(|place| {
            let gain = self.places.gain(place.cell, units, self.study.units());
            (place.cell, gain)
        });
        LackingList::of(needs, gains, site, classes)
    }
}
