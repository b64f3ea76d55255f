//! Whether the best plan is found and proved, by trying all plans.

use proptest::prelude::*;
use walkshed::plan::{Limits, PlanError, Problem, Terms, solve, steps};

use crate::instances::{Instance, allowed, with_terms};

/// What a plan must hold for an instance; the brute force says what is best.
fn check(instance: &Instance, problem: Problem, terms: &Terms) -> Result<(), TestCaseError> {
    let matrix = instance.matrix();
    let best = instance.best(problem, terms);
    let plan = match solve(&matrix, problem, terms, &Limits::NONE) {
        Ok(plan) => plan,
        Err(error) => {
            let right = match error {
                PlanError::ForcedExceedRoom { .. } => !matches!(problem, Problem::Lscp { .. }),
                PlanError::TooFew { .. } => problem == Problem::PCenter,
                _ => false,
            };
            prop_assert!(right, "{error}");
            prop_assert_eq!(best, None);
            return Ok(());
        }
    };
    prop_assert_eq!(Some(plan.objective), best, "{:?}", &plan);
    prop_assert!(plan.proved(), "{:?}", &plan);
    prop_assert!(allowed(problem, terms, &plan.open), "{:?}", &plan);
    let judged = instance.judged(problem, terms, &plan.open);
    prop_assert_eq!(judged, Some(plan.objective), "{:?}", &plan);
    let steps = steps(&matrix, problem, terms, &plan);
    let mut opened: Vec<u32> = steps.iter().map(|step| step.candidate).collect();
    opened.sort_unstable();
    prop_assert_eq!(&opened, &plan.open);
    if let (Problem::Mclp { .. }, Some(last)) = (problem, steps.last()) {
        prop_assert_eq!(last.total, plan.objective);
    }
    // Each step adds what it says: the steps so far are a plan of that total.
    for (done, step) in steps.iter().enumerate() {
        let so_far: Vec<u32> = steps[..=done].iter().map(|step| step.candidate).collect();
        if let Problem::Mclp { .. } = problem {
            let free = Terms {
                forced: Vec::new(),
                ..terms.clone()
            };
            prop_assert_eq!(instance.judged(problem, &free, &so_far), Some(step.total));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn the_lscp_is_solved((instance, terms) in with_terms(12), limit in 0_u32..40) {
        check(&instance, Problem::Lscp { limit }, &terms)?;
    }

    #[test]
    fn the_mclp_is_solved((instance, terms) in with_terms(12), limit in 0_u32..40) {
        check(&instance, Problem::Mclp { limit }, &terms)?;
    }

    #[test]
    fn the_p_median_is_solved((instance, terms) in with_terms(12), beyond in 0_u32..60) {
        check(&instance, Problem::PMedian { beyond }, &terms)?;
    }

    #[test]
    fn the_p_center_is_solved((instance, terms) in with_terms(12)) {
        check(&instance, Problem::PCenter, &terms)?;
    }

    #[test]
    fn those_left_out_are_those_whom_nothing_serves((instance, terms) in with_terms(12), limit in 0_u32..40) {
        // What the LSCP and the p-center name as not served is so, and nobody else is.
        let serves = |client: u32, limit: u32| instance.pairs.iter().any(|&(of, candidate, cost)| {
            of == client && cost <= limit && !terms.forbidden.contains(&candidate)
        });
        for (problem, limit) in [(Problem::Lscp { limit }, limit), (Problem::PCenter, u32::MAX)] {
            let Ok(plan) = solve(&instance.matrix(), problem, &terms, &Limits::NONE) else {
                continue;
            };
            let asking = (0_u32..).zip(&instance.weights).filter(|(_, weight)| **weight > 0);
            let left: Vec<u32> = asking.map(|(client, _)| client).filter(|&one| !serves(one, limit)).collect();
            prop_assert_eq!(plan.unserved, left);
        }
    }
}
