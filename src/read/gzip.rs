//! Files that came gzipped.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use super::error::{BadInput, ReadError};

/// Deflate packs at most 1,032 : 1, so nothing honest passes this; and nothing passes 8 GiB.
fn most(packed: usize) -> u64 {
    (packed as u64).saturating_mul(1100).saturating_add(1 << 20).min(8 << 30)
}

/// The bytes of a file, unpacked when it is gzipped.
///
/// # Errors
/// When it is cut off or broken.
pub(crate) fn inflated(bytes: Vec<u8>, file: &str) -> Result<Vec<u8>, ReadError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let bad = |expected: String| {
        let remedy = "pack or download it again".to_owned();
        ReadError::from(BadInput { code: "bad-gzip", file: file.to_owned(), expected, remedy, ..BadInput::default() })
    };
    let most = most(bytes.len());
    let mut plain = Vec::new();
    let read = MultiGzDecoder::new(&bytes[..]).take(most + 1).read_to_end(&mut plain);
    read.map_err(|e| bad(format!("the gzip file is broken or cut off ({e})")))?;
    if plain.len() as u64 > most {
        return Err(bad(format!("it unpacks to more than {} MiB", most >> 20)));
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn packed_files_are_unpacked_and_cut_ones_refused() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(b"id,lon,lat\n").expect("to memory");
        let packed = packer.finish().expect("to memory");
        assert_eq!(inflated(packed.clone(), "a.gz").expect("whole"), b"id,lon,lat\n");
        for length in 2..packed.len() {
            assert!(inflated(packed[..length].to_vec(), "a.gz").is_err(), "cut at {length}");
        }
        assert_eq!(inflated(b"plain".to_vec(), "a").expect("plain"), b"plain");
    }
}
