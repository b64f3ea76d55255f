//! A tile as bytes: the walks of each distinct profile from some of the sites.

use super::error::TileError;
use super::id::TileId;
use super::numbers::{Reader, put, put_wrapped};
use super::rows;
use super::sealed::{Kind, begin, open, seal};
use crate::search::{Pair, Tile, TileNumbers};

/// The bytes of a tile, from its part of each profile's walks.
pub(super) fn bytes(id: TileId, most_pairs: u64, parts: &[TileNumbers]) -> Vec<u8> {
    let mut bytes = begin(Kind::Tile);
    id.put(&mut bytes);
    put(&mut bytes, most_pairs);
    put(&mut bytes, parts.len() as u64);
    for part in parts {
        put_part(&mut bytes, part);
    }
    seal(bytes)
}

/// Walks from the sites of a tile: each cell with each site within the budget, and how long it takes.
///
/// It needs nothing but the bytes, and gives the same bytes for the same tile, on any machine and for
/// any number of threads. In parallel over the sites; each walk is linear in the junctions and cells
/// within the budget.
///
/// ```
/// use walkshed::scale::{plan_tiles, score_tile};
/// use walkshed::{Silent, draw};
/// let plan = plan_tiles(&draw::town("A-a--s--b-B", 100.0, "s"), 1, &Silent);
/// let tile = plan.tile(0);
/// // Bytes in, bytes out; the same wherever it is run, and again after a failure.
/// assert_eq!(score_tile(&tile)?, score_tile(&tile)?);
/// # Ok::<(), walkshed::scale::TileError>(())
/// ```
///
/// # Errors
/// When the bytes are no tile of this version, or damaged, or when more pairs lie within the budget than
/// the memory of the study holds.
pub fn score_tile(tile: &[u8]) -> Result<Vec<u8>, TileError> {
    let mut reader = Reader::new(open(Kind::Tile, tile)?);
    let id = TileId::read(&mut reader)?;
    let mut most = reader.long()?;
    let parts = reader.count(1)?;
    let mut pairs: Vec<Vec<Pair>> = Vec::with_capacity(parts);
    for _ in 0..parts {
        let part = Tile::of_numbers(&part(&mut reader)?).ok_or(TileError::Malformed)?;
        let found = part.pairs(most).ok_or(TileError::TooManyPairs { most })?;
        most = most.saturating_sub(found.len() as u64);
        pairs.push(found);
    }
    reader.end()?;
    Ok(rows::bytes(id, &pairs))
}

fn put_part(bytes: &mut Vec<u8>, part: &TileNumbers) {
    put(bytes, u64::from(part.budget));
    put(bytes, u64::from(part.junctions));
    put_list(bytes, &part.streets);
    put_list(bytes, &part.dead_ends);
    put_list(bytes, &part.cells);
    put_list(bytes, &part.sites);
}

/// Writes how many there are, and each number of each. Most are small; that of no way is one byte.
fn put_list<const N: usize>(bytes: &mut Vec<u8>, list: &[[u32; N]]) {
    put(bytes, list.len() as u64);
    for number in list.iter().flatten() {
        put_wrapped(bytes, *number);
    }
}

fn part(reader: &mut Reader<'_>) -> Result<TileNumbers, TileError> {
    Ok(TileNumbers {
        budget: reader.short()?,
        junctions: reader.short()?,
        streets: list(reader)?,
        dead_ends: list(reader)?,
        cells: list(reader)?,
        sites: list(reader)?,
    })
}

/// A list of rows of so many numbers, each as [`Reader::wrapped`] reads it.
fn list<const N: usize>(reader: &mut Reader<'_>) -> Result<Vec<[u32; N]>, TileError> {
    let count = reader.count(N)?;
    let mut list = Vec::with_capacity(count);
    for _ in 0..count {
        let mut numbers = [0; N];
        for number in &mut numbers {
            *number = reader.wrapped()?;
        }
        list.push(numbers);
    }
    Ok(list)
}
