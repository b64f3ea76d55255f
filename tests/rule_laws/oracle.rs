//! The rules once more, as plainly as they can be said: loops over sites and steps, nothing shared.

use walkshed::TravelTime;
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{HelpRadius, ItemReach, Offer, Online, Step, Steps, Study, Target};
use walkshed::score::{Lack, Setting, Verdict, Way};
use walkshed::search::{Reach, TravelTimes};
use walkshed::snap::Snap;

pub struct Oracle<'a> {
    pub study: &'a Study,
    pub times: &'a TravelTimes,
    /// How the helpers walk who come home.
    pub helpers: &'a TravelTimes,
    pub target: &'a Target,
    pub setting: Setting,
}

impl Oracle<'_> {
    pub fn verdict(&self, cell: CellId, item: ItemId) -> Verdict {
        if self.times.links().cell(cell).is_none() {
            return Verdict::Unknown;
        }
        if self.at_home(item) {
            return Verdict::Online;
        }
        let sites = self.sites(self.times, cell);
        let limit = self.limit(cell);
        let nearest = |step| {
            sites
                .iter()
                .copied()
                .find(|&at| self.counts(cell, item, step, at))
        };
        let mut found: Vec<(Step, Option<Reach>)> = Vec::new();
        let mut helped: Vec<Reach> = Vec::new();
        for step in self.visits(item).iter() {
            let at = nearest(step).filter(|at| at.time <= limit);
            match self.helper(cell, &[(item, step)]).filter(|_| at.is_none()) {
                Some(helper) => helped.push(helper),
                None => found.push((step, nearest(step))),
            }
        }
        if let Some(&Reach { time, site }) = helped.iter().max()
            && found
                .iter()
                .all(|(_, at)| at.is_some_and(|at| at.time <= limit))
        {
            return Verdict::AtHome {
                by: site,
                after: time,
            };
        }
        if let Some(Snap::Stranded { nearest }) = self.times.links().cell(cell) {
            return Verdict::Stranded { nearest };
        }
        let Some(&any) = sites.first() else {
            return Verdict::OutOfReach;
        };
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
        let steps = |item: ItemId| self.visits(item).iter().map(move |step| (item, step));
        let steps: Vec<(ItemId, Step)> = away.iter().flat_map(|&item| steps(item)).collect();
        let all = |at: Reach| {
            let mut steps = steps.iter();
            steps.all(|&(item, step)| self.counts(cell, item, step, at))
        };
        let within = |at: &Reach| at.time <= self.limit(cell);
        let mut near = self.sites(self.times, cell).into_iter().filter(within);
        away.is_empty()
            || (link.gap().is_some() && near.any(all))
            || self.helper(cell, &steps).is_some()
    }

    /// The nearest site of which one helper does all of these at home, for those who need one.
    fn helper(&self, cell: CellId, steps: &[(ItemId, Step)]) -> Option<Reach> {
        let group = self.setting.who.group();
        let needs = group.is_some_and(|group| self.study.group(group).needs_helper);
        if !needs || !matches!(self.setting.way, None | Some(Way::AtHome)) {
            return None;
        }
        let zone = self.study.zones().of(cell);
        let speed = zone.and_then(|(_, zone)| zone.speed);
        let speed = speed.unwrap_or(self.study.walk().speed);
        let comes = |at: &Reach| {
            let Some(help) = &self.study.sites()[at.site].home_help else {
                return false;
            };
            let farthest = match help.within {
                HelpRadius::Limit => self.limit(cell),
                HelpRadius::Time(time) => time,
                HelpRadius::Metres(metres) => speed.time(metres),
            };
            let goes = match (self.setting.leaving, &help.week) {
                (Some(leaving), Some(week)) => {
                    let mut ranges = week.ranges().into_iter();
                    ranges.any(|range| range.contains(&leaving.get()))
                }
                _ => true,
            };
            let mut steps = steps.iter();
            goes && at.time <= farthest
                && steps.all(|&(item, step)| {
                    self.does(at.site, item, step) && self.serves_with(at.site, item, step, cell)
                })
        };
        self.sites(self.helpers, cell).into_iter().find(comes)
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
        let goes_online = group.is_none_or(|group| group.online);
        let [computer, phone] = match self.setting.way {
            None => [self.setting.online; 2],
            Some(way) => [way == Way::Online, way == Way::Mobile],
        };
        let saves = |how, named: Steps, step| match how {
            Online::None => false,
            Online::Part => named.contains(step),
            Online::Whole => true,
        };
        let needs_visit = |&step: &Step| {
            let posted = item.delivery && step == Step::Issue;
            let online = (computer && saves(item.online, item.online_steps, step))
                || (phone && saves(item.mobile, item.mobile_steps, step));
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
    fn sites(&self, times: &TravelTimes, cell: CellId) -> Vec<Reach> {
        let exists = |at: &Reach| {
            self.target
                .date
                .is_none_or(|day| self.study.sites()[at.site].exists_on(day))
        };
        let mut sites: Vec<Reach> = times.of(cell).iter().copied().filter(exists).collect();
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
        let of_group = usable.is_none_or(|sites| sites.iter().any(|other| other == site));
        of_group && self.setting.way.is_none_or(|way| self.is_of(way, site))
    }

    fn is_of(&self, way: Way, site: SiteId) -> bool {
        let site = &self.study.sites()[site];
        let flag = |name| site.properties.get(name) == Some(true);
        let always = || {
            let time = self.study.time().expect("it asks for a week");
            let week = site.hours.as_deref().unwrap_or(time.unstated());
            week.ranges().first() == Some(&(0..10_080))
        };
        match way {
            Way::NearWindow => !flag("self_service"),
            Way::SelfService => flag("self_service"),
            Way::SelfServiceAllWeek => flag("self_service") && always(),
            Way::Helper => flag("helper"),
            Way::AtHome | Way::Online | Way::Mobile => false,
        }
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
