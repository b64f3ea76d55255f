//! What holds of plans whatever the instance.

use std::sync::Mutex;

use proptest::prelude::*;
use walkshed::plan::{
    Limits, Matrix, Plan, Problem, Room, Standing, Terms, Watch, solve, solve_each,
};

use crate::instances::{Instance, with_terms};

const PROBLEMS: [Problem; 4] = [
    Problem::Lscp { limit: 15 },
    Problem::Mclp { limit: 15 },
    Problem::PMedian { beyond: 50 },
    Problem::PCenter,
];

pub fn on_threads(threads: usize, work: impl Fn() -> Plan + Sync + Send) -> Plan {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    pool.expect("threads").install(work)
}

/// Points on a plane as clients and candidates, by a fixed rule; costs are distances.
pub fn plane(clients: u32, candidates: u32) -> Instance {
    let at = |number: u32, salt: u32| {
        let mixed = number
            .wrapping_mul(2_654_435_761)
            .wrapping_add(salt.wrapping_mul(40_503));
        (i64::from(mixed >> 8) % 100, i64::from(mixed >> 16) % 100)
    };
    let mut pairs = Vec::new();
    for client in 0..clients {
        for candidate in 0..candidates {
            let (x, y) = at(client, 1);
            let (u, v) = at(candidate, 7);
            let cost = u32::try_from((x - u).abs() + (y - v).abs()).expect("small");
            pairs.push((client, candidate, cost));
        }
    }
    Instance {
        weights: (0..clients)
            .map(|client| u64::from(1 + client * 7 % 23))
            .collect(),
        candidates,
        pairs,
    }
}

#[test]
fn plans_are_the_same_on_any_number_of_threads() {
    let matrix = plane(90, 60).matrix();
    let terms = Terms::new(Room::Sites(7));
    for problem in PROBLEMS {
        let [one, eight] = [1, 8].map(|threads| {
            on_threads(threads, || {
                solve(&matrix, problem, &terms, &Limits::NONE).expect("a plan")
            })
        });
        assert_eq!(one, eight);
        assert!(one.proved());
    }
}

#[test]
fn little_work_leaves_a_plan_and_a_true_bound() {
    let matrix = plane(90, 60).matrix();
    for problem in [PROBLEMS[0], PROBLEMS[1], PROBLEMS[2]] {
        let terms = Terms::new(Room::Sites(7));
        let whole = solve(&matrix, problem, &terms, &Limits::NONE).expect("a plan");
        let limits = Limits {
            work: 1,
            ..Limits::NONE
        };
        let early = solve(&matrix, problem, &terms, &limits).expect("a plan");
        if let Problem::Mclp { .. } = problem {
            assert!(early.objective <= whole.objective && whole.objective <= early.bound);
        } else {
            assert!(early.objective >= whole.objective && whole.objective >= early.bound);
        }
        assert!(early.work < whole.work);
    }
}

/// Notes every standing, and stops when it is told to.
#[derive(Default)]
struct Notes {
    heard: Mutex<Vec<Standing>>,
    stop: bool,
}

impl Watch for Notes {
    fn hear(&self, standing: Standing) {
        self.heard.lock().expect("nobody panics").push(standing);
    }
    fn stop(&self) -> bool {
        self.stop
    }
}

#[test]
fn standings_close_in_on_the_answer() {
    let matrix = plane(90, 60).matrix();
    let notes = Notes::default();
    let limits = Limits {
        work: u64::MAX,
        watch: &notes,
    };
    let terms = Terms::new(Room::Sites(7));
    let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &limits).expect("a plan");
    let heard = notes.heard.into_inner().expect("nobody panics");
    assert!(heard.len() >= 2);
    for pair in heard.windows(2) {
        assert!(pair[0].objective <= pair[1].objective && pair[0].bound >= pair[1].bound);
    }
    let last = heard.last().expect("some");
    assert_eq!((last.objective, last.bound), (plan.objective, plan.bound));
}

#[test]
fn one_who_stops_at_once_gets_the_first_plan() {
    let matrix = plane(90, 60).matrix();
    let notes = Notes {
        stop: true,
        ..Notes::default()
    };
    let limits = Limits {
        work: u64::MAX,
        watch: &notes,
    };
    let terms = Terms::new(Room::Sites(7));
    let plan = solve(&matrix, Problem::Mclp { limit: 15 }, &terms, &limits).expect("a plan");
    assert_eq!(plan.open.len(), 7);
    assert!(!plan.proved() && plan.gap() > 0.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn plans_of_several_rooms_are_those_of_each((instance, terms) in with_terms(9)) {
        let matrix = instance.matrix();
        let rooms = [3, 0, 1, 5];
        for problem in PROBLEMS {
            let each = rooms.map(|room| {
                // Numbers of sites, or budgets where the terms have one.
                let room = match terms.room {
                    Room::Budget(_) => Room::Budget(room),
                    _ => Room::Sites(room),
                };
                let terms = Terms { room, ..terms.clone() };
                solve(&matrix, problem, &terms, &Limits::NONE).ok()
            });
            let together = solve_each(&matrix, problem, (&terms, &rooms), &Limits::NONE);
            prop_assert_eq!(together.expect("plans"), each);
        }
        let strange = Terms { forced: vec![99], ..terms };
        for problem in PROBLEMS {
            prop_assert!(solve_each(&matrix, problem, (&strange, &rooms), &Limits::NONE).is_err());
        }
    }

    #[test]
    fn more_room_is_never_worse((instance, terms) in with_terms(12), limit in 0_u32..40) {
        let matrix = instance.matrix();
        let mut before: Option<u64> = None;
        for sites in 0..6 {
            let terms = Terms { room: Room::Sites(sites), forced: Vec::new(), ..terms.clone() };
            let plan = solve(&matrix, Problem::Mclp { limit }, &terms, &Limits::NONE).expect("a plan");
            prop_assert!(before.is_none_or(|before| before <= plan.objective));
            before = Some(plan.objective);
        }
    }

    #[test]
    fn a_client_split_in_two_changes_nothing((instance, terms) in with_terms(12)) {
        let terms = Terms { forced: Vec::new(), ..terms };
        let mut split = instance.clone();
        let last = u32::try_from(instance.weights.len()).expect("few");
        let half = instance.weights[0] / 2;
        split.weights[0] -= half;
        split.weights.push(half);
        for &(client, candidate, cost) in instance.pairs.iter().filter(|pair| pair.0 == 0) {
            split.pairs.push((client + last, candidate, cost));
        }
        for problem in PROBLEMS {
            let [one, other] = [&instance, &split].map(|instance| {
                let plan = solve(&instance.matrix(), problem, &terms, &Limits::NONE);
                plan.map(|plan| (plan.objective, plan.open)).ok()
            });
            prop_assert_eq!(one.map(|one| one.0), other.map(|other| other.0));
        }
    }

    #[test]
    fn the_order_of_pairs_changes_nothing((instance, terms) in with_terms(12)) {
        let mut turned = instance.clone();
        turned.pairs.reverse();
        for problem in PROBLEMS {
            let [one, other] = [&instance, &turned]
                .map(|instance| solve(&instance.matrix(), problem, &terms, &Limits::NONE));
            prop_assert_eq!(one, other);
        }
    }
}

#[test]
fn terms_that_do_not_fit_are_refused() {
    let matrix = Matrix::new(vec![1, 1], 3, &[(0, 0, 1), (1, 2, 1)]).expect("a matrix");
    let ask = |terms: &Terms| {
        let plan = solve(&matrix, Problem::Mclp { limit: 1 }, terms, &Limits::NONE);
        plan.expect_err("no plan").to_string()
    };
    let some = Terms::new(Room::Sites(1));
    let refused = [
        (
            Terms {
                kept: vec![3],
                ..some.clone()
            },
            "candidate 3, counted from 0, is not there",
        ),
        (
            Terms {
                kept: vec![1],
                forbidden: vec![1],
                ..some.clone()
            },
            "is named twice",
        ),
        (
            Terms {
                forced: vec![0, 1],
                ..some.clone()
            },
            "what must open takes 2",
        ),
        (
            Terms {
                costs: vec![1, 2],
                ..some.clone()
            },
            "2 costs for 3 candidates",
        ),
    ];
    for (terms, why) in refused {
        let said = ask(&terms);
        assert!(said.contains(why), "{said}");
    }
    let pairs = [(2, 0, 1)];
    assert!(Matrix::new(vec![1, 1], 3, &pairs).is_err());
    let large = Matrix::new(vec![1 << 60], 1, &[(0, 0, 1)]).expect("a matrix");
    let plan = solve(&large, Problem::Mclp { limit: 1 }, &some, &Limits::NONE);
    assert!(
        plan.expect_err("too large")
            .to_string()
            .contains("too large")
    );
}

#[test]
fn a_room_that_serves_not_all_tells_what_it_takes() {
    // Three clients, each with a candidate of its own.
    let matrix =
        Matrix::new(vec![1, 1, 1], 3, &[(0, 0, 1), (1, 1, 1), (2, 2, 1)]).expect("a matrix");
    let terms = Terms::new(Room::Sites(2));
    let error = solve(&matrix, Problem::PCenter, &terms, &Limits::NONE).expect_err("too few");
    assert_eq!(
        error.to_string(),
        "with 2 not everybody gets to a site, however far: it takes 3 at least – allow more sites, or a longer search"
    );
    let enough = Terms::new(Room::Sites(3));
    assert!(solve(&matrix, Problem::PCenter, &enough, &Limits::NONE).is_ok());
}
