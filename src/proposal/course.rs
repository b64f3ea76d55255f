//! What a plan brings, change by change: each is made in the study, and the coverage is that of the study then.

use super::answer::{ProposalError, Step};
use crate::model::{Change, ChangeError, Study};
use crate::progress::Progress;
use crate::score::Coverage;
use crate::search::{WhatIf, try_walks};
use crate::units::People;

/// The study without its own changes, ready for others.
///
/// # Errors
/// When its walks are more than its memory holds.
pub(super) fn base(study: &Study, progress: &dyn Progress) -> Result<WhatIf, ProposalError> {
    let study = study.clone().with_changes(Vec::new());
    let budget = study.target().search;
    // Refused here when they are too many.
    drop(try_walks(&study, budget, progress)?);
    Ok(WhatIf::new(study, budget, progress))
}

/// A study in which one change after the other is made.
pub(super) struct Course {
    pub(super) now: WhatIf,
    /// One for each way in which it is judged.
    pub(super) coverages: Vec<Coverage>,
}

impl Course {
    /// Before the first change.
    pub(super) fn new(base: &WhatIf, before: &[Coverage]) -> Self {
        Self {
            now: base.clone(),
            coverages: before.to_vec(),
        }
    }

    /// Makes a change. What it touches is judged anew.
    pub(super) fn make(&mut self, change: &Change) -> Result<(), ChangeError> {
        let then = self.now.after(change)?;
        for coverage in &mut self.coverages {
            *coverage = coverage.after(&then);
        }
        self.now = then;
        Ok(())
    }

    /// The coverage, judged in the first way.
    pub(super) fn coverage(&self) -> &Coverage {
        &self.coverages[0]
    }
}

impl Step {
    /// A change that leads from so many covered to so many others, at what all so far cost. Of gain and loss
    /// one is nothing, as differences of people end there.
    pub(super) fn of(change: Change, [had, total]: [People; 2], cost: u64) -> Self {
        Self {
            site: site_of(&change),
            change,
            item: None,
            group: None,
            gain: total - had,
            loss: had - total,
            total,
            cost,
            bound: None,
        }
    }
}

/// The site that a change is about.
fn site_of(change: &Change) -> String {
    match change {
        Change::OpenSite(new) => new.site.id.clone(),
        Change::CloseSite { site } => site.clone(),
        Change::MergeSites(merger) => merger.into.clone(),
        other => other.to_string(),
    }
}
