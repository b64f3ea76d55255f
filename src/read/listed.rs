//! Names from the data in a row, for messages.

use crate::words::{Key, Part, Text, text};

/// The names, each the same in every language, with commas between them.
pub(crate) fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<Text> {
    let verbatim = |name| text!(Verbatim, text = name);
    names.into_iter().map(verbatim).collect()
}

/// The names as alternatives: `a or b`.
pub(crate) fn alternatives<'a>(names: impl IntoIterator<Item = &'a str>) -> Part {
    Part::Joined(listed(names), Key::OrSeparator)
}

/// A name in quotation marks.
pub(crate) fn quoted(name: &str) -> Text {
    text!(QuotedName, name = name)
}
