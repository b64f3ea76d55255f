//! One site as the rules see it, for one cell and item.

use chrono::NaiveDate;

use super::Explanation;
use crate::ids::SiteId;
use crate::model::{Group, ItemReach, Offer, Site, Steps, WeekMinute};
use crate::search::Reach;
use crate::units::TravelTime;

/// A rule that may keep a site from counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A site counts only when it is open on arrival.
    Hours,
    /// A group counts only the sites that it can use.
    Group,
    /// A site serves its own unit and what lies in it.
    OwnUnit,
    /// Sites and offers count only on their days.
    Dates,
}

impl Rule {
    /// All rules, from what is mended most easily to what is hardest.
    pub const ALL: [Self; 4] = [Self::Hours, Self::Group, Self::OwnUnit, Self::Dates];

    /// The word that files use: `hours`, `group`, `own-unit`, `dates`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Group => "group",
            Self::OwnUnit => "own-unit",
            Self::Dates => "dates",
        }
    }
}

/// Whether a site stands on the day that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It does, or no day is asked for.
    Stands,
    /// It opens on this day.
    NotYet(NaiveDate),
    /// It has been closed for good since this day.
    NoLonger(NaiveDate),
}

/// Whether a group can use a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usable {
    /// It can, or no group is asked for.
    Yes,
    /// It may not use sites of this kind.
    KindBarred,
    /// It needs a helper, and the site is not known to have one.
    NoHelper,
}

/// One site within the search, and what each rule says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// The site.
    pub site: SiteId,
    /// The walk there.
    pub time: TravelTime,
    /// Whether that is within the limit.
    pub within: bool,
    /// Whether it stands on the day.
    pub standing: Standing,
    /// The steps needed that it does on the day, by its offers.
    pub does: Steps,
    /// Its offers of steps needed that do not hold on the day.
    pub other_days: Vec<Offer>,
    /// Whether it serves the cell's unit; always, where the item is handled for everybody.
    pub serves: bool,
    /// Whether the group can use it.
    pub usable: Usable,
    /// When one arrives; none when hours do not count.
    pub arrival: Option<WeekMinute>,
    /// Whether it is open then; always, when hours do not count.
    pub open: bool,
}

impl Considered {
    /// The steps that count: that it does, while no rule keeps it from counting.
    #[must_use]
    pub fn counts(&self) -> Steps {
        self.counts_without(None)
    }

    /// The steps that would count if a rule did not hold.
    #[must_use]
    pub fn counts_without(&self, lifted: Option<Rule>) -> Steps {
        let bars = |rule| Some(rule) != lifted && self.breaks(rule);
        if Rule::ALL.into_iter().any(bars) {
            return Steps::NONE;
        }
        if lifted == Some(Rule::Dates) {
            self.does_some_day()
        } else {
            self.does
        }
    }

    /// Whether it does not count because of this rule.
    #[must_use]
    pub fn breaks(&self, rule: Rule) -> bool {
        match rule {
            Rule::Hours => !self.open,
            Rule::Group => self.usable != Usable::Yes,
            Rule::OwnUnit => !self.serves,
            Rule::Dates => self.standing != Standing::Stands,
        }
    }

    /// The rules that keep it from counting, from what is mended most easily to what is hardest.
    pub fn broken(&self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(|&rule| self.breaks(rule))
    }

    /// The steps needed that it does on some day.
    #[must_use]
    pub fn does_some_day(&self) -> Steps {
        self.other_days
            .iter()
            .fold(self.does, |all, offer| all.and(offer.steps))
    }

    /// The site and the walk there.
    #[must_use]
    pub const fn reach(&self) -> Reach {
        Reach {
            time: self.time,
            site: self.site,
        }
    }
}

/// What each rule says of a site.
pub(super) fn consider(why: &Explanation<'_>, Reach { time, site: id }: Reach) -> Considered {
    let (study, site) = (why.study, &why.study.sites()[id]);
    let offers = || needed(why, id);
    let hours = why.setting.leaving.zip(study.time());
    let group = why.setting.group.map(|group| study.group(group));
    Considered {
        site: id,
        time,
        within: time <= why.limit,
        standing: standing(site, why.day),
        does: offers()
            .filter(|offer| offer.holds_on(why.day))
            .fold(Steps::NONE, |all, offer| all.and(offer.steps)),
        other_days: offers().filter(|offer| !offer.holds_on(why.day)).collect(),
        serves: serves(why, site),
        usable: group.map_or(Usable::Yes, |group| usable(group, id, site)),
        arrival: hours.map(|(leaving, _)| leaving.after(time)),
        open: hours
            .is_none_or(|(leaving, week)| week.hours_of(site).is_open_on_arrival(leaving, time)),
    }
}

/// A site's offers of the item, each with those of its steps that are needed.
pub(super) fn needed(why: &Explanation<'_>, site: SiteId) -> impl Iterator<Item = Offer> {
    let offers = why
        .study
        .catalogue()
        .offers(why.item)
        .iter()
        .filter(move |offer| offer.site == site);
    let visits = why.visits;
    offers
        .map(move |offer| Offer {
            steps: offer.steps.common(visits),
            ..*offer
        })
        .filter(|offer| !offer.steps.is_empty())
}

fn standing(site: &Site, day: Option<NaiveDate>) -> Standing {
    let Some(day) = day else {
        return Standing::Stands;
    };
    let not_yet = site
        .opened
        .filter(|&opened| day < opened)
        .map(Standing::NotYet);
    let no_longer = site
        .closed
        .filter(|&closed| closed <= day)
        .map(Standing::NoLonger);
    not_yet.or(no_longer).unwrap_or(Standing::Stands)
}

fn serves(why: &Explanation<'_>, site: &Site) -> bool {
    let anywhere = why.study.catalogue()[why.item].reach == ItemReach::Anywhere;
    anywhere || site.unit.is_none_or(|unit| why.units.contains(&unit))
}

fn usable(group: &Group, id: SiteId, site: &Site) -> Usable {
    match &group.usable {
        Some(usable) if !usable.contains(id) && group.may_not_use.contains(&site.kind) => {
            Usable::KindBarred
        }
        Some(usable) if !usable.contains(id) => Usable::NoHelper,
        _ => Usable::Yes,
    }
}
