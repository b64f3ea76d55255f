//! Squares, and the streets straight across them.

use std::collections::HashMap;
use std::ops::Range;

use super::{Head, Plan, Walked, Ways};
use crate::read::streets::osm::squares::Outline;
use crate::read::streets::ways::{RawStreets, Stretch};

/// An area that is walked.
#[derive(Debug)]
pub(super) struct Square {
    /// The parts of `refs` that are its outlines; none where one is missing.
    outlines: Option<Vec<Range<usize>>>,
    /// As [`Head::about`].
    about: u32,
}

impl Ways {
    /// The areas that are walked, by the ways that count.
    pub(super) fn squares(&mut self, walked: &[Walked]) -> Vec<Square> {
        if self.areas.is_empty() && self.own_areas.is_empty() {
            return Vec::new();
        }
        let refs: HashMap<i64, &Range<usize>> =
            walked.iter().map(|way| (way.id, &way.refs)).collect();
        let mut squares = Vec::new();
        for &head in &self.own_areas {
            let Head { id, about, .. } = self.heads[head];
            squares.push(Square {
                outlines: refs.get(&id).map(|refs| vec![(*refs).clone()]),
                about,
            });
        }
        for area in std::mem::take(&mut self.areas) {
            let mut ways = area.ways().peekable();
            // A platform is walked where it joins a street, along its rim.
            if ways.peek().is_none() {
                continue;
            }
            let outlines = ways.map(|way| refs.get(&way).map(|refs| (*refs).clone()));
            let outlines = outlines.collect();
            let about = self.about_of(&area);
            let about = self.about(about);
            squares.push(Square { outlines, about });
        }
        squares
    }
}

impl Plan {
    /// Adds the straight ways across squares, or counts the squares where these are not asked for.
    pub(super) fn cross_squares(&self, streets: &mut RawStreets) {
        if !self.across || self.squares.is_empty() {
            streets.squares.outlined = self.squares.len() as u64;
            return;
        }
        let ways = self.ways_at_squares();
        for square in &self.squares {
            let Some(lines) = self.lines_across(square, &ways) else {
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

    /// The walked ways through each node of a square, by where their references begin. O(references).
    fn ways_at_squares(&self) -> HashMap<i64, Vec<usize>> {
        let outlines = self
            .squares
            .iter()
            .filter_map(|square| square.outlines.as_ref());
        let refs = outlines
            .flatten()
            .flat_map(|outline| &self.refs[outline.clone()]);
        let mut ways: HashMap<i64, Vec<usize>> = refs.map(|&id| (id, Vec::new())).collect();
        for way in &self.walked {
            for id in &self.refs[way.refs.clone()] {
                if let Some(at_node) = ways.get_mut(id) {
                    at_node.push(way.refs.start);
                }
            }
        }
        ways
    }

    /// The straight ways across a square; none where its outlines are not all there, or are too many.
    fn lines_across(
        &self,
        square: &Square,
        ways: &HashMap<i64, Vec<usize>>,
    ) -> Option<Vec<[usize; 2]>> {
        let outlines = square.outlines.as_ref()?;
        let located = |id: &i64| self.place_of(*id).filter(|&node| self.at[node].is_some());
        let lines: Option<Vec<Vec<usize>>> = outlines
            .iter()
            .map(|outline| self.refs[outline.clone()].iter().map(located).collect())
            .collect();
        let lines = lines?;
        let outline = Outline::of(lines.iter().map(Vec::as_slice))?;
        let is_own = |way: &usize| outlines.iter().any(|outline| outline.start == *way);
        let is_entrance = |node: &usize| {
            let at_node = ways.get(&self.needed[*node]);
            at_node.is_some_and(|ways| !ways.iter().all(is_own))
        };
        let entrances: Vec<usize> = outline.vertices().into_iter().filter(is_entrance).collect();
        outline.across(&entrances, &|node| self.at[node].unwrap_or_default())
    }
}
