//! What a command says itself, in both languages of a study.

use std::fmt;

use walkshed::model::Language;

/// One sentence in both languages.
#[derive(Debug)]
pub(crate) struct Said {
    english: String,
    chinese: String,
}

impl Said {
    pub(crate) fn new(english: impl Into<String>, chinese: impl Into<String>) -> Self {
        Self {
            english: english.into(),
            chinese: chinese.into(),
        }
    }

    pub(crate) fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Chinese => &self.chinese,
            Language::English => &self.english,
        }
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}
