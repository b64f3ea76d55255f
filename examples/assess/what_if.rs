//! What the study's own changes would bring.

use walkshed::model::{ChangeError, Study, changed};

/// The study after its changes; none when it names none.
pub(crate) fn changed_study(study: &Study) -> Result<Option<Study>, ChangeError> {
    if study.changes().is_empty() {
        return Ok(None);
    }
    changed(study).map(Some)
}
