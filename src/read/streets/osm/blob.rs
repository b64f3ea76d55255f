//! The frames of a PBF file, and what is packed in them.

use std::io::Read;

use flate2::read::ZlibDecoder;
use prost::Message;

use crate::words::{Text, text};

use super::fault::{AGAIN, Fault, RECODE};
use super::proto::{Blob, BlobHeader};

/// The largest blob header that the format allows.
pub(super) const MOST_HEADER: usize = 64 << 10;
/// The largest blob that the format allows, packed or unpacked.
const MOST_BLOB: usize = 32 << 20;

/// What a blob says it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Header,
    Data,
    /// Something to be skipped, says the format.
    Other,
}

/// A blob as it stands in the file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame<'a> {
    /// Counted from 1.
    pub number: usize,
    /// Where its frame begins.
    pub offset: usize,
    pub kind: Kind,
    packed: &'a [u8],
}

/// All blobs of a file that ends where a blob ends.
pub(super) fn frames(bytes: &[u8]) -> Result<Vec<Frame<'_>>, Fault> {
    let mut frames = Vec::new();
    let mut rest = bytes;
    while !rest.is_empty() {
        let number = frames.len() + 1;
        let offset = bytes.len() - rest.len();
        let (kind, packed) = next(&mut rest).map_err(|fault| fault.in_blob(number, offset))?;
        frames.push(Frame {
            number,
            offset,
            kind,
            packed,
        });
    }
    Ok(frames)
}

/// Takes the next frame: four bytes of length, a header so long, and the blob.
fn next<'a>(rest: &mut &'a [u8]) -> Result<(Kind, &'a [u8]), Fault> {
    let length = take(rest, 4)?
        .iter()
        .fold(0, |sum, &byte| sum << 8 | usize::from(byte));
    if length > MOST_HEADER {
        return Err(Fault::damaged(text!(LongBlobHeader, bytes = length)));
    }
    let header: BlobHeader = decode(take(rest, length)?, text!(PbfBlobHeader))?;
    let size = header
        .datasize
        .ok_or_else(|| Fault::damaged(text!(BlobWithoutSize)))?;
    let size = allowed(size)?;
    let kind = match header.kind.as_deref() {
        Some("OSMHeader") => Kind::Header,
        Some("OSMData") => Kind::Data,
        Some(_) => Kind::Other,
        None => return Err(Fault::damaged(text!(BlobWithoutKind))),
    };
    Ok((kind, take(rest, size)?))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Result<&'a [u8], Fault> {
    let (taken, after) = rest.split_at_checked(length).ok_or_else(|| {
        let what = text!(FileEndsEarly, bytes = length - rest.len());
        Fault::new("cut-file", what, AGAIN)
    })?;
    *rest = after;
    Ok(taken)
}

fn allowed(size: i64) -> Result<usize, Fault> {
    usize::try_from(size)
        .ok()
        .filter(|&size| size <= MOST_BLOB)
        .ok_or_else(|| Fault::damaged(text!(BlobSize, bytes = size.to_string())))
}

/// A message, or what is wrong with its bytes.
pub(super) fn decode<M: Message + Default>(bytes: &[u8], part: Text) -> Result<M, Fault> {
    M::decode(bytes).map_err(|error| {
        let error = error.to_string();
        Fault::damaged(text!(PbfPartDamaged, part = part, error = error))
    })
}

impl Frame<'_> {
    /// The block in this blob, unpacked.
    pub(super) fn unpacked(&self) -> Result<Vec<u8>, Fault> {
        let blob: Blob = decode(self.packed, text!(PbfBlob))?;
        let size = blob.raw_size.map(allowed).transpose()?;
        match blob {
            Blob { lzma: Some(_), .. } => Err(unsupported("lzma")),
            Blob { bzip2: Some(_), .. } => Err(unsupported("bzip2")),
            Blob { zstd: Some(_), .. } => Err(unsupported("zstd")),
            // Just one packing may be filled: with two it would be unclear which holds the block.
            Blob {
                raw: Some(raw),
                zlib: None,
                lz4: None,
                ..
            } => exact(raw, size),
            Blob {
                raw: None,
                zlib: Some(zlib),
                lz4: None,
                ..
            } => inflate(&zlib, told(size)?),
            Blob {
                raw: None,
                zlib: None,
                lz4: Some(lz4),
                ..
            } => unpack_lz4(&lz4, told(size)?),
            _ => Err(Fault::damaged(text!(BlobWithoutData))),
        }
    }
}

fn unsupported(name: &str) -> Fault {
    let what = text!(BlobPacking, packing = name);
    Fault::new("unsupported-compression", what, RECODE)
}

fn told(size: Option<usize>) -> Result<usize, Fault> {
    size.ok_or_else(|| Fault::damaged(text!(BlobWithoutUnpackedSize)))
}

fn exact(block: Vec<u8>, size: Option<usize>) -> Result<Vec<u8>, Fault> {
    match size {
        Some(size) if size != block.len() => Err(wrong_size(size)),
        _ => Ok(block),
    }
}

fn wrong_size(size: usize) -> Fault {
    Fault::damaged(text!(BlobUnpackedSize, bytes = size))
}

/// Refuses a size that so few packed bytes cannot hold, before memory is asked for.
fn plausible(packed: &[u8], size: usize, ratio: usize) -> Result<(), Fault> {
    let most = packed.len().saturating_mul(ratio).saturating_add(64);
    if size > most {
        Err(wrong_size(size))
    } else {
        Ok(())
    }
}

fn inflate(packed: &[u8], size: usize) -> Result<Vec<u8>, Fault> {
    // Deflate packs 1,032 bytes into one at most.
    plausible(packed, size, 1032)?;
    let mut block = Vec::with_capacity(size + 1);
    // One byte more than promised shows that the size is wrong, and no more is unpacked.
    let read = ZlibDecoder::new(packed)
        .take(size as u64 + 1)
        .read_to_end(&mut block);
    read.map_err(|error| damaged("zlib", &error))?;
    exact(block, Some(size))
}

fn unpack_lz4(packed: &[u8], size: usize) -> Result<Vec<u8>, Fault> {
    // A byte of LZ4 stands for 255 at most.
    plausible(packed, size, 255)?;
    let mut block = vec![0; size];
    let written = lz4_flex::block::decompress_into(packed, &mut block)
        .map_err(|error| damaged("lz4", &error))?;
    block.truncate(written);
    exact(block, Some(size))
}

fn damaged(packing: &str, error: &dyn std::error::Error) -> Fault {
    let error = error.to_string();
    Fault::damaged(text!(PackedDataDamaged, packing = packing, error = error))
}
