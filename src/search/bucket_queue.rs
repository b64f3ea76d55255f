//! The queue of a bounded search: buckets of time (Dial 1969).
//!
//! Times within the budget are cut into buckets of 1.6 s, about two metres of walking. A bucket is
//! a stack, threaded through one list of all that was ever pushed; a bit tells whether it holds
//! anything, so that empty buckets are skipped at once.
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
//! Push and pop are O(1): one word of bits tells which of 64 words has any. Nothing is cleared but the
//! list's length: a search that has run dry leaves every bucket empty. 17 kB, of which 15 minutes use 2.
//!
//! Dial (1969), *Algorithm 360: shortest-path forest with topological ordering*; Dijkstra (1959), *A
//! note on two problems in connexion with graphs*.

/// No entry: the bottom of a bucket.
const BOTTOM: u32 = u32::MAX;
/// Buckets are at least 2^14 ticks wide: 1.6 s.
const NARROWEST: u32 = 14;
/// So many buckets there are; a longer budget has wider ones.
const BUCKETS: usize = 4096;
const WORDS: usize = BUCKETS / 64;

/// A junction and a time at which it may be reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub junction: u32,
    pub ticks: u32,
    below: u32,
}

#[derive(Debug)]
pub(super) struct Queue {
    /// Buckets are 2^width ticks wide.
    width: u32,
    /// Which words of bits are not zero.
    words: u64,
    /// Which buckets hold anything.
    bits: Box<[u64; WORDS]>,
    /// The top entry of each bucket.
    tops: Box<[u32; BUCKETS]>,
    entries: Vec<Entry>,
}

impl Queue {
    pub(super) fn new() -> Self {
        Self {
            width: NARROWEST,
            words: 0,
            bits: Box::new([0; WORDS]),
            tops: Box::new([BOTTOM; BUCKETS]),
            entries: Vec::new(),
        }
    }

    /// Makes the queue, which has run dry, fit for times up to the budget. O(1).
    pub(super) fn reset(&mut self, budget: u32) {
        let bits_of_budget = u32::BITS - budget.leading_zeros();
        let bits_of_bucket = BUCKETS.trailing_zeros();
        self.width = bits_of_budget.saturating_sub(bits_of_bucket).max(NARROWEST);
        self.entries.clear();
    }

    /// Adds a junction at a time within the budget.
    #[inline]
    pub(super) fn push(&mut self, junction: u32, ticks: u32) {
        // The remainders change nothing: they spare checks of bounds.
        let bucket = (ticks >> self.width) as usize % BUCKETS;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a search pushes less than 2^32 times"
        )]
        let place = self.entries.len() as u32;
        // The new entry lies on top of what the bucket held.
        let below = std::mem::replace(&mut self.tops[bucket], place);
        // Marked on both levels: in its word of 64 buckets, and in the word of 64 words.
        self.bits[bucket / 64] |= 1 << (bucket % 64);
        self.words |= 1 << (bucket / 64);
        self.entries.push(Entry {
            junction,
            ticks,
            below,
        });
    }

    /// Takes an entry from the first bucket that holds any.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry> {
        if self.words == 0 {
            return None;
        }
        // The lowest bit is the soonest bucket, found in two steps whatever lies between.
        let word = self.words.trailing_zeros() as usize % WORDS;
        let bit = self.bits[word].trailing_zeros() as usize % 64;
        let bucket = word * 64 + bit;
        let entry = self.entries[self.tops[bucket] as usize];
        self.tops[bucket] = entry.below;
        if entry.below == BOTTOM {
            // The bucket is empty now; its word's bit goes with the last of its buckets.
            self.bits[word] &= !(1 << bit);
            self.words &= !(u64::from(self.bits[word] == 0) << word);
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
        let mut queue = Queue::new();
        queue.reset(100 << NARROWEST);
        for bucket in [70, 3, 100, 3, 0] {
            queue.push(bucket, bucket << NARROWEST);
        }
        let taken: Vec<u32> = std::iter::from_fn(|| queue.pop())
            .map(|entry| entry.junction)
            .collect();
        assert_eq!(taken, [0, 3, 3, 70, 100]);
        assert_eq!((queue.entries().len(), queue.pop().is_none()), (5, true));
    }

    #[test]
    fn what_is_pushed_into_the_bucket_at_hand_comes_next() {
        let mut queue = Queue::new();
        queue.reset(10 << NARROWEST);
        queue.push(1, 5);
        assert_eq!(queue.pop().map(|entry| entry.junction), Some(1));
        queue.push(2, 7);
        assert_eq!(queue.pop().map(|entry| entry.junction), Some(2));
    }

    #[test]
    fn any_budget_fits() {
        for budget in [0, 1, 9_000_000, 18_000_000, 1 << 26, u32::MAX - 1] {
            let mut queue = Queue::new();
            queue.reset(budget);
            assert!(
                (budget >> queue.width) < 4096,
                "{budget} ticks need more buckets than there are"
            );
            queue.push(7, budget);
            assert_eq!(queue.pop().map(|entry| entry.ticks), Some(budget));
            assert!(queue.pop().is_none());
        }
    }
}
