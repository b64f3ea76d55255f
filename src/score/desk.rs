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

use crate::model::{Handling, ItemReach, Online, SiteSet, Sites, Step, Steps};

/// Who does what for one class of items on a day.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Desk {
    /// Steps that the same sites do, and these sites; together all steps that need a visit.
    pub steps: Vec<(Steps, SiteSet)>,
    /// Whether only sites of one's own unit, or of a unit above it, may be used.
    pub own_unit: bool,
    /// Whether nobody who goes online need come.
    pub online: bool,
}

impl Desk {
    /// The desk of a class on a day.
    pub(super) fn of(class: &Handling, sites: &Sites, day: Option<NaiveDate>) -> Self {
        let held = || {
            class.offers.iter().filter(|offer| {
                offer.holds_on(day) && day.is_none_or(|day| sites[offer.site].exists_on(day))
            })
        };
        let who = |step| {
            SiteSet::of(
                held()
                    .filter(|offer| offer.steps.contains(step))
                    .map(|offer| offer.site),
            )
        };
        let mut steps: Vec<(Steps, SiteSet)> = Vec::new();
        for step in class.visits.iter() {
            add(&mut steps, step, who(step));
        }
        Self {
            steps,
            own_unit: class.reach == ItemReach::OwnUnit,
            online: class.online == Online::Whole,
        }
    }

    /// The desk at which one site must do all that these desks do; without steps where there are none.
    pub(super) fn all_in_one<'a>(desks: impl Iterator<Item = &'a Self>) -> Self {
        let mut all: Option<(Steps, SiteSet)> = None;
        let mut own_unit = false;
        for desk in desks {
            own_unit |= desk.own_unit && !desk.steps.is_empty();
            for (steps, sites) in &desk.steps {
                all = Some(match all {
                    None => (*steps, sites.clone()),
                    Some((before, common)) => (before.and(*steps), common.common(sites)),
                });
            }
        }
        Self {
            steps: all.into_iter().collect(),
            own_unit,
            online: false,
        }
    }
}

fn add(steps: &mut Vec<(Steps, SiteSet)>, step: Step, sites: SiteSet) {
    match steps.iter_mut().find(|(_, other)| *other == sites) {
        Some((same, _)) => *same = same.and(Steps::only(step)),
        None => steps.push((Steps::only(step), sites)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SiteId;

    #[test]
    fn an_item_without_a_visit_asks_nothing_of_the_one_site() {
        let at_home = Desk {
            steps: Vec::new(),
            own_unit: true,
            online: false,
        };
        let sites = SiteSet::of([SiteId::new(0)]);
        let anywhere = Desk {
            steps: vec![(Steps::USUAL, sites)],
            own_unit: false,
            online: false,
        };
        assert_eq!(
            Desk::all_in_one([&at_home, &anywhere].into_iter()),
            anywhere
        );
        let own = Desk {
            own_unit: true,
            ..anywhere.clone()
        };
        assert_eq!(Desk::all_in_one([&anywhere, &own].into_iter()), own);
    }
}
