//! Each way alone is no more than all together, and help at home only adds.

use proptest::prelude::*;
use walkshed::ids::ItemId;
use walkshed::model::{Study, Who};
use walkshed::score::{Coverage, Setting, Way, breakdown, coverage_of, coverage_of_firms};
use walkshed::search::walks;
use walkshed::{People, Silent};

use crate::oracle::Oracle;
use crate::plan::{Plan, plans, plans_by_ways};
use crate::{cases, cells};

fn without_ways(mut plan: Plan) -> Plan {
    (plan.group, plan.online) = (None, false);
    plan
}

/// The people covered in each cell.
fn covered(now: &Coverage) -> Vec<People> {
    let study = now.study();
    cells(study).map(|cell| now.cell(cell).covered).collect()
}

fn more(less: &[People], more: &[People]) -> bool {
    less.iter().zip(more).all(|(less, more)| less <= more)
}

fn told(study: &Study, setting: Setting) -> Coverage {
    let walks = walks(study, study.target().search, &Silent);
    coverage_of(&walks, study.target(), setting)
}

proptest! {
    #![proptest_config(cases(192))]

    #[test]
    fn each_way_alone_is_no_more_than_all_together(plan in plans()) {
        let plan = without_ways(plan);
        let study = plan.study();
        for who in [Who::People, Who::Firms] {
            let setting = Setting { who, ..plan.setting() };
            let any = covered(&told(&study, Setting { online: true, ..setting }));
            prop_assert!(more(&covered(&told(&study, setting)), &any));
            for way in Way::ALL {
                let alone = covered(&told(&study, Setting { way: Some(way), ..setting }));
                prop_assert!(more(&alone, &any), "{}", way.word());
            }
        }
    }

    #[test]
    fn what_is_told_of_channels_is_the_coverage_by_each(plan in plans()) {
        let plan = without_ways(plan);
        let study = plan.study();
        let walks = walks(&study, study.target().search, &Silent);
        let people = coverage_of(&walks, study.target(), plan.setting());
        let firms = coverage_of_firms(&walks, &people);
        let channels = breakdown(&walks, &people, firms.as_ref()).channels;
        for sums in &channels {
            let setting = Setting { who: sums.of, ..plan.setting() };
            let way = Way::ALL.into_iter().find(|way| way.word() == sums.channel.word());
            let by = match sums.channel.word() {
                "at-sites" => Some(setting),
                "with-online" | "any" => Some(Setting { online: true, ..setting }),
                _ => way.map(|way| Setting { way: Some(way), ..setting }),
            };
            if let Some(by) = by {
                prop_assert_eq!(sums.tally, *told(&study, by).total(), "{}", sums.channel.word());
            }
            let row = |word| channels.iter().find(|row| row.of == sums.of && row.channel.word() == word);
            let any = row("any").expect("all ways together are told with each");
            prop_assert!(sums.tally.covered() <= any.tally.covered());
            prop_assert!(sums.tally.done() <= any.tally.done());
        }
    }

    #[test]
    fn help_at_home_only_adds_and_only_for_those_who_need_it(plan in plans()) {
        let plan = without_ways(plan);
        let mut before = plan.clone();
        before.sites.iter_mut().for_each(|site| site.home = None);
        let [study, before] = [plan.study(), before.study()];
        let setting = plan.setting();
        prop_assert!(more(&covered(&told(&before, setting)), &covered(&told(&study, setting))));
        for (id, group) in study.groups() {
            let setting = Setting { who: Who::Group(id), ..setting };
            if !group.needs_helper {
                prop_assert_eq!(*told(&before, setting).total(), *told(&study, setting).total());
            }
        }
    }

    #[test]
    fn helpers_walk_as_all_people_alike(plan in plans_by_ways()) {
        let study = plan.study();
        let walks = walks(&study, study.target().search, &Silent);
        for (id, _) in study.groups() {
            let setting = Setting { who: Who::Group(id), ..plan.setting() };
            let now = coverage_of(&walks, study.target(), setting);
            let oracle = Oracle {
                study: &study,
                times: walks.of(Some(id)),
                helpers: walks.of(None),
                target: study.target(),
                setting,
            };
            for cell in cells(&study) {
                for item in (0..study.catalogue().len()).map(ItemId::new) {
                    prop_assert_eq!(now.verdict(cell, item), oracle.verdict(cell, item));
                }
            }
        }
    }
}
