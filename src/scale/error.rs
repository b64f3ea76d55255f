//! What can be wrong with tiles and their rows.

use std::fmt;

use crate::search::TooManyPairs;
use crate::words::{Text, text};

/// A byte string is no tile, or no rows of one.
///
/// ```
/// use walkshed::scale::{TileError, score_tile};
/// let wrong: TileError = score_tile(b"no tile at all").unwrap_err();
/// assert!(!wrong.to_string().is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum TileError {
    /// It does not begin as one, or is shorter than any.
    NotATile,
    /// Another version of walkshed made it.
    OtherVersion {
        /// The version that it says.
        found: u16,
        /// The version that is read here.
        expected: u16,
    },
    /// Its bytes are not those that were made.
    Damaged,
    /// Its checksum is right, but a number in it leads nowhere.
    Malformed,
    /// More cells and sites lie within the budget of each other than it allows.
    TooManyPairs {
        /// How many it allows.
        most: u64,
    },
}

impl TileError {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::NotATile => text!(TileNone),
            Self::OtherVersion { found, expected } => {
                text!(
                    TileOtherVersion,
                    found = u64::from(*found),
                    expected = u64::from(*expected)
                )
            }
            Self::Damaged => text!(TileDamaged),
            Self::Malformed => text!(TileMalformed),
            Self::TooManyPairs { most } => text!(TileTooManyPairs, most = *most),
        }
    }
}

impl fmt::Display for TileError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for TileError {}

/// The rows of tiles do not make up the walks of a study.
///
/// ```
/// use walkshed::scale::{MergeError, plan_tiles, score_tile};
/// use walkshed::{Silent, draw};
/// let town = draw::town("A-a--s--b--t----c-B", 100.0, "st");
/// let plan = plan_tiles(&town, 2, &Silent);
/// // The rows of the first tile alone.
/// let rows = [score_tile(&plan.tile(0)).unwrap()];
/// assert!(matches!(plan.merge(&rows), Err(MergeError::Missing { tiles }) if tiles == [1]));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum MergeError {
    /// One of them cannot be read.
    Tile {
        /// Its place among those that were given, from 0.
        place: usize,
        /// What is wrong with it.
        error: TileError,
    },
    /// One of them is of another study, or of the same study cut into another number of tiles.
    OtherPlan {
        /// Its place among those that were given, from 0.
        place: usize,
    },
    /// A tile was scored with two different results.
    Twice {
        /// The tile's number, from 0.
        tile: usize,
    },
    /// Some tiles are not among them.
    Missing {
        /// Their numbers, from 0.
        tiles: Vec<usize>,
    },
    /// All together take more memory than the study has.
    TooManyPairs(TooManyPairs),
}

impl MergeError {
    /// The error in words, with what to do. Tiles are counted from 1.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Tile { place, error } => {
                text!(MergeTile, place = place + 1, error = error.text())
            }
            Self::OtherPlan { place } => text!(MergeOtherPlan, place = place + 1),
            Self::Twice { tile } => text!(MergeTwice, tile = tile + 1),
            Self::Missing { tiles } => text!(MergeMissing, tiles = listed(tiles)),
            Self::TooManyPairs(error) => error.text(),
        }
    }
}

/// The first few numbers, from 1.
fn listed(tiles: &[usize]) -> String {
    let shown: Vec<String> = tiles
        .iter()
        .take(SHOWN)
        .map(|tile| (tile + 1).to_string())
        .collect();
    let more = if tiles.len() > SHOWN { ", …" } else { "" };
    shown.join(", ") + more
}

/// So many numbers of missing tiles are told.
const SHOWN: usize = 12;

impl fmt::Display for MergeError {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for MergeError {}

impl From<TooManyPairs> for MergeError {
    fn from(error: TooManyPairs) -> Self {
        Self::TooManyPairs(error)
    }
}
