//! How a study is cut into tiles, and put together again.

use std::ops::Range;

use sha2::{Digest, Sha256};

use super::error::MergeError;
use super::id::TileId;
use super::rows::TileRows;
use super::sealed::HASH;
use super::tile;
use crate::model::Study;
use crate::progress::Progress;
use crate::search::{Pair, TileNumbers, TileSource, Walks, joined, pairs_that_fit, too_many_pairs};

/// A study cut into tiles: each has about as many sites, neighbours along a curve.
///
/// ```
/// use walkshed::scale::plan_tiles;
/// use walkshed::{Silent, draw};
/// let plan = |tiles| plan_tiles(&draw::town("A-a--s--b-B", 100.0, "s"), tiles, &Silent);
/// // The same streets, sites and cells in as many tiles are the same plan.
/// assert_eq!(plan(2).fingerprint(), plan(2).fingerprint());
/// assert_ne!(plan(2).fingerprint(), plan(3).fingerprint());
/// ```
pub struct TilePlan {
    study: Study,
    tiles: usize,
    /// By distinct walking profile.
    sources: Vec<TileSource>,
    fingerprint: [u8; HASH],
}

/// Cuts the walks of a study into so many tiles (at least one), as far as its search looks.
///
/// Snaps all points and contracts the streets, once for each distinct walking profile: what a search costs
/// before its first walk. Of more tiles than sites some are empty.
///
/// ```
/// use walkshed::{Silent, draw, scale::plan_tiles};
/// let town = draw::town("A-a--s--b-B", 100.0, "s");
/// assert_eq!(plan_tiles(&town, 0, &Silent).len(), 1, "at least one");
/// ```
///
/// # Panics
/// When it is to be cut into more than 2³² tiles.
#[must_use]
pub fn plan_tiles(study: &Study, tiles: usize, progress: &dyn Progress) -> TilePlan {
    let sources = TileSource::all(study, study.target().search, progress);
    let tiles = tiles.max(1);
    assert!(u32::try_from(tiles).is_ok(), "{tiles} tiles");
    TilePlan {
        fingerprint: fingerprint(&sources, tiles),
        study: study.clone(),
        tiles,
        sources,
    }
}

impl TilePlan {
    /// How many tiles there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "never empty")]
    pub const fn len(&self) -> usize {
        self.tiles
    }

    /// The SHA-256 of all that decides what the tiles find, and of their number: the same for the same
    /// streets, sites, cells and ways of walking, whatever else is in the study.
    #[must_use]
    pub const fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint
    }

    /// The bytes of a tile, for [`score_tile`](super::score_tile). O(its size · log of it) after one look
    /// at each of its streets.
    ///
    /// # Panics
    /// When there are not so many tiles.
    #[must_use]
    pub fn tile(&self, number: usize) -> Vec<u8> {
        assert!(number < self.tiles, "tile {number} of {}", self.tiles);
        // A tile for each profile: all that is found for its sites comes from one machine.
        let parts: Vec<TileNumbers> = self
            .sources
            .iter()
            .map(|source| source.tile(self.sites(source, number)).numbers())
            .collect();
        let id = TileId {
            plan: self.fingerprint,
            number: number as u64,
        };
        tile::bytes(id, pairs_that_fit(&self.study), &parts)
    }

    /// The walks of the study, from the rows of all its tiles, in any order: what
    /// [`search::try_walks`](crate::search::try_walks) gives, but for the work that it took, which is
    /// not told. The same rows twice count once. O(pairs · log of the longest row).
    ///
    /// # Errors
    /// When rows are missing, damaged, or of another study or cut; or when all together take more memory than
    /// the study has.
    pub fn merge<R: AsRef<[u8]>>(&self, rows: &[R]) -> Result<Walks, MergeError> {
        let mut by_tile: Vec<Option<Vec<Vec<Pair>>>> = Vec::new();
        by_tile.resize_with(self.tiles, || None);
        let mut room = vec![pairs_that_fit(&self.study); self.sources.len()];
        for (place, rows) in rows.iter().enumerate() {
            let rows =
                TileRows::read(rows.as_ref()).map_err(|error| MergeError::Tile { place, error })?;
            let tile = self
                .place_of(&rows)
                .ok_or(MergeError::OtherPlan { place })?;
            // A tile may have run on two machines: both find the same, or one is broken.
            if by_tile[tile]
                .as_ref()
                .is_some_and(|known| *known != rows.pairs)
            {
                return Err(MergeError::Twice { tile });
            }
            if by_tile[tile].is_none() {
                // Told before all of them are in the memory.
                for (room, pairs) in room.iter_mut().zip(&rows.pairs) {
                    let left = room.checked_sub(pairs.len() as u64);
                    *room = left.ok_or_else(|| too_many_pairs(&self.study))?;
                }
            }
            by_tile[tile] = Some(rows.pairs);
        }
        let missing = |(tile, rows): (usize, &Option<_>)| rows.is_none().then_some(tile);
        let tiles: Vec<usize> = by_tile.iter().enumerate().filter_map(missing).collect();
        if !tiles.is_empty() {
            return Err(MergeError::Missing { tiles });
        }
        let mut by_source: Vec<Vec<Vec<Pair>>> = Vec::new();
        // Turned around: profile by profile, the lists of all tiles.
        by_source.resize_with(self.sources.len(), Vec::new);
        for lists in by_tile.into_iter().flatten() {
            for (source, list) in by_source.iter_mut().zip(lists) {
                source.push(list);
            }
        }
        Ok(joined(&self.study, &self.sources, &by_source)?)
    }

    /// Which tile these rows are of; none when they are of another plan, or hold what no search of the
    /// tile finds: an unknown cell, another tile's site, a walk that is too long, a pair twice.
    fn place_of(&self, rows: &TileRows) -> Option<usize> {
        let tile = usize::try_from(rows.id.number).ok()?;
        let is_of_plan = rows.id.plan == self.fingerprint
            && tile < self.tiles
            && rows.pairs.len() == self.sources.len();
        if !is_of_plan {
            return None;
        }
        let mut lists = self.sources.iter().zip(&rows.pairs);
        let are_sound = lists.all(|(source, pairs)| self.are_sound(source, tile, pairs));
        are_sound.then_some(tile)
    }

    fn are_sound(&self, source: &TileSource, tile: usize, pairs: &[Pair]) -> bool {
        let cells = self.study.cells().len();
        let is_own = source.are_within(self.sites(source, tile));
        let is_sound = |pair: &Pair| {
            (pair.cell as usize) < cells
                && is_own.get(pair.site as usize) == Some(&true)
                && pair.ticks <= source.most_ticks()
        };
        pairs.iter().all(is_sound) && is_each_once(pairs)
    }

    /// The places of a tile's sites along the curve.
    const fn sites(&self, source: &TileSource, number: usize) -> Range<usize> {
        let sites = source.sites();
        sites * number / self.tiles..sites * (number + 1) / self.tiles
    }
}

/// Whether pairs are in their order, and no cell and site are named twice.
fn is_each_once(pairs: &[Pair]) -> bool {
    let mut rows = pairs.chunk_by(|one, other| one.cell == other.cell);
    let no_site_twice = rows.all(|row| {
        let mut sites: Vec<u32> = row.iter().map(|pair| pair.site).collect();
        sites.sort_unstable();
        sites.windows(2).all(|two| two[0] < two[1])
    });
    no_site_twice && pairs.is_sorted()
}

/// The hash of all that decides what the tiles find. O(their size together).
fn fingerprint(sources: &[TileSource], tiles: usize) -> [u8; HASH] {
    let mut hash = Sha256::new();
    hash.update((tiles as u64).to_le_bytes());
    for source in sources {
        source.feed(|numbers| {
            for number in numbers {
                hash.update(number.to_le_bytes());
            }
        });
    }
    hash.finalize().into()
}
