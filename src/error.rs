//! The one error that wraps all others.

use crate::model::{ChangeError, NetworkError, StudyError};
use crate::plan::PlanError;
use crate::plane::PositionError;
use crate::proposal::ProposalError;
#[cfg(feature = "read")]
use crate::read::ReadError;
#[cfg(feature = "report")]
use crate::report::ReportError;
use crate::search::TooManyPairs;
use crate::words::Text;

/// Anything that can go wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A study could not be read.
    #[cfg(feature = "read")]
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The walks take more memory than they may.
    #[error(transparent)]
    Search(#[from] TooManyPairs),
    /// Results could not be written.
    #[cfg(feature = "report")]
    #[error(transparent)]
    Report(#[from] ReportError),
    /// A network could not be made.
    #[error(transparent)]
    Network(#[from] NetworkError),
    /// Two numbers are no place.
    #[error(transparent)]
    Position(#[from] PositionError),
    /// A study could not be made.
    #[error(transparent)]
    Study(#[from] StudyError),
    /// A question has no plan.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// There is no proposal.
    #[error(transparent)]
    Proposal(#[from] ProposalError),
    /// A change could not be applied.
    #[error(transparent)]
    Change(#[from] ChangeError),
}

impl Error {
    /// The error in words, with what to do.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            #[cfg(feature = "read")]
            Self::Read(error) => error.text(),
            Self::Search(error) => error.text(),
            #[cfg(feature = "report")]
            Self::Report(error) => error.text(),
            Self::Network(error) => error.text(),
            Self::Position(error) => error.text(),
            Self::Study(error) => error.text(),
            Self::Plan(error) => error.text(),
            Self::Proposal(error) => error.text(),
            Self::Change(error) => error.text(),
        }
    }
}
