//! A PBF file is a row of blobs: a length, a header, and packed bytes.

use std::io::Read;

use prost::Message;

use super::proto::{Blob, BlobHeader};

const MOST_HEADER: usize = 64 << 10;
const MOST_BLOB: usize = 32 << 20;

/// One blob, still packed.
pub(super) struct Packed<'a> {
    /// `OSMHeader` or `OSMData`.
    pub kind: String,
    /// Where it starts in the file.
    pub start: usize,
    bytes: &'a [u8],
}

/// The blobs of a file.
///
/// # Errors
/// A sentence about the first blob that is cut off or larger than the format allows.
pub(super) fn blobs(bytes: &[u8]) -> Result<Vec<Packed<'_>>, String> {
    let (mut blobs, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let start = at;
        let cut = || format!("the file ends in the middle of the blob at byte {start}");
        let length = bytes.get(at..at + 4).ok_or_else(cut)?;
        let length = length.iter().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
        if length > MOST_HEADER {
            return Err(format!("the blob header at byte {start} claims {length} bytes; the most is {MOST_HEADER}"));
        }
        at += 4;
        let header = bytes.get(at..at + length).ok_or_else(cut)?;
        let header =
            BlobHeader::decode(header).map_err(|e| format!("the blob header at byte {start} is broken ({e})"))?;
        at += length;
        let size = usize::try_from(header.datasize).ok().filter(|&size| size <= MOST_BLOB);
        let size = size.ok_or_else(|| {
            format!("the blob at byte {start} claims {} bytes; the most is {MOST_BLOB}", header.datasize)
        })?;
        blobs.push(Packed { kind: header.kind, start, bytes: bytes.get(at..at + size).ok_or_else(cut)? });
        at += size;
    }
    Ok(blobs)
}

impl Packed<'_> {
    /// The blob's bytes, unpacked.
    ///
    /// # Errors
    /// A sentence about what is wrong with it.
    pub(super) fn unpacked(&self) -> Result<Vec<u8>, String> {
        let blob = Blob::decode(self.bytes).map_err(|e| format!("it is broken ({e})"))?;
        if let Some(raw) = blob.raw {
            return Ok(raw);
        }
        let size = blob.raw_size.and_then(|size| usize::try_from(size).ok()).filter(|&size| size <= MOST_BLOB);
        let size = size.ok_or("its unpacked size is missing or above 32 MiB")?;
        let bytes = match (blob.zlib, blob.lz4) {
            (Some(zlib), _) => inflated(&zlib, size)?,
            (_, Some(lz4)) => {
                lz4_flex::block::decompress(&lz4, size).map_err(|e| format!("its lz4 data is broken ({e})"))?
            }
            _ => {
                let named =
                    [("lzma", blob.lzma.is_some()), ("bzip2", blob.bzip2.is_some()), ("zstd", blob.zstd.is_some())];
                let name = named.iter().find(|(_, there)| *there).map_or("unknown", |(name, _)| name);
                return Err(format!("its compression ({name}) is unsupported; zlib and lz4 are read"));
            }
        };
        if bytes.len() == size {
            Ok(bytes)
        } else {
            Err(format!("it unpacks to {} bytes instead of {size}", bytes.len()))
        }
    }
}

fn inflated(zlib: &[u8], size: usize) -> Result<Vec<u8>, String> {
    // Reserved by what deflate can hold, not by what the file claims.
    let mut bytes = Vec::with_capacity(size.min(zlib.len().saturating_mul(1100)));
    let read = flate2::read::ZlibDecoder::new(zlib).take(size as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|e| format!("its zlib data is broken ({e})"))?;
    Ok(bytes)
}
