//! What a site could take on: the items that it does not do, and whom it would bring them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::ids::{ItemId, SiteId};
use crate::model::{Offer, Steps, Study, Takers};
use crate::score::{Coverage, Mend};
use crate::units::People;

/// An item that a site does not do, or not all of it, and that it could.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CouldTake {
    /// The item.
    pub item: ItemId,
    /// The steps that it does not do.
    pub steps: Steps,
    /// Whether it did them until its offer ran out, which is renewed; else they are handed down.
    pub renew: bool,
    /// How many get the item done, who do not now, when this alone is done.
    pub gain: People,
}

/// How many are listed.
const LISTED: usize = 10;

/// What a site would have to be brought to, for each class of items that it does not wholly do.
pub(super) struct Candidates<'s> {
    takers: Takers<'s>,
    /// By class.
    mends: BTreeMap<usize, Candidate>,
}

/// What a class of items asks for.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// The steps that the site does not do.
    steps: Steps,
    /// What is to be done about them.
    pub mend: Mend,
}

impl<'s> Candidates<'s> {
    /// For all classes that are asked for. O(offers).
    pub(super) fn of(now: &'s Coverage, site: SiteId) -> Self {
        let study = now.study();
        let takers = Takers::of(study);
        let mut mends = BTreeMap::new();
        for &item in now.items() {
            let candidate = candidate(study, item, (site, now.target().date));
            let can_take = |of: &Candidate| can_have(&takers, &of.mend, item);
            if let Some(candidate) = candidate.filter(can_take) {
                mends.insert(study.catalogue().class(item), candidate);
            }
        }
        Self { takers, mends }
    }

    /// What a class asks for; none where nothing is to be done.
    pub(super) fn of_class(&self, class: usize) -> Option<&Mend> {
        self.mends.get(&class).map(|candidate| &candidate.mend)
    }

    /// The items with what each brings, by class: those that bring the most first, of equal ones in
    /// the order of the target.
    pub(super) fn listed(&self, now: &Coverage, gains: &BTreeMap<usize, People>) -> Vec<CouldTake> {
        let mut rows = Vec::new();
        for &item in now.items() {
            let class = now.study().catalogue().class(item);
            let (Some(candidate), Some(&gain)) = (self.mends.get(&class), gains.get(&class)) else {
                continue;
            };
            let mend = candidate.mend;
            // Nobody lacks it who comes here: it need not be handed down.
            if gain == People::ZERO {
                continue;
            }
            // Items of one class are handled alike, but may go to different sites.
            if can_have(&self.takers, &mend, item) {
                rows.push(CouldTake {
                    item,
                    steps: candidate.steps,
                    renew: mend.renew,
                    gain,
                });
            }
        }
        // Stable: equals stay in the order of the target.
        rows.sort_by_key(|row| Reverse(row.gain));
        rows.truncate(LISTED);
        rows
    }
}

/// Whether a site can go on with an item, or take it over.
fn can_have(takers: &Takers<'_>, mend: &Mend, item: ItemId) -> bool {
    if mend.renew {
        takers.may_keep(mend.site, item)
    } else {
        takers.can_take(mend.site, item)
    }
}

/// What a site lacks of an item; none when it does all of it.
fn candidate(
    study: &Study,
    item: ItemId,
    (site, day): (SiteId, Option<NaiveDate>),
) -> Option<Candidate> {
    let all = study.catalogue().offers(item);
    let own = all.iter().filter(|offer| offer.site == site);
    let done = steps_of(own.clone().filter(|offer| offer.holds_on(day)));
    let steps = study.catalogue()[item].steps_at_sites().without(done);
    if steps.is_empty() {
        return None;
    }
    let run_out = steps_of(own.filter(|offer| offer.is_renewable(day, all)));
    // What it did once is not handed down anew.
    let renew = steps.without(run_out).is_empty();
    let hand_down = if renew { Steps::NONE } else { steps };
    let mend = Mend {
        site,
        hand_down,
        renew,
        cross_area: false,
        helper: false,
        longer_hours: false,
    };
    Some(Candidate { steps, mend })
}

fn steps_of<'o>(offers: impl Iterator<Item = &'o Offer>) -> Steps {
    offers.fold(Steps::NONE, |all, offer| all.and(offer.steps))
}
