//! The rules once more, as plainly as they can be said: loops over sites and steps, nothing shared.

use walkshed::TravelTime;
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{ItemReach, Offer, Online, Step, Steps, Study, Target};
use walkshed::score::{Lack, Setting, Verdict};
use walkshed::search::{Reach, TravelTimes};
use walkshed::snap::Snap;

pub struct Oracle<'a> {
    pub study: &'a Study,
    pub times: &'a TravelTimes,
    pub target: &'a Target,
    pub setting: Setting,
}

impl Oracle<'_> {
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        let visits = self.visits(item);
        match self.times.links().cell(cell) {
            None => return Verdict::Unknown,
            Some(_) if self.at_home(item) => return Verdict::Online,
            Some(Snap::Stranded { nearest }) => return Verdict::Stranded { nearest },
            Some(Snap::Snapped { .. }) => {}
        }
        let sites = self.sites(cell);
        let Some(&any) = sites.first() else {
            return Verdict::OutOfReach;
        };
        let limit = self.limit(cell);
        let nearest = |step| {
            sites
                .iter()
                .copied()
                .find(|&at| self.counts(cell, item, step, at))
        };
        let found: Vec<(Step, Option<Reach>)> =
            visits.iter().map(|step| (step, nearest(step))).collect();
        let all: Option<Vec<Reach>> = found.iter().map(|&(_, at)| at).collect();
        let last = all.and_then(|all| all.into_iter().max());
        match last {
            Some(Reach { time, site }) if time <= limit => {
                return Verdict::Covered {
                    by: site,
                    after: time,
                };
            }
            Some(Reach { time, site }) if any.time > limit => {
                return Verdict::TooFar {
                    nearest: site,
                    after: time,
                    over: time.saturating_sub(limit),
                };
            }
            None if any.time > limit => return Verdict::OutOfReach,
            _ => {}
        }
        let late = |at: &Option<Reach>| at.is_none_or(|at| at.time > limit);
        let missing: Vec<Step> = found
            .iter()
            .filter(|(_, at)| late(at))
            .map(|&(step, _)| step)
            .collect();
        let why = |step: &Step| self.why(cell, item, *step, &sites);
        let hardest = missing.iter().map(why).max().expect("a step is missing");
        Verdict::NotOffered {
            nearest_any: any.site,
            after: any.time,
            handled: last,
            missing: missing.iter().copied().collect::<Steps>(),
            at: self.hand_down_to(cell, item, &sites),
            why: hardest,
            lacking: missing
                .iter()
                .copied()
                .filter(|step| why(step) == hardest)
                .collect::<Steps>(),
        }
    }

    /// One site within the limit that does every step of these items that are not done at home.
    pub fn one_stop(&self, cell: CellId, items: &[ItemId]) -> bool {
        let Some(link) = self.times.links().cell(cell) else {
            return false;
        };
        let away: Vec<ItemId> = items
            .iter()
            .copied()
            .filter(|&item| !self.at_home(item))
            .collect();
        let all = |at: Reach| {
            let steps = |item: ItemId| self.visits(item).iter().map(move |step| (item, step));
            away.iter()
                .flat_map(|&item| steps(item))
                .all(|(item, step)| self.counts(cell, item, step, at))
        };
        let within = |at: &Reach| at.time <= self.limit(cell);
        away.is_empty()
            || (link.gap().is_some() && self.sites(cell).into_iter().filter(within).any(all))
    }

    fn at_home(&self, item: ItemId) -> bool {
        self.visits(item) == Steps::NONE
    }

    /// The steps that these people come for: not what is posted, nor what they do online or on a phone.
    fn visits(&self, item: ItemId) -> Steps {
        let item = &self.study.catalogue()[item];
        let group = self
            .setting
            .who
            .group()
            .map(|group| self.study.group(group));
        let goes_online = self.setting.online && group.is_none_or(|group| group.online);
        let saves = |how, named: Steps, step| match how {
            Online::None => false,
            Online::Part => named.contains(step),
            Online::Whole => true,
        };
        let needs_visit = |&step: &Step| {
            let posted = item.delivery && step == Step::Issue;
            let online = saves(item.online, item.online_steps, step)
                || saves(item.mobile, item.mobile_steps, step);
            item.visits.contains(step) && !posted && !(goes_online && online)
        };
        Step::ALL.into_iter().filter(needs_visit).collect()
    }

    pub fn limit(&self, cell: CellId) -> TravelTime {
        self.study
            .zones()
            .of(cell)
            .and_then(|(_, zone)| zone.limit)
            .unwrap_or(self.target.limit)
    }

    /// The sites that exist on the day, by time and then by id.
    fn sites(&self, cell: CellId) -> Vec<Reach> {
        let exists = |at: &Reach| {
            self.target
                .date
                .is_none_or(|day| self.study.sites()[at.site].exists_on(day))
        };
        let mut sites: Vec<Reach> = self.times.of(cell).iter().copied().filter(exists).collect();
        sites.sort();
        sites
    }

    fn counts(&self, cell: CellId, item: ItemId, step: Step, at: Reach) -> bool {
        self.does(at.site, item, step)
            && self.serves_with(at.site, item, step, cell)
            && self.may_use(at.site)
            && self.is_open(at)
    }

    fn does(&self, site: SiteId, item: ItemId, step: Step) -> bool {
        self.offers(site, item, step).next().is_some()
    }

    /// The offers by which a site does a step on the day.
    fn offers(&self, site: SiteId, item: ItemId, step: Step) -> impl Iterator<Item = &Offer> {
        let day = self.target.date;
        let holds = move |from: Option<_>, until: Option<_>| {
            day.is_none_or(|day| {
                from.is_none_or(|from| from <= day) && until.is_none_or(|until| until >= day)
            })
        };
        let offers = self.study.catalogue().offers(item).iter();
        offers.filter(move |offer| {
            offer.site == site && holds(offer.from, offer.until) && offer.steps.contains(step)
        })
    }

    /// Whether one of the offers by which a site does a step is for these people.
    fn serves_with(&self, site: SiteId, item: ItemId, step: Step, cell: CellId) -> bool {
        let of_item = self.study.catalogue()[item].reach;
        let own = self.is_own(site, cell);
        let mut offers = self.offers(site, item, step);
        offers.any(|offer| own || offer.reach.unwrap_or(of_item) == ItemReach::Anywhere)
    }

    /// Whether a site is of these people's unit or of one above, or of none.
    fn is_own(&self, site: SiteId, cell: CellId) -> bool {
        let (units, home) = (self.study.units(), self.study.cells()[cell].unit);
        let mut up = home;
        let Some(of) = self.study.sites()[site].unit else {
            return true;
        };
        while let Some(unit) = up {
            if unit == of {
                return true;
            }
            up = units[unit].parent;
        }
        false
    }

    fn may_use(&self, site: SiteId) -> bool {
        let usable = self
            .setting
            .who
            .group()
            .and_then(|group| self.study.group(group).usable.as_ref());
        usable.is_none_or(|sites| sites.iter().any(|other| other == site))
    }

    fn is_open(&self, at: Reach) -> bool {
        let (Some(leaving), Some(time)) = (self.setting.leaving, self.study.time()) else {
            return true;
        };
        let minutes = at.time.ticks() / (60 * TravelTime::TICKS_PER_SECOND);
        let arrival = (leaving.get() + minutes) % (7 * 24 * 60);
        let site = &self.study.sites()[at.site];
        let week = site.hours.as_deref().unwrap_or(time.unstated());
        week.ranges().iter().any(|range| range.contains(&arrival))
    }

    fn why(&self, cell: CellId, item: ItemId, step: Step, sites: &[Reach]) -> Lack {
        let mut why = Lack::NotHandled;
        for at in sites
            .iter()
            .filter(|at| at.time <= self.limit(cell) && self.does(at.site, item, step))
        {
            let here = if !self.serves_with(at.site, item, step, cell) {
                Lack::OtherUnit
            } else if !self.may_use(at.site) {
                Lack::Barred
            } else {
                Lack::Closed
            };
            why = why.min(here);
        }
        why
    }

    /// The nearest site that can take the item as it is, one that does a part of it first.
    fn hand_down_to(&self, cell: CellId, item: ItemId, sites: &[Reach]) -> Option<SiteId> {
        let visits = self.visits(item);
        let of_item = self.study.catalogue()[item].reach;
        let takes = |at: &&Reach| {
            at.time <= self.limit(cell)
                && self.study.can_take(at.site, item)
                && (of_item == ItemReach::Anywhere || self.is_own(at.site, cell))
                && self.may_use(at.site)
                && self.is_open(**at)
        };
        let takers: Vec<SiteId> = sites.iter().filter(takes).map(|at| at.site).collect();
        let begun = |site: &&SiteId| visits.iter().any(|step| self.does(**site, item, step));
        takers.iter().find(begun).or(takers.first()).copied()
    }
}
