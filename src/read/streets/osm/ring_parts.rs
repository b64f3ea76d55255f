//! Ways put together to rings, as the outlines of relations are drawn: in any order and direction.

/// The rings that these ways make, as nodes of which the last is the first; none where a way is left
/// that closes nowhere. O(ways²), for an outline has few.
pub(super) fn rings(ways: &[&Vec<i64>]) -> Option<Vec<Vec<i64>>> {
    let mut left: Vec<Vec<i64>> = ways.iter().map(|way| (*way).clone()).collect();
    left.retain(|way| way.len() > 1);
    // From the last on, so that taking one moves no other.
    left.reverse();
    let mut rings = Vec::new();
    while let Some(mut ring) = left.pop() {
        while ring.first() != ring.last() {
            let end = ring.last().copied();
            let next = left
                .iter()
                .rposition(|way| way.first().copied() == end || way.last().copied() == end)?;
            let mut way = left.remove(next);
            if way.first().copied() != end {
                way.reverse();
            }
            ring.extend(way.into_iter().skip(1));
        }
        rings.push(ring);
    }
    Some(rings)
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
