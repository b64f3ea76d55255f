//! What the study's own changes would bring.

use walkshed::assess::{Difference, Snapshot, difference};
use walkshed::model::{Study, changed};
use walkshed::score::{self, Coverage};
use walkshed::search;

use crate::common::failure::Failure;
use crate::common::meter::Meter;

/// What the study's changes would make of it; none when it names none.
pub(crate) fn difference_made(
    study: &Study,
    now: &Coverage<'_>,
    meter: &Meter,
) -> Result<Option<Difference>, Failure> {
    if study.changes().is_empty() {
        return Ok(None);
    }
    let after = changed(study)?;
    let walks = search::try_walks(&after, after.target().search, meter)?;
    meter.judge();
    Ok(Some(difference(
        &Snapshot::of(now),
        &Snapshot::of(&score::coverage(&after, &walks)),
    )))
}
