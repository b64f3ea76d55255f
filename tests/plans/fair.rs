//! The fairest plan, against all plans there are.

use proptest::prelude::*;
use std::sync::Mutex;

use walkshed::plan::{
    Limits, MILLION, PlanError, Problem, Room, Sides, Standing, Terms, Watch, fair, solve,
};

use crate::instances::{Instance, allowed, plans, with_terms};

/// By unit its weight and what these open candidates cover of it.
fn by_unit(instance: &Instance, limit: u32, units: &[u32], open: &[u32]) -> Vec<(u64, u64)> {
    let mut by_unit = vec![(0, 0); 3];
    for (client, &weight) in instance.weights.iter().enumerate() {
        let covers = |pair: &&(u32, u32, u32)| {
            pair.0 as usize == client && pair.2 <= limit && open.contains(&pair.1)
        };
        let (all, covered) = &mut by_unit[units[client] as usize];
        *all += weight;
        *covered += if instance.pairs.iter().any(|pair| covers(&pair)) {
            weight
        } else {
            0
        };
    }
    by_unit
}

/// What the worst-off unit has, in millionths; one that has all it can have is not badly off.
fn worst(have: &[(u64, u64)], can: &[(u64, u64)]) -> u64 {
    let short = have.iter().zip(can).filter(|(have, can)| have.1 < can.1);
    let shares = short.map(|((all, covered), _)| covered * MILLION / all);
    shares.min().unwrap_or(MILLION)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn no_plan_is_fairer_and_none_as_fair_covers_more(
        (instance, terms) in with_terms(9),
        units in proptest::collection::vec(0_u32..3, 14),
        limit in 5_u32..40,
    ) {
        let units = units[..instance.weights.len()].to_vec();
        let lived = units.iter().map(|&unit| vec![unit]).collect();
        let sides = Sides { units: lived, ..Sides::NONE };
        let terms = Terms { sides, ..terms };
        let found = fair(&instance.matrix(), limit, (&terms, 3), &Limits::NONE);
        let problem = Problem::Mclp { limit };
        let with_kept = |open: &[u32]| -> Vec<u32> { open.iter().chain(&terms.kept).copied().collect() };
        let all: Vec<u32> = (0..instance.candidates).filter(|one| !terms.forbidden.contains(one)).collect();
        let can = by_unit(&instance, limit, &units, &all);
        let found = match found {
            Ok(found) => found,
            Err(PlanError::NoUnits) => {
                prop_assert!(can.iter().all(|(_, covered)| *covered == 0));
                return Ok(());
            }
            Err(error) => {
                prop_assert!(matches!(error, PlanError::ForcedExceedRoom { .. }), "{error}");
                return Ok(());
            }
        };
        let of = |open: &[u32]| {
            let have = by_unit(&instance, limit, &units, &with_kept(open));
            (worst(&have, &can), have.iter().map(|unit| unit.1).sum::<u64>())
        };
        let best = plans(&instance, &terms).filter(|open| allowed(problem, &terms, open)).map(|open| of(&open)).max();
        prop_assert_eq!(of(&found.plan.open), best.expect("a plan"));
        prop_assert_eq!((found.worst, found.plan.objective), best.expect("a plan"));
        prop_assert!(found.proved() && found.plan.proved());
        // From most covered to most fair: what one gains the other loses.
        let free = solve(&instance.matrix(), problem, &Terms { sides: Sides::NONE, ..terms.clone() }, &Limits::NONE);
        prop_assert_eq!(found.frontier[0].1.objective, free.expect("a plan").objective);
        for pair in found.frontier.windows(2) {
            prop_assert!(pair[0].0 < pair[1].0 && pair[0].1.objective >= pair[1].1.objective);
        }
        for (share, plan) in &found.frontier {
            prop_assert!(of(&plan.open).0 >= *share);
        }
    }
}

#[test]
fn the_small_village_is_served_before_the_large_one() {
    // Nine of ten and one of two people; a candidate each.
    let instance = Instance {
        weights: vec![9, 1, 1, 1],
        candidates: 2,
        pairs: vec![(0, 0, 1), (2, 1, 1), (1, 0, 1), (3, 0, 9)],
    };
    let sides = Sides {
        units: [0, 0, 1, 1].map(|unit| vec![unit]).to_vec(),
        ..Sides::NONE
    };
    let terms = Terms {
        sides,
        ..Terms::new(Room::Sites(2))
    };
    let found = fair(&instance.matrix(), 5, (&terms, 1), &Limits::NONE).expect("a plan");
    // The second unit has half, all that the candidates could bring it.
    assert_eq!(
        (found.plan.open.as_slice(), found.worst),
        (&[0, 1][..], MILLION)
    );
    let terms = Terms {
        room: Room::Sites(1),
        ..terms
    };
    // With one site some unit has nothing, whichever opens: then most counts.
    let found = fair(&instance.matrix(), 5, (&terms, 1), &Limits::NONE).expect("a plan");
    assert_eq!((found.plan.open.as_slice(), found.worst), (&[0][..], 0));
}

#[test]
fn a_full_site_makes_no_unit_worse_off_than_it_must_be() {
    // Each unit has a place of its own; that of the second serves nobody.
    let instance = Instance {
        weights: vec![10, 5],
        candidates: 2,
        pairs: vec![(0, 0, 1), (1, 1, 1)],
    };
    let sides = Sides {
        units: vec![vec![0], vec![1]],
        capacities: vec![6, 0],
        ..Sides::NONE
    };
    let terms = Terms {
        sides,
        ..Terms::new(Room::Sites(1))
    };
    let found = fair(&instance.matrix(), 5, (&terms, 1), &Limits::NONE).expect("a plan");
    // Six of ten is all that the first can have, and nothing all that the second can.
    assert_eq!(
        (
            found.plan.open.as_slice(),
            found.plan.objective,
            found.worst
        ),
        (&[0][..], 6, MILLION)
    );
    assert!(found.proved() && found.plan.proved());
}

/// All that a search told.
#[derive(Debug, Default)]
struct Heard(Mutex<Vec<Standing>>);

impl Watch for Heard {
    fn hear(&self, standing: Standing) {
        self.0.lock().expect("no panic").push(standing);
    }

    fn stop(&self) -> bool {
        false
    }
}

#[test]
fn what_is_told_on_the_way_is_in_shares() {
    let instance = crate::laws::plane(40, 20);
    let sides = Sides {
        units: (0..40).map(|client| vec![client % 4]).collect(),
        ..Sides::NONE
    };
    let terms = Terms {
        sides,
        ..Terms::new(Room::Sites(3))
    };
    let heard = Heard::default();
    let limits = Limits {
        watch: &heard,
        ..Limits::NONE
    };
    let found = fair(&instance.matrix(), 20, (&terms, 2), &limits).expect("a plan");
    assert!(found.proved() && found.plan.proved());
    let told = heard.0.into_inner().expect("no panic");
    assert!(!told.is_empty());
    for Standing { objective, bound } in told {
        assert!(objective <= found.worst && found.worst <= bound && bound <= MILLION);
    }
}
