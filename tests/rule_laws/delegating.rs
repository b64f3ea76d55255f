//! What a list of pushes promises is what a run on the changed study finds, and no other list has more.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use walkshed::assess::Remedies;
use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{Change, ItemReach, OpenWeek, Steps, Study, Takers, TimeRule, apply_all};
use walkshed::plan::Limits;
use walkshed::proposal::{Budget, DelegationRequest, MeasureCosts, Proposal, delegate};
use walkshed::score::Remedy;
use walkshed::{Options, People, Silent};

use crate::cases;
use crate::plan::{Plan, plans};

/// People × items that are done for them, party by party.
fn person_items(study: &Study) -> People {
    let results = walkshed::run(study, &Options::default()).expect("few walks");
    let coverage = &results.coverage;
    let mut sum = 0;
    for (cell, _) in study.cells().iter() {
        for party in coverage.parties() {
            for &item in party.items() {
                let verdict = party.verdict(cell, item).kind();
                let known = study.cells()[cell].at.is_some();
                if known && verdict == walkshed::score::VerdictKind::Covered {
                    sum += party.number(cell).millionths();
                }
            }
        }
    }
    People::from_millionths(sum)
}

fn pushed(study: &Study, pushes: &[(SiteId, ItemId)]) -> People {
    let changes: Vec<Change> = pushes
        .iter()
        .map(|&(site, item)| Change::Offer {
            sites: vec![study.sites()[site].id.clone()],
            items: vec![item],
            steps: Steps::WHOLE,
        })
        .collect();
    person_items(&apply_all(study, &changes).expect("sites that are there").0)
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn pushes_bring_what_they_promise_and_none_bring_more(
        plan in plans(),
        pushes in 1_u64..3,
        per_site in prop::option::of(0_u64..3),
    ) {
        let study = plan.study();
        let request = DelegationRequest { pushes, per_site, ..DelegationRequest::default() };
        let per_site = per_site.unwrap_or(u64::MAX);
        let proposal = delegate(&study, &request, &Limits::NONE, &Silent).expect("a list");
        prop_assert!(proposal.answer.proved());
        prop_assert!(proposal.steps.len() as u64 <= pushes);

        // Step by step, each made in the study.
        let takers = Takers::of(&study);
        let mut before = person_items(&study);
        let mut done = Vec::new();
        for (step, point) in proposal.steps.iter().zip(&proposal.frontier) {
            done.push(step.change.clone());
            let after = person_items(&apply_all(&study, &done).expect("they can be made").0);
            prop_assert_eq!((step.total, step.gain), (after, after - before));
            prop_assert!(step.gain > People::ZERO);
            prop_assert!(point.answer.bound >= after.as_f64());
            before = after;
            let site = study.sites().find(&step.site).expect("a site");
            prop_assert!(takers.can_take(site, step.item.expect("an item")));
        }

        // All lists of so many.
        let sites = study.sites().iter().map(|(site, _)| site);
        let mut all: Vec<(SiteId, ItemId)> = Vec::new();
        for site in sites {
            let items = study.target().items.iter();
            all.extend(items.filter(|&&item| takers.can_take(site, item)).map(|&item| (site, item)));
        }
        let mut best = person_items(&study);
        for (place, &first) in all.iter().enumerate().filter(|_| per_site > 0) {
            best = best.max(pushed(&study, &[first]));
            for &second in all[place + 1..].iter().filter(|_| pushes > 1) {
                if first.0 == second.0 && per_site < 2 {
                    continue;
                }
                best = best.max(pushed(&study, &[first, second]));
            }
        }
        prop_assert_eq!(before, best);
        prop_assert_eq!(proposal.answer.objective.to_bits(), best.as_f64().to_bits());
    }
}

/// The study at a moment of its week, for what is open only at other times is what longer hours are for.
fn at_a_moment(plan: &Plan) -> Study {
    let minute = plan.leaving.unwrap_or(3 * 1440 + 600);
    let study = plan.study().with(|parts| {
        let before = parts.time.as_ref().expect("a week");
        let monday = before.week_start().and_hms_opt(0, 0, 0).expect("midnight");
        let moment = monday + chrono::Duration::minutes(minute.into());
        let unstated = Arc::new(before.unstated().clone());
        parts.time = Some(TimeRule::at_moment(moment, unstated));
    });
    study.expect("a study")
}

const OTHERS: [Remedy; 4] = [
    Remedy::Renew,
    Remedy::CrossArea,
    Remedy::Helper,
    Remedy::LongerHours,
];

/// All that may be done at one site about one item, or whatever the item: renewals first, windows across areas last.
fn all_measures(study: &Study, also: Remedies) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for (site, named) in study.sites().iter() {
        let sites = || vec![named.id.clone()];
        if also.contains(Remedy::LongerHours) {
            let hours = Arc::new(OpenWeek::always());
            let sites = sites();
            all.push(Change::AddHours { sites, hours });
        }
        if also.contains(Remedy::Helper) {
            let (sites, has_helper) = (sites(), true);
            all.push(Change::SetHelper { sites, has_helper });
        }
        for &item in &study.target().items {
            all.extend(about_an_item(study, (site, item), also));
        }
    }
    all.sort_by_key(|change| match change {
        Change::Renew { .. } => 0,
        Change::SetReach { .. } => 2,
        _ => 1,
    });
    all
}

fn about_an_item(study: &Study, (site, item): (SiteId, ItemId), also: Remedies) -> Vec<Change> {
    let takers = Takers::of(study);
    let named = || (vec![study.sites()[site].id.clone()], vec![item]);
    let mut all = Vec::new();
    if takers.can_take(site, item) {
        let ((sites, items), steps) = (named(), Steps::WHOLE);
        all.push(Change::Offer {
            sites,
            items,
            steps,
        });
    }
    if also.contains(Remedy::Renew) && takers.may_keep(site, item) {
        let ((sites, items), until) = (named(), None);
        all.push(Change::Renew {
            sites,
            items,
            until,
        });
    }
    if also.contains(Remedy::CrossArea) {
        let ((sites, items), reach) = (named(), ItemReach::Anywhere);
        all.push(Change::SetReach {
            sites,
            items,
            reach,
        });
    }
    all
}

fn done_after(study: &Study, changes: &[Change]) -> People {
    person_items(&apply_all(study, changes).expect("sites that are there").0)
}

/// That each beginning of a list brings what it promises, and no two measures bring more than the list.
fn check_measures(study: &Study, also: Remedies) -> Result<Proposal, TestCaseError> {
    let request = DelegationRequest {
        pushes: 2,
        also,
        ..DelegationRequest::default()
    };
    let proposal = delegate(study, &request, &Limits::NONE, &Silent).expect("a list");
    prop_assert!(proposal.answer.proved());
    prop_assert!(proposal.steps.len() <= 2);
    let before = person_items(study);
    let mut total = before;
    let mut done = Vec::new();
    for step in &proposal.steps {
        done.push(step.change.clone());
        let after = done_after(study, &done);
        prop_assert_eq!((step.total, step.gain), (after, after - total));
        prop_assert!(step.bound >= Some(after.as_f64()));
        total = after;
    }
    for point in &proposal.frontier {
        prop_assert!(point.answer.bound >= point.answer.objective);
    }
    prop_assert_eq!(
        proposal.answer.objective.to_bits(),
        total.as_f64().to_bits()
    );
    let all = all_measures(study, also);
    let mut best = before;
    let mut best_alone = before;
    for (place, first) in all.iter().enumerate() {
        best_alone = best_alone.max(done_after(study, std::slice::from_ref(first)));
        for second in &all[place + 1..] {
            best = best.max(done_after(study, &[first.clone(), second.clone()]));
        }
    }
    prop_assert_eq!(total, best.max(best_alone));
    if let Some(first) = proposal.frontier.first().filter(|point| point.sites == 1) {
        prop_assert!(first.answer.bound >= best_alone.as_f64());
    }
    Ok(proposal)
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn no_two_measures_bring_more_than_the_list(
        plan in plans(), also in prop::sample::subsequence(OTHERS.to_vec(), 0..=4),
    ) {
        check_measures(&at_a_moment(&plan), also.into_iter().collect())?;
    }
}

/// What a measure of the list costs.
fn cost(costs: &MeasureCosts, change: &Change) -> u64 {
    match change {
        Change::AddHours { .. } => costs.hours,
        Change::Renew { .. } => costs.renew,
        Change::SetHelper { .. } => costs.helper,
        Change::SetReach { .. } => costs.reach,
        _ => costs.push,
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn no_two_measures_that_the_budget_pays_bring_more_than_the_list(
        plan in plans(),
        also in prop::sample::subsequence(OTHERS.to_vec(), 0..=4),
        most in 0_u64..5,
        dear in prop::array::uniform5(1_u64..4),
    ) {
        let study = at_a_moment(&plan);
        let also: Remedies = also.into_iter().collect();
        let [push, hours, renew, helper, reach] = dear;
        let costs = MeasureCosts { push, hours, renew, helper, reach };
        let budget = Some(Budget { most, costs });
        let request = DelegationRequest { budget, also, ..DelegationRequest::default() };
        let proposal = delegate(&study, &request, &Limits::NONE, &Silent).expect("a list");
        prop_assert!(proposal.answer.proved());
        let before = person_items(&study);
        let mut total = before;
        let mut done = Vec::new();
        let mut spent = 0;
        for step in &proposal.steps {
            done.push(step.change.clone());
            spent += cost(&costs, &step.change);
            let after = done_after(&study, &done);
            prop_assert_eq!((step.total, step.gain, step.cost), (after, after - total, spent));
            prop_assert!(step.bound >= Some(after.as_f64()));
            total = after;
        }
        prop_assert!(spent <= most);
        prop_assert_eq!(proposal.answer.objective.to_bits(), total.as_f64().to_bits());
        let all = all_measures(&study, also);
        let mut best = before;
        for (place, first) in all.iter().enumerate() {
            if cost(&costs, first) > most {
                continue;
            }
            best = best.max(done_after(&study, std::slice::from_ref(first)));
            for second in &all[place + 1..] {
                if cost(&costs, first) + cost(&costs, second) <= most {
                    best = best.max(done_after(&study, &[first.clone(), second.clone()]));
                }
            }
        }
        // Where a third is paid for, too, the list may bring more than two.
        prop_assert!(total >= best);
        if proposal.steps.len() <= 2 {
            prop_assert_eq!(total, best);
        }
    }
}

#[test]
fn measures_of_every_kind_are_taken() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut seen = std::collections::BTreeSet::new();
    let mut together = 0;
    for _ in 0..150 {
        let plan = plans().new_tree(&mut runner).expect("a plan").current();
        let study = at_a_moment(&plan);
        let request = DelegationRequest {
            pushes: 4,
            also: OTHERS.into_iter().collect(),
            ..DelegationRequest::default()
        };
        let proposal = delegate(&study, &request, &Limits::NONE, &Silent).expect("a list");
        let mut done = Vec::new();
        for step in &proposal.steps {
            done.push(step.change.clone());
            assert_eq!(step.total, done_after(&study, &done));
            together += u32::from(step.gain == People::ZERO);
            let words = step.change.to_string();
            let kind = words.split(' ').next().expect("a word");
            seen.insert(kind.to_owned());
        }
        let last = proposal
            .steps
            .last()
            .map_or(proposal.had, |step| step.total);
        assert_eq!(proposal.answer.objective.to_bits(), last.as_f64().to_bits());
    }
    let expected = ["helper", "more", "offer", "reach", "renew"];
    assert_eq!(seen.iter().collect::<Vec<_>>(), expected);
    assert!(together > 0, "some help only together");
}
