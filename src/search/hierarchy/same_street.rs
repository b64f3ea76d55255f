//! Walks along one street, past no junction: those of readers that share a street with a site.
//!
//! ```text
//!   A──r1───s──r2────B──r3──C      same street as s: r1, r2       r3 has none
//!
//!   marks  1 1 0 …                 one bit a reader; the readers marked are numbered in their order
//!   ranks  0 …                     how many are marked before each 64 of them
//! ```
//!
//! They are known before any question is asked; a question then keeps one time for each such reader and
//! category. O(1) to tell whether a reader has any.

use crate::search::csr::Csr;

/// The walks along streets to all sites.
#[derive(Debug)]
pub(super) struct SameStreet {
    /// One bit a reader: whether it has any such walk.
    marks: Vec<u64>,
    /// How many readers are marked before each word of marks.
    ranks: Vec<u32>,
    /// By site: the numbers of the readers on its street, and the ticks of their walks.
    walks: Csr<(u32, i32)>,
}

impl SameStreet {
    /// From the walks by site, with readers as they come. O(readers / 64 + walks).
    pub(super) fn new(readers: usize, walks: Csr<(u32, i32)>) -> Self {
        let mut marks = vec![0_u64; readers.div_ceil(64)];
        for &(reader, _) in walks.values() {
            marks[reader as usize / 64] |= 1 << (reader % 64);
        }
        let mut ranks = Vec::with_capacity(marks.len());
        let mut before = 0;
        for word in &marks {
            ranks.push(before);
            before += word.count_ones();
        }
        // Readers have numbers now; the walks are written once more with these.
        let numbered = Self {
            marks,
            ranks,
            walks: Csr::default(),
        };
        let walks = walks.map(|(reader, ticks)| {
            let number = numbered.number(reader as usize);
            (number.unwrap_or_default(), ticks)
        });
        Self { walks, ..numbered }
    }

    /// How many sites there are.
    pub(super) const fn sites(&self) -> usize {
        self.walks.len()
    }

    /// The readers on a site's street, by number, and the ticks of their walks along it.
    pub(super) fn to(&self, site: u32) -> &[(u32, i32)] {
        self.walks.row(site)
    }

    /// The number of a reader, if it has any such walk.
    #[inline]
    pub(super) fn number(&self, reader: usize) -> Option<u32> {
        let marks = self.marks[reader / 64];
        let bit = 1 << (reader % 64);
        if marks & bit == 0 {
            return None;
        }
        // Those before its word are counted already; those below its bit are counted now.
        let before_in_word = (marks & (bit - 1)).count_ones();
        Some(self.ranks[reader / 64] + before_in_word)
    }

    /// The readers that have any, in their order: that of their numbers.
    pub(super) fn readers(&self) -> impl Iterator<Item = usize> {
        self.marks
            .iter()
            .enumerate()
            .flat_map(|(word, &marks)| bits_of(marks).map(move |bit| word * 64 + bit))
    }

    /// How many those are.
    pub(super) fn len(&self) -> usize {
        self.marks
            .iter()
            .map(|marks| marks.count_ones() as usize)
            .sum()
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.marks) + size_of_val(&*self.ranks) + self.walks.bytes()
    }
}

/// The places of the bits that are set, lowest first.
fn bits_of(word: u64) -> impl Iterator<Item = usize> {
    // Each word has the lowest bit of the one before it taken off.
    std::iter::successors(Some(word), |word| Some(word & word.wrapping_sub(1)))
        .take_while(|&word| word != 0)
        .map(|word| word.trailing_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_numbered_in_their_order() {
        let walks = Csr::new(
            3,
            [(0, (130_u32, 5)), (2, (64, 7)), (2, (3, 9)), (0, (3, 1))].into_iter(),
        );
        let same_street = SameStreet::new(131, walks);
        assert_eq!(same_street.readers().collect::<Vec<_>>(), [3, 64, 130]);
        assert_eq!(
            [3, 4, 64, 130].map(|reader| same_street.number(reader)),
            [Some(0), None, Some(1), Some(2)]
        );
        assert_eq!(
            (same_street.to(0), same_street.to(1), same_street.to(2)),
            (&[(2, 5), (0, 1)][..], &[][..], &[(1, 7), (0, 9)][..])
        );
        assert_eq!((same_street.len(), same_street.sites()), (3, 3));
    }
}
