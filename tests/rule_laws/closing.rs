//! What a list of closings or of links promises is what a run on the changed study finds.

use proptest::prelude::*;
use walkshed::ids::SiteId;
use walkshed::model::{Change, Study, apply_all};
use walkshed::plan::Limits;
use walkshed::proposal::{ClosingRequest, LinkingRequest, closing, linking};
use walkshed::{Options, People, Silent};

use crate::cases;
use crate::plan::plans;

/// The study without some of its sites.
fn without(study: &Study, sites: &[String]) -> Study {
    let changes: Vec<Change> = sites
        .iter()
        .map(|site| Change::CloseSite { site: site.clone() })
        .collect();
    apply_all(study, &changes).expect("they are there").0
}

fn covered(study: &Study) -> (People, Vec<People>) {
    let coverage = walkshed::run(study, &Options::default())
        .expect("few walks")
        .coverage;
    let cells = study.cells().iter();
    let by_cell = cells.map(|(cell, _)| coverage.cell(cell).covered);
    (coverage.total().covered(), by_cell.collect())
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn closings_lose_what_they_say_and_the_bound_holds(
        plan in plans(),
        sites in 0_u64..4,
        among in prop::collection::vec(0_usize..6, 0..3),
    ) {
        let study = plan.study();
        let mut among: Vec<SiteId> = among.into_iter().filter(|site| *site < study.sites().len()).map(SiteId::new).collect();
        among.sort_unstable();
        among.dedup();
        let asked = ClosingRequest { sites, among: among.clone(), phase: None };
        let proposal = closing(&study, &asked, &Limits::NONE, &Silent).expect("a list");
        let may: Vec<String> = study
            .sites()
            .iter()
            .filter(|(site, _)| among.is_empty() || among.contains(site))
            .map(|(_, site)| site.id.clone())
            .collect();
        prop_assert_eq!(proposal.steps.len() as u64, sites.min(may.len() as u64));
        let (had, by_cell) = covered(&study);
        let mut before = had;
        let mut closed: Vec<String> = Vec::new();
        for (step, point) in proposal.steps.iter().zip(&proposal.frontier) {
            // No other site that is left loses less.
            let others = may.iter().filter(|site| !closed.contains(*site));
            let best = others.map(|site| {
                let mut with = closed.clone();
                with.push(site.clone());
                covered(&without(&study, &with)).0
            });
            prop_assert_eq!(Some(step.total), best.max());
            closed.push(step.site.clone());
            prop_assert_eq!(step.total, covered(&without(&study, &closed)).0);
            prop_assert_eq!(step.loss, before - step.total);
            before = step.total;
            // No list as long keeps more than the bound.
            for mask in 0_u32..1 << may.len() {
                let chosen = (0..may.len()).filter(|place| mask >> place & 1 == 1);
                let chosen: Vec<String> = chosen.map(|place| may[place].clone()).collect();
                if chosen.len() as u64 == point.sites {
                    prop_assert!(covered(&without(&study, &chosen)).0.as_f64() <= point.answer.bound);
                }
            }
        }
        // Who is left without when a site closes alone.
        for site in &may {
            let (total, then) = covered(&without(&study, std::slice::from_ref(site)));
            let pivot = proposal.pivots.iter().find(|pivot| pivot.site == *site);
            let loss = pivot.map_or(People::ZERO, |pivot| pivot.people);
            prop_assert_eq!(loss, had - total);
            let cells = study.cells().iter().map(|(cell, _)| cell);
            let left: Vec<_> = cells.filter(|cell| then[cell.index()] < by_cell[cell.index()]).collect();
            let named = pivot.map(|pivot| pivot.cells.clone()).unwrap_or_default();
            prop_assert_eq!(named, left);
        }
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn links_bring_what_they_say(
        mut plan in plans(),
        gaps in prop::collection::vec(0_usize..60, 20..40),
        links in 1_u64..3,
        longest in 150_u32..500,
    ) {
        // A town with holes, so that something is missing.
        for gap in gaps {
            if let Some(kept) = plan.kept.get_mut(gap) {
                *kept = false;
            }
        }
        let study = plan.study();
        let longest_m = f64::from(longest);
        let asked = LinkingRequest { links, longest_m, tried: 12, phase: None };
        let proposal = linking(&study, &asked, &Limits::NONE, &Silent).expect("a list");
        prop_assert!(proposal.steps.len() as u64 <= links);
        let mut before = covered(&study).0;
        let mut built: Vec<Change> = Vec::new();
        for step in &proposal.steps {
            let Change::AddStreet { line } = &step.change else {
                return Err(TestCaseError::fail(step.change.to_string()));
            };
            prop_assert!(line[0].distance(line[1]) <= longest_m);
            built.push(step.change.clone());
            let after = covered(&apply_all(&study, &built).expect("they can be built").0).0;
            prop_assert_eq!((step.total, step.gain), (after, after - before));
            prop_assert!(after > before);
            before = after;
        }
        prop_assert_eq!(proposal.answer.objective.to_bits(), before.as_f64().to_bits());
    }
}
