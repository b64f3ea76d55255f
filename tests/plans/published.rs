//! Published instances. Run when `WALKSHED_DATA` names the data folder, and then fail if a file is missing.
//!
//! San Francisco: 205 tracts × 16 stores of pysal's spopt. OR-Library: *p*-median instances of Beasley, whose
//! distances are all shortest paths; where an edge is listed twice, the last one counts. Porto Alegre: 1,113
//! hexagons to each other in metres.

use std::collections::HashMap;
use std::fs;

use walkshed::plan::{Limits, Matrix, Plan, Problem, Room, Terms, solve};

use crate::matrices::{folder, or_library, porto_alegre};

fn proved(matrix: &Matrix, problem: Problem, sites: u64) -> Plan {
    let plan = solve(
        matrix,
        problem,
        &Terms::new(Room::Sites(sites)),
        &Limits::NONE,
    );
    let plan = plan.expect("a plan");
    assert!(plan.proved(), "{plan:?}");
    assert!(plan.open.len() as u64 <= sites);
    plan
}

/// The tracts and stores of San Francisco, in millimetres; people of 2000 as weights.
fn san_francisco() -> Option<Matrix> {
    let folder = folder("spopt")?;
    let file = folder.join("SF_network_distance_candidateStore_16_censusTract_205_new.csv");
    let text = fs::read_to_string(file).expect("the file is there");
    let mut tracts: HashMap<&str, u32> = HashMap::new();
    let mut stores: HashMap<&str, u32> = HashMap::new();
    let mut weights = Vec::new();
    let mut pairs = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let next = u32::try_from(tracts.len()).expect("few");
        let tract = *tracts.entry(fields[2]).or_insert(next);
        if tract == next {
            weights.push(fields[3].parse().expect("people"));
        }
        let next = u32::try_from(stores.len()).expect("few");
        let store = *stores.entry(fields[1]).or_insert(next);
        let metres: f64 = fields[0].parse().expect("metres");
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small"
        )]
        // Rounded up: whoever is past the limit stays past it.
        pairs.push((tract, store, (metres * 1000.0).ceil() as u32));
    }
    assert_eq!((tracts.len(), stores.len()), (205, 16));
    Some(Matrix::new(weights, 16, &pairs).expect("a matrix"))
}

#[test]
fn san_francisco_is_proved_where_greedy_fails() {
    let Some(matrix) = san_francisco() else {
        return;
    };
    let plan = proved(&matrix, Problem::Mclp { limit: 5_000_000 }, 5);
    // Greedy ends at 910,944.
    assert_eq!(plan.objective, 927_402);
}

/// Whether an instance's *p*-median and *p*-center are proved, with the published optima.
fn is_proved(name: &str, median: u64, centre: u64) {
    let Some((matrix, sites)) = or_library(name) else {
        return;
    };
    let plan = proved(&matrix, Problem::PMedian { beyond: 2000 }, sites);
    assert_eq!(plan.objective, median);
    let plan = proved(&matrix, Problem::PCenter, sites);
    assert_eq!(plan.objective, centre);
}

#[test]
fn small_instances_of_the_or_library_are_proved() {
    is_proved("1", 5819, 127);
    is_proved("2", 4093, 98);
}

#[test]
fn middle_instances_of_the_or_library_are_proved() {
    is_proved("6", 7824, 84);
    is_proved("11", 7696, 59);
}

#[test]
fn the_largest_instance_of_the_or_library_is_proved() {
    is_proved("40", 5128, 13);
}

#[test]
fn few_sites_of_porto_alegre_are_proved() {
    let Some(matrix) = porto_alegre() else {
        return;
    };
    for (sites, people) in [(1, 47_582), (5, 185_282), (10, 331_501)] {
        let plan = proved(&matrix, Problem::Mclp { limit: 1125 }, sites);
        assert_eq!(plan.objective, people);
    }
}

#[test]
fn many_sites_of_porto_alegre_are_nearly_proved() {
    let Some(matrix) = porto_alegre() else {
        return;
    };
    let limits = Limits {
        work: 700_000_000,
        ..Limits::NONE
    };
    let terms = Terms::new(Room::Sites(40));
    let plan = solve(&matrix, Problem::Mclp { limit: 1125 }, &terms, &limits).expect("a plan");
    // Another solver has 767,774 after 400 seconds, and its relaxed bound is 775,753.
    assert!(plan.objective >= 768_000, "{}", plan.objective);
    assert!((768_877..=777_000).contains(&plan.bound), "{}", plan.bound);
}

#[test]
fn all_of_porto_alegre_is_covered_by_the_fewest() {
    let Some(matrix) = porto_alegre() else {
        return;
    };
    // So much work and no more: the same end on every machine.
    let limits = Limits {
        work: 600_000_000,
        ..Limits::NONE
    };
    let terms = Terms::new(Room::Unlimited);
    let plan = solve(&matrix, Problem::Lscp { limit: 1125 }, &terms, &limits).expect("a plan");
    // Another solver proves that 72 are the fewest.
    assert_eq!(plan.objective, 72);
    assert!((69..=72).contains(&plan.bound), "{}", plan.bound);
    assert!(!plan.proved());
    let served = (0_u32..)
        .take(matrix.clients())
        .filter(|&client| matrix.weight(client) > 0)
        .all(|client| {
            let near = matrix.of(client).iter().take_while(|way| way.cost <= 1125);
            near.into_iter()
                .any(|way| plan.open.contains(&way.candidate))
        });
    assert!(served && plan.unserved.is_empty());
}
