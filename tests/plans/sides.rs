//! Plans with side conditions, against all plans there are.

use proptest::prelude::*;
use walkshed::plan::{
    Counted, Group, Limits, Plan, PlanError, Problem, Room, Sides, Terms, solve, steps,
};

use crate::instances::{Instance, allowed, plans, with_terms};
use crate::laws::{on_threads, plane};

/// Which open candidates have a client within the limit.
fn near(instance: &Instance, client: usize, limit: u32, open: &[u32]) -> Vec<u32> {
    let of = |pair: &&(u32, u32, u32)| pair.0 as usize == client && pair.2 <= limit;
    let all = instance.pairs.iter().filter(of).map(|pair| pair.1);
    let mut near: Vec<u32> = all.filter(|one| open.contains(one)).collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// By unit what is covered by these open candidates; with capacities the least of all cuts tells the most that
/// flows, and whether what units need does.
fn covered(instance: &Instance, terms: &Terms, limit: u32, open: &[u32]) -> Option<u64> {
    let sides = &terms.sides;
    let lived = |client: usize| sides.units.get(client).cloned().unwrap_or_default();
    let most = sides.units.iter().flatten().max();
    let count = most.map_or(1, |most| *most as usize + 1);
    let need = |unit: usize| sides.needs.get(unit).copied().unwrap_or(0);
    let clients = || instance.weights.iter().enumerate();
    if sides.capacities.is_empty() {
        let mut by_unit = vec![0; count.max(sides.needs.len())];
        let mut all = 0;
        for (client, weight) in clients() {
            if near(instance, client, limit, open).len() >= sides.times as usize {
                all += weight;
                for unit in lived(client) {
                    by_unit[unit as usize] += weight;
                }
            }
        }
        let met = (0..by_unit.len()).all(|unit| by_unit[unit] >= need(unit));
        return met.then_some(all);
    }
    let needed: u64 = sides.needs.iter().sum();
    let mut most = u64::MAX;
    let mut of_needs = u64::MAX;
    for mask in 0_u32..1 << open.len() {
        let full: Vec<u32> = (0..open.len())
            .filter(|place| mask >> place & 1 == 1)
            .map(|place| open[place])
            .collect();
        let filled: u64 = full.iter().map(|&one| sides.capacities[one as usize]).sum();
        // Whoever lives in no unit stands last.
        let units = count.max(sides.needs.len());
        let mut left = vec![0; units + 1];
        for (client, weight) in clients() {
            let elsewhere = near(instance, client, limit, open);
            if elsewhere.iter().any(|one| !full.contains(one)) {
                left[lived(client).first().map_or(units, |unit| *unit as usize)] += weight;
            }
        }
        most = most.min(filled + left.iter().sum::<u64>());
        let limited = left
            .iter()
            .enumerate()
            .map(|(unit, &left)| left.min(need(unit)));
        of_needs = of_needs.min(filled + limited.sum::<u64>());
    }
    (of_needs == needed).then_some(most)
}

/// What a choice comes to; none where it is no plan.
fn judged(instance: &Instance, problem: Problem, terms: &Terms, open: &[u32]) -> Option<u64> {
    let all: Vec<u32> = open.iter().chain(&terms.kept).copied().collect();
    for group in &terms.sides.groups {
        let taken = open.iter().filter(|one| group.candidates.contains(one));
        let taken: u64 = taken
            .map(|&one| match group.counted {
                Counted::Sites => 1,
                Counted::Costs => terms.cost(one),
            })
            .sum();
        if taken > group.most {
            return None;
        }
    }
    match problem {
        Problem::Mclp { limit } => covered(instance, terms, limit, &all),
        Problem::Lscp { limit } => {
            let mut terms = terms.clone();
            if terms.sides.needs.is_empty() {
                let possible: Vec<u32> = (0..instance.candidates)
                    .filter(|one| !terms.forbidden.contains(one))
                    .collect();
                let most = covered(instance, &terms, limit, &possible)?;
                terms.sides.units = vec![vec![0]; instance.weights.len()];
                terms.sides.needs = vec![most];
            }
            covered(instance, &terms, limit, &all)?;
            Some(open.iter().map(|&one| terms.cost(one)).sum())
        }
        _ => unreachable!("two problems cover"),
    }
}

/// The best of all plans, by trying each.
fn best(instance: &Instance, problem: Problem, terms: &Terms) -> Option<u64> {
    let plans = plans(instance, terms).filter_map(|open| {
        let fits = allowed(problem, terms, &open);
        fits.then(|| judged(instance, problem, terms, &open))
            .flatten()
    });
    match problem {
        Problem::Mclp { .. } => plans.max(),
        _ => plans.min(),
    }
}

/// What is asked besides, one thing or several.
fn with_sides() -> impl Strategy<Value = (Instance, Terms)> {
    with_terms(12).prop_flat_map(|(instance, terms)| {
        let clients = instance.weights.len();
        let candidates = instance.candidates as usize;
        let needs = prop_oneof![
            Just(Vec::new()),
            proptest::collection::vec(0_u64..60, 1..=3),
        ];
        let lived = proptest::collection::vec(0_u32..3, 0..=2);
        let units = proptest::collection::vec(lived, clients);
        let backup = (1_u32..=3).prop_map(|times| (times, Vec::new()));
        let limited = proptest::collection::vec(0_u64..80, candidates).prop_map(|all| (1, all));
        // All cuts of all plans are as many as three to the number of candidates.
        let kind = if candidates <= 8 {
            prop_oneof![backup, limited].boxed()
        } else {
            backup.boxed()
        };
        let group = (
            proptest::collection::vec(0..instance.candidates, 0..5),
            0_u64..3,
            prop_oneof![Just(Counted::Sites), Just(Counted::Costs)],
        );
        let group = group.prop_map(|(candidates, most, counted)| Group {
            candidates,
            most,
            counted,
        });
        let groups = proptest::collection::vec(group, 0..3);
        let sides = (needs, units, kind, groups);
        (Just((instance, terms)), sides).prop_map(|((instance, terms), sides)| {
            let (needs, mut units, (times, capacities), groups) = sides;
            if !capacities.is_empty() {
                for units in &mut units {
                    units.truncate(1);
                }
            }
            for units in &mut units {
                units.dedup();
            }
            let sides = Sides {
                times,
                units: if needs.is_empty() { Vec::new() } else { units },
                needs,
                capacities,
                groups,
            };
            (instance, Terms { sides, ..terms })
        })
    })
}

fn check(instance: &Instance, problem: Problem, terms: &Terms) -> Result<(), TestCaseError> {
    let best = best(instance, problem, terms);
    let plan = match solve(&instance.matrix(), problem, terms, &Limits::NONE) {
        Ok(plan) => plan,
        Err(error) => {
            let right = matches!(
                error,
                PlanError::ForcedExceedRoom { .. }
                    | PlanError::NeedOutOfReach { .. }
                    | PlanError::NeedsExceedRoom { .. }
                    | PlanError::NeedsExceedGroups
            );
            prop_assert!(right, "{error}");
            prop_assert_eq!(best, None, "{}", error);
            return Ok(());
        }
    };
    prop_assert_eq!(Some(plan.objective), best, "{:?}", &plan);
    prop_assert!(plan.proved(), "{:?}", &plan);
    stopped_early(instance, problem, terms, plan.objective)?;
    prop_assert!(allowed(problem, terms, &plan.open), "{:?}", &plan);
    let found = judged(instance, problem, terms, &plan.open);
    prop_assert_eq!(found, Some(plan.objective), "{:?}", &plan);
    // Each step adds what it says.
    let sides = Sides {
        needs: Vec::new(),
        groups: Vec::new(),
        ..terms.sides.clone()
    };
    let free = Terms {
        sides,
        ..terms.clone()
    };
    let (Problem::Mclp { limit } | Problem::Lscp { limit }) = problem else {
        unreachable!("two problems cover");
    };
    let mut open = terms.kept.clone();
    let mut had = covered(instance, &free, limit, &open);
    for step in steps(&instance.matrix(), problem, terms, &plan) {
        open.push(step.candidate);
        let total = covered(instance, &free, limit, &open);
        prop_assert_eq!(
            (Some(step.total), Some(step.gain)),
            (total, total.zip(had).map(|(total, had)| total - had))
        );
        had = total;
    }
    Ok(())
}

/// However early the search ends, its bound is one.
fn stopped_early(
    instance: &Instance,
    problem: Problem,
    terms: &Terms,
    best: u64,
) -> Result<(), TestCaseError> {
    for work in [0, 1, 100, 10_000] {
        let limits = Limits {
            work,
            ..Limits::NONE
        };
        let Ok(plan) = solve(&instance.matrix(), problem, terms, &limits) else {
            continue;
        };
        let is_bound = match problem {
            Problem::Mclp { .. } => plan.objective <= best && best <= plan.bound,
            _ => plan.bound <= best && best <= plan.objective,
        };
        prop_assert!(is_bound, "{} is best, after {}: {:?}", best, work, &plan);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn most_is_covered_as_all_conditions_allow((instance, terms) in with_sides(), limit in 5_u32..40) {
        check(&instance, Problem::Mclp { limit }, &terms)?;
    }

    #[test]
    fn the_cheapest_plan_meets_all_conditions((instance, terms) in with_sides(), limit in 5_u32..40) {
        check(&instance, Problem::Lscp { limit }, &terms)?;
    }
}

/// Two villages of ten and one of three, each with a candidate of its own; the last candidate has the small one
/// and one of the large ones.
fn villages() -> (Instance, Terms) {
    let instance = Instance {
        weights: vec![10, 10, 3],
        candidates: 4,
        pairs: vec![(0, 0, 1), (1, 1, 1), (2, 2, 1), (2, 3, 1), (1, 3, 1)],
    };
    (instance, Terms::new(Room::Sites(1)))
}

/// Most people within one step.
fn most_within_1(instance: &Instance, terms: &Terms) -> Result<Plan, PlanError> {
    let problem = Problem::Mclp { limit: 1 };
    solve(&instance.matrix(), problem, terms, &Limits::NONE)
}

/// Fewest sites that have everybody within one step.
fn cheapest_within_1(instance: &Instance, terms: &Terms) -> Result<Plan, PlanError> {
    let problem = Problem::Lscp { limit: 1 };
    solve(&instance.matrix(), problem, terms, &Limits::NONE)
}

#[test]
fn a_share_for_each_unit_moves_the_plan_to_the_small_village() {
    let (instance, terms) = villages();
    let sides = Sides {
        units: vec![vec![0], vec![0], vec![1]],
        needs: vec![0, 3],
        ..Sides::NONE
    };
    let terms = Terms { sides, ..terms };
    let plan = most_within_1(&instance, &terms);
    let plan = plan.expect("a plan");
    assert_eq!((plan.open, plan.objective), (vec![3], 13));
    // One site does not meet both units' needs, and that is told as proved.
    let sides = Sides {
        needs: vec![20, 3],
        ..terms.sides.clone()
    };
    let terms = Terms { sides, ..terms };
    let refused = most_within_1(&instance, &terms);
    assert_eq!(
        refused.expect_err("none").to_string(),
        "no plan of 1 meets what every unit needs: this is proved – allow more, or ask for less"
    );
    let plan = cheapest_within_1(&instance, &terms);
    assert_eq!(plan.expect("a plan").open, [0, 3]);
}

#[test]
fn conditions_give_the_same_plan_on_any_number_of_threads() {
    let instance = plane(90, 60);
    let sides = Sides {
        units: (0..90).map(|client| vec![client % 4]).collect(),
        needs: vec![60, 120, 60, 150],
        ..Sides::NONE
    };
    let limited = Sides {
        capacities: (0..60).map(|one| 60 + one * 13 % 41).collect(),
        ..sides.clone()
    };
    let limits = Limits {
        work: 3_000_000,
        ..Limits::NONE
    };
    for sides in [sides, limited] {
        let terms = Terms {
            sides,
            ..Terms::new(Room::Sites(7))
        };
        for problem in [Problem::Mclp { limit: 15 }, Problem::Lscp { limit: 15 }] {
            let [one, eight] = [1, 8].map(|threads| {
                on_threads(threads, || {
                    solve(&instance.matrix(), problem, &terms, &limits).expect("a plan")
                })
            });
            assert_eq!(one, eight);
            assert!(one.gap() < 0.2, "{one:?}");
        }
    }
}

#[test]
fn a_full_site_leaves_the_rest_to_another() {
    let (instance, terms) = villages();
    let sides = Sides {
        capacities: vec![4, 20, 3, 12],
        ..Sides::NONE
    };
    let terms = Terms { sides, ..terms };
    let plan = most_within_1(&instance, &terms);
    let plan = plan.expect("a plan");
    assert_eq!((plan.open, plan.objective), (vec![3], 12));
}

#[test]
fn conditions_that_do_not_fit_are_refused() {
    let (instance, terms) = villages();
    let refused = |problem, sides| {
        let terms = Terms {
            sides,
            ..terms.clone()
        };
        let plan = solve(&instance.matrix(), problem, &terms, &Limits::NONE);
        plan.expect_err("none").to_string()
    };
    let mclp = Problem::Mclp { limit: 1 };
    let twice = Sides {
        times: 2,
        ..Sides::NONE
    };
    let some = [
        (
            Problem::PCenter,
            twice.clone(),
            "are conditions of covering – ask lscp or mclp",
        ),
        (
            mclp,
            Sides {
                capacities: vec![1; 4],
                ..twice
            },
            "ask for backup or for capacities",
        ),
        (
            mclp,
            Sides {
                capacities: vec![1; 3],
                ..Sides::NONE
            },
            "3 capacities for 4 candidates",
        ),
        (
            mclp,
            Sides {
                units: vec![vec![0]],
                needs: vec![1],
                ..Sides::NONE
            },
            "1 unit for 3 clients",
        ),
        (
            mclp,
            Sides {
                units: vec![vec![0]; 3],
                needs: vec![24],
                ..Sides::NONE
            },
            "unit 0, counted from 0, needs 24 covered, and all candidates together cover 23",
        ),
        (
            mclp,
            Sides {
                units: vec![vec![0, 1]; 3],
                capacities: vec![1; 4],
                ..Sides::NONE
            },
            "ask for the shares of one level of units",
        ),
        (
            Problem::Lscp { limit: 1 },
            Sides {
                groups: vec![Group {
                    candidates: vec![0, 1, 2],
                    most: 0,
                    counted: Counted::Sites,
                }],
                ..Sides::NONE
            },
            "the limits of groups leave no plan",
        ),
    ];
    for (problem, sides, why) in some {
        let said = refused(problem, sides);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn a_cheapest_plan_stopped_early_has_no_false_bound() {
    let instance = plane(60, 60);
    let sides = Sides {
        times: 2,
        ..Sides::NONE
    };
    let terms = Terms {
        sides,
        ..Terms::new(Room::Unlimited)
    };
    // So far that two sites cover everybody.
    let problem = Problem::Lscp { limit: 200 };
    let plan_after = |work| {
        let limits = Limits {
            work,
            ..Limits::NONE
        };
        solve(&instance.matrix(), problem, &terms, &limits).expect("a plan, however bad")
    };
    let mut unproved = 0;
    for work in [0, 1, 100, 1_000, 3_000, 10_000] {
        let plan = plan_after(work);
        assert!(plan.bound <= 2, "after {work}: {plan:?}");
        assert!(plan.objective >= 2, "after {work}: {plan:?}");
        unproved += u32::from(!plan.proved());
    }
    // Some were stopped before the proof, and the last was not.
    assert!(unproved > 0);
    let best = plan_after(10_000);
    assert_eq!((best.objective, best.bound), (2, 2));
}

#[test]
fn units_that_need_nothing_cost_nothing() {
    let (instance, terms) = villages();
    // Once without end: so much work must do.
    let limits = Limits {
        work: 50_000,
        ..Limits::NONE
    };
    for (needs, cost) in [(vec![0, 0], 0), (vec![0, 3], 1), (vec![11, 0], 2)] {
        let sides = Sides {
            units: vec![vec![0], vec![0], vec![1]],
            needs,
            ..Sides::NONE
        };
        let terms = Terms {
            sides,
            ..terms.clone()
        };
        let problem = Problem::Lscp { limit: 1 };
        let plan = solve(&instance.matrix(), problem, &terms, &limits).expect("a plan");
        assert_eq!((plan.objective, plan.bound), (cost, cost), "{plan:?}");
    }
}

#[test]
fn whoever_finds_no_room_is_named() {
    let (instance, terms) = villages();
    let sides = Sides {
        capacities: vec![4, 20, 3, 12],
        ..Sides::NONE
    };
    let terms = Terms { sides, ..terms };
    let problem = Problem::Lscp { limit: 1 };
    let plan = solve(&instance.matrix(), problem, &terms, &Limits::NONE).expect("a plan");
    // The first village has a site for four of its ten.
    assert_eq!((plan.objective, plan.unserved), (3, vec![0]));
}

#[test]
fn the_cause_of_no_plan_is_named() {
    let (instance, terms) = villages();
    let sides = |most| Sides {
        units: vec![vec![0]; 3],
        needs: vec![20],
        groups: vec![Group {
            candidates: vec![0, 1],
            most,
            counted: Counted::Sites,
        }],
        ..Sides::NONE
    };
    let refused = |room, most| {
        let terms = Terms {
            room: Room::Sites(room),
            sides: sides(most),
            ..terms.clone()
        };
        let problem = Problem::Mclp { limit: 1 };
        solve(&instance.matrix(), problem, &terms, &Limits::NONE).err()
    };
    // Of 23 people twenty take two sites; the group lets one open, and with the last one that makes 13.
    assert_eq!(refused(1, 2), Some(PlanError::NeedsExceedRoom { room: 1 }));
    assert_eq!(refused(2, 0), Some(PlanError::NeedsExceedGroups));
    assert_eq!(refused(2, 2), None);
    let never = Sides {
        times: 0,
        ..Sides::NONE
    };
    let terms = Terms {
        sides: never,
        ..terms
    };
    let problem = Problem::PCenter;
    let refused = solve(&instance.matrix(), problem, &terms, &Limits::NONE);
    assert_eq!(refused.err(), Some(PlanError::NoTimes));
}

#[test]
fn work_ends_soon_after_its_limit() {
    let instance = plane(90, 60);
    let sides = Sides {
        capacities: (0..60).map(|one| 60 + one * 13 % 41).collect(),
        ..Sides::NONE
    };
    let terms = Terms {
        sides,
        ..Terms::new(Room::Sites(7))
    };
    let limits = Limits {
        work: 10_000,
        ..Limits::NONE
    };
    let problem = Problem::Mclp { limit: 60 };
    let plan = solve(&instance.matrix(), problem, &terms, &limits).expect("a plan");
    // Some looks of two flows each beyond it, not one at every candidate.
    assert!(plan.work < 50_000, "{plan:?}");
}
