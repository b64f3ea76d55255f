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
/// ```
/// use walkshed::model::{Change, apply};
/// let town = walkshed::draw::town("A-a--s---t-b-B", 100.0, "st");
/// let (after, touched) = apply(&town, &Change::CloseSite { site: "s".to_owned() }).unwrap();
/// // t is the first site now; no street is otherwise.
/// let [s, t] = ["s", "t"].map(|id| town.sites().find(id).unwrap());
/// assert_eq!((touched.sites.now(s), touched.sites.now(t)), (None, after.sites().find("t")));
/// assert!(touched.streets.is_empty());
/// ```
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
/// ```
/// use walkshed::model::{Change, apply_all};
/// let town = walkshed::draw::town("A-a--s---t-b-B", 100.0, "st");
/// let close = ["s", "t"].map(|site| Change::CloseSite { site: site.to_owned() });
/// let (after, touched) = apply_all(&town, &close).unwrap();
/// assert!(after.sites().is_empty() && touched.sites.placed().is_empty());
/// ```
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
/// ```
/// use walkshed::model::{Change, changed};
/// let town = walkshed::draw::town("A-a--s---t-b-B", 100.0, "st");
/// let planned = town.with(|parts| parts.changes = vec![Change::CloseSite { site: "t".to_owned() }])?;
/// let after = changed(&planned).unwrap();
/// assert_eq!((after.sites().len(), after.changes().len()), (1, 0));
/// assert_eq!(after.findings().count("changes-applied"), 1);
/// # Ok::<(), walkshed::model::StudyError>(())
/// ```
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
