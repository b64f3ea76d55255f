//! Answers in flat files, little-endian 32-bit numbers, for other tools to be held against.
//!
//! | file | what |
//! |---|---|
//! | `a5.u32`, `a32.u32` | by vertex: ticks to the nearest point of each category, 2³² − 1 where there is none |
//! | `b.u32`, `d.u32` | by cell: how many points, or cells, lie within the bound |
//! | `c.u32`, `iso.u32` | cell, point and ticks of each pair within the bound |

use std::error::Error;
use std::path::Path;

use walkshed::ids::CellId;
use walkshed::search::TravelTimes;

use crate::network::write;

/// By cell.
pub fn sums(file: &Path, sums: impl Iterator<Item = u64>) -> Result<(), Box<dyn Error>> {
    let sums: Result<Vec<u32>, _> = sums.map(u32::try_from).collect();
    write(file, sums?.into_iter())
}

/// A sparse matrix.
pub fn pairs(file: &Path, pairs: impl Iterator<Item = [usize; 3]>) -> Result<(), Box<dyn Error>> {
    let numbers: Result<Vec<u32>, _> = pairs.flatten().map(u32::try_from).collect();
    write(file, numbers?.into_iter())
}

/// The pairs of a matrix, cell by cell.
pub fn of_times(times: &TravelTimes, cells: usize) -> impl Iterator<Item = [usize; 3]> {
    (0..cells).flat_map(move |cell| {
        let row = times.of(CellId::new(cell)).iter();
        row.map(move |reach| [cell, reach.site.index(), reach.time.ticks() as usize])
    })
}
