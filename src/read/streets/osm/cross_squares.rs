//! The streets straight across the squares of a map.

use std::collections::HashMap;

use super::collected::{LonLat, Square, Walked};
use super::squares::{Outline, Steps};

/// Squares among the ways that count.
pub(super) struct Crossing<'a> {
    /// The nodes of the walked ways, one way after the other.
    pub refs: &'a [i64],
    pub walked: &'a [Walked],
    /// Ids of the nodes needed, ascending, and where each is.
    pub needed: &'a [i64],
    pub at: &'a [Option<LonLat>],
    pub squares: &'a [Square],
}

impl Crossing<'_> {
    /// By square the straight ways across, as pairs of needed nodes; none where its outlines are not all
    /// there, it has too many entrances, or the squares before it took all steps.
    pub(super) fn lines(&self) -> Vec<Option<Vec<[usize; 2]>>> {
        let ways = self.ways_at_squares();
        let mut steps = Steps::default();
        let squares = self.squares.iter();
        squares
            .map(|square| self.lines_across(square, &ways, &mut steps))
            .collect()
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
        for way in self.walked {
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
        steps: &mut Steps,
    ) -> Option<Vec<[usize; 2]>> {
        let outlines = square.outlines.as_ref()?;
        let located = |id: &i64| {
            self.needed
                .binary_search(id)
                .ok()
                .filter(|&node| self.at[node].is_some())
        };
        // One node that is missing leaves the outline open.
        let lines: Option<Vec<Vec<usize>>> = outlines
            .iter()
            .map(|outline| self.refs[outline.clone()].iter().map(located).collect())
            .collect();
        let lines = lines?;
        let outline = Outline::of(lines.iter().map(Vec::as_slice))?;
        // The outlines themselves pass every vertex. An entrance is where another way does, too.
        let is_own = |way: &usize| outlines.iter().any(|outline| outline.start == *way);
        let is_entrance = |node: &usize| {
            let at_node = ways.get(&self.needed[*node]);
            at_node.is_some_and(|ways| !ways.iter().all(is_own))
        };
        let entrances: Vec<usize> = outline.vertices().into_iter().filter(is_entrance).collect();
        outline.across(&entrances, &|node| self.at[node].unwrap_or_default(), steps)
    }
}
