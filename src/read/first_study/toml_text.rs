//! Texts as TOML writes them.

use std::fmt::Write as _;

use crate::text::steers;

/// A basic string of TOML: whatever stands in a name, it ends with its mark and steers no screen.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            sign if steers(sign) => {
                // Of what steers, all lies below U+10000.
                let _ = write!(quoted, "\\u{:04X}", u32::from(sign));
            }
            sign => quoted.push(sign),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        /// Whatever is written is read back, and stands on one line.
        #[test]
        fn a_string_is_read_back(text in "(\\PC|[\"\\\\\\]\n\r\t\u{0}\u{7f}\u{85}\u{202e}\u{2028}\u{feff}#={}])*") {
            let written = quoted(&text);
            proptest::prop_assert_eq!(written.lines().count(), 1);
            let turns = written.contains('\u{202e}');
            proptest::prop_assert!(!turns);
            let table: toml::Table = format!("a = {written} # b").parse().expect("it is TOML");
            proptest::prop_assert_eq!(table["a"].as_str(), Some(text.as_str()));
        }
    }
}
