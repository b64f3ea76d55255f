//! The land of streets side by side, joined beforehand.
//!
//! Within a limit most streets are reached with all of their land. Joined again and again for each place,
//! that land costs most of the drawing. So the pieces of street, in the order of the index (along a
//! Hilbert curve, by which neighbours stand together), are put into blocks, and these into larger ones:
//!
//! ```text
//!     pieces    0   1   2   3   4   5   6 …
//!     blocks    └─0─┘   └─1─┘   └─2─┘
//!               └───0───┘       └───…
//! ```
//!
//! The land of a piece or a block is joined when it is asked for the first time, and kept. A place takes the
//! largest blocks of which it reaches all: a run of k pieces is drawn as at most 2·log₂(k) shapes.

use std::sync::OnceLock;

use super::canvas::{Canvas, Rings};
use crate::ids::EdgeId;
use crate::snap::PlanePiece;

/// So many pieces of street, or blocks, make a larger block.
const TOGETHER: usize = 2;

/// Blocks of pieces of street.
pub(super) struct Blocks {
    /// By piece its street, in the order of the index.
    edges: Vec<EdgeId>,
    /// By edge the number of its piece; none where no point may hang on it.
    pieces: Vec<Option<u32>>,
    /// From single pieces to the largest blocks: the land of each, once it was asked for. Most never are.
    levels: Vec<Vec<OnceLock<Box<Rings>>>>,
}

impl Blocks {
    /// Blocks of these pieces of a network with so many edges, of which nothing is joined yet. O(E).
    pub(super) fn new(indexed: &[PlanePiece], edges: usize) -> Self {
        let mut pieces = vec![None; edges];
        for (number, piece) in indexed.iter().enumerate() {
            pieces[piece.edge.index()] = u32::try_from(number).ok();
        }
        let mut levels = Vec::new();
        let mut count = indexed.len();
        while count > 0 {
            levels.push((0..count).map(|_| OnceLock::new()).collect());
            // What is left over at the end makes no block.
            count /= TOGETHER;
        }
        Self {
            edges: indexed.iter().map(|piece| piece.edge).collect(),
            pieces,
            levels,
        }
    }

    /// The number of a street's piece; none where no point may hang on it.
    pub(super) fn piece(&self, edge: EdgeId) -> Option<u32> {
        self.pieces[edge.index()]
    }

    /// Draws the land of some pieces, each given once and in order: of the largest blocks that they make.
    ///
    /// `draw` draws all the land of one street.
    pub(super) fn draw(
        &self,
        canvas: &mut Canvas,
        pieces: &[u32],
        draw: &impl Fn(&mut Canvas, EdgeId),
    ) {
        let mut numbers: Vec<usize> = pieces.iter().map(|&piece| piece as usize).collect();
        for level in 0..self.levels.len() {
            let mut larger = Vec::new();
            let above = self.levels.get(level + 1).map_or(0, Vec::len);
            for group in numbers.chunk_by(|one, next| one / TOGETHER == next / TOGETHER) {
                let block = group[0] / TOGETHER;
                // The last pieces of all may make no block.
                if group.len() == TOGETHER && block < above {
                    larger.push(block);
                    continue;
                }
                for &number in group {
                    canvas.add_rings(self.land(level, number, draw));
                }
            }
            numbers = larger;
        }
    }

    /// The land of a piece, on level 0, or of a block.
    fn land(&self, level: usize, number: usize, draw: &impl Fn(&mut Canvas, EdgeId)) -> &Rings {
        self.levels[level][number].get_or_init(|| {
            let mut canvas = Canvas::default();
            match level.checked_sub(1) {
                None => draw(&mut canvas, self.edges[number]),
                Some(below) => {
                    // Joined of what is joined already, and each of its parts once.
                    for part in number * TOGETHER..(number + 1) * TOGETHER {
                        canvas.add_rings(self.land(below, part, draw));
                    }
                }
            }
            Box::new(canvas.rings())
        })
    }
}
