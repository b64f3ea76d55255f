//! Reading the study.

use std::path::Path;

use walkshed::Progress;
use walkshed::model::Study;
use walkshed::read::{self, Options, ReadError};

use super::args::OnBad;

/// Reads the study.
pub(crate) fn load(path: &Path, on_bad: OnBad, progress: &dyn Progress) -> Result<Study, ReadError> {
    let on_bad = match on_bad {
        OnBad::Stop => read::OnBad::Stop,
        OnBad::Skip => read::OnBad::Skip,
    };
    read::study_with(path, &Options { on_bad }, progress)
}
