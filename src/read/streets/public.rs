//! The streets that a stranger may walk.

use super::ways::{Access, RawStreets, Stretch};

/// Takes out what strangers may not walk, and the vertices that nothing else has. Pieces without a
/// stretch are everybody's. O(pieces).
pub(crate) fn public_only(raw: &mut RawStreets) {
    keep(raw, |access| access == Access::Public);
}

/// Keeps the pieces whose access is wanted, in their order.
pub(crate) fn keep(raw: &mut RawStreets, is_wanted: impl Fn(Access) -> bool) {
    let stretches = raw.stretches.iter();
    if stretches
        .clone()
        .all(|stretch| is_wanted(stretch.about.access))
    {
        return;
    }
    let mut kept = Vec::with_capacity(raw.pieces.len());
    let mut kept_stretches = Vec::with_capacity(raw.stretches.len());
    let mut done = 0;
    for stretch in stretches {
        let [start, end] = [stretch.pieces.start, stretch.pieces.end].map(|place| place as usize);
        // What lies between two stretches is plain, and everybody's.
        kept.extend_from_slice(&raw.pieces[done..start]);
        done = end;
        if is_wanted(stretch.about.access) {
            let from = kept.len();
            kept.extend_from_slice(&raw.pieces[start..end]);
            kept_stretches.extend(Stretch::new(from..kept.len(), stretch.about));
        }
    }
    kept.extend_from_slice(&raw.pieces[done..]);
    raw.pieces = kept;
    raw.stretches = kept_stretches;
    drop_unused(raw);
}

/// Drops the vertices that no piece has; the others keep their order.
fn drop_unused(raw: &mut RawStreets) {
    let mut places = vec![u32::MAX; raw.nodes.len()];
    for end in raw.pieces.iter().flatten() {
        places[*end as usize] = 0;
    }
    let is_used: Vec<bool> = places.iter().map(|place| *place == 0).collect();
    let used = places.iter_mut().filter(|place| **place == 0);
    for (number, place) in (0_u32..).zip(used) {
        *place = number;
    }
    for end in raw.pieces.iter_mut().flatten() {
        *end = places[*end as usize];
    }
    retain(&mut raw.nodes, &is_used);
    retain(&mut raw.heights, &is_used);
}

/// Keeps what is used of a list; one that is empty stays so.
fn retain<T>(list: &mut Vec<T>, is_used: &[bool]) {
    let mut used = is_used.iter();
    list.retain(|_| used.next() == Some(&true));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::streets::ways::About;

    #[test]
    fn only_public_pieces_and_their_vertices_are_kept() {
        let about = |access| About {
            access,
            name: Some(0),
            ..About::default()
        };
        let mut raw = RawStreets {
            nodes: (0..6).map(|lon| [f64::from(lon), 0.0]).collect(),
            pieces: vec![[0, 1], [1, 2], [2, 3], [3, 4], [4, 5]],
            heights: (0_u8..6).map(|height| Some(f32::from(height))).collect(),
            stretches: [
                Stretch::new(1..3, about(Access::Residents)),
                Stretch::new(3..4, about(Access::Public)),
            ]
            .into_iter()
            .flatten()
            .collect(),
            ..RawStreets::default()
        };
        public_only(&mut raw);
        // Vertex 2 goes; 3, 4, 5 become 2, 3, 4.
        assert_eq!(raw.pieces, [[0, 1], [2, 3], [3, 4]]);
        assert_eq!(
            raw.nodes.iter().map(|at| at[0]).collect::<Vec<_>>(),
            [0.0, 1.0, 3.0, 4.0, 5.0]
        );
        assert_eq!(raw.heights[2], Some(3.0));
        assert_eq!(
            (raw.stretches.len(), raw.stretches[0].pieces.clone()),
            (1, 1..2)
        );
    }
}
