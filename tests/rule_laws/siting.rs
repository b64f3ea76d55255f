//! What a plan promises is what a run on the changed study finds, and no other plan of these places has more.

use proptest::prelude::*;
use walkshed::ids::{SiteId, UnitId};
use walkshed::model::{Change, NewOffer, NewSite, Site, Study, apply_all};
use walkshed::plan::{Limits, Room};
use walkshed::proposal::{Opens, Place, Proposal, SitingRequest, Wanted, siting};
use walkshed::{Options, People, Silent};

use crate::cases;
use crate::plan::{SIDE, plans, spot};

/// Places of a town, each with a unit by number.
fn places() -> impl Strategy<Value = Vec<((u32, u32), Option<usize>)>> {
    let side = u32::try_from(SIDE).expect("small") * 2_000 - 2_000;
    let unit = prop::option::of(0_usize..4);
    prop::collection::vec(((0..=side, 0..=side), unit), 1..6)
}

fn covered(study: &Study) -> People {
    let results = walkshed::run(study, &Options::default()).expect("few walks");
    results.coverage.total().covered()
}

/// The request for a study: new sites are like one of its own, or handle all that is asked.
fn request(
    study: &Study,
    places: &[((u32, u32), Option<usize>)],
    (like, wanted, sites): (Option<usize>, Wanted, u64),
) -> SitingRequest {
    let units = study.units().len();
    let known = study.sites().len();
    let placed = places.iter().enumerate().map(|(number, (at, unit))| Place {
        id: format!("new-{number}"),
        at: spot([f64::from(at.0), f64::from(at.1)]),
        unit: unit.filter(|unit| *unit < units).map(UnitId::new),
        cost: 1,
    });
    SitingRequest {
        wanted,
        room: Room::Sites(sites),
        places: placed.collect(),
        opens: match like.filter(|_| known > 0) {
            Some(like) => Opens::Like(SiteId::new(like % known)),
            None => Opens::Handling {
                kind: "kiosk".to_owned(),
                items: study.target().items.clone(),
            },
        },
        frontier: true,
    }
}

/// The study with sites at some places, made without the library's own way of opening them.
fn opened(study: &Study, request: &SitingRequest, which: &[usize]) -> Study {
    let catalogue = study.catalogue();
    let changes: Vec<Change> = which
        .iter()
        .map(|&place| {
            let place = &request.places[place];
            let (model, offers) = match &request.opens {
                Opens::Like(site) => {
                    let mut offers = Vec::new();
                    for (item, _) in catalogue.iter() {
                        let all = catalogue.offers(item).iter();
                        let own = all.filter(|offer| offer.site == *site);
                        offers.extend(own.map(|offer| NewOffer::like(item, offer)));
                    }
                    (study.sites()[*site].clone(), offers)
                }
                Opens::Handling { kind, items } => {
                    let first = study.sites().iter().next();
                    let properties = first.map(|(_, site)| site.properties.unknown());
                    let model = Site {
                        kind: kind.clone(),
                        properties: properties.unwrap_or_default(),
                        ..Site::at("model", place.at)
                    };
                    (model, items.iter().copied().map(NewOffer::whole).collect())
                }
            };
            let site = Site {
                id: place.id.clone(),
                name: place.id.clone(),
                at: place.at,
                unit: place.unit,
                opened: None,
                closed: None,
                home_help: None,
                ..model
            };
            Change::OpenSite(Box::new(NewSite { site, offers }))
        })
        .collect();
    apply_all(study, &changes).expect("new sites open").0
}

fn promises_hold(
    study: &Study,
    request: &SitingRequest,
    proposal: &Proposal,
) -> Result<(), TestCaseError> {
    let mut before = covered(study);
    let mut done = Vec::new();
    for step in &proposal.steps {
        let place = request
            .places
            .iter()
            .position(|place| place.id == step.site);
        done.push(place.expect("a place that was asked"));
        let after = covered(&opened(study, request, &done));
        prop_assert_eq!(step.total, after);
        prop_assert_eq!(step.gain, after - before);
        before = after;
    }
    prop_assert_eq!(proposal.after.total().covered(), before);
    Ok(())
}

/// All choices of places, by number.
fn choices(places: usize) -> impl Iterator<Item = Vec<usize>> {
    (0_u32..1 << places)
        .map(move |mask| (0..places).filter(|place| mask >> place & 1 == 1).collect())
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn most_people_are_covered_and_as_many_as_promised(
        plan in plans(),
        places in places(),
        like in prop::option::of(0_usize..8),
        sites in 1_u64..3,
    ) {
        let study = plan.study();
        let request = request(&study, &places, (like, Wanted::Mclp, sites));
        let proposal = siting(&study, &request, &Limits::NONE, &Silent).expect("a plan");
        promises_hold(&study, &request, &proposal)?;
        prop_assert!(proposal.answer.proved());
        let best = choices(places.len())
            .filter(|choice| choice.len() as u64 <= sites)
            .map(|choice| covered(&opened(&study, &request, &choice)))
            .max();
        prop_assert_eq!(Some(proposal.after.total().covered()), best);
        let last = proposal.frontier.last().map(|point| point.answer.objective);
        prop_assert_eq!(last, Some(proposal.after.total().covered().as_f64()));
    }

    #[test]
    fn all_who_can_be_are_covered_by_the_fewest(plan in plans(), places in places(), like in prop::option::of(0_usize..8)) {
        let study = plan.study();
        let request = request(&study, &places, (like, Wanted::Lscp, 0));
        let proposal = siting(&study, &request, &Limits::NONE, &Silent).expect("a plan");
        promises_hold(&study, &request, &proposal)?;
        let all: Vec<usize> = (0..places.len()).collect();
        let most = covered(&opened(&study, &request, &all));
        prop_assert_eq!(proposal.after.total().covered(), most);
        let fewest = choices(places.len())
            .filter(|choice| covered(&opened(&study, &request, choice)) == most)
            .map(|choice| choice.len())
            .min();
        prop_assert_eq!(Some(proposal.steps.len()), fewest);
    }

    #[test]
    fn every_plan_keeps_its_promises(plan in plans(), places in places(), like in prop::option::of(0_usize..8)) {
        let study = plan.study();
        for wanted in [Wanted::PMedian, Wanted::PCenter] {
            let request = request(&study, &places, (like, wanted, 2));
            if let Ok(proposal) = siting(&study, &request, &Limits::NONE, &Silent) {
                promises_hold(&study, &request, &proposal)?;
            } else {
                prop_assert_eq!(wanted, Wanted::PCenter);
            }
        }
    }
}
