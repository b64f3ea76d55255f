//! What all tiles found, put together.

use std::sync::Arc;

use super::source::TileSource;
use super::tile::Pair;
use crate::ids::SiteId;
use crate::model::Study;
use crate::search::by_group::{Room, TooManyPairs, Walks};
use crate::search::csr::Csr;
use crate::search::kinds::WalkerKinds;
use crate::search::matrix::TravelTimes;
use crate::search::reach::Reach;
use crate::search::rows::Rows;
use crate::search::sentinel::short;
use crate::search::work::Work;
use crate::units::TravelTime;

/// How many pairs a search of this study may find by one profile.
pub(crate) fn pairs_that_fit(study: &Study) -> u64 {
    Room::of(study).pairs()
}

/// The error of more pairs than fit.
pub(crate) fn too_many_pairs(study: &Study) -> TooManyPairs {
    TooManyPairs::of(study, study.target().search)
}

/// The walks of a study, from the pairs that its tiles found: by source, and of each all lists. What
/// one search finds, in the same order. O(pairs log of the longest row).
///
/// # Errors
/// When they take more memory than the study has.
///
/// # Panics
/// When a cell or a site of a pair is none of the study.
pub(crate) fn joined(
    study: &Study,
    sources: &[TileSource],
    pairs: &[Vec<Vec<Pair>>],
) -> Result<Walks, TooManyPairs> {
    let budget = sources
        .first()
        .map_or(TravelTime::ZERO, |source| source.budget);
    let too_many = || TooManyPairs::of(study, budget);
    let kinds = Arc::new(WalkerKinds::new(study));
    let mut room = Room::of(study);
    let mut by_profile = Vec::with_capacity(sources.len());
    for (source, lists) in sources.iter().zip(pairs) {
        let found: u64 = lists.iter().map(|list| list.len() as u64).sum();
        // Places of pairs are 32-bit while they are sorted by cell.
        if found > room.pairs().min(u64::from(u32::MAX)) {
            return Err(too_many());
        }
        room.keep(found);
        let rows = rows(study.cells().len(), lists);
        // How much the parts did, nobody has told.
        let work = Work::default();
        let links = source.links.clone();
        by_profile.push(TravelTimes::new(links, source.budget, rows, work));
    }
    room.keep_kinds(&kinds, &by_profile).ok_or_else(too_many)?;
    Ok(Walks::by_profile(study, &kinds, &by_profile))
}

/// The rows of all cells from the pairs of several lists. O(pairs log of the longest row).
fn rows(cells: usize, lists: &[Vec<Pair>]) -> Rows {
    let reaches = lists.iter().flatten().map(|pair| {
        let time = TravelTime::from_ticks(pair.ticks);
        let site = SiteId::new(pair.site as usize);
        (pair.cell, Some(Reach { time, site }))
    });
    let by_cell = Csr::new(cells, reaches);
    let mut rows = Rows::default();
    let mut row: Vec<Reach> = Vec::new();
    for cell in 0..short(cells) {
        row.clear();
        row.extend(by_cell.row(cell).iter().flatten());
        // The pairs of a cell come from several lists, each in an order of its own.
        row.sort_unstable();
        rows.push(&row);
    }
    rows
}
