//! Laws of the rules, on random small plans, and the rules once more as an oracle.

mod advice;
mod border;
mod closing;
mod delegating;
mod groups;
mod merging;
mod more_is_never_less;
mod neutral;
mod oracle;
mod plan;
mod siting;
mod sums;
mod tiles;
mod ways;
mod what_if;

use oracle::Oracle;
use plan::{Plan, plans_by_ways};
use proptest::prelude::*;
use walkshed::ids::{CellId, ItemId};
use walkshed::model::{Study, WeekMinute};
use walkshed::score::{Coverage, Setting, VerdictKind, coverage_for};
use walkshed::{People, Silent, search};

/// Looks at the coverage of one party of a study: one group, or all people or firms alike.
fn judged<T>(study: &Study, setting: Setting, look: impl FnOnce(&Coverage) -> T) -> T {
    let walks = search::walks(study, study.target().search, &Silent);
    let times = walks.of(setting.who.group());
    look(&coverage_for(times, study.target(), setting))
}

fn cells(study: &Study) -> impl Iterator<Item = CellId> {
    (0..study.cells().len()).map(CellId::new)
}

/// Which cells are covered.
fn covered(plan: &Plan) -> Vec<bool> {
    let study = plan.study();
    judged(&study, plan.setting(), |now| {
        cells(&study)
            .map(|cell| now.cell(cell).verdict == VerdictKind::Covered)
            .collect()
    })
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn every_verdict_is_the_oracles(plan in plans_by_ways()) {
        let study = plan.study();
        judged(&study, plan.setting(), |now| {
            let oracle = Oracle { study: &study, times: now.times(), helpers: now.times(), target: study.target(), setting: plan.setting() };
            for cell in cells(&study) {
                prop_assert_eq!(now.limit(cell), oracle.limit(cell));
                for item in (0..study.catalogue().len()).map(ItemId::new) {
                    prop_assert_eq!(now.verdict(cell, item), oracle.verdict(cell, item), "cell {:?} item {:?}", cell, item);
                }
                let known = study.cells()[cell].at.is_some();
                let worst = if known { VerdictKind::Covered } else { VerdictKind::Unknown };
                let kinds: Vec<_> = now.items().iter().map(|&item| oracle.verdict(cell, item).kind()).collect();
                prop_assert_eq!(now.cell(cell).verdict, kinds.iter().copied().max().unwrap_or(worst));
                let done = kinds.iter().filter(|&&kind| kind == VerdictKind::Covered).count();
                prop_assert_eq!(now.cell(cell).items_done as usize, done);
            }
            Ok(())
        })?;
    }

    #[test]
    fn themes_and_items_are_the_oracles(plan in plans_by_ways()) {
        let study = plan.study();
        judged(&study, plan.setting(), |now| {
            let oracle = Oracle { study: &study, times: now.times(), helpers: now.times(), target: study.target(), setting: plan.setting() };
            let done = |cell, item| oracle.verdict(cell, item).kind() == VerdictKind::Covered;
            let people = |which: &dyn Fn(CellId) -> bool| -> People {
                cells(&study).filter(|&cell| which(cell)).map(|cell| now.people(cell)).sum()
            };
            for theme in now.by_theme() {
                let all = |cell| theme.items.iter().all(|&item| done(cell, item));
                prop_assert_eq!(theme.done, people(&all));
                prop_assert_eq!(theme.one_stop, people(&|cell| oracle.one_stop(cell, &theme.items)));
                prop_assert!(theme.one_stop <= theme.done);
            }
            for (item, reached) in now.by_item() {
                prop_assert_eq!(reached, people(&|cell| done(cell, item)));
            }
            Ok(())
        })?;
    }
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn an_hour_of_the_week_is_the_coverage_of_those_who_leave_then(plan in plans_by_ways()) {
        let study = plan.study();
        let setting = plan.setting();
        let Some(week) = judged(&study, setting, Coverage::week) else {
            let asks_nothing = judged(&study, setting, |now| now.items().is_empty());
            prop_assert!(asks_nothing, "it asks for a week");
            return Ok(());
        };
        for hour in 0..168_u32 {
            let then = Setting { leaving: WeekMinute::new(hour * 60), ..setting };
            let place = usize::try_from(hour).expect("small");
            judged(&study, then, |now| {
                for cell in cells(&study) {
                    let covered = now.cell(cell).verdict == VerdictKind::Covered;
                    prop_assert_eq!(week.cell(cell).contains(place), covered, "cell {:?} hour {}", cell, hour);
                }
                prop_assert_eq!(week.total().covered()[place], now.total().covered());
                prop_assert_eq!(week.total().people(), now.total().people());
                for (unit, _) in study.units().iter() {
                    let row = now.by_unit().into_iter().find(|row| row.unit == Some(unit)).expect("a row");
                    prop_assert_eq!(week.unit(unit).covered()[place], row.tally.covered());
                }
                Ok(())
            })?;
        }
    }
}
