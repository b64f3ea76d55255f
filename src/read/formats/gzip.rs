//! Gzip, recognised by content.

use std::io::Read;

use flate2::read::MultiGzDecoder;

use crate::read::error::{BadInput, ReadError};

/// The most that a gzip file may hold.
const MOST: u64 = 8 << 30;
/// Deflate packs at most 1,032 to 1.
const RATIO: u64 = 1100;

/// The bytes as they are, or inflated when they begin as a gzip file (of one or more members).
///
/// # Errors
/// When the gzip file is cut or damaged, or holds more than 8 GiB.
pub(crate) fn inflated(bytes: Vec<u8>, file: &str) -> Result<Vec<u8>, ReadError> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(bytes);
    }
    let most = MOST.min(
        RATIO
            .saturating_mul(bytes.len() as u64)
            .saturating_add(1 << 20),
    );
    inflate(&bytes, most, file)
}

fn inflate(bytes: &[u8], most: u64, file: &str) -> Result<Vec<u8>, ReadError> {
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes)
        .take(most + 1)
        .read_to_end(&mut out);
    if out.len() as u64 > most {
        let what = format!("the gzip file holds more than {most} bytes");
        return Err(ReadError::TooLarge(Box::new(bad(
            "too-large",
            file,
            what,
            "cut it to the study area",
        ))));
    }
    match read {
        Ok(_) => Ok(out),
        Err(error) => {
            let what = format!("the gzip file is cut or damaged ({error})");
            Err(bad("bad-gzip", file, what, "download or pack it again").into())
        }
    }
}

fn bad(code: &'static str, file: &str, expected: String, remedy: &str) -> BadInput {
    BadInput {
        code,
        file: file.into(),
        expected,
        remedy: remedy.into(),
        ..BadInput::default()
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).expect("memory takes all");
        encoder.finish().expect("memory takes all")
    }

    #[test]
    fn plain_bytes_pass_and_members_are_joined() {
        assert_eq!(
            inflated(b"id,name".to_vec(), "a.csv").ok().as_deref(),
            Some(&b"id,name"[..])
        );
        let two = [packed(b"one "), packed(b"two")].concat();
        assert_eq!(inflated(two, "a.gz").ok().as_deref(), Some(&b"one two"[..]));
    }

    #[test]
    fn a_cut_file_is_an_error_at_every_length() {
        let whole = packed(b"fifteen minutes on foot, fifteen minutes back");
        for length in 2..whole.len() {
            let error = inflated(whole[..length].to_vec(), "a.gz").expect_err("cut");
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
        assert!(matches!(inflated(whole, "a.gz"), Err(ReadError::Bad(_))));
    }

    #[test]
    fn a_bomb_stops_at_its_cap() {
        let bomb = packed(&vec![0; 1 << 20]);
        assert!(matches!(
            inflate(&bomb, 1000, "a.gz"),
            Err(ReadError::TooLarge(_))
        ));
        assert_eq!(inflated(bomb, "a.gz").map(|b| b.len()).ok(), Some(1 << 20));
    }
}
