//! How results are written as CSV.

use crate::words::Language;

/// How results are written as CSV: `csv_bom` and `heads` in a study file.
///
/// ```
/// use walkshed::model::{CsvForm, Language};
/// let form = CsvForm::default();
/// assert!(form.has_bom(Language::Chinese), "Excel takes a table without it for GBK");
/// assert!(!form.has_bom(Language::English));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvForm {
    /// Whether files begin with a byte order mark; none leaves it to the language.
    pub bom: Option<bool>,
    /// What stands above the columns.
    pub heads: Heads,
}

impl CsvForm {
    /// Whether files begin with a byte order mark in this language. Without it the Excel of a Chinese
    /// Windows takes UTF-8 for GBK; what is written in English opens well without.
    #[must_use]
    pub fn has_bom(self, language: Language) -> bool {
        self.bom.unwrap_or(language == Language::Chinese)
    }
}

/// What stands above the columns of a table.
///
/// ```
/// use walkshed::model::{CsvForm, Heads};
/// // By default a table has the heads that programs know.
/// assert_eq!(CsvForm::default().heads, Heads::Codes);
/// assert_eq!(Heads::ALL.map(Heads::word), ["codes", "words"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Heads {
    /// The names that programs know, the same in every language: `covered_population`.
    #[default]
    Codes,
    /// Words of the study's language: `covered population`, `达标人口`.
    Words,
}

impl Heads {
    /// Both, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Codes, Self::Words];

    /// What a study file calls it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Codes => "codes",
            Self::Words => "words",
        }
    }

    /// The one that study files write so; none for any other word.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|heads| heads.word() == word)
    }
}
