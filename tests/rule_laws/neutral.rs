//! Rules that are switched on and say nothing give the plain coverage.

use std::sync::Arc;

use proptest::prelude::*;
use walkshed::Speed;
use walkshed::model::OpenWeek;
use walkshed::score::{Coverage, Setting, VerdictKind, coverage_without_rules};
use walkshed::search::travel_times;
use walkshed::snap::link;

use crate::plan::{Plan, PlannedGroup, PlannedHome, PlannedOffer, plans};
use crate::{cases, cells, judged};

/// The plan without any rule: whole items at sites, for everybody, anywhere, at any time.
fn plain(plan: &Plan) -> Plan {
    let mut plain = plan.clone();
    plain.items.iter_mut().for_each(|item| {
        (item.visits, item.own, item.audience) = (0b1_0001, false, 2);
        item.home = PlannedHome::default();
    });
    let whole = |offer: &PlannedOffer| PlannedOffer {
        steps: 31,
        everybody: None,
        from: None,
        until: None,
        ..offer.clone()
    };
    plain.offers = plan.offers.iter().map(whole).collect();
    plain.sites.iter_mut().for_each(|site| {
        (site.opened, site.closed, site.hours, site.home) = (None, None, None, None);
    });
    (plain.groups, plain.zones, plain.day, plain.leaving) = (Vec::new(), Vec::new(), None, None);
    (plain.online, plain.group) = (false, None);
    plain
}

/// The same with every rule switched on and neutral; its steps are parted, all at the same sites.
fn neutral(plain: &Plan) -> Plan {
    let mut plan = plain.clone();
    let halves = plain.offers.iter().flat_map(|offer| {
        [0b0_0011, 0b1_1100].map(|steps| PlannedOffer {
            steps,
            everybody: Some(true),
            ..offer.clone()
        })
    });
    plan.offers = halves.collect();
    plan.sites
        .iter_mut()
        .for_each(|site| site.hours = Some(vec![(0, 168)]));
    plan.groups = vec![PlannedGroup {
        share: 1.0,
        audience: 2,
        online: true,
        kmh: Some(4),
        usable: Some(vec![true; 8]),
    }];
    plan.zones = vec![
        (Some(plain.minutes), Some(4)),
        (None, None),
        (Some(plain.minutes), None),
        (None, Some(4)),
    ];
    (plan.day, plan.leaving, plan.group, plan.online) = (Some(100), Some(7), Some(0), true);
    plan
}

/// All that counts, apart from who is asked.
fn sums(now: &Coverage) -> Vec<String> {
    let study = now.study();
    let cell = |cell| {
        let verdicts: Vec<_> = now
            .items()
            .iter()
            .map(|&item| now.verdict(cell, item))
            .collect();
        format!("{:?} {:?} {verdicts:?}", now.cell(cell), now.score(cell))
    };
    let mut all: Vec<String> = cells(study).map(cell).collect();
    all.push(format!(
        "{:?} {:?} {:?} {:?}",
        now.total(),
        now.by_unit(),
        now.by_item(),
        now.by_site()
    ));
    all
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn neutral_rules_change_nothing(plan in plans()) {
        let plain = plain(&plan);
        let neutral = neutral(&plain);
        let expected = judged(&plain.study(), Setting::default(), sums);
        prop_assert_eq!(&expected, &judged(&neutral.study(), neutral.setting(), sums));
        let week = judged(&neutral.study(), neutral.setting(), |now| {
            cells(now.study()).map(|cell| now.week().map(|week| week.cell(cell).count())).collect::<Vec<_>>()
        });
        let study = plain.study();
        let covered = judged(&study, Setting::default(), |now| {
            cells(&study).map(|cell| now.cell(cell).verdict == VerdictKind::Covered).collect::<Vec<_>>()
        });
        let hours: Vec<_> = covered.into_iter().map(|covered| Some(if covered { 168 } else { 0 })).collect();
        prop_assert_eq!(week, hours);
    }

    #[test]
    fn without_any_rule_it_is_the_plain_coverage(plan in plans()) {
        let study = plain(&plan).study();
        let (links, speed) = (link(&study), study.walk().speed);
        prop_assert_eq!(speed, Speed::DEFAULT);
        let times = travel_times(&links, study.target().search);
        let simply = sums(&coverage_without_rules(&times, study.target()));
        prop_assert_eq!(simply, judged(&study, Setting::default(), sums));
    }
}

#[test]
fn a_week_that_is_always_open_is_always() {
    assert_eq!(
        Arc::new(OpenWeek::new(std::iter::once(7..10_087))).as_ref(),
        &OpenWeek::always()
    );
}
