//! Which tile it is: what a tile and its rows say alike.

use super::error::TileError;
use super::numbers::{Reader, put};
use super::sealed::HASH;

/// Which tile of which plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TileId {
    /// The fingerprint of the plan.
    pub plan: [u8; HASH],
    /// From 0.
    pub number: u64,
}

impl TileId {
    pub(super) fn put(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.plan);
        put(bytes, self.number);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, TileError> {
        let plan = reader.bytes(HASH)?;
        Ok(Self {
            plan: plan.try_into().map_err(|_| TileError::Malformed)?,
            number: reader.long()?,
        })
    }
}
