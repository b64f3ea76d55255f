//! Clients that want the same candidates in the same order become one.

use std::collections::HashMap;

use super::gains::{Gain, Gains, number};
use crate::search::Csr;

/// Clients that rank the same candidates alike gain as one client does, whose gains are the sums.
///
/// Sound because whatever is open, the first open candidate of the ranking is the best of all of
/// them, so their gains always come from the same one. Clients that are within the limit of the same
/// candidates are the usual case. O(pairs).
pub(super) fn merged(mut gains: Gains) -> Gains {
    let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
    let mut first: Vec<u32> = Vec::new();
    let mut sums: Vec<Vec<i64>> = Vec::new();
    let mut prices: Vec<i64> = Vec::new();
    for client in 0..number(gains.clients()) {
        let row = gains.rows.row(client);
        let ranking: Vec<u32> = row.iter().map(|pair| pair.of).collect();
        let next = number(first.len());
        let place = *known.entry(ranking).or_insert(next);
        if place == next {
            first.push(client);
            sums.push(vec![0; row.len()]);
            prices.push(0);
        }
        prices[place as usize] += gains.prices.get(client as usize).copied().unwrap_or(0);
        for (sum, pair) in sums[place as usize].iter_mut().zip(row) {
            *sum += pair.gain;
        }
    }
    if first.len() == gains.clients() {
        return gains;
    }
    let pairs = first
        .iter()
        .zip(&sums)
        .enumerate()
        .flat_map(|(new, (&client, sums))| {
            let row = gains.rows.row(client).iter().zip(sums);
            row.map(move |(pair, &gain)| (number(new), Gain { of: pair.of, gain }))
        });
    let rows = Csr::new(first.len(), pairs.collect::<Vec<_>>().into_iter());
    if !gains.prices.is_empty() {
        gains.prices = prices;
    }
    gains.with_rows(rows)
}
