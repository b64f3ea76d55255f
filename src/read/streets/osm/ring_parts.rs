//! Ways put together to rings, as the outlines of relations are drawn: in any order and direction.

use std::collections::HashMap;

/// The rings that these ways make, as nodes of which the last is the first; none where a way is left
/// that closes nowhere. O(nodes).
pub(super) fn rings(ways: &[&Vec<i64>]) -> Option<Vec<Vec<i64>>> {
    let ways: Vec<&[i64]> = ways.iter().map(|way| way.as_slice()).collect();
    let mut left = Left::of(&ways);
    let mut rings = Vec::new();
    for (place, way) in ways.iter().enumerate() {
        if way.len() < 2 || !left.take(place) {
            continue;
        }
        let mut ring = way.to_vec();
        while ring.first() != ring.last() {
            let end = *ring.last()?;
            let next = ways[left.take_at(end)?];
            // It may run either way.
            if next.first() == Some(&end) {
                ring.extend(&next[1..]);
            } else {
                ring.extend(next.iter().rev().skip(1));
            }
        }
        rings.push(ring);
    }
    Some(rings)
}

/// The ways that are in no ring yet.
struct Left {
    is_taken: Vec<bool>,
    /// The ways that begin or end at each node, the first of them last.
    at: HashMap<i64, Vec<usize>>,
}

impl Left {
    fn of(ways: &[&[i64]]) -> Self {
        let mut at: HashMap<i64, Vec<usize>> = HashMap::new();
        for (place, way) in ways.iter().enumerate().rev() {
            for end in [way.first(), way.last()].into_iter().flatten() {
                at.entry(*end).or_default().push(place);
            }
        }
        Self {
            is_taken: vec![false; ways.len()],
            at,
        }
    }

    /// Takes a way; whether it was left.
    fn take(&mut self, place: usize) -> bool {
        !std::mem::replace(&mut self.is_taken[place], true)
    }

    /// Takes the first way that is left at a node.
    fn take_at(&mut self, node: i64) -> Option<usize> {
        loop {
            let place = self.at.get_mut(&node)?.pop()?;
            if self.take(place) {
                return Some(place);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(ways: &[&[i64]]) -> Option<Vec<Vec<i64>>> {
        let ways: Vec<Vec<i64>> = ways.iter().map(|way| way.to_vec()).collect();
        rings(&ways.iter().collect::<Vec<_>>())
    }

    #[test]
    fn ways_join_in_any_order_and_direction() {
        assert_eq!(
            made(&[&[1, 2, 3], &[4, 3], &[4, 5, 1]]),
            Some(vec![vec![1, 2, 3, 4, 5, 1]])
        );
        assert_eq!(
            made(&[&[1, 2, 3, 1], &[7, 8], &[9, 8], &[9, 7]]),
            Some(vec![vec![1, 2, 3, 1], vec![7, 8, 9, 7]])
        );
        assert_eq!(made(&[]), Some(Vec::new()));
    }

    #[test]
    fn what_does_not_close_is_no_ring() {
        assert_eq!(made(&[&[1, 2, 3], &[3, 4]]), None);
        assert_eq!(made(&[&[1, 2, 3, 1], &[4, 5]]), None);
    }
}
