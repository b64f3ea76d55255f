//! From what each site found to what each cell reaches: the sparse matrix, turned.
//!
//! ```text
//!   by site, along the curve          by seat, along the curve          by cell, as the caller has them
//!   s7: c2 c9 c4                      shelf 0: | s7 s1 | s7 | ...       c1: shelf 2, from 5, 1 long
//!   s1: c9 c1            count,       shelf 1: | s3    |                c2: shelf 0, from 2, 1 long
//!   ...                  fill, sort   ...        c9      c2             ...
//! ```
//!
//! Sites and seats are both in the order of the curve, so a shelf of neighbouring seats needs a few runs
//! of sites only, and is written within a small piece of memory. Shelves are made in parallel and do not
//! depend on the number of threads. Rows stay where they are; what the caller asks by is an index to
//! them. O(p log r) for p pairs in rows of r.

mod patch;

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::Reach;
use super::bounded_dijkstra::Found;
use super::contracted::NONE;
use crate::ids::{CellId, SiteId};
use crate::units::TravelTime;

pub(super) use patch::Patch;

/// Into so many ranges of seats the work is cut at most: one for each bit.
const RANGES: u32 = u64::BITS;
/// A shelf that is added to row by row grows no larger than this.
const LARGEST: usize = 1 << 24;
/// A range has at least so many seats.
const SEATS: u32 = 256;

/// The rows of a sparse matrix. Copies share the shelves.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    shelves: Vec<Arc<Vec<Reach>>>,
    index: Vec<Row>,
}

/// Where a row lies.
#[derive(Debug, Clone, Copy, Default)]
struct Row {
    shelf: u32,
    start: u32,
    len: u32,
}

impl Rows {
    /// The row of a cell.
    pub(super) fn of(&self, cell: CellId) -> &[Reach] {
        let Row { shelf, start, len } = self.index[cell.index()];
        self.shelves
            .get(shelf as usize)
            .map_or(&[], |shelf| &shelf[start as usize..][..len as usize])
    }

    /// How many rows there are.
    pub(super) fn cells(&self) -> usize {
        self.index.len()
    }

    /// How many pairs there are. O(cells).
    pub(super) fn pairs(&self) -> usize {
        self.index.iter().map(|row| row.len as usize).sum()
    }

    /// Adds a row, for the next cell. O(its length).
    pub(super) fn push(&mut self, row: &[Reach]) {
        let full = |shelf: &Arc<Vec<Reach>>| shelf.len() + row.len() > LARGEST;
        if self.shelves.last().is_none_or(full) {
            self.shelves.push(Arc::default());
        }
        let number = self.shelves.len() - 1;
        let (shelf, start) = (short(number), short(self.shelves[number].len()));
        Arc::make_mut(&mut self.shelves[number]).extend_from_slice(row);
        self.index.push(Row {
            shelf,
            start,
            len: short(row.len()),
        });
    }
}

fn short(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(NONE)
}

/// How many bits of a seat's number are counted within its range.
fn width(seats: usize) -> u32 {
    let seats = u32::try_from(seats).unwrap_or(NONE);
    seats
        .div_ceil(RANGES)
        .max(SEATS)
        .next_power_of_two()
        .trailing_zeros()
}

/// What neighbouring sites found.
pub(super) struct Block {
    /// The sites, and where in the list what each found ends.
    sites: Vec<(u32, usize)>,
    found: Box<[Found]>,
    /// The ranges in which something was found, one a bit.
    ranges: u64,
}

impl Block {
    /// What sites found, in a town of so many seats.
    pub(super) fn new(sites: Vec<(u32, usize)>, found: Box<[Found]>, seats: usize) -> Self {
        let width = width(seats);
        let ranges = found
            .iter()
            .fold(0, |ranges, found| ranges | 1 << (found.seat >> width));
        Self {
            sites,
            found,
            ranges,
        }
    }

    fn by_site(&self) -> impl Iterator<Item = (u32, &[Found])> {
        let mut begin = 0;
        self.sites
            .iter()
            .map(move |&(site, end)| (site, &self.found[std::mem::replace(&mut begin, end)..end]))
    }
}

/// The rows of a range of seats, one after the other.
struct Shelf {
    starts: Vec<u32>,
    reaches: Vec<Reach>,
}

impl Shelf {
    fn new(number: u32, seats: Range<u32>, blocks: &[Block]) -> Self {
        let near = |block: &&Block| block.ranges >> number & 1 == 1;
        let width = seats.end - seats.start;
        let mut starts = vec![0_u32; width as usize + 2];
        for found in blocks.iter().filter(near).flat_map(|block| &block.found) {
            let at = found.seat.wrapping_sub(seats.start);
            if at < width {
                starts[at as usize + 2] += 1;
            }
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let none = Reach {
            time: TravelTime::ZERO,
            site: SiteId::new(0),
        };
        let mut reaches = vec![none; starts[width as usize + 1] as usize];
        for (site, list) in blocks.iter().filter(near).flat_map(Block::by_site) {
            let site = SiteId::new(site as usize);
            for found in list {
                let at = found.seat.wrapping_sub(seats.start);
                if at < width {
                    let next = &mut starts[at as usize + 1];
                    reaches[*next as usize] = Reach {
                        time: TravelTime::from_ticks(found.ticks),
                        site,
                    };
                    *next += 1;
                }
            }
        }
        starts.pop();
        for row in starts.windows(2) {
            reaches[row[0] as usize..row[1] as usize].sort_unstable();
        }
        Self { starts, reaches }
    }
}

/// The rows of all cells. `on_seats` says which cell sits where; the others have none.
pub(super) fn by_cell(cells: usize, on_seats: &[u32], blocks: &[Block]) -> Rows {
    let (seats, width) = (short(on_seats.len()), width(on_seats.len()));
    let shelf = |number: u32| {
        Shelf::new(
            number,
            number << width..seats.min((number + 1) << width),
            blocks,
        )
    };
    let shelves: Vec<Shelf> = (0..seats.div_ceil(1 << width))
        .into_par_iter()
        .map(shelf)
        .collect();
    let mut index = vec![Row::default(); cells];
    for (shelf, (number, on_seats)) in shelves.iter().zip((0..).zip(on_seats.chunks(1 << width))) {
        for (row, &cell) in shelf.starts.windows(2).zip(on_seats) {
            index[cell as usize] = Row {
                shelf: number,
                start: row[0],
                len: row[1] - row[0],
            };
        }
    }
    Rows {
        shelves: shelves
            .into_iter()
            .map(|shelf| Arc::new(shelf.reaches))
            .collect(),
        index,
    }
}
