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
///
/// ```
/// use walkshed::model::{Network, Study, StudyParts, Sites, Cells, Site};
/// use walkshed::plane::Position;
/// // Whatever goes wrong on the way from one's own data to a study is one error.
/// fn study(lon: f64, lat: f64) -> Result<Study, walkshed::Error> {
///     let hall = Site::at("hall", Position::try_from(walkshed::geo_types::Point::new(lon, lat))?);
///     let parts = StudyParts::new(Network::default(), Sites::new(vec![hall]), Cells::default());
///     Ok(Study::new(parts)?)
/// }
/// assert!(study(116.24, 29.73).is_ok());
/// assert!(matches!(study(29.73, 116.24), Err(walkshed::Error::Position(_))));
/// ```
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
