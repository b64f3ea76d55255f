//! Text in whatever encoding Chinese offices save it: UTF-8, UTF-16 with a mark, GB18030.

use std::borrow::Cow;

use encoding_rs::{DecoderResult, Encoding, GB18030};

use super::by_chance::chance;
use crate::read::error::{BadInput, Place, ReadError};
use crate::words::{Text, text};

/// A file's text and the name of its encoding.
///
/// UTF-8 (with or without a mark), UTF-16 with a mark, else GB18030 (of which GBK and GB2312 are
/// parts), all strict: nothing is replaced. Text with NUL characters is refused, and so is text
/// without a mark that is UTF-8 by chance only. Borrows where the bytes are UTF-8 already.
///
/// # Errors
///
/// Names the line of the first byte that fits no encoding.
pub(crate) fn decoded<'a>(bytes: &'a [u8], file: &str) -> Result<Decoded<'a>, ReadError> {
    let (text, name) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (
            utf8(rest).map_err(|at| bad(file, rest, at))?.into(),
            "UTF-8",
        ),
        [0xFF, 0xFE, rest @ ..] => (utf16(rest, u16::from_le_bytes, file)?.into(), "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => (utf16(rest, u16::from_be_bytes, file)?.into(), "UTF-16BE"),
        _ => without_mark(bytes).map_err(|at| bad(file, bytes, at))?,
    };
    if let Some(found) = chance(&text).filter(|_| !bytes.starts_with(MARK) && name == "UTF-8") {
        return Err(undecided(file, line(bytes, found.at), &found.utf8, &found.gb18030).into());
    }
    match text.find('\0') {
        None => Ok((text, name)),
        Some(at) => Err(nul(file, line(text.as_bytes(), at)).into()),
    }
}

/// What UTF-8 text may begin with: then it is nothing else.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The bytes of a file in the encoding that the study names for it, as UTF-8 with a mark.
///
/// # Errors
///
/// When the file is no text in that encoding.
pub(crate) fn named(bytes: &[u8], encoding: &str, file: &str) -> Result<Vec<u8>, ReadError> {
    let Some(known) = Encoding::for_label(encoding.as_bytes()) else {
        return Err(misnamed(file, 1, text!(NoSuchEncoding, name = encoding)).into());
    };
    let mut decoder = known.new_decoder_with_bom_removal();
    let most = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len());
    let mut text = String::with_capacity(most);
    let (end, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    // NUL characters are what UTF-16 becomes when it is read as bytes.
    if end != DecoderResult::InputEmpty || text.contains('\0') {
        let line = line(text.as_bytes(), text.find('\0').unwrap_or(text.len()));
        let expected = text!(NotInEncoding, encoding = known.name(), byte = read);
        return Err(misnamed(file, line, expected).into());
    }
    Ok([MARK, text.as_bytes()].concat())
}

/// A file that is not in the encoding that the study names for it.
fn misnamed(file: &str, line: u64, expected: Text) -> BadInput {
    BadInput {
        remedy: text!(CorrectEncoding),
        ..unreadable(file, line, expected)
    }
}

/// Whether this is the name of an encoding.
pub(crate) fn is_known(encoding: &str) -> bool {
    Encoding::for_label(encoding.as_bytes()).is_some()
}

/// Text that we wrote ourselves.
///
/// # Errors
///
/// When it is not UTF-8.
pub(crate) fn own<'a>(bytes: &'a [u8], file: &str) -> Result<&'a str, ReadError> {
    let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
    utf8(bytes).map_err(|at| bad(file, bytes, at).into())
}

/// A text, and the name of its encoding.
type Decoded<'a> = (Cow<'a, str>, &'static str);

fn without_mark(bytes: &[u8]) -> Result<Decoded<'_>, usize> {
    let at = match utf8(bytes) {
        Ok(text) => return Ok((text.into(), "UTF-8")),
        Err(at) => at,
    };
    // GB18030 would take nearly any bytes.
    if is_damaged_utf8(bytes) {
        return Err(at);
    }
    // The encoding that goes farther is the one that was meant.
    gb18030(bytes)
        .map(|text| (text.into(), "GB18030"))
        .map_err(|stop| stop.max(at))
}

fn utf8(bytes: &[u8]) -> Result<&str, usize> {
    std::str::from_utf8(bytes).map_err(|e| e.valid_up_to())
}

/// Whether most of what is beyond ASCII is good UTF-8: then a bad byte is damage, and reading the
/// file as GB18030 would turn all of it into wrong but valid characters.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good >= 4 * broken
}

fn gb18030(bytes: &[u8]) -> Result<String, usize> {
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let most = decoder
        .max_utf8_buffer_length_without_replacement(bytes.len())
        .unwrap_or(bytes.len());
    let mut text = String::with_capacity(most);
    match decoder.decode_to_string_without_replacement(bytes, &mut text, true) {
        (DecoderResult::InputEmpty, _) => Ok(text),
        (_, read) => Err(read.saturating_sub(1)),
    }
}

/// UTF-16 in units of two bytes. Half a unit or half a pair of them is a cut file. O(bytes).
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, file: &str) -> Result<String, ReadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => return Err(cut_utf16(file, &text).into()),
        }
    }
    if rest.is_empty() {
        Ok(text)
    } else {
        Err(cut_utf16(file, &text).into())
    }
}

fn line(bytes: &[u8], at: usize) -> u64 {
    bytes
        .iter()
        .take(at)
        .fold(1, |lines, byte| lines + u64::from(*byte == b'\n'))
}

fn unreadable(file: &str, line: u64, expected: Text) -> BadInput {
    BadInput {
        code: "bad-encoding",
        file: file.into(),
        place: Place::Line(line),
        expected,
        remedy: text!(SaveTableAsUtf8),
        ..BadInput::default()
    }
}

fn undecided(file: &str, line: u64, utf8: &str, gb18030: &str) -> BadInput {
    let expected = text!(WhichEncoding, utf8 = utf8, gb18030 = gb18030);
    BadInput {
        code: "which-encoding",
        remedy: text!(NameEncoding),
        ..unreadable(file, line, expected)
    }
}

fn bad(file: &str, bytes: &[u8], at: usize) -> BadInput {
    let byte = bytes.get(at).copied().unwrap_or_default();
    let expected = text!(NeitherEncoding, byte = format!("{byte:#04x}"));
    unreadable(file, line(bytes, at), expected)
}

fn cut_utf16(file: &str, before: &str) -> BadInput {
    let line = line(before.as_bytes(), before.len());
    unreadable(file, line, text!(HalfUtf16))
}

fn nul(file: &str, line: u64) -> BadInput {
    unreadable(file, line, text!(NulCharacter))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "id,名称\n1,双钟镇便民服务中心\n";

    fn utf16_bytes(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        std::iter::once(0xFEFF)
            .chain(text.encode_utf16())
            .flat_map(order)
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let gbk = encoding_rs::GBK.encode(TEXT).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
        let files = [
            (TEXT.as_bytes().to_vec(), "UTF-8"),
            (marked, "UTF-8"),
            (utf16_bytes(TEXT, u16::to_le_bytes), "UTF-16LE"),
            (utf16_bytes(TEXT, u16::to_be_bytes), "UTF-16BE"),
            (gbk, "GB18030"),
        ];
        for (bytes, name) in files {
            let (text, found) = decoded(&bytes, "a.csv").expect(name);
            assert_eq!((text.as_ref(), found), (TEXT, name));
        }
    }

    #[test]
    fn a_short_gbk_text_and_four_byte_characters_are_read() {
        for text in ["名", "x,是\n", "𠮷野家,㐀", "联通"] {
            let bytes = GB18030.encode(text).0.into_owned();
            assert_eq!(decoded(&bytes, "a.csv").expect("GB18030").0, text);
        }
    }

    #[test]
    fn bytes_that_are_neither_are_refused_with_their_line() {
        let error = |bytes: &[u8]| decoded(bytes, "a.csv").expect_err("bad bytes").to_string();
        let message = "a.csv, line 2: byte 0xff is neither UTF-8 nor GB18030 – save as UTF-8";
        assert_eq!(error(b"id,name\n1,\xff\n"), message);
        let damaged = [TEXT.as_bytes(), b"2,\xe9\x80\n"].concat();
        assert!(
            error(&damaged).contains("line 3: byte 0xe9"),
            "{}",
            error(&damaged)
        );
        let cut = TEXT.as_bytes().get(..TEXT.len() - 3).expect("a cut");
        assert!(error(cut).contains("line 2"), "{}", error(cut));
    }

    #[test]
    fn nul_and_half_characters_are_refused() {
        assert!(decoded(b"a\0b", "a.csv").is_err());
        assert!(decoded(b"i\0d\0", "a.csv").is_err());
        let whole = utf16_bytes("a𠮷", u16::to_le_bytes);
        assert!(decoded(&whole, "a.csv").is_ok());
        for length in [whole.len() - 1, whole.len() - 2] {
            assert!(decoded(whole.get(..length).expect("a cut"), "a.csv").is_err());
        }
    }

    #[test]
    fn a_named_encoding_is_the_one_that_counts() {
        let text = "id,名\n1,石山\n";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big5 = encoding_rs::BIG5.encode(text).0.into_owned();
        let gbk = GB18030.encode(text).0.into_owned();
        for (bytes, name) in [(utf16, "utf-16le"), (big5, "Big5"), (gbk, "gbk")] {
            let named = named(&bytes, name, "a.csv").expect(name);
            assert_eq!(
                decoded(&named, "a.csv").expect(name),
                (text.into(), "UTF-8")
            );
        }
        let error = named(b"id,name\n1,\xff\n", "UTF-8", "a.csv").expect_err("no UTF-8");
        assert!(
            error.to_string().contains("line 2: it is no UTF-8 text"),
            "{error}"
        );
        assert!(named(b"PK\0", "GB18030", "a.xlsx").is_err());
        assert!(named(b"", "GKB", "a.csv").is_err() && !is_known("GKB") && is_known("GB2312"));
    }

    #[test]
    fn words_that_are_utf8_by_chance_are_asked_about() {
        let gbk = GB18030.encode("id,name\na,石山\nb,平石\n").0.into_owned();
        let error = decoded(&gbk, "a.csv").expect_err("which one?").to_string();
        assert_eq!(
            error,
            "a.csv, line 2: \"ʯɽ\" in UTF-8 is \"石山\" in GB18030, and the file could be either – \
             write encoding = \"GB18030\" for this file in the study file, or \"UTF-8\" if it is that"
        );
        let named = named(&gbk, "GB18030", "a.csv").expect("it is said");
        assert!(decoded(&named, "a.csv").expect("marked").0.contains("平石"));
        let marked = [MARK, &gbk].concat();
        assert!(decoded(&marked, "a.csv").expect("marked").0.contains("ʯɽ"));
    }

    #[test]
    fn an_empty_file_is_an_empty_text() {
        assert_eq!(decoded(b"", "a.csv").expect("empty").0, "");
    }
}
