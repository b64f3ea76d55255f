//! Judges the people of one cell: which sites they reach, which of them count, and what follows.
//!
//! A site *counts* for a step when it does the step, serves these people's unit, can be used by their
//! group, and is open when they arrive. The first site that counts, nearest first, does the step. The
//! item is done after the longest of these walks. What no site does for them within the limit may be
//! done at home, by a helper who comes.

use std::cmp::Ordering;

use super::home::HelpersNear;
use super::mend::Mend;
use super::providers::{Provided, Providers};
use super::verdict::{Lack, Verdict, VerdictKind};
use crate::ids::SiteId;
use crate::model::{HourSet, SiteSet, Sites, Step, Steps, TimeRule, WeekMinute};
use crate::search::Reach;
use crate::units::TravelTime;

/// Judges the people of one cell.
#[derive(Clone, Copy)]
pub(super) struct Judge<'a> {
    /// The sites they reach, nearest first.
    pub reaches: &'a [Reach],
    /// Their limit, inclusive.
    pub limit: TravelTime,
    /// The sites of their own unit and above it.
    pub own: Option<&'a SiteSet>,
    /// The sites that their group can use.
    pub usable: Option<&'a SiteSet>,
    /// The sites that exist on the day; none for all.
    pub existing: Option<&'a SiteSet>,
    /// All sites.
    pub sites: &'a Sites,
    /// When they leave, and the week that opening hours are read in; none when hours do not count.
    pub hours: Option<(WeekMinute, &'a TimeRule)>,
    /// Whether a site must be open from their leaving on, so that it is open however soon they arrive.
    pub throughout: bool,
    /// The helpers who may come to them; none where they need none, or no site sends any.
    pub helpers: Option<HelpersNear<'a>>,
}

/// How all steps of an item are done for the people of a cell.
#[derive(Debug, Clone, Copy)]
struct Handled {
    /// The longest walk to a site; none where nobody has to go to any.
    visit: Option<Reach>,
    /// The longest walk of a helper, for what is done at home; none where nothing is.
    helper: Option<Reach>,
}

impl Handled {
    /// The verdict if no visit takes longer than the limit.
    fn within(self, limit: TravelTime) -> Option<Verdict> {
        if self.visit.is_some_and(|visit| visit.time > limit) {
            return None;
        }
        // Where any of it is done at home, that is told.
        if let Some(Reach { time, site }) = self.helper {
            return Some(Verdict::AtHome {
                by: site,
                after: time,
            });
        }
        self.visit.map(|Reach { time, site }| Verdict::Covered {
            by: site,
            after: time,
        })
    }
}

impl<'a> Judge<'a> {
    /// The verdict. O(steps × sites reached).
    pub(super) fn verdict(&self, providers: &Providers) -> Verdict {
        let handled = self.handled(providers);
        if let Some(done) = handled.and_then(|handled| handled.within(self.limit)) {
            return done;
        }
        let Some(nearest) = self.nearest() else {
            return Verdict::OutOfReach;
        };
        match handled.and_then(|handled| handled.visit) {
            // A site is within the limit: what lacks is what it may do, and not the walk.
            last if nearest.time <= self.limit => self.not_offered(providers, nearest, last),
            Some(Reach { time, site }) => Verdict::TooFar {
                nearest: site,
                after: time,
                over: time.saturating_sub(self.limit),
            },
            None => Verdict::OutOfReach,
        }
    }

    /// The verdict of those who reach no site: what helpers do at home; none where that is not all.
    pub(super) fn without_a_street(&self, providers: &Providers) -> Option<Verdict> {
        self.handled(providers)?.within(self.limit)
    }

    /// The kind of [`Judge::verdict`], without the reasons, which cost more than the kind.
    pub(super) fn kind(&self, providers: &Providers) -> VerdictKind {
        let handled = self.handled(providers);
        if handled.is_some_and(|handled| handled.within(self.limit).is_some()) {
            return VerdictKind::Covered;
        }
        match self.nearest() {
            Some(nearest) if nearest.time <= self.limit => VerdictKind::NotOffered,
            Some(_) if handled.is_some() => VerdictKind::TooFar,
            Some(_) | None => VerdictKind::OutOfReach,
        }
    }

    /// The sites reached that exist on the day, nearest first.
    pub(super) fn existing(&self) -> impl Iterator<Item = Reach> + use<'a> {
        // Walks know no dates: they also lead to sites that open later, or have closed.
        let existing = self.existing;
        self.reaches
            .iter()
            .copied()
            .filter(move |reach| existing.is_none_or(|sites| sites.contains(reach.site)))
    }

    /// The nearest site of any kind that exists on the day.
    pub(super) fn nearest(&self) -> Option<Reach> {
        self.existing().next()
    }

    /// Those within the limit.
    pub(super) fn within(&self) -> impl Iterator<Item = Reach> + use<'a> {
        let limit = self.limit;
        self.existing().take_while(move |reach| reach.time <= limit)
    }

    /// For each group of steps the nearest site that does them and counts.
    pub(super) fn steps(
        &self,
        providers: &Providers,
    ) -> impl Iterator<Item = (Steps, Option<Reach>)> {
        providers
            .provided
            .iter()
            .map(|provided| (provided.steps, self.first(provided)))
    }

    /// The sites within the limit that do these steps and count, open or not: whoever asks for choices
    /// asks each hour of the week by itself.
    pub(super) fn choices<'o>(
        &'o self,
        provided: &'o Provided,
    ) -> impl Iterator<Item = Reach> + 'o {
        self.within().filter(move |reach| {
            provided.sites.contains(reach.site) && self.admits(provided, reach.site)
        })
    }

    /// How all steps are done; none when one is done nowhere.
    fn handled(&self, providers: &Providers) -> Option<Handled> {
        let mut visit = None;
        let mut helper = None;
        for provided in &providers.provided {
            let nearest = self.first(provided);
            if !self.is_within(nearest)
                && let Some(coming) = self.helper(provided)
            {
                helper = helper.max(Some(coming));
                continue;
            }
            // One step that is done nowhere settles it: the item is done nowhere.
            visit = visit.max(Some(nearest?));
        }
        Some(Handled { visit, helper })
    }

    fn is_within(&self, reach: Option<Reach>) -> bool {
        reach.is_some_and(|reach| reach.time <= self.limit)
    }

    /// The nearest site of which a helper does these steps in their homes. O(sites reached by helpers).
    fn helper(&self, provided: &Provided) -> Option<Reach> {
        self.helpers_for(provided).next()
    }

    /// The sites of which helpers do these steps in their homes, nearest first.
    pub(super) fn helpers_for<'o>(
        &'o self,
        provided: &'o Provided,
    ) -> impl Iterator<Item = Reach> + 'o {
        let coming = self.helpers.into_iter().flat_map(HelpersNear::coming);
        let going = coming.filter(move |(reach, help)| {
            let goes = self.hours.is_none_or(|(leaving, _)| help.goes_at(leaving));
            goes && provided.sites.contains(reach.site) && self.serves(provided, reach.site)
        });
        going.map(|(reach, _)| reach)
    }

    /// The hours of the week at which a helper of some site does these steps in their homes.
    pub(super) fn helper_hours(&self, provided: &Provided) -> HourSet {
        let mut hours = HourSet::EMPTY;
        for (reach, help) in self.helpers.into_iter().flat_map(HelpersNear::coming) {
            if provided.sites.contains(reach.site) && self.serves(provided, reach.site) {
                let days = help.week.as_ref();
                hours |= days.map_or(HourSet::ALL, |week| week.hours_reached(TravelTime::ZERO));
            }
        }
        hours
    }

    /// Those of a class's groups of steps that helpers do at home, each with the walk of the nearest.
    pub(super) fn at_home(&self, providers: &Providers) -> Vec<(Steps, Reach)> {
        let mut at_home = Vec::new();
        for provided in &providers.provided {
            if !self.is_within(self.first(provided)) {
                let coming = self.helper(provided);
                at_home.extend(coming.map(|reach| (provided.steps, reach)));
            }
        }
        at_home
    }

    /// The nearest site that does these steps and counts. O(sites reached).
    fn first(&self, provided: &Provided) -> Option<Reach> {
        // Sites that do not exist on the day provide nothing, so all that are reached may
        // be asked.
        self.reaches.iter().copied().find(|reach| {
            provided.sites.contains(reach.site)
                && self.admits(provided, reach.site)
                && self.is_open(*reach)
        })
    }

    /// Whether a site does these steps for these people, open or not.
    pub(super) fn admits(&self, provided: &Provided, site: SiteId) -> bool {
        self.serves(provided, site) && self.may_use(site)
    }

    fn serves(&self, provided: &Provided, site: SiteId) -> bool {
        provided.serving.includes(site, self.own)
    }

    /// Whether a site would serve these people with what is handed down to it.
    fn would_serve(&self, providers: &Providers, site: SiteId) -> bool {
        !providers.own_unit || self.own.is_none_or(|own| own.contains(site))
    }

    fn may_use(&self, site: SiteId) -> bool {
        self.usable.is_none_or(|usable| usable.contains(site))
    }

    pub(super) fn is_open(&self, reach: Reach) -> bool {
        let Some((leaving, week)) = self.hours else {
            return true;
        };
        let hours = week.hours_of(&self.sites[reach.site]);
        // A shorter walk arrives sooner, which must not be before the doors open.
        if self.throughout {
            hours.is_open_until(leaving, reach.time)
        } else {
            hours.is_open_on_arrival(leaving, reach.time)
        }
    }

    /// The verdict where some site is within the limit, but not one for every step.
    ///
    /// Each step that is missing has its own lack; the hardest of these is told, with the steps that
    /// have it.
    fn not_offered(
        &self,
        providers: &Providers,
        nearest: Reach,
        handled: Option<Reach>,
    ) -> Verdict {
        let mut missing = Missing::NOTHING;
        for provided in &providers.provided {
            let first = self.first(provided);
            // Beyond the limit is as good as nowhere here; `handled` tells where it is
            // done then.
            if !self.is_within(first) && self.helper(provided).is_none() {
                missing.add(provided.steps, self.lack(provided));
            }
        }
        Verdict::NotOffered {
            nearest_any: nearest.site,
            after: nearest.time,
            handled,
            missing: missing.steps,
            at: self.successor(providers),
            why: missing.why,
            lacking: missing.lacking,
        }
    }

    /// Why none of the sites within the limit that do these steps counts: the reason that is mended
    /// most easily.
    fn lack(&self, provided: &Provided) -> Lack {
        self.within()
            // A site that does not do the steps has no flaw to mend.
            .filter(|reach| provided.sites.contains(reach.site))
            .map(|reach| self.flaw(provided, reach.site))
            .min()
            .unwrap_or(Lack::NotHandled)
    }

    /// Why a site that does these steps does not count. What is left, when it serves these people and they
    /// may use it, is that it is closed.
    fn flaw(&self, provided: &Provided, site: SiteId) -> Lack {
        if !self.serves(provided, site) {
            Lack::OtherUnit
        } else if !self.may_use(site) {
            Lack::Barred
        } else {
            Lack::Closed
        }
    }

    /// The nearest site within the limit that the missing steps can be handed down to as it is: it can
    /// take them, is for these people and open when they come; one that does a part of the item already
    /// before any other.
    fn successor(&self, providers: &Providers) -> Option<SiteId> {
        let mut first = None;
        for reach in self.within() {
            let takes = providers.takers.contains(reach.site)
                && self.would_serve(providers, reach.site)
                && self.may_use(reach.site)
                && self.is_open(reach);
            if !takes {
                continue;
            }
            // Who takes in the papers already is handed the rest most easily.
            if doing(&providers.provided, Steps::WHOLE, reach.site)
                .next()
                .is_some()
            {
                return Some(reach.site);
            }
            first = first.or(Some(reach.site));
        }
        first
    }

    /// What would have to be done at a site within the limit so that these steps, all that are missing
    /// of an item, are done there: by renewing what has run out, and by handing down. None of them where
    /// the site cannot take what it does not do.
    pub(super) fn mends(
        &self,
        providers: &Providers,
        reach: Reach,
        missing: Steps,
    ) -> impl Iterator<Item = Mend> + use<> {
        let site = reach.site;
        let mut done = Steps::NONE;
        let mut cross_area = false;
        // What it does of the steps already is no matter of handing down, though perhaps of whom it
        // serves.
        for provided in doing(&providers.provided, missing, site) {
            done = done.and(provided.steps.common(missing));
            cross_area |= !self.serves(provided, site);
        }
        let of_site = Mend {
            cross_area,
            helper: !self.may_use(site),
            longer_hours: !self.is_open(reach),
            ..Mend::nothing(site)
        };
        let lacking = missing.without(done);
        let handed_down = Mend {
            hand_down: lacking,
            cross_area: cross_area || !(lacking.is_empty() || self.would_serve(providers, site)),
            ..of_site
        };
        // Renewing comes first: it gives the site nothing that it did not have.
        let can_take = lacking.is_empty() || providers.takers.contains(site);
        let renewed = self.renewed(providers, of_site, lacking);
        renewed.into_iter().chain(can_take.then_some(handed_down))
    }

    /// The same where all that the site does not do has run out there; none where it has not.
    fn renewed(&self, providers: &Providers, of_site: Mend, lacking: Steps) -> Option<Mend> {
        let mut lapsed = Steps::NONE;
        let mut cross_area = of_site.cross_area;
        for provided in doing(&providers.lapsed, lacking, of_site.site) {
            lapsed = lapsed.and(provided.steps);
            cross_area |= !self.serves(provided, of_site.site);
        }
        let may_go_on = providers.keepers.contains(of_site.site);
        // Renewing is offered only where it is enough by itself.
        let is_enough = may_go_on && !lacking.is_empty() && lacking.without(lapsed).is_empty();
        is_enough.then_some(Mend {
            renew: true,
            cross_area,
            ..of_site
        })
    }

    /// What would have to be done at a site within the limit, where all is done beside the item that these
    /// people need there: its hours, a helper.
    pub(super) fn of_site(&self, reach: Reach) -> Mend {
        Mend {
            helper: !self.may_use(reach.site),
            longer_hours: !self.is_open(reach),
            ..Mend::nothing(reach.site)
        }
    }

    /// What would have to be done so that a site does one step of an item, each way by itself, beside what
    /// it needs whatever the item. Ways that hold another one wholly are left out.
    pub(super) fn step_mends(&self, providers: &Providers, of_site: Mend, step: Step) -> Vec<Mend> {
        let site = of_site.site;
        let does = |all: &[Provided]| {
            let mut all = all.iter();
            all.find(|one| one.steps.contains(step) && one.sites.contains(site))
                .map(|one| self.serves(one, site))
        };
        let done = does(&providers.provided);
        // Only the doors stand between them and the step.
        if done == Some(true) {
            return vec![of_site];
        }
        let mut ways = Vec::new();
        let is_there = done.is_some();
        if is_there {
            ways.push(Mend {
                cross_area: true,
                ..of_site
            });
        }
        let for_them = self.would_serve(providers, site);
        // A cross-area window alone is less than the same beside what is handed down.
        if for_them || !is_there {
            ways.push(Mend {
                hand_down: Steps::only(step),
                cross_area: !for_them,
                ..of_site
            });
        }
        if let Some(served) = does(&providers.lapsed)
            && (served || !is_there)
        {
            ways.push(Mend {
                renew: true,
                cross_area: !served,
                ..of_site
            });
        }
        ways
    }

    /// Whether these steps, all that are missing of an item, are done at a site within the limit once it
    /// is mended so.
    pub(super) fn is_mended(
        &self,
        providers: &Providers,
        reach: Reach,
        missing: Steps,
        mend: &Mend,
    ) -> bool {
        let site = reach.site;
        let may_use = mend.helper || self.may_use(site);
        let is_open = mend.longer_hours || self.is_open(reach);
        may_use && is_open && self.is_done_after(providers, missing, mend)
    }

    /// Whether these steps, all that are missing of an item, are done in their homes once a site is mended
    /// so, by a helper who comes from there.
    pub(super) fn is_mended_at_home(
        &self,
        providers: &Providers,
        missing: Steps,
        mend: &Mend,
    ) -> bool {
        self.sending().any(|site| site == mend.site) && self.is_done_after(providers, missing, mend)
    }

    /// The sites from which a helper comes to them, nearest first.
    pub(super) fn sending(&self) -> impl Iterator<Item = SiteId> + use<'a> {
        let hours = self.hours;
        let coming = self.helpers.into_iter().flat_map(HelpersNear::coming);
        let coming =
            coming.filter(move |(_, help)| hours.is_none_or(|(leaving, _)| help.goes_at(leaving)));
        coming.map(|(reach, _)| reach.site)
    }

    /// The steps of a class that are done neither within the limit nor at home.
    pub(super) fn missing(&self, providers: &Providers) -> Steps {
        let mut missing = Steps::NONE;
        for provided in &providers.provided {
            if !self.is_within(self.first(provided)) && self.helper(provided).is_none() {
                missing = missing.and(provided.steps);
            }
        }
        missing
    }

    /// Whether a site does all these steps for these people once it is mended so.
    fn is_done_after(&self, providers: &Providers, missing: Steps, mend: &Mend) -> bool {
        let site = mend.site;
        let mut done = Steps::NONE;
        for provided in doing(&providers.provided, missing, site) {
            if mend.cross_area || self.serves(provided, site) {
                done = done.and(provided.steps);
            }
        }
        // What is handed down serves whom the item serves there.
        if mend.cross_area || self.would_serve(providers, site) {
            done = done.and(mend.hand_down);
        }
        if mend.renew {
            for provided in doing(&providers.lapsed, missing, site) {
                if mend.cross_area || self.serves(provided, site) {
                    done = done.and(provided.steps);
                }
            }
        }
        missing.without(done).is_empty()
    }
}

/// Those of these steps that a site does.
fn doing(provided: &[Provided], steps: Steps, site: SiteId) -> impl Iterator<Item = &Provided> {
    provided.iter().filter(move |provided| {
        !provided.steps.common(steps).is_empty() && provided.sites.contains(site)
    })
}

/// The steps that are not done within the limit.
struct Missing {
    /// All of them.
    steps: Steps,
    /// The hardest of their lacks.
    why: Lack,
    /// Those that have it.
    lacking: Steps,
}

impl Missing {
    /// No step is missing. The mildest lack gives way to any.
    const NOTHING: Self = Self {
        steps: Steps::NONE,
        why: Lack::Closed,
        lacking: Steps::NONE,
    };

    /// Adds steps that are missing for this reason. `why` stays the hardest reason so far, and
    /// `lacking` the steps that have it.
    fn add(&mut self, steps: Steps, why: Lack) {
        self.steps = self.steps.and(steps);
        match why.cmp(&self.why) {
            Ordering::Less => {}
            Ordering::Equal => self.lacking = self.lacking.and(steps),
            Ordering::Greater => {
                self.why = why;
                self.lacking = steps;
            }
        }
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
