//! What a site is said to do is what is lost without it, and what it could take on what it brings.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use walkshed::People;
use walkshed::assess::site_view;
use walkshed::ids::{CellId, ItemId, SiteId};
use walkshed::model::{Change, Study, apply};
use walkshed::score::{Coverage, VerdictKind};

use crate::town::towns;
use crate::{done_for, judged};

/// The people within the limit of a site that is there, those whose nearest it is, and their cells.
fn around(now: &Coverage, site: SiteId) -> (People, People, u64) {
    let mut around = (People::ZERO, People::ZERO, 0);
    for (cell, _) in now.study().cells().iter() {
        let people = now.people(cell);
        let walk = now.walk(cell, site).filter(|_| now.exists(site));
        if walk.is_some_and(|walk| walk <= now.limit(cell)) {
            around.0 += people;
            around.2 += 1;
        }
        if now.nearest(cell).is_some_and(|reach| reach.site == site) {
            around.1 += people;
        }
    }
    around
}

fn is_done(now: &Coverage, cell: CellId) -> bool {
    now.verdict(cell, ItemId::new(0)).kind() == VerdictKind::Covered
}

fn after(study: &Study, change: &Change) -> Study {
    apply(study, change).expect("it names what is there").0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn without_a_site_is_lost_what_it_is_said_to_do(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (site, row) in study.sites().iter() {
            let view = site_view(&now, None, site);
            let [served] = &view.served[..] else { panic!("one coverage") };
            prop_assert_eq!((served.within, served.nearest, served.cells), around(&now, site));
            let closed = after(&study, &Change::CloseSite { site: row.id.clone() });
            let then = judged(&closed, setting);
            let lost = study.cells().iter().filter(|&(cell, _)| is_done(&now, cell) && !is_done(&then, cell));
            let lost: People = lost.map(|(cell, _)| now.people(cell)).sum();
            prop_assert_eq!(served.would_lose, lost);
            let of_item: People = served.only_there.iter().map(|(_, people)| *people).sum();
            prop_assert_eq!(of_item, lost);
        }
    }

    #[test]
    fn what_a_site_takes_on_brings_what_is_said(town in towns()) {
        let (study, setting) = (town.study(), town.setting());
        let now = judged(&study, setting);
        for (site, row) in study.sites().iter() {
            let view = site_view(&now, None, site);
            for taken in &view.served[0].could_take {
                let (sites, items) = (vec![row.id.clone()], vec![taken.item]);
                let change = if taken.renew {
                    Change::Renew { sites, items, until: None }
                } else {
                    Change::Offer { sites, items, steps: taken.steps }
                };
                let gained = done_for(&after(&study, &change), setting) - done_for(&study, setting);
                prop_assert_eq!(gained, taken.gain, "{:?}", taken);
                prop_assert!(taken.gain > People::ZERO);
            }
        }
    }
}

#[test]
fn sites_of_the_towns_are_needed_and_could_take_on_more() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut needed, mut handed_down, mut renewed) = (0, 0, 0);
    for _ in 0..900 {
        let town = towns().new_tree(&mut runner).expect("a town").current();
        let study = town.study();
        let now = judged(&study, town.setting());
        for (site, _) in study.sites().iter() {
            let view = site_view(&now, None, site);
            let served = &view.served[0];
            needed += served.only_there.len();
            renewed += served.could_take.iter().filter(|taken| taken.renew).count();
            handed_down += served
                .could_take
                .iter()
                .filter(|taken| !taken.renew)
                .count();
        }
    }
    let least = needed.min(handed_down).min(renewed);
    assert!(least >= 3, "{needed} {handed_down} {renewed}");
}
