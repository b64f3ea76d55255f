//! One suspicious finding about a study, and the file that it is of.

use crate::model::{Finding, Severity};
use crate::report::manifest::shown_path;
use crate::score::Coverage;
use crate::words::Text;

pub(super) fn finding(code: &'static str, file: &str, subject: &str, message: Text) -> Finding {
    Finding {
        severity: Severity::Suspicious,
        code,
        file: file.to_owned(),
        place: String::new(),
        subject: subject.to_owned(),
        message,
    }
}

/// The input of this role; empty in a study that was not read from files.
pub(super) fn file(now: &Coverage, role: &str) -> String {
    let source = now
        .study()
        .sources()
        .iter()
        .find(|source| source.role == role);
    source
        .map(|source| shown_path(&source.path).to_owned())
        .unwrap_or_default()
}
