//! Published instances. Run when `WALKSHED_DATA` names the data folder, and then fail if a file is missing.
//!
//! San Francisco: 205 tracts × 16 stores of pysal's spopt. OR-Library: *p*-median instances of Beasley, whose
//! distances are all shortest paths; where an edge is listed twice, the last one counts. Porto Alegre: 1,113
//! hexagons to each other in metres.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

use walkshed::plan::{Limits, Matrix, Plan, Problem, Room, Terms, solve};

fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("WALKSHED_DATA");
    if data.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    data.map(|data| PathBuf::from(data).join("data").join(name))
}

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

/// An instance of the OR-Library with its number of sites.
fn or_library(name: &str) -> Option<(Matrix, u64)> {
    let file = folder("orlib_pmed")?.join(format!("pmed{name}.txt"));
    let text = fs::read_to_string(file).expect("the file is there");
    let numbers: Vec<u32> = text
        .split_whitespace()
        .map(|word| word.parse().expect("a number"))
        .collect();
    let nodes = numbers[0] as usize;
    let mut far = vec![u32::MAX / 4; nodes * nodes];
    for node in 0..nodes {
        far[node * nodes + node] = 0;
    }
    for edge in numbers[3..].chunks_exact(3) {
        let [a, b] = [edge[0] as usize - 1, edge[1] as usize - 1];
        far[a * nodes + b] = edge[2];
        far[b * nodes + a] = edge[2];
    }
    for via in 0..nodes {
        let row = far[via * nodes..(via + 1) * nodes].to_vec();
        for from in far.chunks_exact_mut(nodes) {
            let first = from[via];
            for (to, rest) in from.iter_mut().zip(&row) {
                *to = (*to).min(first + rest);
            }
        }
    }
    let places = 0..numbers[0];
    let pairs: Vec<(u32, u32, u32)> = places
        .clone()
        .flat_map(|from| places.clone().map(move |to| (from, to)))
        .zip(&far)
        .map(|((from, to), &far)| (from, to, far))
        .collect();
    let matrix = Matrix::new(vec![1; nodes], nodes, &pairs).expect("a matrix");
    Some((matrix, u64::from(numbers[2])))
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

/// The hexagons of Porto Alegre to each other, in metres.
fn porto_alegre() -> Option<Matrix> {
    let folder = folder("oracle/poa")?;
    let sites = fs::read_to_string(folder.join("facloc_sites.csv")).expect("the file is there");
    let weights: Vec<u64> = sites
        .lines()
        .skip(1)
        .map(|line| {
            line.rsplit(',')
                .next()
                .expect("a field")
                .parse()
                .expect("people")
        })
        .collect();
    let packed = fs::File::open(folder.join("facloc_cost_m_i32le.bin.gz")).expect("there");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed)
        .read_to_end(&mut bytes)
        .expect("whole");
    let places = u32::try_from(weights.len()).expect("few");
    assert_eq!(bytes.len(), weights.len() * weights.len() * 4);
    let all = (0..places).flat_map(|from| (0..places).map(move |to| (from, to)));
    let pairs: Vec<(u32, u32, u32)> = all
        .zip(bytes.chunks_exact(4))
        .filter_map(|((from, to), bytes)| {
            let metres = i32::from_le_bytes(bytes.try_into().expect("four"));
            // A negative one is no way.
            u32::try_from(metres).ok().map(|metres| (from, to, metres))
        })
        .filter(|pair| pair.2 <= 1125)
        .collect();
    Some(Matrix::new(weights, places as usize, &pairs).expect("a matrix"))
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
fn all_of_porto_alegre_is_covered_by_nearly_the_fewest() {
    let Some(matrix) = porto_alegre() else {
        return;
    };
    // So much work and no more: the same end on every machine.
    let limits = Limits {
        work: 150_000_000,
        ..Limits::NONE
    };
    let terms = Terms::new(Room::Unlimited);
    let plan = solve(&matrix, Problem::Lscp { limit: 1125 }, &terms, &limits).expect("a plan");
    // Another solver proves that 72 are the fewest.
    assert!(plan.objective <= 75, "{}", plan.objective);
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
