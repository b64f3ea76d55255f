//! What keeps the page inert: a policy for the browser, and data that cannot end their block.

use std::io;

use serde::Serialize;
use sha2::{Digest, Sha256};

/// The content-security policy: nothing runs but this script, nothing looks but by this style, and
/// nothing is fetched or sent.
pub(super) fn policy(script: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        base64(&Sha256::digest(script)),
        base64(&Sha256::digest(style)),
    )
}

/// A value as JSON for a block of data in a page. Within JSON these signs stand in texts alone, so that
/// each may be written by its number; then no text can end the block, or begin anything.
///
/// # Errors
/// When it is no JSON.
pub(super) fn inert_json(value: &impl Serialize) -> io::Result<String> {
    let json = serde_json::to_string(value)?;
    let mut inert = String::with_capacity(json.len());
    for sign in json.chars() {
        match sign {
            '<' => inert.push_str("\\u003c"),
            '>' => inert.push_str("\\u003e"),
            '&' => inert.push_str("\\u0026"),
            '\u{2028}' => inert.push_str("\\u2028"),
            '\u{2029}' => inert.push_str("\\u2029"),
            sign => inert.push(sign),
        }
    }
    Ok(inert)
}

/// Bytes in base 64 (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |place: usize| u32::from(three.get(place).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let six = bits >> (18 - 6 * place) & 63;
            // Three bytes make four signs, two make three, one makes two.
            let sign = (place <= three.len()).then(|| char::from(SIGNS[six as usize]));
            text.push(sign.unwrap_or('='));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_its_specification() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (bytes, text) in cases {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn no_text_ends_a_block_and_each_comes_back() {
        let hostile = [
            "</script><script>",
            "<!--",
            "]]>",
            "a\u{2028}b&amp;",
            "\"\\",
        ];
        let json = inert_json(&hostile).expect("texts are JSON");
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).expect("it is JSON");
        assert_eq!(back, hostile);
    }
}
