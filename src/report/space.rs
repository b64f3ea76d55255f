//! Whether there is room for the results, told before they are computed.

use std::path::Path;

use super::{ReportError, ReportOptions};
use crate::model::Study;

/// A row of `cells.csv` but for the texts of the data: 12 commas, a line end, people, verdict, two counts.
const CELL: u64 = 23;
/// A row of `item_times.csv` but for its ids: 8 commas, a line end, the shortest verdict.
const ITEM_TIME: u64 = 16;
/// A feature of `cells.geojson` but for the texts of the data.
const FEATURE: u64 = r#"{"type":"Feature","geometry":null,"properties":{"cell":"","unit":"","population":1,"verdict":"covered","score":1,"items_done":1,"items_asked":1,"nearest_site":"","seconds":0.0,"gap_m":0.0,"name":"","unit_name":"","nearest_site_name":""}}"#.len() as u64;

/// Refuses a directory whose disk has less room than the results take at least. Where the system does not
/// say how much there is, a full disk is told when it is met.
pub(super) fn check(study: &Study, options: &ReportOptions, dir: &Path) -> Result<(), ReportError> {
    enough(dir, least(study, options), free(dir))
}

fn enough(dir: &Path, needed: u64, free: Option<u64>) -> Result<(), ReportError> {
    match free {
        Some(free) if free < needed => Err(ReportError::NoSpace {
            dir: dir.to_owned(),
            needed,
            free,
        }),
        _ => Ok(()),
    }
}

/// How many bytes the results of a study take at least, so that none is refused that would fit: its tables
/// by cell and item, each field as short as can be. They are complete before an earlier run's files go.
fn least(study: &Study, options: &ReportOptions) -> u64 {
    let cells = study.cells().len() as u64;
    let items = study.target.items.len() as u64;
    let (mut ids, mut names) = (0, 0);
    for (_, cell) in study.cells().iter() {
        ids += cell.id.len() as u64;
        names += cell.name.len() as u64;
    }
    let by_cell = 2 * (ids + names) + cells * (CELL + FEATURE);
    if cells.saturating_mul(items) > options.most_item_rows {
        // Left out, or packed: nobody knows how well.
        return by_cell;
    }
    let asked = study.target.items.iter();
    let item_ids: u64 = asked
        .map(|&item| study.catalogue()[item].id.len() as u64)
        .sum();
    by_cell + items * ids + cells * item_ids + cells * items * ITEM_TIME
}

/// How many bytes this user may still write there, if the system says so.
#[cfg(unix)]
fn free(dir: &Path) -> Option<u64> {
    let disk = rustix::fs::statvfs(dir).ok()?;
    // A file system without blocks does not count its room.
    (disk.f_blocks > 0).then(|| disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(unix))]
fn free(_: &Path) -> Option<u64> {
    None
}
