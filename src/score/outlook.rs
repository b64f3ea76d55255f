//! What lies before the people of one cell: the sites they reach, and which of them they may use.

use std::cmp::Ordering;

use super::desk::Desk;
use super::verdict::{Lack, Verdict, VerdictKind};
use crate::ids::SiteId;
use crate::model::{SiteSet, Sites, Steps, TimeRule, WeekMinute};
use crate::search::Reach;
use crate::units::TravelTime;

/// What lies before the people of one cell.
#[derive(Clone, Copy)]
pub(super) struct Outlook<'a> {
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
}

impl<'a> Outlook<'a> {
    /// The sites reached that exist on the day, nearest first.
    pub(super) fn all(&self) -> impl Iterator<Item = Reach> + use<'a> {
        let existing = self.existing;
        self.reaches
            .iter()
            .copied()
            .filter(move |reach| existing.is_none_or(|sites| sites.contains(reach.site)))
    }

    /// The nearest of them.
    pub(super) fn any(&self) -> Option<Reach> {
        self.all().next()
    }

    fn serves(&self, desk: &Desk, site: SiteId) -> bool {
        !desk.own_unit || self.own.is_none_or(|own| own.contains(site))
    }

    fn may_use(&self, site: SiteId) -> bool {
        self.usable.is_none_or(|usable| usable.contains(site))
    }

    fn is_open(&self, reach: Reach) -> bool {
        self.hours.is_none_or(|(leaving, week)| {
            let hours = week.hours_of(&self.sites[reach.site]);
            if self.throughout {
                hours.is_open_until(leaving, reach.time)
            } else {
                hours.is_open_on_arrival(leaving, reach.time)
            }
        })
    }

    /// The nearest of these sites that counts for these people.
    fn first(&self, desk: &Desk, sites: &SiteSet) -> Option<Reach> {
        let counts = |reach: Reach| {
            self.serves(desk, reach.site) && self.may_use(reach.site) && self.is_open(reach)
        };
        self.reaches
            .iter()
            .copied()
            .find(|reach| sites.contains(reach.site) && counts(*reach))
    }

    fn within(&self) -> impl Iterator<Item = Reach> + use<'a> {
        let limit = self.limit;
        self.all().take_while(move |reach| reach.time <= limit)
    }

    /// For each group of steps the nearest site that does them.
    pub(super) fn steps(&self, desk: &Desk) -> impl Iterator<Item = (Steps, Option<Reach>)> {
        desk.steps
            .iter()
            .map(|(steps, sites)| (*steps, self.first(desk, sites)))
    }

    /// For each group of steps all sites within the limit that do them and count, open or not.
    pub(super) fn choices<'o>(
        &'o self,
        desk: &'o Desk,
    ) -> impl Iterator<Item = impl Iterator<Item = Reach> + 'o> + 'o {
        desk.steps.iter().map(move |(_, sites)| {
            let counts = move |reach: &Reach| {
                sites.contains(reach.site)
                    && self.serves(desk, reach.site)
                    && self.may_use(reach.site)
            };
            self.within().filter(counts)
        })
    }

    /// The last step's site, which is the farthest; none when a step is done nowhere.
    fn done_at(&self, desk: &Desk) -> Option<Reach> {
        let mut last = None;
        for (_, nearest) in self.steps(desk) {
            last = last.max(Some(nearest?));
        }
        last
    }

    /// The kind of the verdict; the same as that of [`Outlook::verdict`], sooner.
    pub(super) fn kind(&self, desk: &Desk) -> VerdictKind {
        let Some(any) = self.any() else {
            return VerdictKind::OutOfReach;
        };
        match self.done_at(desk) {
            Some(last) if last.time <= self.limit => VerdictKind::Covered,
            _ if any.time <= self.limit => VerdictKind::NotOffered,
            Some(_) => VerdictKind::TooFar,
            None => VerdictKind::OutOfReach,
        }
    }

    /// The verdict. O(steps × sites reached).
    pub(super) fn verdict(&self, desk: &Desk) -> Verdict {
        let Some(any) = self.any() else {
            return Verdict::OutOfReach;
        };
        match self.done_at(desk) {
            Some(Reach { time, site }) if time <= self.limit => Verdict::Covered {
                by: site,
                after: time,
            },
            handled if any.time <= self.limit => self.not_offered(desk, any, handled),
            Some(Reach { time, site }) => Verdict::TooFar {
                nearest: site,
                after: time,
                over: time.saturating_sub(self.limit),
            },
            None => Verdict::OutOfReach,
        }
    }

    fn not_offered(&self, desk: &Desk, any: Reach, handled: Option<Reach>) -> Verdict {
        let late = |nearest: Option<Reach>| nearest.is_none_or(|reach| reach.time > self.limit);
        let (mut missing, mut lacking, mut why) = (Steps::NONE, Steps::NONE, Lack::Closed);
        for (steps, sites) in desk
            .steps
            .iter()
            .filter(|(_, sites)| late(self.first(desk, sites)))
        {
            let lack = self.lack(desk, sites);
            lacking = match lack.cmp(&why) {
                Ordering::Less => lacking,
                Ordering::Equal => lacking.and(*steps),
                Ordering::Greater => *steps,
            };
            (missing, why) = (missing.and(*steps), why.max(lack));
        }
        Verdict::NotOffered {
            nearest_any: any.site,
            after: any.time,
            handled,
            missing,
            at: self.remedy(desk, any),
            why,
            lacking,
        }
    }

    /// Why none of these sites within the limit counts: the reason that is mended most easily.
    fn lack(&self, desk: &Desk, sites: &SiteSet) -> Lack {
        let reason = |reach: Reach| match reach.site {
            site if !sites.contains(site) => Lack::NotHandled,
            site => self.flaw(desk, site),
        };
        self.within().map(reason).min().unwrap_or(Lack::NotHandled)
    }

    /// The nearest site within the limit that does one of the missing steps but does not count, for
    /// this reason.
    pub(super) fn barred_by(&self, desk: &Desk, missing: Steps, why: Lack) -> Option<Reach> {
        let does = |site| {
            desk.steps
                .iter()
                .any(|(steps, sites)| !steps.common(missing).is_empty() && sites.contains(site))
        };
        self.within()
            .find(|&reach| does(reach.site) && self.flaw(desk, reach.site) == why)
    }

    /// Why a site that does a step does not count.
    fn flaw(&self, desk: &Desk, site: SiteId) -> Lack {
        match site {
            site if !self.serves(desk, site) => Lack::OtherUnit,
            site if !self.may_use(site) => Lack::Barred,
            _ => Lack::Closed,
        }
    }

    /// Where the missing steps should be handed down to: the nearest site within the limit that
    /// serves these people and does a part of the item already, else the nearest that serves them,
    /// else the nearest.
    fn remedy(&self, desk: &Desk, any: Reach) -> SiteId {
        let serving = || {
            self.within()
                .filter(|reach| self.serves(desk, reach.site) && self.may_use(reach.site))
        };
        let begun = |reach: &Reach| {
            desk.steps
                .iter()
                .any(|(_, sites)| sites.contains(reach.site))
        };
        serving()
            .find(begun)
            .or_else(|| serving().next())
            .unwrap_or(any)
            .site
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;

    fn reach(site: usize, ticks: u32) -> Reach {
        Reach {
            time: TravelTime::from_ticks(ticks),
            site: SiteId::new(site),
        }
    }

    fn set(sites: &[usize]) -> SiteSet {
        SiteSet::of(sites.iter().copied().map(SiteId::new))
    }

    fn desk(steps: &[(Steps, &[usize])]) -> Desk {
        let steps = steps
            .iter()
            .map(|&(steps, sites)| (steps, set(sites)))
            .collect();
        Desk {
            steps,
            own_unit: false,
            online: false,
        }
    }

    static NOWHERE: LazyLock<Sites> = LazyLock::new(|| {
        let at = crate::plane::Position::new(0.0, 0.0).expect("on the globe");
        Sites::new(
            ["0", "1", "2"]
                .map(|id| crate::model::Site::at(id, at))
                .to_vec(),
        )
    });

    fn outlook(reaches: &[Reach], limit: u32) -> Outlook<'_> {
        Outlook {
            reaches,
            limit: TravelTime::from_ticks(limit),
            own: None,
            usable: None,
            existing: None,
            sites: &NOWHERE,
            hours: None,
            throughout: false,
        }
    }

    const ACCEPT: Steps = Steps::only(crate::model::Step::Accept);
    const ISSUE: Steps = Steps::only(crate::model::Step::Issue);

    #[test]
    fn c14_exactly_the_limit_is_in_and_one_tick_more_is_out() {
        let whole = desk(&[(Steps::USUAL, &[0])]);
        let at = outlook(&[reach(0, 9)], 9).verdict(&whole);
        assert_eq!(
            at,
            Verdict::Covered {
                by: SiteId::new(0),
                after: TravelTime::from_ticks(9)
            }
        );
        let past = outlook(&[reach(0, 10)], 9).verdict(&whole);
        assert!(matches!(past, Verdict::TooFar { over, .. } if over.ticks() == 1));
    }

    #[test]
    fn each_verdict_names_its_remedy() {
        let second = desk(&[(Steps::USUAL, &[1])]);
        let kind = |reaches: &[Reach]| {
            let outlook = outlook(reaches, 10);
            assert_eq!(outlook.kind(&second), outlook.verdict(&second).kind());
            outlook.kind(&second)
        };
        assert_eq!(kind(&[reach(0, 5), reach(1, 10)]), VerdictKind::Covered);
        assert_eq!(kind(&[reach(0, 5), reach(1, 11)]), VerdictKind::NotOffered);
        assert_eq!(kind(&[reach(0, 5)]), VerdictKind::NotOffered);
        assert_eq!(kind(&[reach(0, 11), reach(1, 12)]), VerdictKind::TooFar);
        assert_eq!(kind(&[reach(0, 11)]), VerdictKind::OutOfReach);
        assert_eq!(kind(&[]), VerdictKind::OutOfReach);
    }

    #[test]
    fn steps_may_be_done_at_several_sites_and_the_farthest_counts() {
        let split = desk(&[(ACCEPT, &[0, 1]), (ISSUE, &[2])]);
        let reaches = [reach(0, 4), reach(1, 5), reach(2, 9)];
        let both = outlook(&reaches, 9).verdict(&split);
        assert_eq!(
            both,
            Verdict::Covered {
                by: SiteId::new(2),
                after: TravelTime::from_ticks(9)
            }
        );
        let Verdict::NotOffered {
            handled,
            missing,
            at,
            why,
            ..
        } = outlook(&reaches, 8).verdict(&split)
        else {
            panic!("the issuing site is beyond the limit");
        };
        assert_eq!(
            (handled, missing, at, why),
            (Some(reach(2, 9)), ISSUE, SiteId::new(0), Lack::NotHandled)
        );
    }

    #[test]
    fn a_site_that_does_not_exist_on_the_day_is_no_place_to_hand_anything_to() {
        let (later, none) = (set(&[1]), desk(&[(Steps::USUAL, &[])]));
        let reaches = [reach(0, 1), reach(1, 6)];
        let day = |limit| Outlook {
            existing: Some(&later),
            ..outlook(&reaches, limit)
        };
        assert_eq!(
            [5, 6].map(|limit| day(limit).kind(&none)),
            [VerdictKind::OutOfReach, VerdictKind::NotOffered]
        );
        let Verdict::NotOffered {
            nearest_any, at, ..
        } = day(6).verdict(&none)
        else {
            panic!("site 1 is there")
        };
        assert_eq!((nearest_any.index(), at.index()), (1, 1));
        assert_eq!(day(5).verdict(&none), Verdict::OutOfReach);
    }

    #[test]
    fn of_several_reasons_the_hardest_is_named_and_the_steps_it_is_about() {
        let reaches = [reach(0, 1), reach(1, 2)];
        let split = desk(&[(ACCEPT, &[0]), (ISSUE, &[])]);
        let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
        let never = TimeRule::week_of(day, std::sync::Arc::new(crate::model::OpenWeek::new([])));
        let closed = Outlook {
            hours: WeekMinute::new(600).map(|monday| (monday, &never)),
            ..outlook(&reaches, 5)
        };
        let Verdict::NotOffered {
            missing,
            why,
            lacking,
            ..
        } = closed.verdict(&split)
        else {
            panic!("it is closed")
        };
        assert_eq!(
            (missing, why, lacking),
            (ACCEPT.and(ISSUE), Lack::NotHandled, ISSUE)
        );
        let Verdict::NotOffered {
            missing,
            why,
            lacking,
            ..
        } = outlook(&reaches, 5).verdict(&split)
        else {
            panic!("nobody issues")
        };
        assert_eq!((missing, why, lacking), (ISSUE, Lack::NotHandled, ISSUE));
    }

    #[test]
    fn the_reason_that_is_mended_most_easily_is_named() {
        let reaches = [reach(0, 1), reach(1, 2)];
        let (near, far) = (set(&[0]), set(&[1]));
        let own = Desk {
            own_unit: true,
            ..desk(&[(Steps::USUAL, &[0])])
        };
        let why = |outlook: Outlook<'_>, desk: &Desk| match outlook.verdict(desk) {
            Verdict::NotOffered { why, at, .. } => (why.word(), at.index()),
            other => panic!("{other:?}"),
        };
        let all = outlook(&reaches, 5);
        assert_eq!(why(all, &desk(&[(Steps::USUAL, &[])])), ("not-handled", 0));
        assert_eq!(
            why(
                Outlook {
                    own: Some(&far),
                    ..all
                },
                &own
            ),
            ("other-unit", 1)
        );
        assert_eq!(
            why(
                Outlook {
                    usable: Some(&far),
                    ..all
                },
                &own
            ),
            ("barred", 1)
        );
        let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
        let never = TimeRule::week_of(day, std::sync::Arc::new(crate::model::OpenWeek::new([])));
        let monday = WeekMinute::new(600).expect("a minute");
        let closed = Outlook {
            own: Some(&near),
            hours: Some((monday, &never)),
            ..all
        };
        assert_eq!(why(closed, &own), ("closed", 0));
        assert_eq!(all.verdict(&own).kind(), VerdictKind::Covered);
    }
}
