//! What neighbouring sites found, turned into rows by cell.

use std::mem;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::index::{Index, RowPlace};
use super::shelves::Rows;
use crate::ids::SiteId;
use crate::search::bounded_dijkstra::FoundCell;
use crate::search::reach::Reach;
use crate::search::sentinel::short;
use crate::units::TravelTime;

/// Into so many ranges of slots the work is cut at most: one for each bit.
const RANGES: u32 = u64::BITS;
/// A range has at least so many slots.
const SLOTS: u32 = 256;

/// A range has 2 to this power slots, where there are so many in all.
fn range_bits(slots: usize) -> u32 {
    short(slots)
        .div_ceil(RANGES)
        .max(SLOTS)
        .next_power_of_two()
        .trailing_zeros()
}

/// What neighbouring sites found.
pub(in crate::search) struct Block {
    /// The sites, and where in the list what each found ends.
    sites: Vec<(u32, usize)>,
    found: Box<[FoundCell]>,
    /// The ranges in which something was found, one a bit.
    ranges: u64,
}

impl Block {
    /// What sites found, in a town of so many slots.
    pub(in crate::search) fn new(
        sites: Vec<(u32, usize)>,
        found: Box<[FoundCell]>,
        slots: usize,
    ) -> Self {
        let bits = range_bits(slots);
        // Which ranges have anything: a shelf then skips this block with one look at a bit.
        let ranges = found
            .iter()
            .fold(0, |ranges, found| ranges | 1 << (found.slot >> bits));
        Self {
            sites,
            found,
            ranges,
        }
    }

    /// How many pairs of cell and site were found.
    pub(in crate::search) fn pairs(&self) -> u64 {
        self.found.len() as u64
    }

    fn touches(&self, range: u32) -> bool {
        self.ranges >> range & 1 == 1
    }

    fn by_site(&self) -> impl Iterator<Item = (u32, &[FoundCell])> {
        let mut begin = 0;
        self.sites.iter().map(move |&(site, end)| {
            let begin = mem::replace(&mut begin, end);
            (site, &self.found[begin..end])
        })
    }
}

/// The rows of a range of slots, one after the other.
struct Shelf {
    starts: Vec<u32>,
    reaches: Vec<Reach>,
}

impl Shelf {
    /// A counting sort as in [`crate::search::csr::Csr::new`], from those blocks alone that found
    /// anything in this range, and then a sort of each row. O(found + r log r) in rows of r.
    fn new(range: u32, slots: &Range<u32>, blocks: &[Block]) -> Self {
        // Sites far away found nothing here.
        let near: Vec<&Block> = blocks.iter().filter(|block| block.touches(range)).collect();
        let mut starts = late_starts(slots, &near);
        let total = starts.last().copied().unwrap_or_default();
        let none = Reach {
            time: TravelTime::ZERO,
            site: SiteId::new(0),
        };
        let mut reaches = vec![none; total as usize];
        // Filled in the order of the sites: each start moves up to where the next row begins.
        for (site, list) in near.iter().flat_map(|block| block.by_site()) {
            let site = SiteId::new(site as usize);
            for found in list {
                if let Some(at) = place_in(slots, found.slot) {
                    let time = TravelTime::from_ticks(found.ticks);
                    let next = &mut starts[at + 1];
                    reaches[*next as usize] = Reach { time, site };
                    *next += 1;
                }
            }
        }
        // Now each start stands where its row starts.
        starts.pop();
        for row in starts.windows(2) {
            let row = row[0] as usize..row[1] as usize;
            reaches[row].sort_unstable();
        }
        Self { starts, reaches }
    }
}

/// Where the row of each slot of a range starts, one place late.
fn late_starts(slots: &Range<u32>, blocks: &[&Block]) -> Vec<u32> {
    let width = (slots.end - slots.start) as usize;
    let mut starts = vec![0_u32; width + 2];
    for found in blocks.iter().flat_map(|block| &block.found) {
        if let Some(at) = place_in(slots, found.slot) {
            starts[at + 2] += 1;
        }
    }
    for at in 2..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

/// The place of a slot in a range; none when it lies elsewhere.
#[inline]
fn place_in(slots: &Range<u32>, slot: u32) -> Option<usize> {
    // Slots before the range wrap around to large numbers: one comparison for both sides.
    let place = slot.wrapping_sub(slots.start);
    (place < slots.end - slots.start).then_some(place as usize)
}

/// The rows of all cells. `cell_of_slot` says which cell sits where; the others have none.
pub(in crate::search) fn by_cell(cells: usize, cell_of_slot: &[u32], blocks: &[Block]) -> Rows {
    let slots = short(cell_of_slot.len());
    let bits = range_bits(cell_of_slot.len());
    // A range of slots by one thread: what it sorts stays in its cache.
    let shelves: Vec<Shelf> = (0..slots.div_ceil(1 << bits))
        .into_par_iter()
        .map(|range| {
            let first = range << bits;
            let end = slots.min((range + 1) << bits);
            Shelf::new(range, &(first..end), blocks)
        })
        .collect();
    // Rows stay where they were made; only the index follows the caller's order of cells.
    let mut index = vec![RowPlace::default(); cells];
    let cells_of_shelves = cell_of_slot.chunks(1 << bits);
    for (number, (shelf, cells)) in (0..).zip(shelves.iter().zip(cells_of_shelves)) {
        for (row, &cell) in shelf.starts.windows(2).zip(cells) {
            index[cell as usize] = RowPlace {
                shelf: number,
                start: row[0],
                len: row[1] - row[0],
            };
        }
    }
    let shelves = shelves
        .into_iter()
        .map(|shelf| Arc::new(shelf.reaches))
        .collect();
    Rows {
        shelves,
        index: Index::new(&index),
    }
}

#[cfg(test)]
mod tests {
    use super::{RANGES, SLOTS, range_bits};

    #[test]
    fn there_are_as_many_ranges_as_bits_and_no_more() {
        let most = (RANGES * SLOTS) as usize;
        for (slots, bits) in [(1, 8), (most, 8), (most + 1, 9), (2 * most + 1, 10)] {
            assert_eq!(range_bits(slots), bits, "{slots}");
            assert!((slots - 1) >> bits < RANGES as usize, "{slots}");
        }
    }
}
