//! How numbers and texts are written: the same in every file.

use crate::units::{Share, TravelTime};

/// Seconds with one decimal, rounded up, so that nothing past a limit is shown at it.
pub(super) fn seconds(time: TravelTime) -> String {
    let tenths = time.tenths_up();
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Metres with one decimal.
pub(super) fn metres(metres: f64) -> String {
    format!("{metres:.1}")
}

/// A share from 0 to 1 with up to six decimals; 1 only when it is all, 0 only when it is nothing.
pub(super) fn share(share: Share) -> Option<f64> {
    let value = share.value()?;
    let rounded = (value * 1e6).round() / 1e6;
    Some(if value < 1.0 { rounded.min(0.999_999) } else { rounded }.max(if value > 0.0 { 1e-6 } else { 0.0 }))
}

/// A number as text, empty where there is none.
pub(super) fn optional(number: Option<f64>) -> String {
    number.map_or_else(String::new, |number| number.to_string())
}

/// A text from data as a CSV field: one that a spreadsheet would run as a formula is quoted.
///
/// See OWASP, "CSV Injection".
pub(super) fn field(text: &str) -> String {
    let risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    if risky { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_past_the_limit_is_shown_at_it() {
        assert_eq!(seconds(TravelTime::from_minutes(15)), "900.0");
        assert_eq!(seconds(TravelTime::from_ticks(9_000_001)), "900.1");
        assert_eq!(share(Share::of(999_999_999, 1_000_000_000)), Some(0.999_999));
        assert_eq!((share(Share::of(1, 3)), share(Share::of(0, 0))), (Some(0.333_333), None));
    }

    #[test]
    fn formulas_are_defused_and_numbers_are_not() {
        assert_eq!(field("=1+1"), "'=1+1");
        assert_eq!(field("@cmd"), "'@cmd");
        assert_eq!((field("-5"), field("湖口")), ("-5".to_owned(), "湖口".to_owned()));
    }
}
