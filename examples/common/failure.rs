//! Why a run ended early, and with which exit code.

use std::io;

use walkshed::model::{ChangeError, Language, StudyError};
use walkshed::plan::PlanError;
use walkshed::proposal::ProposalError;
use walkshed::read::ReadError;
use walkshed::report::ReportError;
use walkshed::scale::{MergeError, TileError};
use walkshed::search::TooManyPairs;

use super::said::Said;

/// The exit code of a run that was cancelled.
pub(crate) const CANCELLED: u8 = 6;

/// Why a run ended early.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error("{0}")]
    Read(#[from] ReadError),
    #[error("{0}")]
    Study(#[from] StudyError),
    #[error("{0}")]
    Change(#[from] ChangeError),
    #[error("{0}")]
    Report(#[from] ReportError),
    #[error("{0}")]
    Search(#[from] TooManyPairs),
    #[error("{0}")]
    Proposal(#[from] ProposalError),
    #[error("the threads cannot be started: {0} – ask for fewer with --threads")]
    Threads(#[from] rayon::ThreadPoolBuildError),
    #[error("Ctrl-C cannot be listened to: {0}")]
    Signals(#[from] ctrlc::Error),
    /// Nobody takes what is printed; what was done all the same is said first.
    #[error("{0}: {1}")]
    Stdout(Said, io::Error),
    #[error("{0}")]
    Tile(#[from] TileError),
    #[error("{0}")]
    Merge(#[from] MergeError),
    /// A file that is read or written beside the study and its results.
    #[error("{0}: {1}")]
    File(Said, io::Error),
    #[error("{0}")]
    Data(Said),
    #[error("{0}")]
    Usage(Said),
    #[error("cancelled: nothing was written, run again")]
    Cancelled,
}

impl Failure {
    /// What is said of it, in the study's language.
    pub(crate) fn in_language(&self, language: Language) -> String {
        match self {
            Self::Read(error) => error.text().in_language(language),
            Self::Study(error) => error.text().in_language(language),
            Self::Change(error) => error.text().in_language(language),
            Self::Report(error) => error.text().in_language(language),
            Self::Search(error) => error.text().in_language(language),
            Self::Proposal(error) => error.text().in_language(language),
            Self::Tile(error) => error.text().in_language(language),
            Self::Merge(error) => error.text().in_language(language),
            Self::Stdout(said, error) | Self::File(said, error) => {
                let colon = match language {
                    Language::Chinese => "：",
                    Language::English => ": ",
                };
                format!("{}{colon}{error}", said.in_language(language))
            }
            Self::Data(said) | Self::Usage(said) => said.in_language(language).to_owned(),
            Self::Threads(_) | Self::Signals(_) | Self::Cancelled => self.to_string(),
        }
    }

    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Read(ReadError::Io { .. }) | Self::Stdout(..) | Self::File(..) => 4,
            Self::Read(ReadError::TooLarge(_))
            | Self::Search(_)
            | Self::Tile(TileError::TooManyPairs { .. })
            | Self::Merge(MergeError::TooManyPairs(_))
            | Self::Proposal(ProposalError::Search(_) | ProposalError::Plan(PlanError::Stopped))
            | Self::Threads(_)
            | Self::Signals(_) => 5,
            Self::Read(_)
            | Self::Study(_)
            | Self::Change(_)
            | Self::Tile(_)
            | Self::Merge(_)
            | Self::Data(_) => 3,
            Self::Report(ReportError::Input { .. } | ReportError::Foreign { .. })
            | Self::Proposal(_)
            | Self::Usage(_) => 2,
            Self::Report(ReportError::Locked { .. }) => 7,
            Self::Report(_) => 4,
            Self::Cancelled => CANCELLED,
        }
    }
}
