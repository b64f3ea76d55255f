//! Walks from all sites to all cells (*many-to-many*): the rows of the sparse matrix, or their lengths.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use rayon::prelude::*;

use super::prepared_study::PreparedStudy;
use super::rows::{Block, Rows, by_cell};
use super::work::Work;
use crate::progress::{Progress, Stage};
use crate::units::TravelTime;

/// So many neighbouring sites are walked from in one go.
const SITES: usize = 32;

/// For each cell the sites within the budget.
///
/// In parallel over the sites; each walk is linear in the junctions and cells within the budget.
pub(super) fn rows(
    study: &PreparedStudy<'_>,
    budget: TravelTime,
    progress: &dyn Progress,
) -> (Rows, Work) {
    rows_within(u64::MAX, study, budget, progress).expect("nothing is more than all")
}

/// [`rows`], unless they hold more than so many pairs of cell and site: then nothing is kept.
///
/// Whether they do is the same for any number of threads, as it is asked of the sum.
pub(super) fn rows_within(
    most: u64,
    study: &PreparedStudy<'_>,
    budget: TravelTime,
    progress: &dyn Progress,
) -> Option<(Rows, Work)> {
    progress.start(Stage::Search, study.sites.len() as u64);
    // Before any thread walks: each would make them for itself.
    let cells = study.cells();
    let found = AtomicU64::new(0);
    let made: Option<Vec<(Block, Work)>> = study
        .site_order
        .par_chunks(SITES)
        .map(|sites| {
            // What the others found may be too much already.
            if found.load(Relaxed) > most {
                return None;
            }
            let (block, work) = block(study, sites, budget, progress);
            let pairs = block.pairs();
            let so_far = found.fetch_add(pairs, Relaxed) + pairs;
            (so_far <= most).then_some((block, work))
        })
        .collect();
    let (blocks, work): (Vec<Block>, Vec<Work>) = made?.into_iter().unzip();
    // Sites that hang on no street are a step of the progress too.
    let stranded = study.sites.len() - study.site_order.len();
    progress.advance(stranded as u64);
    let rows = by_cell(study.study.cells().len(), &cells.cells, &blocks);
    Some((rows, work.into_iter().sum()))
}

/// What some neighbouring sites find.
fn block(
    study: &PreparedStudy<'_>,
    sites: &[u32],
    budget: TravelTime,
    progress: &dyn Progress,
) -> (Block, Work) {
    let search = study.search(budget);
    study.prepared.with_scratch(|scratch| {
        scratch.clear();
        // One list for all of them; where a site's part ends is noted.
        let mut ends = Vec::with_capacity(sites.len());
        for &site in sites {
            // All that are in the order hang on a street.
            if let Some(point) = &study.sites[site as usize] {
                scratch.cells_within(search, point);
            }
            ends.push((site, scratch.found.list().len()));
        }
        progress.advance(sites.len() as u64);
        let found = scratch.found.list().into();
        let block = Block::new(ends, found, search.cells.cells.len());
        (block, scratch.work)
    })
}

/// For each cell how many sites are within the budget: as [`rows`], but only their number is kept.
pub(super) fn counts(study: &PreparedStudy<'_>, budget: TravelTime) -> Vec<u32> {
    let cells = study.cells();
    // One table of counts a thread, not one a block.
    let share = study
        .site_order
        .len()
        .div_ceil(rayon::current_num_threads());
    let parts: Vec<Vec<u32>> = study
        .site_order
        .par_chunks(share.max(SITES))
        .map(|sites| counts_by_slot(study, sites, budget))
        .collect();
    let mut counts = vec![0; study.study.cells().len()];
    // Sums of whole numbers: the same for any number of threads.
    for (slot, &cell) in cells.cells.iter().enumerate() {
        counts[cell as usize] = parts.iter().map(|part| part[slot]).sum();
    }
    counts
}

/// By slot, how many of these sites are within the budget: one bounded walk a site.
fn counts_by_slot(study: &PreparedStudy<'_>, sites: &[u32], budget: TravelTime) -> Vec<u32> {
    let search = study.search(budget);
    let mut counts = vec![0_u32; search.cells.cells.len()];
    study.prepared.with_scratch(|scratch| {
        for &site in sites {
            // Each site's list is counted at once and written over by the next one.
            scratch.clear();
            if let Some(point) = &study.sites[site as usize] {
                scratch.cells_within(search, point);
            }
            for found in scratch.found.list() {
                counts[found.slot as usize] += 1;
            }
        }
    });
    counts
}
