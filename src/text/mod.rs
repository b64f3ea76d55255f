//! Texts from the data, made safe to show.
//!
//! ```
//! // A name from a table that would turn a terminal red.
//! assert_eq!(walkshed::text::plain("石钟\u{1b}[31m村"), "石钟\u{fffd}[31m村");
//! ```

#[cfg(any(feature = "read", feature = "report"))]
pub(crate) mod formula;

/// Text from data, safe for a terminal: without control and direction characters, at most 80 long.
///
/// ```
/// use walkshed::text::plain;
/// assert_eq!(plain("two\nlines"), "two\u{fffd}lines");
/// // Longer than 80 characters is cut, and says so.
/// assert!(plain(&"村".repeat(81)).ends_with("村…"));
/// ```
#[must_use]
pub fn plain(text: &str) -> String {
    let shown: String = text.chars().take(80).collect();
    let shown = steady(&shown);
    if text.chars().nth(80).is_some() {
        format!("{shown}…")
    } else {
        shown
    }
}

/// The text without control and direction characters, and without those that XML cannot write.
pub(crate) fn steady(text: &str) -> String {
    text.chars()
        .map(|c| if steers(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Whether a character steers a screen or shows nothing there: controls, hidden ones, ends of lines, and
/// those that turn the direction of a line; or is none at all (U+FFFE, U+FFFF), which no XML may hold.
pub(crate) fn steers(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fffe}'
                | '\u{ffff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_data_cannot_steer_a_terminal() {
        assert_eq!(
            plain("a\u{1b}[31mb\u{202e}c\n\u{ffff}"),
            "a\u{fffd}[31mb\u{fffd}c\u{fffd}\u{fffd}"
        );
        assert_eq!(plain(&"x".repeat(100)).chars().count(), 81);
    }
}
