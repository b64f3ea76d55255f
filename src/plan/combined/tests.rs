//! Small cases by hand and by brute force.

use proptest::prelude::*;

use super::{Client, Combined, together};
use crate::plan::question::{Room, Terms};
use crate::plan::sides::{Counted, Group, Sides};
use crate::plan::watch::Limits;

fn client(weight: u64, conditions: &[&[&[u32]]]) -> Client {
    let options = |options: &&[&[u32]]| options.iter().map(|option| option.to_vec()).collect();
    Client {
        weight,
        conditions: conditions.iter().map(options).collect(),
    }
}

fn terms(room: u64, groups: Vec<Group>) -> Terms {
    Terms {
        sides: Sides {
            groups,
            ..Sides::NONE
        },
        ..Terms::new(Room::Sites(room))
    }
}

#[test]
fn two_that_help_only_together_beat_one_that_helps_alone() {
    // 0 and 1 serve ten together and nobody alone; 2 serves three, 3 two.
    let case = Combined::new(
        vec![
            client(10, &[&[&[0, 1]]]),
            client(3, &[&[&[2]]]),
            client(2, &[&[&[3]]]),
        ],
        4,
    );
    let best = |room| {
        let found = together(&case, &terms(room, Vec::new()), &Limits::NONE).expect("a plan");
        assert!(found.plan.proved());
        (found.plan.open, found.plan.objective)
    };
    assert_eq!(best(1), (vec![2], 3));
    assert_eq!(best(2), (vec![0, 1], 10));
    assert_eq!(best(3), (vec![0, 1, 2], 13));
    // What brings most by candidate comes first.
    let one = terms(4, Vec::new());
    assert_eq!(case.in_order(&[0, 1, 2, 3], &one), [0, 1, 2, 3]);
    // Two that cost seven each bring less for that.
    let dear = Terms {
        costs: vec![7, 7, 1, 1],
        ..Terms::new(Room::Budget(16))
    };
    assert_eq!(case.in_order(&[0, 1, 2, 3], &dear), [2, 3, 0, 1]);
    let found = together(&case, &dear, &Limits::NONE).expect("a plan");
    assert_eq!((found.plan.objective, found.plan.proved()), (15, true));
    let less = Terms {
        room: Room::Budget(13),
        ..dear
    };
    let found = together(&case, &less, &Limits::NONE).expect("a plan");
    assert_eq!((found.plan.open, found.plan.objective), (vec![2, 3], 5));
}

#[test]
fn all_conditions_must_hold() {
    // Accepted at 0 or 1, issued at 2.
    let case = Combined::new(vec![client(5, &[&[&[0], &[1]], &[&[2]]])], 3);
    assert_eq!(case.value(&[0, 1]), 0);
    assert_eq!(case.value(&[1, 2]), 5);
    let found = together(&case, &terms(1, Vec::new()), &Limits::NONE).expect("a plan");
    assert_eq!((found.plan.objective, found.plan.bound), (0, 0));
}

fn options() -> impl Strategy<Value = Vec<Vec<u32>>> {
    prop::collection::vec(prop::collection::btree_set(0_u32..7, 1..4), 1..4).prop_map(|options| {
        options
            .into_iter()
            .map(|one| one.into_iter().collect())
            .collect()
    })
}

prop_compose! {
    fn clients()(
        all in prop::collection::vec((1_u64..20, prop::collection::vec(options(), 1..3)), 1..9),
    ) -> Vec<Client> {
        let client = |(weight, conditions)| Client { weight, conditions };
        all.into_iter().map(client).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_best_plan_is_that_of_trying_all(
        clients in clients(), room in 0_u64..5, most in prop::option::of(0_u64..3),
        must in prop::option::of(0_u32..7),
        costs in prop::option::of(prop::collection::vec(1_u64..5, 7)),
    ) {
        let case = Combined::new(clients, 7);
        let group = |most| Group { candidates: vec![0, 1, 2, 3], most, counted: Counted::Sites };
        let forced: Vec<u32> = must.into_iter().collect();
        let terms = Terms { forced: forced.clone(), ..terms(room, most.map(group).into_iter().collect()) };
        // A budget of costs, or so many candidates.
        let terms = match costs {
            Some(costs) => Terms { room: Room::Budget(room * 3), costs, ..terms },
            None => terms,
        };
        let room = match terms.room {
            Room::Budget(room) | Room::Sites(room) => room,
            Room::Unlimited => u64::MAX,
        };
        let plans = (0_u32..1 << 7).map(|bits| -> Vec<u32> {
            (0..7).filter(|one| bits >> one & 1 == 1).collect()
        });
        let fits = |plan: &Vec<u32>| terms.taken(plan) <= room
            && plan.iter().filter(|one| **one < 4).count() as u64 <= most.unwrap_or(9)
            && forced.iter().all(|one| plan.contains(one));
        let best = plans.filter(fits).map(|plan| case.value(&plan)).max();
        let Some(best) = best else {
            prop_assert!(together(&case, &terms, &Limits::NONE).is_err());
            return Ok(());
        };
        let found = together(&case, &terms, &Limits::NONE).expect("a plan");
        prop_assert_eq!(found.plan.objective, best);
        prop_assert!(found.plan.proved());
        prop_assert!(fits(&found.plan.open));
        prop_assert_eq!(case.value(&found.plan.open), found.plan.objective);
        let mut order = case.in_order(&found.plan.open, &terms);
        order.sort_unstable();
        prop_assert_eq!(&order, &found.plan.open);
        prop_assert!(found.relaxed.1.bound + case.value(&forced) >= found.plan.objective);
    }
}
