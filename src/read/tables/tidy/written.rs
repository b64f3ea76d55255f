//! Numbers as people write them.

use crate::read::tables::heads::magnitude;
use crate::text::formula::{half_width, is_hidden};

/// What the commas in a column's numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comma {
    /// They part thousands: `1,050`.
    Thousands,
    /// They are the point: `116,219`.
    Point,
    /// Nobody knows.
    Unknown,
}

/// Words that say that a number is about so much.
const ABOUT: [&str; 6] = ["约", "約", "大约", "大約", "~", "≈"];

/// The number that a text means: plain digits with a comma of this kind, in groups of three apart by
/// blanks, full-width, after a word for *about*, before one of these units or a Chinese magnitude; none
/// where anything else stands there.
pub(super) fn number(text: &str, units: &[&str], comma: Comma) -> Option<f64> {
    let (digits, factor) = digits_and_factor(text, units);
    let plain = match comma {
        Comma::Thousands if digits.contains(',') => without_thousands(&digits, ',')?,
        Comma::Point if digits.contains(',') => pointed(&digits)?,
        Comma::Thousands | Comma::Point | Comma::Unknown => digits,
    };
    let plain = if plain.contains(' ') {
        without_thousands(&plain, ' ')?
    } else {
        plain
    };
    let is_plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let number: f64 = plain.parse().ok()?;
    (plain.chars().all(is_plain) && number.is_finite()).then_some(number * factor)
}

/// Whether a text holds digits, signs and points alone, as nearly all numbers do: nothing to mend.
pub(super) fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'))
}

/// Which commas the numbers of a text can have; none where it holds none.
pub(super) fn commas(text: &str, units: &[&str]) -> Option<[bool; 2]> {
    if !text.contains([',', '，']) {
        return None;
    }
    let (digits, _) = digits_and_factor(text, units);
    let can_be_thousands = without_thousands(&digits, ',').is_some();
    let can_be_point = pointed(&digits).is_some();
    (digits.contains(',') && (can_be_thousands || can_be_point))
        .then_some([can_be_thousands, can_be_point])
}

/// A text without what stands round its digits, and the factor of its magnitude.
fn digits_and_factor(text: &str, units: &[&str]) -> (String, f64) {
    let shown = text.chars().filter(|&c| !is_hidden(c)).map(half_width);
    let narrow: String = shown
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let mut rest = narrow.trim();
    if let Some(about) = ABOUT.iter().find(|about| rest.starts_with(**about)) {
        rest = rest[about.len()..].trim_start();
    }
    // The longest unit first: 平方米 ends with 米.
    let fitting = units.iter().filter(|unit| rest.ends_with(**unit));
    if let Some(unit) = fitting.max_by_key(|unit| unit.len()) {
        rest = rest[..rest.len() - unit.len()].trim_end();
    }
    match magnitude(rest) {
        Some((before, factor)) => (before.trim_end().to_owned(), factor),
        None => (rest.to_owned(), 1.0),
    }
}

/// Digits without the signs that part thousands; none where they part anything else.
fn without_thousands(digits: &str, sign: char) -> Option<String> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let unsigned = whole.trim_start_matches(['-', '+']);
    let mut groups = unsigned.split(sign);
    let are_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len())
        && are_digits(first)
        && groups.all(|group| group.len() == 3 && are_digits(group))
        && !part.contains(sign);
    fits.then(|| digits.replace(sign, ""))
}

/// Digits with the one comma as a point; none where there are more, or a point besides.
fn pointed(digits: &str) -> Option<String> {
    let (whole, part) = digits.split_once(',')?;
    let are_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let fits = are_digits(whole.trim_start_matches(['-', '+'])) && are_digits(part);
    fits.then(|| format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: [&str; 3] = ["人", "口", "人口"];

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, read) in [
            ("402人", 402.0),
            ("约300", 300.0),
            ("约 300 人", 300.0),
            ("~300", 300.0),
            ("1.2万", 12_000.0),
            ("1.2万人", 12_000.0),
            ("1,050", 1050.0),
            ("1,234,567.5", 1_234_567.5),
            ("1 234", 1234.0),
            ("1\u{a0}234", 1234.0),
            ("３２０", 320.0),
            ("\u{200b}320", 320.0),
            ("320\u{a0}", 320.0),
            ("-5", -5.0),
        ] {
            assert_eq!(
                number(written, &PEOPLE, Comma::Thousands),
                Some(read),
                "{written}"
            );
        }
        assert_eq!(number("116,219", &[], Comma::Point), Some(116.219));
    }

    #[test]
    fn what_is_ambiguous_is_no_number() {
        for written in [
            "-",
            "",
            "人",
            "三百二十",
            "300余",
            "402户",
            "1,05",
            "10,50",
            "1,2,3",
            "12 34",
            "300-400",
            "3.60429E+11",
            "1.2万3",
            "0x1F",
            "NaN",
            "inf",
            "约",
            "1..2",
            "320?",
        ] {
            assert_eq!(
                number(written, &PEOPLE, Comma::Thousands),
                None,
                "{written}"
            );
        }
        assert_eq!(number("1,050", &PEOPLE, Comma::Unknown), None);
        assert_eq!(number("1,234,5", &[], Comma::Point), None);
    }

    #[test]
    fn a_comma_can_be_one_or_both() {
        assert_eq!(commas("1,050", &PEOPLE), Some([true, true]));
        assert_eq!(commas("1,234,567人", &PEOPLE), Some([true, false]));
        assert_eq!(commas("1,234.5", &PEOPLE), Some([true, false]));
        assert_eq!(commas("29,73", &[]), Some([false, true]));
        assert_eq!(commas("2973", &[]), None);
        assert_eq!(commas("a,b", &[]), None);
    }
}
