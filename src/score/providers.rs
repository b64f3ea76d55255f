//! Rule *depth and dates*: which sites do which step of an item, on the target's day.
//!
//! An item needs a visit for some of its steps. A site may do all of them, or only some. The item
//! is done for a cell when each step is done within the limit, at one site or at several; the walk
//! that counts is the longest of these.
//!
//! Worked example: *accept* at the village station (4 minutes), *issue* at the township centre (12
//! minutes). Within 15 minutes the item is done, after 12 minutes. Were the centre 20 minutes away,
//! it would be not offered, and what is missing is the step *issue* at the village station.

use chrono::NaiveDate;

use crate::ids::SiteId;
use crate::model::{Handling, ItemReach, Offer, Online, SiteSet, Sites, Step, Steps};

/// Who does what for one class of items on a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Providers {
    /// Together all steps that need a visit; no two have the same sites.
    pub provided: Vec<Provided>,
    /// Whether only sites of one's own unit, or of a unit above it, may be used.
    pub own_unit: bool,
    /// Whether nobody who goes online need come.
    pub online: bool,
}

/// Steps that the same sites do.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Provided {
    /// The steps.
    pub steps: Steps,
    /// The sites that do them.
    pub sites: SiteSet,
}

impl Providers {
    /// The providers of a class on a day. O(steps × offers).
    pub(super) fn of(class: &Handling, sites: &Sites, day: Option<NaiveDate>) -> Self {
        let mut providers = Self {
            provided: Vec::new(),
            own_unit: class.reach == ItemReach::OwnUnit,
            online: class.online == Online::Whole,
        };
        // A step that nobody does keeps its empty set, for the verdict has to say that it
        // is missing.
        for step in class.visits.iter() {
            let doing = class
                .offers
                .iter()
                .filter(|offer| offer.steps.contains(step) && counts_on(day, offer, sites))
                .map(|offer| offer.site);
            providers.add(step, SiteSet::of(doing));
        }
        providers
    }

    /// The providers of which one must do all that each of these does; without steps where there are
    /// none.
    pub(super) fn all_in_one<'a>(several: impl Iterator<Item = &'a Self>) -> Self {
        let mut all: Option<Provided> = None;
        let mut own_unit = false;
        for providers in several {
            // What needs no visit asks nothing of the one site.
            own_unit |= providers.own_unit && !providers.provided.is_empty();
            for provided in &providers.provided {
                all = Some(all.map_or_else(|| provided.clone(), |before| before.and(provided)));
            }
        }
        Self {
            provided: all.into_iter().collect(),
            own_unit,
            online: false,
        }
    }

    /// The steps that no site does.
    pub(super) fn steps_of_nobody(&self) -> Steps {
        self.provided
            .iter()
            .filter(|provided| provided.sites.is_empty())
            .fold(Steps::NONE, |all, provided| all.and(provided.steps))
    }

    /// Whether a site does every step.
    pub(super) fn does_all(&self, site: SiteId) -> bool {
        self.provided
            .iter()
            .all(|provided| provided.sites.contains(site))
    }

    fn add(&mut self, step: Step, sites: SiteSet) {
        let step = Steps::only(step);
        // Mostly the same sites do all steps; then one look at the sites reached answers
        // for all.
        match self.provided.iter_mut().find(|known| known.sites == sites) {
            Some(same) => same.steps = same.steps.and(step),
            None => self.provided.push(Provided { steps: step, sites }),
        }
    }
}

impl Provided {
    /// The steps of both, at the sites that do both.
    fn and(self, other: &Self) -> Self {
        Self {
            steps: self.steps.and(other.steps),
            sites: self.sites.common(&other.sites),
        }
    }
}

/// Whether an offer holds and its site exists on a day; always without a day.
fn counts_on(day: Option<NaiveDate>, offer: &Offer, sites: &Sites) -> bool {
    offer.holds_on(day) && day.is_none_or(|day| sites[offer.site].exists_on(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_without_a_visit_asks_nothing_of_the_one_site() {
        let at_home = Providers {
            provided: Vec::new(),
            own_unit: true,
            online: false,
        };
        let sites = SiteSet::of([SiteId::new(0)]);
        let anywhere = Providers {
            provided: vec![Provided {
                steps: Steps::USUAL,
                sites,
            }],
            own_unit: false,
            online: false,
        };
        assert_eq!(
            Providers::all_in_one([&at_home, &anywhere].into_iter()),
            anywhere
        );
        let own = Providers {
            own_unit: true,
            ..anywhere.clone()
        };
        assert_eq!(Providers::all_in_one([&anywhere, &own].into_iter()), own);
    }
}
