//! Lists of values by number, one after the other in one piece of memory (*compressed sparse row*, CSR).
//!
//! ```text
//!   starts  0   2   2   5        number 0: a b    number 1: nothing    number 2: c d e
//!   values  a b     c d e
//! ```

use std::ops::Range;

/// Values by the number that they belong to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Csr<T> {
    /// Where each number's row starts, and where the last one ends.
    starts: Vec<u32>,
    values: Vec<T>,
}

impl<T: Copy + Default> Csr<T> {
    /// Groups `(number, value)` pairs by their number, in their order. O(numbers + pairs).
    ///
    /// A counting sort: the pairs are gone through twice, once to count and once to fill.
    pub(crate) fn new(numbers: usize, pairs: impl Iterator<Item = (u32, T)> + Clone) -> Self {
        // How long each row is, two places late: one for the sum before it and one for the filling.
        let mut starts = vec![0_u32; numbers + 2];
        for (number, _) in pairs.clone() {
            starts[number as usize + 2] += 1;
        }
        for number in 2..starts.len() {
            starts[number] += starts[number - 1];
        }
        // The starts stand one place late while rows are filled: each moves up to where the next
        // row begins, and then stands right for the row after it.
        let total = starts.last().map_or(0, |&total| total as usize);
        let mut values = vec![T::default(); total];
        for (number, value) in pairs {
            let next = &mut starts[number as usize + 1];
            values[*next as usize] = value;
            *next += 1;
        }
        starts.pop();
        Self { starts, values }
    }
}

impl<T> Csr<T> {
    /// How many numbers there are.
    pub(crate) const fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The values of a number.
    #[inline]
    pub(crate) fn row(&self, number: u32) -> &[T] {
        let Range { start, end } = self.range(number);
        &self.values[start as usize..end as usize]
    }

    /// Where they lie among all values.
    #[inline]
    pub(crate) fn range(&self, number: u32) -> Range<u32> {
        self.starts[number as usize]..self.starts[number as usize + 1]
    }

    /// All values, number by number.
    pub(crate) fn into_values(self) -> Vec<T> {
        self.values
    }

    /// All values, number by number.
    pub(crate) fn values(&self) -> &[T] {
        &self.values
    }

    /// Other values in their stead.
    pub(crate) fn map<U>(self, other: impl FnMut(T) -> U) -> Csr<U> {
        Csr {
            starts: self.starts,
            values: self.values.into_iter().map(other).collect(),
        }
    }

    /// Bytes that stay in memory.
    pub(crate) fn bytes(&self) -> usize {
        size_of_val(&*self.starts) + size_of_val(&*self.values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn things_keep_their_order_within_their_number() {
        let csr = Csr::new(
            4,
            [(2, 'c'), (0, 'a'), (2, 'd'), (0, 'b'), (2, 'e')].into_iter(),
        );
        assert_eq!(
            [0, 1, 2, 3].map(|number| csr.row(number).iter().collect::<String>()),
            ["ab", "", "cde", ""]
        );
        assert_eq!(
            (csr.len(), csr.range(2), csr.into_values().len()),
            (4, 2..5, 5)
        );
    }
}
