//! What a merger promises is what a run on the changed study finds, and no other one covers more.

use proptest::prelude::*;
use walkshed::ids::SiteId;
use walkshed::model::{Change, Merger, Study, apply};
use walkshed::plan::Limits;
use walkshed::plane::Position;
use walkshed::proposal::{MergingRequest, merging};
use walkshed::{Options, People, Silent};

use crate::cases;
use crate::plan::{day, plans};

fn covered(study: &Study) -> People {
    let results = walkshed::run(study, &Options::default()).expect("few walks");
    results.coverage.total().covered()
}

fn merged(study: &Study, (centre, folded): (SiteId, &[SiteId]), at: Position) -> People {
    let id = |site: SiteId| study.sites()[site].id.clone();
    let all = folded.iter().copied().chain([centre]);
    let merger = Merger {
        sites: all.map(id).collect(),
        into: id(centre),
        at: Some(at),
        ..Merger::default()
    };
    let change = Change::MergeSites(Box::new(merger));
    covered(&apply(study, &change).expect("they are there").0)
}

proptest! {
    #![proptest_config(cases(80))]

    #[test]
    fn no_merger_covers_more_than_the_one_that_is_told(
        plan in plans(), outlets in 1_usize..4, within in 100_u32..1_500,
    ) {
        let study = plan.study();
        let centre = SiteId::new(0);
        let within_m = f64::from(within);
        let request = MergingRequest {
            centre, outlets, within_m, kind: None, places: Vec::new(), phase: None,
        };
        let proposal = merging(&study, &request, &Limits::NONE, &Silent).expect("a plan");
        let at = |site: SiteId| study.sites()[site].at;
        let on = study.target().date.unwrap_or(day(0));
        let is_there = |site: SiteId| study.target().date.is_none() || study.sites()[site].exists_on(on);
        let near: Vec<SiteId> = (1..study.sites().len()).map(SiteId::new)
            // Nothing is folded into a centre that is closed by then.
            .filter(|&site| is_there(centre) && is_there(site) && at(site).distance(at(centre)) <= within_m)
            .collect();
        let most = outlets.min(near.len());
        prop_assert_eq!(proposal.frontier.len(), most);
        prop_assert!(proposal.answer.proved());
        for point in &proposal.frontier {
            let mut best = People::ZERO;
            for mask in 0_u32..1 << near.len() {
                let folded: Vec<SiteId> = (0..near.len())
                    .filter(|place| mask >> place & 1 == 1).map(|place| near[place]).collect();
                if folded.len() as u64 != point.sites {
                    continue;
                }
                for place in folded.iter().copied().chain([centre]) {
                    best = best.max(merged(&study, (centre, &folded), at(place)));
                }
            }
            prop_assert_eq!(point.answer.objective.to_bits(), best.as_f64().to_bits());
        }
        for step in &proposal.steps {
            let after = covered(&apply(&study, &step.change).expect("it can be made").0);
            prop_assert_eq!(step.total, after);
            prop_assert_eq!(proposal.after.total().covered(), after);
            prop_assert_eq!(step.cost, most as u64);
        }
        prop_assert_eq!(proposal.steps.len(), usize::from(most > 0));
    }
}
