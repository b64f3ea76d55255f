//! Sets of the 168 hours of a week, as bits.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign};

/// Hours in a week.
pub const HOURS: usize = 168;

/// A set of the hours of a week, 0 to 167. Hour 0 begins on Monday at 00:00, hour 34 on Tuesday at
/// 10:00.
///
/// ```
/// use walkshed::model::HourSet;
/// let morning = HourSet::of(8..12);
/// assert_eq!((morning | HourSet::of(10..14)).count(), 6);
/// assert_eq!((morning & HourSet::of(10..14)).iter().collect::<Vec<_>>(), [10, 11]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct HourSet([u64; 3]);

impl HourSet {
    /// No hour.
    pub const EMPTY: Self = Self([0; 3]);
    /// Every hour of the week.
    pub const ALL: Self = Self([u64::MAX, u64::MAX, (1 << 40) - 1]);

    /// The set of these hours; what is no hour of a week (168 or more) is left out.
    #[must_use]
    pub fn of(hours: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::EMPTY;
        for hour in hours.into_iter().filter(|&hour| hour < HOURS) {
            set.0[hour / 64] |= 1 << (hour % 64);
        }
        set
    }

    /// Whether the hour is in the set.
    #[must_use]
    pub fn contains(self, hour: usize) -> bool {
        self.0
            .get(hour / 64)
            .is_some_and(|word| word >> (hour % 64) & 1 == 1)
    }

    /// How many hours are in the set.
    #[must_use]
    pub fn count(self) -> u32 {
        self.0.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no hour is in the set.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::EMPTY
    }

    /// The hours in the set, in order. O(hours in the set).
    pub fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(place, word)| {
            let with_the_lowest_off =
                |&bits: &u64| Some(bits & (bits - 1)).filter(|&bits| bits != 0);
            let left =
                std::iter::successors(Some(word).filter(|&bits| bits != 0), with_the_lowest_off);
            left.map(move |bits| place * 64 + bits.trailing_zeros() as usize)
        })
    }

    /// Every hour moved so many hours earlier, round the week: hour 0 moved by one is hour 167.
    #[must_use]
    pub fn earlier(self, hours: usize) -> Self {
        let by = hours % HOURS;
        if by == 0 {
            self
        } else {
            self.down(by) | self.up(HOURS - by)
        }
    }

    /// Moved towards hour 0; what would pass it is lost.
    fn down(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let word = |place: usize| self.0.get(place).copied().unwrap_or(0);
        // Bits that cross from one word into the next; a shift by all 64 is not allowed.
        let carried = |place: usize| {
            if bits == 0 {
                0
            } else {
                word(place) << (64 - bits)
            }
        };
        Self([0, 1, 2].map(|place| word(place + words) >> bits | carried(place + words + 1)))
    }

    /// Moved away from hour 0; what would pass hour 167 is lost.
    fn up(self, by: usize) -> Self {
        let (words, bits) = (by / 64, by % 64);
        let word =
            |place: usize, below: usize| place.checked_sub(below).map_or(0, |place| self.0[place]);
        let carried = |place: usize| {
            if bits == 0 {
                0
            } else {
                word(place, words + 1) >> (64 - bits)
            }
        };
        Self([0, 1, 2].map(|place| word(place, words) << bits | carried(place))) & Self::ALL
    }
}

impl BitOr for HourSet {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self([0, 1, 2].map(|place| self.0[place] | other.0[place]))
    }
}

impl BitAnd for HourSet {
    type Output = Self;
    fn bitand(self, other: Self) -> Self {
        Self([0, 1, 2].map(|place| self.0[place] & other.0[place]))
    }
}

impl BitOrAssign for HourSet {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

impl BitAndAssign for HourSet {
    fn bitand_assign(&mut self, other: Self) {
        *self = *self & other;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_week_has_168_hours() {
        assert_eq!((HourSet::ALL.count(), HourSet::EMPTY.count()), (168, 0));
        assert_eq!(HourSet::of(0..400), HourSet::ALL);
        assert!(
            HourSet::ALL.contains(167)
                && !HourSet::ALL.contains(168)
                && !HourSet::ALL.contains(1000)
        );
    }

    proptest! {
        #[test]
        fn a_set_of_bits_is_a_set(
            a in prop::collection::btree_set(0..HOURS, 0..60),
            b in prop::collection::btree_set(0..HOURS, 0..60),
            by in 0..400_usize,
        ) {
            let bits = |set: &BTreeSet<usize>| HourSet::of(set.iter().copied());
            prop_assert_eq!(bits(&a).iter().collect::<BTreeSet<_>>(), a.clone());
            prop_assert_eq!(bits(&a).count() as usize, a.len());
            prop_assert_eq!(bits(&a) | bits(&b), bits(&(&a | &b)));
            prop_assert_eq!(bits(&a) & bits(&b), bits(&(&a & &b)));
            let moved = a.iter().map(|hour| (hour + 3 * HOURS - by) % HOURS);
            prop_assert_eq!(bits(&a).earlier(by), HourSet::of(moved));
        }
    }
}
