//! What a list of pushes promises is what a run on the changed study finds, and no other list has more.

use proptest::prelude::*;
use walkshed::ids::{ItemId, SiteId};
use walkshed::model::{Change, Steps, Study, Takers, apply_all};
use walkshed::plan::Limits;
use walkshed::proposal::{DelegationRequest, delegate};
use walkshed::{Options, People, Silent};

use crate::cases;
use crate::plan::plans;

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
