//! What is told of lines, taken to their pieces.

use std::cmp::Ordering;
use std::sync::Arc;

use rayon::prelude::*;

use super::ways::{RawStreets, Stretch};
use crate::model::Traits;

/// What is told of each piece of street; empty where nothing is told of any.
pub(crate) struct Told<'a> {
    raw: &'a RawStreets,
    /// The stretch of each piece, or [`NONE`].
    stretch: Vec<u32>,
    /// The traits of the pieces that have some, by ascending piece; forward is from the end with
    /// the smaller number.
    traits: Vec<(u32, Traits)>,
}

const NONE: u32 = u32::MAX;

impl<'a> Told<'a> {
    /// By the numbers of the pieces' ends, and their lengths. O(pieces).
    pub(crate) fn new(raw: &'a RawStreets, ends: &[[u32; 2]], metres: &[f64]) -> Self {
        let mut stretch = vec![
            NONE;
            if raw.stretches.is_empty() {
                0
            } else {
                ends.len()
            }
        ];
        for (place, told) in (0_u32..NONE).zip(&raw.stretches) {
            stretch[told.pieces.start as usize..told.pieces.end as usize].fill(place);
        }
        let with_traits = raw
            .stretches
            .par_iter()
            .filter(|stretch| !stretch.about.traits.is_plain());
        // Stretches ascend by their pieces, and so does this list: `of` searches it by halves.
        let traits = with_traits
            .flat_map_iter(|stretch| pieces(stretch, ends, metres))
            .collect();
        Self {
            raw,
            stretch,
            traits,
        }
    }

    /// All pieces as edges, in their final order: both ends, the smaller first, and the piece.
    pub(crate) fn edges(&self, ends: &[[u32; 2]]) -> Vec<[u32; 3]> {
        let mut edges: Vec<[u32; 3]> = (0_u32..)
            .zip(ends)
            .map(|(old, &[a, b])| [a.min(b), a.max(b), old])
            .collect();
        edges.par_sort_unstable_by(|a, b| {
            a[..2].cmp(&b[..2]).then_with(|| self.compare(a[2], b[2]))
        });
        edges
    }

    /// The traits of the edges that have some, by their places.
    pub(crate) fn traits_of(&self, edges: &[[u32; 3]]) -> Vec<(usize, Traits)> {
        if self.traits.is_empty() {
            return Vec::new();
        }
        edges
            .par_iter()
            .enumerate()
            .filter_map(|(edge, &[_, _, old])| Some((edge, *self.of(old)?)))
            .collect()
    }

    /// The names of the edges; nothing where there are none at all.
    pub(crate) fn names_of(&self, edges: &[[u32; 3]]) -> Vec<Option<Arc<str>>> {
        if self.raw.names.is_empty() {
            return Vec::new();
        }
        edges
            .iter()
            .map(|&[_, _, old]| self.name(old).cloned())
            .collect()
    }

    /// Parallel pieces are told apart by what is told of them, and by nothing else.
    fn compare(&self, a: u32, b: u32) -> Ordering {
        let on_foot = |piece: u32| {
            let street = self.of(piece);
            street
                .filter(|street| !street.is_plain_on_foot())
                .map(Traits::order_key)
        };
        let riding = |piece: u32| self.of(piece).map(Traits::riders_key);
        on_foot(a)
            .cmp(&on_foot(b))
            .then_with(|| self.name(a).cmp(&self.name(b)))
            // Last, so that what only riders mind reorders nothing.
            .then_with(|| riding(a).cmp(&riding(b)))
    }

    fn told(&self, piece: u32) -> Option<&Stretch> {
        self.raw
            .stretches
            .get(*self.stretch.get(piece as usize)? as usize)
    }

    fn of(&self, piece: u32) -> Option<&Traits> {
        self.told(piece)
            .filter(|stretch| !stretch.about.traits.is_plain())?;
        let place = self
            .traits
            .binary_search_by_key(&piece, |&(piece, _)| piece);
        place.ok().map(|place| &self.traits[place].1)
    }

    fn name(&self, piece: u32) -> Option<&Arc<str>> {
        self.raw.names.at(self.told(piece)?.about.name?)
    }
}

/// The traits of a line's pieces: each has its part of the line's span, by length; where the line
/// has no length, by number.
fn pieces(stretch: &Stretch, ends: &[[u32; 2]], metres: &[f64]) -> Vec<(u32, Traits)> {
    let places = stretch.pieces.start as usize..stretch.pieces.end as usize;
    let mut lengths = metres[places.clone()].to_vec();
    if lengths.iter().sum::<f64>() <= 0.0 {
        lengths.fill(1.0);
    }
    let total: f64 = lengths.iter().sum();
    // The stretch may itself be a part of the line that was drawn.
    let [first, last] = stretch.about.traits.span;
    let mut walked = 0.0;
    let mut pieces = Vec::with_capacity(lengths.len());
    for ((old, length), &[from, to]) in stretch.pieces.clone().zip(lengths).zip(&ends[places]) {
        let begin = (walked / total).min(1.0);
        walked += length;
        let end = (walked / total).min(1.0);
        let along = Traits {
            span: [begin, end].map(|place| first * (1.0 - place) + last * place),
            ..stretch.about.traits
        };
        // Forward is from the end with the smaller number.
        let traits = if from > to { along.reversed() } else { along };
        pieces.push((old, traits));
    }
    pieces
}
