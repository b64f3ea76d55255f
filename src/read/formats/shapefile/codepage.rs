//! In which encoding a `.dbf` is: as the study, the `.cpg` or the table itself says, else found out.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, IBM866, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
};

use crate::read::error::{BadInput, ReadError};
use crate::read::formats::aside::Aside;
use crate::read::formats::encoding::decoded;
use crate::words::text;

/// An encoding, and whether somebody said that it is this one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Codepage {
    encoding: &'static Encoding,
    is_guess: bool,
}

impl Codepage {
    /// The encoding that is named for the table: in the study file, in the `.cpg`, in the header.
    ///
    /// # Errors
    /// A `.cpg` that names none.
    pub(super) fn named(aside: &Aside, mark: u8) -> Result<Option<Self>, ReadError> {
        let told = |encoding| Self {
            encoding,
            is_guess: false,
        };
        if let Some(name) = &aside.encoding {
            return Ok(Encoding::for_label(name.as_bytes()).map(told));
        }
        // A `.cpg` outweighs the mark in the header, which often says nothing.
        let Some(part) = aside.part("cpg") else {
            return Ok(of_mark(mark).map(told));
        };
        let name = String::from_utf8_lossy(&part.bytes);
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
        match of_name(name) {
            Some(known) => Ok(Some(told(known))),
            None if name.is_empty() => Ok(of_mark(mark).map(told)),
            None => Err(BadInput {
                code: "unknown-encoding",
                file: part.name.clone(),
                expected: text!(NoSuchEncoding, name = crate::read::plain(name)),
                remedy: text!(NameEncoding),
                ..BadInput::default()
            }
            .into()),
        }
    }

    /// The encoding that all of these texts are in; GB18030 where it is not UTF-8.
    ///
    /// # Errors
    /// Texts that are UTF-8 by chance only, or UTF-8 and damaged.
    pub(super) fn of_texts<'a>(
        texts: impl Iterator<Item = &'a [u8]>,
        file: &str,
    ) -> Result<Self, ReadError> {
        let mut good = Vec::new();
        let (mut fitting, mut others) = (0_usize, 0_usize);
        for text in texts.filter(|text| !text.is_ascii()) {
            let Some(text) = as_utf8(text) else {
                others += 1;
                continue;
            };
            fitting += 1;
            if good.len() < MOST_SAMPLE {
                good.extend_from_slice(text.as_bytes());
                good.push(b'\n');
            }
        }
        if others == 0 {
            // What is UTF-8 by chance is refused there.
            decoded(&good, file)?;
        } else if fitting >= 4 * others {
            // Nearly all are UTF-8: the others are damaged, and the table is in no other encoding.
            return Err(BadInput {
                code: "bad-encoding",
                file: file.to_owned(),
                expected: text!(TextsNotUtf8, others = others, all = others + fitting),
                remedy: text!(NameEncoding),
                ..BadInput::default()
            }
            .into());
        }
        Ok(Self {
            encoding: if others == 0 { UTF_8 } else { GB18030 },
            is_guess: true,
        })
    }

    /// A text; and whether its last character is cut, as where it fills its column.
    pub(super) fn text(self, bytes: &[u8]) -> Option<(String, bool)> {
        if bytes.is_ascii() {
            return Some((String::from_utf8_lossy(bytes).into_owned(), false));
        }
        // The longest character of all encodings has four bytes.
        (0..4.min(bytes.len())).find_map(|cut| {
            let kept = &bytes[..bytes.len() - cut];
            let text = self
                .encoding
                .decode_without_bom_handling_and_without_replacement(kept)?;
            Some((text.into_owned(), cut > 0))
        })
    }

    /// Its name; that of a guess as [`crate::read::formats::table::Table::encoding`] has it.
    pub(super) fn name(self) -> &'static str {
        if self.is_guess && self.encoding == GB18030 {
            "GB18030"
        } else if self.encoding == UTF_8 {
            "UTF-8"
        } else {
            // Said by somebody, so that nobody need be told.
            self.encoding.name()
        }
    }
}

/// So many bytes of texts tell whether they are UTF-8 by chance.
const MOST_SAMPLE: usize = 4 << 20;

/// The text where it is UTF-8, without a last character that is cut.
fn as_utf8(bytes: &[u8]) -> Option<&str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            std::str::from_utf8(&bytes[..error.valid_up_to()]).ok()
        }
        Err(_) => None,
    }
}

/// The encoding of a name as a `.cpg` writes it: `UTF-8`, `GBK`, `936`, `ANSI 936`, `ISO 88591`.
fn of_name(name: &str) -> Option<&'static Encoding> {
    let dashed = name.replace(' ', "-");
    let mut spelled = [name, &dashed].into_iter();
    let known = spelled.find_map(|name| Encoding::for_label(name.as_bytes()));
    if known.is_some() {
        return known;
    }
    let digits: String = name.chars().filter(char::is_ascii_digit).collect();
    Some(match digits.as_str() {
        "936" => GBK,
        "54936" => GB18030,
        "950" => BIG5,
        "65001" => UTF_8,
        "932" => SHIFT_JIS,
        "949" => EUC_KR,
        "874" => WINDOWS_874,
        "866" => IBM866,
        "1250" => WINDOWS_1250,
        "1251" => WINDOWS_1251,
        "1252" | "28591" | "88591" => WINDOWS_1252,
        "1253" => WINDOWS_1253,
        "1254" => WINDOWS_1254,
        "1255" => WINDOWS_1255,
        "1256" => WINDOWS_1256,
        _ => return None,
    })
}

/// The encoding of the mark in a table's header. Those for "ANSI" and "DOS" say only that it is the
/// one of the computer it was written on: ArcGIS writes 0x57 whatever the text is in.
fn of_mark(mark: u8) -> Option<&'static Encoding> {
    Some(match mark {
        0x4d | 0x7a => GBK,
        0x4f | 0x78 => BIG5,
        0x13 | 0x7b => SHIFT_JIS,
        0x4e | 0x79 => EUC_KR,
        0x26 | 0x65 => IBM866,
        0x50 | 0x7c => WINDOWS_874,
        0xc8 => WINDOWS_1250,
        0xc9 => WINDOWS_1251,
        0xca => WINDOWS_1254,
        0xcb => WINDOWS_1253,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::formats::aside::Part;

    fn of_cpg(name: &str) -> String {
        let aside = Aside {
            parts: vec![Part {
                name: "a.CPG".to_owned(),
                bytes: name.as_bytes().to_vec(),
            }],
            ..Aside::default()
        };
        match Codepage::named(&aside, 0x57) {
            Ok(Some(page)) => page.name().to_owned(),
            Ok(None) => "to be found out".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn a_cpg_names_an_encoding_in_many_ways() {
        for (names, encoding) in [
            (&["UTF-8", " utf8\r\n", "65001"][..], "UTF-8"),
            (&["GBK", "936", "ANSI 936", "CP936", "GB2312"], "GBK"),
            (&["GB18030", "54936"], "gb18030"),
            (&["ISO 8859-1", "88591", "1252"], "windows-1252"),
            (&["", " "], "to be found out"),
        ] {
            for name in names {
                assert_eq!(of_cpg(name), encoding, "{name}");
            }
        }
        assert!(
            of_cpg("Klingon").starts_with("a.CPG: \"Klingon\" is no encoding – write encoding")
        );
    }

    #[test]
    fn texts_tell_their_encoding() {
        let found = |texts: &[&[u8]]| {
            Codepage::of_texts(texts.iter().copied(), "a.dbf")
                .map_or_else(|error| error.to_string(), |page| page.name().to_owned())
        };
        let gbk = GBK.encode("双钟镇东门村").0.into_owned();
        let utf8 = "双钟镇东门村".as_bytes();
        assert_eq!(found(&[b"plain"]), "UTF-8");
        assert_eq!(found(&[utf8, b"plain", &utf8[..10]]), "UTF-8");
        assert_eq!(found(&[b"plain", &gbk]), "GB18030");
        assert!(found(&[utf8, utf8, utf8, utf8, &gbk]).contains("1 of 5 texts"));
    }

    #[test]
    fn a_cut_character_is_left_off() {
        let page = |encoding| Codepage {
            encoding,
            is_guess: false,
        };
        let gbk = GBK.encode("双钟镇").0.into_owned();
        let cut = Some(("双钟".to_owned(), true));
        assert_eq!(page(GBK).text(&gbk[..5]), cut);
        assert_eq!(page(UTF_8).text(&"双钟镇".as_bytes()[..7]), cut);
        assert_eq!(page(GBK).text(&gbk), Some(("双钟镇".to_owned(), false)));
        assert_eq!(page(UTF_8).text(&gbk), None);
    }
}
