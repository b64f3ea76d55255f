//! Why a study makes no matrix.

use crate::model::ChangeError;
use crate::plan::PlanError;

/// Why there is no matrix.
#[derive(Debug)]
pub(super) enum InstanceError {
    Change(ChangeError),
    Plan(PlanError),
}

impl From<ChangeError> for InstanceError {
    fn from(error: ChangeError) -> Self {
        Self::Change(error)
    }
}

impl From<PlanError> for InstanceError {
    fn from(error: PlanError) -> Self {
        Self::Plan(error)
    }
}
