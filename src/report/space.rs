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
    let items = study.target().items.len() as u64;
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
    let asked = study.target().items.iter();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{ReportOptions, write};
    use crate::{Options, draw};

    fn written(study: &Study) -> u64 {
        let dir = tempfile::tempdir().expect("a temporary directory");
        let results = crate::run(study, &Options::default()).expect("a small study");
        let written = write(&results, dir.path()).expect("there is room");
        written.files.iter().map(|file| file.bytes).sum()
    }

    #[test]
    fn what_results_take_at_least_they_do_take() {
        for town in [
            "A-a-s-B",
            "A-a-b-c-d-e-f-g-h-i-j-k-l-m-n-s-B",
            "A-s-B",
            "A-a-B",
        ] {
            let study = draw::town(town, 100.0, "s");
            let least = least(&study, &ReportOptions::default());
            assert!(least <= written(&study), "{town}: {least}");
            assert!(least >= 230 * study.cells().len() as u64, "{town}: {least}");
        }
    }

    #[test]
    fn a_full_disk_is_told_with_both_sizes() {
        let dir = Path::new("out");
        assert!(enough(dir, 5, Some(5)).is_ok() && enough(dir, 5, None).is_ok());
        let full = enough(dir, 3_000_001, Some(2_999_999)).expect_err("there is no room");
        assert_eq!(
            full.to_string(),
            "out: the results take at least 4 MB and 2 MB are free – free some space, or choose another directory"
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_system_says_how_much_room_there_is() {
        assert!(free(&std::env::temp_dir()).is_some_and(|bytes| bytes > 0));
        assert_eq!(free(Path::new("no/such/folder")), None);
    }
}
