//! The command line.

use std::path::PathBuf;

use clap::Parser;

use crate::common::args::{Output, Shared};
use crate::common::run::EXIT_CODES;

/// Phases met or missed, indicators, units and departments compared, the gravest cells and items.
#[derive(Debug, Parser)]
#[command(
    name = "assess",
    version,
    after_help = format!("Exit codes: 0 done · 1 done, but a phase is missed and --fail-on-missed asks · {EXIT_CODES}")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) shared: Shared,
    /// The results of an earlier run to compare with
    #[arg(long, value_name = "DIR")]
    pub(crate) against: Option<PathBuf>,
    /// End with exit code 1 if a phase is missed
    #[arg(long)]
    pub(crate) fail_on_missed: bool,
}
