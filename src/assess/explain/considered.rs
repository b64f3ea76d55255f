//! One site as the rules see it, for one cell and item.

use chrono::NaiveDate;

use super::case::Case;
use crate::ids::SiteId;
use crate::model::{Group, ItemReach, Offer, Site, Step, Steps, WeekMinute};
use crate::score::table;
use crate::search::Reach;
use crate::units::TravelTime;

table! {
    /// A rule that may keep a site from counting, from what is mended most easily to what is hardest.
    ///
    /// ```
    /// use walkshed::assess::Rule;
    /// assert_eq!(Rule::ALL.map(Rule::word), ["hours", "group", "own-unit", "dates"]);
    /// ```
    pub enum Rule: RuleRow {
        /// A site counts only when it is open on arrival.
        Hours { word: "hours" },
        /// A group counts only the sites that it can use.
        Group { word: "group" },
        /// A site serves its own unit and what lies in it.
        OwnUnit { word: "own-unit" },
        /// Sites and offers count only on their days.
        Dates { word: "dates" },
    }
}

/// A row of the table of rules.
struct RuleRow {
    word: &'static str,
}

impl Rule {
    /// The word that files use: `hours`, `group`, `own-unit`, `dates`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        self.row().word
    }
}

/// Whether a site stands on the day that is asked for.
///
/// ```
/// use walkshed::assess::{Rule, Standing, explain};
/// use walkshed::{Options, draw, ids::CellId, model::{Sites, Target}};
/// // The only site opens in 2025, and 2024 is asked about.
/// let year = |year| chrono::NaiveDate::from_ymd_opt(year, 1, 1);
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let study = town.with(|parts| {
///     let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
///     sites[0].opened = year(2025);
///     parts.sites = Sites::new(sites);
///     parts.target = Target { date: year(2024), ..Target::default() };
/// })?;
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// assert_eq!(Some(why.sites[0].standing), year(2025).map(Standing::NotYet));
/// assert!(why.sites[0].breaks(Rule::Dates));
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
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
///
/// ```
/// use walkshed::assess::explain;
/// use walkshed::{Options, draw, ids::CellId, model::Steps};
/// let study = draw::town("A-a--s-------------t-B", 100.0, "st");
/// let now = walkshed::run(&study, &Options::default()).unwrap().coverage;
/// let why = explain(&now, CellId::new(0), study.catalogue().find("service").unwrap());
/// // s is within the limit, t beyond it; both do the whole item.
/// let seen: Vec<_> = why.sites.iter().map(|site| (site.within, site.counts())).collect();
/// assert_eq!(seen, [(true, Steps::USUAL), (false, Steps::USUAL)]);
/// ```
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
    /// Those of the steps that it does on the day that it does for these people's unit.
    pub for_them: Steps,
    /// The same of the steps that it does on some day.
    pub for_them_some_day: Steps,
    /// Whether it would serve the cell's unit with what is handed down to it.
    pub would_serve: bool,
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
        // One broken rule is enough to keep a site from counting; whom it serves is a matter of
        // each step.
        let mut broken = self.broken().filter(|&rule| rule != Rule::OwnUnit);
        if broken.any(|rule| Some(rule) != lifted) {
            return Steps::NONE;
        }
        match lifted {
            // Without dates the offers of other days hold as well.
            Some(Rule::Dates) => self.for_them_some_day,
            Some(Rule::OwnUnit) => self.does,
            Some(Rule::Hours | Rule::Group) | None => self.for_them,
        }
    }

    /// Whether it does not count because of this rule.
    #[must_use]
    pub fn breaks(&self, rule: Rule) -> bool {
        match rule {
            Rule::Hours => !self.open,
            Rule::Group => self.usable != Usable::Yes,
            Rule::OwnUnit => !self.serves(),
            Rule::Dates => self.standing != Standing::Stands,
        }
    }

    /// The rules that keep it from counting, from what is mended most easily to what is hardest.
    pub fn broken(&self) -> impl Iterator<Item = Rule> {
        Rule::ALL.into_iter().filter(|&rule| self.breaks(rule))
    }

    /// Whether it serves the cell's unit with something that it does; where it does nothing, with what
    /// it could be handed down.
    #[must_use]
    pub fn serves(&self) -> bool {
        if self.does_some_day().is_empty() {
            self.would_serve
        } else {
            !self.for_them_some_day.is_empty()
        }
    }

    /// The rules that keep it from counting for a step, which it does or is to be handed.
    pub fn broken_for(&self, step: Step) -> impl Iterator<Item = Rule> {
        // With what it does a site may serve others than with what it is handed.
        let serves = if self.does.contains(step) {
            self.for_them.contains(step)
        } else {
            self.would_serve
        };
        let is_broken = move |&rule: &Rule| match rule {
            Rule::OwnUnit => !serves,
            Rule::Hours | Rule::Group | Rule::Dates => self.breaks(rule),
        };
        Rule::ALL.into_iter().filter(is_broken)
    }

    /// The steps needed that it does on some day.
    #[must_use]
    pub fn does_some_day(&self) -> Steps {
        self.does.and(all_steps(&self.other_days))
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

/// What each rule says of each of these sites.
pub(super) fn considered(case: &Case<'_>, reaches: &[Reach]) -> Vec<Considered> {
    reaches.iter().map(|reach| consider(case, *reach)).collect()
}

/// What is known of a site; none beyond the search.
pub(super) fn of_site(sites: &[Considered], site: SiteId) -> Option<&Considered> {
    sites.iter().find(|seen| seen.site == site)
}

fn consider(case: &Case<'_>, reach: Reach) -> Considered {
    let Reach { time, site: id } = reach;
    let site = &case.study.sites()[id];
    let group = case
        .setting
        .who
        .group()
        .map(|group| case.study.group(group));
    // Offers of other days are kept, to tell when the site did or will do the steps.
    let (on_the_day, other_days): (Vec<Offer>, Vec<Offer>) =
        needed_offers(case, id).partition(|offer| offer.holds_on(case.day));
    let arrival = Arrival::of(case, site, time);
    let for_them = for_them(case, site, &on_the_day);
    let for_them_some_day = for_them.and(self::for_them(case, site, &other_days));
    Considered {
        site: id,
        time,
        within: time <= case.limit,
        standing: standing(site, case.day),
        would_serve: serves(case, site, None),
        does: all_steps(&on_the_day),
        other_days,
        for_them,
        for_them_some_day,
        usable: group.map_or(Usable::Yes, |group| usable(group, id, site)),
        arrival: arrival.at,
        open: arrival.open,
    }
}

/// When one arrives, and whether the site is open then.
struct Arrival {
    at: Option<WeekMinute>,
    open: bool,
}

impl Arrival {
    fn of(case: &Case<'_>, site: &Site, time: TravelTime) -> Self {
        let Some((leaving, week)) = case.setting.leaving.zip(case.study.time()) else {
            // Where hours do not count every site is open.
            return Self {
                at: None,
                open: true,
            };
        };
        Self {
            at: Some(leaving.after(time)),
            open: week.hours_of(site).is_open_on_arrival(leaving, time),
        }
    }
}

/// A site's offers of the item, each with those of its steps that are needed.
pub(super) fn needed_offers(case: &Case<'_>, site: SiteId) -> impl Iterator<Item = Offer> {
    let visits = case.visits;
    case.study
        .catalogue()
        .offers(case.item)
        .iter()
        .filter(move |offer| offer.site == site)
        .map(move |offer| Offer {
            // What nobody needs a visit for is no reason to go.
            steps: offer.steps.common(visits),
            ..*offer
        })
        .filter(|offer| !offer.steps.is_empty())
}

fn all_steps(offers: &[Offer]) -> Steps {
    offers
        .iter()
        .fold(Steps::NONE, |all, offer| all.and(offer.steps))
}

/// Whether a site is there on a day; without a day each is.
fn standing(site: &Site, day: Option<NaiveDate>) -> Standing {
    let Some(day) = day else {
        return Standing::Stands;
    };
    if let Some(opened) = site.opened
        && day < opened
    {
        return Standing::NotYet(opened);
    }
    // The day on which it closes is the first without it.
    if let Some(closed) = site.closed
        && closed <= day
    {
        return Standing::NoLonger(closed);
    }
    Standing::Stands
}

/// The steps of these offers of a site that it does for these people's unit.
fn for_them(case: &Case<'_>, site: &Site, offers: &[Offer]) -> Steps {
    offers
        .iter()
        .filter(|offer| serves(case, site, offer.reach))
        .fold(Steps::NONE, |all, offer| all.and(offer.steps))
}

/// Whether a site serves these people's unit by an offer of this reach, or else of the item's; a site
/// without a unit serves everybody.
fn serves(case: &Case<'_>, site: &Site, reach: Option<ItemReach>) -> bool {
    match reach.unwrap_or(case.study.catalogue()[case.item].reach) {
        ItemReach::Anywhere => true,
        ItemReach::OwnUnit => site.unit.is_none_or(|unit| case.units.contains(&unit)),
    }
}

fn usable(group: &Group, id: SiteId, site: &Site) -> Usable {
    let can_use = group
        .usable
        .as_ref()
        .is_none_or(|usable| usable.contains(id));
    if can_use {
        Usable::Yes
    // A kind that the group may not use is no matter of a helper.
    } else if group.may_not_use.contains(&site.kind) {
        Usable::KindBarred
    } else {
        Usable::NoHelper
    }
}
