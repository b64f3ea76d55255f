//! Plans for several dates, against all plans there are.

use proptest::prelude::*;
use walkshed::plan::{
    Limits, PhaseQuestion, PlanError, Problem, Room, Sides, Terms, nested, solve,
};

use crate::instances::{Instance, instances, with_terms};

/// Two or three phases with the same candidates, kept, forbidden and costs.
fn phases() -> impl Strategy<Value = (Vec<(Instance, u32, Room)>, Terms)> {
    (with_terms(5), any::<bool>()).prop_flat_map(|((first, terms), by_sites)| {
        let candidates = first.candidates;
        let room = if by_sites {
            (0_u64..3).prop_map(Room::Sites).boxed()
        } else {
            (0_u64..15).prop_map(Room::Budget).boxed()
        };
        let phase = (instances(candidates), 5_u32..40, room.clone());
        let phase = phase.prop_map(move |(instance, limit, room)| {
            (
                Instance {
                    candidates,
                    ..instance
                },
                limit,
                room,
            )
        });
        let others = proptest::collection::vec(phase, 1..=2);
        (Just(first), room, others, Just(terms)).prop_map(|(first, room, others, terms)| {
            let mut all = vec![(first, 20, room)];
            all.extend(others);
            let terms = Terms {
                forced: Vec::new(),
                sides: Sides::NONE,
                ..terms
            };
            (all, terms)
        })
    })
}

/// The best sum of totals, by trying every phase, or none, for every candidate.
fn best(phases: &[(Instance, u32, Room)], terms: &Terms) -> u64 {
    let candidates = phases[0].0.candidates;
    let choices = phases.len() + 1;
    let all = choices.pow(candidates);
    (0..all)
        .filter_map(|code| total(phases, terms, code))
        .max()
        .expect("opening nothing is a plan")
}

/// What a choice of phases for all candidates comes to; none where it is no plan.
fn total(phases: &[(Instance, u32, Room)], terms: &Terms, mut code: usize) -> Option<u64> {
    let mut opens = vec![Vec::new(); phases.len() + 1];
    for candidate in 0..phases[0].0.candidates {
        opens[code % (phases.len() + 1)].push(candidate);
        code /= phases.len() + 1;
    }
    let barred = |one: &u32| terms.kept.contains(one) || terms.forbidden.contains(one);
    let mut open: Vec<u32> = Vec::new();
    let mut room = 0;
    let mut sum = 0;
    for ((instance, limit, more), opens) in phases.iter().zip(&opens) {
        if opens.iter().any(barred) {
            return None;
        }
        open.extend(opens);
        let (more, taken) = match more {
            Room::Sites(more) => (*more, open.len() as u64),
            Room::Budget(more) => (*more, open.iter().map(|&one| terms.cost(one)).sum()),
            Room::Unlimited => unreachable!("every phase is limited"),
        };
        room += more;
        if taken > room {
            return None;
        }
        sum += instance.judged(Problem::Mclp { limit: *limit }, terms, &open)?;
    }
    Some(sum)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_plan_in_which_what_opened_stays_is_better((phases, terms) in phases()) {
        let asked: Vec<PhaseQuestion> = phases
            .iter()
            .map(|(instance, limit, room)| PhaseQuestion {
                matrix: instance.matrix(),
                limit: *limit,
                room: *room,
            })
            .collect();
        let plan = nested(&asked, &terms, &Limits::NONE).expect("a plan");
        prop_assert_eq!(plan.sum(), best(&phases, &terms));
        prop_assert!(plan.proved(), "{:?}", plan);
        // Its totals are what its sites come to, and a free choice is never worse.
        let mut open = Vec::new();
        let mut room = 0;
        for (phase, (instance, limit, more)) in phases.iter().enumerate() {
            open.extend(&plan.opens[phase]);
            let problem = Problem::Mclp { limit: *limit };
            prop_assert_eq!(instance.judged(problem, &terms, &open), Some(plan.totals[phase]));
            room += match more {
                Room::Sites(more) | Room::Budget(more) => more,
                Room::Unlimited => &0,
            };
            let room = match more {
                Room::Sites(_) => Room::Sites(room),
                _ => Room::Budget(room),
            };
            let free = solve(&instance.matrix(), problem, &Terms { room, ..terms.clone() }, &Limits::NONE);
            let free = free.expect("a plan").objective;
            prop_assert_eq!(plan.free[phase].objective, free);
            prop_assert_eq!(plan.price(phase), free - plan.totals[phase]);
        }
    }
}

#[test]
fn the_price_of_nesting_is_what_an_early_start_costs() {
    // One site: the middle has 3 + 3. Two sites: both ends have 4 + 4, and the middle with an end less.
    let instance = Instance {
        weights: vec![1, 3, 3, 1],
        candidates: 3,
        pairs: vec![
            (1, 1, 1),
            (2, 1, 1),
            (0, 0, 1),
            (1, 0, 1),
            (2, 2, 1),
            (3, 2, 1),
        ],
    };
    let phase = PhaseQuestion {
        matrix: instance.matrix(),
        limit: 1,
        room: Room::Sites(1),
    };
    let terms = Terms::new(Room::Unlimited);
    let plan = nested(&[phase.clone(), phase.clone()], &terms, &Limits::NONE).expect("a plan");
    assert_eq!((plan.sum(), plan.bound), (13, 13));
    assert_eq!(plan.price(0) + plan.price(1), 1);
    let mixed = PhaseQuestion {
        room: Room::Budget(1),
        ..phase.clone()
    };
    let refused = nested(&[phase, mixed], &terms, &Limits::NONE);
    assert_eq!(refused, Err(PlanError::MixedRooms));
}
