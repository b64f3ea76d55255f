//! What a plan promises is what a run on the changed study finds, and no other plan of these places has more.

use proptest::prelude::*;
use walkshed::ids::{SiteId, UnitId};
use walkshed::model::{Change, NewOffer, NewSite, Phase, Site, Study, Who, apply_all};
use walkshed::plan::{Limits, PlanError, Room};
use walkshed::proposal::{
    Opens, PhasingRequest, Place, PlaceStatus, Proposal, ProposalError, SitingRequest, Wanted,
    phasing, siting,
};
use walkshed::{Options, People, Share, Silent};

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
        status: PlaceStatus::Candidate,
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
        phase: None,
        min_share: None,
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

/// Whether every unit below the topmost has a share of its people covered, and how many are in all.
fn shared(study: &Study, share: f64) -> (bool, People) {
    let results = walkshed::run(study, &Options::default()).expect("few walks");
    let rows = results.coverage.by_unit();
    let met = rows
        .iter()
        .filter(|row| row.unit.is_some() && row.depth == 1)
        .all(|row| {
            let people = row.tally.people().millionths().into();
            u128::from(row.tally.covered().millionths()) >= Share::least_part(people, share)
        });
    (met, results.coverage.total().covered())
}

/// What the worst-off unit below the topmost has, in millionths; one that has all it can is not badly off.
fn worst(study: &Study, at_best: &Study) -> u128 {
    let [have, can] = [study, at_best].map(|study| {
        let results = walkshed::run(study, &Options::default()).expect("few walks");
        let rows = results.coverage.by_unit();
        let below = rows
            .iter()
            .filter(|row| row.unit.is_some() && row.depth == 1);
        below
            .map(|row| {
                [row.tally.covered(), row.tally.people()].map(|of| u128::from(of.millionths()))
            })
            .collect::<Vec<_>>()
    });
    let short = have.iter().zip(&can).filter(|(have, can)| have[0] < can[0]);
    short
        .map(|(have, _)| have[0] * 1_000_000 / have[1])
        .min()
        .unwrap_or(1_000_000)
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn each_unit_has_its_share_or_no_plan_brings_it(
        plan in plans(),
        places in places(),
        like in prop::option::of(0_usize..8),
        share in prop_oneof![Just(1.0), Just(0.3), 0.0..0.9_f64],
    ) {
        let study = plan.study();
        for wanted in [Wanted::Mclp, Wanted::Lscp] {
            let asked = SitingRequest {
                min_share: Some(share),
                ..request(&study, &places, (like, wanted, 2))
            };
            let fits = |choice: &Vec<usize>| wanted == Wanted::Lscp || choice.len() <= 2;
            let plans: Vec<(usize, People)> = choices(places.len())
                .filter(fits)
                .filter_map(|choice| {
                    let (met, covered) = shared(&opened(&study, &asked, &choice), share);
                    met.then_some((choice.len(), covered))
                })
                .collect();
            match siting(&study, &asked, &Limits::NONE, &Silent) {
                Ok(proposal) => {
                    promises_hold(&study, &asked, &proposal)?;
                    prop_assert!(proposal.answer.proved());
                    let fewest = plans.iter().map(|plan| plan.0).min();
                    let most = plans.iter().map(|plan| plan.1).max();
                    match wanted {
                        Wanted::Lscp => prop_assert_eq!(Some(proposal.steps.len()), fewest),
                        _ => prop_assert_eq!(Some(proposal.after.total().covered()), most),
                    }
                }
                Err(ProposalError::Plan(PlanError::NoUnits)) => {
                    let units = study.units();
                    prop_assert!(units.iter().all(|(unit, _)| units.upward(unit).count() != 2));
                }
                Err(error) => prop_assert!(plans.is_empty(), "{}", error),
            }
        }
    }

    #[test]
    fn the_worst_off_unit_is_as_well_off_as_can_be(plan in plans(), places in places(), like in prop::option::of(0_usize..8)) {
        let study = plan.study();
        let asked = request(&study, &places, (like, Wanted::Fair, 2));
        let all: Vec<usize> = (0..places.len()).collect();
        let at_best = opened(&study, &asked, &all);
        let best = choices(places.len())
            .filter(|choice| choice.len() <= 2)
            .map(|choice| opened(&study, &asked, &choice))
            .map(|study| (worst(&study, &at_best), covered(&study)))
            .max();
        match siting(&study, &asked, &Limits::NONE, &Silent) {
            Ok(proposal) => {
                promises_hold(&study, &asked, &proposal)?;
                prop_assert!(proposal.answer.proved());
                let after = worst(&opened(&study, &asked, &done(&asked, &proposal)), &at_best);
                prop_assert_eq!(Some((after, proposal.after.total().covered())), best);
            }
            // Nobody in any unit can be covered.
            Err(error) => prop_assert!(error.to_string().contains("give clients units"), "{}", error),
        }
    }

    #[test]
    fn the_cheapest_plan_for_a_phase_meets_it_in_all_its_units(
        plan in plans(),
        places in places(),
        units in prop::collection::vec(0_usize..4, 0..2),
        share in prop_oneof![Just(1.0), 0.0..0.9_f64],
    ) {
        let study = plan.study().with(|parts| {
            let known = units.iter().filter(|unit| **unit < parts.units.len());
            parts.phases = vec![Phase {
                name: "phase".to_owned(),
                date: chrono::NaiveDate::from_ymd_opt(2024, 1, 20).expect("a day"),
                units: known.copied().map(UnitId::new).collect(),
                share: Some(share),
                ..Phase::default()
            }];
        });
        let study = study.expect("a study");
        let asked = SitingRequest {
            phase: Some(0),
            min_share: Some(share),
            ..request(&study, &places, (None, Wanted::Lscp, 0))
        };
        let met = |choice: &[usize]| {
            let then = opened(&study, &asked, choice);
            let walks = walkshed::search::walks(&then, then.target().search, &Silent);
            let results = walkshed::assess::phases(&walks);
            (results[0].rows.iter().all(|row| row.met_share != Some(false)), results[0].total.covered)
        };
        let fewest = choices(places.len()).filter(|choice| met(choice).0).map(|choice| choice.len()).min();
        match siting(&study, &asked, &Limits::NONE, &Silent) {
            Ok(proposal) => {
                let chosen = done(&asked, &proposal);
                prop_assert_eq!(Some(chosen.len()), fewest);
                let (is_met, covered) = met(&chosen);
                prop_assert!(is_met);
                let last = proposal.steps.last().map_or(proposal.had, |step| step.total);
                prop_assert_eq!(last, covered);
            }
            Err(error) => prop_assert!(fewest.is_none(), "{}", error),
        }
    }
}

/// What each phase of a study covers of its people.
fn by_phase(study: &Study) -> Vec<People> {
    let walks = walkshed::search::walks(study, study.target().search, &Silent);
    let results = walkshed::assess::phases(&walks);
    results.iter().map(|phase| phase.total.covered).collect()
}

proptest! {
    #![proptest_config(cases(30))]

    #[test]
    fn what_opened_for_a_phase_stays_and_no_such_plan_covers_more(
        plan in plans(),
        places in places(),
        like in prop::option::of(0_usize..8),
        asked in prop::collection::vec((1_u32..28, prop::option::of(0_usize..4), 0_u64..3), 1..3),
    ) {
        let study = plan.study().with(|parts| {
            let phases = asked.iter().map(|(day, unit, _)| Phase {
                name: format!("to {day} {unit:?}"),
                date: chrono::NaiveDate::from_ymd_opt(2024, 1, *day).expect("a day"),
                units: unit.filter(|unit| *unit < parts.units.len()).map(UnitId::new).into_iter().collect(),
                of: Some(Who::People),
                ..Phase::default()
            });
            let mut phases: Vec<Phase> = phases.collect();
            phases.sort_by_key(|phase| phase.date);
            phases.dedup_by(|one, other| one.name == other.name);
            parts.phases = phases;
        });
        let study = study.expect("a study");
        let count = study.phases().len();
        let rooms: Vec<u64> = asked.iter().take(count).map(|asked| asked.2).collect();
        let SitingRequest { places: all, opens, .. } = request(&study, &places, (like, Wanted::Mclp, 0));
        let asked = PhasingRequest {
            rooms: rooms.iter().map(|&room| Room::Sites(room)).collect(),
            places: all,
            opens,
        };
        let of = request(&study, &places, (like, Wanted::Mclp, 0));
        let proposal = phasing(&study, &asked, &Limits::NONE, &Silent).expect("a plan");
        prop_assert!(proposal.answer.proved());
        // Every step and every phase is what a run on the study with the sites so far finds.
        let chosen = done(&of, &proposal);
        let before = by_phase(&study);
        let mut so_far = 0;
        for (place, outcome) in proposal.phases.iter().enumerate() {
            let first = so_far;
            so_far += usize::try_from(outcome.opens).expect("few");
            for step in first..so_far {
                let total = by_phase(&opened(&study, &of, &chosen[..=step]))[place];
                prop_assert_eq!(proposal.steps[step].total, total);
            }
            prop_assert_eq!(outcome.before, before[place]);
            prop_assert_eq!(outcome.after, by_phase(&opened(&study, &of, &chosen[..so_far]))[place]);
            prop_assert!(outcome.after <= outcome.free_bound);
        }
        // No other way of opening them is better.
        let mut best = People::ZERO;
        for code in 0..(count + 1).pow(u32::try_from(places.len()).expect("few")) {
            let phase_of = |place: usize| code / (count + 1).pow(u32::try_from(place).expect("few")) % (count + 1);
            let mut sum = People::ZERO;
            let mut room = 0;
            for (phase, more) in rooms.iter().enumerate() {
                room += more;
                let open: Vec<usize> = (0..places.len()).filter(|&place| phase_of(place) <= phase).collect();
                if open.len() as u64 > room {
                    sum = People::ZERO;
                    break;
                }
                sum += by_phase(&opened(&study, &of, &open))[phase];
            }
            best = best.max(sum);
        }
        let sum: People = proposal.phases.iter().map(|outcome| outcome.after).sum();
        prop_assert_eq!(sum, best);
        prop_assert_eq!(proposal.answer.objective.to_bits(), sum.as_f64().to_bits());
    }
}

/// The places of a proposal's steps, by number.
fn done(request: &SitingRequest, proposal: &Proposal) -> Vec<usize> {
    let steps = proposal.steps.iter();
    let place = |id: &str| request.places.iter().position(|place| place.id == id);
    steps
        .map(|step| place(&step.site).expect("a place that was asked"))
        .collect()
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
