//! What a tile came to, as bytes: for each profile the pairs by cell.

use super::error::TileError;
use super::id::TileId;
use super::numbers::{Reader, put};
use super::sealed::{Kind, begin, open, seal};
use crate::search::Pair;

/// The bytes of what a tile found, profile by profile.
///
/// Pairs are in the order of cell, walk and site: cells are told by how far each lies past the one before,
/// walks within a cell likewise.
pub(super) fn bytes(id: TileId, pairs: &[Vec<Pair>]) -> Vec<u8> {
    let mut bytes = begin(Kind::Rows);
    id.put(&mut bytes);
    put(&mut bytes, pairs.len() as u64);
    for list in pairs {
        put(&mut bytes, list.len() as u64);
        let mut before = Pair::ZERO;
        for pair in list {
            let further = pair.cell - before.cell;
            // Walks ascend within a cell and begin anew with the next one.
            let ticks_before = if further == 0 { before.ticks } else { 0 };
            put(&mut bytes, u64::from(further));
            put(&mut bytes, u64::from(pair.ticks - ticks_before));
            put(&mut bytes, u64::from(pair.site));
            before = *pair;
        }
    }
    seal(bytes)
}

/// What a tile found, profile by profile.
pub(super) struct TileRows {
    pub id: TileId,
    pub pairs: Vec<Vec<Pair>>,
}

impl TileRows {
    /// Reads the bytes of [`bytes`].
    pub(super) fn read(bytes: &[u8]) -> Result<Self, TileError> {
        let mut reader = Reader::new(open(Kind::Rows, bytes)?);
        let id = TileId::read(&mut reader)?;
        let lists = reader.count(1)?;
        let mut pairs = Vec::with_capacity(lists);
        for _ in 0..lists {
            pairs.push(list(&mut reader)?);
        }
        reader.end()?;
        Ok(Self { id, pairs })
    }
}

/// The pairs of one profile, as [`bytes`] wrote them.
fn list(reader: &mut Reader<'_>) -> Result<Vec<Pair>, TileError> {
    // A pair takes three bytes at least: a count that promises more is refused before room is made.
    let count = reader.count(3)?;
    let mut list = Vec::with_capacity(count);
    let mut before = Pair::ZERO;
    for _ in 0..count {
        let further = reader.short()?;
        let ticks_before = if further == 0 { before.ticks } else { 0 };
        // What was damaged on purpose may pass the end of the scale.
        let sum = |first: u32, second: u32| first.checked_add(second).ok_or(TileError::Malformed);
        let pair = Pair {
            cell: sum(before.cell, further)?,
            ticks: sum(ticks_before, reader.short()?)?,
            site: reader.short()?,
        };
        list.push(pair);
        before = pair;
    }
    Ok(list)
}
