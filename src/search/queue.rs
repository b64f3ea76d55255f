//! The queue of a bounded search: buckets of time (Dial 1969).
//!
//! Times within the budget are cut into buckets of 1.6 s, about two metres of walking. A bucket is
//! a stack, threaded through one list of all that was ever pushed; a bit tells whether it holds
//! anything, so that empty buckets are skipped 64 at a time.
//!
//! ```text
//!   bits     0   1   1   0   0   1   0 ...
//!   tops     .   |   |   .   .   |   .
//!                v   v           v
//!   entries     [2] [0]         [3]     each knows its junction, its ticks,
//!                    |                  and the entry below it in its bucket
//!                    v
//!                   [1]
//! ```
//!
//! Within a bucket the order is not that of time. A junction may therefore leave the queue before
//! its shortest way is known; a shorter way puts it in once more, and only the entry with the
//! junction's last time counts. The times come out exact (label-correcting within a bucket), and
//! since few streets are shorter than a bucket is wide it rarely happens.
//!
//! Push and pop are O(1), plus one look at each 64 buckets of the budget. Nothing is cleared but
//! the list's length: a search that has run dry leaves every bucket empty.
//!
//! Dial (1969), *Algorithm 360: shortest-path forest with topological ordering*; Dijkstra (1959), *A
//! note on two problems in connexion with graphs*.

use super::core::NONE;

/// Buckets are at least 2^14 ticks wide: 1.6 s.
const NARROWEST: u32 = 14;
/// There are at most so many buckets; a longer budget has wider ones.
const MOST: u32 = 4096;

/// A junction and a time at which it may be reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub junction: u32,
    pub ticks: u32,
    below: u32,
}

#[derive(Debug, Default)]
pub(super) struct Queue {
    width: u32,
    tops: Vec<u32>,
    bits: Vec<u64>,
    word: usize,
    entries: Vec<Entry>,
}

impl Queue {
    /// Empties the queue and makes it fit for times up to the budget.
    ///
    /// O(1) when it has run dry and the budget is the same as before.
    pub(super) fn reset(&mut self, budget: u32) {
        let width = (u32::BITS - (budget / MOST).leading_zeros()).max(NARROWEST);
        let buckets = (budget >> width) as usize + 1;
        if self.width != width || self.tops.len() != buckets {
            self.width = width;
            self.tops = vec![NONE; buckets];
            self.bits = vec![0; buckets.div_ceil(64)];
        }
        self.word = 0;
        self.entries.clear();
    }

    /// Adds a junction at a time within the budget, and not before the last one that came out.
    #[inline]
    pub(super) fn push(&mut self, junction: u32, ticks: u32) {
        let bucket = (ticks >> self.width) as usize;
        let below = self.tops[bucket];
        #[expect(clippy::cast_possible_truncation, reason = "a search pushes less than 2^32 times")]
        let place = self.entries.len() as u32;
        self.tops[bucket] = place;
        self.bits[bucket / 64] |= 1 << (bucket % 64);
        self.entries.push(Entry { junction, ticks, below });
    }

    /// Takes an entry from the first bucket that holds any.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry> {
        while self.bits[self.word] == 0 {
            self.word += 1;
            if self.word == self.bits.len() {
                self.word = 0;
                return None;
            }
        }
        let bit = self.bits[self.word].trailing_zeros();
        let bucket = self.word * 64 + bit as usize;
        let entry = self.entries[self.tops[bucket] as usize];
        self.tops[bucket] = entry.below;
        if entry.below == NONE {
            self.bits[self.word] &= !(1 << bit);
        }
        Some(entry)
    }

    /// All that was pushed since the last reset.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_come_out_bucket_by_bucket() {
        let mut queue = Queue::default();
        queue.reset(100 << NARROWEST);
        for bucket in [70, 3, 100, 3, 0] {
            queue.push(bucket, bucket << NARROWEST);
        }
        let taken: Vec<u32> = std::iter::from_fn(|| queue.pop()).map(|entry| entry.junction).collect();
        assert_eq!(taken, [0, 3, 3, 70, 100]);
        assert_eq!((queue.entries().len(), queue.pop().is_none()), (5, true));
    }

    #[test]
    fn what_is_pushed_into_the_bucket_at_hand_comes_next() {
        let mut queue = Queue::default();
        queue.reset(10 << NARROWEST);
        queue.push(1, 5);
        assert_eq!(queue.pop().map(|entry| entry.junction), Some(1));
        queue.push(2, 7);
        assert_eq!(queue.pop().map(|entry| entry.junction), Some(2));
    }

    #[test]
    fn any_budget_fits() {
        for budget in [0, 1, 9_000_000, 18_000_000, 1 << 26, u32::MAX - 1] {
            let mut queue = Queue::default();
            queue.reset(budget);
            assert!(queue.tops.len() <= MOST as usize + 1, "{budget}: {} buckets", queue.tops.len());
            queue.push(7, budget);
            assert_eq!(queue.pop().map(|entry| entry.ticks), Some(budget));
            assert!(queue.pop().is_none());
        }
    }
}
