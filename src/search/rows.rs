//! From what each site found to what each cell reaches: the sparse matrix, turned.
//!
//! ```text
//!   by site, along the curve         by seat, along the curve        by cell, as the caller has them
//!   s7: c2 c9 c4                     c9: s7 s1                       c1: s1
//!   s1: c9 c1           count,       c2: s7          copy            c2: s7
//!   ...                 fill, sort   ...             each row        ...
//!        \____ in ranges of seats ____/                \__ in ranges of cells __/
//! ```
//!
//! Sites and seats are both in the order of the curve, so a range of seats needs a few runs of sites
//! only, and writes stay within a small piece of memory. The ranges are made in parallel and do not
//! depend on the number of threads. O(p log r) for p pairs in rows of r.

use std::ops::Range;

use rayon::prelude::*;

use super::Reach;
use super::ball::Found;
use super::core::NONE;
use crate::ids::SiteId;
use crate::units::TravelTime;

/// Into so many ranges of seats the work is cut at most: one for each bit.
const RANGES: u32 = u64::BITS;
/// A range has at least so many seats.
const SEATS: u32 = 256;
/// Cells that are copied at a time.
const CELLS: usize = 4096;

/// How many bits of a seat's number are counted within its range.
fn width(seats: usize) -> u32 {
    let seats = u32::try_from(seats).unwrap_or(NONE);
    seats.div_ceil(RANGES).max(SEATS).next_power_of_two().trailing_zeros()
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
        let ranges = found.iter().fold(0, |ranges, found| ranges | 1 << (found.seat >> width));
        Self { sites, found, ranges }
    }

    fn by_site(&self) -> impl Iterator<Item = (u32, &[Found])> {
        let mut begin = 0;
        self.sites.iter().map(move |&(site, end)| (site, &self.found[std::mem::replace(&mut begin, end)..end]))
    }
}

/// The rows of a range of seats, each sorted by time, then by site.
struct Shelf {
    seats: Range<u32>,
    starts: Vec<u32>,
    /// The ticks in the upper half, the site in the lower.
    keys: Vec<u64>,
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
        let mut keys = vec![0; starts[width as usize + 1] as usize];
        for (site, list) in blocks.iter().filter(near).flat_map(Block::by_site) {
            for found in list {
                let at = found.seat.wrapping_sub(seats.start);
                if at < width {
                    let next = &mut starts[at as usize + 1];
                    keys[*next as usize] = u64::from(found.ticks) << 32 | u64::from(site);
                    *next += 1;
                }
            }
        }
        for row in starts[..=width as usize].windows(2) {
            keys[row[0] as usize..row[1] as usize].sort_unstable();
        }
        Self { seats, starts, keys }
    }

    fn row(&self, seat: u32) -> &[u64] {
        let at = (seat - self.seats.start) as usize;
        &self.keys[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}

/// The rows of all cells: where each begins, and their reaches. `on_seats` says which cell sits where.
pub(super) fn by_cell(cells: usize, on_seats: &[u32], blocks: &[Block]) -> (Vec<usize>, Vec<Reach>) {
    let (seats, width) = (u32::try_from(on_seats.len()).unwrap_or(NONE), width(on_seats.len()));
    let shelf = |number: u32| Shelf::new(number, number << width..seats.min((number + 1) << width), blocks);
    let shelves: Vec<Shelf> = (0..seats.div_ceil(1 << width)).into_par_iter().map(shelf).collect();
    let mut seat_of = vec![NONE; cells];
    for (seat, &cell) in (0_u32..).zip(on_seats) {
        seat_of[cell as usize] = seat;
    }
    let row = |seat: u32| if seat == NONE { &[][..] } else { shelves[(seat >> width) as usize].row(seat) };
    let mut starts = Vec::with_capacity(cells + 1);
    starts.push(0);
    let mut end = 0;
    starts.extend(seat_of.iter().map(|&seat| {
        end += row(seat).len();
        end
    }));
    let mut reaches = vec![Reach { time: TravelTime::ZERO, site: SiteId::new(0) }; end];
    pages(&starts, &mut reaches).into_par_iter().zip(seat_of.par_chunks(CELLS)).for_each(|(page, seats)| {
        for (reach, &key) in page.iter_mut().zip(seats.iter().flat_map(|&seat| row(seat))) {
            *reach = reach_of(key);
        }
    });
    (starts, reaches)
}

fn reach_of(key: u64) -> Reach {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
    let (ticks, site) = ((key >> 32) as u32, key as u32);
    Reach { time: TravelTime::from_ticks(ticks), site: SiteId::new(site as usize) }
}

/// The reaches, cut where a chunk of cells ends.
fn pages<'a>(starts: &[usize], mut rest: &'a mut [Reach]) -> Vec<&'a mut [Reach]> {
    let mut pages = Vec::with_capacity(starts.len() / CELLS + 1);
    for chunk in (0..starts.len() - 1).step_by(CELLS) {
        let end = starts[(chunk + CELLS).min(starts.len() - 1)];
        let (page, tail) = rest.split_at_mut(end - starts[chunk]);
        pages.push(page);
        rest = tail;
    }
    pages
}
