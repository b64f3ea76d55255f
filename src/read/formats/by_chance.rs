//! Chinese text that is good UTF-8 by chance.
//!
//! A common character of GB 2312 is two bytes, the first 0xB0 to 0xD7, the second 0xA1 to 0xFE. A
//! letter beyond ASCII in UTF-8 is often two bytes too, the first 0xC2 to 0xDF, the second 0x80 to
//! 0xBF. Where the two meet, 石山 (CA AF C9 BD) is also ʯɽ, and a short file of such words passes
//! as UTF-8. A file that says more holds some byte that only one of the two allows.

use encoding_rs::GB18030;

/// A word that reads in both encodings, and where it begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Chance {
    pub at: usize,
    pub utf8: String,
    pub gb18030: String,
}

/// The first unlikely word of a text in UTF-8 of which everything beyond ASCII could be common
/// Chinese characters in GB18030; none where the text is plainly UTF-8. O(bytes), but ends at the
/// first character that decides.
pub(crate) fn chance(text: &str) -> Option<Chance> {
    let mut beyond = text.chars().filter(|c| !c.is_ascii());
    if text.is_ascii() || !beyond.all(is_common_gb2312) {
        return None;
    }
    words(text)
        .find(|&(at, word)| is_unlikely(word, touches_letters(text, at, word)))
        .map(|(at, word)| Chance {
            at,
            utf8: word.to_owned(),
            gb18030: GB18030
                .decode_without_bom_handling(word.as_bytes())
                .0
                .into_owned(),
        })
}

/// Whether the two bytes of a character in UTF-8 are also a character of the first level of
/// GB 2312: those that are in daily use.
fn is_common_gb2312(c: char) -> bool {
    let mut bytes = [0; 4];
    matches!(
        c.encode_utf8(&mut bytes).as_bytes(),
        [0xC2..=0xD7, 0xA1..=0xBF]
    )
}

/// The longest runs of characters beyond ASCII, each with its place.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text[from..].find(|c: char| !c.is_ascii())?;
        let rest = &text[at..];
        let word = &rest[..rest.find(|c: char| c.is_ascii()).unwrap_or(rest.len())];
        from = at + word.len();
        Some((at, word))
    })
}

fn touches_letters(text: &str, at: usize, word: &str) -> bool {
    let before = text[..at].ends_with(|c: char| c.is_ascii_alphabetic());
    before || text[at + word.len()..].starts_with(|c: char| c.is_ascii_alphabetic())
}

/// A script that people write, as far as its letters are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Symbol,
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    /// Phonetic letters, marks without a letter, letters of no living spelling.
    Rare,
}

fn script(c: char) -> Script {
    match c {
        '\u{a1}'..='\u{bf}' => Script::Symbol,
        // Beside the accented letters of Europe those of Vietnamese, Pinyin and Romanian.
        '\u{c0}'..='\u{17f}'
        | '\u{1a0}'
        | '\u{1a1}'
        | '\u{1af}'
        | '\u{1b0}'
        | '\u{1cd}'..='\u{1dc}'
        | '\u{218}'..='\u{21b}' => Script::Latin,
        '\u{386}'..='\u{3ce}' => Script::Greek,
        '\u{400}'..='\u{4ff}' => Script::Cyrillic,
        '\u{531}'..='\u{587}' => Script::Armenian,
        '\u{5d0}'..='\u{5ea}' => Script::Hebrew,
        _ => Script::Rare,
    }
}

/// Whether nobody writes such a word: it holds a rare letter, mixes scripts, or is two or more
/// accented letters in a row with no plain one beside them.
fn is_unlikely(word: &str, touches_letters: bool) -> bool {
    let scripts: Vec<Script> = word.chars().map(script).collect();
    let mut letters = scripts.iter().filter(|&&script| script != Script::Symbol);
    let Some(&first) = letters.next() else {
        return false;
    };
    let several = scripts.len() > 1;
    first == Script::Rare
        || letters.any(|&other| other != first)
        || (first == Script::Latin && several && !touches_letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(chinese: &str) -> Option<String> {
        let bytes = GB18030.encode(chinese).0.into_owned();
        let text = String::from_utf8(bytes).ok()?;
        chance(&text).map(|found| found.gb18030)
    }

    #[test]
    fn chinese_words_that_pass_as_utf8_are_asked_about() {
        for word in ["石山", "平石", "石", "小山", "牛木", "上平", "双山", "水泉"] {
            let bytes = GB18030.encode(word).0.into_owned();
            if std::str::from_utf8(&bytes).is_ok() {
                assert_eq!(
                    asked(&format!("id,name\n1,{word}\n")).as_deref(),
                    Some(word)
                );
            }
        }
        assert_eq!(asked("1,石山\n2,平石\n").as_deref(), Some("石山"));
        assert_eq!(asked("1,石山\n2,镇\n"), None, "D5 F2 is no UTF-8");
    }

    #[test]
    fn words_of_living_languages_are_not() {
        for text in [
            "Müller",
            "Größe, Köln, Nürnberg",
            "año, España, mañana",
            "coração",
            "Łódź",
            "Dvořák",
            "Đà Nẵng",
            "Phở",
            "nǚ",
            "Ștefan, Țara, în",
            "Москва",
            "дом",
            "αβγ",
            "Αθήνα",
            "שלום",
            "سلام",
            "20 °C, 5 m², §3",
            "plain",
            "双钟镇",
        ] {
            assert_eq!(chance(text), None, "{text}");
        }
    }

    /// Every pair of characters that reads in both is decoded back to what it was.
    #[test]
    fn what_is_asked_about_is_what_the_bytes_say() {
        for first in 0xC2..=0xD7_u8 {
            for second in 0xA1..=0xBF_u8 {
                let text = std::str::from_utf8(&[first, second])
                    .expect("valid")
                    .to_owned();
                if let Some(found) = chance(&text) {
                    assert_eq!((found.at, &found.utf8), (0, &text));
                    assert_eq!(GB18030.encode(&found.gb18030).0.as_ref(), [first, second]);
                }
            }
        }
    }
}
