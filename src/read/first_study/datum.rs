//! The datum in which sites and cells fit the streets, where it is not the study's.

use super::draft::Draft;
use super::entry::Entry;
use super::role::Role;
use crate::model::Checked;

/// The datums of Chinese maps.
const OTHERS: [&str; 2] = ["GCJ-02", "BD-09"];

/// Reads the draft, and names another datum for each file of places that fits the streets in it: each is
/// tried, and kept only where it leaves no doubt. At most five readings.
pub(super) fn with_datums(draft: &mut Draft, check: &dyn Fn(&Draft) -> Checked) -> Checked {
    let mut checked = check(draft);
    for place in 0..draft.entries.len() {
        let entry = &draft.entries[place];
        if !matches!(entry.role, Role::Sites | Role::Cells) || !is_doubted(&checked, entry) {
            continue;
        }
        for other in OTHERS {
            draft.entries[place].crs = Some(other);
            let tried = check(draft);
            let entry = &draft.entries[place];
            // A file that can no longer be read at all is not doubted either.
            let is_read = faults_of(&tried, entry) <= faults_of(&checked, entry);
            if is_read && !is_doubted(&tried, entry) {
                checked = tried;
                break;
            }
            draft.entries[place].crs = None;
        }
    }
    checked
}

/// Whether the places of a file lie beside the streets as they would in another datum.
fn is_doubted(checked: &Checked, entry: &Entry) -> bool {
    let mut findings = checked.findings.iter();
    let is_other = findings.any(|finding| {
        finding.code == "other-datum"
            && finding.file == entry.path
            && finding.subject == entry.role.key()
    });
    let mut faults = checked.faults.iter();
    is_other || faults.any(|fault| fault.code == "nowhere-near-streets" && fault.file == entry.path)
}

fn faults_of(checked: &Checked, entry: &Entry) -> usize {
    let faults = checked.faults.iter();
    faults.filter(|fault| fault.file == entry.path).count()
}
