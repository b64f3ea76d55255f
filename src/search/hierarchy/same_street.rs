//! Walks along one street, past no junction: those of readers that share a street with a site.
//!
//! ```text
//!   A──r1───s──r2────B──r3──C      beside s: r1, r2       r3 has none
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
    marks: Vec<u64>,
    ranks: Vec<u32>,
    /// By site: the numbers of the readers on its street, and the ticks of their walks.
    walks: Csr<(u32, i32)>,
}

impl SameStreet {
    /// From the walks by site, with readers as they come. O(readers / 64 + walks).
    pub(super) fn new(readers: usize, walks: Csr<(u32, i32)>) -> Self {
        let mut marks = vec![0_u64; readers.div_ceil(64)];
        for &(reader, _) in walks.things() {
            marks[reader as usize / 64] |= 1 << (reader % 64);
        }
        let before =
            |sum: &mut u32, marks: &u64| Some(std::mem::replace(sum, *sum + marks.count_ones()));
        let ranks = marks.iter().scan(0, before).collect();
        let numbered = Self {
            marks,
            ranks,
            walks: Csr::default(),
        };
        let number = |(reader, ticks): (u32, i32)| {
            (numbered.number(reader as usize).unwrap_or_default(), ticks)
        };
        let walks = walks.map(number);
        Self { walks, ..numbered }
    }

    /// How many sites there are.
    pub(super) const fn sites(&self) -> usize {
        self.walks.len()
    }

    /// The readers on a site's street, by number, and the ticks of their walks along it.
    pub(super) fn to(&self, site: u32) -> &[(u32, i32)] {
        self.walks.at(site)
    }

    /// The number of a reader, if it has any such walk.
    #[inline]
    pub(super) fn number(&self, reader: usize) -> Option<u32> {
        let (marks, bit) = (self.marks[reader / 64], 1 << (reader % 64));
        (marks & bit != 0).then(|| self.ranks[reader / 64] + (marks & (bit - 1)).count_ones())
    }

    /// The readers that have any, in their order: that of their numbers.
    pub(super) fn readers(&self) -> impl Iterator<Item = usize> {
        let bits = |(word, &marks): (usize, &u64)| {
            let rest =
                std::iter::successors(Some(marks), |marks| Some(marks & marks.wrapping_sub(1)));
            let set = rest.take_while(|&marks| marks != 0);
            set.map(move |marks| word * 64 + marks.trailing_zeros() as usize)
        };
        self.marks.iter().enumerate().flat_map(bits)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_are_numbered_in_their_order() {
        let walks = Csr::new(
            3,
            [(0, (130_u32, 5)), (2, (64, 7)), (2, (3, 9)), (0, (3, 1))].into_iter(),
        );
        let beside = SameStreet::new(131, walks);
        assert_eq!(beside.readers().collect::<Vec<_>>(), [3, 64, 130]);
        assert_eq!(
            [3, 4, 64, 130].map(|reader| beside.number(reader)),
            [Some(0), None, Some(1), Some(2)]
        );
        assert_eq!(
            (beside.to(0), beside.to(1), beside.to(2)),
            (&[(2, 5), (0, 1)][..], &[][..], &[(1, 7), (0, 9)][..])
        );
        assert_eq!((beside.len(), beside.sites()), (3, 3));
    }
}
