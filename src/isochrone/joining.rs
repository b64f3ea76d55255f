//! The lands of several places put together, or taken apart.

use rayon::prelude::*;

use super::isochrones::Isochrone;
use crate::units::TravelTime;

/// So many shapes are joined at once: the same for any number of threads, as every joining rounds.
const TOGETHER: usize = 8;

/// By limit what lies in the first or in any of the others; as a tree, in parallel.
pub(super) fn joined(first: &[Isochrone], others: &[Vec<Isochrone>]) -> Vec<Isochrone> {
    let mut level: Vec<Vec<Isochrone>> = std::iter::once(first.to_vec())
        .chain(others.iter().cloned())
        .collect();
    while level.len() > 1 {
        level = level.par_chunks(TOGETHER).map(joined_at_once).collect();
    }
    level.pop().unwrap_or_default()
}

fn joined_at_once(some: &[Vec<Isochrone>]) -> Vec<Isochrone> {
    let bands = some.first().map_or(0, Vec::len);
    (0..bands)
        .map(|band| {
            let mut all = some.iter().map(|one| &one[band]);
            all.next().map(|first| first.with(all)).unwrap_or_default()
        })
        .collect()
}

/// The same lands with what two of them have in common given to one: to the first, but for what is within
/// a shorter limit of the other. A longer limit still holds all that a shorter one holds.
pub(super) fn apart(lands: Vec<Vec<Isochrone>>, limits: &[TravelTime]) -> Vec<Vec<Isochrone>> {
    let mut order: Vec<usize> = (0..limits.len()).collect();
    order.sort_by_key(|&band| limits[band]);
    let mut apart = lands;
    let mut shorter: Option<usize> = None;
    for band in order {
        for land in 0..apart.len() {
            let own = &apart[land][band];
            // What a shorter limit won stays won within a longer one.
            let own = match shorter {
                Some(shorter) => own.with([&apart[land][shorter]]),
                None => own.clone(),
            };
            // Those before have taken what they share with it; those after it keep what they reach
            // within a shorter limit.
            let before = apart[..land].iter().map(|other| &other[band]);
            let after = apart[land + 1..].iter();
            let after = after.filter_map(|other| shorter.map(|shorter| &other[shorter]));
            let near: Vec<&Isochrone> = before
                .chain(after)
                .filter(|other| other.is_near(&own))
                .collect();
            let own = if near.is_empty() {
                own
            } else {
                own.without(near)
            };
            apart[land][band] = own;
        }
        shorter = Some(band);
    }
    apart
}
