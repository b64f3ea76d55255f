//! The command line.

use clap::{Parser, ValueEnum};
use walkshed::report::Paper;

use crate::common::args::{Output, Shared};
use crate::common::run::EXIT_CODES;

/// Everything for a person to look at: the page, the workbook and the map, beside the tables
#[derive(Debug, Parser)]
// In a folder of their own: what another command wrote stays.
#[command(mut_arg("out", |out| out.default_value("out/report")))]
#[command(
    name = "report",
    version,
    after_help = format!("Exit codes: 0 done · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) shared: Shared,
    #[command(flatten)]
    pub(crate) output: Output,
    /// Let the map of report.html show the land from which a site is reached in time; in a large county this takes longer than the run itself
    #[arg(long)]
    pub(crate) isochrones: bool,
    /// The paper that the map is a sheet of
    #[arg(long, value_name = "SIZE", default_value = "a4")]
    pub(crate) paper: PaperSize,
}

/// [`Paper`] as it is called on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PaperSize {
    A4,
    A3,
}

impl From<PaperSize> for Paper {
    fn from(size: PaperSize) -> Self {
        match size {
            PaperSize::A4 => Self::A4,
            PaperSize::A3 => Self::A3,
        }
    }
}
