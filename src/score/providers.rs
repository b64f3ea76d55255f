//! Rule *depth and dates*: which sites do which step of an item, on the target's day.
//!
//! An item needs a visit for some of its steps. A site may do all of them, or only some. The item
//! is done for a cell when each step is done within the limit, at one site or at several; the walk
//! that counts is the longest of these.
//!
//! Worked example: *accept* at the village station (4 minutes), *issue* at the township centre (12
//! minutes). Within 15 minutes the item is done, after 12 minutes. Were the centre 20 minutes away,
//! it would be not offered, and what is missing is the step *issue* at the village station.
//!
//! Who goes online needs no visit for the steps that are done online: begun online and collected at
//! the village station, it is done after 4 minutes. What is sent by post needs no visit from anybody.

use chrono::NaiveDate;

use super::setting::Setting;
use crate::ids::SiteId;
use crate::model::{Handling, ItemReach, Offer, SiteSet, Sites, Step, Steps, Study};

/// Who does what for one class of items on a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Providers {
    /// Together all steps that these people need a visit for; no two have the same sites for the same
    /// people. None when they need no visit.
    pub provided: Vec<Provided>,
    /// Whether the item is for people of a site's own unit, or of a unit below it, where no offer says
    /// otherwise.
    pub own_unit: bool,
    /// The sites that can take all items of the class over.
    pub takers: SiteSet,
    /// The sites that may go on with all of them.
    pub keepers: SiteSet,
    /// The steps that need a visit and that sites did by offers that have run out.
    pub lapsed: Vec<Provided>,
}

/// Steps that the same sites do.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Provided {
    /// The steps.
    pub steps: Steps,
    /// The sites that do them.
    pub sites: SiteSet,
    /// For whom.
    pub serving: Serving,
}

/// Whom the sites that do a step serve.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Serving {
    /// All of them everybody.
    Everybody,
    /// All of them their own unit, and those below it.
    OwnUnit,
    /// These everybody, the others their own unit.
    Some(SiteSet),
}

impl Providers {
    /// The providers of a class on a day, for the people of a setting. O(steps × offers).
    pub(super) fn of(
        class: &Handling,
        study: &Study,
        day: Option<NaiveDate>,
        setting: Setting,
    ) -> Self {
        let sites = study.sites();
        let mut providers = Self {
            provided: Vec::new(),
            own_unit: class.reach == ItemReach::OwnUnit,
            takers: SiteSet::default(),
            keepers: SiteSet::default(),
            lapsed: Vec::new(),
        };
        // What is done online asks nothing of any site, so that judging need not know of it.
        let saved = setting.saved(study, class);
        // A step that nobody does keeps its empty set, for the verdict has to say that it
        // is missing.
        for step in class.visits.without(saved).iter() {
            let doing = class
                .offers
                .iter()
                .filter(|offer| offer.steps.contains(step) && counts_on(day, offer, sites));
            add(
                &mut providers.provided,
                Provided::of(step, doing, class.reach),
            );
            let lapsed = class
                .offers
                .iter()
                .filter(|offer| offer.steps.contains(step))
                .filter(|offer| offer.is_renewable(day, &class.offers));
            let lapsed = Provided::of(step, lapsed, class.reach);
            if !lapsed.sites.is_empty() {
                add(&mut providers.lapsed, lapsed);
            }
        }
        providers
    }

    /// Whether it must be known which sites are of one's own unit.
    pub(super) fn ask_own_unit(&self) -> bool {
        let mut all = self.provided.iter().chain(&self.lapsed);
        self.own_unit || all.any(|provided| provided.serving != Serving::Everybody)
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
            takers: SiteSet::default(),
            keepers: SiteSet::default(),
            lapsed: Vec::new(),
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
}

/// Adds steps that sites do. Mostly the same sites do all steps; then one look at the sites reached
/// answers for all.
fn add(provided: &mut Vec<Provided>, more: Provided) {
    let mut known = provided.iter_mut();
    match known.find(|known| known.sites == more.sites && known.serving == more.serving) {
        Some(same) => same.steps = same.steps.and(more.steps),
        None => provided.push(more),
    }
}

impl Provided {
    /// The sites that do a step by these offers of an item of this reach. O(offers).
    fn of<'a>(step: Step, offers: impl Iterator<Item = &'a Offer>, item: ItemReach) -> Self {
        let mut sites = SiteSet::default();
        let mut cross_area = SiteSet::default();
        for offer in offers {
            sites.insert(offer.site);
            // An offer that says nothing goes by its item.
            if offer.reach.unwrap_or(item) == ItemReach::Anywhere {
                cross_area.insert(offer.site);
            }
        }
        Self {
            steps: Steps::only(step),
            serving: Serving::of(&sites, cross_area),
            sites,
        }
    }

    /// The steps of both, at the sites that do both, for those whom both serve.
    fn and(self, other: &Self) -> Self {
        Self {
            steps: self.steps.and(other.steps),
            sites: self.sites.common(&other.sites),
            serving: self.serving.and(&other.serving),
        }
    }
}

impl Serving {
    /// Whom sites serve of which these serve everybody.
    fn of(sites: &SiteSet, everybody: SiteSet) -> Self {
        // Mostly all sites serve alike; then no set is asked for each site.
        if everybody == *sites {
            Self::Everybody
        } else if everybody.is_empty() {
            Self::OwnUnit
        } else {
            Self::Some(everybody)
        }
    }

    /// Whom both serve.
    fn and(self, other: &Self) -> Self {
        match (self, other) {
            (Self::Everybody, other) => other.clone(),
            (one, Self::Everybody) => one,
            (Self::OwnUnit, Self::OwnUnit | Self::Some(_)) | (Self::Some(_), Self::OwnUnit) => {
                Self::OwnUnit
            }
            (Self::Some(one), Self::Some(other)) => Self::Some(one.common(other)),
        }
    }

    /// Whether a site serves people of these own sites; none where that is not asked.
    pub(super) fn includes(&self, site: SiteId, own: Option<&SiteSet>) -> bool {
        match self {
            Self::Everybody => true,
            Self::OwnUnit => own.is_none_or(|own| own.contains(site)),
            Self::Some(everybody) => {
                everybody.contains(site) || own.is_none_or(|own| own.contains(site))
            }
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

    fn at(sites: &[usize], serving: Serving) -> Providers {
        let provided = Provided {
            steps: Steps::USUAL,
            sites: SiteSet::of(sites.iter().copied().map(SiteId::new)),
            serving,
        };
        Providers {
            takers: SiteSet::default(),
            keepers: SiteSet::default(),
            lapsed: Vec::new(),
            provided: vec![provided],
            own_unit: false,
        }
    }

    #[test]
    fn an_item_without_a_visit_asks_nothing_of_the_one_site() {
        let at_home = Providers {
            takers: SiteSet::default(),
            keepers: SiteSet::default(),
            lapsed: Vec::new(),
            provided: Vec::new(),
            own_unit: true,
        };
        let anywhere = at(&[0], Serving::Everybody);
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

    #[test]
    fn one_site_for_all_serves_those_whom_it_serves_with_each() {
        let set = |sites: &[usize]| SiteSet::of(sites.iter().copied().map(SiteId::new));
        let some = at(&[0, 1, 2], Serving::Some(set(&[0, 1])));
        for (other, both) in [
            (Serving::Everybody, Serving::Some(set(&[0, 1]))),
            (Serving::OwnUnit, Serving::OwnUnit),
            (Serving::Some(set(&[1, 2])), Serving::Some(set(&[1]))),
        ] {
            let other = at(&[0, 1, 2], other);
            for pair in [[&some, &other], [&other, &some]] {
                let one = Providers::all_in_one(pair.into_iter());
                assert_eq!(one.provided[0].serving, both);
            }
        }
    }

    #[test]
    fn a_site_serves_by_the_widest_of_its_offers() {
        let site = SiteId::new(0);
        let offer = |reach| Offer {
            reach,
            ..Offer::whole(site)
        };
        let serving =
            |offers: &[Offer]| Provided::of(Step::Issue, offers.iter(), ItemReach::OwnUnit);
        let [own, wide] = [None, Some(ItemReach::Anywhere)].map(offer);
        let elsewhere = SiteSet::default();
        for (offers, serves) in [(&[own][..], false), (&[own, wide], true), (&[wide], true)] {
            let provided = serving(offers);
            assert_eq!(provided.serving.includes(site, Some(&elsewhere)), serves);
            assert!(provided.serving.includes(site, Some(&provided.sites)));
        }
    }
}
