//! From ways and nodes, wherever they stood in the file, to streets.

use std::ops::Range;

use crate::read::raw_streets::RawStreets;

use super::fault::Fault;

/// Longitude and latitude in degrees.
pub(super) type LonLat = [f64; 2];

/// What a way is to somebody on foot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Walked,
    NotWalked,
    Deleted,
}

/// Ways in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Ways {
    heads: Vec<Head>,
    /// The nodes of the walked ways, one way after the other.
    refs: Vec<i64>,
    /// Nodes that are located by a way and need not be listed as nodes.
    pub located: Vec<(i64, LonLat)>,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    id: i64,
    kind: Kind,
    refs: usize,
}

impl Ways {
    /// Adds a way; its nodes are kept only if it is walked.
    pub(super) fn push(&mut self, id: i64, kind: Kind, refs: impl IntoIterator<Item = i64>) {
        let before = self.refs.len();
        if kind == Kind::Walked {
            self.refs.extend(refs);
        }
        self.heads.push(Head { id, kind, refs: self.refs.len() - before });
    }

    /// Adds the ways of the next part of the file.
    pub(super) fn append(&mut self, mut next: Self) {
        self.heads.append(&mut next.heads);
        self.refs.append(&mut next.refs);
        self.located.append(&mut next.located);
    }
}

/// The ways that count, and the nodes they need.
#[derive(Debug)]
pub(super) struct Plan {
    refs: Vec<i64>,
    /// Each walked way's part of `refs`, in the order of the file.
    walked: Vec<Range<usize>>,
    lines: u64,
    /// Ids of the nodes needed, ascending.
    needed: Vec<i64>,
    /// Where each needed node is.
    at: Vec<Option<LonLat>>,
}

impl Plan {
    pub(super) fn new(ways: Ways) -> Result<Self, Fault> {
        let (walked, lines) = winners(&ways.heads);
        let mut needed: Vec<i64> = walked.iter().flat_map(|range| &ways.refs[range.clone()]).copied().collect();
        needed.sort_unstable();
        needed.dedup();
        needed.shrink_to_fit();
        if u32::try_from(needed.len()).is_err() {
            return Err(Fault::too_large("the walkable streets have more than 4,294,967,295 nodes"));
        }
        let at = vec![None; needed.len()];
        let mut plan = Self { refs: ways.refs, walked, lines, needed, at };
        plan.place_known(ways.located);
        Ok(plan)
    }

    /// The place of each of the needed nodes in this range of ids.
    pub(super) fn between(&self, least: i64, most: i64) -> Near<'_> {
        let first = self.needed.partition_point(|&id| id < least);
        let count = self.needed[first..].partition_point(|&id| id <= most);
        Near { first, ids: &self.needed[first..first + count] }
    }

    /// Puts a needed node where it is, or nowhere if it was deleted.
    pub(super) fn place(&mut self, node: usize, at: Option<LonLat>) {
        self.at[node] = at;
    }

    fn place_known(&mut self, located: Vec<(i64, LonLat)>) {
        for (id, at) in located {
            if let Ok(node) = self.needed.binary_search(&id) {
                self.at[node] = Some(at);
            }
        }
    }

    /// The streets: a way is split where a node is missing. Vertices stand by ascending node id,
    /// pieces in the order of the file.
    pub(super) fn streets(self) -> RawStreets {
        let mut streets = RawStreets { lines: self.lines, walkable: self.walked.len() as u64, ..RawStreets::default() };
        for way in &self.walked {
            self.add(&self.refs[way.clone()], &mut streets);
        }
        streets.nodes = number(&self.at, &mut streets.pieces);
        streets
    }

    #[expect(clippy::cast_possible_truncation, reason = "as many nodes as a u32 counts, checked above")]
    fn add(&self, refs: &[i64], streets: &mut RawStreets) {
        let mut before = None;
        for id in refs {
            let here = self.needed.binary_search(id).ok().filter(|&node| self.at[node].is_some());
            streets.missing_vertices += u64::from(here.is_none());
            if let (Some(from), Some(to)) = (before, here) {
                streets.pieces.push([from as u32, to as u32]);
            }
            before = here;
        }
    }
}

/// Needed nodes close to each other in id.
#[derive(Debug, Clone, Copy)]
pub(super) struct Near<'a> {
    first: usize,
    ids: &'a [i64],
}

impl Near<'_> {
    /// The place of a node, if it is needed.
    pub(super) fn find(&self, id: i64) -> Option<usize> {
        self.ids.binary_search(&id).ok().map(|place| self.first + place)
    }
}

/// The walked ways' parts of the references, and how many ways there are: of the ways with one id
/// the last one counts.
fn winners(heads: &[Head]) -> (Vec<Range<usize>>, u64) {
    let last = last_of_each(heads);
    let (mut walked, mut lines, mut end) = (Vec::new(), 0, 0);
    for (head, is_last) in heads.iter().zip(last) {
        let start = end;
        end += head.refs;
        lines += u64::from(is_last && head.kind != Kind::Deleted);
        if is_last && head.kind == Kind::Walked {
            walked.push(start..end);
        }
    }
    (walked, lines)
}

fn last_of_each(heads: &[Head]) -> Vec<bool> {
    let mut last = vec![true; heads.len()];
    if heads.windows(2).all(|pair| pair[0].id < pair[1].id) {
        return last;
    }
    let mut order: Vec<(i64, usize)> = heads.iter().enumerate().map(|(place, head)| (head.id, place)).collect();
    order.sort_unstable();
    for pair in order.windows(2).filter(|pair| pair[0].0 == pair[1].0) {
        last[pair[0].1] = false;
    }
    last
}

/// The vertices that pieces use, and the pieces renumbered to them.
fn number(at: &[Option<LonLat>], pieces: &mut [[u32; 2]]) -> Vec<LonLat> {
    let mut places = vec![u32::MAX; at.len()];
    for end in pieces.iter().flatten() {
        places[*end as usize] = 0;
    }
    let (mut nodes, mut next) = (Vec::new(), 0);
    for (place, at) in places.iter_mut().zip(at).filter(|(place, _)| **place == 0) {
        *place = next;
        next += 1;
        nodes.extend(*at);
    }
    for end in pieces.iter_mut().flatten() {
        *end = places[*end as usize];
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(ways: &[(i64, Kind, &[i64])], nodes: &[i64]) -> RawStreets {
        let mut all = Ways::default();
        for (id, kind, refs) in ways {
            all.push(*id, *kind, refs.iter().copied());
        }
        let mut plan = Plan::new(all).expect("a small map");
        for (lon, &id) in (0_u32..).zip(nodes) {
            if let Some(node) = plan.between(i64::MIN, i64::MAX).find(id) {
                plan.place(node, Some([f64::from(lon), 0.0]));
            }
        }
        plan.streets()
    }

    #[test]
    fn vertices_stand_by_id_and_pieces_in_file_order() {
        let streets = built(&[(9, Kind::Walked, &[30, 10]), (2, Kind::Walked, &[10, 20, 30])], &[10, 20, 30, 40]);
        assert_eq!(streets.nodes, [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]);
        assert_eq!(streets.pieces, [[2, 0], [0, 1], [1, 2]]);
        assert_eq!((streets.lines, streets.walkable, streets.missing_vertices), (2, 2, 0));
    }

    #[test]
    fn a_way_is_split_where_a_node_is_missing() {
        let streets = built(&[(1, Kind::Walked, &[1, 2, 3, 4, 5]), (2, Kind::Walked, &[7, 3])], &[1, 2, 4, 5, 7]);
        assert_eq!(streets.pieces, [[0, 1], [2, 3]]);
        assert_eq!(streets.nodes.len(), 4, "node 7 hangs on no piece");
        assert_eq!(streets.missing_vertices, 2);
    }

    #[test]
    fn the_last_way_of_an_id_counts() {
        let walked = Kind::Walked;
        let streets = built(&[(1, walked, &[1, 2]), (2, walked, &[2, 3]), (1, Kind::NotWalked, &[])], &[1, 2, 3]);
        assert_eq!((streets.lines, streets.walkable, streets.pieces.len()), (2, 1, 1));
        let streets = built(&[(1, walked, &[1, 2]), (1, Kind::Deleted, &[])], &[1, 2]);
        assert_eq!((streets.lines, streets.walkable, streets.pieces.len()), (0, 0, 0));
        let streets = built(&[(1, Kind::Deleted, &[]), (1, walked, &[1, 2])], &[1, 2]);
        assert_eq!((streets.lines, streets.walkable, streets.pieces.len()), (1, 1, 1));
    }

    #[test]
    fn c4_loops_and_repeated_nodes_are_kept() {
        let streets = built(&[(1, Kind::Walked, &[1, 2, 1, 1])], &[1, 2]);
        assert_eq!(streets.pieces, [[0, 1], [1, 0], [0, 0]]);
    }
}
