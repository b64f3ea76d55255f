//! Every advice that is printed, carried out alone, brings exactly the people that it names.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use walkshed::assess::{Lacking, cards};
use walkshed::ids::{CellId, ItemId, UnitId};
use walkshed::model::{Catalogue, Item, Offer, Study, Who, apply_all};
use walkshed::score::{Coverage, Party, Remedy, Setting, VerdictKind, coverage_of};
use walkshed::search::walks;
use walkshed::{People, Silent};

use crate::plan::plans;
use crate::{cases, cells};

fn judged(study: &Study, setting: Setting) -> Coverage {
    let walks = walks(study, study.target().search, &Silent);
    coverage_of(&walks, study.target(), setting)
}

/// Whether a cell lies in a unit; in none where none is asked for.
fn lies_in(study: &Study, cell: CellId, unit: Option<UnitId>) -> bool {
    let own = study.cells()[cell].unit;
    match unit {
        None => own.is_none(),
        Some(unit) => own.is_some_and(|own| study.units().upward(own).any(|above| above == unit)),
    }
}

fn is_done(party: Party<'_>, cell: CellId, item: ItemId) -> bool {
    party.verdict(cell, item).kind() == VerdictKind::Covered
}

/// The people of a unit who get an item done that they did not: one of these, or any where none is named.
fn newly_done(
    before: &Coverage,
    after: &Coverage,
    unit: Option<UnitId>,
    items: &[ItemId],
) -> People {
    let study = before.study();
    let mut gained = People::ZERO;
    for cell in cells(study).filter(|&cell| lies_in(study, cell, unit)) {
        for (then, now) in before.parties().zip(after.parties()) {
            let asked = then
                .items()
                .iter()
                .filter(|item| items.is_empty() || items.contains(item));
            let mut gets =
                asked.filter(|&&item| !is_done(then, cell, item) && is_done(now, cell, item));
            if gets.next().is_some() {
                gained += then.number(cell);
            }
        }
    }
    gained
}

/// What carrying out a row brings to its unit.
fn carried_out(now: &Coverage, row: &Lacking, unit: Option<UnitId>) -> Option<People> {
    let changes = row.changes(now);
    if row.remedies.contains(Remedy::MendData) {
        assert!(changes.is_empty() && row.gain.is_none());
        return None;
    }
    assert_eq!(changes.len(), row.remedies.iter().count(), "{row:?}");
    let (after, _) = apply_all(now.study(), &changes).expect("advice can be followed");
    Some(newly_done(
        now,
        &judged(&after, now.setting()),
        unit,
        &row.items,
    ))
}

fn check(now: &Coverage, seen: &mut Vec<String>) -> Result<(), TestCaseError> {
    for card in cards(now) {
        let gains: Vec<_> = card
            .lacking
            .gravest
            .iter()
            .filter_map(|row| row.gain)
            .collect();
        prop_assert!(gains.is_sorted_by(|a, b| a >= b) || gains.len() < card.lacking.gravest.len());
        for row in &card.lacking.gravest {
            let brought = carried_out(now, row, card.unit);
            prop_assert_eq!(row.gain, brought, "{:?} in {:?}", row, card.id);
            // Whom it was named for is among those whom it helps, except where a site stands at one
            // place of many.
            if !row.remedies.contains(Remedy::BuildSite) && !row.remedies.contains(Remedy::MendData)
            {
                prop_assert!(row.gain >= Some(row.people), "{:?}", row);
            }
            seen.push(row.remedies.to_string());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn advice_that_is_followed_brings_whom_it_names(plan in plans()) {
        let study = plan.study();
        let mut seen = Vec::new();
        for who in [plan.setting().who, Who::People, Who::Firms] {
            check(&judged(&study, Setting { who, ..plan.setting() }), &mut seen)?;
        }
    }
}

#[test]
fn advice_of_every_kind_is_tried() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = Vec::new();
    for _ in 0..800 {
        let plan = plans().new_tree(&mut runner).expect("a plan").current();
        let study = plan.study();
        check(&judged(&study, plan.setting()), &mut seen).expect("the law holds");
    }
    seen.sort();
    seen.dedup();
    for kind in [
        "hand-down",
        "cross-area",
        "helper",
        "longer-hours",
        "build-site",
    ] {
        assert!(
            seen.iter().any(|word| word == kind),
            "{kind} alone is never advised: {seen:?}"
        );
    }
    for part in ["hand-down+", "renew"] {
        assert!(
            seen.iter().any(|word| word.contains(part)),
            "{part} is never advised: {seen:?}"
        );
    }
}

#[test]
fn what_has_run_out_is_renewed_and_not_handed_down() {
    // a and b hold 1 and 2 people; the offer of s ran out on 30 June, that of t has not begun.
    let study = walkshed::draw::town("A-s-a-----------------b-t-B", 100.0, "st");
    let day = |month, day| chrono::NaiveDate::from_ymd_opt(2024, month, day);
    let study = study.with(|parts| {
        let [s, t] = ["s", "t"].map(|id| Offer::whole(parts.sites.find(id).expect("drawn")));
        let offers = vec![
            Offer {
                until: day(6, 30),
                ..s
            },
            Offer {
                from: day(12, 1),
                ..t
            },
        ];
        parts.catalogue = Catalogue::new(vec![(Item::plain("card"), offers)]);
        parts.target.date = day(9, 1);
    });
    let now = judged(&study.expect("a study"), Setting::default());
    let card = &cards(&now)[0];
    let told: Vec<_> = card
        .lacking
        .gravest
        .iter()
        .map(|row| (row.remedies.to_string(), row.gain))
        .collect();
    let one = |people| Some(People::whole(people));
    assert_eq!(
        told,
        [
            ("hand-down".to_owned(), one(2)),
            ("renew".to_owned(), one(1))
        ]
    );
    check(&now, &mut Vec::new()).expect("the law holds");
}

/// The advice of the fixture for the county and its townships, each row carried out by itself.
#[test]
fn the_advice_of_the_fixture_brings_whom_it_names() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/hukou/study.toml");
    let (study, _) = walkshed::read::study(path).expect("valid");
    let mut tried = 0;
    for who in [Who::People, Who::Firms] {
        let setting = Setting {
            who,
            ..Setting::of(&study)
        };
        let now = judged(&study, setting);
        for card in cards(&now).iter().filter(|card| card.depth <= 1) {
            for row in &card.lacking.gravest {
                let brought = carried_out(&now, row, card.unit);
                assert_eq!(row.gain, brought, "{row:?} in {}", card.id);
                tried += 1;
            }
        }
    }
    assert!(tried > 50, "{tried}");
}
