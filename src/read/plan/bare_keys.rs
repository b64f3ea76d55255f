//! Chinese keys without quotation marks, which TOML does not know.
//!
//! A table of values has keys of the user's own: `values = { 高速公路 = "motorway" }` is what anybody
//! writes, and TOML wants `"高速公路"`. What is meant is clear, so the marks are put in.

use std::borrow::Cow;

/// The text with marks round each key that needs them; lines stay lines. O(bytes).
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while !rest.is_empty() {
        let (token, after) = rest.split_at(token_length(rest));
        // A word that is not ASCII is a key where `=` or a point stands behind it.
        let is_key = !token.is_ascii() && token.chars().all(is_key_sign) && begins_value(after);
        if is_key {
            quoted.extend(["\"", token, "\""]);
        } else {
            quoted.push_str(token);
        }
        rest = after;
    }
    Cow::Owned(quoted)
}

/// The bytes of the next string, comment, word or sign.
fn token_length(rest: &str) -> usize {
    // The long strings first, as they begin like the short ones.
    for (mark, has_escapes) in [("\"\"\"", true), ("'''", false), ("\"", true), ("'", false)] {
        if rest.starts_with(mark) {
            return string_length(rest, mark, has_escapes);
        }
    }
    if rest.starts_with('#') {
        return rest.find('\n').unwrap_or(rest.len());
    }
    let word = rest.find(|c| !is_key_sign(c)).unwrap_or(rest.len());
    let sign = rest.chars().next().map_or(1, char::len_utf8);
    word.max(sign)
}

/// The bytes of a string with its marks; all that is left where it does not end.
fn string_length(rest: &str, mark: &str, has_escapes: bool) -> usize {
    let is_long = mark.len() == 3;
    let mut place = mark.len();
    while let Some(after) = rest.get(place..) {
        let Some(sign) = after.chars().next() else {
            return rest.len();
        };
        if after.starts_with(mark) {
            return place + mark.len();
        }
        // A short string ends with its line, so that a forgotten mark hides nothing behind it.
        if sign == '\n' && !is_long {
            return place;
        }
        place += sign.len_utf8();
        if sign == '\\' && has_escapes {
            place += rest[place..].chars().next().map_or(0, char::len_utf8);
        }
    }
    rest.len()
}

fn is_key_sign(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '（' | '）' | '、')
}

/// Whether a value comes next, or more of the key.
fn begins_value(after: &str) -> bool {
    after
        .trim_start_matches([' ', '\t'])
        .starts_with(['=', '.'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_keys_get_marks() {
        for (written, read) in [
            (
                "values = { 高速公路 = 'motorway' }",
                "values = { \"高速公路\" = 'motorway' }",
            ),
            ("县道2级='track'", "\"县道2级\"='track'"),
            ("name = '湖口 = 县'", "name = '湖口 = 县'"),
            ("name = \"a\\\"湖口 = 县\"", "name = \"a\\\"湖口 = 县\""),
            (
                "a = 1 # 高速 = b\n高速 = 2",
                "a = 1 # 高速 = b\n\"高速\" = 2",
            ),
            ("a = '''\n高速 = 1\n'''", "a = '''\n高速 = 1\n'''"),
            (
                "a = \"\"\"\n高速 = 1\n\"\"\"",
                "a = \"\"\"\n高速 = 1\n\"\"\"",
            ),
            ("name = 湖口", "name = 湖口"),
            ("'高速' = 1", "'高速' = 1"),
            ("a = 'b\n高速 = 1", "a = 'b\n\"高速\" = 1"),
            ("a = \"\\", "a = \"\\"),
        ] {
            assert_eq!(quoted(written), read);
        }
    }
}
