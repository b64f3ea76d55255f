//! From ways and nodes, wherever they stood in the file, to streets.

use std::collections::HashSet;
use std::ops::Range;

use crate::read::error::BadInput;
use crate::read::streets::tags::Told;
use crate::read::streets::ways::{About, Access, Names, RawStreets, Stretch};
use crate::words::text;

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
    /// What is told of those walked ways that are not plain and nameless.
    abouts: Vec<About>,
    names: Names,
    /// Nodes that are located by a way and need not be listed as nodes.
    pub located: Vec<(i64, LonLat)>,
    /// Nodes that a way puts off the globe.
    pub strays: Vec<Fault>,
}

#[derive(Debug, Clone, Copy)]
struct Head {
    id: i64,
    kind: Kind,
    /// Its place in `abouts`, or [`PLAIN`].
    about: u32,
    refs: usize,
}

/// The way is plain and nameless.
const PLAIN: u32 = u32::MAX;

impl Ways {
    /// Adds a way that is not walked.
    pub(super) fn pass(&mut self, id: i64, kind: Kind) {
        self.heads.push(Head {
            id,
            kind,
            about: PLAIN,
            refs: 0,
        });
    }

    /// Adds a walked way, its nodes and what its tags tell.
    pub(super) fn walk(&mut self, id: i64, refs: impl IntoIterator<Item = i64>, told: &Told<'_>) {
        let before = self.refs.len();
        self.refs.extend(refs);
        let name = told.name.and_then(|name| self.names.place(name));
        let about = self.about(About {
            traits: told.traits,
            name,
            access: Access::Public,
        });
        self.heads.push(Head {
            id,
            kind: Kind::Walked,
            about,
            refs: self.refs.len() - before,
        });
    }

    /// How many ways and references are kept.
    pub(super) fn kept(&self) -> u64 {
        (self.heads.len() + self.refs.len()) as u64
    }

    fn about(&mut self, about: About) -> u32 {
        if about.is_nothing() {
            return PLAIN;
        }
        self.abouts.push(about);
        u32::try_from(self.abouts.len() - 1).unwrap_or(PLAIN)
    }

    /// Adds the ways of the next part of the file.
    pub(super) fn append(&mut self, mut next: Self) {
        let first = self.abouts.len();
        for mut head in next.heads {
            if head.about != PLAIN {
                head.about = u32::try_from(first + head.about as usize).unwrap_or(PLAIN);
            }
            self.heads.push(head);
        }
        // The same name may stand in several parts: here it has one place.
        let names = self.names.places_of(&next.names);
        for mut about in next.abouts {
            about.name = about.name.and_then(|name| names[name as usize]);
            self.abouts.push(about);
        }
        self.refs.append(&mut next.refs);
        self.located.append(&mut next.located);
        self.strays.append(&mut next.strays);
    }
}

/// The ways that count, and the nodes they need.
#[derive(Debug)]
pub(super) struct Plan {
    refs: Vec<i64>,
    /// Each walked way's part of `refs`, in the order of the file.
    walked: Vec<Walked>,
    abouts: Vec<About>,
    names: Names,
    lines: u64,
    /// Ids of the nodes needed, ascending.
    needed: Vec<i64>,
    /// Where each needed node is.
    at: Vec<Option<LonLat>>,
    /// Needed nodes that are off the globe.
    pub strays: Vec<Fault>,
}

/// A way that counts.
#[derive(Debug)]
struct Walked {
    refs: Range<usize>,
    /// As [`Head::about`].
    about: u32,
}

impl Plan {
    pub(super) fn new(ways: Ways) -> Result<Self, Fault> {
        let (walked, lines) = winners(&ways.heads);
        let mut needed: Vec<i64> = walked
            .iter()
            .flat_map(|way| &ways.refs[way.refs.clone()])
            .copied()
            .collect();
        needed.sort_unstable();
        needed.dedup();
        needed.shrink_to_fit();
        if u32::try_from(needed.len()).is_err() {
            return Err(Fault::too_large(text!(TooManyNodes)));
        }
        let at = vec![None; needed.len()];
        let mut plan = Self {
            refs: ways.refs,
            walked,
            abouts: ways.abouts,
            names: ways.names,
            lines,
            needed,
            at,
            strays: ways.strays,
        };
        plan.place_known(ways.located);
        Ok(plan)
    }

    /// The place of each of the needed nodes in this range of ids.
    pub(super) fn between(&self, least: i64, most: i64) -> Near<'_> {
        let first = self.needed.partition_point(|&id| id < least);
        let count = self.needed[first..].partition_point(|&id| id <= most);
        Near {
            first,
            ids: &self.needed[first..first + count],
        }
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
    /// pieces in the order of the file. A way between a place and itself is no street.
    pub(super) fn streets(self) -> RawStreets {
        let mut streets = RawStreets {
            lines: self.lines,
            ..RawStreets::default()
        };
        for way in &self.walked {
            let refs = &self.refs[way.refs.clone()];
            if self.is_point(refs) {
                streets.points += 1;
                continue;
            }
            let before = streets.pieces.len();
            self.add(refs, &mut streets);
            let about = self.abouts.get(way.about as usize);
            streets
                .stretches
                .extend(about.and_then(|&about| Stretch::new(before..streets.pieces.len(), about)));
        }
        streets.walkable = self.walked.len() as u64 - streets.points;
        streets.nodes = number(&self.at, &mut streets.pieces);
        streets.names = self.names;
        streets.bad = each_once(self.strays);
        streets
    }

    /// Whether a way leads from a place to itself and nowhere else. One that misses nodes does not
    /// tell.
    fn is_point(&self, refs: &[i64]) -> bool {
        let mut places = refs.iter().map(|&id| self.at[self.place_of(id)?]);
        match places.next() {
            None => true,
            Some(first) => first.is_some() && places.all(|place| place == first),
        }
    }

    fn place_of(&self, id: i64) -> Option<usize> {
        self.needed.binary_search(&id).ok()
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "as many nodes as a u32 counts, checked above"
    )]
    fn add(&self, refs: &[i64], streets: &mut RawStreets) {
        let mut before = None;
        let mut tear = Tear::default();
        for &id in refs {
            let here = self.place_of(id).filter(|&node| self.at[node].is_some());
            tear.see(here.is_some());
            if let (Some(from), Some(to)) = (before, here) {
                streets.pieces.push([from as u32, to as u32]);
            }
            before = here;
        }
        tear.count(streets);
    }
}

/// What is wrong with nodes: a way may name one twice, and several ways the same one.
fn each_once(strays: Vec<Fault>) -> Vec<BadInput> {
    let mut told = HashSet::new();
    let mut bad = Vec::new();
    for stray in strays {
        if told.insert(stray.clone()) {
            bad.push(stray.bad_input());
        }
    }
    bad
}

/// Which nodes of a way are missing, node by node.
#[derive(Debug, Default)]
struct Tear {
    /// A node is there.
    begun: bool,
    /// Nodes are missing since the last one that is there.
    open: bool,
    /// Nodes are missing between two that are there.
    broken: bool,
    /// How many are missing.
    missing: u64,
}

impl Tear {
    fn see(&mut self, is_there: bool) {
        if !is_there {
            self.open = true;
            self.missing += 1;
            return;
        }
        self.broken |= self.begun && self.open;
        self.begun = true;
        self.open = false;
    }

    fn count(&self, streets: &mut RawStreets) {
        streets.missing_vertices += self.missing;
        let torn = &mut streets.torn;
        if !self.begun {
            torn.nowhere += 1;
        } else if self.broken {
            torn.broken += 1;
        } else if self.missing > 0 {
            torn.ended += 1;
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
        self.ids
            .binary_search(&id)
            .ok()
            .map(|place| self.first + place)
    }
}

/// The walked ways' parts of the references, and how many ways there are: of the ways with one id
/// the last one counts.
fn winners(heads: &[Head]) -> (Vec<Walked>, u64) {
    let last = last_of_each(heads);
    let mut walked = Vec::new();
    let mut lines = 0;
    let mut end = 0;
    for (head, is_last) in heads.iter().zip(last) {
        let start = end;
        end += head.refs;
        lines += u64::from(is_last && head.kind != Kind::Deleted);
        if is_last && head.kind == Kind::Walked {
            walked.push(Walked {
                refs: start..end,
                about: head.about,
            });
        }
    }
    (walked, lines)
}

fn last_of_each(heads: &[Head]) -> Vec<bool> {
    let mut last = vec![true; heads.len()];
    if heads.windows(2).all(|pair| pair[0].id < pair[1].id) {
        return last;
    }
    let mut order: Vec<(i64, usize)> = heads
        .iter()
        .enumerate()
        .map(|(place, head)| (head.id, place))
        .collect();
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
    let mut nodes = Vec::new();
    let used = places.iter_mut().zip(at).filter(|(place, _)| **place == 0);
    for (number, (place, at)) in (0_u32..).zip(used) {
        *place = number;
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
    use crate::model::StreetKind;
    use crate::read::streets::tags::told;
    use crate::read::streets::ways::Torn;

    fn built(ways: &[(i64, Kind, &[i64])], nodes: &[i64]) -> RawStreets {
        let mut all = Ways::default();
        for (id, kind, refs) in ways {
            match kind {
                Kind::Walked => all.walk(*id, refs.iter().copied(), &told([].into_iter())),
                _ => all.pass(*id, *kind),
            }
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
        let streets = built(
            &[
                (9, Kind::Walked, &[30, 10]),
                (2, Kind::Walked, &[10, 20, 30]),
            ],
            &[10, 20, 30, 40],
        );
        assert_eq!(streets.nodes, [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]]);
        assert_eq!(streets.pieces, [[2, 0], [0, 1], [1, 2]]);
        assert_eq!(
            (streets.lines, streets.walkable, streets.missing_vertices),
            (2, 2, 0)
        );
    }

    #[test]
    fn a_way_is_split_where_a_node_is_missing() {
        let streets = built(
            &[
                (1, Kind::Walked, &[1, 2, 3, 4, 5]),
                (2, Kind::Walked, &[7, 3]),
            ],
            &[1, 2, 4, 5, 7],
        );
        assert_eq!(streets.pieces, [[0, 1], [2, 3]]);
        assert_eq!(streets.nodes.len(), 4, "node 7 hangs on no piece");
        assert_eq!(streets.missing_vertices, 2);
    }

    #[test]
    fn ways_that_miss_nodes_are_counted_by_where_they_do() {
        let walked = Kind::Walked;
        let streets = built(
            &[
                (1, walked, &[1, 2]),
                (2, walked, &[9, 1, 2]),
                (3, walked, &[1, 9]),
                (4, walked, &[1, 9, 2]),
                (5, walked, &[9, 1, 9, 8, 2, 9, 1]),
                (6, walked, &[8, 9]),
            ],
            &[1, 2],
        );
        let torn = Torn {
            ended: 2,
            broken: 2,
            nowhere: 1,
        };
        assert_eq!((streets.torn, streets.walkable), (torn, 6));
    }

    #[test]
    fn a_way_between_a_place_and_itself_is_no_street() {
        let walked = Kind::Walked;
        let ways: [(i64, Kind, &[i64]); 5] = [
            (1, walked, &[1, 1]),
            (2, walked, &[2]),
            (3, walked, &[]),
            (4, walked, &[1, 2, 1]),
            (5, walked, &[1, 9]),
        ];
        let streets = built(&ways, &[1, 2]);
        assert_eq!((streets.points, streets.walkable), (3, 2));
        assert_eq!(streets.pieces, [[0, 1], [1, 0]]);
    }

    #[test]
    fn the_last_way_of_an_id_counts() {
        let walked = Kind::Walked;
        let streets = built(
            &[
                (1, walked, &[1, 2]),
                (2, walked, &[2, 3]),
                (1, Kind::NotWalked, &[]),
            ],
            &[1, 2, 3],
        );
        assert_eq!(
            (streets.lines, streets.walkable, streets.pieces.len()),
            (2, 1, 1)
        );
        let streets = built(&[(1, walked, &[1, 2]), (1, Kind::Deleted, &[])], &[1, 2]);
        assert_eq!(
            (streets.lines, streets.walkable, streets.pieces.len()),
            (0, 0, 0)
        );
        let streets = built(&[(1, Kind::Deleted, &[]), (1, walked, &[1, 2])], &[1, 2]);
        assert_eq!(
            (streets.lines, streets.walkable, streets.pieces.len()),
            (1, 1, 1)
        );
    }

    #[test]
    fn c4_loops_and_repeated_nodes_are_kept() {
        let streets = built(&[(1, Kind::Walked, &[1, 2, 1, 1])], &[1, 2]);
        assert_eq!(streets.pieces, [[0, 1], [1, 0], [0, 0]]);
    }

    #[test]
    fn only_nodes_of_walked_ways_are_kept_each_once() {
        let mut all = Ways::default();
        for (id, refs) in [(1, [30, 10, -5]), (2, [10, 20, 30])] {
            all.walk(id, refs, &told([].into_iter()));
        }
        all.pass(3, Kind::NotWalked);
        all.walk(4, [70, 80], &told([].into_iter()));
        all.pass(4, Kind::Deleted);
        let plan = Plan::new(all).expect("a small map");
        assert_eq!(
            plan.needed,
            [-5, 10, 20, 30],
            "of a way that was deleted later none"
        );
        assert_eq!(plan.between(11, 29).ids, [20]);
    }

    /// A part of a file: ways of two nodes each.
    fn part(ways: &[(i64, &str, &str)]) -> Ways {
        let mut part = Ways::default();
        for &(id, kind, name) in ways {
            part.walk(
                id,
                [id, id + 1, id + 2],
                &told([("highway", kind), ("name", name)].into_iter()),
            );
        }
        part
    }

    #[test]
    fn traits_and_names_stay_with_their_way_when_parts_are_joined() {
        let mut all = part(&[(1, "path", "A"), (11, "path", ""), (21, "steps", "B")]);
        all.append(part(&[
            (31, "steps", "B"),
            (41, "path", "A"),
            (21, "path", "C"),
        ]));
        let mut plan = Plan::new(all).expect("a small map");
        for (node, lon) in (0..plan.needed.len()).zip(0_u32..) {
            plan.place(node, Some([f64::from(lon), 0.0]));
        }
        let streets = plan.streets();
        let told = streets.stretches.iter().map(|stretch| {
            let name = stretch
                .about
                .name
                .and_then(|name| streets.names.at(name))
                .map(ToString::to_string);
            (
                stretch.pieces.clone(),
                stretch.about.traits.kind == StreetKind::Stairs,
                name.unwrap_or_default(),
            )
        });
        let expected = [
            (0..2, false, "A"),
            (4..6, true, "B"),
            (6..8, false, "A"),
            (8..10, false, "C"),
        ];
        assert_eq!(
            told.collect::<Vec<_>>(),
            expected.map(|(pieces, stairs, name)| (pieces, stairs, name.to_owned()))
        );
    }
}
