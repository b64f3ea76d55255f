//! A workbook's zip file, unpacked once to see how large it is.

use std::borrow::Cow;
use std::io::{self, BufReader, Cursor, Read, Write};

use memchr::memmem;
use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::fault::{claims_too_much, fault, too_large};
use crate::read::error::ReadError;
use crate::words::text;

/// What a look at all of a workbook shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Unpacked {
    /// How many bytes there are.
    pub bytes: u64,
    /// Whether some fields are merged.
    pub has_merged: bool,
}

/// Unpacks everything once, keeping nothing: what a zip file declares of its size may be a lie.
///
/// # Errors
/// More than `most` bytes, or a list of texts that claims more than it holds.
pub(super) fn looked_over(bytes: &[u8], file: &str, most: u64) -> Result<Unpacked, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| fault(file, &e))?;
    let mut left = most;
    let mut sought = Sought::default();
    for place in 0..archive.len() {
        let entry = archive.by_index(place).map_err(|e| fault(file, &e))?;
        let of_texts = |name: Cow<'_, str>| name.to_lowercase().ends_with("sharedstrings.xml");
        let holds_texts = entry.name().is_ok_and(of_texts);
        // One byte more than is left shows that it is too much.
        let read = io::copy(&mut entry.take(left.saturating_add(1)), &mut sought);
        let size = read.map_err(|e| fault(file, &e))?;
        left = left
            .checked_sub(size)
            .ok_or_else(|| too_large(file, text!(WorkbookTooLarge, mb = most >> 20)))?;
        if holds_texts {
            let texts = archive.by_index(place).map_err(|e| fault(file, &e))?;
            check_texts(texts, size, file)?;
        }
    }
    Ok(Unpacked {
        bytes: most - left,
        has_merged: sought.found,
    })
}

/// What begins the list of merged fields of an `.xlsx` sheet, and of an `.ods` field that spans rows.
const MERGED: [&[u8]; 2] = [b"mergeCell", b"-rows-spanned"];

/// Whether the bytes that pass hold any of [`MERGED`].
#[derive(Default)]
struct Sought {
    found: bool,
    /// The end of what has passed, which may be the beginning of a word.
    last: Vec<u8>,
}

impl Write for Sought {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        const LONGEST: usize = 16;
        let is_in = |text: &[u8]| MERGED.iter().any(|word| memmem::find(text, word).is_some());
        // A word may lie across two pieces, so the end of the last is joined with the beginning of
        // this.
        let first = &bytes[..bytes.len().min(LONGEST)];
        self.last.extend_from_slice(first);
        self.found = self.found || is_in(&self.last) || is_in(bytes);
        let rest = &bytes[bytes.len().saturating_sub(LONGEST)..];
        if bytes.len() >= LONGEST {
            self.last.clear();
            self.last.extend_from_slice(rest);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether so many bytes can hold as many texts as the list of a workbook's texts claims.
///
/// calamine 0.38 asks for the memory of as many as `uniqueCount` says, whatever the file holds. It
/// reads the first element `sst` as is done here: what is no XML to a stricter reader must not hide it.
fn check_texts(list: impl Read, size: u64, file: &str) -> Result<(), ReadError> {
    /// A text takes at least this.
    const SHORTEST: u64 = "<si/>".len() as u64;
    let mut xml = XmlReader::from_reader(BufReader::new(list));
    let config = xml.config_mut();
    config.check_end_names = false;
    config.check_comments = false;
    config.expand_empty_elements = true;
    let mut buffer = Vec::new();
    // What is no XML is left to calamine, which stops there too.
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match event {
            Event::Start(list) | Event::Empty(list) if list.local_name().as_ref() == "sst" => {
                let claimed = claimed_texts(&list);
                if claimed.is_some_and(|claimed| claimed > size / SHORTEST) {
                    let claimed = claimed.unwrap_or_default();
                    let what = text!(ClaimedTexts, claimed = claimed, size = size);
                    return Err(claims_too_much(file, what));
                }
                return Ok(());
            }
            Event::Eof => return Ok(()),
            _ => buffer.clear(),
        }
    }
    Ok(())
}

/// The most that the list may be taken to claim: calamine passes over what is no attribute.
fn claimed_texts(list: &BytesStart<'_>) -> Option<u64> {
    let claims = list.attributes_raw().split("uniqueCount").skip(1);
    let numbers = claims.filter_map(|rest| {
        let is_before = |c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\'' | '+');
        let rest = rest.trim_start_matches(is_before);
        let end = rest.find(|c: char| !c.is_ascii_digit());
        let digits = &rest[..end.unwrap_or(rest.len())];
        (!digits.is_empty()).then(|| digits.parse().unwrap_or(u64::MAX))
    });
    numbers.max()
}
