//! Lists of things by number, one after the other in one piece of memory.
//!
//! ```text
//!   starts  0   2   2   5        number 0: a b    number 1: nothing    number 2: c d e
//!   things  a b     c d e
//! ```

use std::ops::Range;

/// Things by the number that they belong to.
#[derive(Debug, Clone, Default)]
pub(super) struct Csr<T> {
    starts: Vec<u32>,
    things: Vec<T>,
}

impl<T: Copy + Default> Csr<T> {
    /// Groups `(number, thing)` pairs by their number, in their order. O(numbers + pairs).
    pub(super) fn new(numbers: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        let mut starts = vec![0_u32; numbers + 2];
        for (number, _) in pairs.clone() {
            starts[number as usize + 2] += 1;
        }
        for number in 2..starts.len() {
            starts[number] += starts[number - 1];
        }
        // Shifted by one while filling: each start moves up to where the next group begins.
        let mut things = vec![T::default(); starts.last().map_or(0, |&all| all as usize)];
        for (number, thing) in pairs {
            let next = &mut starts[number as usize + 1];
            things[*next as usize] = thing;
            *next += 1;
        }
        starts.pop();
        Self { starts, things }
    }
}

impl<T> Csr<T> {
    /// How many numbers there are.
    pub(super) const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The things of a number.
    #[inline]
    pub(super) fn at(&self, number: u32) -> &[T] {
        let Range { start, end } = self.places(number);
        &self.things[start as usize..end as usize]
    }

    /// Where they lie among all things.
    #[inline]
    pub(super) fn places(&self, number: u32) -> Range<u32> {
        self.starts[number as usize]..self.starts[number as usize + 1]
    }

    /// All things, number by number.
    pub(super) fn into_things(self) -> Vec<T> {
        self.things
    }

    /// All things, number by number.
    pub(super) fn things(&self) -> &[T] {
        &self.things
    }

    /// Other things in their stead.
    pub(super) fn map<U>(self, other: impl FnMut(T) -> U) -> Csr<U> {
        Csr {
            starts: self.starts,
            things: self.things.into_iter().map(other).collect(),
        }
    }

    /// Bytes that stay in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.things)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_keep_their_order_within_their_number() {
        let grouped = Csr::new(
            4,
            [(2, 'c'), (0, 'a'), (2, 'd'), (0, 'b'), (2, 'e')].into_iter(),
        );
        assert_eq!(
            [0, 1, 2, 3].map(|number| grouped.at(number).iter().collect::<String>()),
            ["ab", "", "cde", ""]
        );
        assert_eq!(
            (
                grouped.len(),
                grouped.places(2),
                grouped.into_things().len()
            ),
            (4, 2..5, 5)
        );
    }
}
