//! Where a file's content goes.

use std::io::Write;

use crate::model::{CsvForm, Heads, Language, Study};

/// Where a file's content goes, from whatever thread.
pub(super) trait Out: Write + Send {
    /// How tables are written here.
    fn form(&self) -> TableForm {
        TableForm::default()
    }

    /// Takes note of the names of a table's columns, where its heads are words: the manifest lists them,
    /// so that programs still know which column is which.
    fn note_names(&mut self, _names: Vec<String>) {}
}

impl Out for Vec<u8> {}

/// How tables are written: as a study asks, in its language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct TableForm {
    /// Whether a byte order mark stands first.
    pub bom: bool,
    /// The language of the heads; none where they are the names that programs know.
    pub words: Option<Language>,
}

impl TableForm {
    pub(super) fn new(form: CsvForm, language: Language) -> Self {
        Self {
            bom: form.has_bom(language),
            words: (form.heads == Heads::Words).then_some(language),
        }
    }

    pub(super) fn of(study: &Study) -> Self {
        Self::new(study.csv(), study.language())
    }
}
