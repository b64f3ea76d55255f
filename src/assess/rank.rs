//! Ranks by fractions, compared exactly.

use std::cmp::Ordering;

/// Compares a/b with c/d exactly, whatever their size; a fraction of nothing is the smallest.
///
/// Products might overflow, so the fractions are compared as continued fractions: whole parts first,
/// then what remains, turned over. Denominators shrink as in Euclid's algorithm: O(log of b and d).
pub(super) fn compare((a, b): (u128, u128), (c, d): (u128, u128)) -> Ordering {
    if b == 0 || d == 0 {
        return (b != 0).cmp(&(d != 0));
    }
    let by_whole = (a / b).cmp(&(c / d));
    if by_whole != Ordering::Equal {
        return by_whole;
    }
    let left = a % b;
    let right = c % d;
    if left == 0 || right == 0 {
        return (left != 0).cmp(&(right != 0));
    }
    // left/b against right/d is d/right against b/left.
    compare((d, right), (b, left))
}

/// The rank of each of these, which are sorted from the first to the last: 1, 2, 2, 4. Equal
/// neighbours share a rank, and the next counts on as if they did not.
pub(super) fn ranks<T>(sorted: &[T], equal: impl Fn(&T, &T) -> bool) -> Vec<usize> {
    let mut ranks: Vec<usize> = Vec::with_capacity(sorted.len());
    for (place, one) in sorted.iter().enumerate() {
        // Each is compared with its neighbour alone, for equals stand together.
        let is_shared = place > 0 && equal(&sorted[place - 1], one);
        let rank = if is_shared {
            ranks[place - 1]
        } else {
            place + 1
        };
        ranks.push(rank);
    }
    ranks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ties_share_a_rank_and_the_next_counts_on() {
        assert_eq!(ranks(&[9, 5, 5, 5, 1], |a, b| a == b), [1, 2, 2, 2, 5]);
        assert!(ranks(&[0_u8; 0], |a, b| a == b).is_empty());
    }

    #[test]
    fn great_fractions_that_floats_cannot_tell_apart_are() {
        let near = u128::MAX / 2;
        assert_eq!(
            compare((near, u128::MAX), (near - 1, u128::MAX)),
            Ordering::Greater
        );
        assert_eq!(compare((0, 0), (0, 1)), Ordering::Less);
        assert_eq!(compare((0, 0), (0, 0)), Ordering::Equal);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn fractions_are_compared_as_by_multiplying(a in 0_u128..99, b in 1_u128..99, c in 0_u128..99, d in 1_u128..99) {
            prop_assert_eq!(compare((a, b), (c, d)), (a * d).cmp(&(c * b)));
            prop_assert_eq!(compare((a * 7, b * 7), (a, b)), Ordering::Equal);
        }
    }
}
