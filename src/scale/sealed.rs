//! Byte strings that tell what they are, and whether they are whole.

use sha2::{Digest, Sha256};

use super::error::TileError;

/// The version of both formats. A change to what a tile or its rows hold makes another one.
const VERSION: u16 = 1;
/// The bytes of a SHA-256.
pub(super) const HASH: usize = 32;
/// The bytes before the body.
const HEAD: usize = 10;

/// What a byte string is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Tile,
    Rows,
}

impl Kind {
    const fn letters(self) -> &'static [u8; 8] {
        match self {
            Self::Tile => b"walktile",
            Self::Rows => b"walkrows",
        }
    }
}

/// The head of a byte string of this kind; the body follows, and then [`seal`].
pub(super) fn begin(kind: Kind) -> Vec<u8> {
    let mut bytes = kind.letters().to_vec();
    bytes.extend(VERSION.to_le_bytes());
    bytes
}

/// Adds the hash of all so far.
pub(super) fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let hash = Sha256::digest(&bytes);
    bytes.extend(hash);
    bytes
}

/// The body of a byte string of this kind.
///
/// # Errors
/// When it is of another kind or version, or not as it was made.
pub(super) fn open(kind: Kind, bytes: &[u8]) -> Result<&[u8], TileError> {
    if !bytes.starts_with(kind.letters()) || bytes.len() < HEAD + HASH {
        return Err(TileError::NotATile);
    }
    // Before the hash: another version may be sealed otherwise.
    let version = u16::from_le_bytes([bytes[8], bytes[9]]);
    if version != VERSION {
        return Err(TileError::OtherVersion {
            found: version,
            expected: VERSION,
        });
    }
    let (content, hash) = bytes.split_at(bytes.len() - HASH);
    if Sha256::digest(content)[..] != *hash {
        return Err(TileError::Damaged);
    }
    Ok(&content[HEAD..])
}
