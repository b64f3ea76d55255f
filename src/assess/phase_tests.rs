use std::sync::Arc;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::super::test_towns::{Town, item};
use super::*;
use crate::ids::ZoneId;
use crate::model::{OpenWeek, Sites, Steps, Study, StudyParts, TimeRule, Zone, Zones};
use crate::score::{CellShare, VerdictKind};
use crate::search;
use crate::units::TravelTime;

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 12, 31).expect("a day")
}

fn asked(year: i32, share: f64) -> Phase {
    Phase {
        name: year.to_string(),
        date: day(year),
        share: Some(share),
        ..Phase::default()
    }
}

/// Cells a (1 person) in `x`, b (2) in `y` in `x`, c (4) in `w`; `v` is empty. The site s is near a
/// and b, t near c.
fn town() -> Study {
    Town {
        drawing: "A-a-s-b-----------------t-c-B",
        sites: "st",
        units: &[("v", ""), ("w", ""), ("x", ""), ("y", "x")],
        homes: &[('a', "x"), ('b', "y"), ('c', "w")],
        items: vec![
            (
                item("i", "", 1),
                vec![('s', Steps::WHOLE), ('t', Steps::WHOLE)],
            ),
            (item("j", "", 3), vec![('t', Steps::WHOLE)]),
        ],
    }
    .study()
}

fn changed(study: Study, change: impl FnOnce(&mut StudyParts)) -> Study {
    study.with(change).expect("still a study")
}

fn with_results<T>(study: &Study, look: impl FnOnce(&[PhaseResult]) -> T) -> T {
    let walks = search::walks(study, study.target().search, &crate::Silent);
    look(&phases(&walks))
}

#[test]
fn ninety_of_a_hundred_are_ninety_percent() {
    for (share, all, least) in [
        (0.9, 100, 90),
        (0.07, 100, 7),
        (0.29, 100, 29),
        (0.333_333, 3, 1),
        (1.0, 7, 7),
    ] {
        assert_eq!(Share::least_part(all, share), least, "{share} of {all}");
    }
    assert_eq!(Share::least_part(u128::MAX, 1.0), u128::MAX);
    let mut tally = Tally::default();
    for (verdict, people) in [(VerdictKind::Covered, 90), (VerdictKind::TooFar, 10)] {
        tally.add(&CellShare {
            verdict,
            people: People::whole(people),
            weight_done: 9,
            weight_asked: 10,
        });
    }
    let phase = Phase {
        score: Some(0.9),
        ..asked(2022, 0.9)
    };
    let row = PhaseRow::of(&phase, tally, LackingList::default());
    assert_eq!(
        (row.met_share, row.met_score, row.met, row.short_by),
        (Some(true), Some(true), Some(true), People::ZERO)
    );
    let more = PhaseRow::of(
        &Phase {
            share: Some(0.91),
            score: Some(0.95),
            ..phase
        },
        tally,
        LackingList::default(),
    );
    assert_eq!((more.met, more.short_by), (Some(false), People::whole(1)));
    assert!((more.short_of_score - 0.05).abs() < 1e-12);
}

#[test]
fn only_the_phases_units_count_and_nobody_neither_meets_nor_misses() {
    let study = changed(town(), |parts| {
        let unit = |id| parts.units.find(id).expect("it is there");
        let units = vec![unit("y"), unit("x"), unit("v")];
        let first = parts.catalogue.iter().map(|(id, _)| id).take(1).collect();
        parts.phases = vec![
            Phase {
                units,
                items: first,
                ..asked(2022, 1.0)
            },
            asked(2023, 0.5),
        ];
    });
    with_results(&study, |results| {
        let rows = |result: &PhaseResult| {
            let row = |row: &PhaseRow| (row.id.clone(), row.depth, row.named, row.people, row.met);
            result.rows.iter().map(row).collect::<Vec<_>>()
        };
        let (one, people) = (Some(true), People::whole);
        let told =
            |id: &str, depth, named, count, met| (id.to_owned(), depth, named, people(count), met);
        let pilot = [
            told("v", 0, true, 0, None),
            told("x", 0, true, 3, one),
            told("y", 1, true, 2, one),
        ];
        assert_eq!(rows(&results[0]), pilot);
        assert_eq!(
            (results[0].total.people, results[0].total.met),
            (people(3), one),
            "y lies in x and counts once"
        );
        // Later item j is asked as well, which s does not do: a and b are left out, c is
        // covered.
        let told: Vec<_> = results[1]
            .rows
            .iter()
            .map(|row| (row.id.as_str(), row.met))
            .collect();
        assert_eq!(
            told,
            [
                ("v", None),
                ("w", one),
                ("x", Some(false)),
                ("y", Some(false))
            ]
        );
        assert_eq!(
            (results[1].total.people, results[1].total.covered),
            (people(7), people(4))
        );
        assert_eq!(
            (results[1].total.met, results[1].missed().count()),
            (one, 2)
        );
        let lacking = &results[1].rows[2].lacking.gravest[0];
        assert_eq!(
            (
                lacking.remedies.to_string().as_str(),
                lacking.items.len(),
                lacking.people
            ),
            ("hand-down", 1, people(3))
        );
    });
}

#[test]
fn a_site_that_opens_later_counts_later_and_nothing_is_handed_down_to_it_before() {
    let study = changed(town(), |parts| {
        let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
        sites[1].opened = Some(day(2023));
        parts.sites = Sites::new(sites);
        parts.phases = vec![asked(2022, 0.5), asked(2023, 0.5)];
    });
    with_results(&study, |results| {
        let at_c = |result: &PhaseResult| {
            let row = result
                .rows
                .iter()
                .find(|row| row.id == "w")
                .expect("it is there");
            (
                row.met,
                row.lacking
                    .gravest
                    .first()
                    .map(|lacking| lacking.remedies.to_string()),
            )
        };
        assert_eq!(
            [at_c(&results[0]), at_c(&results[1])],
            [
                (Some(false), Some("build-site".to_owned())),
                (Some(true), None)
            ]
        );
    });
}

#[test]
fn a_phase_has_its_own_minutes_and_a_zone_keeps_its_own() {
    // a and b are 3 min from s, c is 3 min from t.
    let study = changed(town(), |parts| {
        let zone = Zone {
            name: "villages".into(),
            limit: Some(TravelTime::from_minutes(3)),
            speed: None,
            by: "walk".into(),
            mode: crate::model::Mode::Walk,
        };
        parts.zones = Zones::new(vec![zone], vec![Some(ZoneId::new(0)), None, None]);
        let first = parts.catalogue.iter().map(|(id, _)| id).take(1).collect();
        let limit = Some(TravelTime::from_minutes(2));
        parts.phases = vec![Phase {
            limit,
            items: first,
            ..asked(2022, 0.1)
        }];
    });
    with_results(&study, |results| {
        assert_eq!(
            results[0].total.covered,
            People::whole(1),
            "a alone, by its zone"
        );
    });
}

#[test]
fn a_moment_of_leaving_counts_as_in_the_headline() {
    let at = day(2024).and_hms_opt(10, 0, 0).expect("a moment");
    let hours = Arc::new(OpenWeek::new([]));
    let study = changed(town(), |parts| {
        parts.time = Some(TimeRule::at_moment(at, hours.clone()));
        parts.phases = vec![asked(2024, 0.5)];
    });
    with_results(&study, |results| {
        let total = &results[0].total;
        assert_eq!(
            (
                total.covered,
                total.lacking.gravest[0].remedies.to_string().as_str()
            ),
            (People::ZERO, "longer-hours")
        );
    });
    let whole_day = changed(study, |parts| {
        parts.time = Some(TimeRule::week_of(day(2024), hours));
    });
    with_results(&whole_day, |results| {
        assert_eq!(results[0].total.covered, People::whole(4));
    });
}

fn random() -> impl Strategy<Value = Study> {
    let dates = prop::collection::vec(2020..2026_i32, 3 + 9);
    let offers = prop::collection::vec(prop::collection::vec(0_usize..3, 1..4), 1..4);
    (dates, offers).prop_map(|(years, offers)| {
        let all = ['x', 'y', 'z'];
        let items = offers.iter().enumerate().map(|(n, sites)| {
            (
                item(&n.to_string(), "", 1),
                sites
                    .iter()
                    .map(|&site| (all[site], Steps::WHOLE))
                    .collect(),
            )
        });
        let study = Town {
            drawing: "A-a-x-b--c----d----y-e---f--------g--z-------------------h-B",
            sites: "xyz",
            units: &[("k", ""), ("l", "k")],
            homes: &[('a', "k"), ('b', "l"), ('c', "l"), ('g', "k"), ('h', "l")],
            items: items.collect(),
        };
        changed(study.study(), |parts| {
            let mut sites: Vec<_> = parts.sites.iter().map(|(_, site)| site.clone()).collect();
            sites
                .iter_mut()
                .zip(&years)
                .for_each(|(site, &year)| site.opened = Some(day(year)));
            parts.sites = Sites::new(sites);
            let mut items = std::mem::take(&mut parts.catalogue).into_items();
            let offers = items.iter_mut().flat_map(|(_, offers)| offers);
            offers
                .zip(&years[3..])
                .for_each(|(offer, &year)| offer.from = Some(day(year)));
            parts.catalogue = crate::model::Catalogue::new(items);
            parts.phases = (2020..2026).map(|year| asked(year, 0.5)).collect();
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phases_nest_when_sites_and_offers_are_only_added(study in random()) {
        with_results(&study, |results| {
            for pair in results.windows(2) {
                prop_assert!(pair[0].total.covered <= pair[1].total.covered);
                prop_assert!(pair[0].total.tally.done() <= pair[1].total.tally.done());
                for (before, after) in pair[0].rows.iter().zip(&pair[1].rows) {
                    prop_assert!(before.covered <= after.covered && before.people == after.people);
                }
            }
            for result in results {
                prop_assert_eq!(result.total.tally, *result.coverage.total());
                let tops = result.rows.iter().filter(|row| row.depth == 0);
                prop_assert_eq!(tops.map(|row| row.covered).sum::<People>(), result.total.covered);
            }
            Ok(())
        })?;
    }
}
