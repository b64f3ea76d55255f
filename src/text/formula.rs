//! Texts that a spreadsheet would run, and characters that look like others or like nothing.

/// Whether a spreadsheet would take the text for a formula: after blanks and hidden characters it
/// begins with `=`, `+`, `-` or `@`, narrow or full-width, or it begins with a tab or a carriage
/// return; and it is no plain number.
///
/// Some spreadsheets narrow full-width signs and drop blanks before they look for a formula.
pub(crate) fn is_formula(text: &str) -> bool {
    let shown = text.trim_start_matches(|c: char| c.is_whitespace() || is_hidden(c));
    let first = shown.chars().next().map(half_width);
    let signed = matches!(first, Some('=' | '+' | '-' | '@'));
    (signed || text.starts_with(['\t', '\r'])) && !is_number(text)
}

/// The text without the `'` that was written before it because it is a formula.
#[cfg(any(feature = "read", test))]
pub(crate) fn bare(written: &str) -> &str {
    written
        .strip_prefix('\'')
        .filter(|bare| is_formula(bare))
        .unwrap_or(written)
}

/// The ASCII form of a full-width character.
pub(crate) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character shows nothing: zero-width blanks and joiners, marks of direction and of
/// byte order, soft hyphens, selectors of variants.
pub(crate) const fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
    )
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    [whole, part]
        .iter()
        .all(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_are_left_alone() {
        for bad in [
            "=1+1",
            "+cmd",
            "-1+1",
            "@sum",
            "\t=1",
            "\r",
            "-",
            "+1e5",
            "-1.",
            "-inf",
            "＝1+1",
            "＋cmd",
            "－1+1",
            "＠sum",
            " =1",
            "\u{3000}=1",
            "\u{a0}@x",
            "\u{200b}=1",
            "\u{feff}=1",
            "\n=1",
            "\u{2060} \u{200d}＝1",
        ] {
            assert!(is_formula(bad), "{bad:?}");
            assert_eq!(bare(&format!("'{bad}")), bad);
        }
        for good in [
            "-5",
            "+3.25",
            "a=b",
            "",
            "东-西",
            "'=1",
            " x",
            "\u{200b}",
            "东＝西",
        ] {
            assert!(!is_formula(good), "{good:?}");
        }
        for kept in ["'-5", "'", "'a", "-5", "=1"] {
            assert_eq!(bare(kept), kept);
        }
    }
}
