//! Words without what offices write about them.

use crate::text::formula::{half_width, is_hidden};

/// The plainest form of a word: without case, blanks, hidden characters and full-width forms, ticks and
/// crosses as one.
pub(crate) fn plain_word(word: &str) -> String {
    word.chars()
        .map(|c| plain_sign(half_width(c)))
        .filter(|&c| !is_hidden(c) && !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

const fn plain_sign(c: char) -> char {
    match c {
        '✓' | '✔' | '☑' => '√',
        '✗' | '✘' | '✕' | '╳' => '×',
        c => c,
    }
}

/// Yes or no; none where the word is neither.
pub(crate) fn yes_or_no(word: &str) -> Option<bool> {
    match plain_word(word).as_str() {
        "true" | "yes" | "y" | "1" | "是" | "有" | "√" => Some(true),
        "false" | "no" | "n" | "0" | "否" | "无" | "×" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_and_crosses_are_yes_and_no() {
        for word in ["是", "有", "√", "✓", "1", "１", "Yes"] {
            assert_eq!(yes_or_no(word), Some(true), "{word}");
        }
        for word in ["否", "无", "×", "0", " NO "] {
            assert_eq!(yes_or_no(word), Some(false), "{word}");
        }
        assert_eq!(yes_or_no("2"), None);
    }
}
