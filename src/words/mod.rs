//! The words that people read: one file a language, by key.
//!
//! A sentence is kept as a [`Text`]: a key, and the values that stand in it. Only when it is shown
//! does it become words, so that one finding reads in Chinese for the office and in English for the
//! engineer. A key that lacks words in a language does not compile, nor does a sentence that is
//! given other values than its words name.
//!
//! Words are written plainly; `{name}` is replaced by a value, and `{name#row|rows}` by the first
//! word when that value is 1 and by the second otherwise.
//!
//! ```
//! use walkshed::score::VerdictKind;
//! use walkshed::words::Language;
//!
//! let verdict = VerdictKind::TooFar.name();
//! assert_eq!(verdict.in_language(Language::English), verdict.to_string());
//! assert_ne!(verdict.in_language(Language::Chinese), verdict.to_string());
//! ```

mod chinese;
mod english;
mod language;
mod template;

use std::fmt;

use crate::units::TravelTime;

pub(crate) use english::Key;
pub use language::Language;
pub(crate) use template::names_are;

/// A sentence, or a part of one, that reads in every language.
///
/// ```
/// use walkshed::draw;
/// use walkshed::words::Language;
/// let town = draw::town("A-a--s-B", 100.0, "s");
/// let wrong = town.with(|parts| parts.target.items.clear()).unwrap_err();
/// let told = [Language::English, Language::Chinese].map(|language| wrong.text().in_language(language));
/// assert_ne!(told[0], told[1]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text {
    key: Key,
    values: Vec<(&'static str, Part)>,
}

/// What stands in a sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Part {
    /// The same in every language: a number, a name from the data.
    Plain(String),
    /// A part with words of its own.
    Text(Text),
    /// Several of them, with the words of a key between each two.
    Joined(Vec<Text>, Key),
}

/// A [`Text`] by its key and its values: `text!(RowsLeftOut, count = 3)`.
macro_rules! text {
    ($key:ident $(, $name:ident = $value:expr)* $(,)?) => {{
        const {
            assert!(
                $crate::words::names_are($crate::words::Key::$key, &[$(stringify!($name)),*]),
                "the values are not those that the words name"
            );
        }
        $crate::words::Text::new(
            $crate::words::Key::$key,
            vec![$((stringify!($name), $crate::words::Part::from($value))),*],
        )
    }};
}
pub(crate) use text;

impl Text {
    pub(crate) const fn new(key: Key, values: Vec<(&'static str, Part)>) -> Self {
        Self { key, values }
    }

    /// Words that are the same in every language: a name, a number, another program's message.
    ///
    /// ```
    /// use walkshed::words::{Language, Text};
    /// let name = Text::verbatim("石钟村");
    /// assert_eq!(name.in_language(Language::English), name.in_language(Language::Chinese));
    /// ```
    #[must_use]
    pub fn verbatim(words: &str) -> Self {
        text!(Verbatim, text = words)
    }

    /// The sentence in a language.
    ///
    /// ```
    /// use walkshed::words::{Language, Text};
    /// assert_eq!(Text::verbatim("W3").in_language(Language::Chinese), "W3");
    /// assert_eq!(Text::default().in_language(Language::English), "");
    /// ```
    #[must_use]
    pub fn in_language(&self, language: Language) -> String {
        template::filled(words(self.key, language), |name| {
            let value = self.values.iter().find(|(given, _)| *given == name);
            value.map_or_else(String::new, |(_, part)| part.in_language(language))
        })
    }
}

impl Text {
    /// Whether it ends as a question.
    pub(crate) fn is_question(&self) -> bool {
        self.in_language(Language::English).ends_with('?')
    }

    /// Whether nothing is said.
    pub(crate) fn is_empty(&self) -> bool {
        self.in_language(Language::English).is_empty()
    }
}

impl Default for Text {
    /// No words at all.
    fn default() -> Self {
        Self::new(Key::Nothing, Vec::new())
    }
}

#[cfg(test)]
impl From<&str> for Text {
    /// Words of a test, the same in every language. Elsewhere each sentence has a key, so that one
    /// that is said in one language alone does not compile.
    fn from(same: &str) -> Self {
        text!(Verbatim, text = same)
    }
}

impl From<&Self> for Text {
    fn from(text: &Self) -> Self {
        text.clone()
    }
}

impl fmt::Display for Text {
    /// In English.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_language(Language::English))
    }
}

impl Part {
    /// The part in a language.
    pub(crate) fn in_language(&self, language: Language) -> String {
        match self {
            Self::Plain(same) => same.clone(),
            Self::Text(text) => text.in_language(language),
            Self::Joined(texts, between) => {
                let members: Vec<_> = texts
                    .iter()
                    .map(|text| text.in_language(language))
                    .collect();
                members.join(words(*between, language))
            }
        }
    }
}

impl From<Text> for Part {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<Vec<Text>> for Part {
    /// The members of a list.
    fn from(texts: Vec<Text>) -> Self {
        Self::Joined(texts, Key::ListSeparator)
    }
}

impl From<Option<Text>> for Part {
    /// The text, or nothing at all.
    fn from(text: Option<Text>) -> Self {
        Self::Text(text.unwrap_or_default())
    }
}

impl From<TravelTime> for Part {
    /// Rounded up to whole seconds, so that nothing past a limit looks as if it were at it.
    fn from(time: TravelTime) -> Self {
        let seconds = time.ticks().div_ceil(TravelTime::TICKS_PER_SECOND);
        let rest = format!("{:02}", seconds % 60);
        Self::Text(text!(
            MinutesSeconds,
            minutes = seconds / 60,
            seconds = rest
        ))
    }
}

/// Values that read alike in every language.
macro_rules! plain_parts {
    ($($value:ty),*) => {
        $(impl From<$value> for Part {
            fn from(value: $value) -> Self {
                Self::Plain(value.to_string())
            }
        })*
    };
}
plain_parts!(&str, String, &String, usize, u32, u64, i32, f64);

/// The words of a key as they are written.
pub(crate) const fn words(key: Key, language: Language) -> &'static str {
    match language {
        Language::Chinese => chinese::words(key),
        Language::English => english::words(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_names_the_same_values() {
        for &key in Key::ALL {
            let named = |language| template::names(words(key, language));
            assert_eq!(
                named(Language::English),
                named(Language::Chinese),
                "{key:?}"
            );
        }
    }

    #[test]
    fn chinese_words_are_chinese() {
        // What is the same in both languages: units, separators, what holds values alone.
        let shared = |key: &Key| words(*key, Language::English) == words(*key, Language::Chinese);
        for key in Key::ALL.iter().filter(|key| !shared(key)) {
            let chinese = words(*key, Language::Chinese);
            assert!(
                chinese.is_empty() || !chinese.is_ascii(),
                "{key:?}: {chinese}"
            );
        }
    }

    #[test]
    fn a_cross_area_window_is_called_as_the_plan_calls_it() {
        let said = |key: &&Key| words(**key, Language::Chinese).contains("跨区通办");
        assert!(Key::ALL.iter().filter(said).count() > 3);
        for &key in Key::ALL {
            // Tables may say so; what walkshed says has one word for it.
            assert!(!words(key, Language::Chinese).contains("跨域"), "{key:?}");
        }
    }

    #[test]
    fn a_part_reads_in_the_language_of_its_sentence() {
        let list = vec![text!(Monday), text!(Sunday)];
        let counted = text!(Verbatim, text = list);
        assert_eq!(counted.in_language(Language::English), "Mo, Su");
        assert_eq!(counted.in_language(Language::Chinese), "周一、周日");
    }
}
