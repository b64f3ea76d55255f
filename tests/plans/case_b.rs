//! An invented instance of 60 clients and 20 candidates, whose optima are known from trying all plans and
//! from another solver.
//!
//! Costs are in halves there, and doubled here.

use walkshed::plan::{Limits, Matrix, Plan, Problem, Room, Terms, solve};

fn matrix() -> Matrix {
    let weights = (0..60).map(|i| 50 + ((29 * i + 7) % 83) * 3).collect();
    let mut pairs = Vec::new();
    for i in 0..60 {
        for j in 0..20 {
            pairs.push((
                i,
                j,
                2 + (i * i * 3 + j * j * 11 + i * j * 5 + i * 13 + j * 17) % 59,
            ));
        }
    }
    let matrix = Matrix::new(weights, 20, &pairs).expect("a matrix");
    assert_eq!(
        (0..60).map(|client| matrix.weight(client)).sum::<u64>(),
        10_344
    );
    assert_eq!(
        pairs.iter().map(|pair| u64::from(pair.2)).sum::<u64>(),
        36_871
    );
    matrix
}

fn proved(problem: Problem, terms: &Terms) -> Plan {
    let plan = solve(&matrix(), problem, terms, &Limits::NONE).expect("a plan");
    assert!(plan.proved(), "{plan:?}");
    plan
}

#[test]
fn lscp() {
    for (limit, sites) in [(10, 6), (15, 4)] {
        let plan = proved(
            Problem::Lscp { limit: 2 * limit },
            &Terms::new(Room::Unlimited),
        );
        assert_eq!((plan.objective, plan.open.len()), (sites, plan.open.len()));
        assert!(plan.unserved.is_empty());
    }
    let nobody: [(u32, &[u32]); 4] = [
        (4, &[10, 33, 36, 41, 44]),
        (5, &[41]),
        (6, &[41]),
        (8, &[41]),
    ];
    for (limit, clients) in nobody {
        let plan = proved(
            Problem::Lscp { limit: 2 * limit },
            &Terms::new(Room::Unlimited),
        );
        assert_eq!(plan.unserved, clients);
    }
}

#[test]
fn mclp() {
    let covered = [
        (3, [1767, 3095, 4219, 5123, 5854, 6399]),
        (5, [2569, 4680, 6124, 7130, 7975, 8834]),
    ];
    for (limit, people) in covered {
        for (sites, people) in (1..).zip(people) {
            let plan = proved(
                Problem::Mclp { limit: 2 * limit },
                &Terms::new(Room::Sites(sites)),
            );
            assert_eq!(plan.objective, people);
        }
    }
}

#[test]
fn mclp_with_sites_that_stay() {
    let terms = Terms {
        kept: vec![0, 7],
        ..Terms::new(Room::Sites(2))
    };
    let plan = proved(Problem::Mclp { limit: 10 }, &terms);
    assert_eq!((plan.objective, plan.open), (6537, vec![6, 9]));
    // Forced ones count.
    let terms = Terms {
        forced: vec![0, 7],
        ..Terms::new(Room::Sites(4))
    };
    let plan = proved(Problem::Mclp { limit: 10 }, &terms);
    assert_eq!((plan.objective, plan.open), (6537, vec![0, 6, 7, 9]));
}

#[test]
fn p_median() {
    let known: [(u64, u64, &[u32]); 5] = [
        (1, 291_609, &[]),
        (2, 179_805, &[5, 14]),
        (3, 125_612, &[5, 8, 14]),
        (4, 98_186, &[5, 6, 12, 13]),
        (5, 80_962, &[5, 6, 8, 10, 14]),
    ];
    for (sites, sum, open) in known {
        let plan = proved(
            Problem::PMedian { beyond: 60 },
            &Terms::new(Room::Sites(sites)),
        );
        assert_eq!(plan.objective, sum);
        assert!(open.is_empty() || plan.open == open);
    }
}

#[test]
fn p_center() {
    for (sites, dearest) in (1..).zip([56, 41, 33, 25, 23]) {
        let plan = proved(Problem::PCenter, &Terms::new(Room::Sites(sites)));
        assert_eq!(plan.objective, dearest);
    }
}
