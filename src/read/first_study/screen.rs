//! What is said on the screen of a first study file.

use super::draft::{Draft, why, word};
use super::role::Role;
use super::toml_text::quoted;
use crate::model::Checked;
use crate::read::listed::listed;
use crate::words::{Text, text};

/// A line for each file that is taken or not used, for what cannot be told, and for what is missing or must be
/// mended.
pub(super) fn said(
    draft: &Draft,
    (undecided, missing): (&[Role], &[Role]),
    looked_at: &[String],
    checked: &Checked,
) -> Vec<Text> {
    let mut said = Vec::new();
    for entry in &draft.entries {
        let (role, file) = (word(entry.role), quoted(&entry.path));
        said.push(match draft.unsure(entry.role) {
            Some(fit) => text!(FirstSaidUnsure, role = role, file = file, why = why(fit)),
            None => text!(FirstSaidTaken, role = role, file = file),
        });
        let crs = entry.crs;
        said.extend(crs.map(|crs| text!(FirstSaidCrs, file = quoted(&entry.path), crs = crs)));
    }
    for &role in undecided {
        said.push(text!(FirstSaidUndecided, role = word(role)));
    }
    for (file, why) in &draft.left {
        said.push(text!(
            FirstSaidUnused,
            file = quoted(file),
            why = why.clone()
        ));
    }
    if !missing.is_empty() {
        let roles: Vec<Text> = missing.iter().map(|&role| word(role)).collect();
        said.push(if looked_at.is_empty() {
            text!(FirstMissingNoFiles, roles = roles)
        } else {
            let files: Vec<String> = looked_at.iter().map(|file| quoted(file)).collect();
            let files = listed(files.iter().map(String::as_str));
            text!(FirstMissing, roles = roles, files = files)
        });
        // Nothing was checked, so there are no faults to count.
        return said;
    }
    let faults = checked.faults.len();
    said.push(if faults == 0 {
        text!(FirstSound)
    } else {
        text!(FirstMend, count = faults)
    });
    said
}
