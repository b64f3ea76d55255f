//! From ways and nodes, wherever they stood in the file, to streets.

use std::collections::{BTreeMap, HashSet};

use crate::model::StreetKind;
use crate::read::error::BadInput;
use crate::read::streets::knots;
use crate::read::streets::node_rule::Knot;
use crate::read::streets::not_understood::NotUnderstood;
use crate::read::streets::ways::{About, Access, Names, RawStreets, Stretch};
use crate::words::text;

use super::collected::{LonLat, Square, Walked, Ways, winners};
use super::cross_squares::Crossing;
use super::fault::Fault;

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
    /// What needed nodes do to those who go through them, by their places in `needed`.
    knots: BTreeMap<usize, Knot>,
    /// What is not understood of ways and nodes.
    pub odd: NotUnderstood,
    squares: Vec<Square>,
    /// Whether squares are walked straight across.
    across: bool,
}

impl Plan {
    /// Squares are walked straight `across` too, or along their outlines only.
    pub(super) fn new(mut ways: Ways, across: bool) -> Result<Self, Fault> {
        // Nodes are needed of those ways alone that are walked: most of a map is left aside.
        let (walked, lines) = winners(&ways.heads);
        let squares = ways.squares(&walked);
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
            knots: BTreeMap::new(),
            odd: ways.odd,
            squares,
            across,
        };
        // Places that ways give come first: what the file lists as a node replaces them.
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

    /// Puts a needed node where it is, or nowhere if it was deleted, with what it does there.
    pub(super) fn place(&mut self, (node, at, knot): (usize, Option<LonLat>, Knot)) {
        // Of a node that is listed twice nothing stays of the first time.
        if self.at[node].is_some() {
            self.knots.remove(&node);
        }
        self.at[node] = at;
        // A node that is nowhere does nothing, and so leaves nothing to the next of the same id.
        if at.is_some() && !knot.is_nothing() {
            self.knots.insert(node, knot);
        }
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
    pub(super) fn streets(mut self) -> RawStreets {
        // First, so that their nodes become no vertices.
        self.leave_lone_platforms();
        let mut streets = RawStreets {
            lines: self.lines,
            ..RawStreets::default()
        };
        let mut residents = 0;
        for way in &self.walked {
            let refs = &self.refs[way.refs.clone()];
            let about = self
                .abouts
                .get(way.about as usize)
                .copied()
                .unwrap_or_default();
            if self.is_point(refs, &about) {
                streets.points += 1;
                continue;
            }
            // `walkable` counts public ways, by which it is judged how whole the file is.
            residents += u64::from(about.access != Access::Public);
            let before = streets.pieces.len();
            self.add(refs, &mut streets);
            let said = Some(about).filter(|about| !about.is_nothing());
            let pieces = before..streets.pieces.len();
            streets
                .stretches
                .extend(said.and_then(|about| Stretch::new(pieces, about)));
        }
        self.cross_squares(&mut streets);
        streets.walkable = self.walked.len() as u64 - streets.points - residents;
        // Until here pieces name places in `needed`, from here on vertices.
        let vertices = number(&mut streets.pieces, self.at.len());
        streets.nodes = (0..self.at.len())
            .filter(|&node| vertices[node] != u32::MAX)
            .filter_map(|node| self.at[node])
            .collect();
        streets.names = self.names;
        streets.bad = each_once(self.strays);
        streets.odd = self.odd;
        let knots = self.knots.into_iter();
        let at_vertices = knots.map(|(node, knot)| (vertices[node], knot));
        knots::tied(
            &mut streets,
            at_vertices
                .filter(|(vertex, _)| *vertex != u32::MAX)
                .collect(),
        );
        streets
    }

    /// Adds the straight ways across squares, or counts the squares where these are not asked for.
    fn cross_squares(&self, streets: &mut RawStreets) {
        if !self.across || self.squares.is_empty() {
            streets.squares.outlined = self.squares.len() as u64;
            return;
        }
        let crossing = Crossing {
            refs: &self.refs,
            walked: &self.walked,
            needed: &self.needed,
            at: &self.at,
            squares: &self.squares,
        };
        for (square, lines) in self.squares.iter().zip(crossing.lines()) {
            let Some(lines) = lines else {
                streets.squares.outlined += 1;
                continue;
            };
            streets.squares.crossed += 1;
            streets.squares.lines += lines.len() as u64;
            let before = streets.pieces.len();
            #[expect(
                clippy::cast_possible_truncation,
                reason = "as many nodes as a u32 counts, checked above"
            )]
            let pieces = lines.into_iter().map(|ends| ends.map(|node| node as u32));
            streets.pieces.extend(pieces);
            let about = self.abouts.get(square.about as usize).copied();
            let said = about.filter(|about| !about.is_nothing());
            let pieces = before..streets.pieces.len();
            streets
                .stretches
                .extend(said.and_then(|about| Stretch::new(pieces, about)));
        }
    }

    /// Leaves out the ways that are streets only where they join another, and join none. O(nodes log
    /// nodes) where there are any such ways.
    fn leave_lone_platforms(&mut self) {
        if !self.walked.iter().any(|way| way.joining) {
            return;
        }
        let mut on_streets = vec![false; self.needed.len()];
        for way in self.walked.iter().filter(|way| !way.joining) {
            for &id in &self.refs[way.refs.clone()] {
                if let Some(node) = self.place_of(id) {
                    on_streets[node] = true;
                }
            }
        }
        // Only nodes of streets are marked: two platforms that join each other join no street.
        let mut walked = std::mem::take(&mut self.walked);
        walked.retain(|way| {
            let mut refs = self.refs[way.refs.clone()].iter();
            !way.joining || refs.any(|&id| self.place_of(id).is_some_and(|node| on_streets[node]))
        });
        self.walked = walked;
    }

    /// Whether a way leads from a place to itself and nowhere else. One that misses nodes does not
    /// tell.
    fn is_point(&self, refs: &[i64], about: &About) -> bool {
        // A lift leads straight up: its two nodes stand at one place and are two all the same.
        if about.traits.kind == StreetKind::Elevator {
            return refs.windows(2).all(|pair| pair[0] == pair[1]);
        }
        let mut places = refs.iter().map(|&id| self.at[self.place_of(id)?]);
        match places.next() {
            None => true,
            Some(first) => first.is_some() && places.all(|place| place == first),
        }
    }

    fn place_of(&self, id: i64) -> Option<usize> {
        self.needed.binary_search(&id).ok()
    }

    /// Adds a piece between each two neighbouring nodes that are both there. O(nodes · log needed).
    #[expect(
        clippy::cast_possible_truncation,
        reason = "as many nodes as a u32 counts, checked above"
    )]
    fn add(&self, refs: &[i64], streets: &mut RawStreets) {
        let mut before = None;
        let mut tear = Tear::default();
        for &id in refs {
            let here = self.place_of(id).filter(|&node| self.at[node].is_some());
            // A missing node parts the way: no piece leads across the gap.
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

/// Renumbers pieces to the vertices that they use; the number of each of so many nodes, or `u32::MAX`.
fn number(pieces: &mut [[u32; 2]], nodes: usize) -> Vec<u32> {
    let mut places = vec![u32::MAX; nodes];
    for end in pieces.iter().flatten() {
        places[*end as usize] = 0;
    }
    // By ascending node, whatever the order of the ways.
    let used = places.iter_mut().filter(|place| **place == 0);
    for (number, place) in (0_u32..).zip(used) {
        *place = number;
    }
    for end in pieces.iter_mut().flatten() {
        *end = places[*end as usize];
    }
    places
}

#[cfg(test)]
#[path = "assemble_tests.rs"]
mod tests;
