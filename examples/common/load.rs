//! Reading the study.

use walkshed::Progress;
use walkshed::model::{Study, changed};
use walkshed::read::{self, Options};

use super::args::{OnBad, Shared};
use super::failure::Failure;
use super::said::Said;

/// Reads the study, with its what-if changes if they are asked for, and sets the limit asked.
pub(crate) fn load(args: &Shared, progress: &dyn Progress) -> Result<Study, Failure> {
    let on_bad = match args.on_bad {
        OnBad::Stop => read::OnBad::Stop,
        OnBad::Skip => read::OnBad::Skip,
    };
    let study = read::study_with(&args.study(), &Options { on_bad }, progress)?;
    if args.changed && study.changes().is_empty() {
        return Err(Failure::Usage(Said::new(
            "--changed: the study has no [[change]] – add one, or leave --changed out",
            "--changed：项目文件中没有 [[change]]——请加上一项，或去掉 --changed",
        )));
    }
    let study = if args.changed {
        changed(&study)?
    } else {
        study
    };
    Ok(args.limited(args.worded(study)?)?)
}
