//! Numbers and columns on a terminal.

use super::number::Number;
use crate::text::plain;

/// A head before the lines that belong to it; nothing where there are none.
pub(super) fn headed(head: String, mut lines: Vec<String>) -> Vec<String> {
    if !lines.is_empty() {
        lines.insert(0, head);
    }
    lines
}

/// A share as a percentage: 100.0 only when it is all, 0.0 only when it is nothing.
pub(super) fn percent(share: Option<Number>) -> String {
    let Some(share) = share.map(Number::value) else {
        return "–".to_owned();
    };
    let mut tenths = (share * 1000.0).round();
    if share > 0.0 && share < 1.0 {
        tenths = tenths.clamp(1.0, 999.0);
    }
    format!("{:.1} %", tenths / 10.0)
}

/// A number with thousands separated, and one decimal if it is not whole.
pub(super) fn counted(number: Number) -> String {
    let value = number.value();
    let tenth = format!("{:.1}", value.fract());
    match tenth.strip_prefix('0') {
        Some(decimal) if decimal != ".0" => grouped(value.trunc()) + decimal,
        _ => grouped(value.round()),
    }
}

/// A number of people with thousands separated: whole, for parts of people come of rasters and shares.
pub(super) fn whole(number: Number) -> String {
    grouped(number.value().round())
}

/// Those of all who are left out, so that what is shown adds up: both rounded, then taken off.
pub(super) fn whole_rest(all: Number, covered: Number) -> String {
    grouped(all.value().round() - covered.value().round())
}

/// A change of a share in points of a hundred, with its sign; a second decimal where the first would be
/// nought.
pub(super) fn points(change: Number) -> String {
    let points = change.value() * 100.0;
    if points == 0.0 {
        return "0.0".to_owned();
    }
    let sign = if points < 0.0 { "−" } else { "+" };
    let size = points.abs();
    if size < 0.05 {
        format!("{sign}{size:.2}")
    } else {
        format!("{sign}{size:.1}")
    }
}

/// How many are lacking: whole, rounded up, for half a person is none.
pub(super) fn counted_up(number: Number) -> String {
    grouped(number.value().ceil())
}

/// A whole number with thousands separated.
fn grouped(whole: f64) -> String {
    let digits = format!("{whole:.0}");
    let mut shown = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.char_indices() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

/// A name from the data, and a share, in two columns.
pub(super) fn named_share(name: &str, share: Option<Number>) -> String {
    format!("  {}{}", left(&plain(name), 24), right(&percent(share), 8))
}

/// A text filled up with blanks on its right.
pub(super) fn left(text: &str, columns: usize) -> String {
    format!("{text}{}", blanks(text, columns))
}

/// A text filled up with blanks on its left.
pub(super) fn right(text: &str, columns: usize) -> String {
    format!("{}{text}", blanks(text, columns))
}

fn blanks(text: &str, columns: usize) -> String {
    " ".repeat(columns.saturating_sub(width(text)))
}

/// Columns that a text takes on a terminal; a Chinese character takes two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}

const fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{20000}'..='\u{3fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        let shown = |value| counted(Number::of(value));
        assert_eq!(shown(0.0), "0");
        assert_eq!(shown(999.0), "999");
        assert_eq!(shown(1000.0), "1,000");
        assert_eq!(shown(1_234_567.25), "1,234,567.2");
        assert_eq!(shown(150.5), "150.5");
        assert_eq!(shown(1999.99), "2,000");
    }

    #[test]
    fn who_is_lacking_is_rounded_up() {
        assert_eq!(counted_up(Number::of(64_330.4)), "64,331");
        assert_eq!(counted_up(Number::of(2.0)), "2");
    }

    #[test]
    fn a_share_is_all_only_when_it_is() {
        assert_eq!(percent(Some(Number::of(0.999_99))), "99.9 %");
        assert_eq!(percent(Some(Number::of(1.0))), "100.0 %");
        assert_eq!(percent(None), "–");
    }

    #[test]
    fn people_are_whole_and_add_up() {
        let [all, covered] = [1000.6, 400.6].map(Number::of);
        assert_eq!([whole(all), whole(covered)], ["1,001", "401"]);
        assert_eq!(whole_rest(all, covered), "600");
    }

    #[test]
    fn points_have_a_sign_and_are_not_made_greater() {
        let shown = [0.007, -0.0123, 0.0003, 0.0].map(|change| points(Number::Part(change)));
        assert_eq!(shown, ["+0.7", "−1.2", "+0.03", "0.0"]);
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(left("双钟镇", 8), "双钟镇  ");
        assert_eq!(right("ab", 4), "  ab");
    }
}
