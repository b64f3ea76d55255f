//! Gzip, recognised by content.

use std::io::{ErrorKind, Read};

use flate2::read::MultiGzDecoder;

use crate::model::Memory;
use crate::read::error::{BadInput, ReadError};
use crate::words::{Text, text};

/// The bytes as they are, or inflated when they begin as a gzip file (of one or more members).
///
/// # Errors
/// When the gzip file is cut or damaged, or unpacks to more than [`Memory::unpacked`] allows.
pub(crate) fn inflated(bytes: Vec<u8>, file: &str, memory: Memory) -> Result<Vec<u8>, ReadError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    // A thousand to one is no map: read no further than what a file of this size may hold.
    let most = memory.unpacked(bytes.len() as u64);
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(&bytes[..])
        .take(most + 1)
        .read_to_end(&mut out);
    if out.len() as u64 > most {
        return Err(too_large(file, most, memory));
    }
    match read {
        Ok(_) => Ok(out),
        // The system has less memory than the study allows.
        Err(error) if error.kind() == ErrorKind::OutOfMemory => {
            Err(too_large(file, out.len() as u64, memory))
        }
        Err(error) => {
            let what = text!(GzipDamaged, error = error.to_string());
            Err(bad("bad-gzip", file, what, text!(PackAgain)).into())
        }
    }
}

fn too_large(file: &str, most: u64, memory: Memory) -> ReadError {
    let what = text!(GzipTooLarge, mb = most >> 20);
    let remedy = if most < memory.bytes() {
        text!(UnpackIt)
    } else {
        text!(CutOrRaiseMemory)
    };
    ReadError::TooLarge(Box::new(bad("too-large", file, what, remedy)))
}

fn bad(code: &'static str, file: &str, expected: Text, remedy: Text) -> BadInput {
    BadInput {
        code,
        file: file.into(),
        expected,
        remedy,
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn read(bytes: Vec<u8>, memory: Memory) -> Result<Vec<u8>, ReadError> {
        inflated(bytes, "a.gz", memory)
    }

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    #[test]
    fn plain_bytes_pass_and_members_are_joined() {
        assert_eq!(
            read(b"id,name".to_vec(), Memory::default()).ok().as_deref(),
            Some(&b"id,name"[..])
        );
        let two = [packed(b"one "), packed(b"two")].concat();
        assert_eq!(
            read(two, Memory::default()).ok().as_deref(),
            Some(&b"one two"[..])
        );
    }

    #[test]
    fn a_cut_file_is_an_error_at_every_length() {
        let whole = packed(b"fifteen minutes on foot, fifteen minutes back");
        for length in 2..whole.len() {
            let error = read(whole[..length].to_vec(), Memory::default()).expect_err("cut");
            assert!(
                error
                    .to_string()
                    .starts_with("a.gz: the gzip file is cut or damaged"),
                "{error}"
            );
        }
    }

    #[test]
    fn damage_shows_in_the_checksum() {
        let mut whole = packed(b"fifteen minutes on foot");
        let last = whole.len() - 6;
        whole[last] ^= 1;
        assert!(matches!(
            read(whole, Memory::default()),
            Err(ReadError::Bad(_))
        ));
    }

    /// A file of so many megabytes of zeros, packed a thousand to one.
    fn zeros(mb: usize) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        let block = vec![0; 1 << 20];
        for _ in 0..mb {
            encoder.write_all(&block).expect("memory takes all");
        }
        encoder.finish().expect("memory takes all")
    }

    #[test]
    fn a_bomb_is_too_large_and_not_damaged() {
        let small = zeros(64);
        let size = |memory| read(small.clone(), memory).map(|bytes| bytes.len());
        assert_eq!(size(Memory::default()).ok(), Some(64 << 20));
        let Err(ReadError::TooLarge(past_ceiling)) = size(Memory::of_mb(63)) else {
            panic!("more than the ceiling")
        };
        assert!(
            past_ceiling.remedy.to_string().contains("memory_mb"),
            "{past_ceiling}"
        );
        let Err(ReadError::TooLarge(past_ratio)) = read(zeros(65), Memory::default()) else {
            panic!("a thousand to one")
        };
        assert!(
            past_ratio.remedy.to_string().contains("unpack it"),
            "{past_ratio}"
        );
    }
}
