//! What every section is told: the results, and the language that it is written in.

use maud::{Markup, html};

use super::why::Reasons;
use crate::model::{Findings, Language, Study};
use crate::report::summary::Summary;
use crate::run::Results;
use crate::text::steady;
use crate::words::Text;

/// What every section is told.
#[derive(Clone, Copy)]
pub(super) struct Subject<'r> {
    pub(super) results: &'r Results,
    pub(super) summary: &'r Summary,
    pub(super) findings: &'r Findings,
    pub(super) reasons: &'r Reasons,
}

impl<'r> Subject<'r> {
    pub(super) fn of(
        (results, summary, findings): (&'r Results, &'r Summary, &'r Findings),
        reasons: &'r Reasons,
    ) -> Self {
        Self {
            results,
            summary,
            findings,
            reasons,
        }
    }

    pub(super) fn study(&self) -> &'r Study {
        self.results.study()
    }

    pub(super) fn language(&self) -> Language {
        self.study().language()
    }

    /// A sentence in the study's language.
    pub(super) fn say(&self, text: &Text) -> String {
        text.in_language(self.language())
    }

    /// Whether residents are made of several groups, each judged for itself.
    pub(super) fn has_groups(&self) -> bool {
        self.results.coverage.parties().len() > 1
    }

    /// The limit in minutes.
    pub(super) fn minutes(&self) -> String {
        self.summary.parameters.minutes.to_string()
    }
}

/// A text from the data: inert, without control characters, and set apart from the direction of the
/// words around it.
pub(super) fn name(text: &str) -> Markup {
    html! { bdi { (steady(text)) } }
}

/// A text that begins a line by itself, with a large first letter.
pub(super) fn capital(text: &str) -> String {
    let mut signs = text.chars();
    let first = signs.next();
    let first = first.into_iter().flat_map(char::to_uppercase);
    first.chain(signs).collect()
}
