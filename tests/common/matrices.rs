//! Published matrices, for tests and benches. None when `WALKSHED_DATA` names no data folder; a panic when a file of
//! it is missing.
//!
//! OR-Library: *p*-median instances of Beasley, whose distances are all shortest paths; where an edge is listed twice,
//! the last one counts. Porto Alegre: 1,113 hexagons to each other in metres, as far as 1,125.

use std::fs;
use std::io::Read;
use std::path::PathBuf;

use walkshed::plan::Matrix;

/// A folder of the data.
pub fn folder(name: &str) -> Option<PathBuf> {
    let data = std::env::var_os("WALKSHED_DATA");
    if data.is_none() {
        eprintln!("skipped: WALKSHED_DATA is not set");
    }
    data.map(|data| PathBuf::from(data).join("data").join(name))
}

/// An instance of the OR-Library with its number of sites.
pub fn or_library(name: &str) -> Option<(Matrix, u64)> {
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

/// The hexagons of Porto Alegre to each other, in metres.
pub fn porto_alegre() -> Option<Matrix> {
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
