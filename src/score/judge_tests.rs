use std::sync::LazyLock;

use super::*;
use crate::score::providers::Serving;

fn reach(site: usize, ticks: u32) -> Reach {
    Reach {
        time: TravelTime::from_ticks(ticks),
        site: SiteId::new(site),
    }
}

fn set(sites: &[usize]) -> SiteSet {
    SiteSet::of(sites.iter().copied().map(SiteId::new))
}

fn providers(steps: &[(Steps, &[usize])]) -> Providers {
    let provided = steps
        .iter()
        .map(|&(steps, sites)| Provided {
            steps,
            sites: set(sites),
            serving: Serving::Everybody,
        })
        .collect();
    Providers {
        provided,
        own_unit: false,
        takers: set(&[0, 1, 2]),
        keepers: set(&[0, 1, 2]),
        lapsed: Vec::new(),
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

fn judge(reaches: &[Reach], limit: u32) -> Judge<'_> {
    Judge {
        reaches,
        limit: TravelTime::from_ticks(limit),
        own: None,
        usable: None,
        existing: None,
        sites: &NOWHERE,
        hours: None,
        throughout: false,
        helpers: None,
    }
}

const ACCEPT: Steps = Steps::only(crate::model::Step::Accept);
const ISSUE: Steps = Steps::only(crate::model::Step::Issue);

#[test]
fn c14_exactly_the_limit_is_in_and_one_tick_more_is_out() {
    let whole = providers(&[(Steps::USUAL, &[0])]);
    let at = judge(&[reach(0, 9)], 9).verdict(&whole);
    assert_eq!(
        at,
        Verdict::Covered {
            by: SiteId::new(0),
            after: TravelTime::from_ticks(9)
        }
    );
    let past = judge(&[reach(0, 10)], 9).verdict(&whole);
    assert!(matches!(past, Verdict::TooFar { over, .. } if over.ticks() == 1));
}

#[test]
fn each_verdict_names_its_remedy() {
    let second = providers(&[(Steps::USUAL, &[1])]);
    let kind = |reaches: &[Reach]| {
        let judge = judge(reaches, 10);
        assert_eq!(judge.kind(&second), judge.verdict(&second).kind());
        judge.kind(&second)
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
    let split = providers(&[(ACCEPT, &[0, 1]), (ISSUE, &[2])]);
    let reaches = [reach(0, 4), reach(1, 5), reach(2, 9)];
    let both = judge(&reaches, 9).verdict(&split);
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
    } = judge(&reaches, 8).verdict(&split)
    else {
        panic!("the issuing site is beyond the limit");
    };
    assert_eq!(
        (handled, missing, at, why),
        (
            Some(reach(2, 9)),
            ISSUE,
            Some(SiteId::new(0)),
            Lack::NotHandled
        )
    );
}

#[test]
fn a_site_that_does_not_exist_on_the_day_is_no_place_to_hand_anything_to() {
    let (later, none) = (set(&[1]), providers(&[(Steps::USUAL, &[])]));
    let reaches = [reach(0, 1), reach(1, 6)];
    let day = |limit| Judge {
        existing: Some(&later),
        ..judge(&reaches, limit)
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
    assert_eq!((nearest_any.index(), at.map(SiteId::index)), (1, Some(1)));
    assert_eq!(day(5).verdict(&none), Verdict::OutOfReach);
}

#[test]
fn of_several_reasons_the_hardest_is_named_and_the_steps_it_is_about() {
    let reaches = [reach(0, 1), reach(1, 2)];
    let split = providers(&[(ACCEPT, &[0]), (ISSUE, &[])]);
    let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
    let never = TimeRule::week_of(day, std::sync::Arc::new(crate::model::OpenWeek::new([])));
    let closed = Judge {
        hours: WeekMinute::new(600).map(|monday| (monday, &never)),
        ..judge(&reaches, 5)
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
    } = judge(&reaches, 5).verdict(&split)
    else {
        panic!("nobody issues")
    };
    assert_eq!((missing, why, lacking), (ISSUE, Lack::NotHandled, ISSUE));
}

/// Accepted at s, exactly as far away as the limit; issued nowhere.
#[test]
fn a_step_done_at_exactly_the_limit_is_not_among_the_missing() {
    use crate::model::{Catalogue, Item, Offer};
    use crate::{Silent, draw, ids::CellId, search};
    let accepts = Offer {
        steps: ACCEPT,
        ..Offer::whole(SiteId::new(0))
    };
    let study = draw::town("A-s---------a-B", 100.0, "s")
        .with(|parts| {
            parts.catalogue = Catalogue::new(vec![(Item::plain("card"), vec![accepts])]);
        })
        .expect("still a study");
    let cell = CellId::new(0);
    let walks = search::walks(&study, study.target().search, &Silent);
    let walk = walks.of(None).nearest(cell).expect("s is there").time;
    let study = study
        .with(|parts| parts.target.limit = walk)
        .expect("within the search");

    let now = crate::score::coverage(&walks);
    let verdict = now.verdict(cell, study.target().items[0]);
    let Verdict::NotOffered {
        missing, lacking, ..
    } = verdict
    else {
        panic!("nobody issues it: {verdict:?}")
    };
    assert_eq!((missing, lacking), (ISSUE, ISSUE));
}

#[test]
fn the_reason_that_is_mended_most_easily_is_named() {
    let reaches = [reach(0, 1), reach(1, 2)];
    let (near, far) = (set(&[0]), set(&[1]));
    let mut own = providers(&[(Steps::USUAL, &[0])]);
    own.own_unit = true;
    own.provided[0].serving = Serving::OwnUnit;
    let why = |judge: Judge<'_>, providers: &Providers| match judge.verdict(providers) {
        Verdict::NotOffered { why, at, .. } => (why.word(), at.map(SiteId::index)),
        other => panic!("{other:?}"),
    };
    let all = judge(&reaches, 5);
    assert_eq!(
        why(all, &providers(&[(Steps::USUAL, &[])])),
        ("not-handled", Some(0))
    );
    assert_eq!(
        why(
            Judge {
                own: Some(&far),
                ..all
            },
            &own
        ),
        ("other-unit", Some(1))
    );
    assert_eq!(
        why(
            Judge {
                usable: Some(&far),
                ..all
            },
            &own
        ),
        ("barred", Some(1))
    );
    let day = chrono::NaiveDate::from_ymd_opt(2024, 3, 4).expect("a day");
    let never = TimeRule::week_of(day, std::sync::Arc::new(crate::model::OpenWeek::new([])));
    let monday = WeekMinute::new(600).expect("a minute");
    let closed = Judge {
        own: Some(&near),
        hours: Some((monday, &never)),
        ..all
    };
    assert_eq!(why(closed, &own), ("closed", None));
    assert_eq!(all.verdict(&own).kind(), VerdictKind::Covered);
}
