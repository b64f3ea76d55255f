//! A study after changes, and what they touched.

mod error;
mod join;
mod merge;
mod nearest;
mod site;
mod street;
mod touched;

use crate::words::text;
use std::sync::Arc;

use super::change::Change;
use super::finding::{Finding, Severity};
use super::sites::Site;
use super::study::Study;

pub use error::{ChangeError, STREET_REACH_M};
pub use nearest::{NearStreet, near_street};
pub use touched::{Touched, TouchedSites, TouchedStreets};

/// The study with one change applied, whatever its own list of changes, and what it touched.
///
/// A change to sites takes O(S log S + O log O) for S sites and O offers and copies neither streets
/// nor cells; one to streets takes O(E).
///
/// # Errors
/// When the change names a site, an item, a unit or a street that is not there.
pub fn apply(study: &Study, change: &Change) -> Result<(Study, Touched), ChangeError> {
    match change {
        Change::OpenSite(new) => site::open(study, new),
        Change::CloseSite { site } => site::close(study, site),
        Change::MoveSite { site, to } => site::relocate(study, site, *to),
        Change::SetHours { sites, hours } => site::alter(study, sites, |site: &mut Site| {
            site.hours = Some(Arc::clone(hours));
        }),
        Change::AddHours { sites, hours } => site::add_hours(study, sites, hours),
        Change::SetHelper { sites, has_helper } => site::set_helper(study, sites, *has_helper),
        Change::MergeSites(merger) => merge::merge(study, merger),
        Change::Offer {
            sites,
            items,
            steps,
        } => site::offer(study, sites, items, *steps),
        Change::Replace {
            sites,
            items,
            steps,
        } => site::replace(study, sites, items, *steps),
        Change::Renew {
            sites,
            items,
            until,
        } => site::renew(study, sites, items, *until),
        Change::SetReach {
            sites,
            items,
            reach,
        } => site::set_reach(study, sites, items, *reach),
        Change::Withdraw { sites, items } => site::withdraw(study, sites, items),
        Change::AddStreet { line } => street::add(study, line),
        Change::CutStreet { at } => street::cut(study, *at),
        Change::SlowStreet { at, times } => street::slow(study, *at, *times),
    }
}

/// The study with several changes applied, each to what those before it have made, and what they
/// touched together.
///
/// # Errors
/// At the first change that cannot be applied.
pub fn apply_all<'c>(
    study: &Study,
    changes: impl IntoIterator<Item = &'c Change>,
) -> Result<(Study, Touched), ChangeError> {
    // Each change is made to what those before it made, so numbers are followed from one to the next.
    let mut after = study.clone();
    let mut touched = Touched::nothing(study.sites(), study.network());
    for change in changes {
        let (next, then) = apply(&after, change)?;
        after = next;
        touched = touched.then(&then);
    }
    Ok((after, touched))
}

/// The study with all its own changes applied, in order; its list of changes is empty then.
///
/// The sources stay those of the study as read, and so do the findings, with one more that lists
/// the changes. Takes what [`apply`] takes for each.
///
/// # Errors
/// At the first change that cannot be applied; those of a study that was read all can.
pub fn changed(study: &Study) -> Result<Study, ChangeError> {
    let changes = study.changes();
    let (after, _) = apply_all(study, changes)?;
    if changes.is_empty() {
        return Ok(after);
    }
    let mut findings = study.findings().clone();
    findings.push(applied(changes));
    Ok(after.with_findings(findings).with_changes(Vec::new()))
}

/// The finding that says what was changed.
fn applied(changes: &[Change]) -> Finding {
    let list: Vec<String> = changes.iter().map(Change::to_string).collect();
    Finding {
        severity: Severity::Note,
        code: "changes-applied",
        file: String::new(),
        place: String::new(),
        subject: "change".to_owned(),
        message: text!(
            ChangesApplied,
            count = changes.len(),
            list = list.join("; ")
        ),
    }
}
